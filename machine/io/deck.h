/*
 * deck.h - a file on the host as a deck of cards
 */
#ifndef IO_DECK_H
#define IO_DECK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct machine;

enum { CARD_COLUMNS = 80 };

struct deck {
    struct deck *next; /* goes into the hopper after this one */
    size_t ncards;
    uint8_t cards[][CARD_COLUMNS]; /* EBCDIC */
};

/* Read a whole file: 80-byte EBCDIC card images or, with `ascii`, lines of
 * text, padded with blanks (longer ones are an error, or cut if `truncate`).
 * NULL, after machine_fail(), when it cannot be read or is no deck; the
 * caller frees the deck. */
struct deck *deck_load(struct machine *m, const char *path, bool ascii,
                       bool truncate);

#endif
