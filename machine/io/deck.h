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
/* What a hopper holds, in whole decks: 160 MiB of the host. */
enum { HOPPER_CARDS = 1 << 20 };

/* What a file of cards holds: 80-byte EBCDIC images, lines of text, or column
 * binary, 160 bytes a card (card_code.h). */
enum card_format { CARDS_EBCDIC, CARDS_TEXT, CARDS_BINARY };

struct deck {
    struct deck *next; /* goes into the hopper after this one */
    size_t ncards;
    uint16_t cards[][CARD_COLUMNS]; /* holes */
};

/* Read a whole file; lines of text that are longer than a card are an error, or
 * cut if `truncate`.  NULL, after machine_fail(), when it cannot be read, is no
 * deck, or has more than `room` cards; the caller frees the deck. */
struct deck *deck_load(struct machine *m, const char *path,
                       enum card_format format, bool truncate, size_t room);

#endif
