/*
 * lower_wide.c - 64-bit arithmetic out of 32-bit halves.
 */
#include "lower.h"

static struct value
wide_op(struct lower *l, enum ir_op op, struct value a, struct value b)
{
    return lower_new_wide(
        l, (struct ir_ins){
               .op = op, .a = a.hi, .a2 = a.lo, .b = b.hi, .b2 = b.lo});
}

/* The 64-bit product of two registers. */
static struct value
product(struct lower *l, int a, int b, bool is_signed)
{
    return lower_new_wide(
        l,
        (struct ir_ins){.op = IR_MUL8, .a = a, .b = b, .is_signed = is_signed});
}

/* Was the operand 32 bits wide before it was converted?  Then is_signed says
 * how it was extended. */
static bool
was_word(const struct node *n, bool *is_signed)
{
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

    if (n->kind == E_BINARY && was_word(n->a, &sa) && was_word(n->b, &sb) &&
        sa == sb)
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
    struct value r;

    if (count == 0)
        return v;
    if (count < 32)
        return lower_new_wide(l, (struct ir_ins){.op = op,
                                                 .a = v.hi,
                                                 .a2 = v.lo,
                                                 .b_kind = B_IMM,
                                                 .imm = count});
    if (op == IR_SHL8) {
        r.hi = lower_op_constant(l, IR_SHL, v.lo, count - 32);
        r.lo = lower_constant(l, 0);
    } else if (op == IR_SAR8) {
        r.lo = lower_op_constant(l, IR_SAR, v.hi, count - 32);
        r.hi = lower_op_constant(l, IR_SAR, v.hi, 31);
    } else {
        r.lo = lower_op_constant(l, IR_SHR, v.hi, count - 32);
        r.hi = lower_constant(l, 0);
    }
    return r;
}

static struct value
shift(struct lower *l, const struct node *count, enum ir_op op, struct value a,
      struct value b)
{
    if (count->kind == E_NUM && count->value >= 0 && count->value < 64)
        return lower_wide_shift(l, op, a, (int)count->value);
    return lower_new_wide(
        l, (struct ir_ins){
               .op = op, .a = a.hi, .a2 = a.lo, .b_kind = B_REG, .b = b.lo});
}

struct value
lower_wide_binary(struct lower *l, const struct node *n, struct value a,
                  struct value b, const struct type *t)
{
    bool is_signed = type_is_signed(t);
    enum ir_op part;
    struct value r;

    switch (n->op) {
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
        return shift(l, n->b, IR_SHL8, a, b);
    case OP_SHR:
        return shift(l, n->b, is_signed ? IR_SAR8 : IR_SHR8, a, b);
    default:
        part = n->op == OP_AND ? IR_AND : n->op == OP_OR ? IR_OR : IR_XOR;
        r.hi = lower_op(l, part, a.hi, b.hi);
        r.lo = lower_op(l, part, a.lo, b.lo);
        return r;
    }
}

struct value
lower_wide_unary(struct lower *l, enum node_kind kind, struct value a)
{
    struct value r, none = {0, 0};

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
    struct ir_ins in = {.op = IR_BR8,
                        .cond = cond,
                        .a = a.hi,
                        .a2 = a.lo,
                        .b = b.hi,
                        .b2 = b.lo};

    lower_branch(l, in, yes, no);
}
