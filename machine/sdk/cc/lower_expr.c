/*
 * lower_expr.c - expressions.
 */
#include "lower.h"

/* The value 0 or 1 of a condition. */
static struct value
truth(struct lower *l, const struct node *n)
{
    const struct node one = {.kind = E_NUM, .type = type_int, .value = 1};
    const struct node zero = {.kind = E_NUM, .type = type_int};

    return lower_choice(l, type_int, n, &one, &zero);
}

static struct value
binary(struct lower *l, const struct node *n)
{
    struct value a, b;

    if (n->op >= OP_LT && lower_is_wide(n->a->type))
        return truth(l, n);
    a = lower_value(l, n->a);
    b = lower_value(l, n->b);
    if (n->op < OP_LT)
        return lower_arithmetic(l, n->op, n->type, a, b);
    return lower_set(l, lower_condition_code(n->op, n->a->type), a, b);
}

static struct value
unary(struct lower *l, const struct node *n)
{
    struct value a = lower_value(l, n->a);

    if (n->kind == E_LNOT)
        return lower_compare_zero(l, a, COND_EQ);
    if (n->kind == E_NEG)
        return lower_arithmetic(l, OP_SUB, n->type, lower_number(l, n->type, 0),
                                a);
    return lower_arithmetic(l, OP_XOR, n->type, a,
                            lower_number(l, n->type, -1));
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
        v = lower_arithmetic(l, n->op, n->ctype, v, b);
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
lower_choice(struct lower *l, const struct type *t, const struct node *test,
             const struct node *a, const struct node *b)
{
    int yes = ir_new_block(l->f, 0), no = ir_new_block(l->f, 0);
    int end = ir_new_block(l->f, 0);
    struct value r = {0, 0};

    if (t->kind != T_VOID)
        r.lo = ir_new_vreg(l->f);
    if (type_is_scalar(t) && lower_is_wide(t))
        r.hi = ir_new_vreg(l->f);
    lower_condition(l, test, yes, no);
    for (int i = 0; i < 2; i++) {
        const struct node *branch = i == 0 ? a : b;
        struct value v;

        lower_place_block(l, i == 0 ? yes : no);
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

    switch (n->kind) {
    case E_NUM:
        return lower_number(l, n->type, n->value);
    case E_ADDR:
        p = lower_place(l, n->a);
        v.lo = lower_address(l, &p.m);
        return v;
    case E_CALL:
        return lower_call(l, n);
    case E_ASSIGN:
        return assign(l, n);
    case E_UPDATE:
        return update(l, n);
    case E_BINARY:
        return binary(l, n);
    case E_PTRADD:
        v = lower_value(l, n->a);
        v.lo = pointer_add(l, v.lo, n->b, n->scale);
        return v;
    case E_NEG:
    case E_NOT:
    case E_LNOT:
        return unary(l, n);
    case E_CAST:
        if (n->type->kind == T_BOOL && lower_is_truth(n->a))
            return lower_value(l, n->a);
        return lower_convert(l, lower_value(l, n->a), n->a->type, n->type);
    case E_COND:
        return lower_choice(l, n->type, n->a, n->b, n->c);
    case E_COMMA:
        lower_effect(l, n->a);
        return lower_value(l, n->b);
    case E_ANDAND:
    case E_OROR:
        return truth(l, n);
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
    if (n->kind == E_CAST && n->type->kind == T_VOID)
        lower_effect(l, n->a);
    else if (n->kind == E_COMMA) {
        lower_effect(l, n->a);
        lower_effect(l, n->b);
    } else
        lower_value(l, n);
}
