/*
 * check.c - warnings about what is legal but seldom meant.
 *
 * The question behind most of them is which values an expression can have:
 * range_of() knows those of constants, of what was extended from a shorter
 * type, and of the operators that make numbers smaller.  So `c & 0x7f` may go
 * into a char without a message, and `n % 10` may be compared with anything.
 */
#include "lower.h"
#include "parse.h"

#include <string.h>

#include "machine/io/ebcdic.h"

/* ---- ranges -------------------------------------------------------------- */

struct range {
    int64_t low, high; /* of 64 bits unsigned: as if there were 63 */
};

static struct range
range_of_type(const struct type *t)
{
    int bits = 8 * (int)type_size(t);

    if (t->kind == T_BOOL)
        return (struct range){0, 1};
    if (type_is_signed(t)) {
        int64_t high = (int64_t)(((uint64_t)1 << (bits - 1)) - 1);

        return (struct range){-high - 1, high};
    }
    return (struct range){0, bits == 64 ? INT64_MAX : ((int64_t)1 << bits) - 1};
}

static bool
within(struct range r, struct range of)
{
    return r.low >= of.low && r.high <= of.high;
}

static struct range range_of(const struct node *n);

static struct range
range_of_binary(const struct node *n)
{
    struct range own = range_of_type(n->type), a, b, r = own;
    int64_t by;

    if (n->op >= OP_LT)
        return (struct range){0, 1};
    a = range_of(n->a);
    b = range_of(n->b);
    switch (n->op) {
    case OP_AND:
        if (a.low >= 0 && b.low >= 0)
            r = (struct range){0, a.high < b.high ? a.high : b.high};
        else if (b.low >= 0)
            r = (struct range){0, b.high};
        else if (a.low >= 0)
            r = (struct range){0, a.high};
        break;
    case OP_OR:
    case OP_XOR:
        if (a.low >= 0 && b.low >= 0) {
            r = (struct range){0, 1};
            while (r.high < a.high || r.high < b.high)
                r.high = r.high * 2 + 1;
        }
        break;
    case OP_MOD:
        if (n->b->kind == E_NUM && n->b->value > 0)
            r = (struct range){a.low < 0 ? 1 - n->b->value : 0,
                               n->b->value - 1};
        break;
    case OP_SHL:
        if (n->b->kind == E_NUM && n->b->value >= 0 && n->b->value < 32 &&
            type_size(n->type) <= 4)
            r = (struct range){a.low * ((int64_t)1 << n->b->value),
                               a.high * ((int64_t)1 << n->b->value)};
        break;
    case OP_SHR:
    case OP_DIV:
        by = n->b->kind != E_NUM ? 0
             : n->op == OP_DIV   ? n->b->value
             : n->b->value >= 0 && n->b->value < 63 && a.low >= 0
                 ? (int64_t)1 << n->b->value
                 : 0;
        if (by > 0)
            r = (struct range){a.low / by,
                               a.high == INT64_MAX && by > 1
                                   ? (int64_t)(UINT64_MAX / (uint64_t)by)
                                   : a.high / by};
        break;
    case OP_ADD:
        if (type_size(n->type) <= 4)
            r = (struct range){a.low + b.low, a.high + b.high};
        break;
    case OP_SUB:
        if (type_size(n->type) <= 4)
            r = (struct range){a.low - b.high, a.high - b.low};
        break;
    default:
        break;
    }
    return within(r, own) ? r : own;
}

/* The values that n can have, as far as that is easy to see. */
static struct range
range_of(const struct node *n)
{
    struct range own = range_of_type(n->type), r, other;

    switch (n->kind) {
    case E_NUM:
        return (struct range){n->value, n->value};
    case E_LNOT:
    case E_ANDAND:
    case E_OROR:
        return (struct range){0, 1};
    case E_BINARY:
        return range_of_binary(n);
    case E_COND:
        r = range_of(n->b);
        other = range_of(n->c);
        return (struct range){r.low < other.low ? r.low : other.low,
                              r.high > other.high ? r.high : other.high};
    case E_COMMA:
        return range_of(n->b);
    case E_MEMBER:
        if (n->member->is_bits && n->member->width < 32) {
            int64_t one = (int64_t)1 << n->member->width;

            return type_is_signed(n->member->type)
                       ? (struct range){-one / 2, one / 2 - 1}
                       : (struct range){0, one - 1};
        }
        return own;
    case E_CAST:
        if (!type_is_integer(n->a->type))
            return own;
        r = range_of(n->a);
        if (r.high == INT64_MAX && type_is_signed(n->type))
            return own;
        return within(r, own) ? r : own;
    default:
        return own;
    }
}

/* ---- conversions and comparisons ----------------------------------------- */

/* Does a constant need more than so many bits?  0xffff may be meant as a
 * pattern of bits; 65535 is a number. */
static bool
is_too_wide(const struct node *n, const struct type *type, int bits)
{
    char digit = n->tok->text[0];
    int sign = type_is_signed(type) && digit >= '1' && digit <= '9';

    return n->kind == E_NUM && n->type->kind != T_ERROR && bits < 64 &&
           (n->value > ((int64_t)1 << (bits - sign)) - 1 ||
            n->value < -((int64_t)1 << (bits - 1)));
}

void
check_bit_field(const struct node *n, const struct member *field,
                const struct token *tok)
{
    struct node number = *n;

    if (type_size(n->type) == 4) /* ~1 is -2, also when it became unsigned */
        number.value = (int32_t)n->value;
    if (field != NULL && field->type->kind != T_BOOL &&
        is_too_wide(&number, field->type, field->width))
        warn_at(
            tok, "constants", "%lld does not fit into %d bit%s%s",
            (long long)number.value, field->width, field->width == 1 ? "" : "s",
            type_is_signed(field->type) ? ", one of which is the sign" : "");
}

static bool
is_character(const struct node *n)
{
    return n->kind == E_NUM && n->tok->text[0] == '\'';
}

/* toupper(c) or tolower(c): of a character it makes another one. */
static bool
is_case(const struct node *n)
{
    const struct node *f = n->kind == E_CALL ? n->a->a : NULL;

    return f != NULL && f->kind == E_VAR && n->nlist == 1 &&
           (strcmp(f->sym->name, "toupper") == 0 ||
            strcmp(f->sym->name, "tolower") == 0);
}

/* Is n within the limits, or was it made of what is?  There are no operators
 * of less than 32 bits, so that it says nothing if `c + 1' has as many; and
 * what a character is added to is meant to be one. */
static bool
is_narrow(const struct node *n, struct range limits)
{
    if (within(range_of(n), limits))
        return true;
    if (type_size(n->type) > 4)
        return false;
    if (n->kind == E_COND)
        return is_narrow(n->b, limits) && is_narrow(n->c, limits);
    if (n->kind == E_NEG || n->kind == E_NOT ||
        (n->kind == E_CAST && type_is_integer(n->a->type)))
        return is_narrow(n->a, limits);
    if (is_case(n))
        return is_narrow(n->list[0], limits);
    if (n->kind != E_BINARY)
        return false;
    if (n->op <= OP_SUB && (is_character(n->a) || is_character(n->b)))
        return true;
    if (n->op == OP_MOD && is_narrow(n->b, limits))
        return true;
    return is_narrow(n->a, limits) &&
           (n->op == OP_SHL || n->op == OP_SHR || n->op == OP_DIV ||
            n->op == OP_MOD || is_narrow(n->b, limits));
}

void
check_narrowing(const struct node *n, const struct type *to, const char *what,
                const struct token *tok)
{
    struct range limits;

    if (!type_is_integer(n->type) || !type_is_integer(to) ||
        n->type->kind == T_ERROR || to->kind == T_ERROR || to->kind == T_BOOL ||
        to->kind == T_ENUM || type_size(to) >= type_size(n->type))
        return;
    if (n->kind == E_NUM) {
        if (is_too_wide(n, to, 8 * (int)type_size(to)))
            warn_at(tok, "constants", "%lld does not fit into `%s'",
                    (long long)n->value, type_name(to));
        return;
    }
    limits = range_of_type(to);
    if (!type_is_signed(to)) /* a pattern of bits, maybe written with ~ */
        limits.low = -limits.high - 1;
    else
        limits.high = limits.high * 2 + 1;
    if (!is_narrow(n, limits))
        warn_at(tok, "conversion",
                "%s is a `%s', of which a `%s' keeps only the lower %d bits; "
                "a cast says that this is meant",
                what, type_name(n->type), type_name(to),
                8 * (int)type_size(to));
}

void
check_update(enum operator op, const struct node *a, const struct node *b,
             const struct token *tok)
{
    if (op != OP_ADD && op != OP_SUB && op != OP_MUL && op != OP_OR &&
        op != OP_XOR)
        return; /* the result is no larger than a, or meant to be cut */
    if (b->kind == E_NUM || type_size(a->type) == 4)
        check_narrowing(b, a->type, "the right side", tok);
    check_bit_field(b, expr_bit_field(a), tok);
}

/* The operator of a comparison, or a sum, that has no parentheses. */
static const char *
bare_operator(const struct node *n, bool sums)
{
    static const char *const comparisons[] = {"==", "!=", "<", ">", "<=", ">="};
    bool is_sum = n->kind == E_BINARY
                      ? n->op <= OP_SUB
                      : n->kind == E_NUM && token_is(n->tok, "+");
    bool is_comparison = n->kind == E_BINARY && n->op >= OP_LT;

    for (int i = 0; n->kind == E_NUM && i < 6; i++)
        is_comparison |= token_is(n->tok, comparisons[i]);
    return !n->parens && (is_comparison || (sums && is_sum)) ? n->tok->text
                                                             : NULL;
}

/* A comparison with a constant outside of what the other side can be. */
static void
check_decided(enum operator op, const struct node *a, const struct node *b,
              const struct token *tok)
{
    bool left = b->kind == E_NUM;
    const struct node *other = left ? a : b;
    const struct node *less = op == OP_GT || op == OP_LE ? b : a;
    struct range x = range_of(less), y = range_of(less == a ? b : a);
    struct range r = range_of(other);
    bool equality = op == OP_EQ || op == OP_NE;
    bool negated = op == OP_GE || op == OP_LE || op == OP_NE;
    bool holds, fails; /* x == y or x < y, of which the others are made */

    while (other->kind == E_CAST)
        other = other->a;
    if (other->type->kind == T_ENUM)
        return; /* whether it has a sign is not the programmer's choice */
    if ((other->kind == E_LNOT && !other->parens) ||
        bare_operator(other, false) != NULL)
        return; /* see check_precedence() */
    holds = !equality && x.high < y.low;
    fails = equality ? x.high < y.low || y.high < x.low : x.low >= y.high;
    if (holds || fails)
        warn_at(tok, "constants", "`%s' is %s true: the %s side is %lld %s",
                tok->text, holds != negated ? "always" : "never",
                left ? "left" : "right", (long long)r.low,
                r.high == INT64_MAX ? "or more"
                                    : cc_format("to %lld", (long long)r.high));
}

void
check_comparison(enum operator op, const struct node *a, const struct node *b,
                 const struct token *tok)
{
    const struct type *t = type_common(a->type, b->type);
    struct range limits = range_of_type(t);
    const struct node *negative;

    if (t->kind == T_ERROR)
        return;
    if ((a->kind == E_NUM) != (b->kind == E_NUM) &&
        within(range_of(a), limits) && within(range_of(b), limits) &&
        (type_is_signed(t) || (a->kind == E_NUM ? a : b)->value < INT64_MAX))
        check_decided(op, a, b, tok);
    if (type_is_signed(t) || type_is_signed(a->type) == type_is_signed(b->type))
        return;
    negative = type_is_signed(a->type) ? a : b;
    if (range_of(negative).low >= 0)
        return;
    warn_at(tok, "sign-compare",
            "`%s' compares a `%s' with a `%s': what is negative counts as a "
            "large number",
            tok->text, type_name(a->type), type_name(b->type));
}

void
check_precedence(enum operator op, const struct node *a, const struct node *b,
                 const struct token *tok)
{
    bool bits = op >= OP_AND && op <= OP_SHR;
    const char *inner = bare_operator(a, bits);

    if (inner == NULL)
        inner = bare_operator(b, bits);
    if (a->kind == E_LNOT && !a->parens && (op == OP_AND || op >= OP_LT) &&
        type_is_integer(b->type) &&
        (range_of(b).high > 1 || (op == OP_AND && b->kind == E_NUM)))
        inner = "!";
    if (inner == NULL || op < OP_AND)
        return;
    if (bits || inner[0] == '!')
        warn_at(tok, "parentheses",
                "`%s' binds tighter than `%s': put parentheses", inner,
                tok->text);
    else
        warn_at(tok, "parentheses",
                "`%s' compares the result of `%s', which is 0 or 1: && joins "
                "comparisons",
                tok->text, inner);
}

void
check_truth(const struct node *n)
{
    if (n->kind == E_VAR && n->type->kind == T_FUNC)
        warn_at(n->tok, "constants",
                "a function is always true: `%s()' calls it", n->sym->name);
}

/* Columns in front of the first word in the line of t. */
static int
indent_of(const struct token *t)
{
    int length = 0, n = 0;
    const char *line = source_line(t->file, t->line, &length);

    for (int i = 0; i < length && (line[i] == ' ' || line[i] == '\t'); i++)
        n = line[i] == ' ' ? n + 1 : (n | 7) + 1;
    return n;
}

static bool
begins_line(const struct token *t)
{
    return t[-1].line != t->line || t[-1].file != t->file;
}

bool
check_is_within(const struct token *t, const struct token *outer)
{
    return !begins_line(t) || indent_of(t) > indent_of(outer);
}

void
check_body(const struct token *head, const struct token *body,
           const struct token *next)
{
    const char *word = head->text;
    bool empty = token_is(body, ";");

    while (!begins_line(head) &&
           (token_is(head - 1, "}") || token_is(head - 1, "else")))
        head--;
    if (!begins_line(head) || !begins_line(next) || next->file != head->file ||
        token_is(head, "do") || token_is(body, "{") || token_is(next, "}") ||
        token_is(next, "else") || begins_line(body) == empty ||
        indent_of(next) <= indent_of(head))
        return;
    if (empty && strcmp(word, "if") != 0) /* which is told anyway */
        warn_at(body, "empty-body", "this `;' is all that belongs to the `%s'",
                word);
    else if (indent_of(next) == indent_of(body))
        warn_at(next, "misleading-indentation",
                "this does not belong to the `%s' above: braces make a block",
                word);
}

void
check_index(const struct node *object)
{
    const struct node *address = object->a, *array;

    if (address->kind != E_PTRADD || address->a->kind != E_ADDR ||
        address->b->kind != E_NUM || object->type->kind == T_ARRAY)
        return;
    array = address->a->a;
    if (array->kind != E_VAR || array->type->kind != T_ARRAY ||
        array->type->length < 0 || address->a->type->base == array->type)
        return; /* of other arrays the length may be a matter of opinion */
    if (address->b->value < 0 || address->b->value >= array->type->length)
        warn_at(address->tok, "constants",
                "the array has %lld elements, none of them at %lld",
                (long long)array->type->length, (long long)address->b->value);
}

/* ---- printf -------------------------------------------------------------- */

enum { EBCDIC_BLANK = 0x40 };

struct format_check {
    const struct node *call;
    const char *name;
    int next; /* argument, from 0 */
};

/* size: of an integer */
static void
check_argument(struct format_check *c, const char *conversion, char letter,
               uint32_t size)
{
    const char *want = NULL;
    const struct node *a;
    const struct type *t;

    if (c->next >= c->call->nlist) {
        warn_at(c->call->tok, "format",
                "`%s' has no argument for `%s' in its format", c->name,
                conversion);
        return;
    }
    a = c->call->list[c->next++];
    t = a->type;
    if (t->kind == T_ERROR)
        return;
    if (letter == 's') {
        if (t->kind != T_PTR ||
            (type_size(t->base) != 1 && t->base->kind != T_ERROR))
            want = "a `char *'";
    } else if (letter == 'p') {
        if (t->kind != T_PTR)
            want = "a pointer";
    } else if (!type_is_integer(t))
        want = "an integer";
    else if (type_size(t) != size)
        want = size == 8                         ? "a `long long'"
               : strchr(conversion, 'l') != NULL ? "a `long'"
                                                 : "an `int'";
    if (want != NULL)
        warn_at(a->tok, "format", "`%s' is for %s, this is a `%s'", conversion,
                want, type_name(t));
}

/* A width or precision at s; returns what follows. */
static const char *
check_width(struct format_check *c, const char *s)
{
    if (*s != '*')
        return s + strspn(s, "0123456789");
    check_argument(c, "*", 'd', 4);
    return s + 1;
}

/* The conversion behind the % at s; returns what follows. */
static const char *
check_conversion(struct format_check *c, const char *s)
{
    const char *start = s++, *text;
    uint32_t size;

    s = check_width(c, s + strspn(s, "-+ #0"));
    if (*s == '.')
        s = check_width(c, s + 1);
    size = strncmp(s, "ll", 2) == 0 || *s == 'j' ? 8 : 4;
    s += strspn(s, "hljzt");
    text = cc_format("%.*s", (int)(s - start) + (*s > ' ' && *s < '~'), start);
    if (*s == '%')
        return s + 1;
    if (*s != '\0' && strchr("diouxXcsp", *s) != NULL) {
        check_argument(c, text, *s, size);
        return s + 1;
    }
    warn_at(c->call->tok, "format", "`%s' is not a conversion of `%s'%s", text,
            c->name,
            *s != '\0' && strchr("aAeEfFgG", *s) != NULL
                ? ": there is no floating point"
            : cc_word(s) == 0 ? ": %% prints a percent sign"
                              : "");
    c->next = c->call->nlist; /* which argument is next is not known */
    return "";
}

static void
check_string(struct format_check c, const struct node *format)
{
    const struct init_item *string;
    char *text, *p;
    const char *s;

    while (format->kind == E_CAST)
        format = format->a;
    if (format->kind == E_COND) {
        check_string(c, format->b);
        check_string(c, format->c);
    }
    if (format->kind != E_ADDR || !expr_in_string(format->a) ||
        format->a->kind != E_VAR || type_size(format->type->base) != 1)
        return;
    string = format->a->sym->init->first;
    p = text = cc_alloc((size_t)string->nbytes * 2 + 1);
    for (uint32_t i = 0; i < string->nbytes; i++)
        if (string->bytes[i] >= EBCDIC_BLANK)
            p += ebcdic_to_utf8(string->bytes[i], p);
        else
            *p++ = '\n'; /* a control is no flag of a conversion */
    *p = '\0';
    for (s = text; *s != '\0';)
        s = *s == '%' ? check_conversion(&c, s) : s + 1;
    if (c.next < c.call->nlist)
        warn_at(c.call->list[c.next]->tok, "format",
                "the format of `%s' does not use this argument", c.name);
}

void
check_format(const struct node *call, const struct type *f, const char *name)
{
    struct format_check c = {call, name, f->format_first - 1};

    if (f->format != 0 && f->format_first != 0 && call->nlist >= f->format)
        check_string(c, call->list[f->format - 1]);
}
