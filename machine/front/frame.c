/*
 * frame.c - the calls of a stopped C program, and their variables
 *
 * A call chain is found in the save areas (machine/sdk/lib/crt0.asm,
 * "Linkage").  While a compiled function runs, its caller's registers are in
 * the caller's save area: R14, the place to return to, at 12; R15, R0; R1, the
 * address of the function's arguments, at 24; R2 to R12 behind it.  That area
 * is at R13 plus the bytes of the function's frame while R13 points to that
 * frame, else at R13 itself.  What an assembler routine has done, routine.c
 * finds out.
 */
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "debug.h"
#include "machine.h"

enum {
    ADDRESS = 0xFFFFFF,
    STM_BYTES = 4,
    AREA_BYTES = 72,
    SMALLEST_PAGE = 2048
};
enum { EC_BIT = 63 - 12, DAT_BIT = 63 - 5, WAIT_BIT = 63 - 14 };

/* ---- storage ------------------------------------------------------------- */

static uint32_t
get(const struct machine *m, const char *name)
{
    uint64_t value = 0;

    machine_get(m, name, &value);
    return (uint32_t)value;
}

static bool
psw_bit(const struct machine *m, int bit)
{
    uint64_t psw = 0;

    machine_get(m, "psw", &psw);
    return (psw >> bit & 1) != 0;
}

static bool
is_of_map(const struct machine *m, uint32_t laddr)
{
    uint32_t raddr, start;

    return machine_real(m, laddr & ADDRESS, &raddr) == 0 &&
           map_function(m, raddr, &start) != NULL;
}

/* Is it a program of a map that runs with translation on?  It is where the PSW
 * or, after a branch to nowhere, R14 leads: *at. */
static bool
is_translated(const struct machine *m, uint32_t *at)
{
    if (!psw_bit(m, EC_BIT) || !psw_bit(m, DAT_BIT))
        return false;
    *at = get(m, "ia");
    if (is_of_map(m, *at))
        return true;
    *at = get(m, "gr14") & ADDRESS;
    return is_of_map(m, *at);
}

bool
debug_real(const struct machine *m, uint32_t addr, uint32_t *raddr)
{
    uint32_t at;

    *raddr = addr &= ADDRESS;
    return !is_translated(m, &at) || machine_real(m, addr, raddr) == 0;
}

/* All of an image is as far from where the map has it as its code is. */
uint32_t
debug_logical(const struct machine *m, uint32_t raddr)
{
    uint32_t at, real, addr;

    if (!is_translated(m, &at) || machine_real(m, at, &real) != 0)
        return raddr;
    addr = (raddr + at - real) & ADDRESS;
    return machine_real(m, addr, &real) == 0 && real == raddr ? addr : raddr;
}

bool
debug_has(const struct machine *m, uint32_t addr, uint32_t bytes)
{
    uint32_t first, last;
    uint8_t byte;

    return bytes == 0 || (debug_real(m, addr, &first) &&
                          debug_real(m, addr + bytes - 1, &last) &&
                          machine_read(m, first, &byte, 1) == 0 &&
                          machine_read(m, last, &byte, 1) == 0);
}

uint64_t
debug_read(const struct machine *m, uint32_t addr, unsigned bytes)
{
    uint64_t value = 0;
    uint32_t raddr = 0;
    bool is_there = false;

    for (unsigned i = 0; i < bytes; i++, raddr++) {
        uint8_t byte = 0;

        if (i == 0 || (addr + i) % SMALLEST_PAGE == 0)
            is_there = debug_real(m, addr + i, &raddr);
        if (is_there)
            machine_read(m, raddr, &byte, 1);
        value = value << 8 | byte;
    }
    return value;
}

static uint32_t
word_at(const struct machine *m, uint32_t addr)
{
    return (uint32_t)debug_read(m, addr, 4);
}

/* ---- calls --------------------------------------------------------------- */

static bool ends(struct frame *f, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* The chain of calls is at its end, and should not be. */
static bool
ends(struct frame *f, const char *format, ...)
{
    va_list ap;

    va_start(ap, format);
    vsnprintf(f->why, sizeof(f->why), format, ap);
    va_end(ap);
    return false;
}

/* The function that f->at is in. */
static bool
enter(const struct machine *m, struct frame *f)
{
    uint32_t raddr, start;

    f->fn = NULL;
    f->file = f->name = NULL;
    f->body = 0;
    if (machine_real(m, f->at, &raddr) != 0 ||
        (f->name = map_function(m, raddr, &start)) == NULL)
        return false;
    f->file = map_line(m, raddr, &f->line);
    f->fn = map_compiled(m, raddr);
    if (f->fn != NULL) {
        f->offset = raddr - f->fn->addr;
        f->body = cfunction_body(f->fn, f->offset);
    } else {
        routine_find(m, f->at, raddr, &f->routine);
        start = f->routine.start + raddr - f->at + 1;
        if (map_entry(m, start, &raddr) && raddr == start - 1)
            f->name = map_function(m, raddr, &start);
    }
    f->function = f->name;
    return true;
}

/* Of a compiled function: its caller's R13; *kept: the registers are there. */
static uint32_t
save_area(const struct frame *f, bool *kept)
{
    *kept = !f->innermost || f->offset >= STM_BYTES;
    return f->gr[13] + (crange_has(f->fn->owned, f->fn->nowned, f->offset)
                            ? f->fn->frame
                            : 0);
}

static void
leave_function(const struct machine *m, struct frame *f)
{
    bool kept = true;
    uint32_t area =
        f->is_lost ? word_at(m, f->gr[13] + 4) : save_area(f, &kept);

    if (kept) {
        f->gr[14] = word_at(m, area + 12);
        for (unsigned i = 2; i <= 12; i++)
            f->gr[i] = word_at(m, area + 20 + 4 * i);
    }
    f->gr[13] = area & ADDRESS;
}

/* The BALR, BAL or the like that R14 leads behind; 0: there is none. */
static uint32_t
call_before(const struct machine *m, uint32_t r14)
{
    uint32_t at = r14 & ADDRESS;
    unsigned rr = (unsigned)debug_read(m, at - 2, 1);
    unsigned rx = (unsigned)debug_read(m, at - 4, 1);

    if (at % 2 != 0 || at < 4)
        return 0;
    return rr == 0x05 || rr == 0x0D   ? at - 2
           : rx == 0x45 || rx == 0x4D ? at - 4
                                      : 0;
}

/* From a call to its caller. */
static bool
leave(const struct machine *m, struct frame *f)
{
    uint32_t at, r14;

    if (f->fn != NULL || f->is_lost)
        leave_function(m, f);
    else if (f->routine.is_handler)
        return false;
    else if (!routine_leave(m, &f->routine, f->innermost, f->gr) &&
             f->gr[13] != 0)
        return ends(f, "%s has kept no return address", f->name);
    f->innermost = f->is_lost = false;
    r14 = f->gr[14] & ADDRESS;
    if (f->gr[13] == 0)
        return false; /* no back chain: the first function of all */
    if (f->gr[13] % 4 != 0 || !debug_has(m, f->gr[13], AREA_BYTES))
        return ends(f,
                    "R13 or the back chain leads to %06X, where no save "
                    "area can be",
                    (unsigned)f->gr[13]);
    at = call_before(m, r14);
    if (at == 0)
        return ends(f, "the return address %06X is not behind a BALR or BAL",
                    (unsigned)r14);
    f->at = at;
    return enter(m, f) ||
           ends(f, "the return address %06X is in no function of a map",
                (unsigned)r14);
}

static void
find_list(const struct machine *m, struct frame *f)
{
    bool kept;
    uint32_t area;

    if (f->fn == NULL)
        return;
    area = save_area(f, &kept);
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

bool
frame_waits(const struct machine *m)
{
    return psw_bit(m, WAIT_BIT);
}

static uint64_t
real_number(const struct machine *m, uint32_t raddr, unsigned bytes)
{
    uint8_t b[8] = {0};
    uint64_t n = 0;

    machine_read(m, raddr, b, bytes);
    for (unsigned i = 0; i < bytes; i++)
        n = n << 8 | b[i];
    return n;
}

/* Where a program interruption was.  What the instruction would have done is
 * not done, but for overflows and the like (GA22-7000, "Program
 * Interruption"); then the PSW is already behind it. */
static void
find_culprit(const struct machine *m, struct frame *f, uint64_t old, bool ec)
{
    static const uint8_t behind[] = {0x08, 0x0A, 0x0C, 0x0D, 0x0E,
                                     0x10, 0x11, 0x40, 0x80};
    unsigned code = ec ? (unsigned)real_number(m, 0x8E, 2) : old >> 32 & 0xFFFF;
    unsigned length = ec ? real_number(m, 0x8D, 1) & 6 : old >> 30 << 1 & 6;

    if (memchr(behind, (int)code, sizeof(behind)) == NULL)
        f->at = (f->at - length) & ADDRESS;
    snprintf(f->how, sizeof(f->how),
             "a wait after a program interruption, code %04X, at %06X", code,
             (unsigned)f->at);
}

/* A wait under the new PSW of an interruption: all registers are as they were,
 * and the old PSW tells where. */
static bool
enter_interrupted(const struct machine *m, struct frame *f)
{
    static const struct {
        uint8_t old;
        const char *kind;
    } is[] = {{0x18, "an external"},
              {0x20, "a supervisor-call"},
              {0x28, "a program"},
              {0x30, "a machine-check"},
              {0x38, "an I/O"}};
    uint64_t psw = 0, old;
    size_t i = 0;
    bool ec;

    machine_get(m, "psw", &psw);
    while (i < 5 && real_number(m, is[i].old + 0x40U, 8) != psw)
        i++;
    if (!frame_waits(m) || i == 5)
        return false;
    old = real_number(m, is[i].old, 8);
    ec = (old >> EC_BIT & 1) != 0;
    if (ec && (old >> DAT_BIT & 1) != 0)
        return false;
    f->at = old & ADDRESS;
    snprintf(f->how, sizeof(f->how), "a wait after %s interruption at %06X",
             is[i].kind, (unsigned)f->at);
    if (is[i].old == 0x28)
        find_culprit(m, f, old, ec);
    return true;
}

/* The PSW is nowhere in the program: it waits, or has branched to nowhere.  R14
 * tells of the last call.  Registers are the caller's as long as R15 leads to
 * nowhere; else its variables are not known any more. */
static bool
enter_lost(const struct machine *m, struct frame *f, bool waits)
{
    uint32_t nowhere = f->at;
    size_t n = strlen(f->how);

    f->at = call_before(m, f->gr[14]);
    f->innermost = false;
    if (f->at == 0 || (f->gr[13] & ADDRESS) == 0 || !enter(m, f))
        return false;
    if (waits)
        snprintf(f->how, sizeof(f->how),
                 "a wait; before it the last call (R14) was in");
    else
        snprintf(f->how + n, sizeof(f->how) - n,
                 "%sno function of a map is at %06X; the last call (R14) was "
                 "in",
                 n > 0 ? "; " : "", (unsigned)nowhere);
    if (!waits && (f->gr[15] & ADDRESS) == nowhere)
        return true;
    f->is_lost = true;
    f->fn = NULL;
    f->body = 0;
    return true;
}

static void
found(const struct machine *m, struct frame *f)
{
    find_list(m, f);
    if (f->body != 0)
        f->name = f->fn->bodies[f->body].name;
}

bool
frame_first(const struct machine *m, struct frame *f)
{
    bool waits;

    memset(f, 0, sizeof(*f));
    for (unsigned i = 0; i < 16; i++) {
        char name[8];

        snprintf(name, sizeof(name), "gr%u", i);
        f->gr[i] = get(m, name);
    }
    f->at = get(m, "ia") & ADDRESS;
    f->innermost = true;
    waits = frame_waits(m) && !enter_interrupted(m, f);
    if ((waits || !enter(m, f)) && !enter_lost(m, f, waits))
        return false;
    found(m, f);
    return true;
}

bool
frame_up(const struct machine *m, struct frame *f)
{
    if (f->body != 0) {
        leave_body(f);
        f->name = f->function;
    } else if (!leave(m, f))
        return false;
    found(m, f);
    return true;
}

bool
frame_find(const struct machine *m, int n, struct frame *f)
{
    bool is = frame_first(m, f);

    while (is && n-- > 0)
        is = frame_up(m, f);
    return is;
}

/* Without the bodies that stand in the place of a call. */
int
machine_calls(const struct machine *m, struct machine_call *list, int max)
{
    struct frame f;
    int n = 0;

    for (bool is = frame_first(m, &f); is && n < max; is = frame_up(m, &f)) {
        if (f.body != 0)
            continue;
        list[n] = (struct machine_call){.at = f.at, .name = f.function};
        debug_real(m, f.at, &list[n++].raddr);
    }
    return n;
}

/* ---- variables ----------------------------------------------------------- */

static const struct cplace *
place_in(const struct frame *f, const struct cvariable *v)
{
    for (size_t i = 0; i < v->nplaces; i++)
        if (crange_has(&v->places[i].range, 1, f->offset))
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
        return word_at(m, debug_logical(m, n));
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
        if (p->kind[0] == 's')
            value->addr = debug_logical(m, value->addr);
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

/* Of two of one name the one whose scope begins later hides the other; but on
 * the line where that scope begins or ends it is not known which is meant. */
static const struct cvariable *
variable_named(const struct frame *f, const char *name, bool *unclear)
{
    const struct cvariable *found = NULL;
    int n = 0;

    for (size_t i = 0; f->fn != NULL && i < f->fn->nvariables; i++) {
        const struct cvariable *v = &f->fn->variables[i];

        if (strcmp(v->name, name) != 0 || !in_scope(f, v))
            continue;
        n++;
        if (found == NULL || v->from >= found->from)
            found = v;
    }
    *unclear = n > 1 && (found->from == f->line || found->to == f->line);
    return found;
}

enum found
frame_variable(const struct machine *m, const struct frame *f, const char *name,
               struct cvalue *value)
{
    bool unclear;
    const struct cvariable *v = variable_named(f, name, &unclear);

    return v == NULL ? FOUND_NOT
           : unclear ? FOUND_UNCLEAR
                     : frame_value(m, f, v, value);
}

bool
frame_sees(const struct frame *f, const struct cvariable *v)
{
    bool unclear;
    const struct cvariable *found = variable_named(f, v->name, &unclear);

    return unclear ? in_scope(f, v) : found == v;
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
