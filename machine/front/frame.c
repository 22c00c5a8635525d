/*
 * frame.c - the calls of a stopped C program, and their variables
 *
 * A call chain is found in the save areas (machine/sdk/lib/crt0.asm,
 * "Linkage").  While function F runs, its caller's registers are in the
 * caller's save area: R14, the place to return to, at 12; R15, R0; R1, the
 * address of F's arguments, at 24; R2 to R12 behind it.  That area is at R13
 * plus the bytes of F's frame while R13 points to that frame, else at R13
 * itself.  Of an assembler function no frame is known: then the back chain, 4
 * bytes behind R13, leads there.
 */
#include <string.h>

#include "debug.h"
#include "machine.h"

enum { ADDRESS = 0xFFFFFF };

static uint32_t
word_at(const struct machine *m, uint32_t raddr)
{
    return (uint32_t)debug_read(m, raddr, 4);
}

/* The call that the registers are of; n > 0: not the innermost. */
static bool
enter(const struct machine *m, struct frame *f)
{
    uint32_t start;

    f->name = map_function(m, f->at, &start);
    f->fn = map_compiled(m, f->at);
    f->body = f->fn == NULL ? 0 : cfunction_body(f->fn, f->at - f->fn->addr);
    f->file = map_line(m, f->at, &f->line);
    return f->name != NULL;
}

/* Where the caller's registers are kept; *kept: they are already.  An assembler
 * function that does not begin by keeping R14 never changes it, nor R13, but
 * for the first of all, crt0, whose back chain is 0. */
static uint32_t
save_area(const struct machine *m, const struct frame *f, bool innermost,
          bool *kept)
{
    uint32_t start = 0, r13 = f->gr[13] & ADDRESS, offset, first, back;

    map_function(m, f->at, &start);
    offset = f->at - start;
    first = word_at(m, start);
    *kept = !innermost ||
            (offset >= 4 && first >> 20 == 0x90E && /* STM R14,Rx,12(R13) */
             (first & 0xFFFF) == 0xD00C);
    if (f->fn != NULL)
        return crange_has(f->fn->owned, f->fn->nowned, offset)
                   ? r13 + f->fn->frame
                   : r13;
    back = word_at(m, r13 + 4) & ADDRESS;
    return innermost && (offset < 12 || (!*kept && back != 0)) ? r13 : back;
}

/* From a call to its caller. */
static bool
leave(const struct machine *m, struct frame *f, bool innermost)
{
    bool kept;
    uint32_t area = save_area(m, f, innermost, &kept);

    if (area == 0 || area % 4 != 0)
        return false;
    if (kept) {
        f->gr[14] = word_at(m, area + 12);
        for (unsigned i = 2; i <= 12; i++)
            f->gr[i] = word_at(m, area + 20 + 4 * i);
    }
    f->gr[13] = area;
    f->at = (f->gr[14] & ADDRESS) - 2; /* in the BALR */
    return enter(m, f);
}

static void
find_list(const struct machine *m, struct frame *f, bool innermost)
{
    bool kept;
    uint32_t area = save_area(m, f, innermost, &kept);

    f->list = (kept ? word_at(m, area + 24) : f->gr[1]) & ADDRESS;
}

/* From a body to the one, or to the function, that it is in. */
static void
leave_body(struct frame *f)
{
    const struct cbody *b = &f->fn->bodies[f->body];

    f->file = b->file;
    f->line = b->line;
    f->body = b->parent;
}

static void
name_body(struct frame *f, const char *function)
{
    f->name = f->body == 0 ? function : f->fn->bodies[f->body].name;
}

bool
frame_waits(const struct machine *m)
{
    enum { WAIT_BIT = 63 - 14 };
    uint64_t psw = 0;

    machine_get(m, "psw", &psw);
    return (psw >> WAIT_BIT & 1) != 0;
}

/* The function that made the last call before the wait; its variables are not
 * known any more. */
static bool
enter_waiting(const struct machine *m, struct frame *f)
{
    if (!frame_waits(m) || (f->gr[13] & ADDRESS) == 0)
        return false;
    f->at = (f->gr[14] & ADDRESS) - 2;
    if (!enter(m, f))
        return false;
    f->fn = NULL;
    f->body = 0;
    return true;
}

bool
frame_find(const struct machine *m, int n, struct frame *f)
{
    static const char *const name[16] = {
        "gr0", "gr1", "gr2",  "gr3",  "gr4",  "gr5",  "gr6",  "gr7",
        "gr8", "gr9", "gr10", "gr11", "gr12", "gr13", "gr14", "gr15"};
    const char *function;
    bool innermost = true;
    uint64_t value = 0;

    memset(f, 0, sizeof(*f));
    for (int i = 0; i < 16; i++) {
        machine_get(m, name[i], &value);
        f->gr[i] = (uint32_t)value;
    }
    machine_get(m, "ia", &value);
    f->at = (uint32_t)value;
    if (frame_waits(m) ? !enter_waiting(m, f) : !enter(m, f))
        return false;
    function = f->name;
    for (; n > 0; n--) {
        if (f->body != 0) {
            leave_body(f);
            continue;
        }
        if (!leave(m, f, innermost))
            return false;
        innermost = false;
        function = f->name;
    }
    find_list(m, f, innermost);
    name_body(f, function);
    return true;
}

/* ---- variables ----------------------------------------------------------- */

static const struct cplace *
place_in(const struct frame *f, const struct cvariable *v)
{
    uint32_t offset = f->at - f->fn->addr;

    for (size_t i = 0; i < v->nplaces; i++)
        if (crange_has(&v->places[i].range, 1, offset))
            return &v->places[i];
    return NULL;
}

/* One word of a value that is not in storage as a whole. */
static uint32_t
word_of(const struct machine *m, const struct frame *f, char kind, uint32_t n)
{
    switch (kind) {
    case 'r':
        return f->gr[n & 15];
    case '#':
        return n;
    case '@':
        return word_at(m, f->gr[13] + n);
    case 's':
        return word_at(m, n);
    default:
        return word_at(m, f->list + n);
    }
}

enum found
frame_value(const struct machine *m, const struct frame *f,
            const struct cvariable *v, struct cvalue *value)
{
    const struct cplace *p = place_in(f, v);

    if (p == NULL)
        return FOUND_AWAY;
    *value = (struct cvalue){.type = v->type};
    if (p->words == 2)
        value->bits = (uint64_t)word_of(m, f, p->kind[0], p->n[0]) << 32 |
                      word_of(m, f, p->kind[1], p->n[1]);
    else if (p->kind[0] != 'r' && p->kind[0] != '#') {
        uint32_t base = p->kind[0] == '@'   ? f->gr[13]
                        : p->kind[0] == 'l' ? f->list
                                            : 0;

        value->in_storage = true;
        value->addr = (base + p->n[0]) & ADDRESS;
    } else
        value->bits = word_of(m, f, p->kind[0], p->n[0]);
    return FOUND;
}

static bool
in_scope(const struct frame *f, const struct cvariable *v)
{
    unsigned body = v->is_argument ? 0 : v->body;

    return body == f->body && f->file != NULL && v->from <= f->line &&
           f->line <= v->to;
}

/* Of two of one name the one whose scope begins later hides the other. */
static const struct cvariable *
variable_named(const struct frame *f, const char *name)
{
    const struct cvariable *found = NULL;

    for (size_t i = 0; f->fn != NULL && i < f->fn->nvariables; i++) {
        const struct cvariable *v = &f->fn->variables[i];

        if (strcmp(v->name, name) == 0 && in_scope(f, v) &&
            (found == NULL || v->from >= found->from))
            found = v;
    }
    return found;
}

enum found
frame_variable(const struct machine *m, const struct frame *f, const char *name,
               struct cvalue *value)
{
    const struct cvariable *v = variable_named(f, name);

    return v == NULL ? FOUND_NOT : frame_value(m, f, v, value);
}

bool
frame_sees(const struct frame *f, const struct cvariable *v)
{
    return variable_named(f, v->name) == v;
}

bool
frame_is_parameter(const struct frame *f, const struct cvariable *v)
{
    return f->body == 0 ? v->is_argument
                        : !v->is_argument && v->body == f->body && v->from == 0;
}

struct cvalue
frame_passed(const struct frame *f, const struct cvariable *v)
{
    uint32_t size = ctype_size(v->type);

    return (struct cvalue){
        .type = v->type,
        .in_storage = true,
        .addr = (f->list + v->list + (size < 4 ? 4 - size : 0)) & ADDRESS};
}
