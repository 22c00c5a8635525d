/*
 * lower_condition.c - conversions, and conditions as branches.
 */
#include "lower.h"

enum ir_cond
lower_condition_code(enum operator op, const struct type *t)
{
    bool u = !type_is_signed(t);

    switch (op) {
    case OP_LT:
        return u ? COND_ULT : COND_LT;
    case OP_GT:
        return u ? COND_UGT : COND_GT;
    case OP_LE:
        return u ? COND_ULE : COND_LE;
    case OP_GE:
        return u ? COND_UGE : COND_GE;
    case OP_EQ:
        return COND_EQ;
    default:
        return COND_NE;
    }
}

bool
lower_is_wide(const struct type *t)
{
    return type_size(t) == 8;
}

/* ---- conversions --------------------------------------------------------- */

/* Does every value of `from` fit into the 8 or 16 bits of `to`? */
static bool
fits(const struct type *from, const struct type *to)
{
    uint32_t a = type_size(from), b = type_size(to);
    bool sa = type_is_signed(from), sb = type_is_signed(to);

    if (from->kind == T_BOOL)
        return true;
    return sa == sb ? a <= b : !sa && a < b;
}

int
lower_compare_zero(struct lower *l, struct value v, enum ir_cond cond)
{
    int a = v.hi != 0 ? lower_op(l, IR_OR, v.hi, v.lo) : v.lo;

    return lower_new(
        l,
        (struct ir_ins){.op = IR_SET, .cond = cond, .a = a, .b_kind = B_IMM});
}

struct value
lower_convert(struct lower *l, struct value v, const struct type *from,
              const struct type *to)
{
    if (to->kind == T_BOOL) {
        if (from->kind != T_BOOL)
            v.lo = lower_compare_zero(l, v, COND_NE);
        v.hi = 0;
        return v;
    }
    if (lower_is_wide(to)) {
        if (!lower_is_wide(from))
            v.hi = type_is_signed(from) ? lower_op_constant(l, IR_SAR, v.lo, 31)
                                        : lower_constant(l, 0);
        return v;
    }
    v.hi = 0;
    if (type_size(to) >= 4 || fits(from, to))
        return v;
    if (type_is_signed(to))
        v.lo = lower_new(l, (struct ir_ins){.op = IR_SEXT,
                                            .a = v.lo,
                                            .size = (int)type_size(to)});
    else
        v.lo = lower_op_constant(l, IR_AND, v.lo,
                                 type_size(to) == 1 ? 0xff : 0xffff);
    return v;
}

bool
lower_is_truth(const struct node *n)
{
    return n->kind == E_ANDAND || n->kind == E_OROR || n->kind == E_LNOT ||
           (n->kind == E_BINARY && n->op >= OP_LT);
}

/* ---- conditions ---------------------------------------------------------- */

/* A bit-field as condition is a test of its unit under a mask. */
static bool
bit_condition(struct lower *l, const struct node *n, int yes, int no)
{
    const struct member *m = n->member;
    struct place unit;
    uint32_t mask;
    int v;

    if (!m->is_bits || m->unit > 4)
        return false;
    unit = lower_place(l, n);
    unit.bits = NULL;
    mask = (m->width == 32 ? 0 : (uint32_t)1 << m->width) - 1;
    v = lower_load(l, &unit,
                   m->unit == 1   ? type_uchar
                   : m->unit == 2 ? type_ushort
                                  : type_uint)
            .lo;
    v = lower_op_constant(l, IR_AND, v, (int32_t)(mask << m->shift));
    lower_branch_if(l, COND_NE, v, 0, yes, no);
    return true;
}

static void
comparison(struct lower *l, const struct node *n, int yes, int no)
{
    const struct type *t = n->a->type;
    enum ir_cond cond = lower_condition_code(n->op, t);
    bool zero = n->b->kind == E_NUM && n->b->value == 0;
    struct ir_ins in = {.op = IR_BR, .cond = cond, .b_kind = B_REG};
    struct value a, b;

    if (zero && n->op == OP_NE) {
        lower_condition(l, n->a, yes, no);
        return;
    }
    if (zero && n->op == OP_EQ && !lower_is_wide(t)) {
        lower_condition(l, n->a, no, yes);
        return;
    }
    a = lower_value(l, n->a);
    if (zero && (cond == COND_LT || cond == COND_GE || cond == COND_EQ) &&
        lower_is_wide(t)) {
        if (cond == COND_EQ)
            a.hi = lower_op(l, IR_OR, a.hi, a.lo);
        lower_branch_if(l, cond, a.hi, 0, yes, no); /* or the sign */
        return;
    }
    b = lower_value(l, n->b);
    if (lower_is_wide(t)) {
        lower_wide_branch(l, cond, a, b, yes, no);
        return;
    }
    in.a = a.lo;
    in.b = b.lo;
    lower_branch(l, in, yes, no);
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
    case E_CAST:
        /* Widening, and conversion to _Bool, keep what is zero. */
        if (n->type->kind == T_BOOL ||
            (type_size(n->type) >= type_size(n->a->type) &&
             type_is_scalar(n->a->type))) {
            lower_condition(l, n->a, yes, no);
            return;
        }
        break;
    case E_MEMBER:
        if (bit_condition(l, n, yes, no))
            return;
        break;
    default:
        break;
    }
    v = lower_value(l, n);
    if (v.hi != 0)
        v.lo = lower_op(l, IR_OR, v.hi, v.lo);
    lower_branch_if(l, COND_NE, v.lo, 0, yes, no);
}
