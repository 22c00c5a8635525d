/*
 * map_function.c - a function in the map: its frame, the bodies that stand in
 * the place of calls, and its variables, with where each is at each address.
 */
#include "program.h"

#include <ctype.h>

/* Text that grows. */
struct text {
    char *s;
    int n, cap;
};

static void
put(struct text *t, const char *s)
{
    for (; *s != '\0'; s++) {
        if (t->n + 1 >= t->cap)
            t->s = cc_grow(t->s, &t->cap, 1);
        t->s[t->n++] = *s;
    }
}

static void
put_range(struct text *t, uint32_t from, uint32_t to, bool first)
{
    put(t,
        cc_format("%s%X-%X", first ? "" : ",", (unsigned)from, (unsigned)to));
}

/* ---- places -------------------------------------------------------------- */

static const char *
place_text(const struct place_range *r)
{
    switch (r->kind) {
    case PLACE_REG:
        return cc_format("r%X", (unsigned)r->n);
    case PLACE_FRAME:
        return cc_format("@%X", (unsigned)r->n);
    case PLACE_CONST:
        return cc_format("#%X", (unsigned)r->n);
    case PLACE_ADDRESS:
        return cc_format("&%X", (unsigned)r->n);
    default:
        return cc_format("l%X", (unsigned)r->n);
    }
}

/* The ranges of one cell: *n from the one returned on. */
static const struct place_range *
ranges_of(const struct place_range *all, int nall, int cell, int *n)
{
    int i = 0;

    while (i < nall && all[i].cell != cell)
        i++;
    for (*n = 0; i + *n < nall && all[i + *n].cell == cell; ++*n)
        ;
    return all + i;
}

/* A value of two words is there where both are. */
static void
put_pair(struct text *t, const struct place_range *hi, int nhi,
         const struct place_range *lo, int nlo)
{
    bool first = true;

    for (int i = 0; i < nhi; i++)
        for (int j = 0; j < nlo; j++) {
            uint32_t from = hi[i].from > lo[j].from ? hi[i].from : lo[j].from;
            uint32_t to = hi[i].to < lo[j].to ? hi[i].to : lo[j].to;

            if (from >= to)
                continue;
            put_range(t, from, to, first);
            put(t, cc_format("=%s:%s", place_text(&hi[i]), place_text(&lo[j])));
            first = false;
        }
    if (first)
        put(t, "-");
}

static void
put_places(struct text *t, const struct ir_var *v,
           const struct place_range *all, int nall)
{
    const struct place_range *r, *lo;
    int n, nlo;

    if (v->cell == 0 || v->in_list) {
        int32_t size = (int32_t)type_size(v->sym->type);

        put(t,
            cc_format("l%X", (unsigned)(v->list + (size < 4 ? 4 - size : 0))));
        return;
    }
    r = ranges_of(all, nall, v->cell, &n);
    if (v->sym->slot == 0 && type_size(v->sym->type) == 8) {
        lo = ranges_of(all, nall, v->cell + 1, &nlo);
        put_pair(t, r, n, lo, nlo);
        return;
    }
    if (n == 0)
        put(t, "-");
    for (int i = 0; i < n; i++) {
        put_range(t, r[i].from, r[i].to, i == 0);
        put(t, cc_format("=%s", place_text(&r[i])));
    }
}

static void
put_variables(struct text *t, struct code *c, const bool *is_left)
{
    const struct ir_func *f = c->f;
    int n;
    const struct place_range *all = find_places(c, &n);

    for (int i = 1; i < f->nvars; i++) {
        const struct ir_var *v = &f->vars[i];
        const struct symbol *s = v->sym;

        if ((!isalpha((unsigned char)s->name[0]) && s->name[0] != '_') ||
            !is_left[v->inlined])
            continue;
        if (s->is_param && v->inlined == 0)
            put(t, cc_format("\narg %s %s %X ", s->name, map_type(s->type),
                             (unsigned)v->list));
        else
            put(t, cc_format("\nvar %d %s %s %d-%d ", v->inlined, s->name,
                             map_type(s->type), s->is_param ? 0 : s->tok->line,
                             s->last_line));
        put_places(t, v, all, n);
    }
}

/* ---- bodies in the place of calls ---------------------------------------- */

/* Of each body, the code that is left of it: is_left tells of which there is
 * any. */
static void
put_bodies(struct text *t, const struct code *c, bool *is_left)
{
    const struct ir_func *f = c->f;
    struct text *range = cc_alloc((size_t)f->ninlined * sizeof(*range));
    uint32_t *from = cc_alloc((size_t)f->ninlined * sizeof(*from));
    uint32_t *to = cc_alloc((size_t)f->ninlined * sizeof(*to));

    is_left[0] = true;
    for (int i = 0; i < c->nins; i++) {
        const struct mc_ins *in = &c->ins[i];
        int body = in->length == 0 ? 0 : f->lines[in->line].inlined;

        for (; body != 0; body = f->inlined[body].parent) {
            if (to[body] != in->offset) {
                if (is_left[body])
                    put_range(&range[body], from[body], to[body],
                              range[body].n == 0);
                from[body] = in->offset;
            }
            to[body] = in->offset + in->length;
            is_left[body] = true;
        }
    }
    for (int i = 1; i < f->ninlined; i++) {
        const struct ir_inlined *in = &f->inlined[i];

        put(t, cc_format("\ninl %d %d %d %s ", i, in->parent, in->line,
                         program_name(in->name)));
        if (is_left[i])
            put_range(&range[i], from[i], to[i], range[i].n == 0);
        put(t, is_left[i] ? range[i].s : "-");
    }
}

char *
map_function(const struct piece *p, uint32_t addr)
{
    struct code *c = p->code;
    struct text t = {.n = 0};
    bool *is_left = cc_alloc((size_t)c->f->ninlined);
    int n;
    const struct place_range *frame = find_frame(c, &n);

    put(&t, cc_format("func %06X %X ", (unsigned)addr, (unsigned)c->frame));
    for (int i = 0; i < n; i++)
        put_range(&t, frame[i].from, frame[i].to, i == 0);
    if (n == 0)
        put(&t, "-");
    put_bodies(&t, c, is_left);
    put_variables(&t, c, is_left);
    put(&t, "");
    return t.s;
}
