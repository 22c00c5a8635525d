/*
 * parse_init.c - initializers.
 *
 * The result is a flat list of values and the places in the object where they
 * go; what no value covers is zero.  Braces may be left out around the parts
 * of an aggregate: then it takes as many values as it has parts.  A value
 * that was read to find out whether it is a whole structure, and is not one,
 * waits in p->pending for the first part.
 */
#include "parse.h"

#include <string.h>

struct where {
    struct parser *p;
    struct init *init;
    bool is_static;
};

static void init_object(struct where *w, struct type *type, uint32_t offset,
                        struct member *bits);

static struct init_item *
add_item(struct where *w, struct type *type, uint32_t offset)
{
    struct init_item *item = cc_alloc(sizeof(*item));

    item->type = type;
    item->offset = offset;
    *w->init->last = item;
    w->init->last = &item->next;
    if (offset + type_size(type) > w->init->extent)
        w->init->extent = offset + type_size(type);
    return item;
}

static struct node *
next_value(struct where *w)
{
    struct node *n = w->p->pending;

    if (n == NULL)
        return parse_assignment(w->p);
    w->p->pending = NULL;
    return n;
}

static void
init_scalar(struct where *w, struct type *type, uint32_t offset,
            struct member *bits)
{
    const struct token *tok = w->p->t;
    struct init_item *item;
    struct node *n;
    struct constant c = {.sym = NULL};

    if (w->p->pending != NULL)
        tok = w->p->pending->tok;
    n = expr_convert(next_value(w), type, "the initializer", tok);
    check_bit_field(n, bits, tok);
    if (w->is_static && n->type->kind != T_ERROR && !constant_of(n, &c))
        error_at(tok, "the initializer of an object in static storage must "
                      "be constant");
    else if (w->is_static && bits != NULL && c.sym != NULL)
        error_at(tok, "an address cannot be put into a bit-field before "
                      "the program runs; store it in a function");
    item = add_item(w, type_unqualified(type), offset);
    item->value = n;
    item->bits = bits;
}

static bool
is_char_array(const struct type *t)
{
    return t->kind == T_ARRAY && type_size(t->base) == 1 &&
           type_is_integer(t->base) && t->base->kind != T_BOOL;
}

static void
init_string(struct where *w, struct type *type, uint32_t offset)
{
    const struct token *tok = w->p->t;
    struct init_item *item;
    const uint8_t *bytes;
    int n;

    parse_string(w->p, &bytes, &n);
    if (type->length >= 0 && n > type->length) {
        warn_at(tok, "constants",
                "the string has %d characters, the array "
                "only %lld",
                n, (long long)type->length);
        n = (int)type->length;
    }
    item = add_item(w, type->length < 0 ? type_array(type->base, n + 1) : type,
                    offset);
    item->bytes = bytes;
    item->nbytes = (uint32_t)n;
}

/* ---- the parts of an aggregate ------------------------------------------- */

/* A position among the parts: an index, or a member. */
struct cursor {
    struct type *type;
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
first_part(struct type *type)
{
    struct cursor c = {.type = type};

    if (type->kind != T_ARRAY)
        c.member = named_member(type->rec->members);
    return c;
}

static bool
has_part(const struct cursor *c)
{
    if (c->type->kind == T_ARRAY)
        return c->type->length < 0 || c->index < c->type->length;
    return c->member != NULL;
}

static void
next_part(struct cursor *c)
{
    if (c->type->kind == T_ARRAY)
        c->index++;
    else if (c->type->kind == T_UNION)
        c->member = NULL;
    else
        c->member = named_member(c->member->next);
}

static struct type *
part_type(const struct cursor *c)
{
    return c->type->kind == T_ARRAY ? c->type->base : c->member->type;
}

static uint32_t
part_offset(const struct cursor *c)
{
    if (c->type->kind == T_ARRAY)
        return (uint32_t)c->index * type_size(c->type->base);
    return c->member->offset;
}

static void
init_part(struct where *w, const struct cursor *c, uint32_t offset)
{
    struct member *bits =
        c->type->kind != T_ARRAY && c->member->is_bits ? c->member : NULL;

    init_object(w, part_type(c), offset + part_offset(c), bits);
}

static bool
at_designator(const struct parser *p)
{
    return is_punct(p, '.') || is_punct(p, '[');
}

/* Values for the parts from c on, without braces.  Stops in front of the
 * comma behind which another value belongs to somebody else. */
static void
init_elided(struct where *w, struct cursor *c, uint32_t offset)
{
    struct parser *p = w->p;

    while (has_part(c)) {
        init_part(w, c, offset);
        next_part(c);
        if (!has_part(c) || !is_punct(p, ','))
            return;
        p->t++;
        if (is_punct(p, '}') || at_designator(p)) {
            p->t--;
            return;
        }
    }
}

/* Where the member is: an anonymous one may hold it. */
static struct member *
holder_of(struct record *r, const char *name)
{
    for (struct member *m = r->members; m != NULL; m = m->next) {
        uint32_t offset = 0;

        if (m->name == name ||
            (m->name == NULL && type_is_record(m->type) &&
             record_find(m->type->rec, name, &offset) != NULL))
            return m;
    }
    return NULL;
}

/* .name or [index] in c->type: c moves there.  An anonymous member is entered
 * without using the designator up: returns true. */
static bool
designator(struct where *w, struct cursor *c)
{
    struct parser *p = w->p;
    const struct token *tok = p->t;

    if (c->type->kind == T_ARRAY) {
        if (!accept(p, '['))
            parse_error(p, "`[' (this is an array)");
        c->index = parse_constant(p, "an index");
        if (is_punct(p, PUNCT3('.', '.', '.')))
            parse_error(p, "`]' (ranges are not part of C)");
        if (c->index < 0 || c->index > 0xffffff ||
            (c->type->length >= 0 && c->index >= c->type->length)) {
            error_at(tok, "the array has no element %lld", (long long)c->index);
            c->index = 0;
        }
        expect(p, ']', "behind the index");
        return false;
    }
    if (!accept(p, '.'))
        parse_error(p, "`.' (this is not an array)");
    if (p->t->kind != TK_IDENT)
        parse_error(p, "the name of a member");
    c->member = holder_of(c->type->rec, p->t->text);
    if (c->member == NULL) {
        error_at(p->t, "`%s' has no member `%s'%s", type_name(c->type),
                 p->t->text, record_hint(c->type->rec, p->t->text));
        longjmp(*p->recover, 1);
    }
    if (c->member->name == NULL) {
        p->t--;
        return true;
    }
    p->t++;
    return false;
}

static void
init_designated(struct where *w, struct cursor *c, uint32_t offset)
{
    struct parser *p = w->p;
    bool enter = designator(w, c);

    if (enter || at_designator(p)) {
        struct cursor inner = {.type = part_type(c)};
        uint32_t at = offset + part_offset(c);

        if (inner.type->kind != T_ARRAY && !type_is_record(inner.type))
            parse_error(p, "`=' (this has no parts)");
        init_designated(w, &inner, at);
        next_part(&inner);
        /* What follows goes on inside. */
        if (has_part(&inner) && is_punct(p, ',') &&
            !(p->t[1].kind == TK_PUNCT &&
              (p->t[1].code == '}' || p->t[1].code == '.' ||
               p->t[1].code == '['))) {
            p->t++;
            init_elided(w, &inner, at);
        }
        return;
    }
    expect(p, '=', "behind the designator");
    init_part(w, c, offset);
}

static void
init_braced(struct where *w, struct type *type, uint32_t offset)
{
    struct parser *p = w->p;
    struct cursor c = first_part(type);
    bool complained = false;

    p->t++;
    while (!is_punct(p, '}')) {
        if (at_designator(p))
            init_designated(w, &c, offset);
        else if (has_part(&c))
            init_part(w, &c, offset);
        else {
            if (!complained)
                error_at(p->t, "more initializers than `%s' has parts",
                         type_name(type));
            complained = true;
            if (is_punct(p, '{'))
                parse_error(p, "`}'");
            parse_assignment(p);
        }
        if (has_part(&c))
            next_part(&c);
        if (!accept(p, ','))
            break;
    }
    expect(p, '}', "behind the initializers");
}

static void
init_braced_scalar(struct where *w, struct type *type, uint32_t offset,
                   struct member *bits)
{
    struct parser *p = w->p;

    p->t++;
    if (is_punct(p, '}'))
        parse_error(p, "a value");
    init_object(w, type, offset, bits);
    accept(p, ',');
    expect(p, '}', "behind the value");
}

static void
init_aggregate(struct where *w, struct type *type, uint32_t offset)
{
    struct parser *p = w->p;
    struct cursor c;
    struct node *n;

    if (type_is_record(type) && !(p->t->kind == TK_STR)) {
        n = next_value(w);
        if (type_compatible(type_unqualified(type),
                            type_unqualified(n->type)) &&
            n->type->kind != T_ERROR) {
            if (w->is_static)
                error_at(n->tok, "the initializer of an object in static "
                                 "storage must be constant");
            add_item(w, type_unqualified(type), offset)->value = n;
            return;
        }
        p->pending = n;
    }
    c = first_part(type);
    if (!has_part(&c)) {
        p->pending = NULL;
        return;
    }
    init_elided(w, &c, offset);
}

static void
init_object(struct where *w, struct type *type, uint32_t offset,
            struct member *bits)
{
    struct parser *p = w->p;

    nest_enter(p);
    if (p->pending == NULL && is_char_array(type) &&
        (p->t->kind == TK_STR ||
         (is_punct(p, '{') && p->t[1].kind == TK_STR))) {
        bool braces = accept(p, '{');

        init_string(w, type, offset);
        if (braces) {
            accept(p, ',');
            expect(p, '}', "behind the string");
        }
    } else if (type->kind == T_ARRAY || type_is_record(type)) {
        if (p->pending == NULL && is_punct(p, '{'))
            init_braced(w, type, offset);
        else
            init_aggregate(w, type, offset);
    } else if (p->pending == NULL && is_punct(p, '{'))
        init_braced_scalar(w, type, offset, bits);
    else
        init_scalar(w, type, offset, bits);
    nest_leave(p);
}

struct init *
parse_initializer(struct parser *p, struct type **type, bool is_static)
{
    struct where w = {.p = p, .is_static = is_static};
    struct type *t = *type;

    w.init = cc_alloc(sizeof(*w.init));
    w.init->last = &w.init->first;
    if (t->kind != T_ERROR && !type_is_complete(t) &&
        (t->kind != T_ARRAY || !type_is_complete(t->base))) {
        error_at(p->t, "`%s' is not complete: it cannot be initialized",
                 type_name(t));
        t = *type = type_error;
    }
    if (t->kind == T_ARRAY && !is_punct(p, '{') &&
        !(is_char_array(t) && p->t->kind == TK_STR))
        parse_error(p, "`{' (an array is initialized by a list)");
    init_object(&w, t, 0, NULL);
    p->pending = NULL;
    if (t->kind == T_ARRAY && t->length < 0) {
        uint32_t size = type_size(t->base);
        int64_t n = size == 0 ? 0 : (w.init->extent + size - 1) / size;

        *type = type_qualified(type_array(t->base, n), t->quals);
    }
    return w.init;
}
