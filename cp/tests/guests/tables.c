/*
 * tables.c - guest program: segment and page tables of random bits, in random
 * places, in all formats.  What thousands of accesses through them do goes
 * into one number, the same on the bare machine and under CP.
 *
 * Only the entry for virtual page 0, where probe() has its instruction, is
 * always good.  Page tables lead to ARENA or beyond storage, and ARENA alone
 * has the key of these accesses, so that stores do no harm to the program.
 */
#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>
#include <string.h>

#include "probe.h"

#define SEGMENT_TABLES 0x80000u /* 16 KiB of words */
#define PAGE_TABLES 0x84000u    /* 16 KiB of halfwords */
#define CODE_TABLE 0x88000u     /* the page table for virtual page 0 */
#define ARENA 0xC0000u          /* 64 KiB */
#define STORAGE 0x100000u
#define ROUNDS 60
#define TRIES 40

static struct probe p;
static uint32_t cr0, seed = 1967, sum;
static uint32_t ended, codes[32]; /* how accesses ended */

static uint32_t
random_word(void)
{
    seed = seed * 1664525 + 1013904223;
    return seed >> 8;
}

static uint32_t
below(uint32_t n)
{
    return random_word() % n;
}

static void
note(uint32_t word)
{
    sum = (sum << 5 | sum >> 27) ^ word;
}

static uint32_t
segment_word(void)
{
    uint32_t good = below(16) << 28 | (PAGE_TABLES + below(0x3C00 / 8) * 8);

    switch (below(10)) {
    case 0:
        return good | SEGMENT_INVALID;
    case 1:
        return good | 1u << below(28);
    case 2:
        return 0xF0000000 | (STORAGE + below(0xF00000 - 8));
    case 3:
        return 0xFFFFFFF8;
    default:
        return good;
    }
}

static uint16_t
page_word(void)
{
    uint16_t good = (uint16_t)((ARENA >> 8) + below(16) * 16);

    switch (below(10)) {
    case 0:
        return good | 0x000C;
    case 1:
        return (uint16_t)(good | 1u << below(4));
    case 2:
        return (uint16_t)((STORAGE >> 8) + below(0xE000 / 16) * 16);
    default:
        return good;
    }
}

/* Fill the tables anew, and choose a place and a format. */
static void
tables_make(void)
{
    static const uint32_t sizes[] = {
        CR0_PAGE_4K | CR0_SEGMENT_64K, CR0_PAGE_2K | CR0_SEGMENT_64K,
        CR0_PAGE_4K | CR0_SEGMENT_1M, CR0_PAGE_2K | CR0_SEGMENT_1M};
    uint32_t i, cr1, code_page;

    for (i = 0; i < 0x4000 / 4; i++)
        ((uint32_t *)SEGMENT_TABLES)[i] = segment_word();
    for (i = 0; i < 0x4000 / 2; i++)
        ((uint16_t *)PAGE_TABLES)[i] = page_word();
    cr0 = sizes[below(4)];
    cr1 = below(16) << 24 | (SEGMENT_TABLES + below(0x3C00 / 64) * 64);
    code_page = (cr0 & CR0_PAGE_MASK) == CR0_PAGE_2K ? 4 : 8;
    for (i = 0; i < 512; i++)
        ((uint16_t *)CODE_TABLE)[i] = page_word();
    for (i = 0; i < 2; i++)
        ((uint16_t *)CODE_TABLE)[i] = (uint16_t)(code_page * 2 * i);
    *(uint32_t *)(cr1 & 0xFFFFC0) = 0xF0000000 | CODE_TABLE;
    s370_lctl(0, 0, &cr0);
    s370_lctl(1, 1, &cr1);
    s370_ptlb();
    note(cr0);
    note(cr1);
}

/* One random access; what it did is noted. */
static void
access(void)
{
    static const uint8_t insns[][6] = {
        {0x58, 0x10, 0xA0, 0x00, 0x07, 0x00}, /* L */
        {0x50, 0x20, 0xA0, 0x00, 0x07, 0x00}, /* ST */
        {0xD2, 0x1F, 0xB0, 0x00, 0xA0, 0x00}, /* MVC */
        {0x0E, 0x46, 0x07, 0x00, 0x07, 0x00}, /* MVCL */
        {0xB1, 0x10, 0xA0, 0x00, 0x07, 0x00}, /* LRA */
        {0xB6, 0x45, 0xA0, 0x00, 0x07, 0x00}, /* STCTL */
        {0xB7, 0xDD, 0xA0, 0x00, 0x07, 0x00}, /* LCTL */
        {0xAC, 0xFF, 0xA0, 0x00, 0x07, 0x00}, /* STNSM */
        {0xB2, 0x07, 0xA0, 0x00, 0x07, 0x00}, /* STCKC */
    };
    uint32_t i;

    memset(&p, 0, sizeof p);
    for (i = 0; i < 13; i++)
        p.gr[i] = random_word();
    p.gr[4] &= 0xFFFFFF;
    p.gr[5] &= 0x1FFF;
    p.gr[6] &= 0xFFFFFF;
    p.gr[7] &= 0x1FFF;
    p.gr[10] = below(4) == 0 ? below(0x100000) : p.gr[10] & 0xFFFFFC;
    p.psw = PSW_EC | PSW_DAT | PSW_KEY(1) | (uint32_t)probe_slot;
    memcpy(p.insn, insns[below(sizeof insns / sizeof insns[0])], 6);
    LOWCORE->pgm_address = 0;
    probe(&p);
    note(p.interrupted);
    if (p.interrupted)
        codes[p.word & 31]++;
    else
        ended++;
    note(p.interrupted ? p.word : 0);
    note((uint32_t)p.old);
    note(LOWCORE->pgm_address);
    for (i = 0; i < 13; i++)
        note(p.gr[i]);
}

static void
arena_note(void)
{
    uint32_t at;

    for (at = ARENA; at < ARENA + 0x10000; at += 4)
        note(*(uint32_t *)at);
    for (at = ARENA; at < ARENA + 0x10000; at += 2048)
        note((uint32_t)s370_rrb(at));
}

int
main(void)
{
    uint32_t round, i;

    for (i = 0; i < 0x10000; i += 4)
        *(uint32_t *)(ARENA + i) = random_word();
    for (i = 0; i < 0x10000; i += 2048)
        s370_ssk(ARENA + i, 0x10);
    for (round = 0; round < ROUNDS; round++) {
        tables_make();
        for (i = 0; i < TRIES; i++)
            access();
        if (round % 10 == 9) {
            arena_note();
            printf("round %u: %08X\n", round, sum);
        }
    }
    printf("%u ended, protection %u, addressing %u, segment %u, page %u, "
           "translation specification %u\n",
           ended, codes[PGM_PROTECTION], codes[PGM_ADDRESSING],
           codes[PGM_SEGMENT], codes[PGM_PAGE], codes[PGM_TRANSLATION_SPEC]);
    return 0;
}
