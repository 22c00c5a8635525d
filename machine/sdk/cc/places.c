/*
 * places.c - where each variable is, at each address of a function.
 *
 * The lowering has noted each change of a variable (IR_VALUE), the passes
 * have kept the notes up to date.  Now that registers are given out, the
 * notes are followed along the flow of control: a cell of a variable is in
 * the machine register or the word of the frame that the note means, until
 * an instruction writes there; where ways with different places meet, it is
 * nowhere.  Two places are followed for each cell: the variable's own register
 * (or storage), and the constant or other register that had the same value.  A
 * virtual register is good for a note only between an instruction that sets it
 * and the next one that writes to the same place, or that would have set it and
 * was dropped (IR_GONE).  What is told may thus be less than there is, but is
 * never wrong.
 *
 * The code of one IR instruction may write a register anywhere in it: the old
 * value is there when the instruction begins, the new one when it has ended.
 */
#include "emit.h"
#include "tree.h"

#include <stdlib.h>
#include <string.h>

struct place {
    enum place_kind kind;
    int32_t n;
};

/* What is known at one point of the function is an array of places: both of
 * each cell, at 2 * cell; behind them, of the virtual registers that notes
 * speak of, where each is as long as it is good. */
struct finder {
    struct ir_func *f;
    struct code *c;
    int nplaces, nfacts; /* of cells; with those of registers */
    int *fact;           /* of each virtual register its number, or 0 */
    struct place *now;
    struct regs known; /* the numbers of those that are known */
    struct known **in; /* at the start of each block that is reached */
    bool *changed;     /* by block: since it was walked through */
    uint32_t *from;    /* of each place: since when it is known */
    /* Of each cell, from the word where it is to its bytes, which are the
     * last ones: in the frame, in the parameter list. */
    int32_t *in_frame, *in_list;
    bool ends; /* the facts are final: now the ranges are wanted */
    struct place_range *range;
    int n, nknown; /* facts in `in' */
};

enum { MOST_FACTS = 4 << 20 /* in tables; such code is not followed */ };

struct known {
    int i; /* 0: behind the last one */
    struct place at;
};

static const struct place unknown = {PLACE_UNKNOWN, 0};

static struct place
place_of(const struct finder *p, int v)
{
    const struct ir_func *f = p->f;
    int32_t offset = (int32_t)f->slots[f->spill[v]].offset;

    if (f->reg[v] >= 0)
        return f->reg[v] < 2 ? unknown : (struct place){PLACE_REG, f->reg[v]};
    return f->spill[v] == 0 ? unknown : (struct place){PLACE_FRAME, offset};
}

static bool
same(struct place a, struct place b)
{
    return a.kind == b.kind && a.n == b.n;
}

/* ---- ranges -------------------------------------------------------------- */

static void
add_range(struct finder *p, int i, struct place at, uint32_t from, uint32_t to)
{
    struct place_range *r;
    int cell = i / 2;

    if (!p->ends || at.kind == PLACE_UNKNOWN || from >= to)
        return;
    p->range = cc_room(p->range, p->n, sizeof(*p->range));
    r = &p->range[p->n++];
    *r = (struct place_range){cell, i % 2 != 0, at.kind, at.n, from, to};
    if (at.kind == PLACE_FRAME)
        r->n += p->in_frame[cell];
    else if (at.kind == PLACE_LIST)
        r->n += p->in_list[cell];
}

static void
put(struct finder *p, int i, struct place at)
{
    p->now[i] = at;
    if (at.kind != PLACE_UNKNOWN)
        regs_put(&p->known, i);
    else
        regs_drop(&p->known, i);
}

/* Fact i was true up to `end`, and is another one from `from` on. */
static void
move(struct finder *p, int i, struct place to, uint32_t end, uint32_t from)
{
    if (i < p->nplaces) {
        add_range(p, i, p->now[i], p->from[i], end);
        p->from[i] = from;
    }
    put(p, i, to);
}

/* ---- what instructions do ------------------------------------------------ */

static void
take_note(struct finder *p, const struct ir_ins *in, uint32_t at)
{
    struct place own = p->now[p->fact[in->a]], other = unknown;

    if (in->op == IR_GONE) {
        put(p, p->fact[in->a], unknown);
        put(p, p->fact[in->a2], unknown);
    }
    if (in->op != IR_VALUE)
        return;
    if (in->m.slot != 0)
        own = (struct place){PLACE_FRAME,
                             (int32_t)p->f->slots[in->m.slot].offset};
    if (in->b_kind == B_IMM)
        other = (struct place){PLACE_CONST, in->imm};
    else if (in->b_kind == B_REG)
        other = p->now[p->fact[in->b]];
    if (same(own, other))
        other = unknown;
    move(p, 2 * in->m.disp, own, at, at);
    move(p, 2 * in->m.disp + 1, other, at, at);
}

/* Virtual register d is written by code at start, ..., end - 1. */
static void
write(struct finder *p, const struct ir_ins *in, int d, uint32_t start,
      uint32_t end)
{
    struct place at = place_of(p, d);
    bool no_code = in->op == IR_COPY && same(place_of(p, in->a), at);

    if ((at.kind == PLACE_REG || at.kind == PLACE_FRAME) && !no_code)
        for (int k = p->known.n - 1; k >= 0; k--)
            if (same(p->now[p->known.member[k]], at))
                move(p, p->known.member[k], unknown,
                     start < end ? start + 1 : start, end);
    if (p->fact[d] != 0)
        put(p, p->fact[d], at);
}

/* Go through a block, whose instructions have their code at at[0], ... */
static void
walk(struct finder *p, int block, const uint32_t *at)
{
    const struct ir_block *b = &p->f->blocks[block];
    uint32_t from = block == 0 ? 0 : at[0];

    while (p->known.n > 0)
        put(p, p->known.member[0], unknown);
    for (const struct known *k = p->in[block]; k->i != 0; k++) {
        put(p, k->i, k->at);
        if (k->i < p->nplaces)
            p->from[k->i] = from;
    }
    for (int j = 0; j < b->nins; j++) {
        const struct ir_ins *in = &b->ins[j];

        if (ir_is_note(in->op))
            take_note(p, in, at[j]);
        /* After the start of a return only the parameter list is what it was.
         */
        for (int k = p->known.n - 1; in->op == IR_RET && k >= 0; k--)
            if (p->now[p->known.member[k]].kind != PLACE_LIST)
                move(p, p->known.member[k], unknown, at[j] + 1, at[j + 1]);
        if (in->d != 0)
            write(p, in, in->d, at[j], at[j + 1]);
        if (in->d2 != 0)
            write(p, in, in->d2, at[j], at[j + 1]);
    }
    for (int k = 0; k < p->known.n; k++) {
        int i = p->known.member[k];

        if (i < p->nplaces)
            add_range(p, i, p->now[i], p->from[i], at[b->nins]);
    }
}

/* ---- the flow ------------------------------------------------------------ */

/* What is known at the start of a block once there is one more way to it. */
static bool
meet(struct finder *p, int block)
{
    struct known *kept = p->in[block];

    if (kept == NULL) {
        kept = p->in[block] =
            cc_alloc(((size_t)p->known.n + 1) * sizeof(*kept));
        for (int k = 0; k < p->known.n; k++) {
            int i = p->known.member[k];

            kept[k] = (struct known){i, p->now[i]};
        }
        p->nknown += p->known.n;
        return p->changed[block] = true;
    }
    for (const struct known *k = kept; k->i != 0; k++)
        if (same(k->at, p->now[k->i]))
            *kept++ = *k;
        else
            p->changed[block] = true;
    kept->i = 0;
    return p->changed[block];
}

/* At the entry the parameters are in the list. */
static void
enter(struct finder *p)
{
    for (int i = 1; i < p->f->nvars; i++) {
        const struct ir_var *v = &p->f->vars[i];
        bool scalar = v->cell != 0 && type_is_scalar(v->sym->type);
        int32_t size = scalar ? (int32_t)type_size(v->sym->type) : 0;
        struct place list = {PLACE_LIST, v->list};

        if (v->cell == 0)
            continue;
        if (scalar && size < 4) {
            p->in_list[v->cell] = 4 - size;
            p->in_frame[v->cell] = v->sym->slot == 0 ? 4 - size : 0;
        }
        if (!v->sym->is_param || v->inlined != 0)
            continue;
        put(p, 2 * v->cell, list);
        list.n += 4;
        if (size == 8 && v->sym->slot == 0)
            put(p, 2 * v->cell + 2, list);
    }
}

/* Number the registers that notes speak of. */
static void
watch(struct finder *p)
{
    struct ir_func *f = p->f;

    p->nfacts = p->nplaces = 2 * (f->ncells + 1);
    p->fact = cc_alloc(((size_t)f->nvregs + 1) * sizeof(int));
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            const struct ir_ins *in = &f->blocks[i].ins[j];
            int v[2] = {in->a, in->b};

            for (int k = 0; in->op == IR_VALUE && k < 2; k++)
                if (v[k] != 0 && p->fact[v[k]] == 0)
                    p->fact[v[k]] = p->nfacts++;
        }
}

static int
by_cell(const void *a, const void *b)
{
    const struct place_range *x = a, *y = b;

    if (x->cell != y->cell)
        return x->cell - y->cell;
    if (x->other != y->other)
        return x->other ? 1 : -1;
    return x->from < y->from ? -1 : x->from > y->from;
}

/* Ranges that touch and say the same become one. */
static void
join(struct finder *p)
{
    int kept = 0;

    if (p->n > 0)
        qsort(p->range, (size_t)p->n, sizeof(*p->range), by_cell);
    for (int i = 0; i < p->n; i++) {
        struct place_range *r = &p->range[i];
        struct place_range *last = kept > 0 ? &p->range[kept - 1] : NULL;

        if (last != NULL && last->cell == r->cell && last->kind == r->kind &&
            last->n == r->n && last->other == r->other && last->to >= r->from)
            last->to = r->to;
        else
            p->range[kept++] = *r;
    }
    p->n = kept;
}

/* A loop is walked through again before what is behind it; false: there are
 * too many facts. */
static bool
find_facts(struct finder *p, uint32_t *const *at)
{
    const struct ir_block *b = p->f->blocks;

    for (int i = 0, next; i < p->f->nblocks; i = next) {
        next = i + 1;
        if (!p->changed[i])
            continue;
        p->changed[i] = false;
        walk(p, i, at[i]);
        for (int k = 0; k < ir_nsucc(&b[i]); k++)
            if (meet(p, b[i].succ[k]) && b[i].succ[k] < next)
                next = b[i].succ[k];
        if (p->nknown > MOST_FACTS)
            return false;
    }
    return true;
}

struct place_range *
find_places(struct code *c, int *n)
{
    struct ir_func *f = c->f;
    struct finder p = {.f = f, .c = c};
    uint32_t **at = cc_alloc((size_t)f->nblocks * sizeof(*at));

    *n = 0;
    if (f->ncells == 0)
        return NULL;
    watch(&p);
    p.now = cc_alloc((size_t)p.nfacts * sizeof(*p.now));
    p.in = cc_alloc((size_t)f->nblocks * sizeof(*p.in));
    p.changed = cc_alloc((size_t)f->nblocks * sizeof(bool));
    p.in_frame = cc_alloc(((size_t)f->ncells + 1) * sizeof(int32_t));
    p.in_list = cc_alloc(((size_t)f->ncells + 1) * sizeof(int32_t));
    p.from = cc_alloc((size_t)p.nplaces * sizeof(*p.from));
    p.known = regs_new(p.nfacts);
    at[0] = c->at;
    for (int i = 1; i < f->nblocks; i++)
        at[i] = at[i - 1] + f->blocks[i - 1].nins;
    enter(&p);
    meet(&p, 0);
    if (!find_facts(&p, at))
        return NULL;
    p.ends = true;
    for (int i = 0; i < f->nblocks; i++)
        if (p.in[i] != NULL)
            walk(&p, i, at[i]);
    join(&p);
    *n = p.n;
    return p.range;
}
