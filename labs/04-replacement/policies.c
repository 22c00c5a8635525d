/*
 * policies.c - which policy GOS uses: change it here to try one of yours
 *
 * Tests choose for themselves, before the machine starts; so all policies are
 * part of the system, whether it uses them or not.
 */
#include "policies.h"

const struct replacement *replacement = &replace_clock;

__attribute__((used)) const struct replacement *const policies[] = {
    &replace_fifo, &replace_clock, &replace_aging, &replace_workset,
    &replace_own};
