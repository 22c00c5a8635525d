/*
 * opt_form.c - what a loop computes from an induction variable.
 *
 * Products, sums and addresses of a variable v, of numbers, and of registers
 * that the loop does not change, have the form
 *     base + slot + add + mult * v.
 * An instruction that computes such a value is a node.  What it computes is
 * in terms of v as it is there; so a node may be computed from another one
 * only in the same block, with no step of v in between.
 */
#include "opt_induction.h"

#include <string.h>

/* ---- nodes --------------------------------------------------------------- */

/* What register v is for an instruction at this place; false: not known. */
static bool
form_of(const struct reduce *r, int v, int block, int at, struct form *form)
{
    const struct node *n;

    for (int i = 0; i < r->s.n; i++) {
        const struct induction *iv = &r->s.list[i];

        *form = (struct form){.iv = iv, .mult = 1};
        if (v == iv->v)
            return true;
        if (v != iv->t)
            continue;
        /* t is set, v is not yet: the one that v will be. */
        if (block == iv->block && at > iv->t_at && at <= iv->at) {
            form->add = iv->step;
            return iv->step_reg == 0;
        }
        return true;
    }
    if (r->node_of[v] == 0)
        return false;
    n = &r->node[r->node_of[v] - 1];
    *form = n->form;
    return n->block == block && (form->iv->block != block ||
                                 form->iv->at < n->at || form->iv->at > at);
}

static bool
add_base(const struct reduce *r, struct form *form, int v)
{
    if (v == 0)
        return true;
    if (r->s.l.set[v] != 0 || form->base[1] != 0)
        return false;
    form->base[form->base[0] != 0] = v;
    return true;
}

static bool
is_pure_product(const struct form *form)
{
    return form->base[0] == 0 && form->slot == 0 && !form->is_address;
}

/* The form of base + index of a storage operand, or of an address. */
static bool
address_form(const struct reduce *r, const struct ir_mem *m, int block, int at,
             struct form *form, int *operand)
{
    struct form other;
    bool by_base = m->base != 0 && form_of(r, m->base, block, at, form);
    bool by_index = m->index != 0 &&
                    form_of(r, m->index, block, at, by_base ? &other : form);

    if (by_base == by_index || m->sym != NULL)
        return false;
    if (m->slot != 0 && form->slot != 0)
        return false;
    *operand = by_base ? m->base : m->index;
    form->slot += m->slot;
    form->add = (int32_t)((uint32_t)form->add + (uint32_t)m->disp);
    form->is_address = true;
    return add_base(r, form, by_base ? m->index : m->base);
}

static bool
sum_form(const struct reduce *r, const struct ir_ins *in, int block, int at,
         struct form *form, int *operand)
{
    struct form other;
    bool by_a = form_of(r, in->a, block, at, form);
    bool by_b = in->b_kind == B_REG &&
                form_of(r, in->b, block, at, by_a ? &other : form);

    *operand = by_a ? in->a : in->b;
    if (in->b_kind == B_IMM)
        form->add = (int32_t)((uint32_t)form->add + (uint32_t)in->imm);
    else if (in->b_kind != B_REG)
        return false;
    if (by_a && by_b) { /* i + i */
        form->mult += other.mult;
        form->add = (int32_t)((uint32_t)form->add + (uint32_t)other.add);
        return in->a == in->b && is_pure_product(form);
    }
    return (by_a || by_b) && !form->is_address &&
           add_base(r, form,
                    in->b_kind == B_IMM ? 0
                    : by_a              ? in->b
                                        : in->a);
}

/* Is the instruction a node?  Its form, the register in it, its length. */
static bool
node_form(const struct reduce *r, const struct ir_ins *in, int block, int at,
          struct form *form, int *operand, int *length)
{
    uint32_t by = (uint32_t)in->imm;

    *length = 2;
    switch (in->op) {
    case IR_SHL:
        by = (uint32_t)1 << (in->imm & 31);
        /* fall through */
    case IR_MUL:
        *operand = in->a;
        if (in->b_kind != B_IMM || !form_of(r, in->a, block, at, form) ||
            !is_pure_product(form))
            return false;
        form->mult *= by;
        form->add = (int32_t)((uint32_t)form->add * by);
        return true;
    case IR_ADD:
        return sum_form(r, in, block, at, form, operand);
    case IR_ADDR:
        *length = 1;
        return address_form(r, &in->m, block, at, form, operand);
    default:
        return false;
    }
}

static bool
is_variable(const struct reduce *r, int v)
{
    for (int i = 0; i < r->s.n; i++)
        if (v == r->s.list[i].v || v == r->s.list[i].t)
            return true;
    return false;
}

void
form_find_nodes(struct reduce *r)
{
    struct ir_func *f = r->s.l.f;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; r->s.l.in[i] && j < f->blocks[i].nins; j++) {
            const struct ir_ins *in = &f->blocks[i].ins[j];
            struct node *n = &r->node[r->nnodes], *from;
            int operand;

            if (in->d == 0 || r->s.count.defs[in->d] != 1 ||
                is_variable(r, in->d) ||
                !node_form(r, in, i, j, &n->form, &operand, &n->tree))
                continue;
            n->reg = in->d;
            n->block = i;
            n->at = j;
            n->inside = 0;
            if (r->node_of[operand] != 0) {
                from = &r->node[r->node_of[operand] - 1];
                from->inside++;
                if (r->s.count.uses[operand] == 1)
                    n->tree += from->tree;
            }
            r->node_of[in->d] = ++r->nnodes;
        }
}

/* ---- groups -------------------------------------------------------------- */

/* The group of a form, with its own sum as close as displacements reach. */
static int
group_of(struct reduce *r, const struct form *form)
{
    struct group *g;

    for (int i = 0; i < r->ngroups; i++) {
        struct form *have = &r->group[i].form;
        int64_t apart = (int64_t)have->add - form->add;

        if (have->iv != form->iv || have->mult != form->mult ||
            have->base[0] != form->base[0] || have->base[1] != form->base[1] ||
            have->slot != form->slot || have->is_address != form->is_address ||
            apart <= -NEAR || apart >= NEAR)
            continue;
        if (apart > 0)
            have->add = form->add;
        return i;
    }
    g = &r->group[r->ngroups];
    *g = (struct group){.form = *form, .gain = -TURN};
    return r->ngroups++;
}

static void
add_use(struct reduce *r, const struct form *form, int block, int at, int m,
        int gain)
{
    struct use *u = &r->use[r->nuses++];

    *u = (struct use){.group = group_of(r, form),
                      .block = block,
                      .at = at,
                      .add = form->add,
                      .m = m};
    r->group[u->group].gain += gain;
}

void
form_find_groups(struct reduce *r, const struct induction *iv)
{
    r->ngroups = r->nuses = 0;
    for (int i = 0; i < r->nnodes; i++) {
        const struct node *n = &r->node[i];

        if (n->form.iv == iv && r->s.count.uses[n->reg] > n->inside)
            add_use(r, &n->form, n->block, n->at, 0,
                    n->tree * r->weight[n->block]);
    }
}

/* Storage operands with the variable in them, which would be of the one
 * instruction less that bytes and constants take without an index. */
static bool
add_operands(struct reduce *r, const struct induction *iv, int block, int at)
{
    struct ir_ins *in = &r->s.l.f->blocks[block].ins[at];
    bool shorter = (in->op == IR_STORE && in->b_kind == B_IMM) ||
                   (in->op == IR_LOAD && in->size == 1);
    const struct ir_mem *m[2] = {&in->m, &in->m2};
    int *use[IR_MAX_USES], left = 0;

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        left += *use[k] == iv->v || *use[k] == iv->t;
    for (int k = 0; k < 2; k++) {
        struct form form;
        int operand;

        if (!address_form(r, m[k], block, at, &form, &operand) ||
            (operand != iv->v && operand != iv->t) ||
            (form.base[0] == 0 && form.slot == 0) || in->op == IR_CALL)
            continue;
        add_use(r, &form, block, at, k + 1, shorter ? r->weight[block] : 0);
        left--;
    }
    return left == 0;
}

/* Would the variable be of no use if all nodes and operands were replaced?
 * Then the operands are in the groups. */
bool
form_find_operands(struct reduce *r, const struct induction *iv)
{
    struct ir_func *f = r->s.l.f;
    struct trip trip;

    if (!counter_find(&r->s, iv, &trip))
        return false;
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; r->s.l.in[i] && j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];

            if (loop_reads(in, iv) &&
                !counter_replaces(&r->s, iv, &trip, i, j) &&
                (in->d == 0 || r->node_of[in->d] == 0) &&
                !add_operands(r, iv, i, j))
                return false;
        }
    return true;
}
