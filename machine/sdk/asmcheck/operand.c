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

/* Does the quote at s[n] stand in L'NAME? */
static bool
is_attribute(const char *s, size_t n)
{
    return n > 0 && s[n - 1] == 'L' &&
           (n == 1 || !isalnum((unsigned char)s[n - 2]));
}

const char *
asm_next_operands(const char **p, const char *end)
{
    const char *s = *p, *next;
    char *field = cc_alloc((size_t)(end - s) + 1);
    bool text = false;
    size_t n = 0;

    while (s < end && isspace((unsigned char)*s))
        s++;
    for (; s < end && (text || *s != ';'); s++) {
        for (next = s; next < end && isspace((unsigned char)*next);)
            next++;
        if (!text && next > s) {
            if (next == end || *next == ';' ||
                (*next != ',' && field[n - 1] != ','))
                break;
            s = next;
        }
        field[n++] = *s;
        if (*s == '\'')
            text = !text && !is_attribute(field, n - 1);
    }
    field[n] = '\0';
    *p = s;
    return n == 0 ? NULL : field;
}

/* How many operands has a format, and what is each of them: r, a register; s,
 * storage or an address; b, a number of bits; i, a byte or mask? */
static const char *
kinds(const char *format)
{
    static const char *const list[][2] = {
        {"__rx_branch", "s"}, {"__rx", "rs"},      {"__rs_shift", "rb"},
        {"__rs_mask", "ris"}, {"__rs", "rrs"},     {"__si", "si"},
        {"__s_one", "s"},     {"__ss_srp", "sbi"}, {"__ss", "ss"},
        {"__rr_svc", "i"}};

    for (size_t i = 0; format != NULL && i < sizeof(list) / sizeof(list[0]);
         i++)
        if (strncmp(format, list[i][0], strlen(list[i][0])) == 0)
            return list[i][1];
    return "";
}

/* The length of the operand at p: up to a comma outside of parentheses and
 * text. */
static size_t
operand_length(const char *p)
{
    bool text = false;
    int depth = 0;
    size_t n;

    for (n = 0; p[n] != '\0' && (text || depth > 0 || p[n] != ','); n++) {
        if (p[n] == '\'')
            text = !text && !is_attribute(p, n);
        else if (!text)
            depth += p[n] == '(' ? 1 : p[n] == ')' ? -1 : 0;
    }
    return n;
}

/* What the macros do not see: a comma at the end, `more` behind it; where there
 * is no text, what NASM has a meaning for.  NULL: nothing. */
static const char *
bad_field(const char *field, const char *more)
{
    size_t n = strcspn(field, "\"`&[]{}!:");

    if (field[strlen(field) - 1] == ',')
        return more == NULL ? "nothing stands behind the last comma" : NULL;
    if (field[0] == '#' || strstr(field, ",#") != NULL)
        return "'#' begins no number: 5 is one, and =F'5' is a word in storage "
               "that has this value";
    if (field[n] == '\0' || strchr(field, '\'') != NULL)
        return NULL;
    if (field[n] == '"' || field[n] == '`')
        return "text stands in single quotes: C'...'";
    if (field[n] == '&')
        return "there are no variables with & here: NASM's macros take the "
               "place of IBM's";
    return cc_format("'%c' has no meaning in an operand", field[n]);
}

/* Parentheses behind parentheses, but in a literal like =AL(3)(X). */
static const char *
bad_parentheses(const char *field)
{
    const char *second = strstr(field, ")("), *first = second, *name;

    if (second == NULL || strchr(field, '\'') != NULL)
        return NULL;
    while (first > field && *first != '(')
        first--;
    for (name = first; name > field && isalnum((unsigned char)name[-1]);)
        name--;
    if (name == first || (name > field && name[-1] == '='))
        return NULL;
    return cc_format("'%s' stands behind parentheses: there is one pair, "
                     "displacement(index,base)",
                     second + 1);
}

/* What is wrong with a register in an operand of this kind; NULL: nothing. */
static const char *
bad_register(const char *operand, char kind)
{
    size_t n = strcspn(operand, operand[0] == '(' ? ")" : "+-(");
    bool inside = operand[0] == '(' && operand[n] == ')';
    const char *name = cc_intern(operand + inside, n - inside);

    if (!asm_is_register(name) || kind == 'r' ||
        (inside && operand[n + 1] != '\0'))
        return NULL;
    if (kind == 'i')
        return cc_format("'%s' is a register, but must be a number", name);
    if (kind == 'b')
        return cc_format("'%s' is a register, but must be a number: 0(%s) "
                         "takes it from the register",
                         name, name);
    if (inside)
        return cc_format("'(%s)' has no displacement: 0(%s) is where the "
                         "register points to",
                         name, name);
    return cc_format("'%s' is a register, but must be storage: 0(%s) is where "
                     "it points to; instructions for two registers end in R",
                     name, name);
}

/* The register that is the length in one of the operands; NULL: there is
 * none. */
static const char *
register_as_length(const char *field, const char *format)
{
    bool two =
        strcmp(format, "__ss_two") == 0 || strcmp(format, "__ss_checked") == 0;

    if (strncmp(format, "__ss", 4) != 0 || strcmp(format, "__sse") == 0 ||
        strcmp(format, "__ss_key") == 0)
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

/* What is wrong with a literal where it stands; NULL: nothing. */
static const char *
bad_literal(const char *operation, const char *format, const char *field)
{
    static const char branches[] = " BAL BAS BC BCT BXH BXLE ";
    int written = asm_written(operation);
    bool last = strstr(field, ",=") != NULL;

    if ((written > 0 && field[0] == '=') || (written < 0 && last))
        return "a literal is only read: what is written needs storage of its "
               "own, from DS or DC";
    if ((strncmp(format, "__rx_branch", 11) == 0 && field[0] == '=') ||
        (last && strstr(branches, cc_format(" %s ", operation)) != NULL))
        return "a literal is no instruction to branch to: L R15,=A(...) or "
               "=V(...), and BR or BALR";
    return NULL;
}

/* Is a word behind the operands, and what is behind it up to `end`, a remark of
 * another language, or of no other? */
static bool
is_remark(const char *word, const char *p, const char *end)
{
    static const char *const marks[] = {"//", "--", "/*", "#", "!"};

    for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
        if (strncmp(word, marks[i], strlen(marks[i])) == 0)
            return true;
    return strcmp(word, "*") == 0 && asm_next_word(&p, end) != NULL &&
           asm_next_word(&p, end) != NULL;
}

void
asm_check_operands(struct asm_file *f, int line, const char *operation,
                   const char *format, const char *p, const char *end)
{
    const char *field = asm_next_operands(&p, end), *text, *word = NULL;
    const char *more = asm_next_word(&p, end), *kind = kinds(format);
    size_t count = 0;

    if (field == NULL)
        return;
    text = bad_field(field, more);
    if (text == NULL && more != NULL && is_remark(more, p, end)) {
        word = more;
        text = "a remark begins with a semicolon";
    } else if (text == NULL && format != NULL) {
        word = "=";
        text = bad_literal(operation, format, field);
    }
    if (text == NULL) {
        word = NULL;
        if (format != NULL)
            text = bad_parentheses(field);
    }
    if (text == NULL && format != NULL) {
        word = register_as_length(field, format);
        if (word != NULL)
            text = cc_format("'%s' stands where a length does, and is not "
                             "taken as a register: displacement(length,base)",
                             word);
    }
    for (const char *q = field; *q != '\0'; q += *q == ',') {
        q += operand_length(q);
        count++;
    }
    if (count != strlen(kind))
        kind = ""; /* the macros say so */
    for (; text == NULL && *kind != '\0'; kind++) {
        size_t n = operand_length(field);
        const char *operand = cc_intern(field, n);

        if (*kind == 'r' && !asm_is_register(operand) &&
            !isdigit((unsigned char)operand[0]))
            break; /* that is wrong first, or the name of a register */
        text = bad_register(operand, *kind);
        if (text != NULL)
            word = operand[0] == '('
                       ? operand
                       : cc_intern(operand, strcspn(operand, "+-("));
        field += n + (field[n] == ',');
    }
    if (text != NULL)
        asm_fault(f, line, word, text);
}
