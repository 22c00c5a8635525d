/*
 * opt_simplify.c - algebra on one instruction with constants.
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
    in->size = 4;
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

/* a op b; only operations that can be done. */
static uint32_t
compute(const struct ir_ins *in, uint32_t a, uint32_t b)
{
    switch (in->op) {
    case IR_ADD:
        return a + b;
    case IR_SUB:
        return a - b;
    case IR_MUL:
        return a * b;
    case IR_AND:
        return a & b;
    case IR_OR:
        return a | b;
    case IR_XOR:
        return a ^ b;
    case IR_SHL:
        return a << (b & 31);
    case IR_SHR:
        return a >> (b & 31);
    case IR_SAR:
        return (uint32_t)((int64_t)(int32_t)a >> (b & 31));
    case IR_DIV:
        return in->is_signed ? (uint32_t)((int32_t)a / (int32_t)b) : a / b;
    case IR_MOD:
        return in->is_signed ? (uint32_t)((int32_t)a % (int32_t)b) : a % b;
    case IR_SET:
        return ir_cond_holds(in->cond, a, b);
    case IR_SEXT:
        return (uint32_t)(in->size == 1 ? (int8_t)a : (int16_t)a);
    default: /* IR_COPY */
        return a;
    }
}

void
opt_compute(struct ir_ins *in, uint32_t a)
{
    uint32_t b = (uint32_t)in->imm;
    bool divides = in->op == IR_DIV || in->op == IR_MOD;

    if ((divides && (b == 0 || (in->is_signed && b == 0xffffffffu))) ||
        (in->op != IR_COPY && in->op != IR_SEXT &&
         (in->b_kind != B_IMM || !(ir_is_binary(in->op) || in->op == IR_SET))))
        return;
    become_const(in, compute(in, a, b));
}

static void
simplify_address(struct ir_ins *in)
{
    const struct ir_mem *m = &in->m;

    if (m->slot != 0 || m->sym != NULL)
        return;
    if (m->base + m->index == 0)
        become_const(in, (uint32_t)m->disp & 0xffffff);
    else if (m->disp == 0 && (m->base == 0 || m->index == 0)) {
        in->a = m->base + m->index;
        become_copy(in);
    } else
        return;
    in->m = (struct ir_mem){.disp = 0};
}

void
opt_simplify(struct ir_ins *in)
{
    uint32_t n = (uint32_t)in->imm;
    int k;

    if (in->op == IR_ADDR)
        simplify_address(in);
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
