/*
 * const.c - constant expressions.
 *
 * Numbers are folded as the tree is built (constant_fold), so an integer
 * constant expression is simply an E_NUM.  Addresses become constant only
 * where an initializer asks (constant_of).  A value is kept as 64 bits,
 * sign- or zero-extended from the width of its type.
 */
#include "tree.h"

int64_t
constant_wrap(const struct type *t, int64_t value)
{
    uint32_t bits = type_size(t) * 8;
    uint64_t mask;

    if (t->kind == T_BOOL)
        return value != 0;
    if (bits >= 64 || bits == 0)
        return value;
    mask = ((uint64_t)1 << bits) - 1;
    if (type_is_signed(t) && ((uint64_t)value >> (bits - 1) & 1) != 0)
        return (int64_t)((uint64_t)value | ~mask);
    return (int64_t)((uint64_t)value & mask);
}

static struct node *
become(struct node *n, int64_t value)
{
    n->kind = E_NUM;
    n->value = constant_wrap(n->type, value);
    n->a = n->b = n->c = NULL;
    return n;
}

static bool
compare(enum operator op, bool is_signed, int64_t a, int64_t b)
{
    bool less = is_signed ? a < b : (uint64_t)a < (uint64_t)b;

    switch (op) {
    case OP_LT:
        return less;
    case OP_GE:
        return !less;
    case OP_GT:
        return !less && a != b;
    case OP_LE:
        return less || a == b;
    case OP_EQ:
        return a == b;
    default:
        return a != b;
    }
}

/* a op b in type t; false where C leaves it open. */
static bool
compute(enum operator op, const struct type *t, int64_t a, int64_t b,
        int64_t *r)
{
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
    bool is_signed = type_is_signed(t);
    uint64_t bits = type_size(t) * 8;

    switch (op) {
    case OP_ADD:
        *r = (int64_t)(ua + ub);
        return true;
    case OP_SUB:
        *r = (int64_t)(ua - ub);
        return true;
    case OP_MUL:
        *r = (int64_t)(ua * ub);
        return true;
    case OP_AND:
        *r = a & b;
        return true;
    case OP_OR:
        *r = a | b;
        return true;
    case OP_XOR:
        *r = a ^ b;
        return true;
    case OP_SHL:
        *r = ub < bits ? (int64_t)(ua << ub) : 0;
        return ub < bits;
    case OP_SHR:
        if (ub < bits)
            *r = is_signed ? a >> ub : (int64_t)(ua >> ub);
        return ub < bits;
    case OP_DIV:
    case OP_MOD:
        if (b == 0 || (is_signed && b == -1))
            return false;
        if (is_signed)
            *r = op == OP_DIV ? a / b : a % b;
        else
            *r = (int64_t)(op == OP_DIV ? ua / ub : ua % ub);
        return true;
    default:
        *r = compare(op, is_signed, a, b);
        return true;
    }
}

static struct node *
fold_binary(struct node *n)
{
    const struct type *t = n->a->type;
    int64_t r = 0;

    if (n->a->kind != E_NUM || n->b->kind != E_NUM)
        return n;
    /* -1: the one quotient that is safe to give here is the negation */
    if ((n->op == OP_DIV || n->op == OP_MOD) && type_is_signed(t) &&
        n->b->value == -1)
        return become(
            n, n->op == OP_MOD ? 0 : (int64_t)(0 - (uint64_t)n->a->value));
    if (!compute(n->op, t, n->a->value, n->b->value, &r))
        return n;
    return become(n, r);
}

/* a && b, a || b, a ? b : c with a known a. */
static struct node *
fold_logical(struct node *n)
{
    bool a;

    if (n->a->kind != E_NUM)
        return n;
    a = n->a->value != 0;
    if (n->kind == E_COND) {
        struct node *r = a ? n->b : n->c;

        return r->kind == E_NUM ? become(n, r->value) : n;
    }
    if (a == (n->kind == E_OROR))
        return become(n, a);
    return n->b->kind == E_NUM ? become(n, n->b->value != 0) : n;
}

struct node *
constant_fold(struct node *n)
{
    switch (n->kind) {
    case E_BINARY:
        return fold_binary(n);
    case E_NEG:
        return n->a->kind == E_NUM
                   ? become(n, (int64_t)(0 - (uint64_t)n->a->value))
                   : n;
    case E_NOT:
        return n->a->kind == E_NUM ? become(n, ~n->a->value) : n;
    case E_LNOT:
        return n->a->kind == E_NUM ? become(n, n->a->value == 0) : n;
    case E_CAST:
        if (n->a->kind == E_NUM && type_is_scalar(n->type))
            return become(n, n->a->value);
        return n;
    case E_COND:
    case E_ANDAND:
    case E_OROR:
        return fold_logical(n);
    default:
        return n;
    }
}

static bool
lvalue_address(const struct node *n, struct constant *c)
{
    switch (n->kind) {
    case E_VAR:
    case E_LITERAL:
        if (n->sym->link == NULL)
            return false;
        c->sym = n->sym;
        c->value = 0;
        return true;
    case E_DEREF:
        return constant_of(n->a, c);
    case E_MEMBER:
        if (!lvalue_address(n->a, c))
            return false;
        c->value += n->value;
        return true;
    default:
        return false;
    }
}

bool
constant_of(const struct node *n, struct constant *c)
{
    struct constant b;

    switch (n->kind) {
    case E_NUM:
        c->sym = NULL;
        c->value = n->value;
        return true;
    case E_ADDR:
        return lvalue_address(n->a, c);
    case E_CAST:
        if (!constant_of(n->a, c))
            return false;
        if (c->sym != NULL)
            return type_size(n->type) >= 4;
        c->value = constant_wrap(n->type, c->value);
        return true;
    case E_PTRADD:
        if (!constant_of(n->a, c) || !constant_of(n->b, &b) || b.sym != NULL)
            return false;
        c->value += b.value * n->scale;
        return true;
    case E_PTRDIFF:
        if (!constant_of(n->a, c) || !constant_of(n->b, &b) ||
            c->sym != b.sym || n->scale == 0)
            return false;
        c->sym = NULL;
        c->value = (c->value - b.value) / n->scale;
        return true;
    case E_BINARY:
        if (!constant_of(n->a, c) || !constant_of(n->b, &b))
            return false;
        if (c->sym == NULL && b.sym == NULL) {
            if (!compute(n->op, n->a->type, c->value, b.value, &c->value))
                return false;
            c->value = constant_wrap(n->type, c->value);
            return true;
        }
        if (n->op == OP_ADD && (c->sym == NULL || b.sym == NULL)) {
            c->sym = c->sym != NULL ? c->sym : b.sym;
            c->value += b.value;
            return true;
        }
        if (n->op == OP_SUB && b.sym == NULL) {
            c->value -= b.value;
            return true;
        }
        return false;
    case E_COND:
        if (!constant_of(n->a, &b) || b.sym != NULL)
            return false;
        return constant_of(b.value != 0 ? n->b : n->c, c);
    default:
        return false;
    }
}
