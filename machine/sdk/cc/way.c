/*
 * way.c - can a way through a function be gone?
 *
 * The way is followed from block to block.  Each register holds a value: a
 * constant, or something unknown with a number, plus a constant; what is
 * computed again from the same values gets the same number.  Each branch on
 * the way tells how two values compare, that is, within which limits their
 * difference lies.  Where no difference is left, the way cannot be gone.
 *
 * A load from the same address is taken to give the same value, that stored
 * there last, whatever is stored elsewhere and called: who tests a field twice
 * means the same by both tests.
 * Of 64 bits the low words stand for the whole, also in (high | low) == 0.  So
 * more is ruled out than is certain.  This serves warnings; it must not serve
 * code.
 */
#include "lower.h"

enum { FACTS = 64 }; /* that are kept of one way */

#define MOST ((int64_t)1 << 40) /* more than any difference of values */

/* A value: a number that stands for what is not known, and a constant.  The
 * number of what a register holds to begin with is its own; 0 is nothing. */
struct sum {
    int base;
    int32_t add;
};

/* The outcome of a branch: a cond b, which is one of COND_EQ .. COND_LE. */
struct fact {
    struct sum a, b;
    enum ir_cond cond;
    bool is_unsigned;
};

/* What is known on a way, which is followed from block to block. */
struct way {
    int nvregs;
    struct sum *held; /* by register */
    struct fact facts[FACTS];
    int nfacts;
    /* What has been computed, and cleared: operands are bases, .d and .d2 what
     * is added to a and b, and the number of the result is the index behind
     * nvregs. */
    struct ir_ins done[FACTS];
    struct sum value[FACTS + 1]; /* of each: its number, or what is stored */
    int ndone, nothers;
};

static int32_t
plus(int32_t a, int32_t b)
{
    return (int32_t)((uint32_t)a + (uint32_t)b);
}

static bool
is_cleared(const struct ir_ins *load, const struct ir_ins *zero)
{
    return load->op == IR_LOAD && zero->op == IR_ZERO &&
           load->m.base == zero->m.base && load->m.index == zero->m.index &&
           load->m.disp >= zero->m.disp &&
           load->m.disp + load->size <= zero->m.disp + zero->imm;
}

/* The value of an operation: the same as before, if it was done before. */
static struct sum *
value_of(struct way *y, struct ir_ins in)
{
    struct ir_ins slot = {.op = IR_ADDR, .m = {.slot = in.m.slot}};
    struct sum a = y->held[in.a], b = y->held[in.b];
    struct sum base = y->held[in.m.base], index = y->held[in.m.index];
    int i;

    if (in.op != IR_ADDR && in.m.slot != 0)
        base = *value_of(y, slot);
    in.a = a.base;
    in.d = a.add;
    in.b = b.base;
    in.d2 = b.add;
    in.m.base = base.base;
    in.m.index = index.base;
    in.m.slot = in.op == IR_ADDR ? in.m.slot : 0;
    in.m.disp =
        in.op == IR_ADDR ? 0 : plus(in.m.disp, plus(base.add, index.add));
    in.is_signed &= in.op != IR_LOAD;
    for (i = 0; i < y->ndone; i++) {
        if (is_cleared(&y->done[i], &in))
            y->value[i] = (struct sum){0, 0};
        if (ir_same(&in, &y->done[i]) && in.d == y->done[i].d &&
            in.d2 == y->done[i].d2 && in.op != IR_ZERO)
            return &y->value[i];
    }
    y->value[i] = (struct sum){y->nvregs + 1 + i, 0};
    for (int k = 0; k < i; k++)
        if (is_cleared(&in, &y->done[k]))
            y->value[i] = (struct sum){0, 0};
    if (i < FACTS)
        y->done[y->ndone++] = in;
    return &y->value[i];
}

static void
execute(struct way *y, const struct ir_ins *in)
{
    struct sum r = {y->nvregs + FACTS + 2 + y->nothers, 0};
    struct sum a = y->held[in->a], b = y->held[in->b];

    if (in->b_kind == B_IMM || in->op == IR_CONST)
        b.add = in->imm;
    if (in->op == IR_COPY || in->op == IR_CONST)
        r = in->op == IR_COPY ? a : b;
    else if (in->op == IR_ADD && b.base == 0)
        r = (struct sum){a.base, plus(a.add, b.add)};
    else if (in->op == IR_SUB && b.base == 0)
        r = (struct sum){a.base, plus(a.add, plus(~b.add, 1))};
    else if (in->op == IR_OR && in->b_kind == B_REG)
        r = b; /* the low word, maybe */
    else if (in->op == IR_ADDR) {
        struct sum base = y->held[in->m.base], index = y->held[in->m.index];

        if (in->m.slot != 0 || in->m.sym != NULL || index.base != 0)
            r = *value_of(y, *in);
        else
            r = (struct sum){base.base, 0};
        r.add = plus(in->m.disp, plus(base.add, index.add));
    } else if (in->op == IR_STORE && !in->is_volatile) {
        struct ir_ins load = {.op = IR_LOAD, .size = in->size, .m = in->m};

        *value_of(y, load) = b;
    } else if (in->op == IR_ZERO ||
               (ir_is_pure(in) && in->a2 == 0 && in->d2 == 0))
        r = *value_of(y, *in);
    else
        y->nothers += 2;
    if (in->d != 0)
        y->held[in->d] = r;
    if (in->d2 != 0)
        y->held[in->d2] = (struct sum){r.base + 1, 0};
}

/* The branch at the end of a block leads to `to`; false: there is none. */
static bool
branch(struct way *y, const struct ir_block *b, int to)
{
    const struct ir_ins *in = &b->ins[b->nins - 1];
    int a = in->op == IR_BR8 ? in->a2 : in->a;
    struct fact f = {y->held[a], y->held[in->op == IR_BR8 ? in->b2 : in->b],
                     to == b->succ[0] ? in->cond : ir_cond_negate(in->cond),
                     false};

    if ((in->op != IR_BR && in->op != IR_BR8) || b->succ[0] == b->succ[1])
        return false;
    if (in->b_kind == B_IMM)
        f.b.add = in->imm;
    if (f.a.base < f.b.base) {
        struct sum a_was = f.a;

        f.a = f.b;
        f.b = a_was;
        f.cond = ir_cond_swap(f.cond);
    }
    f.is_unsigned = (f.cond & COND_LOGICAL) != 0;
    f.cond &= ~COND_LOGICAL;
    y->facts[y->nfacts < FACTS ? y->nfacts++ : FACTS - 1] = f;
    return true;
}

/* Values from low to high: only those with (value cond n). */
static void
narrow(int64_t *low, int64_t *high, enum ir_cond cond, int64_t n)
{
    if ((cond & COND_LT) == 0 && n > *low)
        *low = n;
    if ((cond & COND_GT) == 0 && n < *high)
        *high = n;
    if ((cond & COND_EQ) == 0) {
        *low += n == *low;
        *high -= n == *high;
    }
}

/* Is there no difference of the last two values compared for which all that
 * has been told is true, of numbers with or without sign? */
static bool
contradicts(const struct way *y, bool is_unsigned)
{
    const struct fact *last = &y->facts[y->nfacts - 1];
    bool natural = is_unsigned && last->b.base == 0;
    int64_t low = natural && last->a.base != 0 ? 0 : -MOST, high = MOST;

    if (last->a.base == last->b.base)
        low = high = 0;
    for (int twice = 0; twice < 2; twice++)
        for (int i = 0; i < y->nfacts; i++) {
            const struct fact *f = &y->facts[i];
            int64_t n = (int64_t)f->b.add - f->a.add;

            if (f->a.base != last->a.base || f->b.base != last->b.base ||
                (!ir_cond_is_equality(f->cond) &&
                 f->is_unsigned != is_unsigned))
                continue;
            if (natural)
                n = (int64_t)(uint32_t)f->b.add - (int64_t)(uint32_t)f->a.add;
            narrow(&low, &high, f->cond, n);
        }
    return low > high;
}

bool
way_rules_out(const struct ir_func *f, const int *way, int n, int to)
{
    static struct sum *held;
    static int room;
    struct way y = {.nvregs = f->nvregs};

    while (room <= f->nvregs)
        held = cc_room(held, room++, sizeof(*held));
    y.held = held;
    for (int i = 0; i <= f->nvregs; i++)
        held[i] = (struct sum){i, 0};
    for (int i = n - 1; i >= 0; i--) {
        const struct ir_block *b = &f->blocks[way[i]];

        for (int j = 0; j < b->nins - 1; j++)
            if (!ir_is_note(b->ins[j].op))
                execute(&y, &b->ins[j]);
        if (branch(&y, b, i > 0 ? way[i - 1] : to) &&
            (contradicts(&y, false) || contradicts(&y, true)))
            return true;
    }
    return false;
}
