/*
 * parse_record.c - structures, unions, enumerations, _Static_assert.
 *
 * A tag names one record in its scope; the record is made when the tag is
 * first seen, and completed by the list of its members.
 */
#include "parse.h"
#include "program.h"

void
parse_static_assert(struct parser *p)
{
    const struct token *tok = p->t - 1;
    const char *text = "";
    int64_t value;

    expect(p, "(", "behind _Static_assert");
    value = parse_constant(p, "the condition of _Static_assert");
    if (accept(p, ",")) {
        if (p->t->kind != TK_STR)
            parse_error(p, "a string");
        text = p->t->text;
        parse_string(p);
    }
    expect(p, ")", "behind _Static_assert's text");
    expect(p, ";", "behind _Static_assert");
    if (value == 0)
        error_at(tok, "the assertion does not hold%s%s",
                 text[0] != '\0' ? ": " : "", text);
}

/* ---- structures and unions ----------------------------------------------- */

static bool
has_names(const struct record *r)
{
    const struct member *m = r->members;

    while (m != NULL && m->name == NULL && m->is_bits)
        m = m->next;
    return m != NULL;
}

/* Also the names in an anonymous member m are names in r. */
static void
check_names(const struct record *r, const struct member *m)
{
    uint32_t offset = 0;

    if (m->name != NULL && record_find(r, m->name, &offset) != NULL)
        error_at(m->tok, "there is a member `%s' already", m->name);
    else if (m->name == NULL && type_is_record(m->type))
        for (m = m->type->rec->members; m != NULL; m = m->next)
            check_names(r, m);
}

static void
check_member(struct record *r, struct member *m, bool is_union)
{
    check_names(r, m);
    if (m->type->kind == T_FUNC) {
        error_at(m->tok, "a member cannot be a function; a pointer to one can");
        m->type = type_error;
    } else if (m->type->kind == T_ARRAY && m->type->length < 0 &&
               type_is_complete(m->type->base)) {
        r->flexible = has_names(r) && !is_union;
        if (!r->flexible)
            error_at(m->tok, "a flexible array is the last of several members "
                             "of a structure");
    } else if (!type_is_complete(m->type)) {
        error_at(m->tok, "`%s' is not complete: its size is not known here",
                 type_name(m->type));
        m->type = type_error;
    } else if (type_is_record(m->type) && m->type->rec->flexible) {
        r->flexible = is_union;
        if (!is_union)
            error_at(m->tok,
                     "`%s' has a flexible array: it is no part of "
                     "something else",
                     type_name(m->type));
    }
}

static void
bit_field(struct parser *p, struct member *m)
{
    const struct token *tok = p->t;
    int64_t width = parse_constant(p, "the width of a bit-field");
    int64_t most =
        m->type->kind == T_BOOL ? 1 : (int64_t)type_size(m->type) * 8;

    m->is_bits = true;
    if (!type_is_integer(m->type)) {
        error_at(tok, "a bit-field has an integer type, not `%s'",
                 type_name(m->type));
        m->type = type_int;
        most = 32;
    }
    if (width < 0 || width > most) {
        if (m->type->kind != T_ERROR)
            error_at(tok, "a bit-field of `%s' has 0 to %lld bits, not %lld",
                     type_name(m->type), (long long)most, (long long)width);
        width = 1;
    }
    if (width == 0 && m->name != NULL) {
        error_at(tok, "a bit-field of width 0 has no name");
        width = 1;
    }
    m->width = (int)width;
}

static struct member *
member(struct parser *p, struct record *r, bool is_union,
       const struct specifiers *s)
{
    struct member *m = cc_alloc(sizeof(*m));
    const struct token *name = NULL;
    struct specifiers own = *s;

    m->type = s->type;
    parse_attributes(p, &own);
    if (!at(p, ":") && !at(p, ";"))
        m->type = parse_declarator(p, s->type, &name);
    if (m->type->kind == T_FUNC && at(p, "{") && name != NULL) {
        error_at(name,
                 "`%s' begins within a structure: a `}' is missing in front "
                 "of it",
                 name->text);
        p->resume = s->tok;
        longjmp(*p->recover, 1);
    }
    m->name = name != NULL ? name->text : NULL;
    m->tok = name != NULL ? name : s->tok;
    if (accept(p, ":"))
        bit_field(p, m);
    else if (name == NULL && !type_is_record(m->type))
        parse_error(p, "a name");
    parse_attributes(p, &own);
    check_specifiers(&own, m->is_bits ? NULL : m->type);
    if (r->flexible && !is_union)
        error_at(m->tok, "nothing can follow the flexible array");
    check_member(r, m, is_union);
    m->packed = (own.flags & F_PACKED) != 0;
    m->offset = own.align; /* for record_lay_out() */
    return m;
}

/* What a structure's list goes on with. */
struct member_list {
    struct record *record;
    bool is_union;
    struct member **last;
};

/* Members of one type. */
static void
members_of_type(struct parser *p, struct node *block)
{
    struct member_list *list = p->members;
    struct specifiers s;

    (void)block;
    if (accept(p, "_Static_assert")) {
        parse_static_assert(p);
        return;
    }
    if (accept(p, ";"))
        return;
    parse_specifiers(p, &s, "a member's type or `}'");
    if (s.storage != 0)
        error_at(s.tok, "a member has no storage class");
    /* Only a structure without a tag, defined here, needs no name. */
    if (at(p, ";") && (!type_is_record(s.type) || s.type->rec->tag != NULL ||
                       p->t[-1].kind == TK_IDENT)) {
        if (s.type->kind != T_ENUM)
            warn_at(s.tok, "unused",
                    "this declares no member: a name is missing");
        p->t++;
        return;
    }
    do {
        *list->last = member(p, list->record, list->is_union, &s);
        list->last = &(*list->last)->next;
    } while (accept(p, ",") && !repeats_type(p));
    if (!token_is(p->t - 1, ","))
        expect(p, ";", "behind the member");
}

/* A mistake in one member leaves the others. */
static void
members(struct parser *p, struct record *r, bool is_union)
{
    struct member_list list = {r, is_union, &r->members}, *outer = p->members;
    struct node none;
    int links = p->links;

    p->members = &list;
    while (!accept(p, "}")) {
        if (p->t->kind == TK_EOF)
            parse_error(p, "a member's type or `}'");
        parse_guarded(p, &none, members_of_type);
    }
    p->members = outer;
    p->links = links;
}

/* The type that a tag, if there is one, has here; tok: struct, union, enum */
static struct type *
tagged_type(struct parser *p, enum type_kind kind, const struct token *tok)
{
    const struct token *name = p->t->kind == TK_IDENT ? p->t++ : NULL;
    struct symbol *tag = name != NULL ? cc_meaning(name->text)->tag : NULL;
    bool declares = at(p, "{") || at(p, ";");
    bool known = tag != NULL && (tag->depth == p->depth || !declares);
    struct type *type;

    if (name == NULL && !at(p, "{"))
        parse_error(p, "a tag or `{'");
    if (known && tag->type->kind == kind)
        return tag->type;
    type = type_record(kind, name != NULL ? name->text : NULL,
                       name != NULL ? name : tok);
    if (known) {
        error_at(name, "`%s' is the tag of something else", name->text);
        note_at(tag->tok, "it was declared here");
    } else if (name != NULL)
        scope_declare(p, SYM_TAG, name, type);
    return type;
}

struct type *
parse_structure(struct parser *p, enum type_kind kind)
{
    const struct token *tok = p->t - 1;
    struct specifiers s = {.type = NULL};
    struct type *type;
    struct record *r;

    parse_attributes(p, &s);
    type = tagged_type(p, kind, tok);
    if (!at(p, "{"))
        return type;
    r = type->rec;
    if (r->begun) {
        error_at(p->t - 1, "`%s' is defined twice", type_name(type));
        note_at(r->tok, "it was defined here");
        type = type_record(kind, r->tag, tok);
        r = type->rec;
    }
    r->begun = true;
    p->t++;
    nest_enter(p);
    members(p, r, kind == T_UNION);
    nest_leave(p);
    if (!has_names(r))
        error_at(p->t - 1, "`%s' needs a member that has a name",
                 type_name(type));
    parse_attributes(p, &s);
    r->packed = (s.flags & F_PACKED) != 0;
    record_lay_out(r, kind == T_UNION, s.align);
    if (r->tag != NULL)
        map_defined(type);
    return type;
}

/* ---- enumerations -------------------------------------------------------- */

static void
constant(struct parser *p, struct record *r, int64_t *next)
{
    const struct token *name = expect_name(p, "the name of a constant");
    struct symbol *c;

    ignore_attributes(p);
    if (accept(p, "="))
        *next = parse_constant(p, "the value of an enumeration constant");
    if (*next < INT32_MIN || *next > INT32_MAX) {
        error_at(name, "%lld is not an int", (long long)*next);
        *next = 0;
    }
    c = scope_find_here(p, name->text);
    if (c != NULL) {
        error_at(name, "`%s' is declared already", name->text);
        note_at(c->tok, "it was declared here");
    }
    c = scope_declare(p, SYM_CONSTANT, name, type_int);
    c->value = (*next)++;
    c->next = r->constants;
    r->constants = c;
    if (c->value < 0)
        r->is_signed = true;
}

struct type *
parse_enumeration(struct parser *p)
{
    const struct token *tok = p->t - 1;
    struct type *type;
    int64_t next = 0;

    ignore_attributes(p);
    type = tagged_type(p, T_ENUM, tok);
    if (!accept(p, "{")) {
        if (!type->rec->complete)
            error_at(tok, "`%s' is not declared", type_name(type));
        type->rec->complete = true;
        return type;
    }
    if (type->rec->constants != NULL)
        error_at(p->t - 1, "`%s' is defined twice", type_name(type));
    do {
        constant(p, type->rec, &next);
        if (at(p, ";") || p->t->kind == TK_IDENT)
            error_at(p->t, "expected `,' between the constants, not `%s'",
                     p->t->text);
        else if (!at(p, ","))
            break;
        p->t += p->t->kind != TK_IDENT;
    } while (!at(p, "}"));
    expect(p, "}", "behind the constants");
    ignore_attributes(p);
    type->rec->complete = true;
    map_defined(type);
    return type;
}
