/*
 * random_guest.h - a hostile guest, and people at the devices meanwhile
 */
#ifndef TESTS_RANDOM_GUEST_H
#define TESTS_RANDOM_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "machine.h"

/* From it all that is random follows. */
extern uint32_t random_seed;

/* A machine with a device of each kind.  The files behind the devices are
 * made anew: of two machines, the second must have private media. */
struct machine *random_machine(bool private_media);
/* n channel programs, each with some time to run, and what people do. */
void random_steps(struct machine *m, unsigned n);

#endif
