/*
 * opt_value.c - value numbering.
 *
 * Each different value that is computed gets a number; each register knows
 * the number of the value it holds.  An operand is replaced by the constant
 * of that number, or by the register that has held it longest; an expression
 * computed before is not computed again while a register still holds it.
 * The knowledge is kept from a block to the next one if that has no other
 * predecessor.  What it is used for is in opt_rewrite.c.
 */
#include "opt_value.h"

#include <stdlib.h>
#include <string.h>

/* The values of all runs take the same storage, one run after the other. */
static int
new_value(struct vn *n)
{
    static struct value *values;
    static int most; /* that a run had */

    if (n->nval == most)
        values = cc_room(values, most++, sizeof(*values));
    n->val = values;
    n->val[n->nval] = (struct value){.holder = 0};
    return n->nval++;
}

static bool
holds(const struct vn *n, int reg, int value)
{
    return reg > 0 && n->of[reg] == value;
}

static int
const_value(struct vn *n, int32_t imm)
{
    unsigned h = ((uint32_t)imm * 2654435761u) >> 24;
    int v;

    for (v = n->hash[h % HASH]; v >= n->first && v > 0; v = n->val[v].next)
        if (n->val[v].is_const && n->val[v].imm == imm)
            return v;
    v = new_value(n);
    n->val[v].is_const = true;
    n->val[v].imm = imm;
    n->val[v].next = n->hash[h % HASH];
    n->hash[h % HASH] = v;
    return v;
}

int
vn_value_of(struct vn *n, int reg)
{
    int v = n->of[reg];

    if (reg == 0)
        return 0;
    if (v >= n->first)
        return v;
    if (n->global[reg].op == IR_CONST)
        v = const_value(n, n->global[reg].imm);
    else {
        v = new_value(n);
        if (n->global[reg].op == IR_ADDR)
            n->val[v].def = n->global[reg];
    }
    n->of[reg] = v;
    if (!holds(n, n->val[v].holder, v))
        n->val[v].holder = reg;
    return v;
}

int
vn_leader(struct vn *n, int reg)
{
    int v = vn_value_of(n, reg);

    if (holds(n, n->val[v].holder, v))
        return n->val[v].holder;
    n->val[v].holder = reg;
    return reg;
}

bool
vn_known_const(struct vn *n, int reg, int32_t *imm)
{
    int v;

    if (reg == 0)
        return false;
    v = vn_value_of(n, reg);
    *imm = n->val[v].imm;
    return n->val[v].is_const;
}

int
vn_held_by(struct vn *n, int v)
{
    return v != 0 && holds(n, n->val[v].holder, v) ? n->val[v].holder : 0;
}

static bool
same_mem(struct vn *n, const struct ir_ins *in, const struct value *v)
{
    const struct ir_mem *x = &in->m, *y = &v->def.m;

    return x->disp == y->disp && x->slot == y->slot &&
           (x->sym == y->sym || (x->sym != NULL && y->sym != NULL &&
                                 strcmp(x->sym, y->sym) == 0)) &&
           vn_value_of(n, x->base) == v->base &&
           vn_value_of(n, x->index) == v->index;
}

static bool
same_expression(struct vn *n, const struct ir_ins *in, const struct value *v)
{
    const struct ir_ins *d = &v->def;

    return !v->dead && d->op == in->op && d->cond == in->cond &&
           d->size == in->size && d->is_signed == in->is_signed &&
           d->b_kind == in->b_kind && d->imm == in->imm &&
           vn_value_of(n, in->a) == v->a && vn_value_of(n, in->b) == v->b &&
           same_mem(n, in, v);
}

static unsigned
hash_of(struct vn *n, const struct ir_ins *in)
{
    unsigned h = in->op;

    h = h * 31 + (unsigned)vn_value_of(n, in->a);
    h = h * 31 + (unsigned)vn_value_of(n, in->b);
    h = h * 31 + (unsigned)vn_value_of(n, in->m.base);
    h = h * 31 + (unsigned)vn_value_of(n, in->m.index);
    h = h * 31 + (unsigned)in->imm + (unsigned)in->m.disp;
    return h % HASH;
}

static void
remember_load(struct vn *n, int v)
{
    n->loads = cc_room(n->loads, n->nloads, sizeof(*n->loads));
    n->loads[n->nloads++] = v;
}

/* Record that value v is what the expression in computes. */
static void
define_value(struct vn *n, const struct ir_ins *in, int v)
{
    unsigned h = hash_of(n, in);
    int a = vn_value_of(n, in->a), b = vn_value_of(n, in->b);
    int base = vn_value_of(n, in->m.base), index = vn_value_of(n, in->m.index);
    struct value *p = &n->val[v];

    p->def = *in;
    p->a = a;
    p->b = b;
    p->base = base;
    p->index = index;
    p->next = n->hash[h];
    n->hash[h] = v;
    if (in->op == IR_LOAD)
        remember_load(n, v);
}

static int
lookup(struct vn *n, const struct ir_ins *in)
{
    for (int v = n->hash[hash_of(n, in)]; v >= n->first && v > 0;
         v = n->val[v].next)
        if (same_expression(n, in, &n->val[v]))
            return v;
    return 0;
}

static void
assign(struct vn *n, int reg, int v)
{
    if (reg == 0)
        return;
    n->of[reg] = v;
    if (!holds(n, n->val[v].holder, v))
        n->val[v].holder = reg;
}

/* The loads that a store of bytes at m may change are no longer known. */
static void
invalidate(struct vn *n, const struct ir_mem *m, uint32_t bytes)
{
    int kept = 0;
    struct ir_mem a = *m;

    a.base = vn_value_of(n, m->base);
    a.index = vn_value_of(n, m->index);
    for (int i = 0; i < n->nloads; i++) {
        struct value *v = &n->val[n->loads[i]];
        struct ir_mem b = v->def.m;

        b.base = v->base;
        b.index = v->index;
        if (opt_overlap(n->escaped, &a, bytes, &b, v->def.size))
            v->dead = true;
        else
            n->loads[kept++] = n->loads[i];
    }
    n->nloads = kept;
}

static void
invalidate_for_call(struct vn *n)
{
    int kept = 0;

    for (int i = 0; i < n->nloads; i++) {
        struct value *v = &n->val[n->loads[i]];

        if (v->def.m.slot != 0 && !n->escaped[v->def.m.slot] &&
            v->def.m.slot != SLOT_OUT)
            n->loads[kept++] = n->loads[i];
        else
            v->dead = true;
    }
    n->nloads = kept;
}

/* After a store, a load of the same place gives the stored value. */
static void
forward_store(struct vn *n, const struct ir_ins *in)
{
    struct ir_ins load = {.op = IR_LOAD, .size = in->size, .m = in->m};
    int v, r;

    if (in->is_volatile || (in->size != 4 && in->b_kind != B_IMM))
        return;
    if (in->b_kind == B_IMM && in->size == 1)
        r = const_value(n, in->imm & 0xff);
    else if (in->b_kind == B_IMM && in->size == 2)
        r = const_value(n, in->imm & 0xffff);
    else if (in->b_kind == B_IMM)
        r = const_value(n, in->imm);
    else
        r = vn_value_of(n, in->b);
    v = new_value(n);
    define_value(n, &load, v);
    /* The entry stands for the value r. */
    n->val[v].holder = -r;
}

static void
number(struct vn *n, struct ir_ins *in)
{
    int v = 0;

    switch (in->op) {
    case IR_GONE:
        assign(n, in->a, new_value(n));
        assign(n, in->a2, new_value(n));
        return;
    case IR_STORE:
        invalidate(n, &in->m, in->size);
        forward_store(n, in);
        return;
    case IR_MOVE:
    case IR_ZERO:
        invalidate(n, &in->m, (uint32_t)in->imm);
        return;
    case IR_CALL:
        invalidate_for_call(n);
        break;
    case IR_CONST:
        assign(n, in->d, const_value(n, in->imm));
        return;
    case IR_COPY:
        assign(n, in->d, vn_value_of(n, in->a));
        return;
    default:
        break;
    }
    if (in->d == 0)
        return;
    if (in->d2 != 0 || in->is_volatile || in->a2 != 0 || !ir_is_pure(in) ||
        in->op == IR_PARAMS || in->b_kind == B_MEM) {
        assign(n, in->d, new_value(n));
        if (in->d2 != 0)
            assign(n, in->d2, new_value(n));
        return;
    }
    v = lookup(n, in);
    if (v != 0 && n->val[v].holder < 0)
        v = -n->val[v].holder;
    if (v != 0 && (vn_held_by(n, v) != 0 || n->val[v].is_const)) {
        struct ir_ins c = {
            .op = IR_COPY, .size = 4, .d = in->d, .line = in->line};

        c.a = vn_held_by(n, v);
        if (n->val[v].is_const) {
            c.op = IR_CONST;
            c.a = 0;
            c.imm = n->val[v].imm;
        }
        *in = c;
    } else {
        v = new_value(n);
        define_value(n, in, v);
    }
    assign(n, in->d, v);
}

static void
find_globals(struct vn *n, const struct opt_counts *c)
{
    for (int i = 0; i < n->f->nblocks; i++)
        for (int j = 0; j < n->f->blocks[i].nins; j++) {
            struct ir_ins *in = &n->f->blocks[i].ins[j];

            if (in->op == IR_GONE)
                n->gone[in->a] = n->gone[in->a2] = true;
            if (in->d != 0 && c->defs[in->d] == 1 &&
                (in->op == IR_CONST ||
                 (in->op == IR_ADDR && in->m.base == 0 && in->m.index == 0)))
                n->global[in->d] = *in;
        }
}

void
opt_values(struct ir_func *f)
{
    struct vn n = {.f = f, .nval = 0};
    struct opt_counts c = opt_count(f);
    size_t nv = (size_t)f->nvregs + 1;
    int *npred = cc_alloc((size_t)f->nblocks * sizeof(int));

    n.of = cc_alloc(nv * sizeof(int));
    n.global = cc_alloc(nv * sizeof(struct ir_ins));
    n.gone = cc_alloc(nv * sizeof(bool));
    n.escaped = opt_escaped(f);
    find_globals(&n, &c);
    new_value(&n); /* 0: none */
    n.first = 1;
    for (int i = 0; i < f->nblocks; i++)
        for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++)
            npred[ir_succ(&f->blocks[i], k)]++;
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];
        bool goes_on = false;

        if (i > 0 && npred[i] == 1)
            for (int k = 0; k < ir_nsucc(&f->blocks[i - 1]); k++)
                goes_on |= ir_succ(&f->blocks[i - 1], k) == i;
        if (!goes_on) {
            n.first = n.nval;
            n.nloads = 0;
        }
        for (int j = 0; j < b->nins; j++) {
            vn_rewrite(&n, b, &b->ins[j]);
            number(&n, &b->ins[j]);
        }
    }
}
