/*
 * forms.h - paper and the carriage that moves it
 *
 * The paper is a text file: '\n' for each line of paper that went by, '\f' for
 * a skip to channel 1, '\r' before text that is printed over a line.
 *
 * What stops a skip is punched in a carriage tape (1403) or held in a buffer
 * (3211): for every line of the form, the channels that have a hole there.
 */
#ifndef IO_FORMS_H
#define IO_FORMS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

enum { FORM_LINES_MAX = 180, FORM_CHANNELS = 12 };

struct forms {
    FILE *file;
    unsigned lines; /* of a form */
    unsigned line;  /* where the print position is, from 1 */
    uint16_t holes[FORM_LINES_MAX + 1]; /* bit n: channel n, line by line */
    bool inked;                         /* something was printed on this line */
    uint64_t nbytes;                    /* written */
};

/* 66 lines; channel 1 at line 1, 2 to 12 at 7 13 19 25 31 37 43 63 49 55 61. */
void forms_standard(struct forms *f);
/* A carriage tape in words: "66:1,7,13": the lines of a form, and the line of
 * each channel from 1 on, 0 for none.  False: it is none. */
bool forms_punch(struct forms *f, const char *words);
/* A forms control buffer: a byte for each line, its low half the channel, X'10'
 * in the last.  False, with nothing changed: it is none. */
bool forms_load(struct forms *f, const uint8_t *bytes, uint32_t len);

/* Move the paper by one line.  Returns the holes that are there. */
uint16_t forms_space(struct forms *f);
/* Skip to a channel.  The number of lines; -1, after a whole form has gone by,
 * when no line has it. */
int forms_skip(struct forms *f, unsigned channel);
/* Print on the current line. */
void forms_print(struct forms *f, const char *text, size_t len);
/* False: the host could not write. */
bool forms_flush(struct forms *f);

#endif
