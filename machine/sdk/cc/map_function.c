/*
 * map_function.c - a function in the map: its frame, the bodies that stand in
 * the place of calls, and its variables, with where each is at each address.
 */
#include "program.h"

#include <ctype.h>
#include <stdlib.h>

static void
put_range(FILE *out, uint32_t from, uint32_t to, bool first)
{
    fprintf(out, "%s%X-%X", first ? "" : ",", (unsigned)from, (unsigned)to);
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
    default:
        return cc_format("l%X", (unsigned)r->n);
    }
}

/* The ranges of one cell: *n from the one returned on. */
static const struct place_range *
ranges_of(const struct place_range *all, int nall, int cell, int *n)
{
    int i = 0, end = nall;

    while (i < end) {
        int middle = (i + end) / 2;

        if (all[middle].cell < cell)
            i = middle + 1;
        else
            end = middle;
    }
    for (*n = 0; i + *n < nall && all[i + *n].cell == cell; ++*n)
        ;
    return all + i;
}

/* A value of two words is there where both are. */
static void
put_pair(FILE *out, const struct place_range *hi, int nhi,
         const struct place_range *lo, int nlo)
{
    bool first = true;

    for (int i = 0; i < nhi; i++)
        for (int j = 0; j < nlo; j++) {
            uint32_t from = hi[i].from > lo[j].from ? hi[i].from : lo[j].from;
            uint32_t to = hi[i].to < lo[j].to ? hi[i].to : lo[j].to;

            if (from >= to)
                continue;
            put_range(out, from, to, first);
            fprintf(out, "=%s:%s", place_text(&hi[i]), place_text(&lo[j]));
            first = false;
        }
    if (first)
        fputc('-', out);
}

static void
put_places(FILE *out, const struct ir_var *v, const struct place_range *all,
           int nall)
{
    const struct place_range *r, *lo;
    int n, nlo;
    uint32_t addr;

    if (v->sym->link != NULL) {
        if (program_address(v->sym->link, &addr))
            fprintf(out, "s%06X", (unsigned)addr);
        else
            fputc('-', out);
        return;
    }
    if (v->cell == 0 || v->in_list) {
        int32_t size = (int32_t)type_size(v->sym->type);

        fprintf(out, "l%X", (unsigned)(v->list + (size < 4 ? 4 - size : 0)));
        return;
    }
    r = ranges_of(all, nall, v->cell, &n);
    if (v->sym->slot == 0 && type_size(v->sym->type) == 8) {
        lo = ranges_of(all, nall, v->cell + 1, &nlo);
        put_pair(out, r, n, lo, nlo);
        return;
    }
    if (n == 0)
        fputc('-', out);
    for (int i = 0; i < n; i++) {
        put_range(out, r[i].from, r[i].to, i == 0);
        fprintf(out, "=%s", place_text(&r[i]));
    }
}

static void
put_variables(FILE *out, struct code *c, const bool *is_left)
{
    const struct ir_func *f = c->f;
    int n;
    const struct place_range *all = find_places(c, &n);

    for (int i = 1; i < f->nvars; i++) {
        const struct ir_var *v = &f->vars[i];
        const struct symbol *s = v->sym;

        if ((cc_word(s->name) == 0 && (uint8_t)s->name[0] < 0x80) ||
            (!is_left[v->inlined] && s->link == NULL))
            continue;
        if (s->is_param && v->inlined == 0)
            fprintf(out, "\narg %s %s %X ", s->name, map_type(s->type),
                    (unsigned)v->list);
        else
            fprintf(out, "\nvar %d %s %s %d-%d ", v->inlined, s->name,
                    map_type(s->type),
                    s->is_param       ? 0
                    : s->link != NULL ? v->from
                                      : s->tok->line,
                    s->last_line);
        put_places(out, v, all, n);
    }
}

/* ---- the code ------------------------------------------------------------ */

/* Runs of instructions: the numbers of the first one and of that behind the
 * last one, for each in turn. */
struct runs {
    int *at, n;
};

static void
add(struct runs *r, int i)
{
    if (r->n > 0 && r->at[r->n - 1] == i) {
        r->at[r->n - 1]++;
        return;
    }
    for (int k = 0; k < 2; k++) {
        r->at = cc_room(r->at, r->n, sizeof(int));
        r->at[r->n++] = i + k;
    }
}

/* Where these instructions are; false: there are none. */
static bool
put_instructions(FILE *out, const struct code *c, const struct runs *r)
{
    bool first = true;

    for (int k = 0; k < r->n; k += 2) {
        int end = r->at[k + 1];
        uint32_t from = c->ins[r->at[k]].offset;
        uint32_t to = end < c->nins ? c->ins[end].offset : c->at[c->nat - 1];

        if (from == to)
            continue;
        put_range(out, from, to, first);
        first = false;
    }
    if (first)
        fputc('-', out);
    return !first;
}

/* Where R13 points to the function's own frame: from the SL that makes it, and
 * again from a return on, to the L that gives it back. */
static void
put_frame(FILE *out, const struct code *c)
{
    struct runs runs = {.n = 0};
    bool is = false;

    for (int i = 0; i < c->nins && c->frame != 0; i++) {
        const struct mc_ins *in = &c->ins[i];
        bool sets = in->length > 0 && in->r1 == 13;

        if (is)
            add(&runs, i);
        is = (is && !(in->op == MC_L && sets)) || (in->op == MC_SL && sets) ||
             (in->op == MC_BCR && in->r1 == 15 && in->x2 == 14);
    }
    put_instructions(out, c, &runs);
}

/* What is left of each body in the place of a call, with those in it. */
static struct runs *
find_bodies(const struct code *c)
{
    const struct ir_func *f = c->f;
    struct runs *runs = cc_alloc((size_t)f->ninlined * sizeof(*runs));

    for (int i = 0, in = 0; i < c->nins; i++) {
        if (c->ins[i].length > 0)
            in = f->lines[c->ins[i].line].inlined;
        for (int of = in; of != 0; of = f->inlined[of].parent)
            add(&runs[of], i);
    }
    return runs;
}

char *
map_function(const struct piece *p, uint32_t addr)
{
    struct code *c = p->code;
    const struct ir_func *f = c->f;
    bool *is_left = cc_alloc((size_t)f->ninlined);
    const struct runs *bodies = find_bodies(c);
    char *text, *kept;
    size_t n;
    FILE *out = open_memstream(&text, &n);

    if (out == NULL)
        fatal("out of memory");
    fprintf(out, "func %06X %X ", (unsigned)addr, (unsigned)c->frame);
    put_frame(out, c);
    is_left[0] = true;
    for (int i = 1; i < f->ninlined; i++) {
        const struct ir_inlined *in = &f->inlined[i];

        fprintf(out, "\ninl %d %d %s ", i, in->parent, program_name(in->name));
        is_left[i] = put_instructions(out, c, &bodies[i]);
        fprintf(out, " %s:%d", source_shown(in->file), in->line);
    }
    put_variables(out, c, is_left);
    fclose(out);
    kept = cc_format("%s", text);
    free(text);
    return kept;
}
