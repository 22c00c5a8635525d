/*
 * monitor.h - the monitor: commands to the machine, one a line
 *
 * monitor.c reads lines from a file, standard input, or a terminal with line
 * editing, and takes them apart; command_table.c says which commands there
 * are; commands_*.c are the commands.  Each answer is one line, or a block
 * that an empty line ends; what is wrong begins with `?`.
 */
#ifndef FRONT_MONITOR_H
#define FRONT_MONITOR_H

#include <stdbool.h>
#include <stdint.h>

#include "front.h"
#include "machine.h"
#include "sheet.h"
#include "stop.h"

enum { BREAKS_MAX = 64 };

struct monitor {
    struct machine *m;
    struct sheet *sheet; /* the consoles' paper: standard output, as ours */
    const char *source;  /* the script's name; NULL: a person at a terminal */
    unsigned line_number;
    uint64_t limit_insns; /* machine_count() does not go beyond; UINT64_MAX */
    char trace[32];       /* letters that are on between steps ... */
    uint32_t trace_from, trace_to; /* ... where ... */
    uint64_t trace_lines;          /* ... and how many lines */
    uint32_t breaks[BREAKS_MAX];   /* breakpoints that are set */
    unsigned nbreaks;
    unsigned errors;
    int frame;             /* the call that was chosen ... */
    uint64_t frame_count;  /* ... when so many instructions were executed */
    struct replay *replay; /* a record that is replayed, or NULL */
    bool quit;
    bool ran; /* last_stop is set */
    enum machine_stop last_stop;
};

/* A command's words, its name first. */
struct words {
    int n;
    char **word;
    const char *text; /* of `type', `print': the line behind the second word */
};

struct command {
    const char *name;
    const char *operands; /* for people: "ADDR [VALUE]" */
    int min, max;         /* words after the name ... */
    bool takes_text;      /* ... of which the last is the rest of the line */
    void (*fn)(struct monitor *mon, const struct words *w);
};

/* monitor.c */

/* Execute the commands of `n` scripts ("-": standard input), one after the
 * other, to the end of the last or `quit`.  Returns the exit status of the
 * program. */
int monitor_main(struct monitor *mon, const char *const script[], int n);
/* One line of an answer. */
void answer(struct monitor *mon, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* The answer of a command that failed: "?", file and line of a script, the
 * word that is wrong, and why. */
void complain(struct monitor *mon, const char *word, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/* The same with the machine's message. */
void complain_machine(struct monitor *mon, const char *word);
/* An operand: a number of at most `max` in hexadecimal, or complain. */
bool operand_hex(struct monitor *mon, const char *word, const char *what,
                 uint64_t max, uint64_t *value);
bool operand_decimal(struct monitor *mon, const char *word, const char *what,
                     uint64_t *value);
/* A storage address: hexadecimal, or a symbol or FILE:LINE of a map. */
bool operand_address(struct monitor *mon, const char *word, uint32_t *raddr);
bool operand_device(struct monitor *mon, const char *word, uint16_t *devno);

/* commands_run.c: switch tracing to these letters; -1 after complain(). */
int monitor_trace(struct monitor *mon, const char *letters);
/* From now on Ctrl-C does not end the program but stops `run`. */
void monitor_catch_interrupts(void);

/* commands_debug.c */
void cmd_print(struct monitor *mon, const struct words *w);
void cmd_locals(struct monitor *mon, const struct words *w);
void cmd_where(struct monitor *mon, const struct words *w);
void cmd_frame(struct monitor *mon, const struct words *w);
void cmd_up(struct monitor *mon, const struct words *w);
void cmd_down(struct monitor *mon, const struct words *w);
void cmd_list(struct monitor *mon, const struct words *w);

/* commands_whole.c: tell how far a replay has come. */
void monitor_replay_answer(struct monitor *mon, enum replay_end end);

/* command_table.c */
const struct command *command_find(const char *name);
void cmd_help(struct monitor *mon, const struct words *w);
/* The names of all commands, separated by blanks. */
void command_names(char *buf, size_t size);

/* commands_state.c, commands_run.c, commands_device.c */
void cmd_reset(struct monitor *mon, const struct words *w);
void cmd_store(struct monitor *mon, const struct words *w);
void cmd_display(struct monitor *mon, const struct words *w);
void cmd_gpr(struct monitor *mon, const struct words *w);
void cmd_fpr(struct monitor *mon, const struct words *w);
void cmd_cr(struct monitor *mon, const struct words *w);
void cmd_psw(struct monitor *mon, const struct words *w);
void cmd_inject(struct monitor *mon, const struct words *w);
void cmd_key(struct monitor *mon, const struct words *w);
void cmd_load(struct monitor *mon, const struct words *w);
void cmd_ipl(struct monitor *mon, const struct words *w);
void cmd_restart(struct monitor *mon, const struct words *w);
void cmd_run(struct monitor *mon, const struct words *w);
void cmd_until(struct monitor *mon, const struct words *w);
void cmd_step(struct monitor *mon, const struct words *w);
void cmd_break(struct monitor *mon, const struct words *w);
void cmd_trace(struct monitor *mon, const struct words *w);
void cmd_snapshot(struct monitor *mon, const struct words *w);
void cmd_hash(struct monitor *mon, const struct words *w);
void cmd_replay(struct monitor *mon, const struct words *w);
void cmd_counters(struct monitor *mon, const struct words *w);
void cmd_quit(struct monitor *mon, const struct words *w);
void cmd_key_external(struct monitor *mon, const struct words *w);
void cmd_attach(struct monitor *mon, const struct words *w);
void cmd_detach(struct monitor *mon, const struct words *w);
void cmd_fault(struct monitor *mon, const struct words *w);
void cmd_devices(struct monitor *mon, const struct words *w);
void cmd_attention(struct monitor *mon, const struct words *w);
void cmd_type(struct monitor *mon, const struct words *w);

#endif
