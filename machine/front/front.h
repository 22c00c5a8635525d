/*
 * front.h - what the files of front/ share
 *
 * The library's part (configuration, registers, map, trace) and the programs
 * `machine` and `console` meet here.  None of it touches the inside of a
 * machine; that is internal.h's business.
 */
#ifndef FRONT_H
#define FRONT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct machine;

/* words.c: taking apart what people type */

enum { WORDS_MAX = 64 };

/* Split a line, in place, at blanks into words; "..." holds blanks together,
 * `#` at the start of a word begins a comment.  Returns how many words there
 * are, or -1 with *error pointing to a text: what is wrong. */
int words_split(char *line, char *words[WORDS_MAX], const char **error);
/* A number of `base` and nothing else, at most `max`; false otherwise. */
bool word_number(const char *word, unsigned base, uint64_t max,
                 uint64_t *value);
/* Pairs of hexadecimal digits.  Returns how many bytes they are; -1: they are
 * no pairs, or more than `room` bytes. */
int word_bytes(const char *word, uint8_t *bytes, size_t room);
/* A storage size: 512K, 16M, or a number of MiB.  False: not a size; whether
 * a machine can have it is for machine_create() to say. */
bool word_size(const char *word, uint32_t *bytes);
/* YYYY-MM-DD/HH:MM:SS, or "now" (the host's clock), as a TOD clock value:
 * the clock shows Greenwich time (GA22-7000, "Time-of-Day Clock"). */
bool word_todclock(const char *word, uint64_t *tod);

/* The first 40 characters of a word for a message, with a question mark for
 * each control character. */
enum { WORD_SHOWN = 40 };
const char *word_shown(const char *word, char buf[WORD_SHOWN + 1]);

/* The date and time a TOD clock value stands for, to the second. */
struct tod_date {
    unsigned year, month, day, hour, minute, second;
};
struct tod_date tod_to_date(uint64_t tod);

/* map.c, trace.c: for front_destroy() */
void map_destroy(struct machine *m);
void tracer_destroy(struct machine *m);

#endif
