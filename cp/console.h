/*
 * console.h - real terminals, the lines on them, and the console functions
 *
 * terminal.c owns the real 3215s: a queue of output lines, at most one read,
 * the attention key.  vconsole.c is the virtual 3215.  command.c finds and
 * runs console functions (compare DMKCFM and DMKCNS).
 */
#ifndef CP_CONSOLE_H
#define CP_CONSOLE_H

#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

struct terminal;

/* terminal.c */
void terminal_init(void);   /* before the reader is drained: operator only */
void terminal_enable(void); /* CP-LAB ONLINE on every other terminal */
struct terminal *terminal_operator(void);
/* Queue one line (EBCDIC, printf formats of the library) with a new line. */
void terminal_line(struct terminal *t, const char *format, ...);
/* Queue raw bytes; done(ctx) when they are printed (may be NULL). */
void terminal_write(struct terminal *t, const void *text, uint32_t len,
                    bool newline, void (*done)(void *ctx), void *ctx);
/* Ask for a line; the answer goes to fn, text 0-terminated EBCDIC as typed
 * (no #CP handling here).  hidden: do not echo.  One read at a time: a new
 * one replaces the old.  fn(ctx, NULL, 0) when the attention or cancel key
 * ended the read. */
void terminal_read(struct terminal *t, bool hidden,
                   void (*fn)(void *ctx, const char *text, uint32_t len),
                   void *ctx);
void terminal_read_cancel(struct terminal *t);
void terminal_connect(struct terminal *t, struct vm *vm); /* after LOGON */
/* Read a line for command_logon_line(), as after a LOGON that failed. */
void terminal_logon(struct terminal *t);
void terminal_free(struct terminal *t); /* after LOGOFF: ready for LOGON */
struct vm *terminal_user(const struct terminal *t); /* NULL: nobody */
uint16_t terminal_address(const struct terminal *t);
/* No line waits on any terminal, but for those that are off line. */
bool terminals_quiet(void);

/* To a user's terminal; nothing when disconnected. */
void vm_line(struct vm *vm, const char *format, ...);
/* To the operator's console (or user OPERATOR's terminal). */
void operator_line(const char *format, ...);

/* cpread.c.  Put the machine into CP READ: stops it, prints "CP" and reads a
 * console function (compare DMKCFM).  Nothing when it is there already. */
void cp_read(struct vm *vm);
/* Leave CP READ, as BEGIN and IPL do: the machine may run again and a console
 * read that it had under way is asked for again. */
void cp_read_leave(struct vm *vm);
/* After a console function that took time (IPL, SLEEP): if the machine is
 * still in CP READ, read the next one. */
void cp_read_again(struct vm *vm);
/* The attention key of a terminal with a user: CP READ, or the end of SLEEP. */
void terminal_attention(struct terminal *t, struct vm *vm);
/* Called by dispatch() when the TOD clock has reached vm->sleep_until. */
void sleep_end(struct vm *vm);
/* Called first by dispatch(): finish the machines that are VM_LOGOFF. */
void logoff_finish(void);
/* cmd_logon.c: log every user off; cmd_shutdown.c: when SHUTDOWN was said,
 * stop the system as soon as all output is on paper. */
void force_all(void);
void shutdown_check(void);
bool shutdown_asked(void); /* nobody may log on any more */

/* vconsole.c: the virtual 3215 asks its terminal again for the line that a
 * guest waits for, after CP READ used the keyboard. */
void vconsole_resume(struct vm *vm);

/* command.c: execute a line that was typed for CP: functions separated by
 * the line-end character when SET LINEDIT is on. */
void command_line(struct vm *vm, const char *text, uint32_t len);
/* A line typed on a terminal nobody is logged on at. */
void command_logon_line(struct terminal *t, const char *text, uint32_t len);

#endif
