/*
 * disk_copy.c - copies a disk volume by channel programs, for volumes.t
 *
 *   disk_copy TYPE FROM TO
 *
 * Every track is read record by record and written anew with WRITE RECORD 0
 * and WRITE COUNT, KEY AND DATA.  A program that reads the record behind n
 * others begins at the home address; the track is over when its first record
 * comes again, or none at all.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "board.h"

enum {
    FROM = 0x130,
    TO = 0x131,
    PROGRAM_AT = 0x1000,
    SEEK_AT = 0xF00, /* its cylinder and head are also the home address */
    MASK_AT = 0xF08,
    DATA = 0x8000,
    ROOM = 0x8000, /* for a track */
    RECORDS_MAX = 200,
    COUNT_BYTES = 8,
};
enum {
    READ_R0 = 0x16,
    READ_HA = 0x1A,
    READ_COUNT = 0x12, /* ends no chain at an end of file */
    READ_CKD = 0x1E,
    SEEK = 0x07,
    SET_MASK = 0x1F,
    SEARCH_HA = 0x39,
    TIC = 0x08,
    WRITE_R0 = 0x15,
    WRITE_CKD = 0x1D,
};

static struct machine *m;
static uint32_t next; /* where the channel program grows */

static void
add(uint8_t code, uint32_t data, uint8_t flags, uint32_t count)
{
    board_ccw(m, next, code, data, flags, (uint16_t)count);
    next += 8;
}

static void
begin(unsigned cylinder, unsigned head)
{
    next = PROGRAM_AT;
    board_word(m, SEEK_AT, cylinder);
    board_word(m, SEEK_AT + 4, head << 16);
}

/* Read record n of a track to `at`; its length, 0 when there is none. */
static uint32_t
read_record(unsigned cylinder, unsigned head, unsigned n, uint32_t at)
{
    struct csw csw;
    unsigned i, status;

    begin(cylinder, head);
    add(SEEK, SEEK_AT, CC, 6);
    add(READ_HA, DATA, CC | SKIP, 5);
    if (n == 0) {
        add(READ_R0, at, SLI, ROOM);
    } else {
        add(READ_R0, DATA, CC | SKIP | SLI, COUNT_BYTES);
        for (i = 1; i < n; i++)
            add(READ_COUNT, DATA, CC | SKIP, COUNT_BYTES);
        add(READ_CKD, at, SLI, ROOM);
    }
    status = board_run(m, FROM, PROGRAM_AT, &csw);
    return status & UC ? 0 : ROOM - csw.count;
}

static bool
same_count(uint32_t a, uint32_t b)
{
    return board_word_at(m, a) == board_word_at(m, b) &&
           board_word_at(m, a + 4) == board_word_at(m, b + 4);
}

static void
copy_track(unsigned cylinder, unsigned head)
{
    uint32_t at[RECORDS_MAX], len[RECORDS_MAX], place = DATA;
    unsigned n, i;
    struct csw csw;

    for (n = 0; n < RECORDS_MAX; n++) {
        at[n] = place;
        len[n] = read_record(cylinder, head, n, place);
        if (len[n] == 0 || (n > 1 && same_count(at[n], at[1])))
            break;
        place += (len[n] + 7) & ~7u;
    }
    begin(cylinder, head);
    add(SET_MASK, MASK_AT, CC, 1);
    add(SEEK, SEEK_AT, CC, 6);
    add(SEARCH_HA, SEEK_AT + 2, CC, 4);
    add(TIC, next - 8, 0, 0);
    for (i = 0; i < n; i++)
        add(i == 0 ? WRITE_R0 : WRITE_CKD, at[i], i + 1 < n ? CC : 0, len[i]);
    if (board_run(m, TO, PROGRAM_AT, &csw) != (CE | DE)) {
        fprintf(stderr, "cylinder %u, head %u: status %04X at %06X\n", cylinder,
                head, csw.status, csw.addr);
        exit(1);
    }
}

/* A track is there when a seek to it succeeds. */
static bool
exists(unsigned cylinder, unsigned head)
{
    struct csw csw;

    begin(cylinder, head);
    add(SEEK, SEEK_AT, 0, 6);
    return (board_run(m, FROM, PROGRAM_AT, &csw) & UC) == 0;
}

int
main(int argc, char **argv)
{
    unsigned cylinder, head;

    m = board_new();
    if (argc != 4 || board_attach(m, FROM, argv[1], argv[2], "ro") != 0 ||
        board_attach(m, TO, argv[1], argv[3], NULL) != 0) {
        fprintf(stderr, "%s\n", machine_error(m));
        return 1;
    }
    board_word(m, MASK_AT, 0xC0000000);
    for (cylinder = 0; exists(cylinder, 0); cylinder++)
        for (head = 0; exists(cylinder, head); head++)
            copy_track(cylinder, head);
    board_end(m);
    return 0;
}
