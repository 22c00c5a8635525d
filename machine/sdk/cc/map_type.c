/*
 * map_type.c - types for the map.
 *
 * Structures, unions and enumerations may speak of themselves: they get
 * numbers, and are written once each.  The same definition that several units
 * read from one header is one.  So are typedefs of the same name for the same
 * type.
 */
#include "program.h"

#include <string.h>

enum { RECORD_HASH = 256 };

struct known {
    struct known *chain;
    struct type *type;
};

static struct type **numbered;
static int nnumbered;
static struct known *known[RECORD_HASH];

static int
number_of(struct type *t)
{
    struct record *r = t->rec;
    unsigned h = (unsigned)(r->tok->line * 31 + r->tok->file) % RECORD_HASH;
    struct known *k;

    if (r->number != 0)
        return r->number;
    for (k = known[h]; k != NULL; k = k->chain) {
        const struct record *old = k->type->rec;

        if (old->tok->line == r->tok->line && old->tok->file == r->tok->file &&
            old->tok->nth == r->tok->nth && old->tag == r->tag &&
            old->size == r->size && k->type->kind == t->kind)
            return r->number = old->number;
    }
    numbered = cc_room(numbered, nnumbered, sizeof(struct type *));
    numbered[nnumbered++] = t;
    r->number = nnumbered;
    k = cc_alloc(sizeof(*k));
    k->type = t;
    k->chain = known[h];
    known[h] = k;
    return r->number;
}

static struct symbol **name;
static int nnames;

void
map_typedef(struct symbol *s)
{
    name = cc_room(name, nnames, sizeof(*name));
    name[nnames++] = s;
}

const char *
map_type(struct type *t)
{
    switch (t->kind) {
    case T_VOID:
        return "v";
    case T_BOOL:
        return "b";
    case T_CHAR:
        return "c";
    case T_FUNC:
        return "f";
    case T_PTR:
        return cc_format("*%s", map_type(t->base));
    case T_ARRAY:
        return cc_format("[%lld]%s", (long long)(t->length < 0 ? 0 : t->length),
                         map_type(t->base));
    case T_STRUCT:
    case T_UNION:
    case T_ENUM:
        return cc_format("#%d", number_of(t));
    default:
        return cc_format("%c%u", type_is_signed(t) ? 'i' : 'u',
                         (unsigned)type_size(t));
    }
}

static const char *
tag_of(const struct record *r)
{
    return r->tag != NULL ? r->tag : "?";
}

static void
print_enumeration(FILE *out, const struct type *t)
{
    fprintf(out, "<%s#%c%u;", tag_of(t->rec), type_is_signed(t) ? 'i' : 'u',
            (unsigned)type_size(t));
    for (const struct symbol *e = t->rec->constants; e != NULL; e = e->next)
        fprintf(out, "%s=%d;", e->name, (int)e->value);
    fputc('>', out);
}

static void
print_record(FILE *out, const struct type *t)
{
    fprintf(out, "{%s#%u;", tag_of(t->rec), (unsigned)t->rec->size);
    for (const struct member *m = t->rec->members; m != NULL; m = m->next) {
        const char *name = m->name != NULL ? m->name : "?";

        if (m->is_bits && m->name == NULL)
            continue;
        fprintf(out, "%s@%u:", name, (unsigned)m->offset);
        if (m->is_bits)
            fprintf(out, "~%d,%d,%d,", m->unit, m->shift, m->width);
        fprintf(out, "%s;", map_type(m->type));
    }
    fputc('}', out);
}

static void
print_typedefs(FILE *out)
{
    struct seen {
        struct seen *chain;
        const char *name, *type;
    } * seen[RECORD_HASH] = {NULL};

    for (int i = 0; i < nnames; i++) {
        const char *type = map_type(name[i]->type);
        struct seen **list = &seen[(unsigned)name[i]->tok->line % RECORD_HASH];
        struct seen *s = *list;

        type = cc_intern(type, strlen(type));
        while (s != NULL && (s->name != name[i]->name || s->type != type))
            s = s->chain;
        if (s != NULL)
            continue;
        s = cc_alloc(sizeof(*s));
        *s = (struct seen){*list, name[i]->name, type};
        *list = s;
        fprintf(out, "typedef %s %s\n", s->name, type);
    }
}

void
map_types(FILE *out)
{
    print_typedefs(out);
    /* Printing one may number more. */
    for (int i = 0; i < nnumbered; i++) {
        fprintf(out, "type %d ", i + 1);
        if (numbered[i]->kind == T_ENUM)
            print_enumeration(out, numbered[i]);
        else
            print_record(out, numbered[i]);
        fputc('\n', out);
    }
}
