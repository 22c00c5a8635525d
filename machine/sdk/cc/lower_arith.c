/*
 * lower_arith.c - operators and conversions.
 *
 * Nobody else need know how a value of 64 bits is computed: sums, products and
 * shifts have operations of their own in the intermediate representation,
 * division is a routine of the library, and the rest is done word by word.
 */
#include "lower.h"

bool
lower_is_wide(const struct type *t)
{
    return type_size(t) == 8;
}

struct value
lower_number(struct lower *l, const struct type *t, int64_t n)
{
    struct value v = {lower_constant(l, n), 0};

    if (lower_is_wide(t))
        v.hi = lower_constant(l, n >> 32);
    return v;
}

/* ---- 64 bits ------------------------------------------------------------- */

/* The instruction of this block that has set a register; NULL: none. */
static const struct ir_ins *
setter(const struct lower *l, int reg)
{
    const struct ir_block *b = &l->f->blocks[l->block];

    for (int j = b->nins - 1; j >= 0; j--)
        if (b->ins[j].d == reg)
            return &b->ins[j];
    return NULL;
}

/* The high word of a times the low word of b, where the low word of a counts
 * as a signed number: 2**32 too little if it is negative. */
static int
high_product(struct lower *l, struct value a, int b)
{
    int high =
        lower_op(l, IR_ADD, a.hi, lower_op_constant(l, IR_SHR, a.lo, 31));

    return lower_op(l, IR_MUL, high, b);
}

static struct value
multiply(struct lower *l, struct value a, struct value b)
{
    struct value r =
        lower_new_wide(l, (struct ir_ins){.op = IR_MUL8, .a = a.lo, .b = b.lo});

    r.hi = lower_op(l, IR_ADD, r.hi, high_product(l, a, b.lo));
    r.hi = lower_op(l, IR_ADD, r.hi, high_product(l, b, a.lo));
    return r;
}

/* By 32 and more, one half is all that is left. */
static struct value
shift(struct lower *l, enum ir_op op, struct value v, int count)
{
    const struct ir_ins *number = setter(l, count);
    int n = number != NULL && number->op == IR_CONST ? number->imm : 0;
    struct ir_ins in = {.op = op - IR_SHL + IR_SHL8,
                        .a = v.hi,
                        .a2 = v.lo,
                        .b_kind = B_REG,
                        .b = count};
    int filler;

    if (n < 32 || n > 63)
        return lower_new_wide(l, in);
    filler = op == IR_SAR ? lower_op_constant(l, op, v.hi, 31)
                          : lower_constant(l, 0);
    if (op == IR_SHL)
        return (struct value){filler, lower_op_constant(l, op, v.lo, n - 32)};
    return (struct value){lower_op_constant(l, op, v.hi, n - 32), filler};
}

static struct value
pair(struct lower *l, enum ir_op op, struct value a, struct value b)
{
    return lower_new_wide(
        l, (struct ir_ins){
               .op = op, .a = a.hi, .a2 = a.lo, .b = b.hi, .b2 = b.lo});
}

static struct value
wide(struct lower *l, enum ir_op op, bool is_signed, struct value a,
     struct value b)
{
    switch (op) {
    case IR_ADD:
        return pair(l, IR_ADD8, a, b);
    case IR_SUB:
        return pair(l, IR_SUB8, a, b);
    case IR_MUL:
        return multiply(l, a, b);
    case IR_DIV:
        return lower_wide_call(l, is_signed ? "__divdi3" : "__udivdi3", a, b);
    case IR_MOD:
        return lower_wide_call(l, is_signed ? "__moddi3" : "__umoddi3", a, b);
    case IR_SHL:
    case IR_SHR:
    case IR_SAR:
        return shift(l, op, a, b.lo);
    default:
        a.hi = lower_op(l, op, a.hi, b.hi);
        a.lo = lower_op(l, op, a.lo, b.lo);
        return a;
    }
}

/* ---- operators ----------------------------------------------------------- */

struct value
lower_arithmetic(struct lower *l, enum operator op, const struct type *t,
                 struct value a, struct value b)
{
    static const enum ir_op ops[] = {
        [OP_ADD] = IR_ADD, [OP_SUB] = IR_SUB, [OP_MUL] = IR_MUL,
        [OP_DIV] = IR_DIV, [OP_MOD] = IR_MOD, [OP_AND] = IR_AND,
        [OP_OR] = IR_OR,   [OP_XOR] = IR_XOR, [OP_SHL] = IR_SHL,
        [OP_SHR] = IR_SHR};
    bool is_signed = type_is_signed(t);
    struct ir_ins in = {.op = ops[op], .a = a.lo, .b_kind = B_REG, .b = b.lo};

    if (op == OP_SHR && is_signed)
        in.op = IR_SAR;
    if (lower_is_wide(t))
        return wide(l, in.op, is_signed, a, b);
    in.is_signed = is_signed && (op == OP_DIV || op == OP_MOD);
    return (struct value){lower_new(l, in), 0};
}

enum ir_cond
lower_condition_code(enum operator op, const struct type *t)
{
    static const enum ir_cond signed_numbers[] = {
        [OP_LT] = COND_LT, [OP_GT] = COND_GT, [OP_LE] = COND_LE,
        [OP_GE] = COND_GE, [OP_EQ] = COND_EQ, [OP_NE] = COND_NE};
    enum ir_cond c = signed_numbers[op];

    return type_is_signed(t) || ir_cond_is_equality(c) ? c : c | COND_LOGICAL;
}

struct value
lower_set(struct lower *l, enum ir_cond cond, struct value a, struct value b)
{
    struct ir_ins in = {
        .op = IR_SET, .cond = cond, .a = a.lo, .b_kind = B_REG, .b = b.lo};

    return (struct value){lower_new(l, in), 0};
}

struct value
lower_compare_zero(struct lower *l, struct value v, enum ir_cond cond)
{
    if (v.hi != 0)
        v.lo = lower_op(l, IR_OR, v.hi, v.lo);
    return lower_set(l, cond, v, lower_number(l, type_int, 0));
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

struct value
lower_convert(struct lower *l, struct value v, const struct type *from,
              const struct type *to)
{
    uint32_t size = type_size(to);

    if (to->kind == T_BOOL && from->kind != T_BOOL)
        return lower_compare_zero(l, v, COND_NE);
    if (size < 8)
        v.hi = 0;
    else if (!lower_is_wide(from))
        v.hi = type_is_signed(from) ? lower_op_constant(l, IR_SAR, v.lo, 31)
                                    : lower_constant(l, 0);
    if (size >= 4 || fits(from, to))
        return v;
    if (type_is_signed(to))
        v.lo = lower_new(
            l, (struct ir_ins){.op = IR_SEXT, .a = v.lo, .size = (int)size});
    else
        v.lo = lower_op_constant(l, IR_AND, v.lo, size == 1 ? 0xff : 0xffff);
    return v;
}
