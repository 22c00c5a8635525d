/*
 * program.c - from units to the pieces of an image.
 *
 * Nothing is in the image that nothing refers to.  The search begins with the
 * names that the assembler files mention (the startup code mentions main) and
 * with objects marked `used`, and goes on with what each function that was
 * compiled and each object that was built refers to.
 */
#include "program.h"

#include <string.h>

#include "inline.h"
#include "lower.h"

#include "machine/io/ebcdic.h"

struct use {
    struct use *next;
    const char *link;
    const struct token *tok;
};

enum { LINK_HASH = 1024 };

static struct piece *first, **last = &first;
static struct piece *table[LINK_HASH];
static struct use *uses;
static bool in_library;
static bool dump;

static unsigned
hash_of(const char *link)
{
    unsigned h = 5381;

    for (; *link != '\0'; link++)
        h = h * 33 + (unsigned char)*link;
    return h % LINK_HASH;
}

static struct piece *
find(const char *link)
{
    struct piece *p = table[hash_of(link)];

    while (p != NULL && strcmp(p->sym->link, link) != 0)
        p = p->chain;
    return p;
}

static bool
asm_conflict(const struct symbol *s)
{
    int line;
    bool is_entry;
    struct asm_file *f = asm_defines(s->link, &line, &is_entry);

    if (f == NULL)
        return false;
    error_at(s->tok, "`%s' is defined twice", s->name);
    fprintf(stderr, "%s:%d: note: here as well\n", f->path, line);
    return true;
}

void
program_define(struct symbol *s)
{
    struct piece *old = find(s->link);
    struct piece *p;
    unsigned h = hash_of(s->link);

    if (old != NULL) {
        if (in_library)
            return; /* the program's own comes first */
        error_at(s->tok, "`%s' is defined twice", s->name);
        note_at(old->sym->tok, "here as well");
        return;
    }
    if (asm_conflict(s))
        return;
    p = cc_alloc(sizeof(*p));
    p->sym = s;
    p->chain = table[h];
    table[h] = p;
    *last = p;
    last = &p->next;
}

void
program_declare(const struct symbol *s)
{
    static struct declared {
        struct declared *next;
        const struct symbol *sym;
    } * known[LINK_HASH];
    struct declared *d = known[hash_of(s->link)];

    while (d != NULL && strcmp(d->sym->link, s->link) != 0)
        d = d->next;
    if (d == NULL) {
        d = cc_alloc(sizeof(*d));
        d->sym = s;
        d->next = known[hash_of(s->link)];
        known[hash_of(s->link)] = d;
    } else if (d->sym->kind != s->kind || !type_agrees(d->sym->type, s->type)) {
        error_at(s->tok, "`%s' is `%s' here, but `%s' in another file", s->name,
                 type_name(s->type), type_name(d->sym->type));
        note_at(d->sym->tok, "the other declaration");
    }
}

void
program_library(bool on)
{
    in_library = on;
}

void
program_use(const char *link, const struct token *tok)
{
    struct use *u = cc_alloc(sizeof(*u));

    u->link = link;
    u->tok = tok;
    u->next = uses;
    uses = u;
}

struct piece *
program_pieces(void)
{
    return first;
}

const char *
program_name(const char *link)
{
    const struct piece *p = find(link);

    return p != NULL ? p->sym->name : link;
}

void
program_ebcdic(const char *text, uint8_t **bytes, int *n)
{
    const char *end = text + strlen(text);
    uint8_t *out = cc_alloc((size_t)(end - text) + 1);

    *bytes = out;
    while (text < end)
        ebcdic_from_utf8(&text, end, out++);
    *n = (int)(out - *bytes);
}

void
program_check(void)
{
    for (struct piece *p = first; p != NULL; p = p->next)
        if (p->sym->kind == SYM_FUNCTION && p->ir == NULL)
            p->ir = lower_function(p->sym);
}

/* ---- what is reached ----------------------------------------------------- */

static struct piece **work;
static int nwork, cap_work;

/* Where the program uses this name first, as far as the parser knows. */
static const struct use *
first_use(const char *link)
{
    const struct use *found = NULL;

    for (const struct use *u = uses; u != NULL; u = u->next)
        if (strcmp(u->link, link) == 0)
            found = u;
    return found;
}

static void
undefined(const char *link, const struct symbol *by)
{
    static const char *reported[ERROR_LIMIT];
    const struct use *u = first_use(link);
    int line;
    bool is_entry = true;
    struct asm_file *f = asm_defines(link, &line, &is_entry);

    for (int i = 0; i < ERROR_LIMIT && reported[i] != NULL; i++)
        if (strcmp(reported[i], link) == 0)
            return;
    for (int i = 0; i < ERROR_LIMIT; i++)
        if (reported[i] == NULL) {
            reported[i] = link;
            break;
        }
    if (u != NULL)
        error_at(u->tok, "`%s' is used here, but defined nowhere", link);
    else
        error_at(by->tok, "`%s' uses `%s', which is defined nowhere", by->name,
                 link);
    if (f != NULL)
        fprintf(stderr,
                "%s:%d: note: here is a label of that name; a statement "
                "`ENTRY %s' makes it known to C\n",
                f->path, line, link);
}

static void
reach(struct piece *p)
{
    if (p->reached)
        return;
    p->reached = true;
    if (nwork == cap_work)
        work = cc_grow(work, &cap_work, sizeof(*work));
    work[nwork++] = p;
}

/* __start_NAME and __stop_NAME are the ends of a section, which then is in the
 * image as a whole; false: there is no such section. */
static bool
reach_section(const char *link)
{
    const char *name = strncmp(link, "__start_", 8) == 0  ? link + 8
                       : strncmp(link, "__stop_", 7) == 0 ? link + 7
                                                          : NULL;
    bool found = false;

    for (struct piece *p = first; p != NULL && name != NULL; p = p->next)
        if (p->sym->section != NULL && strcmp(p->sym->section, name) == 0) {
            reach(p);
            found = true;
        }
    return found;
}

static void
need(const char *link, const struct symbol *by)
{
    struct piece *p = find(link);
    int line;
    bool is_entry = false;

    if (p == NULL && strcmp(link, "__image_end") != 0 &&
        strcmp(link, "__data_end") != 0) {
        if (asm_defines(link, &line, &is_entry) != NULL && is_entry)
            return;
        if (reach_section(link))
            return;
        if (!library_add(link)) {
            undefined(link, by);
            return;
        }
        p = find(link);
    }
    if (p != NULL)
        reach(p);
}

/* Names of a library member that the program has as well. */
static void
check_conflicts(const struct asm_file *f)
{
    for (int i = 0; i < f->nnames; i++) {
        const struct asm_name *n = &f->name[i];
        const struct piece *p =
            n->is_entry || n->is_label ? find(n->name) : NULL;

        if (p != NULL && !p->sym->is_static && f->library)
            error_at(p->sym->tok,
                     "`%s' is also in the library's %s, which the program "
                     "needs: give it another name",
                     n->name, f->path);
    }
}

/* ---- inline -------------------------------------------------------------- */

enum { INLINE_LIMIT = 10, INLINE_ASKED = 40 }; /* instructions */

static void prepare(struct piece *p);

static const struct ir_func *
body_of(const char *link)
{
    struct piece *p = find(link);

    if (p == NULL || p->sym->kind != SYM_FUNCTION)
        return NULL;
    prepare(p);
    return p->body;
}

/* Replace the calls in p; find out whether calls of p may be replaced.  A
 * function that is being prepared has no body yet: recursion ends there. */
static void
prepare(struct piece *p)
{
    if (p->prepared)
        return;
    p->prepared = true;
    if (p->ir == NULL)
        p->ir = lower_function(p->sym);
    inline_calls(p->ir, body_of);
    opt_early(p->ir);
    if (!p->sym->noinline &&
        inline_possible(p->ir, p->sym->is_inline ? INLINE_ASKED : INLINE_LIMIT))
        p->body = ir_copy(p->ir);
}

static void
compile(struct piece *p)
{
    struct symbol *s = p->sym;

    if (s->kind == SYM_FUNCTION) {
        prepare(p);
        p->code = emit_func(p->ir);
        if (dump)
            ir_dump(p->ir);
        for (int i = 0; i < p->code->nlit; i++)
            if (p->code->lit[i].sym != NULL)
                need(p->code->lit[i].sym, s);
        return;
    }
    p->data = data_build(s);
    for (int i = 0; i < p->data->nreloc; i++)
        need(p->data->reloc[i].link, s);
}

/* Names in an assembler file may be C's. */
static void
reach_from(const struct asm_file *f)
{
    int line;
    bool is_entry;

    for (int i = 0; i < f->nnames; i++) {
        const struct asm_name *n = &f->name[i];
        struct piece *p = find(n->name);

        if (p != NULL && !p->sym->is_static)
            reach(p);
        else if (n->is_external &&
                 asm_defines(n->name, &line, &is_entry) == NULL &&
                 !reach_section(n->name)) {
            library_add(n->name);
            p = find(n->name);
            if (p != NULL)
                reach(p);
        }
    }
}

void
program_select(bool dump_ir)
{
    const struct asm_file *done = NULL;
    struct piece *p;

    dump = dump_ir;
    for (p = first; p != NULL; p = p->next)
        if (p->sym->keep || (asm_files() == NULL && !p->sym->is_static &&
                             strcmp(p->sym->link, "main") == 0))
            reach(p);
    for (;;) {
        const struct asm_file *f = done == NULL ? asm_files() : done->next;

        if (f != NULL) {
            check_conflicts(f);
            reach_from(f);
            done = f;
        } else if (nwork > 0)
            compile(work[--nwork]);
        else
            break;
    }
}
