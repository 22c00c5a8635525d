/*
 * statement.h - what the files that read statements share.
 */
#ifndef ASMCHECK_STATEMENT_H
#define ASMCHECK_STATEMENT_H

#include "asm.h"

/* The words at the beginning of a line. */
struct statement {
    const char *label, *operation; /* interned, or NULL */
    bool column_1;                 /* the first one begins there */
    bool colon;                    /* behind the label */
};

/* ---- asmfile.c ----------------------------------------------------------- */

/* May a name have this character in it? */
bool asm_is_name_char(char c);

/* ---- advice.c ------------------------------------------------------------ */

/* What is said of a word from elsewhere; NULL: nothing is known of it. */
const char *asm_advice(const char *word);

/* Which operand of an instruction is written in storage: the first (1), the
 * last (-1), none that is named here (0). */
int asm_written(const char *operation);

/* ---- operand.c ----------------------------------------------------------- */

bool asm_is_register(const char *s);
/* Cut the next word off *p, which ends at `end`; NULL if there is none.  A
 * remark is no word. */
const char *asm_next_word(const char **p, const char *end);
/* The same with operands, up to a blank that is not beside a comma. */
const char *asm_next_operands(const char **p, const char *end);
/* Note a register where storage or a length must be.  The operands are what
 * stands between p and end. */
void asm_check_operands(struct asm_file *f, int line, const char *operation,
                        const char *format, const char *p, const char *end);

/* ---- complain.c ---------------------------------------------------------- */

/* Is it one of the %words that a program needs? */
bool asm_is_directive(const char *word);
bool asm_begins_macro(const char *word);
/* The line of a macro of the file; 0: there is none. */
int asm_macro_line(const struct asm_file *f, const char *name);

/* ---- asmcheck.c ---------------------------------------------------------- */

void asm_parse(struct statement *s, const char *line, int n);
bool asm_is_operation(const char *word);

/* ---- asmfault.c ---------------------------------------------------------- */

/* In the name that a label %%NAME of a macro has in our copies: NAME, this, and
 * a number. */
#define LOCAL_LABEL ".."
/* Note a mistake, but for a line that has one already. */
void asm_fault(struct asm_file *f, int line, const char *word,
               const char *text);
/* Note a definition; false, with its place, if there is one already that this
 * one does not continue. */
bool asm_label(struct asm_file *f, int line, const struct statement *s,
               const char **where, int *place);
/* The statement of a line, its first word; has it this word? */
void asm_statement_at(const struct asm_file *f, int line, struct statement *s);
const char *asm_first_word(const struct asm_file *f, int line);
bool asm_has_word(const char *p, int length, const char *word);
bool asm_line_has_word(const struct asm_file *f, int line, const char *word);
/* Call `use` with the number of a file that is included, once each.  `ours`:
 * it is the one of asm_folder, whatever else has its name. */
void asm_include_from(const char *asm_folder, const char *lib_folder);
void asm_include(const char *name, bool ours, void (*use)(int file));

#endif
