/*
 * asmfault.c - mistakes in assembler files, from all who find them.
 *
 * NASM gives up after the pass in which it has found a mistake, and a student
 * should not have to mend one line to hear of the next.  So faulty lines are
 * taken out, NASM reads the rest again, and so on until it finds nothing new.
 * What replaces a line keeps its label, so that lines that refer to it are
 * right; messages that still follow from a faulty line are left out.
 */
#include "statement.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* What is wrong with a line; word: the part that the message is about, or NULL.
 * The rest is known when all is reported. */
struct fault {
    struct asm_file *file;
    int line;
    const char *word, *text;
    const char *first; /* word of the line, or NULL */
    struct statement s;
    int bases;  /* statements before it that change what USING covers */
    bool using; /* it is meant as a USING */
};

static struct fault *fault;
static int nfaults;

static struct fault *
fault_at(const struct asm_file *f, int line)
{
    for (int i = 0; i < nfaults; i++)
        if (fault[i].file == f && fault[i].line == line)
            return &fault[i];
    return NULL;
}

void
asm_fault(struct asm_file *f, int line, const char *word, const char *text)
{
    if (fault_at(f, line) != NULL)
        return;
    fault = cc_room(fault, nfaults, sizeof(*fault));
    fault[nfaults++] =
        (struct fault){.file = f, .line = line, .word = word, .text = text};
}

void
asm_statement_at(const struct asm_file *f, int line, struct statement *s)
{
    int n = 0;
    const char *p = source_line(f->file, line, &n);

    asm_parse(s, p == NULL ? "" : p, n);
}

const char *
asm_first_word(const struct asm_file *f, int line)
{
    int n = 0;
    const char *p = source_line(f->file, line, &n);

    return p == NULL ? NULL : asm_next_word(&p, p + n);
}

/* ---- labels -------------------------------------------------------------- */

struct definition {
    const char *name, *operation;
    struct asm_file *file;
    int line;
};

static struct definition *label;
static int nlabels;

static bool
is_one_of(const char *word, const char *const list[])
{
    if (word == NULL)
        return false;
    for (int i = 0; list[i] != NULL; i++)
        if (strcmp(word, list[i]) == 0)
            return true;
    return false;
}

static const char *const sections[] = {"CSECT", "DSECT", "START", NULL};

bool
asm_label(struct asm_file *f, int line, const struct statement *s,
          const char **where, int *place)
{
    for (int i = 0; i < nlabels; i++) {
        if (label[i].name != s->label)
            continue;
        if (is_one_of(s->operation, sections) &&
            is_one_of(label[i].operation, sections))
            return true;
        *where = source_name(label[i].file->file);
        *place = label[i].line;
        return false;
    }
    label = cc_room(label, nlabels, sizeof(*label));
    label[nlabels++] = (struct definition){s->label, s->operation, f, line};
    return true;
}

/* ---- included files ------------------------------------------------------ */

static const char *folders[2];

void
asm_include_from(const char *asm_folder, const char *lib_folder)
{
    folders[0] = asm_folder;
    folders[1] = lib_folder;
}

void
asm_include(const char *name, bool ours, void (*use)(int file))
{
    static int *seen;
    static int nseen;
    const char *path = ours ? cc_format("%s/%s", folders[0], name) : name;
    int file;

    for (int i = 0; i < 2 && access(path, R_OK) != 0; i++)
        path = cc_format("%s/%s", folders[i], name);
    if (access(path, R_OK) != 0)
        return; /* NASM says so */
    file = source_file(path, strlen(path));
    for (int i = 0; i < nseen; i++)
        if (seen[i] == file)
            return;
    seen = cc_room(seen, nseen, sizeof(*seen));
    seen[nseen++] = file;
    use(file);
}

/* Does the line have this word? */
bool
asm_has_word(const char *p, int length, const char *word)
{
    int n = (int)strlen(word);

    for (int i = 0; p != NULL && i + n <= length; i++)
        if (strncmp(p + i, word, (size_t)n) == 0 &&
            (i == 0 || !isalnum((unsigned char)p[i - 1])) &&
            (i + n == length || !isalnum((unsigned char)p[i + n])))
            return true;
    return false;
}

bool
asm_line_has_word(const struct asm_file *f, int line, const char *word)
{
    int length = 0;
    const char *p = source_line(f->file, line, &length);

    return asm_has_word(p, length, word);
}

/* ---- labels as NASM knows them ------------------------------------------- */

/* Is it one of s370_words.inc, a label with a dot behind for NASM? */
static bool
is_nasm_word(const char *name)
{
    const char *path = cc_format("%s/s370_words.inc", folders[0]), *line;
    int file = source_file(path, strlen(path)), length;

    for (int i = 1; (line = source_line(file, i, &length)) != NULL; i++)
        if (line[0] == '_' && asm_has_word(line, length, name))
            return true;
    return false;
}

/* Does the value of label d come from that of label `to`, by EQUs?  `seen`: the
 * labels that have been looked at. */
static bool
comes_from(const struct definition *d, const struct definition *to, bool *seen)
{
    int n = 0;
    const char *p = source_line(d->file->file, d->line, &n), *end = p + n;

    seen[d - label] = true;
    if (d->operation == NULL || strcmp(d->operation, "EQU") != 0)
        return false;
    asm_next_word(&p, end);
    asm_next_word(&p, end);
    for (int i = 0; i < nlabels; i++)
        if (asm_has_word(p, (int)(end - p), label[i].name) &&
            (&label[i] == to || (!seen[i] && comes_from(&label[i], to, seen))))
            return true;
    return false;
}

bool
asm_stuck(void)
{
    bool any = false;

    for (int i = 0; i < nlabels; i++) {
        bool *seen = cc_alloc((size_t)nlabels * sizeof(*seen));

        memset(seen, 0, (size_t)nlabels * sizeof(*seen));
        if (!comes_from(&label[i], &label[i], seen))
            continue;
        any = true;
        asm_fault(label[i].file, label[i].line, label[i].name,
                  cc_format("'%s' is defined by itself", label[i].name));
    }
    return any;
}

/* ---- copies -------------------------------------------------------------- */

static bool
is_local_label(const char *p, int n)
{
    return n > 2 && p[0] == '%' && p[1] == '%' && isalpha((unsigned char)p[2]);
}

/* L'%1 or L'%%NAME, a text to NASM. */
static bool
is_length(const char *p, int n)
{
    return n > 3 && strncmp(p, "L'%", 3) == 0 && !asm_is_name_char(p[-1]);
}

static bool
has_local_labels(const struct asm_file *f)
{
    const char *line;
    int n;

    for (int i = 1; (line = source_line(f->file, i, &n)) != NULL; i++)
        for (int j = 1; j < n; j++)
            if (is_local_label(line + j - 1, n - j + 1) ||
                is_length(line + j, n - j))
                return true;
    return false;
}

/* What stands for a faulty line: nothing, or its label alone. */
static void
put_replacement(FILE *out, const struct asm_file *f, int line)
{
    struct statement s;
    bool good;

    asm_statement_at(f, line, &s);
    good = false;
    for (int i = 0; i < nlabels; i++)
        good |= label[i].name == s.label && label[i].file == f &&
                label[i].line == line;
    good &= strstr(fault_at(f, line)->text, "a word of NASM's") == NULL;
    if (strstr(fault_at(f, line)->text, "an instruction in a DSECT") != NULL)
        fprintf(out, "%s CSECT", good ? s.label : "");
    else if (is_one_of(s.operation, (const char *const[]){"ORG", NULL}))
        fputs(" ORG", out);
    else if (!good)
        return;
    else if (is_one_of(s.operation, sections))
        fprintf(out, "%s %s", s.label, s.operation);
    else if (is_one_of(s.operation, (const char *const[]){"EQU", NULL}))
        fprintf(out, "%s EQU 1", s.label);
    else
        fprintf(out, "%s DS 0H", s.label);
}

/* A line of a file whose macros have labels of their own, or lengths of
 * parameters, which NASM does not see in what is a text to it.  It makes of
 * %%NAME a name with the number of calls of macros before, and that is another
 * one in each pass, since s370.inc does more in the last: take the number that
 * __call of s370_section.inc gives to a call.  `p` is where the name of a macro
 * ends that is called here, or NULL. */
static void
put_line(FILE *out, const char *line, int n, bool in_macro, const char *called,
         const char *p)
{
    for (int i = 0; i < n; i++) {
        bool length = in_macro && i > 0 && is_length(line + i, n - i);
        int name = length ? i + 2 : i;
        bool local = in_macro && is_local_label(line + name, n - name);

        if (called != NULL && line + i == p - strlen(called)) {
            fprintf(out, "__call_%s", called);
            i += (int)strlen(called) - 1;
            continue;
        }
        if (!length && !local) {
            fputc(line[i], out);
            continue;
        }
        if (length)
            fputs("__length_of(", out);
        if (!local)
            fputc('%', out);
        for (i = name + (local ? 2 : 1); i < n && asm_is_name_char(line[i]);
             i++)
            fputc(line[i], out);
        if (local)
            fputs(LOCAL_LABEL "%[%$call]", out);
        if (length)
            fputc(')', out);
        i--;
    }
}

static void
write_copy(struct asm_file *f, const char *path)
{
    FILE *out = cc_create(path);
    bool labels = has_local_labels(f);
    const char *line;
    int n, macros = 0;

    for (int i = 1; (line = source_line(f->file, i, &n)) != NULL; i++) {
        const char *word = asm_first_word(f, i), *p = line;
        bool directive =
            word != NULL && word[0] == '%' && isalpha((unsigned char)word[1]);
        struct statement s = {NULL};

        if (labels && !directive)
            asm_statement_at(f, i, &s);
        if (s.operation != NULL && (!asm_is_operation(s.operation) ||
                                    asm_macro_line(f, s.operation) == 0))
            s.operation = NULL;
        while (s.operation != NULL &&
               asm_next_word(&p, line + n) != s.operation)
            continue;
        if (fault_at(f, i) != NULL)
            put_replacement(out, f, i);
        else
            put_line(out, line, n, macros > 0, s.operation, p);
        fputc('\n', out);
        if (directive)
            macros += asm_begins_macro(word)           ? 1
                      : strncmp(word, "%endm", 5) == 0 ? -1
                                                       : 0;
    }
    cc_close(out, path);
    f->copy = path;
}

void
asm_free_macros(FILE *out, const struct asm_file *f)
{
    const char *line;
    int n;

    for (int i = 1; (line = source_line(f->file, i, &n)) != NULL; i++) {
        const char *p = line, *name;

        asm_next_word(&p, line + n);
        name = asm_next_word(&p, line + n);
        if (name == NULL || asm_macro_line(f, name) != i)
            continue;
        if (is_nasm_word(name))
            fprintf(out, "%%undef %s\n", name);
        if (has_local_labels(f))
            fprintf(out, " __callable %s\n", name);
    }
}

static int known = -1; /* faults, when copies were written; -1: never */

bool
asm_more(void)
{
    return nfaults > 0 && nfaults > known;
}

void
asm_write_copies(const char *folder)
{
    int number = 0;

    if (nfaults <= known)
        return;
    known = nfaults;
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next, number++) {
        bool faulty = !f->library && has_local_labels(f);

        for (int i = 0; i < nfaults; i++)
            faulty |= fault[i].file == f;
        if (faulty)
            write_copy(f, cc_format("%s/copy%d.asm", folder, number));
    }
}

/* ---- the report ---------------------------------------------------------- */

static int
by_place(const void *a, const void *b)
{
    const struct fault *x = a, *y = b;

    if (x->file->file != y->file->file)
        return x->file->file < y->file->file ? -1 : 1;
    return (x->line > y->line) - (x->line < y->line);
}

/* Has the word at the beginning of a faulty line been meant as this name, as in
 * NAME DCF'1', NA+ME or R1,NAME? */
static bool
spoils(const struct fault *f, const char *name)
{
    int n = 0;
    const char *p = source_line(f->file->file, f->line, &n);

    if (strstr(f->text, "a label has ") == NULL &&
        strstr(f->text, "a label begins ") == NULL &&
        strstr(f->text, "neither a label ") == NULL &&
        strstr(f->text, "' stands alone") == NULL &&
        strstr(f->text, " is not an instruction") == NULL)
        return false;
    if (strstr(asm_first_word(f->file, f->line), name) != NULL)
        return true;
    for (; n > 0 && *name != '\0' && !isspace((unsigned char)*p); n--, p++)
        if (*p == *name)
            name++;
        else if (asm_is_name_char(*p))
            return false;
    return *name == '\0';
}

/* Texts of mistakes that others may bring about. */
static const char *const followers[] = {
    "' is not defined",      "has no end",          " length is ",
    " is not in use by ",    " is not addressable", "an instruction in a DSECT",
    "this ends what ORG",    " before has no POP ", "of what PUSH ",
    " inside of %macro ",    " that it belongs to", "the macro '",
    " not the same in each",
};
enum follower {
    NAME,
    ENDLESS,
    LENGTH,
    DROPPED,
    UNCOVERED,
    IN_DSECT,
    PATCH_END,
    NO_POP,
    NO_PUSH,
    PARAMETER,
    UNBEGUN,
    MACRO,
    MOVED,
    NONE
};

/* Does mistake j bring about mistake i of that kind?  A faulty line the names
 * that it does not define, and the length of its label; a faulty USING what is
 * not addressable, and a USING that is missing the same in what is behind; PUSH
 * and POP each other; a faulty constant, which may have another length in each
 * pass, addresses behind it; a %macro without an end the parameters in it.  A
 * name in a literal was reported there. */
static bool
brings_about(const struct fault *j, const struct fault *i, enum follower kind)
{
    static const char *const sets[] = {"USING", "CSECT", "DSECT", NULL};
    static const char *const keeps[] = {"PUSH", "POP", NULL};
    static const char *const ends[] = {"LTORG", "END", NULL};
    static const char *const patch[] = {"ORG", NULL}, *const push[] = {"PUSH",
                                                                       NULL};
    bool before = j->file == i->file && j->line <= i->line;
    bool directive = j->first != NULL && j->first[0] == '%';

    switch (kind) {
    case NAME:
        return (j->s.label != NULL && j->s.label == i->word) ||
               spoils(j, i->word) ||
               (j->word == i->word && is_one_of(i->s.operation, ends));
    case ENDLESS:
        return strstr(j->text, "did you mean %e") != NULL ||
               strstr(j->text, "ends nothing") != NULL;
    case LENGTH:
        return j->s.label != NULL &&
               asm_line_has_word(i->file, i->line, j->s.label);
    case DROPPED:
        return before &&
               (j->using || asm_line_has_word(j->file, j->line, i->word));
    case UNCOVERED:
        return before && (j->using || is_one_of(j->s.operation, sets) ||
                          (strstr(j->text, "no USING covers it") != NULL &&
                           strstr(i->text, "no USING covers it") != NULL &&
                           j->bases == i->bases));
    case IN_DSECT:
        return before && strstr(j->text, "mean CSECT") != NULL;
    case PATCH_END:
        return before && is_one_of(j->s.operation, patch);
    case NO_POP:
        return before && is_one_of(j->s.operation, keeps);
    case NO_PUSH:
        return before && is_one_of(j->s.operation, push);
    case PARAMETER:
    case UNBEGUN:
        return before && directive;
    case MACRO:
        return before && ((directive && asm_line_has_word(j->file, j->line,
                                                          i->s.operation)) ||
                          (strstr(i->text, " has a line ") != NULL &&
                           strcmp(j->text, i->text) == 0));
    case MOVED:
        return before;
    case NONE:
        break;
    }
    return false;
}

static bool
follows(int i)
{
    enum follower kind = NAME;

    while (kind < NONE && strstr(fault[i].text, followers[kind]) == NULL)
        kind++;
    if (kind == NONE)
        return false;
    for (int j = 0; j < nfaults; j++)
        if (j != i && brings_about(&fault[j], &fault[i], kind))
            return true;
    return false;
}

/* See what else the lines of the faults of a file say. */
static void
look_at_lines(const struct asm_file *file)
{
    static const char *const changes[] = {"USING", "DROP", "POP", NULL};
    struct statement s;
    int n, line = 0, bases = 0;

    for (int i = 0; i < nfaults; i++) {
        struct fault *f = &fault[i];

        if (f->file != file)
            continue;
        while (source_line(file->file, ++line, &n) != NULL && line < f->line) {
            asm_statement_at(file, line, &s);
            bases += is_one_of(s.operation, changes);
        }
        line = f->line;
        asm_statement_at(file, line, &f->s);
        f->first = asm_first_word(file, line);
        f->bases = bases += is_one_of(f->s.operation, changes);
        f->using = asm_line_has_word(file, line, "USING") ||
                   (f->s.operation != NULL &&
                    strstr(f->s.operation, "USING") != NULL) ||
                   strstr(f->text, "mean USING") != NULL;
    }
}

bool
asm_report(void)
{
    if (nfaults == 0)
        return false;
    qsort(fault, (size_t)nfaults, sizeof(*fault), by_place);
    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        look_at_lines(f);
    for (int i = 0; i < nfaults; i++)
        if (!follows(i))
            error_line(fault[i].file->file, fault[i].line, fault[i].word,
                       fault[i].text);
    return true;
}
