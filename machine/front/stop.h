/*
 * stop.h - why a machine stopped, for people and for the exit status
 */
#ifndef FRONT_STOP_H
#define FRONT_STOP_H

#include <stddef.h>

#include "machine.h"

/* The programs' exit statuses. */
enum {
    STATUS_OK = 0,    /* a disabled wait with code 0, or told to end */
    STATUS_INPUT = 1, /* the command line or a file is wrong */
    STATUS_GUEST = 2, /* the guest stopped in any other way */
};

/* The word of the monitor's answer: wait check break limit. */
const char *stop_word(enum machine_stop stop);
/* STATUS_OK for a disabled wait with code 0 (the code of a wait is the
 * address in its PSW), STATUS_GUEST otherwise. */
int stop_status(const struct machine *m, enum machine_stop stop);
/* A line for people, such as "disabled wait, code X'000012', PSW ...". */
void stop_describe(const struct machine *m, enum machine_stop stop, char *buf,
                   size_t size);

#endif
