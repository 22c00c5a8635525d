/*
 * c_expr.c - C expressions at the monitor
 *
 * Names, numbers, character constants, the operators of C but assignments, ++
 * and --, casts, and sizeof; a name may be written 'file.c'::name.  Nothing
 * is changed in the machine, no function is called.  Numbers are computed in
 * 64 bits.
 */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "c_parse.h"
#include "machine.h"

enum { ADDRESS = 0xFFFFFF, NESTED_MAX = 64 };

static const struct ctype type_long = {
    .kind = CT_INT, .size = 8, .is_signed = true};

/* ---- values -------------------------------------------------------------- */

static struct cvalue
number(int64_t n)
{
    bool is_int = n >= INT32_MIN && n <= INT32_MAX;

    return (struct cvalue){.type = is_int ? &parse_int : &type_long,
                           .bits = (uint64_t)n};
}

static bool
is_number(const struct cvalue *v)
{
    return v->type->kind == CT_INT || v->type->kind == CT_CHAR ||
           v->type->kind == CT_BOOL || v->type->kind == CT_ENUM;
}

/* The address that a pointer, array or function stands for, and what is
 * there. */
static bool
address(struct parser *p, const struct cvalue *v, uint32_t *to,
        const struct ctype **target)
{
    if (v->type->kind == CT_POINTER) {
        *to = (uint32_t)cvalue_number(p->m, v) & ADDRESS;
        *target = v->type->target;
    } else if (v->type->kind == CT_ARRAY && v->in_storage) {
        *to = v->addr;
        *target = v->type->target;
    } else if (v->type->kind == CT_FUNCTION) {
        *to = v->addr;
        *target = v->type;
    } else
        return false;
    return true;
}

/* A number or an address as a number. */
static int64_t
scalar(struct parser *p, const struct cvalue *v)
{
    const struct ctype *target;
    uint32_t to;

    if (is_number(v))
        return cvalue_number(p->m, v);
    if (address(p, v, &to, &target))
        return to;
    parse_fail(p, "a structure or union is no operand");
    return 0;
}

static struct cvalue
cast(struct parser *p, const struct ctype *t, struct cvalue v)
{
    if (parse_failed(p) || t->kind == CT_RECORD)
        return parse_fail(p, "no cast to a structure or union");
    if (t->kind == CT_VOID)
        return (struct cvalue){.type = t};
    return (struct cvalue){.type = t, .bits = (uint64_t)scalar(p, &v)};
}

/* ---- operators ----------------------------------------------------------- */

static struct cvalue binary(struct parser *p, int least);
static struct cvalue unary(struct parser *p);

static struct cvalue
at(struct parser *p, const struct ctype *target, uint32_t to)
{
    if (target->kind == CT_VOID)
        return parse_fail(
            p, "a pointer to void points to nothing that has a type: "
               "write a cast");
    return (struct cvalue){
        .type = target, .in_storage = true, .addr = to & ADDRESS};
}

static struct cvalue
dereference(struct parser *p, struct cvalue v, int64_t index)
{
    const struct ctype *target;
    uint32_t to;

    if (parse_failed(p) || !address(p, &v, &to, &target))
        return parse_fail(p, "no pointer or array");
    if (v.type->kind == CT_ARRAY && v.type->count > 0 &&
        (index < 0 || index >= v.type->count))
        return parse_fail(p, "the array has %u elements", v.type->count);
    return at(p, target, to + (uint32_t)index * ctype_size(target));
}

/* The member with this name in the structure at v, also one in a member that
 * has none. */
static bool
member(const struct cvalue *v, const char *name, size_t n, struct cvalue *part,
       int depth)
{
    for (size_t i = 0; i < v->type->n && depth < NESTED_MAX; i++) {
        const struct cmember *m = &v->type->members[i];

        *part = (struct cvalue){.type = m->type,
                                .in_storage = true,
                                .addr = v->addr + m->offset,
                                .field = m->width > 0 ? m : NULL};
        if (strlen(m->name) == n && memcmp(m->name, name, n) == 0)
            return true;
        if (m->name[0] == '?' && m->type->kind == CT_RECORD) {
            struct cvalue inner = *part;

            if (member(&inner, name, n, part, depth + 1))
                return true;
        }
    }
    return false;
}

static struct cvalue
select_member(struct parser *p, struct cvalue v)
{
    size_t n = parse_name(p);
    struct cvalue part;

    if (parse_failed(p) || v.type->kind != CT_RECORD || !v.in_storage)
        return parse_fail(p, "no structure or union in front of \"%.20s\"",
                          p->s);
    if (!member(&v, p->s, n, &part, 0))
        return parse_fail(p, "\"%.*s\" is no member of %s", (int)n, p->s,
                          v.type->tag[0] == '?' ? "that structure"
                                                : v.type->tag);
    p->s += n;
    return part;
}

static struct cvalue
primary(struct parser *p)
{
    struct cvalue v;
    size_t n = parse_name(p);
    char *end;

    if (n > 0)
        return parse_variable(p, n);
    if (isdigit((unsigned char)*p->s)) {
        v = number((int64_t)strtoull(p->s, &end, 0));
        p->s = end + strspn(end, "uUlL");
        return v;
    }
    if (parse_accept(p, "'"))
        return parse_quoted(p);
    if (parse_accept(p, "(")) {
        v = binary(p, 0);
        parse_expect(p, ")");
        return v;
    }
    return parse_fail(p, "expected a name or number at \"%.20s\"", p->s);
}

static struct cvalue
postfix(struct parser *p)
{
    struct cvalue v = primary(p);

    while (!parse_failed(p)) {
        if (parse_accept(p, "->"))
            v = select_member(p, dereference(p, v, 0));
        else if (parse_accept(p, "."))
            v = select_member(p, v);
        else if (parse_accept(p, "[")) {
            struct cvalue i = binary(p, 0);

            v = dereference(p, v, scalar(p, &i));
            parse_expect(p, "]");
        } else
            break;
    }
    return v;
}

static struct cvalue
address_of(struct parser *p, struct cvalue v)
{
    if (parse_failed(p) || !v.in_storage || v.field != NULL)
        return parse_fail(
            p, "what & is to be applied to is in a register, or has no "
               "address");
    return (struct cvalue){.type = parse_pointer(p, v.type), .bits = v.addr};
}

static struct cvalue
unary(struct parser *p)
{
    const struct ctype *t;
    struct cvalue v;

    if (++p->nesting > NESTED_MAX)
        return parse_fail(p, "too deep");
    if (parse_word(p, "sizeof")) {
        t = parse_cast(p);
        v = number(ctype_size(t != NULL ? t : unary(p).type));
    } else if (parse_accept(p, "*"))
        v = dereference(p, unary(p), 0);
    else if (parse_accept(p, "&"))
        v = address_of(p, unary(p));
    else if (parse_accept(p, "-")) {
        v = unary(p);
        v = number((int64_t)(0 - (uint64_t)scalar(p, &v)));
    } else if (parse_accept(p, "~")) {
        v = unary(p);
        v = number(~scalar(p, &v));
    } else if (parse_accept(p, "!")) {
        v = unary(p);
        v = number(scalar(p, &v) == 0);
    } else if ((t = parse_cast(p)) != NULL)
        v = cast(p, t, unary(p));
    else
        v = postfix(p);
    p->nesting--;
    return v;
}

/* In the order in which they are to be tried. */
static const struct op {
    const char *text;
    int level;
} ops[] = {{"||", 1}, {"&&", 2}, {"==", 6}, {"!=", 6}, {"<<", 8}, {">>", 8},
           {"<=", 7}, {">=", 7}, {"|", 3},  {"^", 4},  {"&", 5},  {"<", 7},
           {">", 7},  {"+", 9},  {"-", 9},  {"*", 10}, {"/", 10}, {"%", 10}};

static const struct op *
operator_next(struct parser *p, int least)
{
    p->s += strspn(p->s, " \t");
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
        if (strncmp(p->s, ops[i].text, strlen(ops[i].text)) == 0)
            return ops[i].level > least ? &ops[i] : NULL;
    return NULL;
}

static int64_t
compute(struct parser *p, const char *op, int64_t a, int64_t b)
{
    uint64_t x = (uint64_t)a, y = (uint64_t)b;

    switch (op[0] == op[1] || op[1] == '=' ? op[0] + 256 * op[1] : op[0]) {
    case '|' + 256 * '|':
        return a != 0 || b != 0;
    case '&' + 256 * '&':
        return a != 0 && b != 0;
    case '=' + 256 * '=':
        return a == b;
    case '!' + 256 * '=':
        return a != b;
    case '<' + 256 * '=':
        return a <= b;
    case '>' + 256 * '=':
        return a >= b;
    case '<' + 256 * '<':
        return (int64_t)(x << (y & 63));
    case '>' + 256 * '>':
        return a >= 0 ? (int64_t)(x >> (y & 63)) : ~(int64_t)(~x >> (y & 63));
    case '<':
        return a < b;
    case '>':
        return a > b;
    case '|':
        return (int64_t)(x | y);
    case '^':
        return (int64_t)(x ^ y);
    case '&':
        return (int64_t)(x & y);
    case '+':
        return (int64_t)(x + y);
    case '-':
        return (int64_t)(x - y);
    case '*':
        return (int64_t)(x * y);
    default:
        if (b == 0 || (b == -1 && a == INT64_MIN)) {
            parse_fail(p, "division by zero");
            return 0;
        }
        return op[0] == '/' ? a / b : a % b;
    }
}

/* + and - with an address. */
static bool
address_sum(struct parser *p, char op, struct cvalue *a, struct cvalue b)
{
    const struct ctype *target, *other;
    uint32_t to, from;
    int64_t n;

    if ((op != '+' && op != '-') || !address(p, a, &to, &target))
        return false;
    if (target->kind == CT_FUNCTION || ctype_size(target) == 0)
        return false;
    if (op == '-' && address(p, &b, &from, &other)) {
        *a = number(((int64_t)to - from) / ctype_size(target));
        return true;
    }
    n = scalar(p, &b) * (int64_t)ctype_size(target);
    *a = (struct cvalue){
        .type = parse_pointer(p, target),
        .bits = ((uint64_t)to + (uint64_t)(op == '+' ? n : -n)) & ADDRESS};
    return true;
}

static struct cvalue
binary(struct parser *p, int least)
{
    struct cvalue v = unary(p);
    const struct op *op;

    while (!parse_failed(p) && (op = operator_next(p, least)) != NULL) {
        struct cvalue b;

        p->s += strlen(op->text);
        b = binary(p, op->level);
        if (parse_failed(p) || address_sum(p, op->text[0], &v, b))
            continue;
        v = number(compute(p, op->text, scalar(p, &v), scalar(p, &b)));
    }
    return v;
}

bool
expression(const struct machine *m, const struct frame *f, const char *text,
           struct cvalue *value, struct ctype made[EXPRESSION_TYPES],
           char error[EXPRESSION_ERROR])
{
    struct parser p = {.m = m, .f = f, .s = text, .error = error, .made = made};

    error[0] = '\0';
    *value = binary(&p, 0);
    p.s += strspn(p.s, " \t");
    if (!parse_failed(&p) && *p.s != '\0')
        parse_fail(&p, "nothing is expected at \"%.20s\"", p.s);
    return !parse_failed(&p);
}
