/*
 * opt_counter.c - loops that are counted.
 *
 * Where it can be known in front of a loop how often it will be executed, a
 * count that goes down to zero takes the place of the index in the test: BCT
 * counts, tests and branches in one instruction.  This is done if nothing else
 * needs the index any more.
 *
 * The test at the end of the loop compares w = v + d, where v is the induction
 * variable with its new value; so the loop goes on after turn k if
 * v0 + k * step + d compares so with the limit.  The number of turns is the
 * least k > 0 for which it does not.  With constants that is worked out here;
 * sums that leave the range of the type on the way are no loops to be counted.
 * With other limits only steps of 1 and -1 meet the limit for certain, and only
 * if the test would hold for v0 already: this is what the copy of the test in
 * front of the loop tells (opt_rotate.c).  It tells it of the register that
 * is compared: of v itself, or of one with no other definition, which so is
 * computed by the copy as well.
 */
#include "opt_induction.h"

#include <string.h>

enum { FAR_BACK = 8 }; /* blocks that are searched for an initial value */

/* The test, put so that it compares a register of the loop with a limit. */
struct test {
    enum ir_cond cond;
    int w;     /* the register */
    int32_t d; /* w = v + d */
    int limit; /* or 0: the limit is imm */
    int32_t imm;
};

/* w, which is read at the end of the block where v is set. */
static bool
is_of_variable(const struct loops *s, const struct induction *iv, int w,
               int32_t *d)
{
    const struct ir_block *b = &s->l.f->blocks[iv->block];
    int at = b->nins - 1;

    *d = 0;
    if (w == iv->v || w == iv->t)
        return true;
    while (at >= 0 && b->ins[at].d != w)
        at--;
    if (at < 0 || s->l.set[w] != 1 || b->ins[at].a != iv->v)
        return false;
    if (b->ins[at].op == IR_ADD && b->ins[at].b_kind == B_IMM)
        *d = b->ins[at].imm;
    else if (b->ins[at].op != IR_COPY)
        return false;
    if (at < iv->at)
        *d = (int32_t)((uint32_t)*d - (uint32_t)iv->step);
    return true;
}

static bool
find_test(const struct loops *s, const struct induction *iv, struct test *t)
{
    const struct ir_block *b = &s->l.f->blocks[iv->block];
    const struct ir_ins *br = &b->ins[b->nins - 1];
    int top = loop_top(&s->l);

    if (br->op != IR_BR || b->depth != s->l.depth || iv->step_reg != 0)
        return false;
    *t = (struct test){.cond = br->cond, .w = br->a};
    if (br->b_kind == B_IMM)
        t->imm = br->imm;
    else if (br->b_kind != B_REG)
        return false;
    else if (s->l.set[br->b] == 0)
        t->limit = br->b;
    else if (s->l.set[br->a] == 0) {
        t->w = br->b;
        t->limit = br->a;
        t->cond = ir_cond_swap(t->cond);
    } else
        return false;
    if (b->succ[1] == top)
        t->cond = ir_cond_negate(t->cond);
    return s->l.set[t->w] != 0 && is_of_variable(s, iv, t->w, &t->d);
}

/* Does only the block with the test lead back to the top, and the test either
 * there or out of the loop? */
static bool
ends_in(const struct loop *l, int block)
{
    const struct ir_block *b = &l->f->blocks[block];
    int top = loop_top(l);

    if (b->succ[0] == b->succ[1] || (b->succ[0] != top && b->succ[1] != top) ||
        l->in[b->succ[b->succ[0] == top ? 1 : 0]])
        return false;
    for (int i = 0; i < l->f->nblocks; i++)
        for (int k = 0; l->in[i] && k < ir_nsucc(&l->f->blocks[i]); k++)
            if (i != block && ir_succ(&l->f->blocks[i], k) == top)
                return false;
    return true;
}

static bool
is_needed_behind(const struct loops *s, int v)
{
    for (int i = 0; v != 0 && i < s->l.f->nblocks; i++)
        for (int k = 0; s->l.in[i] && k < ir_nsucc(&s->l.f->blocks[i]); k++) {
            int to = ir_succ(&s->l.f->blocks[i], k);

            if (!s->l.in[to] &&
                ir_is_live_in(&s->l.f->blocks[to],
                              s->live_out + s->words * (size_t)to, v))
                return true;
        }
    return false;
}

/* The value with which the loop begins, if it is a constant. */
static bool
initial_value(const struct loops *s, int v, int32_t *value)
{
    const struct ir_func *f = s->l.f;
    int block = s->l.entry;

    for (int hops = 0; hops < FAR_BACK; hops++) {
        const struct ir_block *b = &f->blocks[block];
        int from = -1;

        for (int j = b->nins - 1; j >= 0; j--) {
            if (b->ins[j].d2 == v)
                return false;
            if (b->ins[j].d != v)
                continue;
            *value = b->ins[j].imm;
            return b->ins[j].op == IR_CONST;
        }
        for (int i = 0; i < f->nblocks; i++)
            for (int k = 0; k < ir_nsucc(&f->blocks[i]); k++) {
                if (ir_succ(&f->blocks[i], k) != block)
                    continue;
                if (from >= 0)
                    return false;
                from = i;
            }
        if (from < 0 || block == 0)
            return false;
        block = from;
    }
    return false;
}

static int64_t
as_compared(enum ir_cond cond, int32_t n)
{
    return (cond & COND_LOGICAL) != 0 ? (int64_t)(uint32_t)n : n;
}

/* How often with constants; 0: not known, or without end. */
static uint32_t
turns(const struct test *t, int32_t first, int32_t step_by)
{
    bool is_unsigned = (t->cond & COND_LOGICAL) != 0;
    int64_t least = is_unsigned ? 0 : INT32_MIN;
    int64_t most = is_unsigned ? UINT32_MAX : INT32_MAX;
    int64_t w = as_compared(t->cond, first),
            limit = as_compared(t->cond, t->imm);
    int64_t step = step_by, n;

    switch (t->cond) {
    case COND_NE:
        if (step == 0 || (limit - w) % step != 0)
            return 0;
        n = (limit - w) / step;
        return n > 0 ? (uint32_t)n : 0;
    case COND_LE:
    case COND_ULE:
        limit++;
        /* fall through */
    case COND_LT:
    case COND_ULT:
        if (step <= 0)
            return 0;
        n = (limit - w + step - 1) / step;
        break;
    case COND_GE:
    case COND_UGE:
        limit--;
        /* fall through */
    case COND_GT:
    case COND_UGT:
        if (step >= 0)
            return 0;
        n = (w - limit - step - 1) / -step;
        break;
    default:
        return 0;
    }
    n = n < 1 ? 1 : n;
    w += n * step;
    return w >= least && w <= most ? (uint32_t)n : 0;
}

/* The limit is not known, or the initial value is not. */
static bool
turns_at_run_time(const struct loops *s, const struct induction *iv,
                  const struct test *t, struct trip *trip)
{
    const struct ir_block *b = &s->l.f->blocks[iv->block];
    bool guarded = b->guard != 0 &&
                   b->guard == s->l.f->blocks[s->l.entry].guard &&
                   (t->w == iv->v || s->count.defs[t->w] == 1);
    bool up = iv->step == 1, equal = false;

    if (iv->step != 1 && iv->step != -1)
        return false;
    switch (t->cond) {
    case COND_NE:
        guarded = true;
        break;
    case COND_LT:
    case COND_ULT:
        guarded = guarded && up;
        break;
    case COND_GT:
    case COND_UGT:
        guarded = guarded && !up;
        break;
    case COND_LE:
    case COND_GE:
        guarded = guarded && up == (t->cond == COND_LE) &&
                  (t->limit != 0 || t->imm != (up ? INT32_MAX : INT32_MIN));
        equal = true;
        break;
    case COND_ULE:
    case COND_UGE:
        guarded = guarded && up == (t->cond == COND_ULE) && t->limit == 0 &&
                  t->imm != (up ? -1 : 0);
        equal = true;
        break;
    default:
        return false;
    }
    /* up: limit - (v + d) + equal; down: v + d - limit + equal */
    trip->limit = t->limit;
    trip->add = (int32_t)(0u - (uint32_t)t->d + (up ? equal : 0u - equal));
    if (t->limit == 0)
        trip->add = (int32_t)((uint32_t)trip->add + (uint32_t)t->imm);
    trip->negative = !up;
    return guarded;
}

bool
counter_find(const struct loops *s, const struct induction *iv,
             struct trip *trip)
{
    struct test t;
    int32_t first;

    if (!find_test(s, iv, &t) || !ends_in(&s->l, iv->block))
        return false;
    /* Counted already. */
    if (t.cond == COND_NE && t.limit == 0 && t.imm == 0 && t.d == 0 &&
        iv->step == -1)
        return false;
    if (is_needed_behind(s, iv->v) || is_needed_behind(s, iv->t) ||
        is_needed_behind(s, t.w))
        return false;
    *trip = (struct trip){.test = t.w};
    if (t.limit == 0 && initial_value(s, iv->v, &first)) {
        first = (int32_t)((uint32_t)first + (uint32_t)t.d);
        trip->n = turns(&t, first, iv->step);
        trip->is_const = true;
        if (trip->n != 0)
            return true;
        trip->is_const = false;
    }
    return turns_at_run_time(s, iv, &t, trip);
}

bool
counter_replaces(const struct loops *s, const struct induction *iv,
                 const struct trip *trip, int block, int at)
{
    const struct ir_block *b = &s->l.f->blocks[block];

    if (block != iv->block)
        return false;
    return at == iv->at || (iv->t != 0 && at == iv->t_at) ||
           at == b->nins - 1 ||
           (b->ins[at].d == trip->test && s->count.uses[trip->test] == 1);
}

static void
put_binary(struct loops *s, enum ir_op op, int d, int a, int b, int32_t imm)
{
    struct ir_ins in = {.op = op, .size = 4, .d = d, .a = a, .b = b};

    in.b_kind = b != 0 ? B_REG : B_IMM;
    in.imm = imm;
    loop_insert(&s->l, &in);
}

/* In front of the loop, the number of turns into register n. */
static void
put_turns(struct loops *s, const struct induction *iv, const struct trip *trip,
          int n)
{
    struct ir_func *f = s->l.f;
    struct ir_ins in = {.op = IR_CONST, .size = 4, .d = n};
    int limit = trip->limit, d = n;

    if (trip->is_const) {
        in.imm = (int32_t)trip->n;
        loop_insert(&s->l, &in);
    } else if (limit == 0 && trip->negative) {
        put_binary(s, IR_ADD, n, iv->v, 0, (int32_t)(0u - (uint32_t)trip->add));
    } else {
        if (limit == 0) {
            in.d = limit = ir_new_vreg(f);
            in.imm = trip->add;
            loop_insert(&s->l, &in);
        } else if (trip->add != 0)
            d = ir_new_vreg(f);
        if (trip->negative)
            put_binary(s, IR_SUB, d, iv->v, limit, 0);
        else
            put_binary(s, IR_SUB, d, limit, iv->v, 0);
        if (d != n)
            put_binary(s, IR_ADD, n, d, 0,
                       trip->negative ? (int32_t)(0u - (uint32_t)trip->add)
                                      : trip->add);
    }
}

void
counter_put(struct loops *s, const struct induction *iv,
            const struct trip *trip)
{
    struct ir_func *f = s->l.f;
    int n = ir_new_vreg(f), top = loop_top(&s->l);
    struct ir_block *b = &f->blocks[iv->block];
    struct ir_ins *in;
    int out = b->succ[b->succ[0] == top ? 1 : 0];

    put_turns(s, iv, trip, n);
    in = ir_append(f, iv->block, IR_BR);
    b = &f->blocks[iv->block];
    in->line = in[-1].line;
    in->a = n;
    in->cond = COND_NE;
    in->b_kind = B_IMM;
    b->succ[0] = top;
    b->succ[1] = out;
    in--;
    memset(in, 0, sizeof(*in));
    in->op = IR_ADD;
    in->size = 4;
    in->line = in[1].line;
    in->d = in->a = n;
    in->b_kind = B_IMM;
    in->imm = -1;
    if (iv->t != 0)
        memset(&b->ins[iv->t_at], 0, sizeof(*in));
    in = &b->ins[iv->at];
    memset(in, 0, sizeof(*in));
    in->op = IR_GONE; /* notes must not take what it holds for v's value */
    in->a = iv->v;
    b->guard = 0;
}
