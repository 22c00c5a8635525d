/*
 * shell.h - the programs that run as tasks
 *
 * They are in the problem state: of the kernel they use svc.h, of the library
 * what stores only on the stack (printf() does).  Their static data cannot be
 * stored into: it has the kernel's key.
 */
#ifndef GOS_SHELL_H
#define GOS_SHELL_H

/* shell.c: reads commands from the console and executes them. */
void shell(int argument);

enum { SWEEP_PAGES = 56 }; /* the others are for its stack */

/* programs.c: the argument is the number of lines to print. */
void count_alpha(int lines);
void count_beta(int lines);
void sweep(int pages);   /* see there; at most SWEEP_PAGES */
void spin(int argument); /* computes for ever, prints nothing */
void crash(int kind);    /* does something forbidden: 0 to 3 */

#endif
