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

/* A link name: what the units have said of it, and then NASM. */
struct link {
    struct piece *piece;           /* its definition */
    const struct symbol *declared; /* its first declaration */
    const struct token *use;       /* its first use, as far as they know */
    bool missing;                  /* that is reported */
    bool placed, in_image;
    uint32_t addr; /* if it is placed */
};

static struct piece *first, **last = &first;
static bool in_library;
static bool dump;

static struct link *
link_of(const char *link)
{
    struct meaning *m = cc_meaning(cc_intern(link, strlen(link)));

    if (m->link == NULL)
        m->link = cc_alloc(sizeof(*m->link));
    return m->link;
}

static struct piece *
find(const char *link)
{
    return link_of(link)->piece;
}

void
program_define(struct symbol *s)
{
    struct link *n = link_of(s->link);
    const struct asm_name *other = asm_defines(s->link);

    if ((n->piece != NULL && in_library) ||
        ((n->piece != NULL || other != NULL) && s->is_inline))
        return; /* the program's own comes first, and what is not inline */
    if (n->piece != NULL && n->piece->sym->is_inline) {
        n->piece->sym = s;
        return;
    }
    if (n->piece != NULL) {
        error_at(s->tok, "`%s' is defined twice", s->name);
        note_at(n->piece->sym->tok, "here as well");
    } else if (other != NULL) {
        error_at(s->tok, "`%s' is defined twice", s->name);
        fprintf(stderr, "%s:%d: note: here as well\n", other->file->path,
                other->line);
    } else {
        n->piece = cc_alloc(sizeof(*n->piece));
        n->piece->sym = s;
        *last = n->piece;
        last = &n->piece->next;
    }
}

void
program_declare(const struct symbol *s)
{
    struct link *n = link_of(s->link);
    const struct symbol *old = n->declared;

    if (old == NULL)
        n->declared = s;
    else if (old->kind != s->kind || !type_agrees(old->type, s->type)) {
        error_at(s->tok, "`%s' is `%s' here, but `%s' in another file", s->name,
                 type_name(s->type), type_name(old->type));
        note_at(old->tok, "the other declaration");
    }
}

void
program_use(const char *link, const struct token *tok)
{
    struct link *n = link_of(link);

    if (n->use == NULL)
        n->use = tok;
}

void
program_library(bool on)
{
    in_library = on;
}

struct piece *
program_pieces(void)
{
    return first;
}

void
program_place(const char *name, uint32_t addr, bool in_image)
{
    struct link *n = link_of(name);

    n->placed = true;
    n->in_image = in_image;
    n->addr = addr;
}

bool
program_address(const char *name, uint32_t *addr)
{
    const struct link *n = link_of(name);

    if (n->placed)
        *addr = n->addr;
    return n->placed;
}

bool
program_in_image(const char *name)
{
    return link_of(name)->in_image;
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
static int nwork;

static void
undefined(const char *link, const struct symbol *by)
{
    struct link *n = link_of(link);
    const struct asm_name *label = asm_defines(link);

    if (n->missing)
        return;
    n->missing = true;
    if (n->use != NULL)
        error_at(n->use, "`%s' is used here, but defined nowhere", link);
    else
        error_at(by->tok, "`%s' uses `%s', which is defined nowhere", by->name,
                 link);
    if (label != NULL)
        fprintf(stderr,
                "%s:%d: note: here is a label of that name; a statement "
                "`ENTRY %s' makes it known to C\n",
                label->file->path, label->line, link);
}

static void
reach(struct piece *p)
{
    if (p->reached)
        return;
    p->reached = true;
    work = cc_room(work, nwork, sizeof(*work));
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
    const struct link *n = link_of(link);
    const struct asm_name *label = asm_defines(link);

    if (n->piece == NULL &&
        (strcmp(link, "__image_end") == 0 || strcmp(link, "__data_end") == 0 ||
         (label != NULL && label->is_entry) || reach_section(link)))
        return;
    if (n->piece == NULL && !library_add(link))
        undefined(link, by);
    else if (n->piece != NULL)
        reach(n->piece);
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
    if ((p->sym->flags & F_NOINLINE) == 0)
        p->body =
            inline_body(p->ir, (p->sym->flags & F_INLINE) != 0 ? INLINE_ASKED
                                                               : INLINE_LIMIT);
}

static void
compile(struct piece *p)
{
    struct symbol *s = p->sym;

    if (s->kind == SYM_FUNCTION) {
        prepare(p);
        p->code = emit_func(p->ir);
        p->size = p->code->size;
        p->align = 8;
        if (dump)
            ir_dump(p->ir);
        for (int i = 0; i < p->code->nlit; i++)
            if (p->code->lit[i].sym != NULL)
                need(p->code->lit[i].sym, s);
        return;
    }
    p->data = data_build(s);
    p->size = p->data->size;
    p->align = p->data->align;
    for (int i = 0; i < p->data->nreloc; i++)
        need(p->data->reloc[i].link, s);
}

/* Names in an assembler file may be C's. */
static void
reach_from(const struct asm_file *f)
{
    for (int i = 0; i < f->nnames; i++) {
        const struct asm_name *n = &f->name[i];
        struct piece *p = find(n->name);

        if (p != NULL && !p->sym->is_static)
            reach(p);
        else if (n->is_external && asm_defines(n->name) == NULL &&
                 !reach_section(n->name)) {
            library_add(n->name);
            if ((p = find(n->name)) != NULL)
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
        if ((p->sym->flags & F_USED) != 0 ||
            (asm_files() == NULL && !p->sym->is_static &&
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
