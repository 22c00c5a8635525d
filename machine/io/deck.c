/*
 * deck.c - reading card decks from files
 *
 * A deck is read as a whole when it is put into the hopper: what the machine
 * reads later cannot change any more, and a damaged file is reported to the
 * person who named it.
 */
#include "deck.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "../internal.h"
#include "card_code.h"
#include "ebcdic.h"

enum { BINARY_BYTES = 2 * CARD_COLUMNS, DECK_MAX_BYTES = 64 << 20 };

/* The file's bytes, to be freed; NULL after machine_fail(). */
static char *
read_file(struct machine *m, const char *path, size_t *size)
{
    struct stat st;
    /* A pipe is refused, not waited for. */
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    FILE *f = fd < 0 ? NULL : fdopen(fd, "rb");
    char *text;

    if (f == NULL || fstat(fileno(f), &st) != 0 || !S_ISREG(st.st_mode)) {
        machine_fail(m, "card deck %s: %s", path,
                     f == NULL ? strerror(errno) : "not a regular file");
        if (f != NULL)
            fclose(f);
        return NULL;
    }
    if (st.st_size > DECK_MAX_BYTES) {
        machine_fail(m, "card deck %s: larger than %d MiB; is it a deck?", path,
                     DECK_MAX_BYTES >> 20);
        fclose(f);
        return NULL;
    }
    text = malloc((size_t)st.st_size + 1);
    *size = text == NULL ? 0 : fread(text, 1, (size_t)st.st_size, f);
    if (text == NULL || *size != (size_t)st.st_size) {
        machine_fail(m, "card deck %s: %s", path,
                     text == NULL ? "no memory" : "cannot be read");
        free(text);
        text = NULL;
    }
    fclose(f);
    return text;
}

static struct deck *
deck_new(struct machine *m, const char *path, size_t ncards, size_t room)
{
    struct deck *deck;

    if (ncards > room) {
        machine_fail(m,
                     "card deck %s: too many cards (%zu): the hopper holds %d, "
                     "and has room for %zu more; put in fewer at a time",
                     path, ncards, HOPPER_CARDS, room);
        return NULL;
    }
    deck = calloc(1, sizeof(*deck) + ncards * sizeof(deck->cards[0]));
    if (deck == NULL) {
        machine_fail(m, "card deck %s: no memory", path);
        return NULL;
    }
    deck->ncards = ncards;
    return deck;
}

/* Punch one line of text.  -1 after machine_fail(). */
static int
punch_line(struct machine *m, const char *path, size_t number, const char *line,
           const char *end, bool truncate, uint16_t *card)
{
    size_t column = 0;
    uint8_t code;

    if (line < end && end[-1] == '\r')
        end--;
    while (line < end) {
        if (ebcdic_from_utf8(&line, end, &code) != 0)
            return machine_fail(m,
                                "card deck %s: line %zu has a character "
                                "that code page 037 does not have",
                                path, number);
        if (column < CARD_COLUMNS)
            card[column] = card_holes(code);
        else if (!truncate)
            return machine_fail(m,
                                "card deck %s: line %zu is longer than a "
                                "card (80 columns); \"trunc\" cuts it",
                                path, number);
        column++;
    }
    return 0;
}

static struct deck *
deck_of_text(struct machine *m, const char *path, const char *text, size_t size,
             bool truncate, size_t room)
{
    const char *end = text + size, *p, *line;
    struct deck *deck;
    size_t n = 0;

    for (p = text; p < end; p++)
        n += *p == '\n';
    if (size > 0 && end[-1] != '\n')
        n++;
    deck = deck_new(m, path, n, room);
    line = text;
    for (n = 0; deck != NULL && n < deck->ncards; n++) {
        p = memchr(line, '\n', (size_t)(end - line));
        if (p == NULL)
            p = end;
        if (punch_line(m, path, n + 1, line, p, truncate, deck->cards[n])) {
            free(deck);
            return NULL;
        }
        line = p + 1;
    }
    return deck;
}

static struct deck *
deck_of_images(struct machine *m, const char *path, const uint8_t *images,
               size_t size, size_t room)
{
    struct deck *deck;
    size_t i;

    if (size % CARD_COLUMNS != 0) {
        machine_fail(m,
                     "card deck %s: %zu bytes are not a number of 80-byte "
                     "cards; is it text? then say \"ascii\"",
                     path, size);
        return NULL;
    }
    deck = deck_new(m, path, size / CARD_COLUMNS, room);
    for (i = 0; deck != NULL && i < size; i++)
        deck->cards[i / CARD_COLUMNS][i % CARD_COLUMNS] = card_holes(images[i]);
    return deck;
}

static struct deck *
deck_of_binary(struct machine *m, const char *path, const uint8_t *images,
               size_t size, size_t room)
{
    const uint8_t not_holes = 0xC0;
    struct deck *deck;
    size_t i;

    for (i = 0; i < size && (images[i] & not_holes) == 0; i++)
        ;
    if (size % BINARY_BYTES != 0 || i < size) {
        machine_fail(m,
                     "card deck %s: a \"binary\" deck has 160 bytes for each "
                     "card, with six holes in each",
                     path);
        return NULL;
    }
    deck = deck_new(m, path, size / BINARY_BYTES, room);
    for (i = 0; deck != NULL && i < size / 2; i++)
        deck->cards[i / CARD_COLUMNS][i % CARD_COLUMNS] =
            card_column(images + 2 * i);
    return deck;
}

struct deck *
deck_load(struct machine *m, const char *path, enum card_format format,
          bool truncate, size_t room)
{
    size_t size;
    char *text = read_file(m, path, &size);
    struct deck *deck;

    if (text == NULL)
        return NULL;
    if (format == CARDS_TEXT)
        deck = deck_of_text(m, path, text, size, truncate, room);
    else if (format == CARDS_BINARY)
        deck = deck_of_binary(m, path, (const uint8_t *)text, size, room);
    else
        deck = deck_of_images(m, path, (const uint8_t *)text, size, room);
    free(text);
    if (deck != NULL && deck->ncards == 0) {
        machine_fail(m, "card deck %s: it has no cards", path);
        free(deck);
        return NULL;
    }
    return deck;
}
