/*
 * replay.c - a recorded run once more
 *
 * The machine is loaded with the snapshot that the record begins with, and is
 * then let run to the position of each input in turn.  At every check the
 * registers and the hash of each part of the state are compared.  Between two
 * checks nothing is known: the first place at which the runs differ lies
 * there.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "../state.h"
#include "record.h"

enum { NO_ENTRY = 0 }; /* a position only */

struct replay {
    struct machine *m;
    FILE *file;
    char *path;
    struct entry entry; /* comes next, if `have` */
    bool have;
    bool over; /* how, is in `end` */
    enum replay_end end;
    uint64_t count, time_ns;      /* position of the entry */
    uint64_t line_count, line_ns; /* of the last input from a line */
    uint64_t same; /* instructions up to which all was the same */
};

/* ---- differences --------------------------------------------------------- */

static enum replay_end
finish(struct replay *r, enum replay_end end)
{
    r->over = true;
    r->end = end;
    return end;
}

static enum replay_end
damaged(struct replay *r, const char *what)
{
    machine_fail(r->m, "%.60s: %s, after instruction %llu", r->path, what,
                 (unsigned long long)r->same);
    return finish(r, REPLAY_DAMAGED);
}

static enum replay_end diverged(struct replay *r, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static enum replay_end
diverged(struct replay *r, const char *format, ...)
{
    char what[120];
    va_list args;

    va_start(args, format);
    vsnprintf(what, sizeof(what), format, args);
    va_end(args);
    machine_fail(r->m,
                 "the run is not the recorded one: at instruction %llu %s; "
                 "at instruction %llu all was the same",
                 (unsigned long long)machine_count(r->m), what,
                 (unsigned long long)r->same);
    return finish(r, REPLAY_DIVERGED);
}

/* What a part of the state is called. */
static void
part_name(const struct machine *m, uint32_t part, char *buf, size_t size)
{
    uint32_t at = (part - PART_STORAGE) * STORAGE_PART;
    uint32_t end = at + STORAGE_PART;

    if (part >= PART_DEVICE)
        snprintf(buf, size, "device %04X", part - PART_DEVICE);
    else if (part >= PART_STORAGE)
        snprintf(
            buf, size, "storage (X'%06X' to X'%06X')", at,
            (end < machine_storage_size(m) ? end : machine_storage_size(m)) -
                1);
    else if (part == PART_CHANNELS)
        snprintf(buf, size, "a channel");
    else
        snprintf(buf, size, "a pending condition or clock of the CPU");
}

/* The hashes of a check against those of the machine. */
struct comparison {
    struct entry *e;
    uint32_t left;      /* that the record still has */
    uint32_t different; /* the first part that differs, or 0 */
};

static void
compare_part(void *ctx, uint32_t part, uint64_t hash)
{
    struct comparison *c = ctx;
    uint32_t recorded_part;
    uint64_t recorded_hash;

    if (c->different != 0)
        return;
    recorded_part = c->left > 0 ? entry_take_u32(c->e) : 0;
    recorded_hash = c->left > 0 ? entry_take_u64(c->e) : 0;
    if (recorded_part != part || recorded_hash != hash)
        c->different = part;
    if (c->left > 0)
        c->left--;
}

/* REPLAY_RUNNING: nothing differs. */
static enum replay_end
compare(struct replay *r)
{
    struct comparison c = {.e = &r->entry};
    uint64_t recorded, value;
    char name[8], what[60];
    unsigned i;

    for (i = 0; record_register(i, name); i++) {
        machine_get(r->m, name, &value);
        recorded = entry_take_u64(&r->entry);
        if (!r->entry.failed && value != recorded)
            return diverged(r, "%s is %llX, recorded was %llX", name,
                            (unsigned long long)value,
                            (unsigned long long)recorded);
    }
    c.left = entry_take_u32(&r->entry);
    machine_hash_parts(r->m, compare_part, &c);
    if (r->entry.failed)
        return damaged(r, "the record makes no sense");
    if (c.different != 0 || c.left > 0) {
        part_name(r->m, c.different, what, sizeof(what));
        return diverged(r, "%s differs",
                        c.different == 0 ? "a device that is not there" : what);
    }
    r->same = machine_count(r->m);
    return REPLAY_RUNNING;
}

/* ---- entries ------------------------------------------------------------- */

/* REPLAY_RUNNING: the next entry and its position are there. */
static enum replay_end
next_entry(struct replay *r)
{
    if (r->have)
        return REPLAY_RUNNING;
    switch (record_read(r->file, &r->entry)) {
    case RECORD_ENTRY:
        break;
    case RECORD_END_OF_FILE:
        if (machine_time(r->m) >= r->line_ns)
            return finish(r, REPLAY_CUT_OFF);
        r->entry.kind = NO_ENTRY; /* what the line brought comes still */
        r->count = r->line_count;
        r->time_ns = r->line_ns;
        r->have = true;
        return REPLAY_RUNNING;
    case RECORD_DAMAGED:
        return damaged(r, "the record is damaged");
    }
    r->count = entry_take_u64(&r->entry);
    r->time_ns = entry_take_u64(&r->entry);
    if (r->entry.failed ||
        (r->entry.kind != ENTRY_INPUT && r->entry.kind != ENTRY_CHECK &&
         r->entry.kind != ENTRY_END))
        return damaged(r, "the record makes no sense");
    r->have = true;
    return REPLAY_RUNNING;
}

/* What stands at the position that the machine has reached. */
static enum replay_end
use_entry(struct replay *r)
{
    enum replay_end end = REPLAY_RUNNING;

    r->have = false;
    if (machine_count(r->m) != r->count || machine_time(r->m) != r->time_ns)
        return diverged(r, "%llu had been executed in the time",
                        (unsigned long long)r->count);
    if (r->entry.kind == ENTRY_INPUT)
        return record_apply_input(r->m, &r->entry)
                   ? REPLAY_RUNNING
                   : damaged(r, "the record makes no sense");
    if (r->entry.kind == NO_ENTRY)
        return REPLAY_RUNNING;
    end = compare(r);
    if (end == REPLAY_RUNNING && r->entry.kind == ENTRY_END)
        return finish(r, REPLAY_COMPLETE);
    return end;
}

/* ---- running ------------------------------------------------------------- */

/* Let the machine run to the position of the entry. */
static enum replay_end
run_to_entry(struct replay *r, uint64_t until_insns)
{
    struct machine *m = r->m;
    enum machine_stop stop;

    do {
        uint64_t count = machine_count(m);

        if (machine_time(m) < r->time_ns && count >= until_insns)
            return REPLAY_PAUSED;
        stop = machine_run(m, until_insns - count, r->time_ns);
        if (stop == STOP_BREAK)
            return REPLAY_PAUSED;
        if ((stop == STOP_WAIT || stop == STOP_CHECK) &&
            machine_time(m) < r->time_ns)
            return diverged(r, "it has stopped, and then it went on");
    } while (machine_time(m) < r->time_ns);
    return REPLAY_RUNNING;
}

enum replay_end
machine_replay_run(struct replay *r, uint64_t until_insns)
{
    enum replay_end end;

    if (r->over)
        return r->end;
    for (;;) {
        bool ran = true, good;

        end = next_entry(r);
        if (end != REPLAY_RUNNING)
            return end;
        if (r->entry.kind == ENTRY_INPUT &&
            record_take_line(r->m, &r->entry, r->time_ns, &good)) {
            r->have = false;
            r->line_count = r->count;
            r->line_ns = r->time_ns;
            if (!good)
                return damaged(r, "the record makes no sense");
            continue;
        }
        if (r->entry.kind != NO_ENTRY) {
            /* Entries with nothing between them come as they came. */
            ran = entry_take_u8(&r->entry) != 0;
            r->entry.at--;
        }
        if (ran)
            end = run_to_entry(r, until_insns);
        if (end != REPLAY_RUNNING)
            return end;
        if (r->entry.kind != NO_ENTRY)
            entry_take_u8(&r->entry);
        end = use_entry(r);
        if (end != REPLAY_RUNNING)
            return end;
    }
}

/* ---- beginning and end --------------------------------------------------- */

struct replay *
machine_replay_open(struct machine *m, const char *path)
{
    struct replay *r = calloc(1, sizeof(*r));
    char why[sizeof(m->error)];

    if (r == NULL || (r->path = strdup(path)) == NULL) {
        machine_fail(m, "%.120s: no memory for it", path);
        free(r);
        return NULL;
    }
    r->m = m;
    r->file = fopen(path, "rb");
    if (r->file == NULL) {
        machine_fail(m, "%.120s: %s", path, strerror(errno));
    } else if (!record_read_begin(r->file)) {
        machine_fail(m, "%.120s: no record that this program can read", path);
    } else if (record_read(r->file, &r->entry) != RECORD_ENTRY ||
               r->entry.kind != ENTRY_SNAPSHOT) {
        machine_fail(m,
                     "%.120s: the record is damaged: it does not begin with "
                     "a snapshot",
                     path);
    } else if (machine_load(m, r->entry.bytes, r->entry.len) != 0) {
        snprintf(why, sizeof(why), "%s", m->error);
        machine_fail(m, "%.60s: %.190s", path, why);
    } else {
        r->same = machine_count(m);
        return r;
    }
    machine_replay_close(r);
    return NULL;
}

void
machine_replay_close(struct replay *r)
{
    if (r == NULL)
        return;
    if (r->file != NULL)
        fclose(r->file);
    free(r->entry.bytes);
    free(r->path);
    free(r);
}
