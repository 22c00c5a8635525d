/*
 * disk.c - guest program: channel programs for the disk at 190, good and bad.
 * What each does is printed, the same on a real 3330 of five cylinders and on
 * a minidisk under CP.
 */
#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>
#include <string.h>

#define DISK 0x190
#define RECORD 4096
#define LOST 0xF00000u /* beyond storage */

enum {
    SEEK_CYLINDER = 0x0B,
    SEARCH_HA = 0x39,
    READ_HA = 0x1A,
    READ_R0 = 0x16,
    READ_CKD = 0x1E,
    MULTI_TRACK = 0x80,
    WRITE_HA = 0x19,
};

static volatile struct lowcore *const low = LOWCORE;
static struct ccw program[24];
static unsigned n;
static uint8_t data[2 * RECORD] __attribute__((aligned(2048)));
static uint8_t seek_to[8], id[8], sense[24], mask, counts[8 * 4];
static uint32_t idaws[8];

static void
add(uint8_t code, const void *at, uint8_t flags, uint32_t count)
{
    program[n++] = CCW_MAKE(code, at, flags, count);
}

static void
add_seek(uint32_t cylinder, uint32_t head)
{
    memset(seek_to, 0, sizeof seek_to);
    seek_to[3] = (uint8_t)cylinder;
    seek_to[5] = (uint8_t)head;
    add(CCW_DISK_SEEK, seek_to, CCW_CC, 6);
}

/* Seek, and search for a record; the next CCW is for that. */
static void
add_search(uint32_t cylinder, uint32_t head, uint32_t record)
{
    add_seek(cylinder, head);
    memcpy(id, seek_to + 2, 4);
    id[4] = (uint8_t)record;
    add(CCW_DISK_SEARCH_ID, id, CCW_CC, 5);
    add(CCW_TIC, &program[n - 1], 0, 1);
}

static uint32_t
sum(const uint8_t *at, uint32_t len)
{
    uint32_t s = 0;

    while (len-- > 0)
        s = s * 31 + *at++;
    return s;
}

/* Run the program of n CCWs, wait for its end, and print that: status that
 * SIO stores, or all of the CSW. */
static void
run(const char *what, uint32_t caw_key)
{
    struct csw csw;
    int cc, first;
    unsigned unit = 0;

    low->csw.unit = low->csw.channel = 0;
    low->caw = caw_key << 28 | (uint32_t)program;
    first = cc = s370_sio(DISK);
    csw = *(struct csw *)LOW_CSW;
    if (cc == 0) {
        do {
            while ((cc = s370_tio(DISK)) == 2)
                ;
            if (cc == 1) {
                csw.key = low->csw.key;
                if (low->csw.addr != 0)
                    csw = *(struct csw *)LOW_CSW;
                unit |= low->csw.unit;
            }
        } while (cc == 1 && !(unit & (CSW_DEVICE_END | CSW_UNIT_CHECK)));
    } else {
        unit = csw.unit;
    }
    printf("%-18s unit %02X channel %02X", what, unit, csw.channel);
    /* A command that is refused at once may be so by SIO already. */
    if (unit & CSW_CHANNEL_END && first == 0)
        printf(" key %02X CCW %d count %u", csw.key,
               (int)(csw.addr - (uint32_t)program) / 8, csw.count);
    n = 0;
    memset(sense, 0, sizeof sense);
    if (unit & CSW_UNIT_CHECK) {
        program[0] = CCW_MAKE(CCW_SENSE, sense, 0, 24);
        low->caw = (uint32_t)program;
        s370_sio(DISK);
        while (s370_tio(DISK) != 0)
            ;
        printf(" sense %02X %02X %02X", sense[0], sense[1], sense[7]);
    }
    printf(" data %08X\n", sum(data, sizeof data));
}

static void
fill(uint8_t with)
{
    memset(data, with, sizeof data);
}

static void
transfers(void)
{
    unsigned i;

    fill(0x11);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, 0, RECORD);
    run("read", 0);
    for (i = 0; i < RECORD; i++)
        data[i] = (uint8_t)(i * 7 + i / 256);
    add_search(3, 18, 2);
    add(CCW_DISK_WRITE, data, 0, RECORD);
    run("write", 0);
    fill(0);
    add_search(3, 18, 2);
    add(CCW_DISK_READ, data + 100, 0, RECORD);
    run("read it", 0);
    fill(0);
    idaws[0] = (uint32_t)data + 4000;
    idaws[1] = (uint32_t)data + 6144;
    idaws[2] = (uint32_t)data + 2048;
    add_search(3, 18, 2);
    add(CCW_DISK_READ, idaws, CCW_IDA, RECORD);
    run("IDAWs", 0);
    fill(0);
    add_search(3, 18, 2);
    add(CCW_DISK_READ, data, CCW_CD, 100);
    add(0, 0, CCW_CD | CCW_SKIP, 1000);
    add(0, data + 500, CCW_SLI, 200);
    run("chained data", 0);
    add_search(3, 18, 2);
    add(CCW_DISK_READ, data, 0, 100);
    run("short", 0);
    add_search(3, 18, 2);
    add(CCW_DISK_READ, data, 0, 5000);
    run("long", 0);
    add_search(3, 18, 2);
    add(CCW_DISK_READ, data, CCW_SLI | CCW_SKIP, 5000);
    run("skip", 0);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, CCW_CC, RECORD);
    add(CCW_DISK_READ, data + RECORD, 0, RECORD);
    run("two records", 0);
    add(CCW_DISK_RECALIBRATE, 0, CCW_CC | CCW_SLI, 1);
    add(READ_R0, data, CCW_SLI, 16);
    run("recalibrate", 0);
    add_seek(2, 5);
    add(SEARCH_HA, seek_to + 2, CCW_CC, 4);
    add(CCW_TIC, &program[1], 0, 1);
    add(CCW_DISK_READ_COUNT, counts, CCW_CC, 8);
    add(CCW_DISK_READ_COUNT, counts + 8, CCW_CC, 8);
    add(MULTI_TRACK | CCW_DISK_READ_COUNT, counts + 16, CCW_CC, 8);
    add(MULTI_TRACK | CCW_DISK_READ_COUNT, counts + 24, 0, 8);
    run("counts", 0);
    memcpy(data, counts, sizeof counts);
    add(CCW_NOP, 0, CCW_SLI, 1);
    run("no-operation", 0);
    add(CCW_READ_IPL, data, CCW_SLI, 24);
    run("read IPL", 0);
    /* The arm stays where it was. */
    add_seek(4, 1);
    add(CCW_NOP, 0, CCW_SLI, 1);
    run("seek", 0);
    memcpy(id, "\0\4\0\1\3", 5);
    add(CCW_DISK_SEARCH_ID, id, CCW_CC, 5);
    add(CCW_TIC, &program[0], 0, 1);
    add(CCW_DISK_READ, data, 0, RECORD);
    run("read there", 0);
    add(SEEK_CYLINDER, seek_to, CCW_CC, 6);
    add(CCW_DISK_SEEK_HEAD, seek_to, CCW_CC, 6);
    add(SEARCH_HA, seek_to + 2, CCW_CC, 4);
    add(CCW_TIC, &program[2], 0, 1);
    add(CCW_DISK_READ_COUNT, data, 0, 8);
    run("home address", 0);
}

static void
format(void)
{
    static uint8_t count[3][8] = {{0, 1, 0, 2, 1, 0, 0x03, 0xE8},
                                  {0, 1, 0, 2, 2, 4, 0x00, 0x50},
                                  {0, 1, 0, 2, 3, 0, 0x00, 0x00}};

    fill(0x33);
    add_search(1, 2, 0);
    add(CCW_DISK_WRITE_CKD, count[0], CCW_CC | CCW_CD, 8);
    add(0, data, CCW_CC, 1000);
    add(CCW_DISK_WRITE_CKD, count[1], CCW_CC | CCW_CD, 8);
    add(0, data, CCW_CC, 84);
    add(CCW_DISK_WRITE_CKD, count[2], 0, 8);
    run("format", 0);
    fill(0);
    add_search(1, 2, 0);
    add(READ_CKD, data, CCW_CC | CCW_SLI, 2000);
    add(READ_CKD, data + 2000, CCW_CC | CCW_SLI, 2000);
    add(READ_CKD, data + 4000, CCW_SLI, 2000);
    run("what is there", 0);
    add_search(1, 2, 0);
    add(CCW_DISK_READ_KD, data, CCW_CC | CCW_SLI, 2000);
    add(CCW_DISK_READ_KD, data + 2000, CCW_CC | CCW_SLI, 2000);
    add(CCW_DISK_READ_KD, data + 4000, CCW_SLI, 2000);
    run("end of file", 0);
}

static void
mistakes(void)
{
    static struct ccw far[2];

    fill(0x44);
    add_seek(5, 0);
    add(CCW_DISK_READ_COUNT, data, 0, 8);
    run("no such cylinder", 0);
    add_seek(0, 19);
    run("no such head", 0);
    add_search(0, 0, 77);
    add(CCW_DISK_READ, data, 0, RECORD);
    run("no such record", 0);
    seek_to[3] = 1;
    add(CCW_DISK_SEEK, seek_to, 0, 4);
    run("short seek", 0);
    add(0x77, data, 0, 4);
    run("no such command", 0);
    add_search(0, 0, 1);
    add(0x77, data, 0, 4);
    run("... later", 0);
    add(CCW_DISK_WRITE, data, 0, 4);
    run("write at once", 0);
    mask = 0x18; /* no seeks */
    add(CCW_DISK_SET_FILE_MASK, &mask, CCW_CC, 1);
    add_seek(1, 0);
    run("file mask", 0);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, (void *)LOST, 0, RECORD);
    run("data lost", 0);
    add_search(4, 7, 3);
    add(CCW_DISK_WRITE, (void *)(0x100000 - 1000), 0, RECORD);
    run("data partly lost", 0);
    add(CCW_DISK_SEEK, (void *)LOST, 0, 6);
    run("seek lost", 0);
    idaws[0] = (uint32_t)data;
    idaws[1] = (uint32_t)data + 4;
    add_search(0, 0, 1);
    add(CCW_DISK_READ, idaws, CCW_IDA, RECORD);
    run("IDAW odd", 0);
    idaws[1] = LOST;
    add_search(0, 0, 1);
    add(CCW_DISK_READ, idaws, CCW_IDA, RECORD);
    run("IDAW lost", 0);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, (uint8_t *)idaws + 2, CCW_IDA, RECORD);
    run("IDAWs odd", 0);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, 3, RECORD);
    run("bits", 0);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, 0, 0);
    run("count 0", 0);
    add_seek(0, 0);
    add(CCW_TIC, (void *)LOST, 0, 1);
    run("TIC lost", 0);
    add_seek(0, 0);
    add(CCW_TIC, &program[3], 0, 1);
    add(CCW_NOP, 0, CCW_SLI, 1);
    add(CCW_TIC, &program[2], 0, 1);
    run("TIC to TIC", 0);
    add_seek(0, 0);
    add(CCW_TIC, (uint8_t *)&program[2] + 4, 0, 1);
    run("TIC odd", 0);
    far[0] = CCW_MAKE(CCW_DISK_READ_COUNT, data, CCW_CC, 8);
    far[1] = CCW_MAKE(CCW_TIC, &program[3], 0, 1);
    add_seek(2, 2);
    add(READ_R0, data, CCW_CC, 16);
    add(CCW_TIC, far, 0, 1);
    add(CCW_DISK_READ_COUNT, data + 8, 0, 8);
    run("there and back", 0);
    add(CCW_TIC, far, 0, 1);
    run("TIC first", 0);
}

static void
keys(void)
{
    unsigned i;

    fill(0x55);
    for (i = 0; i < sizeof data; i += 2048)
        s370_ssk((uint32_t)data + i, 0x30);
    s370_ssk((uint32_t)data + 2048, 0x40);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, 0, RECORD);
    run("key 3", 3);
    fill(0x55);
    add_search(0, 0, 1);
    add(CCW_DISK_READ, data, 0, RECORD);
    run("key 4", 4);
    s370_ssk((uint32_t)data + 2048, 0x48);
    s370_ssk((uint32_t)data, 0x30);
    s370_rrb((uint32_t)data);
    add_search(4, 0, 1);
    add(CCW_DISK_WRITE, data, 0, RECORD);
    run("fetch protected", 3);
    printf("reference and change %d %d\n", s370_rrb((uint32_t)data),
           s370_rrb((uint32_t)data + 4096));
}

int
main(void)
{
    transfers();
    format();
    mistakes();
    keys();
    return 0;
}
