/*
 * hostile.c - guest program that does what it can to hurt CP or others:
 * channel programs out of random bits at every device address, stores and
 * storage keys over all of its storage, PSWs out of random bits, and in the
 * end a disabled loop.
 */
#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>
#include <string.h>

#define STORAGE 0x100000u
#define PSWS 2000

extern char __image_end[];
void wild(psw_t psw);

static uint32_t seed = 12345;

static uint32_t
random_word(void)
{
    seed = seed * 1103515245 + 12345;
    return seed >> 8 ^ seed << 16;
}

/* A chain of CCWs out of random bits; every other one is at least well
 * formed, and some of those chains never end. */
static uint32_t
random_program(void)
{
    static struct ccw program[16];
    unsigned i;

    for (i = 0; i < 16; i++) {
        uint32_t addr = random_word() & 0xFFFFFF;

        if (i % 2 == 0)
            addr &= 0x0FFFFF;
        /* Not so much that the terminal prints for minutes. */
        program[i] = CCW_MAKE(random_word(), addr, random_word() & 0xFC,
                              random_word() % 200);
        if (i % 5 == 4)
            program[i] = CCW_MAKE(CCW_TIC, &program[random_word() % 16], 0, 1);
    }
    program[15] = CCW_MAKE(CCW_NOP, 0, CCW_CC | CCW_SLI, 1);
    return (uint32_t)program | (random_word() & 0xF0000000);
}

static void
all_devices(void)
{
    static const uint32_t known[] = {0x009, 0x00C, 0x00D, 0x00E};
    uint32_t n, device;

    for (n = 0; n < 0x1000; n++) {
        device = n % 8 == 0 ? known[n / 8 % 4] : n;
        LOWCORE->caw =
            random_word() % 4 == 0 ? random_word() : random_program();
        s370_sio(device);
        switch (random_word() % 4) {
        case 0:
            s370_hio(device);
            break;
        case 1:
            s370_clrio(device);
            break;
        case 2:
            s370_tio(device);
            break;
        default:
            break;
        }
    }
}

static void
all_storage(void)
{
    uint32_t at, from = ((uint32_t)__image_end + 4095) & ~4095u;

    for (at = from; at < STORAGE - 8192; at += 2048) {
        memset((void *)at, (int)random_word(), 2048);
        s370_ssk(at, (uint8_t)random_word());
        memset((void *)at, 0, 2048); /* operation exceptions for wild PSWs */
    }
}

static void
all_psws(void)
{
    unsigned i;

    for (i = 0; i < PSWS; i++) {
        psw_t psw = (psw_t)random_word() << 32 | random_word();
        uint32_t from = ((uint32_t)__image_end + 4095) & ~4095u;

        /* Out of this program; not a wait, which would end it, nor one that
         * admits the interruptions that are pending, nor with DAT. */
        psw &= ~(PSW_WAIT | 0xFF00000000000000ull);
        if (((uint32_t)psw & 0xFFFFFF) < from ||
            ((uint32_t)psw & 0xFFFFFF) >= STORAGE - 8192)
            psw |= 0xF00000;
        wild(psw);
    }
}

int
main(void)
{
    all_devices();
    all_storage();
    all_psws();
    LOWCORE->unused_54 = 0xC4D6D5C5; /* DONE, for who looks at it */
    for (;;)
        ;
}
