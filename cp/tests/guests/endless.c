/*
 * endless.c - guest program: a channel program for the disk at 190 that never
 * ends, while the CPU loops under translation through tables that point into
 * themselves and at everything
 */
#include <s370/ccw.h>
#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>

#include "probe.h"

#define TABLE 0x80000u /* segment and page table at once */

static uint8_t seek_to[8], record[16];
static struct ccw program[3];

int
main(void)
{
    static struct probe p;
    uint32_t cr0 = CR0_PAGE_2K | CR0_SEGMENT_64K, cr1, i, seed = 1967;

    program[0] = CCW_MAKE(CCW_DISK_SEEK, seek_to, CCW_CC, 6);
    program[1] = CCW_MAKE(0x16, record, CCW_CC | CCW_SLI, 16); /* READ R0 */
    program[2] = CCW_MAKE(CCW_TIC, &program[0], 0, 1);
    LOWCORE->caw = (uint32_t)program;
    printf("SIO %d\n", s370_sio(0x190));
    s370_lctl(0, 0, &cr0);
    for (;;) {
        for (i = 0; i < 0x8000; i += 4) {
            seed = seed * 1664525 + 1013904223;
            *(uint32_t *)(TABLE + i) = seed;
        }
        cr1 = seed >> 4;
        *(uint32_t *)(0x70000) = 0xF0000000 | TABLE;
        if (seed & 0x1000)
            cr1 = 0xFF070000;
        ((uint16_t *)TABLE)[0] = 0;
        s370_lctl(1, 1, &cr1);
        s370_ptlb();
        for (i = 0; i < 50; i++) {
            seed = seed * 1664525 + 1013904223;
            p.psw = PSW_EC | PSW_DAT | PSW_KEY(9) | (uint32_t)probe_slot;
            p.gr[10] = seed >> 8;
            p.insn[0] = seed & 0x10000 ? 0x50 : 0x58;
            p.insn[1] = 0x10;
            p.insn[2] = 0xA0;
            p.insn[4] = 0x07;
            probe(&p);
        }
    }
}
