/*
 * complain.c - NASM's messages, in words that a student understands.
 *
 * Most are those of s370.inc, and stay as they are.  What NASM itself says
 * takes its manual, and knows no registers: R2 is a number to it.
 */
#include "statement.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* ---- lines that begin with a %word --------------------------------------- */

/* How those are written that a program needs. */
static const struct {
    const char *word, *behind;
} usual[] = {
    {"%include", " \"FILE\""},
    {"%macro", " NAME NUMBER, of its operands"},
    {"%imacro", " NAME NUMBER, of its operands"},
    {"%endmacro", ""},
    {"%exitmacro", ""},
    {"%rotate", " NUMBER"},
    {"%rep", " NUMBER"},
    {"%endrep", ""},
    {"%exitrep", ""},
    {"%if", " EXPRESSION"},
    {"%elif", " EXPRESSION"},
    {"%ifdef", " NAME"},
    {"%ifndef", " NAME"},
    {"%ifidn", " TEXT,TEXT"},
    {"%ifnidn", " TEXT,TEXT"},
    {"%else", ""},
    {"%endif", ""},
    {"%define", " NAME TEXT, or NAME(NAME,...) TEXT"},
    {"%xdefine", " NAME TEXT"},
    {"%undef", " NAME"},
    {"%assign", " NAME EXPRESSION"},
    {"%error", " TEXT"},
    {"%strlen", " NAME STRING"},
    {"%strcat", " NAME STRING,STRING"},
    {"%substr", " NAME STRING FIRST,LENGTH"},
    {"%defstr", " NAME TEXT"},
};

bool
asm_is_directive(const char *word)
{
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++)
        if (strcmp(usual[i].word, word) == 0)
            return true;
    return false;
}

static bool
says(const char *text, const char *part)
{
    return strstr(text, part) != NULL;
}

/* NASM's `text` about a line with this word at its beginning, in our words if
 * it is a %word, else as it is. */
static const char *
directive_words(const char *word, const char *text)
{
    bool unknown = says(text, " at start of line") || says(text, "parser: ");
    bool odd = text[0] == '`' || text[0] == '\0' || says(text, "garbage `");
    struct near near;

    if (word == NULL || word[0] != '%')
        return text;
    if (word[1] == '\0')
        return "% and the word behind it belong together, as in %include";
    if (!isalpha((unsigned char)word[1]))
        return text;
    if (says(text, ": no matching ") || says(text, " not within ") ||
        says(text, ": not defining ") || says(text, " outside a macro call"))
        return cc_format("'%s' has nothing before it that it belongs to", word);
    near_begin(&near, word);
    for (size_t i = 0; i < sizeof(usual) / sizeof(usual[0]); i++) {
        near_try(&near, usual[i].word);
        if (odd && strcmp(usual[i].word, word) == 0)
            return cc_format("this is written %s%s", word, usual[i].behind);
    }
    if (unknown && strncmp(word, "%end", 4) == 0 && near.best == NULL)
        return cc_format("'%s' ends nothing: %%endif, %%endrep and %%endmacro "
                         "do",
                         word);
    if (unknown && near.best != NULL)
        return cc_format("'%s' is not a directive of NASM: did you mean %s?",
                         word, near.best);
    if (unknown)
        return cc_format("'%s' is not a directive of NASM", word);
    return odd ? "this is not written as NASM's manual has it" : text;
}

/* ---- other lines --------------------------------------------------------- */

/* The X of  symbol `X'  and the like, without the dot of s370_words.inc. */
static const char *
quoted(const char *text)
{
    const char *p = strchr(text, '`');
    size_t n = p == NULL ? 0 : strcspn(p + 1, "'");

    if (n > 1 && p[n] == '.')
        n--;
    return n == 0 ? NULL : cc_intern(p + 1, n);
}

static const char *
undefined(struct asm_file *f, const char *name, const char **word)
{
    struct near near;

    if (strncmp(name, "LTORG_or_END", 12) == 0) {
        *word = "=";
        return "the literal has no place: LTORG or END is missing behind it";
    }
    if (strncmp(name, "__l_", 4) == 0)
        name += 4;
    *word = name;
    if ((name[0] == 'R' || name[0] == 'r') && name[1] != '\0' &&
        strspn(name + 1, "0123456789") == strlen(name + 1))
        return cc_format("'%s' is not a register (R0 to R15)", name);
    if (strncasecmp(name, "FPR", 3) == 0 && isdigit((unsigned char)name[3]))
        return cc_format("'%s' is not a floating-point register (FPR0, FPR2, "
                         "FPR4, FPR6)",
                         name);
    if (asm_is_operation(name))
        return cc_format("'%s' is not defined: it is an instruction", name);
    near_begin(&near, name);
    for (struct asm_file *p = asm_files(); p != NULL; p = p->next)
        for (int i = 0; i < p->nnames; i++)
            if (p->name[i].is_label && (p == f || p->name[i].is_entry) &&
                !asm_is_operation(p->name[i].name))
                near_try(&near, p->name[i].name);
    if (near.best != NULL)
        return cc_format("'%s' is not defined: did you mean '%s'?", name,
                         near.best);
    return cc_format("'%s' is not defined", name);
}

/* The part of one of our own messages that stands in quotes at its beginning,
 * and may hold quotes itself. */
static const char *
quoted_operand(const char *text)
{
    static const char *const behind[] = {"' is ",     "' has ",  "' behind ",
                                         "' stands ", "' does ", "': "};
    const char *end = NULL;

    if (text[0] != '\'')
        return NULL;
    for (size_t i = 0; i < sizeof(behind) / sizeof(behind[0]); i++) {
        const char *p = strstr(text + 1, behind[i]);

        if (p != NULL && (end == NULL || p < end))
            end = p;
    }
    return end == NULL ? NULL : cc_intern(text + 1, (size_t)(end - text - 1));
}

/* A name in a literal is missed where the literal is placed: the line above
 * that mentions it, or this one. */
static int
line_that_says(const struct asm_file *f, int line, const char *word)
{
    for (int i = line; i > 0; i--)
        if (asm_line_has_word(f, i, word))
            return i;
    return line;
}

/* The characters at p that NASM has read as `word`, where registers are
 * numbers and blanks fewer; 0: they are others. */
static size_t
written_as(const char *p, const char *end, const char *word)
{
    const char *start = p;
    bool inside = false;

    while (*word != '\0' && p < end) {
        if (!inside && strncasecmp(p, "FPR", 3) == 0 && p[3] == *word)
            p += 3;
        else if (!inside && strchr("Rr", *p) != NULL && p[1] == *word)
            p++;
        else if (*p == ' ' && *word != ' ')
            p++;
        inside = isalnum((unsigned char)*p);
        if (*p != *word && !(*p == '\t' && *word == ' '))
            return 0;
        p++;
        word++;
    }
    return *word != '\0' || (inside && p < end && isalnum((unsigned char)*p))
               ? 0
               : (size_t)(p - start);
}

/* Registers are numbers to NASM: write R2 again where the student did. */
static const char *
name_register(const struct asm_file *f, int line, const char *text,
              const char **word)
{
    int length = 0;
    const char *p = source_line(f->file, line, &length), *end = p + length;
    size_t n = 0;

    if (p == NULL || *word == NULL || text[0] != '\'' ||
        asm_line_has_word(f, line, *word))
        return text;
    for (const char *q = p; n == 0 && q < end; q++)
        if (q == p || !isalnum((unsigned char)q[-1])) {
            n = written_as(q, end, *word);
            p = q;
        }
    if (n == 0)
        return text;
    text = cc_format("'%.*s%s", (int)n, p, text + 1 + strlen(*word));
    *word = cc_intern(p, n);
    return text;
}

bool
asm_begins_macro(const char *word)
{
    return strcmp(word, "%macro") == 0 || strcmp(word, "%imacro") == 0;
}

int
asm_macro_line(const struct asm_file *f, const char *name)
{
    const char *p;
    int n;

    for (int i = 1; (p = source_line(f->file, i, &n)) != NULL; i++) {
        const char *word = asm_next_word(&p, p + n);

        if (word != NULL && asm_begins_macro(word) &&
            asm_line_has_word(f, i, name))
            return i;
    }
    return 0;
}

/* What NASM says of a statement it does not know, where the first words are
 * known; NULL: they are not. */
static const char *
unknown_statement(const struct asm_file *f, int line, const char **word)
{
    struct statement s;
    int macro;

    asm_statement_at(f, line, &s);
    if (s.operation == NULL || !asm_is_operation(s.operation))
        return NULL;
    macro = asm_macro_line(f, s.operation);
    *word = macro != 0 ? s.operation : s.label;
    if (macro > line)
        return cc_format("the macro '%s' must be defined further up", *word);
    if (macro != 0)
        return cc_format("the macro '%s' has a line that is not a statement",
                         *word);
    if (*word != NULL)
        return cc_format("'%s' is a word of NASM's: the label needs another "
                         "name",
                         *word);
    return NULL;
}

/* A word of the line that begins with a digit and is no number; NULL: there is
 * none. */
static const char *
odd_number(const struct asm_file *f, int line)
{
    int n = 0;
    const char *p = source_line(f->file, line, &n), *end = p + n;
    bool text = false;

    while (p != NULL && p < end) {
        const char *word = p;
        size_t digits = 0;

        while (p < end && asm_is_name_char(*p))
            digits += isdigit((unsigned char)*p++) != 0;
        if (!text && isdigit((unsigned char)*word) &&
            digits < (size_t)(p - word) &&
            strspn(word, "0123456789ABCDEFabcdef") >= (size_t)(p - word))
            return cc_intern(word, (size_t)(p - word));
        text ^= p < end && *p == '\'';
        p += p < end;
    }
    return NULL;
}

/* Labels of macros as the student has them: %%NAME. */
static const char *
with_local_labels(const char *text)
{
    const char *behind = strstr(text, LOCAL_LABEL), *name = behind;
    size_t n = behind == NULL ? 0 : strspn(behind + 2, "0123456789");

    while (name > text && asm_is_name_char(name[-1]))
        name--;
    if (n == 0 || name == behind)
        return text;
    return cc_format("%.*s%%%%%.*s%s", (int)(name - text), text,
                     (int)(behind - name), name,
                     with_local_labels(behind + 2 + n));
}

void
asm_complain(struct asm_file *f, int line, const char *text)
{
    static const struct {
        const char *nasm, *ours;
    } plain[] = {
        {"expression syntax error",
         "the expression is not complete: something is missing beside an "
         "operator"},
        {"numeric constant ", "this number is too large"},
        {"trailing garbage after expression",
         "an operator or a comma is missing in an operand"},
        {"trailing garbage", "this directive of NASM has too much behind it"},
        {"expecting `)'", "parentheses without a displacement before them hold "
                          "one expression: 0(8,R1)"},
        {"label alone on a line",
         "this stands alone: an instruction that does not exist, or a label "
         "without a statement"},
        {"non-constant value", "the operand has a value that is not known "
                               "here: a label without a statement, or the "
                               "name of another file"},
        {"parser: ", "this is not a statement"},
        {"EQU not preceded", "this is not a statement"},
        {"comma, colon", "this is not a statement"},
        {"label or instruction expected", "this is not a statement"},
        {"unable to open include file", "this file cannot be read"},
        {"expected `%endif' before end of file", "an %endif is missing"},
    };
    static const char *const unknown[] = {"parser: ", "EQU not preceded",
                                          "comma, colon", "label alone",
                                          "label or instruction expected"};
    const char *name, *word;

    text = with_local_labels(text);
    name = quoted(text);
    word = quoted_operand(text);
    text = directive_words(asm_first_word(f, line), text);
    if (name != NULL && strstr(text, "' not defined before use") != NULL) {
        if (strncmp(name, "LTORG_or_END", 12) == 0) {
            word = "=";
            text = "a literal has no address yet: a label is needed here";
        } else {
            word = name;
            text = cc_format("'%s' must be defined further up: its value is "
                             "needed here at once",
                             name);
            line = line_that_says(f, line, name);
        }
    } else if (name != NULL && strstr(text, "' not defined") != NULL) {
        text = undefined(f, name, &word);
        line = line_that_says(f, line, word);
    } else if (name != NULL && strstr(text, "not in a macro call") != NULL) {
        word = name;
        text = cc_format("'%s' has a meaning inside of %%macro only", name);
    } else if (strstr(text, "inconsistently redefined") != NULL) {
        word = name;
        text = cc_format("'%s' is there twice", name);
    } else if (name != NULL && strstr(text, "exists, but not taking") != NULL) {
        word = name;
        text = cc_format("the macro '%s' does not take %d operand%s", name,
                         atoi(strstr(text, "taking") + 7),
                         strstr(text, " 1 p") != NULL ? "" : "s");
    } else if (strncmp(text, "redefining multi-line macro", 27) == 0) {
        word = name;
        text = cc_format("a macro '%s' is there already", name);
    }
    for (size_t i = 0; i < sizeof(unknown) / sizeof(unknown[0]); i++)
        if (strncmp(text, unknown[i], strlen(unknown[i])) == 0) {
            const char *ours = unknown_statement(f, line, &word);

            if (ours != NULL)
                text = ours;
        }
    if (text[0] == '\'' && text[1] == '%' && isdigit((unsigned char)text[2]) &&
        strstr(text, " is not a ") != NULL)
        text =
            cc_format("'%s' is no parameter in quotes: A(%s) takes a number, "
                      "C%s a text with its quotes",
                      word, word, word);
    if (strncmp(text, "expression syntax", 17) == 0 &&
        odd_number(f, line) != NULL) {
        word = odd_number(f, line);
        text = cc_format("'%s' is not a number: a hexadecimal one is X'%s'",
                         word, word);
    }
    for (size_t i = 0; i < sizeof(plain) / sizeof(plain[0]); i++)
        if (strncmp(text, plain[i].nasm, strlen(plain[i].nasm)) == 0)
            text = plain[i].ours;
    text = name_register(f, line, text, &word);
    if (word != NULL)
        word += strspn(word, " ");
    asm_fault(f, line, word, cc_format("%s", text));
}
