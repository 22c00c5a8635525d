/*
 * panel_model.c - what the panel shows of the machine
 *
 * Everything is read anew for each picture; what is kept is only what a
 * picture needs from earlier ones: counters for the rates, and where the
 * disassembly began, so that its lines stand still while the person steps
 * through them.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "panel.h"

#define NS_PER_MS UINT64_C(1000000)
#define SAMPLE_NS (500 * NS_PER_MS)

enum { ADDRESS_MASK = 0xFFFFFF };

void
panel_init(struct panel *p, struct machine *m)
{
    memset(p, 0, sizeof(*p));
    p->m = m;
}

/* ---- registers ----------------------------------------------------------- */

static uint64_t
get(const struct machine *m, const char *family, unsigned n)
{
    char name[16];
    uint64_t value = 0;

    snprintf(name, sizeof(name), "%s%u", family, n);
    machine_get(m, name, &value);
    return value;
}

void
panel_registers_get(const struct machine *m, struct panel_registers *r)
{
    unsigned i;

    memset(r, 0, sizeof(*r));
    for (i = 0; i < 16; i++) {
        r->gr[i] = (uint32_t)get(m, "gr", i);
        r->cr[i] = (uint32_t)get(m, "cr", i);
    }
    for (i = 0; i < 4; i++)
        r->fr[i] = get(m, "fr", 2 * i);
    machine_get(m, "psw", &r->psw);
    machine_get(m, "tod", &r->tod);
    machine_get(m, "cc", &r->comparator);
    machine_get(m, "ct", &r->timer);
    machine_get(m, "prefix", &r->prefix);
}

/* Fields of the PSW: bits as the manual numbers them, 0 leftmost. */
struct psw_field {
    const char *name;
    unsigned first, bits;
    bool binary; /* a mask, shown bit by bit */
};

static const struct psw_field bc_fields[] = {
    {"CH0-5", 0, 6, true},  {"CH6", 6, 1, false},  {"EXT", 7, 1, false},
    {"KEY", 8, 4, false},   {"MCK", 13, 1, false}, {"WAIT", 14, 1, false},
    {"PROB", 15, 1, false}, {"CC", 34, 2, false},  {"FIX", 36, 1, false},
    {"DEC", 37, 1, false},  {"UFL", 38, 1, false}, {"SIG", 39, 1, false},
    {NULL, 0, 0, false},
};

static const struct psw_field ec_fields[] = {
    {"PER", 1, 1, false},   {"DAT", 5, 1, false},   {"I/O", 6, 1, false},
    {"EXT", 7, 1, false},   {"KEY", 8, 4, false},   {"MCK", 13, 1, false},
    {"WAIT", 14, 1, false}, {"PROB", 15, 1, false}, {"CC", 18, 2, false},
    {"FIX", 20, 1, false},  {"DEC", 21, 1, false},  {"UFL", 22, 1, false},
    {"SIG", 23, 1, false},  {NULL, 0, 0, false},
};

void
panel_psw_fields(uint64_t psw, char *buf, size_t size)
{
    bool ec = (psw >> (63 - 12) & 1) != 0;
    const struct psw_field *f = ec ? ec_fields : bc_fields;
    size_t used = 0;
    unsigned i, value;

    buf[0] = '\0';
    for (; f->name != NULL && used < size; f++) {
        value = (unsigned)(psw >> (64 - f->first - f->bits)) &
                ((1U << f->bits) - 1);
        used += (size_t)snprintf(buf + used, size - used, "%s%s ",
                                 used == 0 ? "" : " ", f->name);
        for (i = f->bits; f->binary && i > 0 && used < size; i--)
            used += (size_t)snprintf(buf + used, size - used, "%u",
                                     value >> (i - 1) & 1);
        if (!f->binary && used < size)
            used += (size_t)snprintf(buf + used, size - used, "%X", value);
    }
}

/* ---- lamps, devices, rates ----------------------------------------------- */

struct devices {
    const struct machine *m;
    struct machine_activity *list;
    unsigned n, room;
    bool working; /* and not only waiting for a person */
};

static void
take_device(void *ctx, const struct machine_activity *a)
{
    struct devices *d = ctx;

    if (d->n < d->room)
        d->list[d->n] = *a;
    d->n++;
    if (a->busy && !machine_console_waiting(d->m, a->devno))
        d->working = true;
}

unsigned
panel_devices(const struct panel *p, struct machine_activity *list,
              unsigned room)
{
    struct devices d = {.m = p->m, .list = list, .room = room};

    machine_activities(p->m, take_device, &d);
    return d.n;
}

unsigned
panel_lamps(const struct panel *p, bool stopped, bool manual)
{
    struct devices d = {.m = p->m};
    bool waiting = machine_waiting(p->m);

    machine_activities(p->m, take_device, &d);
    return (unsigned)(!stopped && (!waiting || d.working)) << LAMP_SYS |
           (unsigned)manual << LAMP_MAN | (unsigned)waiting << LAMP_WAIT |
           (unsigned)(p->step_rate || p->compare) << LAMP_TEST |
           (unsigned)p->load_failed << LAMP_LOAD;
}

static void
take_counter(void *ctx, const char *name, uint64_t value)
{
    static const char *const names[INTERRUPTIONS] = {
        [EXTERNAL] = "external-interruptions",
        [SVC] = "svc-interruptions",
        [PROGRAM] = "program-interruptions",
        [IO] = "io-interruptions",
        [MACHINE_CHECK] = "machine-check-interruptions",
    };
    struct panel_counts *c = ctx;
    unsigned i;

    for (i = 0; i < INTERRUPTIONS; i++)
        if (strcmp(name, names[i]) == 0)
            c->interruptions[i] = value;
}

/* `since` is none after a reset of the counters: then it counts as 0. */
static uint64_t
rate(uint64_t now, uint64_t since, uint64_t passed_ns)
{
    return now < since ? 0 : (now - since) * 1000 / (passed_ns / NS_PER_MS);
}

void
panel_sample(struct panel *p, uint64_t wall_ns)
{
    uint64_t passed_ns = wall_ns - p->sample_ns;
    struct panel_counts now = {.insns = machine_count(p->m)};
    unsigned i;

    if (passed_ns < SAMPLE_NS)
        return;
    machine_counters(p->m, take_counter, &now);
    p->per_second.insns = rate(now.insns, p->sample.insns, passed_ns);
    for (i = 0; i < INTERRUPTIONS; i++)
        p->per_second.interruptions[i] =
            rate(now.interruptions[i], p->sample.interruptions[i], passed_ns);
    if (p->sample_ns == 0)
        memset(&p->per_second, 0, sizeof(p->per_second));
    p->sample = now;
    p->sample_ns = wall_ns;
}

/* ---- disassembly --------------------------------------------------------- */

/* The instruction at a logical address; its length, 0 without storage. */
static unsigned
instruction_at(const struct panel *p, uint32_t laddr, uint8_t bytes[6],
               char *text, size_t size)
{
    uint32_t raddr;
    unsigned i;

    memset(bytes, 0, 6);
    for (i = 0; i < 6; i++) {
        if (machine_real(p->m, (laddr + i) & ADDRESS_MASK, &raddr) != 0 ||
            machine_read(p->m, raddr, bytes + i, 1) != 0) {
            if (i % 2 != 0 || i == 0)
                return 0;
            break;
        }
    }
    return machine_disassemble(bytes, text, size);
}

/* Where to begin so that up to three instructions before `ia` are seen: the
 * way back over instructions is a guess, as their length stands in front, so
 * only one that leads exactly to ia through valid operation codes counts. */
static uint32_t
begin_before(const struct panel *p, uint32_t ia)
{
    unsigned back, len, at;
    char text[PANEL_TEXT];
    uint8_t bytes[6];

    for (back = 12; back > 0; back -= 2) {
        for (at = 0; at < back; at += len) {
            len = instruction_at(p, ia - back + at, bytes, text, sizeof(text));
            if (len == 0 || strncmp(text, "DC ", 3) == 0)
                break;
        }
        if (at == back && ia >= back)
            return ia - back;
    }
    return ia;
}

/* "FILE:LINE (SYMBOL+X'..')" in parts; without a line, *line is 0 and `file`
 * the symbol. */
static bool
place_of(const struct panel *p, uint32_t laddr, char *file, size_t size,
         unsigned *line)
{
    char where[PANEL_TEXT], *colon, *end;
    uint32_t raddr;

    *line = 0;
    if (machine_real(p->m, laddr, &raddr) != 0 ||
        !machine_map_where(p->m, raddr, where, sizeof(where)))
        return false;
    end = strchr(where, ' ');
    if (end != NULL)
        *end = '\0';
    colon = strrchr(where, ':');
    if (colon != NULL) {
        *line = (unsigned)strtoul(colon + 1, NULL, 10);
        *colon = '\0';
    } else if ((end = strstr(where, "+X'")) != NULL) {
        *end = '\0';
    }
    snprintf(file, size, "%s", where);
    return true;
}

/* Put the place of laddr into a line if it is not that of the line before. */
static bool
list_place(const struct panel *p, uint32_t laddr, char *last, size_t size,
           struct panel_line *out)
{
    char file[PANEL_TEXT], source[PANEL_TEXT] = "", key[PANEL_TEXT + 16];
    const char *name;
    unsigned line;

    if (!place_of(p, laddr, file, sizeof(file), &line))
        return false;
    snprintf(key, sizeof(key), "%s:%u", file, line);
    if (strcmp(key, last) == 0)
        return false;
    snprintf(last, size, "%s", key);
    memset(out, 0, sizeof(*out));
    out->place = true;
    out->address = laddr;
    name = strrchr(file, '/') == NULL ? file : strrchr(file, '/') + 1;
    if (line == 0)
        snprintf(out->text, sizeof(out->text), "%.70s", name);
    else {
        panel_source(file, line, source, sizeof(source));
        snprintf(out->text, sizeof(out->text), "%.40s:%u  %.100s", name, line,
                 source);
    }
    return true;
}

/* Fill lines from `from` on.  True when the instruction at `ia` is among
 * them. */
static bool
list_from(const struct panel *p, uint32_t from, uint32_t ia,
          struct panel_line *lines, unsigned n)
{
    char last[PANEL_TEXT + 16] = "";
    bool found = false;
    unsigned i;

    for (i = 0; i < n; i++) {
        struct panel_line *l = &lines[i];

        if (list_place(p, from, last, sizeof(last), l) && ++i == n)
            break;
        l = &lines[i];
        memset(l, 0, sizeof(*l));
        l->address = from;
        l->current = from == ia;
        found = found || l->current;
        l->len = instruction_at(p, from, l->bytes, l->text, sizeof(l->text));
        from = (from + (l->len == 0 ? 2 : l->len)) & ADDRESS_MASK;
    }
    return found;
}

void
panel_list(struct panel *p, struct panel_line *lines, unsigned n)
{
    uint64_t psw = 0;
    uint32_t ia;

    if (n == 0)
        return;
    machine_get(p->m, "psw", &psw);
    ia = (uint32_t)psw & ADDRESS_MASK;
    if (ia - p->listing < 6 * n && list_from(p, p->listing, ia, lines, n) &&
        !lines[n - 1].current)
        return;
    p->listing = begin_before(p, ia);
    if (!list_from(p, p->listing, ia, lines, n)) {
        p->listing = ia;
        list_from(p, ia, ia, lines, n);
    }
}
