/*
 * lower_condition.c - conditions as branches.
 */
#include "lower.h"

bool
lower_is_truth(const struct node *n)
{
    return n->kind == E_ANDAND || n->kind == E_OROR || n->kind == E_LNOT ||
           (n->kind == E_BINARY && n->op >= OP_LT);
}

void
lower_compare(struct lower *l, enum ir_cond cond, struct value a,
              struct value b, int yes, int no)
{
    struct ir_ins in = {
        .op = IR_BR, .cond = cond, .a = a.lo, .b_kind = B_REG, .b = b.lo};

    if (a.hi != 0)
        in = (struct ir_ins){.op = IR_BR8,
                             .cond = cond,
                             .a = a.hi,
                             .a2 = a.lo,
                             .b = b.hi,
                             .b2 = b.lo};
    lower_branch(l, in, yes, no);
}

static void
comparison(struct lower *l, const struct node *n, int yes, int no)
{
    enum ir_cond cond = lower_condition_code(n->op, n->a->type);
    bool zero = n->b->kind == E_NUM && n->b->value == 0;
    struct value a;

    if (zero && cond == COND_NE)
        lower_condition(l, n->a, yes, no);
    else if (zero && cond == COND_EQ)
        lower_condition(l, n->a, no, yes);
    else {
        a = lower_value(l, n->a);
        lower_compare(l, cond, a, lower_value(l, n->b), yes, no);
    }
}

void
lower_condition(struct lower *l, const struct node *n, int yes, int no)
{
    struct value v;
    int middle;

    switch (n->kind) {
    case E_NUM:
        lower_jump(l, n->value != 0 ? yes : no);
        return;
    case E_LNOT:
        lower_condition(l, n->a, no, yes);
        return;
    case E_ANDAND:
    case E_OROR:
        middle = ir_new_block(l->f, 0);
        if (n->kind == E_ANDAND)
            lower_condition(l, n->a, middle, no);
        else
            lower_condition(l, n->a, yes, middle);
        lower_place_block(l, middle);
        lower_condition(l, n->b, yes, no);
        return;
    case E_COMMA:
        lower_effect(l, n->a);
        lower_condition(l, n->b, yes, no);
        return;
    case E_BINARY:
        if (n->op >= OP_LT) {
            comparison(l, n, yes, no);
            return;
        }
        break;
    default:
        break;
    }
    v = lower_value(l, n);
    if (v.hi != 0)
        v.lo = lower_op(l, IR_OR, v.hi, v.lo);
    lower_branch_if(l, COND_NE, v.lo, 0, yes, no);
}
