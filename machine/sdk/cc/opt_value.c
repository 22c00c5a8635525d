/*
 * opt_value.c - value numbering.
 *
 * Each different value that is computed gets a number; each register knows
 * the number of the value it holds.  An operand is replaced by the constant
 * of that number, or by the register that has held it longest; an expression
 * computed before is not computed again while a register still holds it.
 * The knowledge is kept from a block to the next one if that has no other
 * predecessor.
 */
#include "opt.h"

#include <stdlib.h>
#include <string.h>

struct value {
    int holder; /* a register that held it; see holds() */
    bool is_const;
    int32_t imm;
    struct ir_ins def;     /* the expression; op IR_NOP: unknown */
    int a, b, base, index; /* value numbers of its operands */
    int next;              /* in the hash chain */
    bool dead;             /* a load that a store has made invalid */
};

enum { HASH = 256 };

struct vn {
    struct ir_func *f;
    struct value *val;
    int nval, cap;
    int first; /* values below are of an earlier trace */
    int *of;   /* register -> value number */
    int hash[HASH];
    int *loads; /* value numbers of available loads */
    int nloads, cap_loads;
    bool *escaped;
    struct ir_ins *global; /* register -> its only, constant, definition */
};

static int
new_value(struct vn *n)
{
    struct value *v;

    if (n->nval == n->cap) {
        int cap = n->cap == 0 ? 256 : n->cap * 2;
        struct value *p = ir_alloc(n->f, (size_t)cap * sizeof(*p));

        if (n->nval > 0)
            memcpy(p, n->val, (size_t)n->nval * sizeof(*p));
        n->val = p;
        n->cap = cap;
    }
    v = &n->val[n->nval];
    memset(v, 0, sizeof(*v));
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

/* The number of the value in a register. */
static int
value_of(struct vn *n, int reg)
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

/* The register to read instead of reg. */
static int
leader(struct vn *n, int reg)
{
    int v = value_of(n, reg);

    if (holds(n, n->val[v].holder, v))
        return n->val[v].holder;
    n->val[v].holder = reg;
    return reg;
}

static bool
known_const(struct vn *n, int reg, int32_t *imm)
{
    int v;

    if (reg == 0)
        return false;
    v = value_of(n, reg);
    *imm = n->val[v].imm;
    return n->val[v].is_const;
}

/* A register that holds value v now, or 0. */
static int
held_by(struct vn *n, int v)
{
    return v != 0 && holds(n, n->val[v].holder, v) ? n->val[v].holder : 0;
}

/* Use what is known of the base: it may itself be an address sum. */
static bool
fold_base(struct vn *n, struct ir_mem *m)
{
    const struct value *v;
    const struct ir_mem *d;
    int base = 0, index = 0;
    int32_t imm;

    if (known_const(n, m->base, &imm) && m->sym == NULL) {
        m->base = 0;
        m->disp += imm;
        return true;
    }
    if (m->base == 0)
        return false;
    v = &n->val[value_of(n, m->base)];
    if (v->def.op == IR_ADD && v->def.b_kind == B_IMM) {
        base = held_by(n, v->a);
        if (base == 0 || base == m->base)
            return false;
        m->base = base;
        m->disp += v->def.imm;
        return true;
    }
    if (v->def.op != IR_ADDR || v->def.m.sym != NULL)
        return false;
    d = &v->def.m;
    if ((d->base != 0 && (base = held_by(n, v->base)) == 0) ||
        (d->index != 0 && (index = held_by(n, v->index)) == 0))
        return false;
    if (d->index != 0 && m->index != 0)
        return false;
    m->base = base;
    m->slot = d->slot;
    m->disp += d->disp;
    if (d->index != 0)
        m->index = index;
    return true;
}

static bool
fold_index(struct vn *n, struct ir_mem *m)
{
    const struct value *v;
    int32_t imm;
    int r;

    if (m->index == 0)
        return false;
    if (known_const(n, m->index, &imm)) {
        m->index = 0;
        m->disp += imm;
        return true;
    }
    if (m->base == 0 && m->slot == 0) {
        m->base = m->index;
        m->index = 0;
        return true;
    }
    v = &n->val[value_of(n, m->index)];
    if (v->def.op == IR_ADD && v->def.b_kind == B_IMM &&
        (r = held_by(n, v->a)) != 0 && r != m->index) {
        m->index = r;
        m->disp += v->def.imm;
        return true;
    }
    if (v->def.op == IR_ADDR && m->slot == 0 && v->def.m.index == 0 &&
        v->def.m.sym == NULL) {
        /* base + (slot or register + disp) */
        if (v->def.m.base != 0) {
            if ((r = held_by(n, v->base)) == 0 || r == m->index)
                return false;
            m->index = r;
        } else {
            m->slot = v->def.m.slot;
            m->index = m->base;
            m->base = 0;
        }
        m->disp += v->def.m.disp;
        return true;
    }
    return false;
}

static void
fold_mem(struct vn *n, struct ir_mem *m)
{
    for (int limit = 0; limit < 8; limit++) {
        struct ir_mem before = *m;

        if (!fold_base(n, m) && !fold_index(n, m))
            break;
        /* A displacement out of reach costs more than the sum. */
        if ((m->base != 0 || m->index != 0) && before.disp >= 0 &&
            before.disp < 4096 && (m->disp < 0 || m->disp > 4095)) {
            *m = before;
            break;
        }
    }
    if (m->base != 0)
        m->base = leader(n, m->base);
    if (m->index != 0)
        m->index = leader(n, m->index);
}

static uint32_t
compute(enum ir_op op, bool is_signed, uint32_t a, uint32_t b, bool *ok)
{
    *ok = true;
    switch (op) {
    case IR_ADD:
        return a + b;
    case IR_SUB:
        return a - b;
    case IR_MUL:
        return a * b;
    case IR_AND:
        return a & b;
    case IR_OR:
        return a | b;
    case IR_XOR:
        return a ^ b;
    case IR_SHL:
        return a << (b & 31);
    case IR_SHR:
        return a >> (b & 31);
    case IR_SAR:
        return (uint32_t)((int64_t)(int32_t)a >> (b & 31));
    default:
        break;
    }
    if (b == 0 || (is_signed && b == 0xffffffffu)) {
        *ok = false;
        return 0;
    }
    if (is_signed)
        return (uint32_t)(op == IR_DIV ? (int32_t)a / (int32_t)b
                                       : (int32_t)a % (int32_t)b);
    return op == IR_DIV ? a / b : a % b;
}

static void
become_const(struct ir_ins *in, uint32_t value)
{
    struct ir_ins c = {.op = IR_CONST, .size = 4, .d = in->d, .line = in->line};

    c.imm = (int32_t)value;
    *in = c;
}

static void
become_jump(struct ir_block *b, struct ir_ins *in, int to)
{
    struct ir_ins j = {.op = IR_JMP, .size = 4, .line = in->line};

    b->succ[0] = to;
    *in = j;
}

static void
swap_operands(struct ir_ins *in)
{
    int a = in->a;

    in->a = in->b;
    in->b = a;
    if (in->op == IR_SET || in->op == IR_BR)
        in->cond = (uint8_t)ir_cond_swap(in->cond);
}

/* if (t != 0) or if (t == 0), where t = (x cond y): test that instead. */
static void
fuse_set(struct vn *n, struct ir_ins *in)
{
    const struct value *v;
    int a, b = 0;

    while ((in->op == IR_BR || in->op == IR_SET) && in->b_kind == B_IMM &&
           in->imm == 0 && in->cond <= COND_NE) {
        v = &n->val[value_of(n, in->a)];
        if (v->def.op != IR_SET || v->def.b_kind == B_MEM)
            return;
        a = held_by(n, v->a);
        if (v->def.b_kind == B_REG)
            b = held_by(n, v->b);
        if (a == 0 || (v->def.b_kind == B_REG && b == 0))
            return;
        in->cond = in->cond == COND_NE ? v->def.cond
                                       : (uint8_t)ir_cond_negate(v->def.cond);
        in->a = a;
        in->b_kind = v->def.b_kind;
        in->b = b;
        in->imm = v->def.imm;
    }
}

static bool
takes_b(enum ir_op op)
{
    return ir_is_binary(op) || op == IR_SET || op == IR_BR || op == IR_STORE ||
           op == IR_SHL8 || op == IR_SHR8 || op == IR_SAR8;
}

/* Put constants and leaders in the place of the operands. */
static void
rewrite(struct vn *n, struct ir_block *b, struct ir_ins *in)
{
    int32_t ca = 0, cb = 0;
    bool a_const, ok;

    if (ir_is_note(in->op)) {
        if (in->b != 0 && known_const(n, in->b, &in->imm))
            in->b_kind = B_IMM;
        in->b = in->b_kind == B_REG ? leader(n, in->b) : 0;
        return;
    }
    fold_mem(n, &in->m);
    fold_mem(n, &in->m2);
    if (in->a != 0)
        in->a = leader(n, in->a);
    if (in->a2 != 0)
        in->a2 = leader(n, in->a2);
    if (in->b2 != 0)
        in->b2 = leader(n, in->b2);
    if (in->b != 0) {
        in->b = leader(n, in->b);
        if (in->b_kind == B_REG && takes_b(in->op) &&
            known_const(n, in->b, &cb)) {
            in->b = 0;
            in->b_kind = B_IMM;
            in->imm = cb;
        }
    }
    a_const = known_const(n, in->a, &ca);
    if (in->b_kind == B_REG && a_const &&
        (ir_is_commutative(in->op) || in->op == IR_SET || in->op == IR_BR)) {
        swap_operands(in);
        in->b = 0;
        in->b_kind = B_IMM;
        in->imm = ca;
        a_const = known_const(n, in->a, &ca);
    }
    if (in->op == IR_UDIV && known_const(n, in->b, &cb) && cb > 0 &&
        (in->d == 0 || in->d2 == 0)) {
        in->op = in->d2 == 0 ? IR_DIV : IR_MOD;
        in->d = in->d2 == 0 ? in->d : in->d2;
        in->d2 = in->b = 0;
        in->b_kind = B_IMM;
        in->imm = cb;
    }
    fuse_set(n, in);
    a_const = known_const(n, in->a, &ca);
    if (a_const && in->b_kind == B_IMM) {
        uint32_t a = (uint32_t)ca, imm = (uint32_t)in->imm;

        if (ir_is_binary(in->op)) {
            uint32_t r = compute(in->op, in->is_signed, a, imm, &ok);

            if (ok)
                become_const(in, r);
        } else if (in->op == IR_SET)
            become_const(in, ir_cond_holds(in->cond, a, imm));
        else if (in->op == IR_BR)
            become_jump(b, in,
                        b->succ[ir_cond_holds(in->cond, a, imm) ? 0 : 1]);
    } else if (a_const && in->op == IR_COPY)
        become_const(in, (uint32_t)ca);
    else if (a_const && in->op == IR_NEG)
        become_const(in, 0 - (uint32_t)ca);
    else if (a_const && in->op == IR_SEXT)
        become_const(in, (uint32_t)(in->size == 1 ? (int8_t)ca : (int16_t)ca));
    else if (a_const && in->op == IR_RET && in->a2 == 0) {
        in->a = 0;
        in->b_kind = B_IMM;
        in->imm = ca;
    } else if (in->op == IR_BR && in->b_kind == B_REG && in->a == in->b)
        become_jump(b, in, b->succ[ir_cond_holds(in->cond, 0, 0) ? 0 : 1]);
    /* Sums of sums. */
    if (in->op == IR_ADD && in->b_kind == B_IMM) {
        const struct value *v = &n->val[value_of(n, in->a)];
        int r;

        if (v->def.op == IR_ADD && v->def.b_kind == B_IMM &&
            (r = held_by(n, v->a)) != 0 && r != in->a) {
            in->imm = (int32_t)((uint32_t)in->imm + (uint32_t)v->def.imm);
            in->a = r;
        }
    }
    if (in->op == IR_ADDR && in->m.base == 0 && in->m.index == 0 &&
        in->m.slot == 0 && in->m.sym == NULL)
        become_const(in, (uint32_t)in->m.disp & 0xffffff);
    if (in->op == IR_ADDR && in->m.base != 0 && in->m.index == 0 &&
        in->m.disp == 0 && in->m.slot == 0) {
        in->op = IR_COPY;
        in->a = in->m.base;
        in->m.base = 0;
    }
    opt_simplify(in);
}

static bool
same_mem(struct vn *n, const struct ir_ins *in, const struct value *v)
{
    const struct ir_mem *x = &in->m, *y = &v->def.m;

    return x->disp == y->disp && x->slot == y->slot &&
           (x->sym == y->sym || (x->sym != NULL && y->sym != NULL &&
                                 strcmp(x->sym, y->sym) == 0)) &&
           value_of(n, x->base) == v->base && value_of(n, x->index) == v->index;
}

static bool
same_expression(struct vn *n, const struct ir_ins *in, const struct value *v)
{
    const struct ir_ins *d = &v->def;

    return !v->dead && d->op == in->op && d->cond == in->cond &&
           d->size == in->size && d->is_signed == in->is_signed &&
           d->b_kind == in->b_kind && d->imm == in->imm &&
           value_of(n, in->a) == v->a && value_of(n, in->b) == v->b &&
           same_mem(n, in, v);
}

static unsigned
hash_of(struct vn *n, const struct ir_ins *in)
{
    unsigned h = in->op;

    h = h * 31 + (unsigned)value_of(n, in->a);
    h = h * 31 + (unsigned)value_of(n, in->b);
    h = h * 31 + (unsigned)value_of(n, in->m.base);
    h = h * 31 + (unsigned)value_of(n, in->m.index);
    h = h * 31 + (unsigned)in->imm + (unsigned)in->m.disp;
    return h % HASH;
}

static void
remember_load(struct vn *n, int v)
{
    if (n->nloads == n->cap_loads) {
        int cap = n->cap_loads == 0 ? 64 : n->cap_loads * 2;
        int *p = ir_alloc(n->f, (size_t)cap * sizeof(int));

        if (n->nloads > 0)
            memcpy(p, n->loads, (size_t)n->nloads * sizeof(int));
        n->loads = p;
        n->cap_loads = cap;
    }
    n->loads[n->nloads++] = v;
}

/* Record that value v is what the expression in computes. */
static void
define_value(struct vn *n, const struct ir_ins *in, int v)
{
    unsigned h = hash_of(n, in);
    int a = value_of(n, in->a), b = value_of(n, in->b);
    int base = value_of(n, in->m.base), index = value_of(n, in->m.index);
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

    a.base = value_of(n, m->base);
    a.index = value_of(n, m->index);
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
        r = value_of(n, in->b);
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
        assign(n, in->d, value_of(n, in->a));
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
    if (v != 0 && (held_by(n, v) != 0 || n->val[v].is_const)) {
        struct ir_ins c = {
            .op = IR_COPY, .size = 4, .d = in->d, .line = in->line};

        c.a = held_by(n, v);
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
    int *npred = ir_alloc(f, (size_t)f->nblocks * sizeof(int));

    n.of = ir_alloc(f, nv * sizeof(int));
    n.global = ir_alloc(f, nv * sizeof(struct ir_ins));
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
            rewrite(&n, b, &b->ins[j]);
            number(&n, &b->ins[j]);
        }
    }
}
