/*
 * record.c - writing the record of a run
 *
 * It begins with a snapshot; every input follows with the position at which
 * it came (record.h).  The machine is checked every so many instructions, and
 * before an input when a good number has been executed since, so that a
 * replay that goes astray is found near the place.  When the checks have taken
 * what a guest may fill, there are no more of them but that at the end.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "record.h"

#define CHECK_INSNS (UINT64_C(1) << 25)
#define CHECK_INPUT_INSNS UINT64_C(100000)

struct recorder {
    struct input_watch watch; /* first: the machine knows only this */
    struct machine *m;
    FILE *file;
    uint64_t nbytes; /* of checks: they are the guest's doing */
    bool ran;        /* since the last input */
    bool failed;
    uint64_t checked; /* instructions at the last check */
};

static void
write_entry(struct recorder *r, struct entry *e)
{
    if (!r->failed && !record_write(r->file, e))
        r->failed = true;
    free(e->bytes);
}

static void
position(struct recorder *r, struct entry *e)
{
    entry_u64(e, machine_count(r->m));
    entry_u64(e, machine_time(r->m));
}

/* ---- checks -------------------------------------------------------------- */

struct parts {
    struct entry list;
    uint32_t n;
};

static void
add_part(void *ctx, uint32_t part, uint64_t hash)
{
    struct parts *p = ctx;

    entry_u32(&p->list, part);
    entry_u64(&p->list, hash);
    p->n++;
}

static void
check(struct recorder *r, uint8_t kind)
{
    struct entry e = {.kind = kind};
    struct parts parts = {.n = 0};
    uint64_t value;
    char name[8];
    unsigned i;

    position(r, &e);
    entry_u8(&e, r->ran);
    for (i = 0; record_register(i, name); i++) {
        machine_get(r->m, name, &value);
        entry_u64(&e, value);
    }
    machine_hash_parts(r->m, add_part, &parts);
    entry_u32(&e, parts.n);
    entry_bytes(&e, parts.list.bytes, parts.list.len);
    e.failed |= parts.list.failed;
    free(parts.list.bytes);
    r->nbytes += e.len;
    write_entry(r, &e);
    r->checked = machine_count(r->m);
}

/* Is one due, after so many instructions? */
static bool
due(const struct recorder *r, uint64_t insns)
{
    return machine_count(r->m) - r->checked >= insns &&
           r->nbytes < r->m->options.output_bytes;
}

/* ---- while the machine runs ---------------------------------------------- */

static void
watch_ran(struct input_watch *w)
{
    struct recorder *r = (struct recorder *)w;

    r->ran = true;
    if (due(r, CHECK_INSNS))
        check(r, ENTRY_CHECK);
}

static void
watch_input(struct input_watch *w, const struct input *in)
{
    struct recorder *r = (struct recorder *)w;
    struct entry e = {.kind = ENTRY_INPUT};

    /* A look at a line comes in the middle of a run, which goes on. */
    if (in->kind == INPUT_LINE) {
        r->nbytes += in->len;
        r->ran = true;
        if (r->nbytes > r->m->output_max) {
            r->failed = true;
            errno = EFBIG;
        }
    } else if (r->ran && due(r, CHECK_INPUT_INSNS)) {
        check(r, ENTRY_CHECK);
    }
    position(r, &e);
    entry_u8(&e, r->ran);
    record_put_input(&e, in);
    write_entry(r, &e);
    r->ran = in->kind == INPUT_LINE;
}

/* ---- beginning and end --------------------------------------------------- */

static bool
write_snapshot(struct recorder *r)
{
    struct entry e = {.kind = ENTRY_SNAPSHOT};
    size_t len;
    int result;

    r->m->saves_lines = true;
    result = machine_save(r->m, &e.bytes, &len);
    r->m->saves_lines = false;
    if (result != 0)
        return false;
    e.len = len;
    write_entry(r, &e);
    if (r->failed)
        machine_fail(r->m, "cannot be written: %s", strerror(errno));
    return !r->failed;
}

int
machine_record(struct machine *m, const char *path)
{
    struct recorder *r;
    char why[sizeof(m->error)];

    if (m->watch != NULL)
        return machine_fail(m, "%.120s: the run is being recorded already",
                            path);
    r = calloc(1, sizeof(*r));
    if (r == NULL)
        return machine_fail(m, "%.120s: no memory for a record", path);
    r->watch = (struct input_watch){watch_input, watch_ran, CHECK_INSNS};
    r->m = m;
    r->checked = machine_count(m);
    r->file = fopen(path, "wb");
    if (r->file == NULL) {
        free(r);
        return machine_fail(m, "%.120s: cannot be written: %s", path,
                            strerror(errno));
    }
    if (record_write_begin(r->file) && write_snapshot(r)) {
        m->watch = &r->watch;
        return 0;
    }
    snprintf(why, sizeof(why), "%s", m->error);
    fclose(r->file);
    free(r);
    return machine_fail(m, "%.60s: no record: %.180s", path, why);
}

int
machine_record_end(struct machine *m)
{
    struct recorder *r = (struct recorder *)m->watch;
    bool failed;

    if (r == NULL)
        return 0;
    m->watch = NULL;
    check(r, ENTRY_END);
    failed = r->failed;
    if (fclose(r->file) != 0)
        failed = true;
    free(r);
    if (failed)
        return machine_fail(m, "the record could not be written to its end: %s",
                            strerror(errno));
    return 0;
}
