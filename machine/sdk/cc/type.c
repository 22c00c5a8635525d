/*
 * type.c - the types of C on this machine.
 *
 * Types are compared by structure, except structures, unions and
 * enumerations, of which each declaration makes a new record.  A qualified
 * form is a copy that shares the record.
 */
#include "tree.h"

#include <string.h>

#define SCALAR(k, text, bytes, sign)           \
    [k] = {.kind = k,                          \
           .name = text,                       \
           .size = bytes,                      \
           .align = (bytes) > 0 ? (bytes) : 1, \
           .is_signed = sign}

struct type type_scalar[] = {
    SCALAR(T_ERROR, "(error)", 4, true),
    SCALAR(T_VOID, "void", 0, false),
    SCALAR(T_BOOL, "_Bool", 1, false),
    SCALAR(T_CHAR, "char", 1, false),
    SCALAR(T_SCHAR, "signed char", 1, true),
    SCALAR(T_UCHAR, "unsigned char", 1, false),
    SCALAR(T_SHORT, "short", 2, true),
    SCALAR(T_USHORT, "unsigned short", 2, false),
    SCALAR(T_INT, "int", 4, true),
    SCALAR(T_UINT, "unsigned", 4, false),
    SCALAR(T_LONG, "long", 4, true),
    SCALAR(T_ULONG, "unsigned long", 4, false),
    SCALAR(T_LLONG, "long long", 8, true),
    SCALAR(T_ULLONG, "unsigned long long", 8, false),
};

/* A type like t, with these qualifiers only. */
static struct type *
copy(const struct type *t, int quals)
{
    struct type *q = cc_alloc(sizeof(*q));

    *q = *t;
    q->pointer = NULL;
    q->quals = quals;
    return q;
}

struct type *
type_pointer(struct type *base)
{
    struct type pointer = {.kind = T_PTR, .size = 4, .align = 4, .base = base};

    if (base->kind == T_ERROR)
        return base; /* one message is enough */
    if (base->pointer == NULL)
        base->pointer = copy(&pointer, 0);
    return base->pointer;
}

struct type *
type_array(struct type *base, int64_t length)
{
    struct type array = {.kind = T_ARRAY, .base = base, .length = length};

    return copy(&array, 0);
}

/* The qualifiers of an array are those of its elements. */
struct type *
type_qualified(struct type *t, int quals)
{
    if (t->kind == T_ARRAY && quals != 0)
        return type_aligned(
            type_array(type_qualified(t->base, quals), t->length), t->aligned);
    if ((t->quals | quals) == t->quals || t->kind == T_ERROR)
        return t;
    return copy(t, t->quals | quals);
}

struct type *
type_unqualified(struct type *t)
{
    return t->quals == 0 ? t : copy(t, 0);
}

struct type *
type_aligned(struct type *t, uint32_t align)
{
    t = copy(t, t->quals);
    t->aligned = align;
    return t;
}

struct type *
type_record(enum type_kind kind, const char *tag, const struct token *tok)
{
    struct type record = {.kind = kind, .size = 4, .align = 4};

    record.rec = cc_alloc(sizeof(*record.rec));
    record.rec->tag = tag;
    record.rec->tok = tok;
    record.rec->align = 1;
    return copy(&record, 0);
}

uint32_t
type_size(const struct type *t)
{
    if (type_is_record(t))
        return t->rec->size;
    if (t->kind == T_ARRAY)
        return t->length < 0 ? 0 : (uint32_t)t->length * type_size(t->base);
    return t->size;
}

uint32_t
type_align(const struct type *t)
{
    uint32_t least = t->aligned;
    uint32_t own;

    for (; t->kind == T_ARRAY; t = t->base)
        least = t->base->aligned > least ? t->base->aligned : least;
    own = type_is_record(t) ? t->rec->align : t->align;
    return own > least ? own : least;
}

bool
type_is_integer(const struct type *t)
{
    return (t->kind >= T_BOOL && t->kind <= T_ENUM) || t->kind == T_ERROR;
}

bool
type_is_scalar(const struct type *t)
{
    return type_is_integer(t) || t->kind == T_PTR;
}

bool
type_is_record(const struct type *t)
{
    return t->kind == T_STRUCT || t->kind == T_UNION;
}

bool
type_is_signed(const struct type *t)
{
    return t->kind == T_ENUM ? t->rec->is_signed : t->is_signed;
}

bool
type_is_complete(const struct type *t)
{
    if (t->kind == T_VOID || t->kind == T_FUNC)
        return false;
    if (t->kind == T_ARRAY)
        return t->length >= 0 && type_is_complete(t->base);
    if (type_is_record(t) || t->kind == T_ENUM)
        return t->rec->complete;
    return true;
}

bool
type_is_const(const struct type *t)
{
    while (t->kind == T_ARRAY)
        t = t->base;
    return (t->quals & Q_CONST) != 0 ||
           (type_is_record(t) && t->rec->has_const);
}

/* An enumeration is an int, if it has negative constants, or an unsigned. */
static enum type_kind
plain_kind(const struct type *t)
{
    return t->kind != T_ENUM ? t->kind : type_is_signed(t) ? T_INT : T_UINT;
}

/* Has a prototype that fits no call without one? */
static bool
loses_promotion(const struct type *f)
{
    bool loses = f->prototype && f->variadic;

    for (int i = 0; i < f->nparams && f->prototype; i++)
        loses |= f->params[i].type->kind < T_INT &&
                 f->params[i].type->kind > T_ERROR;
    return loses;
}

/* Of a parameter: there was a message. */
static bool
has_error(const struct type *f)
{
    int i = 0;

    while (i < f->nparams && f->params[i].type->kind != T_ERROR)
        i++;
    return i < f->nparams;
}

static bool
compatible_functions(const struct type *a, const struct type *b)
{
    if (!type_compatible(a->base, b->base))
        return false;
    if (!a->prototype || !b->prototype)
        return !loses_promotion(a) && !loses_promotion(b);
    if (has_error(a) || has_error(b))
        return true;
    if (a->nparams != b->nparams || a->variadic != b->variadic)
        return false;
    for (int i = 0; i < a->nparams; i++)
        if (!type_alike(a->params[i].type, b->params[i].type))
            return false;
    return true;
}

/* Set while types of two units are compared; how deep in structures. */
static bool across_units;
static int record_depth;

static bool
same_record(const struct record *a, const struct record *b)
{
    const struct member *m = a->members, *n = b->members;
    bool same = true;

    if (a == b)
        return true;
    if (!across_units || (a->tag == NULL) != (b->tag == NULL) ||
        (a->tag != NULL && strcmp(a->tag, b->tag) != 0))
        return false;
    /* Through pointers structures may contain themselves. */
    if (!a->complete || !b->complete || record_depth > 2)
        return true;
    record_depth++;
    for (; same && m != NULL && n != NULL; m = m->next, n = n->next)
        same = m->name == n->name && m->offset == n->offset &&
               m->width == n->width && type_compatible(m->type, n->type);
    record_depth--;
    return same && m == NULL && n == NULL && a->size == b->size;
}

bool
type_agrees(const struct type *a, const struct type *b)
{
    bool same;

    across_units = true;
    same = type_compatible(a, b);
    across_units = false;
    return same;
}

bool
type_compatible(const struct type *a, const struct type *b)
{
    return a->kind == T_ERROR || b->kind == T_ERROR ||
           (((a->quals ^ b->quals) & ~Q_RESTRICT) == 0 && type_alike(a, b));
}

bool
type_alike(const struct type *a, const struct type *b)
{
    if (a == b || a->kind == T_ERROR || b->kind == T_ERROR)
        return true;
    if (a->kind == T_ENUM && b->kind == T_ENUM)
        return same_record(a->rec, b->rec);
    if (plain_kind(a) != plain_kind(b))
        return false;
    switch (a->kind) {
    case T_PTR:
        return type_compatible(a->base, b->base);
    case T_ARRAY:
        return type_compatible(a->base, b->base) &&
               (a->length < 0 || b->length < 0 || a->length == b->length);
    case T_FUNC:
        return compatible_functions(a, b);
    case T_STRUCT:
    case T_UNION:
        return same_record(a->rec, b->rec);
    default:
        return true;
    }
}

struct type *
type_composite(struct type *a, struct type *b)
{
    if (a->kind == T_ARRAY && a->length < 0)
        return b;
    if (a->kind == T_FUNC && !a->prototype)
        return b;
    return a;
}

struct type *
type_promoted(struct type *t)
{
    if (t->kind == T_ENUM)
        return &type_scalar[plain_kind(t)];
    if (t->kind >= T_BOOL && t->kind < T_INT)
        return type_int;
    return type_unqualified(t);
}

struct type *
type_common(struct type *a, struct type *b)
{
    struct type *high;

    a = type_promoted(a);
    b = type_promoted(b);
    if (a->kind == T_ERROR || b->kind == T_ERROR)
        return type_error;
    /* The kinds are in the order of their ranks, unsigned ones higher; a long
     * cannot hold all of an unsigned int. */
    high = a->kind < b->kind ? b : a;
    return high->kind == T_LONG && (a->kind == T_UINT || b->kind == T_UINT)
               ? type_ulong
               : high;
}

/* ---- records ------------------------------------------------------------- */

static uint64_t
round_up(uint64_t n, uint64_t to)
{
    return (n + to - 1) / to * to;
}

/* Choose the unit by which a bit-field is loaded and stored, the smallest one
 * that is aligned, else the smallest run of bytes.  m->offset is its first bit
 * so far.  A store rewrites the unit, so that it must not reach beyond the
 * bit-fields around (bytes from..to): C11 3.14, memory location. */
static void
place_bits(struct member *m, uint32_t from, uint32_t to)
{
    uint32_t last = m->offset + (uint32_t)m->width - 1, unit = 0, first;

    do {
        unit = unit == 0 ? 1 : 2 * unit;
        first = m->offset / 8 / unit * unit;
    } while (last / 8 >= first + unit);
    if (unit > type_size(m->type) || first < from || first + unit > to) {
        first = m->offset / 8;
        unit = last / 8 - first + 1;
    }
    m->offset = first;
    m->unit = (int)unit;
    m->shift = (int)(8 * (first + unit) - 1 - last);
}

static void
place_fields(struct record *r, bool is_union)
{
    struct member *end;

    for (struct member *m = r->members; m != NULL; m = end) {
        uint32_t from = m->offset / 8, to = r->size;

        end = m->next;
        if (m->width == 0)
            continue;
        while (end != NULL && end->width > 0 && !is_union)
            end = end->next;
        if (end != NULL && !is_union)
            to = end->is_bits ? end->offset / 8 : end->offset;
        for (; m != end; m = m->next)
            place_bits(m, from, to);
    }
}

void
record_lay_out(struct record *r, bool is_union, uint32_t min_align)
{
    uint64_t bit = 0; /* next free one, from the start */
    uint64_t size = 0;

    r->align = min_align > r->align ? min_align : r->align;
    for (struct member *m = r->members; m != NULL; m = m->next) {
        bool packed = r->packed || m->packed;
        uint32_t align = packed ? 1 : type_align(m->type);
        uint64_t own = (uint64_t)type_size(m->type) * 8;
        uint64_t width = (uint64_t)m->width;

        if (m->offset > align) /* _Alignas: the parser's note */
            align = m->offset;
        if (is_union)
            bit = 0;
        if (m->is_bits) {
            if (width == 0 || (!packed && bit / own != (bit + width - 1) / own))
                bit = round_up(bit, own);
            m->offset = (uint32_t)bit;
            bit += width;
            if (m->name == NULL)
                align = 1;
        } else {
            bit = round_up(bit, (uint64_t)align * 8);
            m->offset = (uint32_t)(bit / 8);
            bit += own;
        }
        if (align > r->align)
            r->align = align;
        if (bit > size)
            size = bit;
        r->has_const |= type_is_const(m->type);
    }
    size = round_up(round_up(size, 8) / 8, r->align);
    if (size > 0xffffff && r->tok != NULL)
        error_at(r->tok, "this type is larger than the 16 MiB of storage");
    r->size = (uint32_t)size;
    r->complete = true;
    place_fields(r, is_union);
}

struct member *
record_find(const struct record *r, const char *name, uint32_t *offset)
{
    for (struct member *m = r->members; m != NULL; m = m->next) {
        struct member *found;

        if (m->name == name)
            return m;
        if (m->name != NULL || !type_is_record(m->type))
            continue;
        found = record_find(m->type->rec, name, offset);
        if (found != NULL) {
            *offset += m->offset;
            return found;
        }
    }
    return NULL;
}

static void
try_members(struct near *near, const struct record *r)
{
    for (const struct member *m = r->members; m != NULL; m = m->next)
        if (m->name != NULL)
            near_try(near, m->name);
        else if (type_is_record(m->type))
            try_members(near, m->type->rec);
}

const char *
record_hint(const struct record *r, const char *name)
{
    struct near near;

    near_begin(&near, name);
    try_members(&near, r);
    return near_hint(&near);
}

/* ---- names --------------------------------------------------------------- */

static const char *
qualifier_names(int quals)
{
    return cc_format("%s%s%s", (quals & Q_CONST) != 0 ? "const " : "",
                     (quals & Q_VOLATILE) != 0 ? "volatile " : "",
                     (quals & Q_RESTRICT) != 0 ? "restrict " : "");
}

static const char *
base_name(const struct type *t)
{
    const char *kind = t->kind == T_STRUCT  ? "struct"
                       : t->kind == T_UNION ? "union"
                                            : "enum";

    if (t->kind <= T_ULLONG)
        return t->name;
    return cc_format("%s %s", kind,
                     t->rec->tag != NULL ? t->rec->tag : "{...}");
}

/* `inner` is what stands where the name would be. */
static const char *
declared(const struct type *t, const char *inner)
{
    char *params;

    switch (t->kind) {
    case T_PTR:
        inner = cc_format("*%s%s", qualifier_names(t->quals), inner);
        if (t->base->kind == T_ARRAY || t->base->kind == T_FUNC)
            inner = cc_format("(%s)", inner);
        return declared(t->base, inner);
    case T_ARRAY:
        if (t->length < 0)
            return declared(t->base, cc_format("%s[]", inner));
        return declared(t->base,
                        cc_format("%s[%lld]", inner, (long long)t->length));
    case T_FUNC:
        params = cc_format("%s", t->prototype && t->nparams == 0 ? "void" : "");
        for (int i = 0; i < t->nparams; i++)
            params = cc_format("%s%s%s", params, i > 0 ? ", " : "",
                               declared(t->params[i].type, ""));
        return declared(t->base, cc_format("%s(%s%s)", inner, params,
                                           t->variadic ? ", ..." : ""));
    default:
        return cc_format("%s%s%s%s", qualifier_names(t->quals), base_name(t),
                         inner[0] != '\0' ? " " : "", inner);
    }
}

const char *
type_name(const struct type *t)
{
    return declared(t, "");
}
