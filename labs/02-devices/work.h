/*
 * work.h - the programs that the tests of this lab run
 */
#ifndef LAB_WORK_H
#define LAB_WORK_H

#include <stdint.h>

enum { WORKERS = 8, STEPS = 6, REPORT_WORDS = 512 };

/* What a task does, step by step; tests/00-plan.lua has the same numbers.  A
 * step ends with results in the task's report. */
enum work {
    WORK_END = 1,
    WORK_CARDS,  /* read a cards, or all: of each its length, and its number */
    WORK_COPY,   /* print all cards, the control character is in column 1 */
    WORK_PRINT,  /* a lines with the control character b: "LINE c.1" ... */
    WORK_SAY,    /* a lines on the console: "LINE c.1" ... */
    WORK_LISTEN, /* read a line of at most a characters: length, four of them */
    WORK_WRITE,  /* write words b, b+1, ... into record a: result */
    WORK_READ,   /* read record a: result, its first word, words that are not
                    one more than the one before */
    WORK_FORMAT, /* format the track of record a: result */
    WORK_SPIN,   /* compute for a thousand turns, a times */
};

struct step {
    uint32_t work, a, b, c;
};

/* work_stops.asm.  Where tests stop the machine: all tasks of the plan have
 * been made; they are gone. */
void work_started(void);
void work_done(void);

#endif
