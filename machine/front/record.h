/*
 * record.h - the record of a run, as it stands in a file
 *
 * Numbers have the high byte first.  "S370RECD", a version (4 bytes), then
 * entries: kind (1), length (4), that many bytes, and 4 bytes of their hash.
 *
 *   S  a snapshot: where the run begins
 *   I  an input: position, whether the machine ran since the input before
 *      (1), kind (1), device (2), address (4), number (8), words (number 1;
 *      each length 4 and bytes), bytes (length 4 and bytes)
 *   C  a check: position, whether the machine ran (1), registers (8 each), and
 *      the hash of each part of the state (number 4; each part 4, hash 8)
 *   E  the same, at the end of the run
 *
 * Inputs from a line stand at the position at which it was looked at, in the
 * middle of a run: a replay gives them to the line before it goes there.
 *
 * A position is instructions (8) and virtual time (8).  Time alone says where
 * the machine stood, since everything it does takes time; the instructions are
 * held against it.
 */
#ifndef FRONT_RECORD_H
#define FRONT_RECORD_H

#include <stdio.h>

#include "../internal.h"

enum {
    ENTRY_SNAPSHOT = 'S',
    ENTRY_INPUT = 'I',
    ENTRY_CHECK = 'C',
    ENTRY_END = 'E',
};

/* Bytes being put together, or taken apart. */
struct entry {
    uint8_t kind;
    uint8_t *bytes;
    size_t len, room;
    size_t at;   /* of the next to be taken */
    bool failed; /* no memory; or more was taken than there is */
};

void entry_u8(struct entry *e, unsigned v);
void entry_u32(struct entry *e, uint32_t v);
void entry_u64(struct entry *e, uint64_t v);
void entry_bytes(struct entry *e, const void *bytes, size_t len);
unsigned entry_take_u8(struct entry *e);
uint32_t entry_take_u32(struct entry *e);
uint64_t entry_take_u64(struct entry *e);
/* A pointer to bytes in the entry; never NULL. */
const uint8_t *entry_take_bytes(struct entry *e, size_t len);

/* False: the host cannot. */
bool record_write_begin(FILE *f);
bool record_write(FILE *f, const struct entry *e);
/* Is it a record, of a version that is known? */
bool record_read_begin(FILE *f);
enum record_read { RECORD_ENTRY, RECORD_END_OF_FILE, RECORD_DAMAGED };
/* The next entry, in place of the one in e.  Memory is taken as bytes come, not
 * as the length says. */
enum record_read record_read(FILE *f, struct entry *e);

/* The registers of a check, by name: false behind the last. */
bool record_register(unsigned n, char name[8]);
enum { RECORD_REGISTERS = 41 };

/* Put an input, without its position, into an entry, or do it again. */
void record_put_input(struct entry *e, const struct input *in);
/* False: the entry makes no sense.  What the machine says to it is no matter:
 * it said the same before. */
bool record_apply_input(struct machine *m, struct entry *e);
/* Is it one that a line brings?  Then it is taken, for `time_ns`; *good is
 * false when it makes no sense.  Else nothing of the entry is. */
bool record_take_line(struct machine *m, struct entry *e, uint64_t time_ns,
                      bool *good);

#endif
