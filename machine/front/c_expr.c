/*
 * c_expr.c - C expressions at the monitor
 *
 * Names, numbers, character constants, the operators of C but assignments, ++
 * and --, casts, and sizeof; a name may be written 'file.c'::name.  Nothing
 * is changed in the machine, no function is called.  Numbers have the types
 * that C gives them, so that a comparison comes out as in the program.
 */
#include <ctype.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "c_parse.h"
#include "machine.h"

enum { ADDRESS = 0xFFFFFF };

static const char changes_nothing[] =
    "there are no assignments, ++, --, commas and calls: print changes nothing";

static const struct ctype parse_unsigned = {.kind = CT_INT, .size = 4},
                          type_long = {.kind = CT_INT,
                                       .size = 8,
                                       .is_signed = true},
                          type_ulong = {.kind = CT_INT, .size = 8};

/* ---- values -------------------------------------------------------------- */

static struct cvalue
number(const struct ctype *type, uint64_t bits)
{
    return (struct cvalue){.type = type, .bits = bits};
}

static const struct ctype *
type_of_number(unsigned size, bool is_signed)
{
    if (size > 4)
        return is_signed ? &type_long : &type_ulong;
    return is_signed ? &parse_int : &parse_unsigned;
}

static bool
is_number(const struct cvalue *v)
{
    return v->type->kind == CT_INT || v->type->kind == CT_CHAR ||
           v->type->kind == CT_BOOL || v->type->kind == CT_ENUM;
}

/* What the integer promotions make of v; an address counts as unsigned. */
static const struct ctype *
promoted(const struct cvalue *v)
{
    unsigned bits = v->field != NULL ? v->field->width : 8 * v->type->size;

    if (!is_number(v))
        return &parse_unsigned;
    return bits < 32 || v->type->kind == CT_CHAR
               ? &parse_int
               : type_of_number(bits == 32 ? 4 : v->type->size,
                                v->type->is_signed);
}

/* The usual arithmetic conversions. */
static const struct ctype *
common(const struct cvalue *v, const struct cvalue *w)
{
    const struct ctype *a = promoted(v), *b = promoted(w);

    if (a->size != b->size)
        return a->size > b->size ? a : b;
    return a->is_signed ? b : a;
}

/* The address that a pointer, array or function stands for, and what is
 * there. */
static bool
address(struct parser *p, const struct cvalue *v, uint32_t *to,
        const struct ctype **target)
{
    if (v->type->kind == CT_POINTER) {
        *to = (uint32_t)parse_number(p, v);
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
        return parse_number(p, v);
    if (address(p, v, &to, &target))
        return to;
    parse_fail(p, "a structure or union is no operand");
    return 0;
}

/* The number v as one of the type t. */
static int64_t
converted(struct parser *p, const struct ctype *t, const struct cvalue *v)
{
    struct cvalue to = number(t, (uint64_t)scalar(p, v));

    if (t->kind == CT_BOOL)
        return to.bits != 0;
    return cvalue_number(p->m, &to);
}

static struct cvalue
cast(struct parser *p, const struct ctype *t, struct cvalue v)
{
    if (parse_failed(p) || t->kind == CT_VOID)
        return (struct cvalue){.type = t};
    if (t->kind == CT_RECORD || t->kind == CT_ARRAY || t->kind == CT_FUNCTION)
        return parse_fail(p,
                          "no cast to a structure, union, array or function");
    return number(t, (uint64_t)converted(p, t, &v));
}

/* ---- operators ----------------------------------------------------------- */

static struct cvalue conditional(struct parser *p);
static struct cvalue unary(struct parser *p);

static struct cvalue
at(struct parser *p, const struct ctype *target, uint32_t to)
{
    if (target->kind == CT_VOID)
        return parse_fail(
            p, "a pointer to void points to nothing that has a type: "
               "write a cast");
    if (ctype_is_declared(target))
        return parse_fail(p, "no file defines what \"%s\" is", target->tag);
    return (struct cvalue){
        .type = target, .in_storage = true, .addr = to & ADDRESS};
}

/* a + n or, with n < 0, a - n: of an address. */
static struct cvalue
moved(struct parser *p, const struct cvalue *a, int64_t n)
{
    const struct ctype *target;
    uint32_t to;

    if (!address(p, a, &to, &target) || target->kind == CT_FUNCTION ||
        ctype_size(target) == 0)
        return parse_fail(p, "no pointer or array that one can count with");
    return number(parse_pointer(p, target),
                  to + (uint32_t)n * ctype_size(target));
}

static struct cvalue
dereference(struct parser *p, struct cvalue v, int64_t index)
{
    const struct ctype *target;
    uint32_t to;

    if (parse_failed(p) || !address(p, &v, &to, &target))
        return parse_fail(p, "no pointer or array");
    if (v.type->kind == CT_ARRAY && v.type->count > 0 &&
        (index < 0 || index >= v.type->count) && p->dead == 0)
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
literal(struct parser *p)
{
    const char *start = p->s;
    char *end;
    uint64_t n;
    size_t suffix;
    bool is_unsigned, is_long;

    errno = 0;
    n = strtoull(start, &end, 0);
    suffix = strspn(end, "uUlL");
    is_unsigned = strcspn(end, "uU") < suffix;
    is_long =
        strstr(end, "ll") == end || strstr(end, "LL") == end || suffix == 3;
    p->s = end + suffix;
    if (isalnum((unsigned char)*p->s) || *p->s == '.' || *p->s == '_')
        return parse_fail(p, "\"%.20s\" is no whole number of C", start);
    if (errno != 0)
        return parse_fail(p, "\"%.20s\" does not fit into 64 bits", start);
    if (!is_long && n <= INT32_MAX)
        return number(type_of_number(4, !is_unsigned), n);
    if (!is_long && n <= UINT32_MAX && (is_unsigned || *start == '0'))
        return number(&parse_unsigned, n);
    return number(type_of_number(8, !is_unsigned && n <= INT64_MAX), n);
}

static struct cvalue
primary(struct parser *p)
{
    struct cvalue v;
    size_t n = parse_name(p);

    if (n == 1 && strchr("LuU", *p->s) != NULL && p->s[1] == '\'')
        p->s++; /* L'c' */
    else if (n > 0)
        return parse_variable(p, n);
    if (isdigit((unsigned char)*p->s))
        return literal(p);
    if (*p->s == '\'')
        return parse_quoted(p);
    if (parse_accept(p, "(")) {
        v = conditional(p);
        parse_expect(p, ")");
        return v;
    }
    return *p->s == '\0'
               ? parse_fail(p, "the expression ends too early")
               : parse_fail(p, "expected a name or number at \"%.20s\"", p->s);
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
            struct cvalue i = conditional(p);

            v = is_number(&v) ? dereference(p, i, scalar(p, &v))
                              : dereference(p, v, scalar(p, &i));
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

/* Nothing in its operand is computed. */
static struct cvalue
size_of(struct parser *p)
{
    const struct ctype *t;
    struct cvalue v;

    p->dead++;
    t = parse_cast(p);
    v = t != NULL ? (struct cvalue){.type = t} : unary(p);
    p->dead--;
    if (v.type->kind == CT_FUNCTION || v.field != NULL)
        return parse_fail(p, "a function or bit-field has no size");
    if (ctype_size(v.type) == 0 && !parse_failed(p))
        return parse_fail(p, "its size is not known");
    return number(&parse_unsigned, ctype_size(v.type));
}

/* start + sign * v */
static struct cvalue
negated(struct parser *p, struct cvalue v, int start, int sign)
{
    if (!is_number(&v))
        return parse_fail(p, "expected a number behind +, - or ~");
    return number(promoted(&v),
                  (uint64_t)start + (uint64_t)sign * (uint64_t)scalar(p, &v));
}

static struct cvalue
unary(struct parser *p)
{
    const struct ctype *t;
    struct cvalue v;

    if (++p->nesting > NESTED_MAX)
        return parse_fail(p, "too deep");
    if (parse_word(p, "sizeof"))
        v = size_of(p);
    else if (parse_accept(p, "++") || parse_accept(p, "--"))
        v = parse_fail(p, "%s", changes_nothing);
    else if (parse_accept(p, "*"))
        v = dereference(p, unary(p), 0);
    else if (parse_accept(p, "&"))
        v = address_of(p, unary(p));
    else if (parse_accept(p, "+"))
        v = negated(p, unary(p), 0, 1);
    else if (parse_accept(p, "-"))
        v = negated(p, unary(p), 0, -1);
    else if (parse_accept(p, "~"))
        v = negated(p, unary(p), -1, -1);
    else if (parse_accept(p, "!")) {
        v = unary(p);
        v = number(&parse_int, scalar(p, &v) == 0);
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
    if (strncmp(p->s, "++", 2) == 0 || strncmp(p->s, "--", 2) == 0)
        return NULL;
    for (size_t i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
        if (strncmp(p->s, ops[i].text, strlen(ops[i].text)) == 0)
            return ops[i].level > least ? &ops[i] : NULL;
    return NULL;
}

static struct cvalue
divided(struct parser *p, const struct ctype *t, char op, int64_t a, int64_t b)
{
    int64_t least = t->size == 8 ? INT64_MIN : INT32_MIN;
    uint64_t x = (uint64_t)a, y = (uint64_t)b;

    if (p->dead > 0)
        return number(t, 0);
    if (b == 0)
        return parse_fail(p, "division by zero");
    if (!t->is_signed)
        return number(t, op == '/' ? x / y : x % y);
    if (b == -1 && a == least)
        return parse_fail(p, "the quotient is too large");
    return number(t, (uint64_t)(op == '/' ? a / b : a % b));
}

static struct cvalue
shifted(struct parser *p, const struct ctype *t, char op, int64_t a, int64_t n)
{
    uint64_t x = (uint64_t)a;

    if ((n < 0 || n >= 8 * (int64_t)t->size) && p->dead == 0)
        return parse_fail(p, "a shift of a value of %u bits by %lld",
                          8 * t->size, (long long)n);
    n &= 63;
    if (op == '<')
        return number(t, x << n);
    return number(t, a >= 0 || !t->is_signed ? x >> n : ~(~x >> n));
}

static struct cvalue
compute(struct parser *p, const char *op, const struct cvalue *v,
        const struct cvalue *w)
{
    const struct ctype *t = common(v, w);
    int64_t a = converted(p, t, v), b = converted(p, t, w);
    uint64_t x = (uint64_t)a, y = (uint64_t)b;

    switch (op[0] == op[1] || op[1] == '=' ? op[0] + 256 * op[1] : op[0]) {
    case '=' + 256 * '=':
        return number(&parse_int, a == b);
    case '!' + 256 * '=':
        return number(&parse_int, a != b);
    case '<' + 256 * '=':
        return number(&parse_int, t->is_signed ? a <= b : x <= y);
    case '>' + 256 * '=':
        return number(&parse_int, t->is_signed ? a >= b : x >= y);
    case '<' + 256 * '<':
    case '>' + 256 * '>':
        t = promoted(v);
        return shifted(p, t, op[0], converted(p, t, v), scalar(p, w));
    case '<':
        return number(&parse_int, t->is_signed ? a < b : x < y);
    case '>':
        return number(&parse_int, t->is_signed ? a > b : x > y);
    case '|':
        return number(t, x | y);
    case '^':
        return number(t, x ^ y);
    case '&':
        return number(t, x & y);
    case '+':
        return number(t, x + y);
    case '-':
        return number(t, x - y);
    case '*':
        return number(t, x * y);
    default:
        return divided(p, t, op[0], a, b);
    }
}

/* + and - with an address. */
static struct cvalue
address_sum(struct parser *p, char op, const struct cvalue *a,
            const struct cvalue *b)
{
    const struct ctype *target, *other;
    uint32_t to, from;

    if (op == '+' && is_number(a))
        return moved(p, b, scalar(p, a));
    if (is_number(b))
        return moved(p, a, op == '+' ? scalar(p, b) : -scalar(p, b));
    if (op == '+' || !address(p, a, &to, &target) ||
        !address(p, b, &from, &other) || ctype_size(target) == 0 ||
        ctype_size(target) != ctype_size(other))
        return parse_fail(p, "these two cannot be added or subtracted");
    return number(&parse_int, (uint64_t)((int64_t)(int32_t)(to - from) /
                                         (int64_t)ctype_size(target)));
}

static struct cvalue
binary(struct parser *p, int least)
{
    struct cvalue v = unary(p);
    const struct op *op;

    while (!parse_failed(p) && (op = operator_next(p, least)) != NULL) {
        bool logical = op->level <= 2, is_true = false, decided = false;
        struct cvalue b;

        if (logical) {
            is_true = scalar(p, &v) != 0;
            decided = is_true == (op->level == 1);
        }
        p->s += strlen(op->text);
        if (*p->s == '=')
            parse_fail(p, "%s", changes_nothing);
        p->dead += decided;
        b = binary(p, op->level);
        p->dead -= decided;
        if (parse_failed(p))
            break;
        if (logical)
            v = number(&parse_int, decided ? is_true : scalar(p, &b) != 0);
        else if (strchr("+-", op->text[0]) != NULL &&
                 !(is_number(&v) && is_number(&b)))
            v = address_sum(p, op->text[0], &v, &b);
        else
            v = compute(p, op->text, &v, &b);
    }
    return v;
}

static struct cvalue
conditional(struct parser *p)
{
    struct cvalue v = binary(p, 0), a, b;
    bool first;

    if (parse_failed(p) || !parse_accept(p, "?"))
        return v;
    first = scalar(p, &v) != 0;
    p->dead += !first;
    a = conditional(p);
    p->dead -= !first;
    parse_expect(p, ":");
    p->dead += first;
    b = conditional(p);
    p->dead -= first;
    if (parse_failed(p) || !is_number(&a) || !is_number(&b))
        return first ? a : b;
    return number(common(&a, &b), (uint64_t)scalar(p, first ? &a : &b));
}

bool
expression(const struct machine *m, const struct frame *f, const char *text,
           struct cvalue *value, struct ctype made[EXPRESSION_TYPES],
           char error[EXPRESSION_ERROR])
{
    struct parser p = {.m = m, .f = f, .s = text, .error = error, .made = made};

    error[0] = '\0';
    *value = conditional(&p);
    p.s += strspn(p.s, " \t");
    if (!parse_failed(&p) && *p.s != '\0') {
        if (strchr("=+-*/%&|^<>(,", *p.s) != NULL)
            parse_fail(&p, "%s", changes_nothing);
        else
            parse_fail(&p, "nothing is expected at \"%.20s\"", p.s);
    }
    if (!parse_failed(&p))
        parse_storage(&p, value);
    return !parse_failed(&p);
}
