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

/* What is known at one point of the function. */
struct state {
    struct place *cell; /* [2 * (ncells + 1)]: both places of each */
    bool *valid;        /* [nvregs + 1]: the register is in its place */
};

struct finder {
    struct ir_func *f;
    struct code *c;
    struct state now, *in; /* in: at the start of each block */
    bool *reached;
    uint32_t *from; /* of each place: since when it is known */
    /* Of each cell, from the word where it is to its bytes, which are the
     * last ones: in the frame, in the parameter list. */
    int32_t *in_frame, *in_list;
    int *watched; /* virtual registers that notes speak of */
    int nwatched;
    struct place_range *range;
    int n, cap;
};

static struct place
place_of(const struct finder *p, int v)
{
    const struct ir_func *f = p->f;
    const struct ir_ins *again = &f->remat[v];
    struct place at = {PLACE_UNKNOWN, 0};

    if (f->reg[v] >= 2)
        at = (struct place){PLACE_REG, f->reg[v]};
    else if (f->reg[v] < 0 && again->op == IR_CONST)
        at = (struct place){PLACE_CONST, again->imm};
    else if (f->reg[v] < 0 && again->op == IR_ADDR && again->m.slot != 0)
        at = (struct place){PLACE_ADDRESS,
                            (int32_t)f->slots[again->m.slot].offset +
                                again->m.disp};
    else if (f->reg[v] < 0 && again->op == IR_NOP && f->spill[v] != 0)
        at = (struct place){PLACE_FRAME, (int32_t)f->slots[f->spill[v]].offset};
    return at;
}

static bool
same(struct place a, struct place b)
{
    return a.kind == b.kind && a.n == b.n;
}

/* ---- ranges -------------------------------------------------------------- */

static int
nplaces(const struct ir_func *f)
{
    return 2 * (f->ncells + 1);
}

static void
add_range(struct finder *p, int i, struct place at, uint32_t from, uint32_t to)
{
    struct place_range *r;
    int cell = i / 2;

    if (at.kind == PLACE_UNKNOWN || from >= to)
        return;
    if (p->n == p->cap)
        p->range = cc_grow(p->range, &p->cap, sizeof(*p->range));
    r = &p->range[p->n++];
    *r = (struct place_range){cell, i % 2 != 0, at.kind, at.n, from, to};
    if (at.kind == PLACE_FRAME)
        r->n += p->in_frame[cell];
    else if (at.kind == PLACE_LIST)
        r->n += p->in_list[cell];
}

/* Place i was true up to `end`, and is another one from `from` on; p->from is
 * NULL while no ranges are wanted. */
static void
move(struct finder *p, int i, struct place to, uint32_t end, uint32_t from)
{
    if (p->from != NULL) {
        add_range(p, i, p->now.cell[i], p->from[i], end);
        p->from[i] = from;
    }
    p->now.cell[i] = to;
}

/* ---- what instructions do ------------------------------------------------ */

static void
take_note(struct finder *p, const struct ir_ins *in, uint32_t at)
{
    struct place own = {PLACE_UNKNOWN, 0}, other = {PLACE_UNKNOWN, 0};

    if (in->op == IR_GONE) {
        p->now.valid[in->a] = p->now.valid[in->a2] = false;
        return;
    }
    if (in->op != IR_VALUE)
        return;
    if (in->m.slot != 0)
        own = (struct place){PLACE_FRAME,
                             (int32_t)p->f->slots[in->m.slot].offset};
    else if (in->a != 0 && p->now.valid[in->a])
        own = place_of(p, in->a);
    if (in->b_kind == B_IMM)
        other = (struct place){PLACE_CONST, in->imm};
    else if (in->b_kind == B_REG && p->now.valid[in->b])
        other = place_of(p, in->b);
    if (same(own, other))
        other.kind = PLACE_UNKNOWN;
    move(p, 2 * in->m.disp, own, at, at);
    move(p, 2 * in->m.disp + 1, other, at, at);
}

/* Virtual register d is written by code at start, ..., end - 1. */
static void
write(struct finder *p, const struct ir_ins *in, int d, uint32_t start,
      uint32_t end)
{
    struct place at = place_of(p, d), unknown = {PLACE_UNKNOWN, 0};
    bool no_code = in->op == IR_COPY && same(place_of(p, in->a), at);

    if (at.kind == PLACE_REG || at.kind == PLACE_FRAME) {
        for (int i = 0; i < nplaces(p->f) && !no_code; i++)
            if (same(p->now.cell[i], at))
                move(p, i, unknown, start < end ? start + 1 : start, end);
        for (int i = 0; i < p->nwatched && !no_code; i++)
            if (same(place_of(p, p->watched[i]), at))
                p->now.valid[p->watched[i]] = false;
    }
    p->now.valid[d] = true;
}

/* After the start of a return only the parameter list is what it was. */
static void
leave(struct finder *p, uint32_t start, uint32_t end)
{
    struct place unknown = {PLACE_UNKNOWN, 0};

    for (int i = 0; i < nplaces(p->f); i++)
        if (p->now.cell[i].kind != PLACE_LIST)
            move(p, i, unknown, start + 1, end);
}

static void
walk(struct finder *p, int block, int first)
{
    const struct ir_block *b = &p->f->blocks[block];
    const uint32_t *at = p->c->at + first;

    for (int j = 0; j < b->nins; j++) {
        const struct ir_ins *in = &b->ins[j];
        uint32_t start = at[j], end = at[j + 1];

        if (ir_is_note(in->op))
            take_note(p, in, start);
        else if (in->op == IR_RET)
            leave(p, start, end);
        if (in->d != 0)
            write(p, in, in->d, start, end);
        if (in->d2 != 0)
            write(p, in, in->d2, start, end);
    }
}

/* ---- the flow ------------------------------------------------------------ */

static struct state
new_state(struct ir_func *f)
{
    struct state s;

    s.cell = ir_alloc(f, (size_t)nplaces(f) * sizeof(*s.cell));
    s.valid = ir_alloc(f, (size_t)f->nvregs + 1);
    return s;
}

static void
copy_state(const struct finder *p, struct state *to, const struct state *from)
{
    memcpy(to->cell, from->cell, (size_t)nplaces(p->f) * sizeof(*to->cell));
    memcpy(to->valid, from->valid, (size_t)p->f->nvregs + 1);
}

/* What is known at the start of a block once there is one more way to it. */
static bool
meet(struct finder *p, int block)
{
    struct state *s = &p->in[block];
    bool changed = !p->reached[block];

    if (changed) {
        p->reached[block] = true;
        *s = new_state(p->f);
        copy_state(p, s, &p->now);
        return true;
    }
    for (int i = 0; i < nplaces(p->f); i++)
        if (s->cell[i].kind != PLACE_UNKNOWN &&
            !same(s->cell[i], p->now.cell[i])) {
            s->cell[i] = (struct place){PLACE_UNKNOWN, 0};
            changed = true;
        }
    for (int i = 0; i < p->nwatched; i++)
        if (s->valid[p->watched[i]] && !p->now.valid[p->watched[i]]) {
            s->valid[p->watched[i]] = false;
            changed = true;
        }
    return changed;
}

/* At the entry the parameters are in the list. */
static void
enter(struct finder *p)
{
    p->in[0] = new_state(p->f);
    p->reached[0] = true;
    for (int i = 1; i < p->f->nvars; i++) {
        const struct ir_var *v = &p->f->vars[i];
        struct place list = {PLACE_LIST, v->list};
        bool two = v->cell != 0 && type_is_scalar(v->sym->type) &&
                   type_size(v->sym->type) == 8;

        if (v->cell == 0)
            continue;
        if (type_is_scalar(v->sym->type) && type_size(v->sym->type) < 4) {
            int32_t more = 4 - (int32_t)type_size(v->sym->type);

            p->in_list[v->cell] = more;
            p->in_frame[v->cell] = v->sym->slot == 0 ? more : 0;
        }
        if (!v->sym->is_param || v->inlined != 0)
            continue;
        p->in[0].cell[2 * v->cell] = list;
        list.n += 4;
        if (two && v->sym->slot == 0)
            p->in[0].cell[2 * v->cell + 2] = list;
    }
}

static void
watch(struct finder *p)
{
    struct ir_func *f = p->f;
    bool *seen = ir_alloc(f, (size_t)f->nvregs + 1);

    p->watched = ir_alloc(f, ((size_t)f->nvregs + 1) * sizeof(int));
    seen[0] = true;
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            const struct ir_ins *in = &f->blocks[i].ins[j];
            int v[2] = {in->a, in->b};

            for (int k = 0; in->op == IR_VALUE && k < 2; k++)
                if (!seen[v[k]]) {
                    seen[v[k]] = true;
                    p->watched[p->nwatched++] = v[k];
                }
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

/* Does one of the n ranges at `list` tell the value where r does? */
static bool
is_told(const struct place_range *list, int n, const struct place_range *r)
{
    for (int i = n - 1; i >= 0 && list[i].cell == r->cell; i--)
        if (!list[i].other && list[i].from <= r->from && r->to <= list[i].to)
            return true;
    return false;
}

/* Ranges that touch and say the same become one; those of the other place
 * are for where the own one is not known. */
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
        else if (!r->other || !is_told(p->range, kept, r))
            p->range[kept++] = *r;
    }
    p->n = kept;
}

struct place_range *
find_places(struct code *c, int *n)
{
    struct ir_func *f = c->f;
    struct finder p = {.f = f, .c = c, .now = new_state(f)};
    size_t blocks = (size_t)f->nblocks;
    int *first = ir_alloc(f, (blocks + 1) * sizeof(int));
    bool changed = true;

    *n = 0;
    if (f->ncells == 0)
        return NULL;
    p.in = ir_alloc(f, blocks * sizeof(*p.in));
    p.reached = ir_alloc(f, blocks);
    p.in_frame = ir_alloc(f, ((size_t)f->ncells + 1) * sizeof(int32_t));
    p.in_list = ir_alloc(f, ((size_t)f->ncells + 1) * sizeof(int32_t));
    for (int i = 0; i < f->nblocks; i++)
        first[i + 1] = first[i] + f->blocks[i].nins;
    enter(&p);
    watch(&p);
    while (changed) {
        changed = false;
        for (int i = 0; i < f->nblocks; i++) {
            if (!p.reached[i])
                continue;
            copy_state(&p, &p.now, &p.in[i]);
            walk(&p, i, first[i]);
            for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++)
                changed |= meet(&p, ir_succ(&f->blocks[i], k));
        }
    }
    p.from = ir_alloc(f, (size_t)nplaces(f) * sizeof(*p.from));
    for (int i = 0; i < f->nblocks; i++) {
        uint32_t start = i == 0 ? 0 : c->at[first[i]];
        uint32_t end = c->at[first[i + 1]];

        if (!p.reached[i])
            continue;
        copy_state(&p, &p.now, &p.in[i]);
        for (int k = 0; k < nplaces(f); k++)
            p.from[k] = start;
        walk(&p, i, first[i]);
        for (int k = 0; k < nplaces(f); k++)
            add_range(&p, k, p.now.cell[k], p.from[k], end);
    }
    join(&p);
    *n = p.n;
    return p.range;
}
