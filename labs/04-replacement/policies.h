/*
 * policies.h - the replacement policies of this lab, behind one interface
 *
 * replace.h says what a policy is told and asked, and has replace_fifo
 * (fifo.c).
 */
#ifndef POLICIES_H
#define POLICIES_H

#include "replace.h"

extern const struct replacement replace_clock;   /* clock.c */
extern const struct replacement replace_aging;   /* aging.c */
extern const struct replacement replace_workset; /* workset.c */
extern const struct replacement replace_own;     /* own.c */

/* workset.c: a page that was not used in so many slices is given up. */
enum { WINDOW = 4 };

#endif
