/*
 * const.c - constant expressions.
 *
 * Numbers are folded as the tree is built (constant_fold), so an integer
 * constant expression is simply an E_NUM.  Addresses become constant only
 * where an initializer asks (constant_of).  A value is kept as 64 bits,
 * sign- or zero-extended from the width of its type.
 */
#include "tree.h"

static bool is_wanted;
static const struct token *undefined; /* the last one since it is wanted */
static const char *undefined_why;

bool
constant_wanted(bool wanted)
{
    bool before = is_wanted;

    is_wanted = wanted;
    undefined = NULL;
    return before;
}

void
constant_undefined(const struct token *tok, const char *why)
{
    undefined = tok;
    undefined_why = why;
    if (!is_wanted)
        warn_at(tok, "constants", "%s", why);
}

void
constant_missing(const struct token *tok, const char *why)
{
    error_at(undefined != NULL ? undefined : tok, "%s",
             undefined != NULL ? undefined_why : why);
}

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

/* Is a op b, of +, -, * or /, more than the signed type t holds? */
static bool
overflows(enum operator op, const struct type *t, int64_t a, int64_t b)
{
    int64_t r = 0;
    bool over = op == OP_ADD              ? __builtin_add_overflow(a, b, &r)
                : op == OP_SUB            ? __builtin_sub_overflow(a, b, &r)
                : op == OP_MUL            ? __builtin_mul_overflow(a, b, &r)
                : op == OP_DIV && b == -1 ? __builtin_sub_overflow(0, a, &r)
                                          : false;

    return type_is_signed(t) && (over || r != constant_wrap(t, r));
}

/* Does C leave a op b in type t open? */
static bool
is_undefined(enum operator op, const struct type *t, int64_t a, int64_t b)
{
    return overflows(op, t, a, b) ||
           ((op == OP_SHL || op == OP_SHR) &&
            (uint64_t)b >= type_size(t) * 8) ||
           ((op == OP_DIV || op == OP_MOD) && b == 0);
}

static int64_t
compute(enum operator op, const struct type *t, int64_t a, int64_t b)
{
    uint64_t ua = (uint64_t)a, ub = (uint64_t)b;
    bool is_signed = type_is_signed(t);
    bool less = is_signed ? a < b : ua < ub;

    switch (op) {
    case OP_ADD:
        return (int64_t)(ua + ub);
    case OP_SUB:
        return (int64_t)(ua - ub);
    case OP_MUL:
        return (int64_t)(ua * ub);
    case OP_DIV: /* -1: the host cannot divide the least number by it */
        return !is_signed ? (int64_t)(ua / ub)
               : b == -1  ? (int64_t)(0 - ua)
                          : a / b;
    case OP_MOD:
        return !is_signed ? (int64_t)(ua % ub) : b == -1 ? 0 : a % b;
    case OP_AND:
        return a & b;
    case OP_OR:
        return a | b;
    case OP_XOR:
        return a ^ b;
    case OP_SHL:
        return (int64_t)(ua << ub);
    case OP_SHR:
        return is_signed ? a >> ub : (int64_t)(ua >> ub);
    case OP_LT:
        return less;
    case OP_GT:
        return !less && a != b;
    case OP_LE:
        return less || a == b;
    case OP_GE:
        return !less;
    case OP_EQ:
        return a == b;
    case OP_NE:
        return a != b;
    }
    return 0;
}

struct node *
constant_fold(struct node *n)
{
    struct node *last = n->b; /* what decides, once a is known */
    int64_t a;

    if (n->a == NULL || n->a->kind != E_NUM)
        return n;
    a = n->a->value;
    switch (n->kind) {
    case E_NEG:
        if (overflows(OP_SUB, n->type, 0, a))
            return n;
        return become(n, (int64_t)(0 - (uint64_t)a));
    case E_NOT:
        return become(n, ~a);
    case E_LNOT:
        return become(n, a == 0);
    case E_CAST:
        return type_is_scalar(n->type) ? become(n, a) : n;
    case E_BINARY:
        if (last->kind != E_NUM ||
            is_undefined(n->op, n->a->type, a, last->value))
            return n;
        return become(n, compute(n->op, n->a->type, a, last->value));
    case E_COND:
        last = a != 0 ? n->b : n->c;
        return last->kind == E_NUM ? become(n, last->value) : n;
    case E_ANDAND:
    case E_OROR:
        if ((a != 0) == (n->kind == E_OROR))
            return become(n, a != 0);
        return last->kind == E_NUM ? become(n, last->value != 0) : n;
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
        if (c->sym != NULL && n->type->kind != T_BOOL)
            return type_size(n->type) >= 4;
        if (c->sym != NULL) /* no object is at location 0 */
            *c = (struct constant){.value = 1};
        c->value = constant_wrap(n->type, c->value);
        return true;
    case E_PTRADD:
        if (!constant_of(n->a, c) || !constant_of(n->b, &b) || b.sym != NULL)
            return false;
        c->value += b.value * n->scale;
        return true;
    case E_BINARY:
        if (!constant_of(n->a, c) || !constant_of(n->b, &b))
            return false;
        if ((n->op == OP_EQ || n->op == OP_NE) && c->sym != b.sym &&
            (c->sym != NULL || c->value == 0) &&
            (b.sym != NULL || b.value == 0)) {
            *c = (struct constant){.value = n->op == OP_NE};
            return true;
        }
        if (c->sym == b.sym && (c->sym == NULL || n->op >= OP_LT)) {
            c->sym = NULL;
            if (is_undefined(n->op, n->a->type, c->value, b.value))
                return false;
            c->value = constant_wrap(
                n->type, compute(n->op, n->a->type, c->value, b.value));
            return true;
        }
        if (n->op == OP_ADD && (c->sym == NULL || b.sym == NULL)) {
            c->sym = c->sym != NULL ? c->sym : b.sym;
            c->value += b.value;
            return true;
        }
        if (n->op == OP_SUB && (b.sym == NULL || b.sym == c->sym)) {
            c->sym = b.sym == NULL ? c->sym : NULL;
            c->value -= b.value;
            return true;
        }
        return false;
    case E_COND:
        if (!constant_of(n->a, &b))
            return false;
        return constant_of(b.sym != NULL || b.value != 0 ? n->b : n->c, c);
    default:
        return false;
    }
}
