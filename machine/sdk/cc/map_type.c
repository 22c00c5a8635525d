/*
 * map_type.c - types for the map.
 *
 * Structures, unions and enumerations may speak of themselves: they get
 * numbers, and are written once each.  The same definition that several units
 * read from one header is one.  So are typedefs of the same name for the same
 * type in one file.
 */
#include "program.h"

#include <string.h>

static struct type **numbered;
static int nnumbered;

/* The number of a text, if it has one. */
static int *
number_of_text(const char *text)
{
    return &cc_meaning(cc_intern(text, strlen(text)))->in_map;
}

static int
number_of(struct type *t)
{
    struct record *r = t->rec;
    int *same;

    if (r->number != 0)
        return r->number;
    same = number_of_text(cc_format(
        "%d %d:%d:%d %s %u", (int)t->kind, r->tok->file, r->tok->line,
        r->tok->index, r->tag != NULL ? r->tag : "?", (unsigned)r->size));
    if (*same == 0) {
        numbered = cc_room(numbered, nnumbered, sizeof(*numbered));
        numbered[nnumbered++] = t;
        *same = nnumbered;
    }
    return r->number = *same;
}

static struct symbol **name;
static int nnames;

void
map_typedef(struct symbol *s)
{
    name = cc_room(name, nnames, sizeof(*name));
    name[nnames++] = s;
}

static struct type **defined;
static int ndefined;

void
map_defined(struct type *t)
{
    defined = cc_room(defined, ndefined, sizeof(*defined));
    defined[ndefined++] = t;
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
    for (int i = 0; i < nnames; i++) {
        const char *text = cc_format("typedef %s %s %s\n", name[i]->name,
                                     map_type(name[i]->type),
                                     source_shown(name[i]->tok->file));

        if (++*number_of_text(text) == 1)
            fputs(text, out);
    }
}

void
map_types(FILE *out)
{
    for (int i = 0; i < ndefined; i++)
        number_of(defined[i]);
    print_typedefs(out);
    /* Printing one may number more. */
    for (int i = 0; i < nnumbered; i++) {
        fprintf(out, "type %d ", i + 1);
        if (numbered[i]->kind == T_ENUM)
            print_enumeration(out, numbered[i]);
        else
            print_record(out, numbered[i]);
        fprintf(out, " %s\n", source_shown(numbered[i]->rec->tok->file));
    }
}
