/*
 * known.c - what is known on a way through a function.
 *
 * A way is followed from block to block.  What registers hold is written as
 * terms over what they held before: constants, sums, comparisons, loads.  Each
 * branch tells something of the terms that it compares; another branch on the
 * same terms, or on constants, then has one outcome only.  When a register is
 * assigned, what was known of terms with its old value is forgotten, or kept
 * as a range where another register has it.
 *
 * A load from the same address is taken to give the same value for all of the
 * way, whatever is stored and called: who tests a field twice means the same
 * by both tests.  So more is known than is certain.  This serves warnings; it
 * must not serve code.
 */
#include "known.h"
#include "opt.h"

#include <string.h>

enum { LESS = 1, EQUAL = 2, GREATER = 4, DEEPEST = 6 };

struct term {
    enum ir_op op; /* IR_NOP: what register imm holds */
    enum ir_cond cond;
    int size;
    bool is_signed;
    int a, b; /* terms, or 0 */
    int base, index;
    int32_t imm;
    int32_t disp;
    int slot;
    const char *sym;
    int depth;
    int next; /* in the hash chain */
};

void
known_terms(struct terms *t, struct ir_func *f)
{
    *t = (struct terms){.defs = opt_count(f).defs};
    t->list = cc_room(NULL, 0, sizeof(*t->list));
    t->n = 1; /* 0: none */
}

static bool
same_term(const struct term *x, const struct term *y)
{
    return x->op == y->op && x->cond == y->cond && x->size == y->size &&
           x->is_signed == y->is_signed && x->a == y->a && x->b == y->b &&
           x->base == y->base && x->index == y->index && x->imm == y->imm &&
           x->disp == y->disp && x->slot == y->slot &&
           (x->sym == y->sym ||
            (x->sym != NULL && y->sym != NULL && strcmp(x->sym, y->sym) == 0));
}

/* The number of a term; two that are the same have one. */
static int
number_of(struct terms *t, struct term x)
{
    unsigned h = (unsigned)x.op * 31 + (unsigned)x.a * 7 + (unsigned)x.b * 11 +
                 (unsigned)x.base * 5 + (unsigned)x.imm + (unsigned)x.disp;
    int *first = &t->hash[h % 256];
    int part[4] = {x.a, x.b, x.base, x.index};

    for (int i = *first; i != 0; i = t->list[i].next)
        if (same_term(&t->list[i], &x))
            return i;
    for (int i = 0; i < 4; i++)
        if (part[i] != 0 && t->list[part[i]].depth >= x.depth)
            x.depth = t->list[part[i]].depth + 1;
    t->list = cc_room(t->list, t->n, sizeof(*t->list));
    x.next = *first;
    t->list[t->n] = x;
    *first = t->n;
    return t->n++;
}

static int
constant(struct terms *t, int32_t n)
{
    return number_of(t, (struct term){.op = IR_CONST, .imm = n});
}

static int
register_term(struct terms *t, int v)
{
    return number_of(t, (struct term){.op = IR_NOP, .imm = v});
}

/* What register v holds. */
static int
held(struct terms *t, const struct known *k, int v)
{
    if (v == 0)
        return 0;
    for (int i = 0; i < k->nnames; i++)
        if (k->name[i].reg == v)
            return k->name[i].term;
    return register_term(t, v);
}

static bool
mentions(const struct terms *t, int term, int v)
{
    const struct term *x = &t->list[term];

    if (term == 0 || x->op == IR_CONST)
        return false;
    if (x->op == IR_NOP)
        return x->imm == v;
    return mentions(t, x->a, v) || mentions(t, x->b, v) ||
           mentions(t, x->base, v) || mentions(t, x->index, v);
}

/* ---- ranges -------------------------------------------------------------- */

static bool
is_constant(const struct range *r)
{
    return r->low == r->high;
}

/* What the term is by itself. */
static void
own_range(const struct term *x, struct range *r)
{
    r->low = INT32_MIN;
    r->high = INT32_MAX;
    switch (x->op) {
    case IR_CONST:
        r->low = r->high = x->imm;
        break;
    case IR_SET:
        r->low = 0;
        r->high = 1;
        break;
    case IR_AND:
        if (x->b == 0 && x->imm >= 0) {
            r->low = 0;
            r->high = x->imm;
        }
        break;
    case IR_LOAD:
    case IR_SEXT:
        if (x->size == 4)
            break;
        r->high = x->size == 1 ? 255 : 65535;
        r->low = 0;
        if (x->is_signed || x->op == IR_SEXT) {
            r->high /= 2;
            r->low = -r->high - 1;
        }
        break;
    default:
        break;
    }
}

static bool
is_except(const struct range *r, int32_t n)
{
    for (int i = 0; i < r->nbut; i++)
        if (r->but[i] == n)
            return true;
    return false;
}

/* It is not n.  The oldest makes room. */
static void
except(struct range *r, int32_t n)
{
    if (is_except(r, n))
        return;
    if (r->nbut == KNOWN_BUT) {
        memmove(r->but, r->but + 1, (KNOWN_BUT - 1) * sizeof(r->but[0]));
        r->nbut--;
    }
    r->but[r->nbut++] = n;
}

static struct range
range_of(const struct terms *t, const struct known *k, int term)
{
    const struct term *x = &t->list[term];
    struct range r = {.term = term};

    own_range(x, &r);
    if (x->op == IR_ADD && x->b == 0) {
        struct range base = range_of(t, k, x->a);
        int64_t low = (int64_t)base.low + x->imm;
        int64_t high = (int64_t)base.high + x->imm;

        if (low >= INT32_MIN && high <= INT32_MAX) {
            r.low = (int32_t)low;
            r.high = (int32_t)high;
            r.nbut = base.nbut;
            for (int i = 0; i < r.nbut; i++)
                r.but[i] = (int32_t)((uint32_t)base.but[i] + (uint32_t)x->imm);
        }
    }
    for (int i = 0; i < k->nvalues; i++) {
        const struct range *v = &k->value[i];

        if (v->term != term)
            continue;
        r.low = v->low > r.low ? v->low : r.low;
        r.high = v->high < r.high ? v->high : r.high;
        for (int n = 0; n < v->nbut; n++)
            except(&r, v->but[n]);
    }
    return r;
}

static bool
is_any(const struct range *r)
{
    return r->low == INT32_MIN && r->high == INT32_MAX && r->nbut == 0;
}

/* The oldest makes room. */
static void
put_range(struct known *k, struct range r)
{
    int at = 0;

    if (is_any(&r))
        return;
    while (at < k->nvalues && k->value[at].term != r.term)
        at++;
    if (at == KNOWN_VALUES) {
        memmove(k->value, k->value + 1, (KNOWN_VALUES - 1) * sizeof(r));
        at = --k->nvalues;
    }
    k->value[at] = r;
    k->nvalues += at == k->nvalues;
}

/* ---- assignments --------------------------------------------------------- */

/* Register v gets another value. */
static void
forget(struct terms *t, struct known *k, int v)
{
    int n = 0;

    for (int i = 0; i < k->nnames; i++) {
        int reg = k->name[i].reg;

        if (reg == v)
            continue;
        if (mentions(t, k->name[i].term, v)) {
            struct range r = range_of(t, k, k->name[i].term);

            r.term = register_term(t, reg);
            put_range(k, r);
        } else
            k->name[n++] = k->name[i];
    }
    k->nnames = n;
    n = 0;
    for (int i = 0; i < k->nvalues; i++)
        if (!mentions(t, k->value[i].term, v))
            k->value[n++] = k->value[i];
    k->nvalues = n;
    n = 0;
    for (int i = 0; i < k->norders; i++)
        if (!mentions(t, k->order[i].a, v) && !mentions(t, k->order[i].b, v))
            k->order[n++] = k->order[i];
    k->norders = n;
}

static void
put_name(struct known *k, int reg, int term)
{
    if (k->nnames == KNOWN_NAMES) {
        memmove(k->name, k->name + 1, (KNOWN_NAMES - 1) * sizeof(k->name[0]));
        k->nnames--;
    }
    k->name[k->nnames].reg = reg;
    k->name[k->nnames++].term = term;
}

/* An operation on a constant; false: it stays as it is. */
static bool
fold(const struct term *x, int32_t a, int32_t *result)
{
    uint32_t n = (uint32_t)a, by = (uint32_t)x->imm;

    switch (x->op) {
    case IR_ADD:
        n += by;
        break;
    case IR_SUB:
        n -= by;
        break;
    case IR_MUL:
        n *= by;
        break;
    case IR_AND:
        n &= by;
        break;
    case IR_OR:
        n |= by;
        break;
    case IR_XOR:
        n ^= by;
        break;
    case IR_SHL:
        n <<= by & 31;
        break;
    case IR_NEG:
        n = 0 - n;
        break;
    case IR_SEXT:
        n = (uint32_t)(x->size == 1 ? (int8_t)n : (int16_t)n);
        break;
    case IR_SET:
        n = ir_cond_holds(x->cond, n, by);
        break;
    default:
        return false;
    }
    *result = (int32_t)n;
    return true;
}

/* A term that is another one: a constant, or cut to bits that it has. */
static int
simplify(struct terms *t, const struct known *k, const struct term *x)
{
    struct range a, b, own;
    int32_t n;

    if (x->a == 0 || x->op == IR_LOAD)
        return 0;
    a = range_of(t, k, x->a);
    if (x->b != 0) {
        struct term with = *x;

        b = range_of(t, k, x->b);
        with.b = 0;
        with.imm = b.low;
        return is_constant(&b) ? number_of(t, with) : 0;
    }
    if (is_constant(&a) && fold(x, a.low, &n))
        return constant(t, n);
    own_range(x, &own);
    if ((x->op == IR_SEXT ||
         (x->op == IR_AND && x->imm > 0 && (x->imm & (x->imm + 1)) == 0)) &&
        a.low >= own.low && a.high <= own.high)
        return x->a;
    if (x->op == IR_SET && x->cond == COND_NE && x->imm == 0 && a.low >= 0 &&
        a.high <= 1)
        return x->a;
    return 0;
}

/* What the instruction computes, or 0. */
static int
result_of(struct terms *t, const struct known *k, const struct ir_ins *in)
{
    struct term x = {.op = in->op, .imm = in->imm};
    int same;

    if (in->d2 != 0 || in->is_volatile || in->b_kind == B_MEM ||
        !ir_is_pure(in) || in->op == IR_PARAMS || in->op > IR_SET)
        return 0;
    if (in->op == IR_COPY)
        return held(t, k, in->a);
    x.a = held(t, k, in->a);
    x.b = in->b_kind == B_REG ? held(t, k, in->b) : 0;
    if (in->op == IR_SET)
        x.cond = in->cond;
    if (in->op == IR_LOAD || in->op == IR_SEXT)
        x.size = in->size;
    if (in->op != IR_ADDR && in->op != IR_CONST)
        x.is_signed = in->is_signed;
    x.base = held(t, k, in->m.base);
    x.index = held(t, k, in->m.index);
    x.disp = in->m.disp;
    x.slot = in->m.slot;
    x.sym = in->m.sym;
    same = simplify(t, k, &x);
    return same != 0 ? same : number_of(t, x);
}

/* A register that is set again and again, as in a loop, holds another term each
 * time; only constants and truth values are remembered of it. */
static bool
is_worth_a_name(const struct terms *t, int reg, int term)
{
    const struct term *x = &t->list[term];

    return t->defs[reg] == 1 ? x->depth < DEEPEST
                             : x->op == IR_CONST || x->op == IR_SET;
}

void
known_execute(struct terms *t, struct known *k, const struct ir_ins *in)
{
    int term = 0;
    struct range r = {.low = INT32_MIN, .high = INT32_MAX};

    if (ir_is_note(in->op) || in->d == 0)
        return;
    term = result_of(t, k, in);
    if (term != 0)
        r = range_of(t, k, term);
    forget(t, k, in->d);
    if (in->d2 != 0)
        forget(t, k, in->d2);
    if (term == 0)
        return;
    if (!mentions(t, term, in->d) && is_worth_a_name(t, in->d, term)) {
        put_name(k, in->d, term);
        return;
    }
    r.term = register_term(t, in->d);
    put_range(k, r);
}

/* ---- branches ------------------------------------------------------------ */

static unsigned
outcomes(enum ir_cond c)
{
    static const uint8_t mask[] = {
        EQUAL, LESS | GREATER, LESS, EQUAL | GREATER, GREATER, LESS | EQUAL};

    return mask[c < COND_ULT ? c : c - COND_ULT + COND_LT];
}

/* How a and b may compare as far as their ranges tell. */
static unsigned
possible(const struct range *a, const struct range *b, bool is_unsigned)
{
    unsigned mask = LESS | EQUAL | GREATER;

    if (is_unsigned && is_constant(a) && is_constant(b))
        return (uint32_t)a->low < (uint32_t)b->low ? LESS
               : a->low == b->low                  ? EQUAL
                                                   : GREATER;
    if ((is_constant(b) && is_except(a, b->low)) ||
        (is_constant(a) && is_except(b, a->low)) || a->high < b->low ||
        a->low > b->high)
        mask &= ~(unsigned)EQUAL;
    if (is_unsigned && (a->low < 0 || b->low < 0)) {
        if (is_constant(b) && b->low == 0)
            mask &= ~(unsigned)LESS;
        return mask;
    }
    if (a->low >= b->high)
        mask &= ~(unsigned)LESS;
    if (a->high <= b->low)
        mask &= ~(unsigned)GREATER;
    return mask;
}

/* Meet the order of two terms with a mask; false: nothing is left. */
static bool
put_order(struct known *k, int a, int b, bool is_unsigned, unsigned mask)
{
    if (a > b) { /* each pair one way round only */
        int c = a;

        a = b;
        b = c;
        mask = (mask & EQUAL) | (mask & LESS ? GREATER : 0u) |
               (mask & GREATER ? LESS : 0u);
    }
    for (int i = 0; i < k->norders; i++)
        if (k->order[i].a == a && k->order[i].b == b) {
            /* Being equal is the same for both kinds. */
            unsigned have = k->order[i].mask;

            if (k->order[i].is_unsigned == is_unsigned) {
                k->order[i].mask &= mask;
                return k->order[i].mask != 0;
            }
            if ((have == EQUAL && (mask & EQUAL) == 0) ||
                ((have & EQUAL) == 0 && mask == EQUAL))
                return false;
        }
    if (k->norders == KNOWN_ORDERS) {
        memmove(k->order, k->order + 1,
                (KNOWN_ORDERS - 1) * sizeof(k->order[0]));
        k->norders--;
    }
    k->order[k->norders].a = a;
    k->order[k->norders].b = b;
    k->order[k->norders].is_unsigned = is_unsigned;
    k->order[k->norders++].mask = mask;
    return true;
}

/* Term a compares so with the number n: narrow its range. */
static bool
narrow(struct terms *t, struct known *k, int term, enum ir_cond cond, int32_t n)
{
    struct range r = range_of(t, k, term);
    unsigned mask = outcomes(cond);
    const struct term x = t->list[term];

    if (cond >= COND_ULT && n >= 0 && (mask & GREATER) == 0 && r.low < 0)
        r.low = 0;
    if (cond <= COND_NE && x.op == IR_ADD && x.b == 0 &&
        !narrow(t, k, x.a, cond, (int32_t)((uint32_t)n - (uint32_t)x.imm)))
        return false;
    if (cond < COND_ULT || (n >= 0 && r.low >= 0)) {
        int64_t low = r.low, high = r.high;

        if ((mask & LESS) == 0 && low < n)
            low = n;
        if ((mask & GREATER) == 0 && high > n)
            high = n;
        if ((mask & EQUAL) == 0) {
            low += low == n;
            high -= high == n;
        }
        if (low > high)
            return false;
        r.low = (int32_t)low;
        r.high = (int32_t)high;
    }
    if ((mask & EQUAL) == 0 && n >= r.low && n <= r.high)
        except(&r, n);
    if (is_constant(&r) && is_except(&r, r.low))
        return false;
    put_range(k, r);
    return true;
}

/* From now on a cond b; false: that cannot be. */
static bool
assume(struct terms *t, struct known *k, enum ir_cond cond, int a, int b)
{
    struct range ra = range_of(t, k, a), rb = range_of(t, k, b);
    const struct term x = t->list[a];

    if ((possible(&ra, &rb, cond >= COND_ULT) & outcomes(cond)) == 0)
        return false;
    if (is_constant(&rb) && !narrow(t, k, a, cond, rb.low))
        return false;
    if (is_constant(&ra) && !narrow(t, k, b, ir_cond_swap(cond), ra.low))
        return false;
    /* A truth value: what it is true of. */
    ra = range_of(t, k, a);
    if (x.op == IR_SET && is_constant(&ra) &&
        !assume(t, k, ra.low != 0 ? x.cond : ir_cond_negate(x.cond), x.a,
                x.b != 0 ? x.b : constant(t, x.imm)))
        return false;
    return is_constant(&rb) || a == b ||
           put_order(k, a, b, cond >= COND_ULT, outcomes(cond));
}

/* The two halves of a number of 64 bits. */
static int
pair(struct terms *t, const struct known *k, int high, int low)
{
    return number_of(t, (struct term){.op = IR_BR8,
                                      .a = held(t, k, high),
                                      .b = held(t, k, low)});
}

bool
known_branch(struct terms *t, struct known *k, const struct ir_ins *in, int to)
{
    enum ir_cond cond = to == 0 ? in->cond : ir_cond_negate(in->cond);
    int a = held(t, k, in->a);

    switch (in->op) {
    case IR_BR:
        return assume(t, k, cond, a,
                      in->b_kind == B_REG ? held(t, k, in->b)
                                          : constant(t, in->imm));
    case IR_BR8:
        return put_order(k, pair(t, k, in->a, in->a2),
                         pair(t, k, in->b, in->b2), cond >= COND_ULT,
                         outcomes(cond));
    case IR_SWITCH:
        return assume(t, k, COND_EQ, a, constant(t, to));
    default:
        return true;
    }
}

/* ---- ways that meet ------------------------------------------------------ */

static bool
knows_name(const struct known *k, int reg, int term)
{
    for (int i = 0; i < k->nnames; i++)
        if (k->name[i].reg == reg)
            return k->name[i].term == term;
    return false;
}

static bool
knows_range(const struct known *k, const struct range *r)
{
    for (int i = 0; i < k->nvalues; i++) {
        const struct range *v = &k->value[i];

        if (v->term != r->term)
            continue;
        for (int n = 0; n < r->nbut; n++)
            if (r->but[n] >= v->low && r->but[n] <= v->high &&
                !is_except(v, r->but[n]))
                return false;
        return v->low >= r->low && v->high <= r->high;
    }
    return false;
}

static bool
knows_order(const struct known *k, int a, int b, bool is_unsigned,
            unsigned mask)
{
    for (int i = 0; i < k->norders; i++)
        if (k->order[i].a == a && k->order[i].b == b &&
            k->order[i].is_unsigned == is_unsigned)
            return (k->order[i].mask & ~mask) == 0;
    return false;
}

void
known_meet(struct known *a, const struct known *b)
{
    int n = 0;

    for (int i = 0; i < a->nnames; i++)
        if (knows_name(b, a->name[i].reg, a->name[i].term))
            a->name[n++] = a->name[i];
    a->nnames = n;
    n = 0;
    for (int i = 0; i < a->nvalues; i++)
        if (knows_range(b, &a->value[i]))
            a->value[n++] = a->value[i];
    a->nvalues = n;
    n = 0;
    for (int i = 0; i < a->norders; i++)
        if (knows_order(b, a->order[i].a, a->order[i].b,
                        a->order[i].is_unsigned, a->order[i].mask))
            a->order[n++] = a->order[i];
    a->norders = n;
}

bool
known_less(const struct known *a, const struct known *b)
{
    struct known both = *a;

    known_meet(&both, b);
    return both.nnames == a->nnames && both.nvalues == a->nvalues &&
           both.norders == a->norders;
}
