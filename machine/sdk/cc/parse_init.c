/*
 * parse_init.c - initializers.
 *
 * The result is a flat list of values and the places in the object where they
 * go; what no value covers is zero.  Braces may be left out around the parts
 * of an aggregate: then it takes as many values as it has parts.  A value
 * that was read to find out whether it is a whole structure, and is not one,
 * waits in `pending` for the first part.
 */
#include "parse.h"

#include <string.h>

struct reader {
    struct parser *p;
    struct init *init;
    bool is_static;
    struct node *pending;
};

/* An object or a part of one. */
struct part {
    struct type *type;
    uint32_t offset;
    struct member *bits; /* a bit-field */
};

static void init_object(struct reader *r, struct part to);

static struct init_item *
add_item(struct reader *r, struct part to)
{
    struct init_item *item = cc_alloc(sizeof(*item));

    item->type = type_unqualified(to.type);
    item->offset = to.offset;
    item->size = to.bits != NULL ? (uint32_t)to.bits->unit : type_size(to.type);
    item->bits = to.bits;
    *r->init->last = item;
    r->init->last = &item->next;
    if (item->offset + item->size > r->init->extent)
        r->init->extent = item->offset + item->size;
    return item;
}

/* A list or a string for a whole part takes the place of what was said of the
 * part, or of parts of it, before. */
static void
forget_items(struct reader *r, struct part to)
{
    uint32_t end = to.offset + type_size(to.type);
    struct init_item **at = &r->init->first;

    if (to.offset >= r->init->extent)
        return;
    while (*at != NULL)
        if ((*at)->offset >= to.offset && (*at)->offset + (*at)->size <= end)
            *at = (*at)->next;
        else
            at = &(*at)->next;
    r->init->last = at;
}

static struct node *
next_value(struct reader *r)
{
    struct node *n = r->pending;

    r->pending = NULL;
    return n != NULL ? n : parse_assignment(r->p);
}

static void
init_scalar(struct reader *r, struct part to)
{
    const struct token *tok = r->pending != NULL ? r->pending->tok : r->p->t;
    struct constant c = {.sym = NULL};
    struct node *n =
        expr_convert(next_value(r), to.type, "the initializer", tok);

    check_bit_field(n, to.bits, tok);
    if (r->is_static && !expr_is_error(n) && !constant_of(n, &c))
        constant_missing(tok, "the initializer of an object in static storage "
                              "must be constant");
    else if (r->is_static && to.bits != NULL && c.sym != NULL)
        error_at(tok, "an address cannot be put into a bit-field before "
                      "the program runs; store it in a function");
    constant_wanted(r->is_static); /* the next one */
    add_item(r, to)->value = n;
}

/* Does t, a string, initialize a whole `to'?  Not if it begins an expression.
 */
static bool
is_for_string(const struct type *to, const struct token *t)
{
    const struct token *end = t;

    while (end->kind == TK_STR)
        end++;
    if (to->kind != T_ARRAY || end == t ||
        (!token_is(end, ",") && !token_is(end, ";") && !token_is(end, "}")))
        return false;
    if (t->element != type_char)
        return type_alike(to->base, t->element);
    return type_size(to->base) == 1 && type_is_integer(to->base) &&
           to->base->kind != T_BOOL;
}

static void
init_string(struct reader *r, struct part to)
{
    const struct token *tok = r->p->t, *string = parse_string(r->p);
    struct init_item *item;
    int size = (int)type_size(string->element), n = string->nbytes / size;

    if (to.type->length < 0)
        to.type = type_array(to.type->base, n + 1);
    else if (n > to.type->length) {
        warn_at(tok, "constants",
                "the string has %d characters, the array "
                "only %lld",
                n, (long long)to.type->length);
        n = (int)to.type->length;
    }
    forget_items(r, to);
    item = add_item(r, to);
    item->bytes = string->bytes;
    item->nbytes = (uint32_t)(n * size);
}

/* ---- the parts of an aggregate ------------------------------------------- */

/* A position among the parts: an index, or a member. */
struct cursor {
    struct part whole;
    int64_t index;
    struct member *member;
};

static struct member *
named_member(struct member *m)
{
    while (m != NULL && m->name == NULL && m->is_bits)
        m = m->next;
    return m;
}

static struct cursor
first_part(struct part whole)
{
    struct cursor c = {.whole = whole};

    if (whole.type->kind != T_ARRAY)
        c.member = named_member(whole.type->rec->members);
    return c;
}

static bool
has_part(const struct cursor *c)
{
    const struct type *t = c->whole.type;

    if (t->kind == T_ARRAY)
        return t->length < 0 || c->index < t->length;
    return c->member != NULL;
}

static void
next_part(struct cursor *c)
{
    c->index++;
    if (c->whole.type->kind == T_UNION)
        c->member = NULL;
    else if (c->member != NULL)
        c->member = named_member(c->member->next);
}

static struct part
part_at(const struct cursor *c)
{
    const struct member *m = c->member;
    struct part part = c->whole;

    if (part.type->kind == T_ARRAY) {
        part.type = part.type->base;
        part.offset += (uint32_t)c->index * type_size(part.type);
    } else {
        part.type = m->type;
        part.offset += m->offset;
        part.bits = m->is_bits ? c->member : NULL;
    }
    return part;
}

static bool
at_designator(const struct parser *p)
{
    return at(p, ".") || at(p, "[");
}

/* Values for the parts from c on, without braces.  Stops in front of the
 * comma behind which another value belongs to somebody else; with `go_on',
 * begins in front of a comma. */
static void
init_elided(struct reader *r, struct cursor *c, bool go_on)
{
    struct parser *p = r->p;

    for (; has_part(c); next_part(c)) {
        if (go_on) {
            if (!accept(p, ","))
                return;
            if (at(p, "}") || at_designator(p)) {
                p->t--;
                return;
            }
        }
        go_on = true;
        init_object(r, part_at(c));
    }
}

/* Where the member is: an anonymous one may hold it. */
static struct member *
holder_of(struct record *rec, const char *name)
{
    struct member *m = rec->members;
    uint32_t offset;

    while (m != NULL && m->name != name &&
           (m->name != NULL || !type_is_record(m->type) ||
            record_find(m->type->rec, name, &offset) == NULL))
        m = m->next;
    return m;
}

/* .name or [index] in c->whole: c moves there.  An anonymous member is entered
 * without using the designator up: returns true. */
static bool
designator(struct parser *p, struct cursor *c)
{
    const struct type *t = c->whole.type;
    const struct token *tok = p->t;

    if (t->kind == T_ARRAY) {
        if (!accept(p, "["))
            parse_error(p, "`[' (this is an array)");
        c->index = parse_constant(p, "an index");
        if (at(p, "..."))
            parse_error(p, "`]' (ranges are not part of C)");
        if (c->index < 0 || c->index > 0xffffff ||
            (t->length >= 0 && c->index >= t->length)) {
            error_at(tok, "the array has no element %lld", (long long)c->index);
            c->index = 0;
        }
        expect(p, "]", "behind the index");
        return false;
    }
    if (!accept(p, "."))
        parse_error(p, "`.' (this is not an array)");
    tok = expect_name(p, "the name of a member");
    c->member = holder_of(t->rec, tok->text);
    if (c->member == NULL) {
        error_at(tok, "`%s' has no member `%s'%s", type_name(t), tok->text,
                 record_hint(t->rec, tok->text));
        longjmp(*p->recover, 1);
    }
    if (c->member->name == NULL)
        p->t -= 2;
    return c->member->name == NULL;
}

static void
init_designated(struct reader *r, struct cursor *c)
{
    struct parser *p = r->p;
    bool enter = designator(p, c);

    if (enter || at_designator(p)) {
        struct cursor inner = {.whole = part_at(c)};
        const struct type *t = inner.whole.type;

        if (t->kind != T_ARRAY && !type_is_record(t))
            parse_error(p, "`=' (this has no parts)");
        init_designated(r, &inner);
        /* What follows goes on inside. */
        next_part(&inner);
        init_elided(r, &inner, true);
        return;
    }
    expect(p, "=", "behind the designator");
    init_object(r, part_at(c));
}

static void
init_braced(struct reader *r, struct part to)
{
    struct parser *p = r->p;
    struct cursor c = first_part(to);
    bool complained = false;

    forget_items(r, to);
    p->t++;
    do {
        if (p->t->kind == TK_IDENT && token_is(p->t + 1, ":"))
            parse_gnu(p,
                      cc_format("`%s:' for `.%s ='", p->t->text, p->t->text));
        if (at_designator(p))
            init_designated(r, &c);
        else if (has_part(&c))
            init_object(r, part_at(&c));
        else {
            if (!complained)
                error_at(p->t, "more initializers than `%s' has parts",
                         type_name(to.type));
            complained = true;
            if (at(p, "{"))
                parse_error(p, "`}'");
            parse_assignment(p);
        }
        if (has_part(&c))
            next_part(&c);
    } while (accept(p, ",") && !at(p, "}"));
    if (at(p, ";"))
        error_at(p->t, "expected `}' behind the initializers, not `;'");
    else
        expect(p, "}", "behind the initializers");
}

/* One value, or a string. */
static void
init_braced_value(struct reader *r, struct part to)
{
    struct parser *p = r->p;

    p->t++;
    init_object(r, to);
    if (accept(p, ",") && !at(p, "}")) {
        if (to.type->kind != T_ERROR)
            error_at(p->t, "a `%s' has one value only", type_name(to.type));
        longjmp(*p->recover, 1);
    }
    expect(p, "}", "behind the value");
}

/* Without braces: one value for the whole of a structure, or its parts. */
static void
init_aggregate(struct reader *r, struct part to)
{
    struct cursor c = first_part(to);

    if (type_is_record(to.type) && r->p->t->kind != TK_STR) {
        r->pending = next_value(r);
        if (!expr_is_error(r->pending) &&
            type_alike(to.type, r->pending->type)) {
            init_scalar(r, to);
            return;
        }
        if (!has_part(&c))
            r->pending = NULL;
    }
    init_elided(r, &c, false);
}

static void
init_object(struct reader *r, struct part to)
{
    struct parser *p = r->p;
    bool braces = r->pending == NULL && at(p, "{");
    bool is_string =
        r->pending == NULL && is_for_string(to.type, &p->t[braces]);
    bool is_aggregate =
        !is_string && (to.type->kind == T_ARRAY || type_is_record(to.type));
    int links = p->links;

    nest_enter(p);
    p->links = 0; /* a table may be long */
    if (is_aggregate && braces)
        init_braced(r, to);
    else if (is_aggregate)
        init_aggregate(r, to);
    else if (braces)
        init_braced_value(r, to);
    else if (is_string)
        init_string(r, to);
    else
        init_scalar(r, to);
    p->links = links;
    nest_leave(p);
}

struct init *
parse_initializer(struct parser *p, struct type **type, bool is_static)
{
    struct reader r = {.p = p, .is_static = is_static};
    struct type *t = *type;
    bool wanted = constant_wanted(is_static);

    r.init = cc_alloc(sizeof(*r.init));
    r.init->last = &r.init->first;
    if (!expr_complete(t->kind == T_ARRAY ? t->base : t, p->t))
        t = *type = type_error;
    if (t->kind == T_ARRAY && !at(p, "{") && !is_for_string(t, p->t))
        parse_error(p, p->t->kind != TK_STR
                           ? "`{' (an array is initialized by a list)"
                           : cc_format("`{' (this is a string of `%s')",
                                       type_name(p->t->element)));
    if (type_is_record(t) && !at(p, "{"))
        init_scalar(&r, (struct part){.type = t}); /* another one of them */
    else
        init_object(&r, (struct part){.type = t});
    if (t->kind == T_ARRAY && t->length < 0) {
        uint32_t size = type_size(t->base);
        int64_t n = size == 0 ? 0 : (r.init->extent + size - 1) / size;

        *type = type_aligned(type_array(t->base, n), t->aligned);
    }
    constant_wanted(wanted);
    return r.init;
}
