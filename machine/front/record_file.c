/*
 * record_file.c - reading and writing the entries of a record
 *
 * Each entry is flushed when it is written: what a program that was killed has
 * recorded can be replayed up to there.
 */
#include <stdlib.h>
#include <string.h>

#include "../cpu/bytes.h"
#include "../state.h"
#include "record.h"

enum { VERSION = 2, MAGIC_BYTES = 8, HEAD_BYTES = 5, PIECE = 1 << 20 };

static const char magic[MAGIC_BYTES + 1] = "S370RECD";

/* ---- entries ------------------------------------------------------------- */

void
entry_bytes(struct entry *e, const void *bytes, size_t len)
{
    size_t room = e->room;
    uint8_t *more;

    if (e->failed || len == 0)
        return;
    while (room - e->len < len)
        room += room / 2 + 256;
    if (room > e->room) {
        more = realloc(e->bytes, room);
        if (more == NULL) {
            e->failed = true;
            return;
        }
        e->bytes = more;
        e->room = room;
    }
    memcpy(e->bytes + e->len, bytes, len);
    e->len += len;
}

void
entry_u8(struct entry *e, unsigned v)
{
    uint8_t b = (uint8_t)v;

    entry_bytes(e, &b, 1);
}

void
entry_u32(struct entry *e, uint32_t v)
{
    uint8_t b[4];

    store_be32(b, v);
    entry_bytes(e, b, 4);
}

void
entry_u64(struct entry *e, uint64_t v)
{
    uint8_t b[8];

    store_be64(b, v);
    entry_bytes(e, b, 8);
}

const uint8_t *
entry_take_bytes(struct entry *e, size_t len)
{
    static const uint8_t zeros[8];
    const uint8_t *bytes = e->bytes + e->at;

    if (e->failed || len > e->len - e->at) {
        e->failed = true;
        return zeros;
    }
    e->at += len;
    return len == 0 ? zeros : bytes;
}

unsigned
entry_take_u8(struct entry *e)
{
    return *entry_take_bytes(e, 1);
}

uint32_t
entry_take_u32(struct entry *e)
{
    return load_be32(entry_take_bytes(e, 4));
}

uint64_t
entry_take_u64(struct entry *e)
{
    return load_be64(entry_take_bytes(e, 8));
}

/* ---- the file ------------------------------------------------------------ */

static uint32_t
entry_hash(const uint8_t head[HEAD_BYTES], const struct entry *e)
{
    struct hash h;

    hash_begin(&h);
    hash_add(&h, head, HEAD_BYTES);
    if (e->len > 0)
        hash_add(&h, e->bytes, e->len);
    return (uint32_t)hash_value(&h);
}

bool
record_write_begin(FILE *f)
{
    uint8_t version[4];

    store_be32(version, VERSION);
    return fwrite(magic, 1, MAGIC_BYTES, f) == MAGIC_BYTES &&
           fwrite(version, 1, 4, f) == 4;
}

bool
record_write(FILE *f, const struct entry *e)
{
    uint8_t head[HEAD_BYTES], tail[4];

    if (e->failed || e->len > UINT32_MAX)
        return false;
    head[0] = e->kind;
    store_be32(head + 1, (uint32_t)e->len);
    store_be32(tail, entry_hash(head, e));
    return fwrite(head, 1, HEAD_BYTES, f) == HEAD_BYTES &&
           fwrite(e->bytes, 1, e->len, f) == e->len &&
           fwrite(tail, 1, 4, f) == 4 && fflush(f) == 0;
}

bool
record_read_begin(FILE *f)
{
    uint8_t begin[MAGIC_BYTES + 4];

    return fread(begin, 1, sizeof(begin), f) == sizeof(begin) &&
           memcmp(begin, magic, MAGIC_BYTES) == 0 &&
           load_be32(begin + MAGIC_BYTES) == VERSION;
}

enum record_read
record_read(FILE *f, struct entry *e)
{
    static uint8_t const nothing[1];
    uint8_t head[HEAD_BYTES], tail[4], *piece;
    size_t n = fread(head, 1, HEAD_BYTES, f), left, got;

    e->len = e->at = 0;
    e->failed = false;
    if (n != HEAD_BYTES)
        return RECORD_END_OF_FILE;
    e->kind = head[0];
    piece = malloc(PIECE);
    if (piece == NULL)
        return RECORD_DAMAGED;
    for (left = load_be32(head + 1); left > 0; left -= got) {
        got = fread(piece, 1, left < PIECE ? left : PIECE, f);
        entry_bytes(e, piece, got);
        if (got == 0 || e->failed)
            break;
    }
    free(piece);
    entry_bytes(e, nothing, 1); /* so that there is something to point to */
    if (left > 0 || e->failed || fread(tail, 1, 4, f) != 4)
        return feof(f) ? RECORD_END_OF_FILE : RECORD_DAMAGED;
    e->len--;
    return load_be32(tail) == entry_hash(head, e) ? RECORD_ENTRY
                                                  : RECORD_DAMAGED;
}

bool
record_register(unsigned n, char name[8])
{
    static const char *const alone[] = {"psw", "prefix", "tod", "cc", "ct"};

    if (n < 5)
        snprintf(name, 8, "%s", alone[n]);
    else if (n < 21)
        snprintf(name, 8, "gr%u", n - 5);
    else if (n < 37)
        snprintf(name, 8, "cr%u", n - 21);
    else if (n < RECORD_REGISTERS)
        snprintf(name, 8, "fr%u", 2 * (n - 37));
    return n < RECORD_REGISTERS;
}

/* ---- inputs -------------------------------------------------------------- */

void
record_put_input(struct entry *e, const struct input *in)
{
    int i;

    entry_u8(e, in->kind);
    entry_u32(e, in->devno);
    entry_u32(e, in->address);
    entry_u64(e, in->number);
    entry_u8(e, (unsigned)in->nwords);
    for (i = 0; i < in->nwords; i++) {
        entry_u32(e, (uint32_t)strlen(in->words[i]) + 1);
        entry_bytes(e, in->words[i], strlen(in->words[i]) + 1);
    }
    entry_u32(e, (uint32_t)in->len);
    entry_bytes(e, in->bytes, in->len);
}

static bool
take_input(struct entry *e, struct input *in, const char **words)
{
    uint32_t len;
    int i;

    in->kind = entry_take_u8(e);
    in->devno = (uint16_t)entry_take_u32(e);
    in->address = entry_take_u32(e);
    in->number = entry_take_u64(e);
    in->nwords = (int)entry_take_u8(e);
    if (in->nwords > INPUT_WORDS_MAX)
        return false;
    for (i = 0; i < in->nwords; i++) {
        len = entry_take_u32(e);
        words[i] = (const char *)entry_take_bytes(e, len);
        if (e->failed || len == 0 || words[i][len - 1] != '\0')
            return false;
    }
    in->words = words;
    in->len = entry_take_u32(e);
    in->bytes = entry_take_bytes(e, in->len);
    return !e->failed;
}

bool
record_apply_input(struct machine *m, struct entry *e)
{
    const char *words[INPUT_WORDS_MAX];
    struct input in;

    if (!take_input(e, &in, words))
        return false;
    if (in.nwords == 0 && (in.kind == INPUT_ATTACH ||
                           in.kind == INPUT_REGISTER || in.kind == INPUT_TYPE))
        return false;
    switch (in.kind) {
    case INPUT_ATTACH:
        machine_attach(m, in.devno, words[0], in.nwords - 1,
                       (char *const *)(words + 1));
        return true;
    case INPUT_DETACH:
        machine_detach(m, in.devno);
        return true;
    case INPUT_FAULT:
        machine_fault(m, in.devno, in.nwords, (char *const *)words);
        return true;
    case INPUT_RESET:
        machine_reset(m, in.number != 0);
        return true;
    case INPUT_IPL:
        machine_ipl(m, in.devno);
        return true;
    case INPUT_RESTART:
        machine_restart(m);
        return true;
    case INPUT_EXTERNAL_KEY:
        machine_external_key(m);
        return true;
    case INPUT_REGISTER:
        machine_set(m, words[0], in.number);
        return true;
    case INPUT_STORAGE:
        machine_write(m, in.address, in.bytes, in.len);
        return true;
    case INPUT_STORAGE_KEY:
        machine_key_set(m, in.address, (uint8_t)in.number);
        return true;
    case INPUT_STORAGE_ERROR:
        machine_storage_error(m, in.address, in.number != 0);
        return true;
    case INPUT_TYPE:
        machine_type(m, in.devno, words[0]);
        return true;
    case INPUT_ATTENTION:
        machine_attention(m, in.devno);
        return true;
    case INPUT_CANCEL:
        machine_cancel(m, in.devno);
        return true;
    case INPUT_SAVE:
        cpu_forget(m);
        return true;
    case INPUT_SNAPSHOT:
        machine_load(m, in.bytes, in.len);
        return true;
    case INPUT_LINE: /* record_take_line() */
    case INPUT_KINDS:
        break;
    }
    return false;
}

bool
record_take_line(struct machine *m, struct entry *e, uint64_t time_ns,
                 bool *good)
{
    const char *words[INPUT_WORDS_MAX];
    size_t at = e->at;
    struct input in;

    entry_take_u8(e); /* it ran */
    if (!e->failed && entry_take_u8(e) == INPUT_LINE) {
        e->at--;
        *good = take_input(e, &in, words) &&
                line_replay(m, in.devno, time_ns, in.bytes, in.len);
        return true;
    }
    e->at = at;
    e->failed = false;
    return false;
}
