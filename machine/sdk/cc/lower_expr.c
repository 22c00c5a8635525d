/*
 * lower_expr.c - expressions.
 */
#include "lower.h"

/* ---- operators ----------------------------------------------------------- */

/* a n->op b where both have type t; op is not a comparison. */
static struct value
arithmetic(struct lower *l, const struct node *n, struct value a,
           struct value b, const struct type *t)
{
    static const enum ir_op ops[] = {
        [OP_ADD] = IR_ADD, [OP_SUB] = IR_SUB, [OP_MUL] = IR_MUL,
        [OP_DIV] = IR_DIV, [OP_MOD] = IR_MOD, [OP_AND] = IR_AND,
        [OP_OR] = IR_OR,   [OP_XOR] = IR_XOR, [OP_SHL] = IR_SHL,
        [OP_SHR] = IR_SHR};
    struct ir_ins in = {
        .op = ops[n->op], .a = a.lo, .b_kind = B_REG, .b = b.lo};

    if (lower_is_wide(t))
        return lower_wide_binary(l, n, a, b, t);
    in.is_signed = type_is_signed(t) && (in.op == IR_DIV || in.op == IR_MOD);
    if (n->op == OP_SHR && type_is_signed(t))
        in.op = IR_SAR;
    if ((in.op != IR_DIV && in.op != IR_MOD) || in.is_signed)
        return (struct value){lower_new(l, in), 0};
    /* The routine gives both results: one of them is wanted. */
    in.op = IR_UDIV;
    in.b_kind = B_NONE;
    if (n->op == OP_DIV)
        return (struct value){lower_new(l, in), 0};
    in.d2 = ir_new_vreg(l->f);
    lower_emit(l, in);
    return (struct value){in.d2, 0};
}

/* The value 0 or 1 of a condition. */
static struct value
condition_value(struct lower *l, const struct node *n)
{
    int yes = ir_new_block(l->f, 0), no = ir_new_block(l->f, 0);
    int end = ir_new_block(l->f, 0);
    struct value r = {ir_new_vreg(l->f), 0};

    lower_condition(l, n, yes, no);
    for (int i = 1; i >= 0; i--) {
        lower_place_block(l, i ? yes : no);
        lower_emit(l, (struct ir_ins){.op = IR_CONST, .d = r.lo, .imm = i});
        lower_jump(l, end);
    }
    lower_place_block(l, end);
    return r;
}

static struct value
binary(struct lower *l, const struct node *n)
{
    struct value a, b;

    if (n->op >= OP_LT && lower_is_wide(n->a->type))
        return condition_value(l, n);
    a = lower_value(l, n->a);
    b = lower_value(l, n->b);
    if (n->op < OP_LT)
        return arithmetic(l, n, a, b, n->type);
    return (struct value){
        lower_new(
            l, (struct ir_ins){.op = IR_SET,
                               .cond = lower_condition_code(n->op, n->a->type),
                               .a = a.lo,
                               .b_kind = B_REG,
                               .b = b.lo}),
        0};
}

static struct value
unary(struct lower *l, const struct node *n)
{
    struct value a = lower_value(l, n->a);

    if (n->kind == E_LNOT)
        return (struct value){lower_compare_zero(l, a, COND_EQ), 0};
    if (lower_is_wide(n->type))
        return lower_wide_unary(l, n->kind, a);
    if (n->kind == E_NEG)
        return (struct value){lower_op(l, IR_NEG, a.lo, 0), 0};
    return (struct value){lower_op_constant(l, IR_XOR, a.lo, -1), 0};
}

/* p + i * scale */
static int
pointer_add(struct lower *l, int p, const struct node *i, uint32_t scale)
{
    struct ir_mem m = {.base = p};

    if (i->kind == E_NUM)
        m.disp = (int32_t)((uint32_t)i->value * scale);
    else {
        m.index = lower_value(l, i).lo;
        if (scale != 1)
            m.index = lower_op_constant(l, IR_MUL, m.index, (int32_t)scale);
    }
    return lower_address(l, &m);
}

static struct value
copy_of(struct lower *l, struct value v)
{
    v.lo = lower_op(l, IR_COPY, v.lo, 0);
    if (v.hi != 0)
        v.hi = lower_op(l, IR_COPY, v.hi, 0);
    return v;
}

static struct value
update(struct lower *l, const struct node *n)
{
    const struct type *t = n->a->type;
    struct value old, v, b = {0, 0};
    struct place p;

    if (t->kind != T_PTR)
        b = lower_value(l, n->b);
    p = lower_place(l, n->a);
    old = lower_load(l, &p, t);
    if (n->postfix && p.reg != NULL)
        old = copy_of(l, old);
    if (t->kind == T_PTR)
        v = (struct value){pointer_add(l, old.lo, n->b, n->scale), 0};
    else {
        v = lower_convert(l, old, t, n->ctype);
        v = arithmetic(l, n, v, b, n->ctype);
        v = lower_convert(l, v, n->ctype, t);
    }
    v = lower_store(l, &p, t, v);
    return n->postfix ? old : v;
}

static struct value
assign(struct lower *l, const struct node *n)
{
    struct value v = lower_value(l, n->b);
    struct place p = lower_place(l, n->a);

    return lower_store(l, &p, n->a->type, v);
}

struct value
lower_conditional(struct lower *l, const struct node *n)
{
    int yes = ir_new_block(l->f, 0), no = ir_new_block(l->f, 0);
    int end = ir_new_block(l->f, 0);
    struct value r = {0, 0};

    if (n->type->kind != T_VOID) {
        r.lo = ir_new_vreg(l->f);
        if (lower_is_wide(n->type) && !type_is_record(n->type))
            r.hi = ir_new_vreg(l->f);
    }
    lower_condition(l, n->a, yes, no);
    for (int i = 0; i < 2; i++) {
        const struct node *branch = i == 0 ? n->b : n->c;
        struct value v = {0, 0};

        lower_place_block(l, i == 0 ? yes : no);
        if (n->type->kind == T_VOID)
            lower_effect(l, branch);
        else if (type_is_record(n->type)) {
            struct ir_mem m = lower_record(l, branch);

            v.lo = lower_address(l, &m);
        } else
            v = lower_value(l, branch);
        if (r.lo != 0)
            lower_copy(l, r.lo, v.lo);
        if (r.hi != 0)
            lower_copy(l, r.hi, v.hi);
        lower_jump(l, end);
    }
    lower_place_block(l, end);
    return r;
}

static struct value
address_of(struct lower *l, const struct node *n)
{
    struct constant c;
    struct place p;

    if (constant_of(n, &c) && c.sym != NULL)
        return (struct value){
            lower_symbol_address(l, c.sym->link, (int32_t)c.value), 0};
    p = lower_place(l, n->a);
    return (struct value){lower_address(l, &p.m), 0};
}

/* memcpy and memset of a known number of bytes. */
static struct value
block_move(struct lower *l, const struct node *n)
{
    struct value to = lower_value(l, n->a);
    struct ir_mem m = {.base = to.lo};

    if (n->kind == E_COPY) {
        struct ir_mem from = {.base = lower_value(l, n->b).lo};

        lower_move(l, &m, &from, (uint32_t)n->value);
    } else
        lower_emit(l, (struct ir_ins){
                          .op = IR_ZERO, .m = m, .imm = (int32_t)n->value});
    return to;
}

static void
va_start(struct lower *l, const struct node *n)
{
    struct ir_mem m = {.base = l->params, .disp = (int32_t)n->value};
    struct place p = lower_place(l, n->a);
    struct value v = {lower_address(l, &m), 0};

    lower_store(l, &p, n->a->type, v);
}

struct value
lower_value(struct lower *l, const struct node *n)
{
    struct value v = {0, 0};
    struct place p;

    if (type_is_record(n->type)) {
        lower_record(l, n);
        return v;
    }
    switch (n->kind) {
    case E_NUM:
        v.lo = lower_constant(l, n->value);
        if (lower_is_wide(n->type))
            v.hi = lower_constant(l, n->value >> 32);
        return v;
    case E_ADDR:
        return address_of(l, n);
    case E_CALL:
        return lower_call(l, n, 0);
    case E_ASSIGN:
        return assign(l, n);
    case E_UPDATE:
        return update(l, n);
    case E_BINARY:
        return binary(l, n);
    case E_PTRADD: {
        struct constant c;

        if (constant_of(n, &c) && c.sym != NULL)
            return address_of(l, n);
        v.lo = lower_value(l, n->a).lo;
        v.lo = pointer_add(l, v.lo, n->b, n->scale);
        return v;
    }
    case E_NEG:
    case E_NOT:
    case E_LNOT:
        return unary(l, n);
    case E_CAST:
        if (n->type->kind == T_BOOL && lower_is_truth(n->a))
            return lower_value(l, n->a);
        return lower_convert(l, lower_value(l, n->a), n->a->type, n->type);
    case E_COND:
        return lower_conditional(l, n);
    case E_COMMA:
        lower_effect(l, n->a);
        return lower_value(l, n->b);
    case E_ANDAND:
    case E_OROR:
        return condition_value(l, n);
    case E_VA_START:
        va_start(l, n);
        return v;
    case E_VA_ARG:
        return lower_va_arg(l, n);
    case E_COPY:
    case E_ZERO:
        return block_move(l, n);
    case E_UNREACHABLE:
        lower_emit(l, (struct ir_ins){.op = IR_STOP});
        lower_place_block(l, ir_new_block(l->f, 0));
        return v;
    default:
        p = lower_place(l, n);
        return lower_load(l, &p, n->type);
    }
}

void
lower_effect(struct lower *l, const struct node *n)
{
    int yes, no;

    switch (n->kind) {
    case E_CAST:
        if (n->type->kind == T_VOID) {
            lower_effect(l, n->a);
            return;
        }
        break;
    case E_COMMA:
        lower_effect(l, n->a);
        lower_effect(l, n->b);
        return;
    case E_ANDAND:
    case E_OROR:
        /* The right side may be void-like: only its effect counts. */
        yes = ir_new_block(l->f, 0);
        no = ir_new_block(l->f, 0);
        if (n->kind == E_ANDAND)
            lower_condition(l, n->a, yes, no);
        else
            lower_condition(l, n->a, no, yes);
        lower_place_block(l, yes);
        lower_effect(l, n->b);
        lower_jump(l, no);
        lower_place_block(l, no);
        return;
    default:
        break;
    }
    lower_value(l, n);
}
