/*
 * programs.c - small programs to watch: two that count, one that never ends,
 * and some that fail
 */
#include <s370/console.h>
#include <s370/insn.h>
#include <stdio.h>

#include "shell.h"
#include "svc.h"

/* What printf() writes with (s370/console.h); the library's own console_write()
 * does I/O, which a task may not. */
void
console_write(const char *text, size_t len)
{
    while (len > 0) {
        int taken = svc_write(text, len);

        if (taken <= 0)
            return;
        text += taken;
        len -= (size_t)taken;
    }
}

/* Keep the CPU busy for longer than a time slice, without a single SVC: it is
 * the interval timer that lets others run. */
static void
compute(void)
{
    for (volatile int i = 0; i < 100000; i++)
        ;
}

static void
count(const char *name, int lines)
{
    for (int i = 1; i <= lines; i++) {
        compute();
        printf("%s counts %d\n", name, i);
    }
}

void
count_alpha(int lines)
{
    count("ALPHA", lines);
}

void
count_beta(int lines)
{
    count("BETA", lines);
}

void
spin(int argument)
{
    for (;;)
        compute();
}

/* Store into each page a word that no other has, three times over, and look
 * whether what was there before is still there. */
void
sweep(int pages)
{
    int wrong = 0;

    for (int round = 0; round < 3; round++)
        for (int i = 0; i < pages; i++) {
            volatile int *word = (int *)(PRIVATE_START + 4096 * i + 64 * round);

            if (*word != 0 || (round > 0 && word[-16] != 1000 * round + i))
                wrong++;
            *word = 1000 * (round + 1) + i;
        }
    printf("SWEEP: %d pages, %d of them wrong\n", pages, wrong);
}

void
crash(int kind)
{
    volatile int zero = 0;

    switch (kind) {
    case 0: /* store into the kernel: the first new PSW */
        *(volatile uint32_t *)0x58 = 0;
        break;
    case 1: /* a privileged instruction */
        s370_ssm(0);
        break;
    case 2:
        zero = 1 / zero;
        break;
    default: /* go where there is no storage, or no instruction */
        ((void (*)(void))0xFFFFF0)();
    }
}
