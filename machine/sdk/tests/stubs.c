/*
 * stubs.c - s370/insn.h: each function executes its instruction with the
 * operands it should
 */
#include "check.h"

#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/keys.h>
#include <s370/lowcore.h>

static char block[4096] __attribute__((aligned(2048)));

static void
keys(void)
{
    uint32_t raddr = (uint32_t)block;

    s370_ssk(raddr, KEY_ACCESS(5) | KEY_FETCH);
    CHECK(s370_isk(raddr) >> 3 == 0xB);
    CHECK(s370_isk(raddr + 2047) >> 3 == 0xB);
    CHECK(s370_isk(raddr + 2048) >> 3 == 0);
    CHECK(s370_rrb(raddr) == 0);
    block[0] = 1;
    CHECK(s370_rrb(raddr) == 3);
    CHECK(s370_rrb(raddr) == 1);
    s370_ssk(raddr, 0);
}

static void
registers(void)
{
    uint32_t out[3] = {0x11111111, 0x22222222, 0x33333333}, in[4] = {0};

    s370_lctl(3, 5, out);
    s370_stctl(3, 5, in);
    CHECK(memcmp(in, out, sizeof(out)) == 0 && in[3] == 0);
    s370_stctl(15, 0, in);
    CHECK(in[1] == 0xE0); /* register 0 after a reset */
}

static void
masks(void)
{
    s370_ssm(0);
    CHECK(s370_stosm(0x02) == 0);
    CHECK(s370_stosm(0x04) == 0x02);
    CHECK(s370_stnsm(0xFD) == 0x06);
    CHECK(s370_stnsm(0) == 0x04);
}

static void
clocks(void)
{
    uint64_t first = 0, second = 0, comparator = 0x123456789ABCD000ull;
    int64_t timer = 0x7000000000000000ll, left = 0;

    CHECK(s370_stck(&first) == 0 && s370_stck(&second) == 0);
    CHECK(second > first && second - first < 4096 * 1000);
    s370_sckc(&comparator);
    CHECK((s370_stckc(&first), first) == comparator);
    s370_spt(&timer);
    s370_stpt(&left);
    CHECK(left < timer && left > timer - 4096 * 1000);
}

static void
translation(void)
{
    uint32_t raddr = 0;
    static uint32_t table[16] __attribute__((aligned(64)));
    uint32_t control[2];

    s370_stctl(0, 1, control);
    control[0] |= 0x00800000; /* 4 KiB pages, 64 KiB segments */
    control[1] = (uint32_t)table;
    s370_lctl(0, 1, control);
    memset(table, 0, sizeof(table));
    table[2] = 1; /* invalid */
    s370_ptlb();
    CHECK(s370_lra(0x020000, &raddr) == 1 && raddr == (uint32_t)&table[2]);
    CHECK(s370_lra(0xFF0000, &raddr) == 3);
}

static void
others(void)
{
    uint64_t id = 0;
    uint32_t word = 5;

    s370_stidp(&id);
    CHECK((id >> 32 & 0xFFFFFF) != 0);
    CHECK(s370_cs(&word, 5, 6) == 0 && word == 6);
    CHECK(s370_cs(&word, 5, 7) == 1 && word == 6);
}

static void
devices(void)
{
    static struct ccw nop;

    CHECK(s370_tio(0x009) == 0 && s370_tio(0x5FF) == 3);
    CHECK(s370_sio(0x5FF) == 3 && s370_siof(0x5FF) == 3);
    CHECK(s370_hio(0x5FF) == 3 && s370_hdv(0x5FF) == 3);
    CHECK(s370_clrio(0x5FF) == 3);
    CHECK(s370_tch(0x9FF) == 3);
    CHECK(s370_tch(0x009) == 0 && s370_stidc(0x009) == 0);
    nop = CCW_MAKE(CCW_NOP, 0, CCW_SLI, 1);
    LOWCORE->caw = (uint32_t)&nop;
    CHECK(s370_sio(0x009) == 1);
    CHECK(LOWCORE->csw.unit == (CSW_CHANNEL_END | CSW_DEVICE_END));
}

int
main(void)
{
    keys();
    registers();
    masks();
    clocks();
    translation();
    others();
    devices();
    return checks_failed;
}
