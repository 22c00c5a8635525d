/*
 * opt_value.c - what registers hold.
 *
 * Going through a block, the pass keeps for each register the instruction that
 * set it last.  As long as the registers which that instruction read are what
 * they were, it tells what the register holds: a constant, what another
 * register holds, a sum, an address, the outcome of a comparison.  This is put
 * into the instructions that read the register: constants and copies become
 * operands, sums and addresses go into storage operands, a test of an outcome
 * becomes the comparison itself.  What has only constants is computed.  A jump
 * to a test whose outcome is known goes where the test would lead.
 *
 * Of a register with one definition, a constant or a fixed address, it is
 * known in all blocks.
 */
#include "opt.h"

#include <string.h>

enum { MANY_JUMPS = 8 };

struct values {
    struct ir_func *f;
    /* By register: what set it, or NULL; and when, the number of an
     * instruction.  What was before `start` was in another block. */
    struct ir_ins **def;
    int *set;
    int start, now;
    struct ir_ins **always; /* by register: its only, constant, definition */
    bool *gone; /* by register: it had others, that were dead: for notes */
};

/* ---- what is known ------------------------------------------------------- */

/* What computes the register's value from what registers hold now; IR_NOP: it
 * is not known. */
static const struct ir_ins *
def_of(const struct values *v, int reg)
{
    static const struct ir_ins unknown = {.op = IR_NOP};
    struct ir_ins *def = v->set[reg] < v->start ? v->always[reg] : v->def[reg];
    int *use[IR_MAX_USES];

    if (def == NULL)
        return &unknown;
    for (int k = ir_uses(def, use) - 1; k >= 0; k--)
        if (v->set[*use[k]] >= v->set[reg])
            return &unknown;
    return def;
}

static bool
is_const(const struct values *v, int reg, int32_t *imm)
{
    const struct ir_ins *def = def_of(v, reg);

    *imm = def->imm;
    return def->op == IR_CONST;
}

/* The register to read instead. */
static int
leader(const struct values *v, int reg)
{
    const struct ir_ins *def = def_of(v, reg);

    return def->op == IR_COPY ? def->a : reg;
}

static void
learn(struct values *v, struct ir_ins *in)
{
    const int changed[] = {in->d, in->d2, in->op == IR_GONE ? in->a : 0,
                           in->op == IR_GONE ? in->a2 : 0};

    v->now++;
    for (int k = 0; k < 4; k++) {
        v->set[changed[k]] = v->now;
        v->def[changed[k]] = NULL;
    }
    if (in->op == IR_CONST || in->op == IR_COPY || in->op == IR_ADDR ||
        in->op == IR_SET || (in->op == IR_ADD && in->b_kind == B_IMM))
        v->def[in->d] = in;
    v->set[0] = 0;
}

/* ---- putting it into instructions ---------------------------------------- */

/* A register of an address that is a constant, or a sum with one. */
static void
put_sum(const struct values *v, int *reg, int32_t *disp)
{
    const struct ir_ins *def = def_of(v, *reg);

    if (def->op != IR_CONST && def->op != IR_ADD)
        return;
    *reg = def->a;
    *disp += def->imm;
}

static void
put_address(const struct values *v, struct ir_mem *m)
{
    struct ir_mem new = *m;
    const struct ir_ins *base;

    put_sum(v, &new.base, &new.disp);
    put_sum(v, &new.index, &new.disp);
    base = def_of(v, new.base);
    if (base->op == IR_ADDR && base->m.sym == NULL &&
        (base->m.index == 0 || new.index == 0)) {
        new.base = base->m.base;
        new.slot = base->m.slot;
        new.index += base->m.index;
        new.disp += base->m.disp;
    }
    /* A displacement out of reach costs more than the sum. */
    if (new.slot != 0 || new.base + new.index == 0 ||
        (new.disp >= 0 && new.disp < 4096))
        *m = new;
}

static bool
takes_constant(enum ir_op op)
{
    return ir_is_binary(op) || op == IR_SET || op == IR_BR || op == IR_STORE ||
           op == IR_SHL8 || op == IR_SHR8 || op == IR_SAR8;
}

static void
put_constants(const struct values *v, struct ir_ins *in)
{
    int32_t imm;

    if (in->b_kind == B_REG && is_const(v, in->a, &imm) &&
        (ir_is_commutative(in->op) || in->op == IR_SET || in->op == IR_BR)) {
        int a = in->a;

        in->a = in->b;
        in->b = a;
        if (!ir_is_commutative(in->op))
            in->cond = ir_cond_swap(in->cond);
    }
    if (in->b_kind == B_REG && takes_constant(in->op) &&
        is_const(v, in->b, &imm)) {
        in->b_kind = B_IMM;
        in->b = 0;
        in->imm = imm;
    }
    if (in->op == IR_RET && in->a2 == 0 && is_const(v, in->a, &imm)) {
        in->b_kind = B_IMM;
        in->a = 0;
        in->imm = imm;
    }
}

/* if (t != 0) or if (t == 0), where t = (x cond y): test that instead. */
static void
put_comparison(const struct values *v, struct ir_ins *in)
{
    const struct ir_ins *set;

    while ((in->op == IR_BR || in->op == IR_SET) && in->b_kind == B_IMM &&
           in->imm == 0 && ir_cond_is_equality(in->cond) &&
           (set = def_of(v, in->a))->op == IR_SET) {
        in->cond = in->cond == COND_NE ? set->cond : ir_cond_negate(set->cond);
        in->a = set->a;
        in->b_kind = set->b_kind;
        in->b = set->b;
        in->imm = set->imm;
    }
}

static void
rewrite(const struct values *v, struct ir_block *b, struct ir_ins *in)
{
    int *use[IR_MAX_USES];
    int32_t a;

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        *use[k] = leader(v, *use[k]);
    put_address(v, &in->m);
    put_address(v, &in->m2);
    put_constants(v, in);
    put_comparison(v, in);
    if (is_const(v, in->a, &a)) {
        if (in->op == IR_BR && in->b_kind == B_IMM) {
            if (!ir_cond_holds(in->cond, (uint32_t)a, (uint32_t)in->imm))
                b->succ[0] = b->succ[1];
            *in = (struct ir_ins){.op = IR_JMP, .size = 4, .line = in->line};
        }
        opt_compute(in, (uint32_t)a);
    }
    opt_simplify(in);
}

static void
rewrite_note(const struct values *v, struct ir_ins *in)
{
    if (in->b_kind != B_REG || (v->gone[in->b] && v->set[in->b] < v->start))
        return;
    if (is_const(v, in->b, &in->imm))
        in->b_kind = B_IMM;
    in->b = in->b_kind == B_REG ? leader(v, in->b) : 0;
}

/* A short block that many jump to, the test of a loop or of what a function in
 * the place of its call returns: is the outcome of its branch known at the
 * end of this block, which jumps there? */
static bool
is_decided(const struct values *v, const struct ir_block *to)
{
    const struct ir_ins *test = &to->ins[to->nins - 1];
    int reg = test->a;
    int32_t imm;

    for (int j = to->nins - 2; j >= 0; j--) {
        const struct ir_ins *in = &to->ins[j];

        if (in->op == IR_COPY && in->d == reg)
            reg = in->a;
        else if (in->op != IR_COPY && !ir_is_note(in->op))
            return false;
    }
    return test->op == IR_BR && test->b_kind == B_IMM && is_const(v, reg, &imm);
}

static void
find_always(struct values *v)
{
    const int *defs = opt_count(v->f).defs;

    for (int i = 0; i < v->f->nblocks; i++)
        for (int j = 0; j < v->f->blocks[i].nins; j++) {
            struct ir_ins *in = &v->f->blocks[i].ins[j];

            if (in->op == IR_GONE)
                v->gone[in->a] = v->gone[in->a2] = true;
            if (in->d != 0 && defs[in->d] == 1 &&
                (in->op == IR_CONST ||
                 (in->op == IR_ADDR && in->m.base == 0 && in->m.index == 0)))
                v->always[in->d] = in;
        }
}

void
opt_values(struct ir_func *f)
{
    size_t n = (size_t)f->nvregs + 1;
    struct values v = {.f = f};

    v.def = cc_alloc(n * sizeof(*v.def));
    v.set = cc_alloc(n * sizeof(int));
    v.always = cc_alloc(n * sizeof(*v.always));
    v.gone = cc_alloc(n * sizeof(bool));
    find_always(&v);
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        v.start = ++v.now;
        for (int j = 0, jumps = 0; j < b->nins; j++) {
            if (ir_is_note(b->ins[j].op))
                rewrite_note(&v, &b->ins[j]);
            else
                rewrite(&v, b, &b->ins[j]);
            learn(&v, &b->ins[j]);
            if (b->ins[j].op == IR_JMP && b->succ[0] != i &&
                jumps++ < MANY_JUMPS &&
                is_decided(&v, &f->blocks[b->succ[0]])) {
                opt_append(f, i);
                j--;
            }
        }
    }
}
