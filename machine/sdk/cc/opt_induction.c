/*
 * opt_induction.c - sums instead of products.
 *
 * An induction variable v is a register that a loop sets in one place only, to
 * its own value and a constant, the step.  What the loop computes from it by
 * sums, products and addresses with constants, and with a base that the loop
 * does not change, is
 *     base + add + mult * v.
 * It gets a register p of its own instead, which has the value mult * v, or
 * base + mult * v, in front of the loop and moves on by mult * step where v
 * does:  i * 160 is one addition in each turn, at the place of a
 * multiplication at each use.  All that differ only in `add` share one p.
 *
 * v itself stays: the loop's test needs it, and so does who looks at the
 * program with the monitor.
 *
 * The arithmetic is the same modulo 2**32 before and after, whatever the
 * program computes.  An address is one modulo 2**24, by LA; as that adds no
 * more than 4095, an address that moves on by more, or backwards, is not
 * replaced, only the product in it.
 */
#include "opt.h"

#include <string.h>

enum { REACH = 4096 }; /* of a displacement */

/* base + slot + add + mult * v; v = 0: there is no such form. */
struct form {
    int v;
    uint32_t mult, add;
    int base, slot; /* not both */
    bool is_address;
};

/* A register that moves on with v. */
struct moving {
    struct form form; /* with the smallest of their sums */
    int p;
};

/* An instruction that computes such a value. */
struct node {
    struct form form;
    struct ir_ins *in;
    const struct moving *by; /* its register, or NULL */
};

struct known {
    int reg;
    struct form form;
};

struct reduce {
    struct loop l;
    int32_t *step; /* by register; 0: no induction variable */
    bool searching;
    /* The registers with a form at a place of a block.  Register v has it in
     * known[where[v]], if it is to be found there. */
    struct known *known;
    int *where;
    int nknown;
    struct node *node;
    int nnodes;
    int *uses, *inside; /* by register: what reads it, and nodes that do */
};

/* ---- forms --------------------------------------------------------------- */

static struct known *
find_known(const struct reduce *r, int reg)
{
    int k = r->where[reg];

    return k < r->nknown && r->known[k].reg == reg ? &r->known[k] : NULL;
}

static struct form
form_of_register(const struct reduce *r, int reg)
{
    const struct known *k;

    if (reg > r->l.nregs)
        return (struct form){.v = 0};
    if ((k = find_known(r, reg)) != NULL)
        return k->form;
    if (r->l.set[reg] == 1 && (r->searching || r->step[reg] != 0))
        return (struct form){.v = reg, .mult = 1};
    return (struct form){.v = 0};
}

static struct form
form_of_address(const struct reduce *r, const struct ir_mem *m, int *operand)
{
    struct form form = form_of_register(r, *operand = m->index);
    int64_t step;

    form.base = m->base;
    if (form.v == 0) {
        form = form_of_register(r, *operand = m->base);
        form.base = m->index;
    }
    form.slot = m->slot;
    form.add += (uint32_t)m->disp;
    step = (int64_t)r->step[form.v] * (int32_t)form.mult;
    if (m->sym != NULL || form.is_address || !loop_keeps(&r->l, form.base) ||
        (form.base != 0 && form.slot != 0) || step < 0 || step >= REACH)
        form.v = 0;
    form.is_address = true;
    return form;
}

/* What the instruction computes, from which register. */
static struct form
form_of(const struct reduce *r, const struct ir_ins *in, int *operand)
{
    struct form form = {.v = 0};
    uint32_t n = (uint32_t)in->imm;

    if (in->op == IR_ADDR)
        return form_of_address(r, &in->m, operand);
    *operand = in->a;
    if (in->op == IR_COPY)
        return form_of_register(r, in->a);
    if (in->b_kind != B_IMM)
        return form;
    form = form_of_register(r, in->a);
    if (in->op == IR_ADD)
        form.add += n;
    else if (in->op == IR_MUL || in->op == IR_SHL) {
        n = in->op == IR_SHL ? (uint32_t)1 << (n & 31) : n;
        form.add *= n;
        form.mult *= n;
    } else
        form.v = 0;
    if (form.is_address)
        form.v = 0;
    return form;
}

/* ---- going through the loop ---------------------------------------------- */

static void
learn(struct reduce *r, int reg, const struct form *form)
{
    struct known *k = find_known(r, reg);

    if (k != NULL)
        k->reg = 0;
    if (form->v == 0 || reg == 0)
        return;
    r->known = cc_room(r->known, r->nknown, sizeof(*r->known));
    r->where[reg] = r->nknown;
    r->known[r->nknown++] = (struct known){reg, *form};
}

/* v moves on: what was known in terms of its old value. */
static void
step_over(struct reduce *r, int v)
{
    for (int i = 0; i < r->nknown; i++) {
        struct form *form = &r->known[i].form;

        if (form->v == v)
            form->add -= form->mult * (uint32_t)r->step[v];
    }
}

static void
visit(struct reduce *r, struct ir_ins *in, bool in_each_turn)
{
    const struct form none = {.v = 0};
    int operand;
    struct form form = form_of(r, in, &operand);

    if (r->searching) {
        bool is_step = form.v == in->d && form.mult == 1 && !form.is_address;

        r->inside[in->d] = 0;
        r->step[in->d] = is_step && in_each_turn ? (int32_t)form.add : 0;
    }
    if (r->step[in->d] != 0) {
        step_over(r, in->d);
        form = none;
    } else if (form.v != 0 && form.mult != 1 && !r->searching) {
        r->node = cc_room(r->node, r->nnodes, sizeof(*r->node));
        r->node[r->nnodes++] = (struct node){form, in, NULL};
        r->inside[operand]++;
    }
    learn(r, in->d, &form);
    learn(r, in->d2, &none);
}

static void
go_through(struct reduce *r)
{
    for (int i = r->l.first; i < r->l.end; i++) {
        struct ir_block *b = &r->l.f->blocks[i];

        r->nknown = 0;
        for (int j = 0; j < b->nins; j++)
            if (b->ins[j].d != 0 && b->ins[j].d <= r->l.nregs)
                visit(r, &b->ins[j], b->depth == r->l.depth);
    }
}

/* ---- replacing ----------------------------------------------------------- */

static struct ir_ins
plus(const struct form *form, int d, int p, int32_t n)
{
    struct ir_ins in = {.op = IR_ADD, .size = 4, .d = d, .a = p, .imm = n};

    in.b_kind = B_IMM;
    if (form->is_address)
        in = (struct ir_ins){
            .op = IR_ADDR, .size = 4, .d = d, .m = {.base = p, .disp = n}};
    return in;
}

/* What p is when the loop begins. */
static void
begin(const struct reduce *r, const struct moving *g)
{
    const struct form *form = &g->form;
    struct ir_ins in = {.op = IR_MUL, .size = 4, .a = form->v};
    int product = ir_new_vreg(r->l.f);

    in.d = product;
    in.b_kind = B_IMM;
    in.imm = (int32_t)form->mult;
    opt_simplify(&in);
    loop_insert(&r->l, &in);
    in = plus(form, g->p, product, (int32_t)form->add);
    if (form->is_address) {
        in.m.base = form->base;
        in.m.index = product;
        in.m.slot = form->slot;
    }
    loop_insert(&r->l, &in);
}

/* p moves on where v does. */
static void
move_on(const struct reduce *r, const struct moving *g)
{
    struct ir_func *f = r->l.f;
    const struct form *form = &g->form;
    int32_t step = (int32_t)(form->mult * (uint32_t)r->step[form->v]);
    struct ir_ins in = plus(form, g->p, g->p, step);

    for (int i = r->l.first; i < r->l.end; i++)
        for (int j = f->blocks[i].nins - 1; j >= 0; j--) {
            struct ir_block *b = &f->blocks[i];

            if (b->ins[j].d != form->v)
                continue;
            in.line = b->ins[j].line;
            ir_append(f, i, IR_NOP);
            memmove(b->ins + j + 2, b->ins + j + 1,
                    (size_t)(b->nins - j - 2) * sizeof(in));
            b->ins[j + 1] = in;
            return;
        }
}

/* The register for a form, with its own sum as close as displacements reach. */
static struct moving *
moving_for(struct reduce *r, struct moving *list, int *n,
           const struct form *form)
{
    for (int i = 0; i < *n; i++) {
        struct form *have = &list[i].form;
        int64_t apart = (int64_t)(int32_t)have->add - (int32_t)form->add;

        if (have->v != form->v || have->mult != form->mult ||
            have->base != form->base || have->slot != form->slot ||
            have->is_address != form->is_address || apart <= -REACH ||
            apart >= REACH)
            continue;
        if (apart > 0)
            have->add = form->add;
        return &list[i];
    }
    list[*n] = (struct moving){*form, ir_new_vreg(r->l.f)};
    return &list[(*n)++];
}

static void
replace(struct reduce *r)
{
    struct moving *list = cc_alloc((size_t)r->nnodes * sizeof(*list));
    int n = 0;

    /* What only other nodes read needs no register. */
    for (int i = 0; i < r->nnodes; i++) {
        struct node *node = &r->node[i];

        if (r->uses[node->in->d] > r->inside[node->in->d])
            node->by = moving_for(r, list, &n, &node->form);
    }
    for (int i = 0; i < r->nnodes; i++) {
        const struct node *node = &r->node[i];
        int line = node->in->line;

        if (node->by == NULL)
            continue;
        *node->in = plus(&node->form, node->in->d, node->by->p,
                         (int32_t)(node->form.add - node->by->form.add));
        node->in->line = line;
    }
    for (int i = 0; i < n; i++) {
        begin(r, &list[i]);
        move_on(r, &list[i]);
    }
}

static void
reduce_loop(struct reduce *r)
{
    r->nnodes = 0;
    r->searching = true;
    go_through(r);
    r->searching = false;
    go_through(r);
    if (r->nnodes > 0)
        replace(r);
}

void
opt_induction(struct ir_func *f)
{
    size_t regs = (size_t)f->nvregs + 1;
    struct reduce r = {.l.f = f, .uses = opt_count(f).uses};

    r.step = cc_alloc(regs * sizeof(int32_t));
    r.where = cc_alloc(regs * sizeof(int));
    r.inside = cc_alloc(regs * sizeof(int));
    for (int depth = loop_depth(f); depth > 0; depth--) {
        r.l.depth = depth;
        r.l.end = 0;
        while (loop_next(&r.l))
            reduce_loop(&r);
    }
}
