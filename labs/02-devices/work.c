/*
 * work.c - the programs that the tests of this lab run
 *
 * They take the place of the shell.  `plan` says what each task is to do: a
 * test fills it in before the machine runs.  What a task finds out it writes
 * into its `report`, whose storage key the test makes that of the task: all
 * else in the image has the kernel's key.  When all tasks are gone the first
 * one gets to work_done(), and then waits for a line, for ever.
 */
#include "work.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shell.h"
#include "svc.h"

enum { CARD_BYTES = 80, LINE_BYTES = 40, RECORD_WORDS = 500 };

/* Not in the bss: entry.asm clears that at the start. */
struct step plan[WORKERS][STEPS] = {{{WORK_END, 0, 0, 0}}};

/* Each in a block of its own, which is what has a key: a count, then as many
 * results. */
uint32_t report[WORKERS][REPORT_WORDS] __attribute__((aligned(2048), used));

static void
tell(int me, int result)
{
    uint32_t *n = &report[me][0];

    if (*n + 1 < REPORT_WORDS)
        report[me][++*n] = (uint32_t)result;
}

/* "CARD 17" */
static void
read_cards(int me, const struct step *s)
{
    char card[CARD_BYTES + 1];
    int len = 1;

    for (uint32_t i = 0; len != 0 && (s->a == 0 || i < s->a); i++) {
        len = svc_card(card);
        tell(me, len);
        card[CARD_BYTES] = 0;
        if (len > 0)
            tell(me, atoi(card + 5));
    }
}

static void
copy_cards(int me)
{
    char card[CARD_BYTES];
    size_t len;
    int lines = 0;

    while (svc_card(card) > 0) {
        for (len = CARD_BYTES; len > 1 && card[len - 1] == ' '; len--)
            ;
        if (svc_print(card, len) == 0)
            lines++;
    }
    tell(me, lines);
}

static void
print_lines(int me, const struct step *s)
{
    char line[LINE_BYTES];
    int lines = 0;

    for (uint32_t i = 1; i <= s->a; i++) {
        int len =
            snprintf(line, sizeof(line), "%cLINE %u.%u", (char)s->b, s->c, i);

        if (svc_print(line, (size_t)len) == 0)
            lines++;
    }
    tell(me, lines);
}

static void
say_lines(const struct step *s)
{
    char line[LINE_BYTES];

    for (uint32_t i = 1; i <= s->a; i++) {
        size_t len =
            (size_t)snprintf(line, sizeof(line), "LINE %u.%u\n", s->c, i);

        svc_write(line, len);
    }
}

static void
listen(int me, const struct step *s)
{
    char line[LINE_BYTES] = {0};
    uint32_t word;

    tell(me, svc_read(line, s->a));
    memcpy(&word, line, sizeof(word));
    tell(me, (int)word);
}

static void
write_record(int me, const struct step *s)
{
    uint32_t words[RECORD_WORDS];

    for (uint32_t i = 0; i < RECORD_WORDS; i++)
        words[i] = s->b + i;
    tell(me, svc_disk_write(s->a, words, sizeof(words)));
}

static void
read_record(int me, const struct step *s)
{
    uint32_t words[RECORD_WORDS], bad = 0;

    memset(words, 0, sizeof(words));
    tell(me, svc_disk_read(s->a, words, sizeof(words)));
    for (uint32_t i = 1; i < RECORD_WORDS; i++)
        if (words[i] != words[i - 1] + 1)
            bad++;
    tell(me, (int)words[0]);
    tell(me, (int)bad);
}

static void
compute(const struct step *s)
{
    for (uint32_t i = 0; i < s->a; i++)
        for (volatile int turn = 0; turn < 1000; turn++)
            ;
}

static void
work(int me)
{
    for (const struct step *s = plan[me]; s < plan[me] + STEPS; s++)
        switch (s->work) {
        case WORK_CARDS:
            read_cards(me, s);
            break;
        case WORK_COPY:
            copy_cards(me);
            break;
        case WORK_PRINT:
            print_lines(me, s);
            break;
        case WORK_SAY:
            say_lines(s);
            break;
        case WORK_LISTEN:
            listen(me, s);
            break;
        case WORK_WRITE:
            write_record(me, s);
            break;
        case WORK_READ:
            read_record(me, s);
            break;
        case WORK_FORMAT:
            tell(me, svc_disk_format(s->a));
            break;
        case WORK_SPIN:
            compute(s);
            break;
        default:
            return;
        }
}

/* What printf() writes with; here nobody prints so. */
void
console_write(const char *text, size_t len)
{
    svc_write(text, len);
}

/* Task 0: of its own report each word is what svc_wait() returned. */
void
shell(int argument)
{
    int number[WORKERS] = {0}, result;
    char line[1];

    (void)argument;
    for (int n = 1; n < WORKERS && plan[n][0].work > WORK_END; n++)
        number[n] = svc_spawn("WORK", work, n);
    work_started();
    for (int n = 1; n < WORKERS && number[n] > 0; n++)
        do {
            result = svc_wait(number[n]);
            tell(0, result);
        } while (result < 0);
    work_done();
    for (;;)
        svc_read(line, sizeof(line));
}
