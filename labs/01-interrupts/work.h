/*
 * work.h - the programs that the tests of this lab run
 */
#ifndef LAB_WORK_H
#define LAB_WORK_H

enum { PLAN_STEPS = 8 };

/* Numbers of a plan; tests/00-plan.lua has the same. */
enum work {
    WORK_END,    /* no more tasks */
    WORK_RETURN, /* ends at once */
    WORK_SPIN,   /* computes for ever and watches its registers */
    WORK_PROBE,  /* makes SVCs with known registers; must be the first */
    WORK_YIELD,  /* gives up the CPU again and again */
    WORK_READ,   /* waits for a line, again and again */
    WORK_STORE,  /* four that fail */
    WORK_PRIVILEGED,
    WORK_DIVIDE,
    WORK_ADDRESS,
    WORK_ASK, /* makes SVCs that take no time, for ever */
};

/* probe.asm */
/* Where tests stop the machine: all tasks of the plan have been made; they are
 * gone, and `result` is what the last svc_wait() returned. */
void work_started(void);
void work_done(int result);
void probe_spin(int kind);
void probe_svc(int kind);

#endif
