/*
 * asmcheck.c - statements of assembler files that NASM cannot explain.
 *
 * NASM with s370.inc finds what is wrong with operands.  A statement that it
 * does not know at all - a misspelt instruction, a label named like a register
 * or like an instruction - gets words about parsers from it, and ends the run
 * before anything else is looked at.  So the words at the beginning of each
 * statement are looked at here first: label, operation, and nothing more.
 * Operations are the macros of s370.inc, those of the file itself, and NASM's
 * few statements.  A register alone, or in parentheses alone, where storage
 * must be is found here too: to the macros it is a number, and L R1,R2 would
 * load from location 2.  What stands inside of %if, %rep or %macro is left to
 * NASM.
 */
#include "statement.h"

#include <ctype.h>
#include <string.h>

/* The registers are macros too. */
static bool
is_register(const char *s)
{
    size_t n = strlen(s);

    if (strncasecmp(s, "FPR", 3) == 0)
        return n == 4 && strchr("0246", s[3]) != NULL;
    if ((s[0] != 'R' && s[0] != 'r') || n < 2 || n > 3)
        return false;
    return isdigit((unsigned char)s[1]) &&
           (n == 2 || (s[1] == '1' && s[2] >= '0' && s[2] <= '5'));
}

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

/* Cut the next word off *p, which ends at `end`; NULL if there is none.  A
 * remark is no word. */
static const char *
next_word(const char **p, const char *end)
{
    const char *s = *p;

    while (s < end && isspace((unsigned char)*s))
        s++;
    for (*p = s; *p < end && !isspace((unsigned char)**p) && **p != ';';)
        ++*p;
    return *p == s ? NULL : cc_intern(s, (size_t)(*p - s));
}

static bool
suspect(const char *word)
{
    return is_name(word) &&
           (other_case(word) != NULL || asm_advice(word) != NULL ||
            nearest_operation(word) != NULL);
}

/* Which of the first two words of a statement is its operation? */
void
asm_parse(struct statement *s, const char *line, int n)
{
    const char *end = line + n, *p = line;
    const char *first = next_word(&p, end);
    const char *second = next_word(&p, end);
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
        labelled = true;
    else if (suspect(first) && !(s->column_1 && suspect(second)))
        labelled = false;
    else
        labelled =
            is_name(second) && (s->column_1 || next_word(&p, end) != NULL);
    s->label = labelled ? first : NULL;
    s->operation = labelled ? second : first;
}

/* ---- directives of NASM -------------------------------------------------- */

/* The lines of %if, %rep and %macro that wait for their end. */
enum { DEPTH = 64 };

struct open {
    int n;
    int line[DEPTH];
};

static void
open_or_close(struct open *o, const char *word, int line)
{
    if (strncmp(word, "%if", 3) == 0 || strcmp(word, "%rep") == 0 ||
        strcmp(word, "%macro") == 0 || strcmp(word, "%imacro") == 0) {
        if (o->n < DEPTH)
            o->line[o->n] = line;
        o->n++;
    } else if ((strcmp(word, "%endif") == 0 || strcmp(word, "%endrep") == 0 ||
                strcmp(word, "%endmacro") == 0) &&
               o->n > 0) {
        o->n--;
    }
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
        const char *format = NULL;
        int n = 0;
        const char *body = source_line(file, line + 1, &n), *p = body;

        /* The second word of the line behind. */
        if (body != NULL && next_word(&p, body + n) != NULL)
            format = next_word(&p, body + n);
        if (!is_register(name))
            add_operation(name, format, macro && is_unlabelled(file, line));
    } else if (strcmp(word, "%include") == 0)
        add_included(argument);
}

/* The macros that a file defines, and those that it includes. */
static void
add_macros(int file)
{
    const char *line;
    int n;

    for (int i = 1; (line = source_line(file, i, &n)) != NULL; i++) {
        const char *p = line;
        const char *word = next_word(&p, line + n);

        if (word != NULL && word[0] == '%')
            directive(file, i, word, next_word(&p, line + n));
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

    if (is_register(label))
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
    else if (label[0] != '.' && !asm_label(f, line, s, &where, &place))
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

/* Which operands of a format are storage, or an address: the first, the last?
 */
static bool
wants_storage(const char *format, bool first, bool last)
{
    if (format == NULL)
        return false;
    if (strncmp(format, "__ss", 4) == 0)
        return first || (last && strcmp(format, "__ss_srp") != 0);
    if (strcmp(format, "__rx_branch") == 0)
        return first && last;
    if (strncmp(format, "__rx", 4) == 0 || strncmp(format, "__rs", 4) == 0)
        return !first && last;
    return first &&
           (strcmp(format, "__si") == 0 || strcmp(format, "__s_one") == 0);
}

/* Is the operand a register in parentheses, and storage expected there? */
static bool
lacks_displacement(const char *operand, const char *format, bool first)
{
    size_t n = operand[0] == '(' ? strcspn(operand, ")") : 0;

    return n > 0 && operand[n] == ')' &&
           (operand[n + 1] == ',' || operand[n + 1] == '\0') &&
           is_register(cc_intern(operand + 1, n - 1)) &&
           wants_storage(format, first, operand[n + 1] == '\0');
}

/* What the macros do not see in operands without text, `more` behind them:
 * parentheses behind others or behind nothing, a comma at the end.  NULL:
 * nothing. */
static const char *
bad_operands(const char *field, const char *more, const char *format)
{
    const char *second = strstr(field, ")("), *first = second;
    const char *comma = strrchr(field, ','), *bare = NULL;

    if (strchr(field, '\'') != NULL)
        return NULL;
    while (first != NULL && first > field && *first != '(')
        first--;
    if (first != NULL && first > field && isalnum((unsigned char)first[-1]))
        return cc_format("'%s' stands behind parentheses: there is one pair, "
                         "displacement(index,base)",
                         second + 1);
    if (comma != NULL && comma[1] == '\0')
        return more == NULL ? "nothing stands behind the last comma" : NULL;
    if (lacks_displacement(field, format, true))
        bare = field;
    else if (comma != NULL && lacks_displacement(comma + 1, format, false))
        bare = comma + 1;
    if (bare == NULL)
        return NULL;
    bare = cc_intern(bare, strcspn(bare, ")") + 1);
    return cc_format("'%s' has no displacement: 0%s is where the register "
                     "points to",
                     bare, bare);
}

/* The register that is the length in one of the operands; NULL: there is
 * none. */
static const char *
register_as_length(const char *field, const char *format)
{
    bool two =
        strcmp(format, "__ss_two") == 0 || strcmp(format, "__ss_checked") == 0;

    if (strncmp(format, "__ss", 4) != 0 || strcmp(format, "__sse") == 0)
        return NULL;
    for (const char *p = field;; two = false) {
        size_t n = strcspn(p, "(',");

        if (p[n] == '(') {
            const char *word = cc_intern(p + n + 1, strcspn(p + n + 1, ",)"));

            if (n > 0 && is_register(word))
                return word;
            n += strcspn(p + n, ")'");
            n += p[n] == ')';
        }
        if (!two || p[n] != ',')
            return NULL;
        p += n + 1;
    }
}

/* Does the operation write into a literal, in the operands from p to end? */
static bool
writes_literal(const char *operation, const char *p, const char *end)
{
    const char *field = next_word(&p, end);
    int written = asm_written(operation);

    if (field == NULL || written == 0)
        return false;
    return written > 0 ? field[0] == '=' : strstr(field, ",=") != NULL;
}

/* A register where storage or a length must be.  The operands are what stands
 * between p and end up to a blank; a register that is one of them has nothing
 * else between its commas. */
static void
check_operands(struct asm_file *f, int line, const char *format, const char *p,
               const char *end)
{
    const char *field = next_word(&p, end), *text;
    const char *more = next_word(&p, end);
    bool first = true;

    if (format != NULL && field != NULL) {
        text = bad_operands(field, more, format);
        if (text != NULL) {
            asm_fault(f, line, NULL, text);
            return;
        }
        text = register_as_length(field, format);
        if (text != NULL) {
            asm_fault(f, line, text,
                      cc_format("'%s' stands where a length does, and is not "
                                "taken as a register: "
                                "displacement(length,base)",
                                text));
            return;
        }
    }
    while (field != NULL && *field != '\0') {
        size_t n = strcspn(field, ",'(");
        const char *word = cc_intern(field, n);

        if (field[n] != ',' && field[n] != '\0')
            return; /* text and parentheses are for the macros */
        if (first && field[n] == ',' && format != NULL && format[2] == 'r' &&
            !is_register(word) && !isdigit((unsigned char)word[0]))
            return; /* that is wrong first */
        if (is_register(word) &&
            wants_storage(format, first, field[n] == '\0')) {
            asm_fault(f, line, word,
                      cc_format("'%s' is a register, but must be storage: "
                                "0(%s) is where it points to; instructions "
                                "for two registers end in R",
                                word, word));
            return;
        }
        field += n + (field[n] == ',');
        first = false;
    }
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
    else if (advice != NULL)
        text = cc_format("'%s' is not an instruction: %s", word, advice);
    else if ((name = nearest_operation(word)) != NULL)
        text = cc_format("'%s' is not an instruction: did you mean %s?", word,
                         name);
    else
        text = cc_format("'%s' is not an instruction", word);
    asm_fault(f, line, word, text);
}

/* Is there only one word in this line? */
static bool
is_alone(const char *line, int n)
{
    const char *p = line;

    next_word(&p, line + n);
    return next_word(&p, line + n) == NULL;
}

static void
check_statement(struct asm_file *f, int line, const char *p, int n)
{
    struct statement s;
    int blanks = 0;

    while (blanks < n && (p[blanks] == ' ' || p[blanks] == '\t'))
        blanks++;
    asm_parse(&s, p, n);
    if (blanks < n && strchr("*/#", p[blanks]) != NULL) {
        asm_fault(f, line, NULL, "a remark begins with a semicolon");
        return;
    }
    if (s.label != NULL && !check_label(f, line, &s))
        return;
    if (s.operation == NULL) {
        if (s.label != NULL)
            asm_fault(f, line, s.label,
                      cc_format("the label '%s' needs a statement behind it, "
                                "such as DS 0H",
                                s.label));
    } else if (asm_is_operation(s.operation)) {
        const char *q = p;

        while (next_word(&q, p + n) != s.operation)
            continue;
        if (writes_literal(s.operation, q, p + n))
            asm_fault(f, line, "=",
                      "a literal is only read: what is written needs storage "
                      "of its own, from DS or DC");
        check_operands(f, line, find_operation(s.operation)->format, q, p + n);
    } else if (s.label == NULL && s.column_1 && is_name(s.operation) &&
               is_alone(p, n) && !suspect(s.operation)) {
        asm_fault(f, line, s.operation,
                  cc_format("'%s' stands alone: an instruction that does not "
                            "exist, or a label without a statement such as "
                            "DS 0H",
                            s.operation));
    } else if (!is_name(s.operation)) {
        asm_fault(f, line, s.operation,
                  cc_format("'%s' is neither a label nor an instruction",
                            s.operation));
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
    const char *operation = next_word(&p, end);
    const char *field = next_word(&p, end);
    bool push = operation != NULL && strcmp(operation, "PUSH") == 0;

    if (field == NULL || (!push && strcmp(operation, "POP") != 0))
        return;
    pushed->hidden |= inside;
    for (int i = 0; i < 2; i++) {
        struct open *o = &pushed->of[i];

        if (strstr(field, what[i]) == NULL)
            continue;
        if (push && o->n < DEPTH)
            o->line[o->n++] = line;
        else if (!push && o->n > 0)
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
        const char *word = next_word(&p, line + n);
        bool whole = !continued;

        continued = n > 0 && line[n - 1] == '\\';
        if (word == NULL || !whole || word[0] == '[')
            continue;
        if (word[0] == '%')
            open_or_close(&open, word, i);
        else {
            push_or_pop(&pushed, line, n, i, open.n > 0);
            if (open.n == 0)
                check_statement(f, i, line, n);
        }
    }
    for (int i = 0; i < 2 && !pushed.hidden; i++)
        for (int j = 0; j < pushed.of[i].n; j++)
            asm_fault(f, pushed.of[i].line[j], "PUSH",
                      "this has no end: the POP is missing");
    for (int i = 0; i < open.n && i < DEPTH; i++)
        asm_fault(f, open.line[i], NULL,
                  "this has no end: %endif, %endrep or %endmacro is missing");
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
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (!f->library)
            check_file(f);
}
