/*
 * sheet.h - all 3215 consoles of a machine on one output stream
 */
#ifndef FRONT_SHEET_H
#define FRONT_SHEET_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

#include "machine.h"

struct sheet;

/* Let every 3215 of the machine print on `out`.  NULL: no memory. */
struct sheet *sheet_open(struct machine *m, FILE *out);
/* Consoles were attached or detached. */
void sheet_refresh(struct sheet *s);
/* Begin a new line if a console has left one unfinished. */
void sheet_new_line(struct sheet *s);
void sheet_close(struct sheet *s);

#endif
