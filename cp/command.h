/*
 * command.h - console functions: how they are found, called and answered
 * (compare DMKCFM, DMKSCN and DMKERM of VM/370)
 *
 * A command line is upper-cased and cut into words at blanks.  command.c
 * finds the function by name or abbreviation, checks that one of the user's
 * privilege classes may use it, and calls it with the words.
 */
#ifndef CP_COMMAND_H
#define CP_COMMAND_H

#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

struct vdev;

#define MAX_WORDS 24
#define MAX_LINE 240

/* A line cut into words: word[0] is the function itself.  rest[i] is the line
 * from word i to its end, as typed (not upper-cased), for MSG. */
struct words {
    uint32_t n;
    const char *word[MAX_WORDS];
    const char *rest[MAX_WORDS];
    uint32_t next; /* the next word to be taken by word_next() */
};

struct command {
    const char *name;
    uint8_t min;      /* letters needed */
    uint32_t classes; /* CLASS() bits; 0: any user */
    void (*run)(struct vm *vm, struct words *words);
};

#define CLASS(letter) (1u << CLASS_##letter)
enum { CLASS_A, CLASS_B, CLASS_C, CLASS_D, CLASS_E, CLASS_F, CLASS_G };

/* word.c - words of a line, and what they may mean.
 *
 * Upper-case `line` and cut it into words, in place.  `typed` is the same line
 * in a second buffer; both must outlive the words.  Words over MAX_WORDS are
 * left out. */
void words_split(struct words *w, char *line, const char *typed);
/* The next word, or NULL when there is no more. */
const char *word_next(struct words *w);
/* True when `word` is `full` or an abbreviation of it of at least `min`. */
bool word_is(const char *word, const char *full, uint32_t min);
/* Whole word as a number; false when it is none (NULL too) or over `max`. */
bool word_hex(const char *word, uint32_t max, uint32_t *value);
bool word_decimal(const char *word, uint32_t max, uint32_t *value);
/* A spool class: one letter or digit. */
bool word_spool_class(const char *word);
/* "ON" and "OFF"; false when it is neither. */
bool word_on_off(const char *word, bool *on);

/* An error reply, `DMKxxxnnnE text`: code is "DMKCFC001E".  Honours SET EMSG
 * (code and text, text only, or nothing). */
void cp_error(struct vm *vm, const char *code, const char *format, ...);
/* The usual ones; `module` is the one that VM/370 names ("DMKCFG").
 * 026E OPERAND MISSING OR INVALID; 003E INVALID OPTION - word;
 * 022E VADDR MISSING OR INVALID; 040E DEV vaddr DOES NOT EXIST; 020E USERID
 * MISSING OR INVALID; 045E userid NOT LOGGED ON. */
void error_operand(struct vm *vm, const char *module);
void error_option(struct vm *vm, const char *module, const char *word);
/* The device that a word names, or NULL after 022E or 040E. */
struct vdev *word_device(struct vm *vm, const char *module, const char *word);
/* The user that a word names, or NULL after 020E or 045E. */
struct vm *word_user(struct vm *vm, const char *module, const char *word);
/* True when a word is left over that should not be there, after 003E. */
bool words_left(struct vm *vm, const char *module, struct words *w);

/* Run one console function for vm (DIAGNOSE 8, #CP, CP READ). */
void command_run(struct vm *vm, const char *line, uint32_t len);

/* cmd_*.c: the functions of the table in command.c. */
void cmd_adstop(struct vm *vm, struct words *w);   /* cmd_adstop.c */
void cmd_begin(struct vm *vm, struct words *w);    /* cmd_begin.c */
void cmd_display(struct vm *vm, struct words *w);  /* cmd_display.c */
void cmd_store(struct vm *vm, struct words *w);    /* cmd_store.c */
void cmd_system(struct vm *vm, struct words *w);   /* cmd_system.c */
void cmd_external(struct vm *vm, struct words *w); /* cmd_external.c */
void cmd_ipl(struct vm *vm, struct words *w);      /* cmd_ipl.c */
void cmd_query(struct vm *vm, struct words *w);    /* cmd_query.c */
void cmd_set(struct vm *vm, struct words *w);      /* cmd_set.c */
void cmd_msg(struct vm *vm, struct words *w);      /* cmd_msg.c */
void cmd_warning(struct vm *vm, struct words *w);  /* cmd_msg.c */
void cmd_logoff(struct vm *vm, struct words *w);   /* cmd_logon.c */
void cmd_disconn(struct vm *vm, struct words *w);  /* cmd_logon.c */
void cmd_force(struct vm *vm, struct words *w);    /* cmd_logon.c */
void cmd_spool(struct vm *vm, struct words *w);    /* cmd_spool.c */
void cmd_close(struct vm *vm, struct words *w);    /* cmd_spool.c */
void cmd_purge(struct vm *vm, struct words *w);    /* cmd_purge.c */
void cmd_ready(struct vm *vm, struct words *w);    /* cmd_device.c */
void cmd_notready(struct vm *vm, struct words *w); /* cmd_device.c */
void cmd_attn(struct vm *vm, struct words *w);     /* cmd_device.c */
void cmd_reset(struct vm *vm, struct words *w);    /* cmd_device.c */
void cmd_sleep(struct vm *vm, struct words *w);    /* cmd_sleep.c */
void cmd_shutdown(struct vm *vm, struct words *w); /* cmd_shutdown.c */
/* cmd_logon.c: a line on a terminal nobody is logged on at. */
void cmd_logon(struct terminal *t, struct words *w);

#endif
