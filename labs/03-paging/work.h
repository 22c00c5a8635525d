/*
 * work.h - the programs that the tests of this lab run
 */
#ifndef LAB_WORK_H
#define LAB_WORK_H

#include <stdint.h>

/* Scripts of tasks 1 to 7: steps as script.asm has them, which a test stores
 * here before the machine runs.  A script that is empty is not started. */
enum { SCRIPTS = 8, SCRIPT_WORDS = 256 };
extern uint32_t script[SCRIPTS][SCRIPT_WORDS];

/* script.asm */
void run_script(int number);
void work_started(void);
void work_done(void);
void work_seen(void);

#endif
