/*
 * lower_wide.c - 64-bit arithmetic out of 32-bit halves.
 */
#include "lower.h"

static struct value
wide_op(struct lower *l, enum ir_op op, struct value a, struct value b)
{
    struct value r = {ir_new_vreg(l->f), ir_new_vreg(l->f)};
    struct ir_ins *in = lower_emit(l, op);

    in->d = r.hi;
    in->d2 = r.lo;
    in->a = a.hi;
    in->a2 = a.lo;
    in->b = b.hi;
    in->b2 = b.lo;
    return r;
}

/* The 64-bit product of two registers. */
static struct value
product(struct lower *l, int a, int b, bool is_signed)
{
    struct value r = {ir_new_vreg(l->f), ir_new_vreg(l->f)};
    struct ir_ins *in = lower_emit(l, IR_MUL8);

    in->d = r.hi;
    in->d2 = r.lo;
    in->a = a;
    in->b = b;
    in->is_signed = is_signed;
    return r;
}

/* Was the operand 32 bits wide before it was converted?  Then is_signed says
 * how it was extended. */
static bool
was_word(const struct node *n, bool *is_signed)
{
    if (n == NULL)
        return false;
    if (n->kind == E_NUM) {
        *is_signed = true;
        return n->value >= 0 && n->value <= INT32_MAX;
    }
    if (n->kind != E_CAST || type_size(n->a->type) > 4)
        return false;
    *is_signed = type_is_signed(n->a->type) || type_size(n->a->type) < 4;
    return true;
}

static struct value
multiply(struct lower *l, const struct node *n, struct value a, struct value b)
{
    bool sa = false, sb = false;
    struct value r;

    if (n != NULL && n->kind == E_BINARY && was_word(n->a, &sa) &&
        was_word(n->b, &sb) && sa == sb)
        return product(l, a.lo, b.lo, sa);
    r = product(l, a.lo, b.lo, false);
    r.hi = lower_op(l, IR_ADD, r.hi, lower_op(l, IR_MUL, a.hi, b.lo));
    r.hi = lower_op(l, IR_ADD, r.hi, lower_op(l, IR_MUL, a.lo, b.hi));
    return r;
}

/* By 32 and more, one half is all that is left. */
struct value
lower_wide_shift(struct lower *l, enum ir_op op, struct value v, int count)
{
    struct value r = {0, 0};
    struct ir_ins *in;

    if (count == 0)
        return v;
    if (count >= 32 && op == IR_SHL8) {
        r.hi = lower_op_constant(l, IR_SHL, v.lo, count - 32);
        r.lo = lower_constant(l, 0);
        return r;
    }
    if (count >= 32) {
        bool sar = op == IR_SAR8;

        r.lo = lower_op_constant(l, sar ? IR_SAR : IR_SHR, v.hi, count - 32);
        r.hi =
            sar ? lower_op_constant(l, IR_SAR, v.hi, 31) : lower_constant(l, 0);
        return r;
    }
    r = (struct value){ir_new_vreg(l->f), ir_new_vreg(l->f)};
    in = lower_emit(l, op);
    in->d = r.hi;
    in->d2 = r.lo;
    in->a = v.hi;
    in->a2 = v.lo;
    in->b_kind = B_IMM;
    in->imm = count;
    return r;
}

static struct value
shift(struct lower *l, const struct node *count, enum operator op,
      struct value a, struct value b, bool is_signed)
{
    enum ir_op shift_op = op == OP_SHL ? IR_SHL8
                          : is_signed  ? IR_SAR8
                                       : IR_SHR8;
    struct value r = {0, 0};
    struct ir_ins *in;

    if (count != NULL && count->kind == E_NUM && count->value >= 0 &&
        count->value < 64)
        return lower_wide_shift(l, shift_op, a, (int)count->value);
    r = (struct value){ir_new_vreg(l->f), ir_new_vreg(l->f)};
    in = lower_emit(l, shift_op);
    in->d = r.hi;
    in->d2 = r.lo;
    in->a = a.hi;
    in->a2 = a.lo;
    in->b = b.lo;
    in->b_kind = B_REG;
    return r;
}

struct value
lower_wide_binary(struct lower *l, const struct node *n, enum operator op,
                  struct value a, struct value b, const struct type *t)
{
    bool is_signed = type_is_signed(t);
    struct value r = {0, 0};

    switch (op) {
    case OP_ADD:
        return wide_op(l, IR_ADD8, a, b);
    case OP_SUB:
        return wide_op(l, IR_SUB8, a, b);
    case OP_MUL:
        return multiply(l, n, a, b);
    case OP_DIV:
        return lower_wide_call(l, is_signed ? "__divdi3" : "__udivdi3", a, b);
    case OP_MOD:
        return lower_wide_call(l, is_signed ? "__moddi3" : "__umoddi3", a, b);
    case OP_SHL:
    case OP_SHR:
        return shift(l, n != NULL ? n->b : NULL, op, a, b, is_signed);
    default: {
        enum ir_op part = op == OP_AND ? IR_AND : op == OP_OR ? IR_OR : IR_XOR;

        r.hi = lower_op(l, part, a.hi, b.hi);
        r.lo = lower_op(l, part, a.lo, b.lo);
        return r;
    }
    }
}

struct value
lower_wide_unary(struct lower *l, enum node_kind kind, struct value a)
{
    struct value r = {0, 0}, none = {0, 0};

    if (kind == E_NEG)
        return wide_op(l, IR_NEG8, a, none);
    r.hi = lower_op_constant(l, IR_XOR, a.hi, -1);
    r.lo = lower_op_constant(l, IR_XOR, a.lo, -1);
    return r;
}

void
lower_wide_branch(struct lower *l, enum ir_cond cond, struct value a,
                  struct value b, int yes, int no)
{
    struct ir_ins *in = lower_emit(l, IR_BR8);

    in->cond = (uint8_t)cond;
    in->a = a.hi;
    in->a2 = a.lo;
    in->b = b.hi;
    in->b2 = b.lo;
    l->f->blocks[l->block].succ[0] = yes;
    l->f->blocks[l->block].succ[1] = no;
}
