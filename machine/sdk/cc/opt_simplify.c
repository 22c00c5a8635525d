/*
 * opt_simplify.c - algebra on one instruction.
 */
#include "opt.h"

#include <string.h>

static void
become_copy(struct ir_ins *in)
{
    in->op = IR_COPY;
    in->b_kind = B_NONE;
    in->imm = 0;
}

static void
become_const(struct ir_ins *in, uint32_t value)
{
    in->op = IR_CONST;
    in->b_kind = B_NONE;
    in->a = 0;
    in->imm = (int32_t)value;
}

static int
log2_exact(uint32_t n)
{
    int k = 0;

    if (n == 0 || (n & (n - 1)) != 0)
        return -1;
    while ((n >> k & 1) == 0)
        k++;
    return k;
}

static void
become(struct ir_ins *in, enum ir_op op, int32_t imm)
{
    in->op = op;
    in->imm = imm;
}

void
opt_simplify(struct ir_ins *in)
{
    uint32_t n = (uint32_t)in->imm;
    int k;

    if (in->b_kind != B_IMM)
        return;
    switch (in->op) {
    case IR_BR:
    case IR_SET:
        /* Unsigned and zero: LTR can tell. */
        if (n == 0 && in->cond == COND_UGT)
            in->cond = COND_NE;
        else if (n == 0 && in->cond == COND_ULE)
            in->cond = COND_EQ;
        break;
    case IR_SUB:
        become(in, IR_ADD, (int32_t)(0 - n));
        n = 0 - n;
        /* fall through */
    case IR_ADD:
    case IR_OR:
    case IR_XOR:
        if (n == 0)
            become_copy(in);
        break;
    case IR_SHL:
    case IR_SHR:
    case IR_SAR:
        in->imm &= 31;
        if (in->imm == 0)
            become_copy(in);
        break;
    case IR_MUL:
        k = log2_exact(n);
        if (n == 0)
            become_const(in, 0);
        else if (n == 1)
            become_copy(in);
        else if (k > 0)
            become(in, IR_SHL, k);
        break;
    case IR_AND:
        if (n == 0)
            become_const(in, 0);
        else if (n == 0xffffffffu)
            become_copy(in);
        break;
    case IR_DIV:
        k = log2_exact(n);
        if (n == 1)
            become_copy(in);
        else if (k > 0 && !in->is_signed)
            become(in, IR_SHR, k);
        break;
    case IR_MOD:
        if (n == 1)
            become_const(in, 0);
        else if (log2_exact(n) > 0 && !in->is_signed)
            become(in, IR_AND, (int32_t)(n - 1));
        break;
    default:
        break;
    }
}
