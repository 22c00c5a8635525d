/*
 * operand.c - registers where storage must be, in assembler files.
 *
 * To the macros a register is a number, and L R1,R2 would load from location
 * 2.  So a register alone, or in parentheses alone, or as a length, is found
 * here, and what the macros do not see in parentheses.
 */
#include "statement.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

bool
asm_is_register(const char *s)
{
    size_t n = strlen(s);

    if (strncasecmp(s, "FPR", 3) == 0)
        return n == 4 && strchr("0246", s[3]) != NULL;
    if ((s[0] != 'R' && s[0] != 'r') || n < 2 || n > 3)
        return false;
    return isdigit((unsigned char)s[1]) &&
           (n == 2 || (s[1] == '1' && s[2] >= '0' && s[2] <= '5'));
}

const char *
asm_next_word(const char **p, const char *end)
{
    const char *s = *p;

    while (s < end && isspace((unsigned char)*s))
        s++;
    for (*p = s; *p < end && !isspace((unsigned char)**p) && **p != ';';)
        ++*p;
    return *p == s ? NULL : cc_intern(s, (size_t)(*p - s));
}

const char *
asm_next_operands(const char **p, const char *end)
{
    const char *field = asm_next_word(p, end), *more = *p, *word;

    while (field != NULL && (word = asm_next_word(&more, end)) != NULL &&
           (word[0] == ',' || field[strlen(field) - 1] == ',')) {
        field = cc_format("%s%s", field, word);
        *p = more;
    }
    return field;
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
           asm_is_register(cc_intern(operand + 1, n - 1)) &&
           wants_storage(format, first, operand[n + 1] == '\0');
}

/* What the macros do not see in operands without text, `more` behind them:
 * parentheses behind others or behind nothing, a comma at the end.  NULL:
 * nothing. */
static const char *
bad_operands(const char *field, const char *more, const char *format)
{
    const char *second = strstr(field, ")("), *first = second, *name;
    const char *comma = strrchr(field, ','), *bare = NULL;

    if (strchr(field, '\'') != NULL)
        return NULL;
    while (first != NULL && first > field && *first != '(')
        first--;
    for (name = first; name > field && isalnum((unsigned char)name[-1]);)
        name--;
    if (name != first && !(name > field && name[-1] == '='))
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

            if (n > 0 && asm_is_register(word))
                return word;
            n += strcspn(p + n, ")'");
            n += p[n] == ')';
        }
        if (!two || p[n] != ',')
            return NULL;
        p += n + 1;
    }
}

/* Does the operation write into a literal? */
static bool
writes_literal(const char *operation, const char *field)
{
    int written = asm_written(operation);

    return (written > 0 && field[0] == '=') ||
           (written < 0 && strstr(field, ",=") != NULL);
}

void
asm_check_operands(struct asm_file *f, int line, const char *operation,
                   const char *format, const char *p, const char *end)
{
    const char *field = asm_next_operands(&p, end), *text;
    const char *more = asm_next_word(&p, end);
    bool first = true;

    if (format != NULL && field != NULL) {
        if (writes_literal(operation, field))
            asm_fault(f, line, "=",
                      "a literal is only read: what is written needs storage "
                      "of its own, from DS or DC");
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
            !asm_is_register(word) && !isdigit((unsigned char)word[0]))
            return; /* that is wrong first */
        if (asm_is_register(word) &&
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
