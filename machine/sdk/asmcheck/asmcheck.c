/*
 * asmcheck.c - statements of assembler files that NASM cannot explain.
 *
 * NASM with s370.inc finds what is wrong with operands.  A statement that it
 * does not know at all - a misspelt instruction, a label named like a register
 * or like an instruction - gets words about parsers from it, and ends the run
 * before anything else is looked at.  So the words at the beginning of each
 * statement are looked at here first: label, operation, and nothing more.
 * Operations are the instructions and macros of s370.inc, the macros of the
 * file itself, and NASM's few statements.  What stands inside of %if, %rep or
 * %macro is left to NASM.
 */
#include "statement.h"

#include <ctype.h>
#include <string.h>

/* ---- the operations ------------------------------------------------------ */

struct operation {
    const char *name;
    const char *format; /* __rx or the like; NULL: no instruction */
    bool unlabelled;    /* it gives a label before it no address */
    bool ours;          /* of s370.inc, or of NASM */
};

/* Whether the macros that are added are ours. */
static bool add_ours;
static struct operation *operation;
static int noperations;

static void
add_operation(const char *name, const char *format, bool unlabelled)
{
    operation = cc_room(operation, noperations, sizeof(*operation));
    operation[noperations++] =
        (struct operation){name, format, unlabelled, add_ours};
}

static const struct operation *
find_operation(const char *word)
{
    for (int i = 0; i < noperations; i++)
        if (operation[i].name == word)
            return &operation[i];
    return NULL;
}

bool
asm_is_operation(const char *word)
{
    return find_operation(word) != NULL;
}

/* The same in other letters, or NULL. */
static const char *
other_case(const char *word)
{
    for (int i = 0; i < noperations; i++)
        if (strcasecmp(operation[i].name, word) == 0)
            return operation[i].name;
    return NULL;
}

static const char *
nearest_operation(const char *word)
{
    struct near near;

    near_begin(&near, word);
    for (int i = 0; i < noperations; i++)
        if (strncmp(operation[i].name, "__", 2) != 0 &&
            isupper((unsigned char)operation[i].name[0]))
            near_try(&near, operation[i].name);
    return near.best;
}

/* ---- statements ---------------------------------------------------------- */

/* A word of name characters only that begins with none of the digits. */
static bool
is_name(const char *s)
{
    if (s == NULL || *s == '\0' || isdigit((unsigned char)*s))
        return false;
    while (asm_is_name_char(*s))
        s++;
    return *s == '\0';
}

static bool
suspect(const char *word)
{
    return is_name(word) &&
           (other_case(word) != NULL || asm_advice(word) != NULL ||
            nearest_operation(word) != NULL);
}

/* Is it meant as an operation, although one stands behind it?  PUSH and POP
 * have USING for an operand, and a word from elsewhere may have any. */
static bool
means_operation(const char *word)
{
    const char *near = nearest_operation(word);

    return asm_advice(word) != NULL ||
           (near != NULL &&
            (strcmp(near, "PUSH") == 0 || strcmp(near, "POP") == 0));
}

/* Is it an instruction that does not stand alone? */
static bool
takes_operands(const char *word)
{
    const char *format = find_operation(word)->format;

    return format != NULL && strcmp(format, "__s_none") != 0;
}

/* Is it meant as a statement without operands? */
static bool
stands_alone(const char *word)
{
    const char *near = other_case(word);

    if (near == NULL)
        near = nearest_operation(word);
    return asm_advice(word) != NULL || (near != NULL && !takes_operands(near));
}

/* Which of the first two words of a statement is its operation?  POST X does
 * not begin with a label. */
void
asm_parse(struct statement *s, const char *line, int n)
{
    const char *end = line + n, *p = line;
    const char *first = asm_next_word(&p, end);
    const char *second = asm_next_word(&p, end);
    bool labelled;

    memset(s, 0, sizeof(*s));
    s->column_1 = n > 0 && !isspace((unsigned char)line[0]);
    if (first == NULL)
        return;
    if (first[strlen(first) - 1] == ':') {
        s->colon = true;
        s->label = cc_intern(first, strlen(first) - 1);
        s->operation = second;
        return;
    }
    if (asm_is_operation(first))
        labelled = s->column_1 && second != NULL && asm_is_operation(second);
    else if (second != NULL && asm_is_operation(second))
        labelled = s->column_1 || asm_next_word(&p, end) != NULL ||
                   (!takes_operands(second) && !means_operation(first));
    else if (suspect(first) && !(s->column_1 && suspect(second)))
        labelled = false;
    else
        labelled =
            is_name(second) && (s->column_1 || asm_next_word(&p, end) != NULL);
    s->label = labelled ? first : NULL;
    s->operation = labelled ? second : first;
}

/* ---- directives of NASM -------------------------------------------------- */

/* The lines of what waits for its end: %if (i), %rep (r), %macro (m). */
struct open {
    int n;
    struct {
        int line;
        char kind;
    } * at;
};

static void
push(struct open *o, int line, char kind)
{
    o->at = cc_room(o->at, o->n, sizeof(*o->at));
    o->at[o->n].line = line;
    o->at[o->n++].kind = kind;
}

/* Forget all but the first n, which have no end. */
static void
no_end(struct asm_file *f, struct open *o, int n)
{
    while (o->n > n) {
        char kind = o->at[--o->n].kind;

        asm_fault(f, o->at[o->n].line, NULL,
                  cc_format("this has no end: %%end%s is missing",
                            kind == 'i'   ? "if"
                            : kind == 'r' ? "rep"
                                          : "macro"));
    }
}

static void
open_or_close(struct asm_file *f, struct open *o, const char *word, int line)
{
    bool end = strncmp(word, "%end", 4) == 0;
    const char *what = word + (end ? 4 : 1);
    char kind = strncmp(what, "if", 2) == 0     ? 'i'
                : strcmp(what, "rep") == 0      ? 'r'
                : strstr(what, "macro") != NULL ? 'm'
                                                : '\0';
    int n = o->n;

    if (kind == '\0' || strncmp(what, "exit", 4) == 0)
        return;
    if (!end) {
        push(o, line, kind);
        return;
    }
    while (n > 0 && o->at[n - 1].kind != kind)
        n--;
    if (n > 0) {
        no_end(f, o, n);
        o->n--;
    }
}

/* Is NASM to read the statement here as it is written, not perhaps never? */
static bool
is_read(const struct open *o, const char *line, int length)
{
    for (int i = 0; i < o->n; i++)
        if (o->at[i].kind == 'i')
            return false;
    return o->n == 0 || memchr(line, '%', (size_t)length) == NULL;
}

static void add_macros(int file);

/* Does the macro whose %macro is in this line leave out the label before it,
 * which is %00? */
static bool
is_unlabelled(int file, int line)
{
    const char *p;
    int n;

    while ((p = source_line(file, ++line, &n)) != NULL) {
        if (n >= 9 && strncmp(p, "%endmacro", 9) == 0)
            break;
        for (int i = 0; i + 3 <= n; i++)
            if (strncmp(p + i, "%00", 3) == 0)
                return false;
    }
    return true;
}

/* What %include says: "NAME", or of s370.inc's own parts __beside("NAME"). */
static void
add_included(const char *argument)
{
    char *name = cc_format("%s", argument + strcspn(argument, "\"'"));

    name += strspn(name, "\"'");
    name[strcspn(name, "\"'")] = '\0';
    asm_include(name, argument[0] == '_', add_macros);
}

static void
directive(int file, int line, const char *word, const char *argument)
{
    bool macro = strstr(word, "macro") != NULL;

    if (argument == NULL)
        return;
    if (macro || strstr(word, "define") != NULL) {
        const char *name = cc_intern(argument, strcspn(argument, "("));

        if (!asm_is_register(name))
            add_operation(name, NULL, macro && is_unlabelled(file, line));
    } else if (strcmp(word, "%include") == 0) {
        add_included(argument);
    } else if (strcmp(word, "__op") == 0) { /* NAME,FORMAT */
        size_t n = strcspn(argument, ",");

        add_operation(cc_intern(argument, n), argument + n + 1, false);
    }
}

/* The macros that a file defines, and those that it includes. */
static void
add_macros(int file)
{
    const char *line;
    int n;

    for (int i = 1; (line = source_line(file, i, &n)) != NULL; i++) {
        const char *p = line;
        const char *word = asm_next_word(&p, line + n);

        if (word != NULL && (word[0] == '%' || word[0] == '_'))
            directive(file, i, word, asm_next_word(&p, line + n));
    }
}

/* ---- the check ----------------------------------------------------------- */

/* What is wrong with a label before an operation that makes nothing of it;
 * NULL: it does. */
static const char *
unlabelled(const struct statement *s)
{
    const struct operation *o =
        s->operation == NULL ? NULL : find_operation(s->operation);

    if (o == NULL || !o->unlabelled)
        return NULL;
    if (o->ours)
        return cc_format("'%s' has no label: put '%s' into the line above, as "
                         "%s DS 0H",
                         o->name, s->label, s->label);
    return cc_format("the macro '%s' makes nothing of the label before it: "
                     "write %%00 in front of its first statement, or put '%s' "
                     "into the line above, as %s DS 0H",
                     o->name, s->label, s->label);
}

/* Report what is wrong with the label; true if it may stand. */
static bool
check_label(struct asm_file *f, int line, const struct statement *s)
{
    const char *label = s->label;
    int place = 0;
    const char *where = NULL;

    if (asm_is_register(label))
        asm_fault(f, line, label,
                  cc_format("'%s' is a register: the label needs another name",
                            label));
    else if (asm_is_operation(label))
        asm_fault(f, line, label,
                  cc_format("the label '%s' is named like an instruction: it "
                            "needs another name",
                            label));
    else if (isdigit((unsigned char)label[0]))
        asm_fault(f, line, label,
                  cc_format("a label begins with a letter: not '%s'", label));
    else if (!is_name(label))
        asm_fault(f, line, label,
                  cc_format("a label has letters, digits and _ $ # @ only: "
                            "not '%s'",
                            label));
    else if (label[0] != '.' && !asm_label(f, line, s, &where, &place) &&
             (s->operation == NULL || asm_is_operation(s->operation)))
        asm_fault(f, line, label,
                  cc_format("the label '%s' is there twice: the first is at "
                            "%s:%d",
                            label, where, place));
    else if (unlabelled(s) != NULL)
        asm_fault(f, line, label, unlabelled(s));
    else
        return true;
    return false;
}

static void
check_operation(struct asm_file *f, int line, const char *word)
{
    const char *advice = asm_advice(word), *name = other_case(word);
    const char *text;

    if (name != NULL && isupper((unsigned char)name[0]))
        text = cc_format("'%s': instructions are written in capital letters: "
                         "%s",
                         word, name);
    else if (asm_is_directive(cc_format("%%%s", word)))
        text = cc_format("'%s' is not an instruction: NASM's %%%s, perhaps",
                         word, word);
    else if (advice != NULL)
        text = cc_format("'%s' is not an instruction: %s", word, advice);
    else if ((name = nearest_operation(word)) != NULL)
        text = cc_format("'%s' is not an instruction: did you mean %s?", word,
                         name);
    else
        text = cc_format("'%s' is not an instruction", word);
    asm_fault(f, line, word, text);
}

/* Of this line, or "". */
static const char *
second_word(const char *line, int n)
{
    const char *p = line, *word;

    asm_next_word(&p, line + n);
    word = asm_next_word(&p, line + n);
    return word == NULL ? "" : word;
}

static void
check_statement(struct asm_file *f, int line, const char *p, int n, bool inside)
{
    struct statement s;
    int blanks = 0;

    while (blanks < n && (p[blanks] == ' ' || p[blanks] == '\t'))
        blanks++;
    asm_parse(&s, p, n);
    if (blanks < n && (strchr("*/#!-", p[blanks]) != NULL ||
                       strncmp(p + blanks, ".*", 2) == 0)) {
        asm_fault(f, line, NULL,
                  p[blanks] == '#'
                      ? "a remark begins with a semicolon; C's #include and "
                        "#define are %include and %define here"
                      : "a remark begins with a semicolon");
        return;
    }
    if (s.label != NULL && !inside && !check_label(f, line, &s))
        return;
    if (s.operation == NULL) {
        if (s.label != NULL)
            asm_fault(f, line, s.label,
                      cc_format("the label '%s' needs a statement behind it, "
                                "such as DS 0H",
                                s.label));
    } else if (asm_is_operation(s.operation)) {
        const struct operation *o = find_operation(s.operation);
        const char *q = p;

        while (asm_next_word(&q, p + n) != s.operation)
            continue;
        if (s.label != NULL && strcmp(o->name, "EQU") == 0 &&
            memchr(q, '\'', (size_t)(p + n - q)) == NULL &&
            asm_has_word(q, (int)(p + n - q), s.label))
            asm_fault(f, line, s.label,
                      cc_format("'%s' is defined by itself", s.label));
        if (o->ours && isupper((unsigned char)o->name[0]))
            asm_check_operands(f, line, o->name, o->format, q, p + n);
    } else if (second_word(p, n)[0] == '=') {
        asm_fault(f, line, "=",
                  cc_format("'=' gives no value: %s EQU does", s.operation));
    } else if (s.label == NULL && s.column_1 && is_name(s.operation) &&
               second_word(p, n)[0] == '\0' && !stands_alone(s.operation) &&
               !asm_is_directive(cc_format("%%%s", s.operation))) {
        asm_fault(f, line, s.operation,
                  cc_format("'%s' stands alone: an instruction that does not "
                            "exist, or a label without a statement such as "
                            "DS 0H",
                            s.operation));
    } else if (!is_name(s.operation)) {
        asm_fault(f, line, s.operation,
                  cc_format("'%s' is neither a label nor an instruction%s",
                            s.operation,
                            strchr(s.operation, ',') == NULL
                                ? ""
                                : ": a blank stands between an instruction and "
                                  "its operands"));
    } else {
        check_operation(f, line, s.operation);
    }
}

/* The lines of PUSH statements that wait for their POP. */
struct pushed {
    struct open of[2]; /* USING, PRINT */
    bool hidden;       /* there are some in %if or %macro */
};

static void
push_or_pop(struct pushed *pushed, const char *p, int n, int line, bool inside)
{
    static const char *const what[2] = {"USING", "PRINT"};
    const char *end = p + n;
    const char *operation = asm_next_word(&p, end);
    const char *field = asm_next_operands(&p, end);
    bool is_push = operation != NULL && strcmp(operation, "PUSH") == 0;

    if (field == NULL || (!is_push && strcmp(operation, "POP") != 0))
        return;
    pushed->hidden |= inside;
    for (int i = 0; i < 2; i++) {
        struct open *o = &pushed->of[i];

        if (strstr(field, what[i]) == NULL)
            continue;
        if (is_push)
            push(o, line, '\0');
        else if (o->n > 0)
            o->n--;
    }
}

static void
check_file(struct asm_file *f)
{
    const char *line;
    struct open open = {0};
    struct pushed pushed = {.hidden = false};
    bool continued = false;
    int n;

    add_macros(f->file);
    for (int i = 1; (line = source_line(f->file, i, &n)) != NULL; i++) {
        const char *p = line;
        const char *word = asm_next_word(&p, line + n);
        bool whole = !continued;

        continued = n > 0 && line[n - 1] == '\\';
        if (word == NULL || !whole || word[0] == '[')
            continue;
        if (word[0] == '%')
            open_or_close(f, &open, word, i);
        else {
            push_or_pop(&pushed, line, n, i, open.n > 0);
            if (is_read(&open, line, n))
                check_statement(f, i, line, n, open.n > 0);
        }
    }
    for (int i = 0; i < 2 && !pushed.hidden; i++)
        for (int j = 0; j < pushed.of[i].n; j++)
            asm_fault(f, pushed.of[i].at[j].line, "PUSH",
                      "this has no end: the POP is missing");
    no_end(f, &open, 0);
}

void
asm_check(const char *asm_folder, const char *lib_folder)
{
    static const char *const nasm[] = {
        "db",   "dw",   "dd",   "dq",    "equ",    "times",  "resb",
        "resw", "resd", "resq", "align", "alignb", "incbin", "section"};

    asm_include_from(asm_folder, lib_folder);
    add_ours = true;
    for (size_t i = 0; i < sizeof(nasm) / sizeof(nasm[0]); i++)
        add_operation(cc_intern(nasm[i], strlen(nasm[i])), NULL,
                      strcmp(nasm[i], "equ") != 0);
    asm_include("s370.inc", true, add_macros);
    add_ours = false;
    /* The first file may be crt0.asm, whose names nobody else can have. */
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (!f->library || f == asm_files())
            check_file(f);
}
