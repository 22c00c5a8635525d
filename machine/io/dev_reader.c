/*
 * dev_reader.c - 3505 card reader
 *
 * Twelve hundred cards a minute.  Data arrives soon after the command, device
 * end when the card is in its stacker and the next one at the read station.
 * Each file is a deck; all decks in the hopper are read as one stack of cards.
 *
 *   SSD0 0010 READ, feed, select stacker     11D0 0010 READ without feeding
 *             D: data mode 1, 80 characters; 2, two bytes for each column: rows
 *             12 to 3 and 4 to 9 in bits 2-7 of each
 *   SS10 0011 FEED, select stacker           X'03' NO OPERATION
 *   X'04' SENSE (two bytes)
 *
 * After the last card a READ gets unit exception once, if the word `eof` (the
 * END OF FILE key) was given; then, and without it, an empty hopper is unit
 * check, intervention required.
 *
 * Attaching a reader that is there already puts more decks into its hopper; it
 * gets ready (device end) if that was empty.
 *
 * Words: FILE... [ascii|ebcdic|binary] [trunc] [eof|intrq]
 *
 * Sense byte 1 tells of permanent errors, retry and motion malfunction: none
 * but by a script (fault.c).
 *
 * Source: GA21-9124, "Commands", "Status Information"; for sense byte 1 the
 * table by which OS/VS EREP prints it (IFCE3505).
 */
#include <stdlib.h>

#include "../internal.h"
#include "../state.h"
#include "card_code.h"
#include "channel.h"
#include "deck.h"

enum {
    CMD_NOP = 0x03,
    CMD_FEED = 0x23, /* and the stacker */
    DATA_MODE_2 = 0x20,
    FORMAT_MODE = 0x10,
    STACKER_BITS = 0xC0,
    NO_FEED = 0xC0,
    DECKS_MAX = 100000,
};
#define CARD_NS (NS_PER_S * 60 / 1200)
#define DATA_NS (5 * NS_PER_MS)

struct reader {
    struct deck *deck; /* in the hopper; others follow it */
    size_t card;       /* at the read station */
    enum card_format format;
    bool truncate, eof;
    bool exception_due; /* unit exception for the hopper that has run out */
    bool characters_made;
    uint16_t characters[CARD_PATTERNS];
};

/* The card at the read station goes to its stacker. */
static void
feed(struct reader *r)
{
    struct deck *empty = r->deck;

    if (++r->card < empty->ncards)
        return;
    r->deck = empty->next;
    r->card = 0;
    free(empty);
    r->exception_due = r->deck == NULL && r->eof;
}

static uint8_t
no_card(struct device *dev)
{
    struct reader *r = dev->state;

    if (r->exception_due) {
        r->exception_due = false;
        return DS_NORMAL | DS_UNIT_EXCEPTION;
    }
    return device_check(dev, SENSE_INTERVENTION);
}

static bool
is_read(uint8_t code)
{
    return (code & 0x0F) == 0x02;
}

static bool
is_feed(uint8_t code)
{
    return (code & (uint8_t)~STACKER_BITS) == CMD_FEED &&
           (code & STACKER_BITS) != NO_FEED;
}

static uint8_t
reader_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct reader *r = dev->state;

    if (code == CMD_NOP)
        return DS_NORMAL;
    if (is_read(code) ? (code & FORMAT_MODE) != 0 : !is_feed(code))
        return device_check(dev, SENSE_COMMAND_REJECT);
    if (r->deck == NULL)
        return no_card(dev);
    if (is_read(code)) {
        *delay_ns = DATA_NS;
        return 0;
    }
    feed(r);
    dev->tail_ns = CARD_NS;
    return DS_CHANNEL_END;
}

static void
put_binary(struct device *dev, const uint16_t *card)
{
    uint8_t bytes[2 * CARD_COLUMNS];
    size_t i;

    for (i = 0; i < CARD_COLUMNS; i++)
        card_column_bytes(card[i], bytes + 2 * i);
    channel_put(dev, bytes, sizeof(bytes));
}

/* A column with holes that are no character is a data check. */
static uint8_t
put_characters(struct device *dev, const uint16_t *card)
{
    struct reader *r = dev->state;
    uint8_t bytes[CARD_COLUMNS];
    bool good = true;
    size_t i;

    if (!r->characters_made)
        card_characters(r->characters);
    r->characters_made = true;
    for (i = 0; i < CARD_COLUMNS; i++) {
        bytes[i] = (uint8_t)r->characters[card[i]];
        good = good && r->characters[card[i]] != CARD_NO_CHARACTER;
    }
    channel_put(dev, bytes, sizeof(bytes));
    return good ? 0 : device_check(dev, SENSE_DATA_CHECK);
}

static uint8_t
reader_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct reader *r = dev->state;
    uint8_t check = 0;

    (void)delay_ns;
    if (code & DATA_MODE_2)
        put_binary(dev, r->deck->cards[r->card]);
    else
        check = put_characters(dev, r->deck->cards[r->card]);
    if ((code & STACKER_BITS) == NO_FEED)
        return DS_NORMAL | check;
    feed(r);
    dev->tail_ns = CARD_NS - DATA_NS;
    dev->tail_status = check;
    return DS_CHANNEL_END;
}

/* ---- the operator -------------------------------------------------------- */

/* Put a deck behind those that wait.  A deck that is being read counts until
 * its last card: snapshots have it whole. */
static int
add_deck(struct device *dev, const char *path)
{
    struct reader *r = dev->state;
    struct deck **hopper = &r->deck;
    size_t room = HOPPER_CARDS, decks = 0;

    for (; *hopper != NULL; hopper = &(*hopper)->next, decks++)
        room -= (*hopper)->ncards;
    if (decks == DECKS_MAX)
        return machine_fail(dev->m,
                            "card deck %s: the hopper has %d decks already; "
                            "put more in when some are read",
                            path, DECKS_MAX);
    *hopper = deck_load(dev->m, path, r->format, r->truncate, room);
    return *hopper == NULL ? -1 : 0;
}

/* Handle one word that is not a file name; false when it is one. */
static bool
option(struct reader *r, const char *word)
{
    if (strcmp(word, "ascii") == 0)
        r->format = CARDS_TEXT;
    else if (strcmp(word, "ebcdic") == 0)
        r->format = CARDS_EBCDIC;
    else if (strcmp(word, "binary") == 0)
        r->format = CARDS_BINARY;
    else if (strcmp(word, "trunc") == 0)
        r->truncate = true;
    else if (strcmp(word, "eof") == 0)
        r->eof = true;
    else if (strcmp(word, "intrq") == 0)
        r->eof = false;
    else
        return false;
    return true;
}

static void
free_decks(struct deck **hopper)
{
    struct deck *deck;

    while ((deck = *hopper) != NULL) {
        *hopper = deck->next;
        free(deck);
    }
}

static void
reader_detach(struct device *dev)
{
    struct reader *r = dev->state;

    free_decks(&r->deck);
}

/* Put the decks that the words name behind those that wait.  None, if one of
 * them is no good. */
static int
load_hopper(struct device *dev, int argc, char *const argv[])
{
    struct reader *r = dev->state;
    const struct reader before = *r;
    struct reader ignored = {0};
    struct deck **added = &r->deck;
    int i;

    while (*added != NULL)
        added = &(*added)->next;
    for (i = 0; i < argc; i++)
        option(r, argv[i]);
    for (i = 0; i < argc; i++) {
        if (!option(&ignored, argv[i]) && add_deck(dev, argv[i]) != 0) {
            free_decks(added);
            *r = before;
            return -1;
        }
    }
    if (*added != NULL)
        r->exception_due = false;
    return 0;
}

/* More cards for a reader that is there. */
static int
reader_mount(struct device *dev, int argc, char *const argv[])
{
    struct reader *r = dev->state;
    bool was_empty = r->deck == NULL;

    if (load_hopper(dev, argc, argv) != 0)
        return -1;
    if (was_empty && r->deck != NULL)
        device_unsolicited(dev, DS_DEVICE_END);
    return 0;
}

/* ---- snapshots ----------------------------------------------------------- */

/* One deck, at *p, of at most *room cards, which it takes up.  False: no more
 * can come. */
static bool
deck_state(struct state *s, struct deck **p, uint32_t *room)
{
    uint32_t ncards = state_loading(s) ? 0 : (uint32_t)(*p)->ncards;
    size_t i;

    ncards = state_number(s, ncards, *room);
    *room -= ncards;
    if (s->failed || ncards == 0) {
        state_fail(s, "a deck has no cards");
        return false;
    }
    if (state_loading(s)) {
        *p = calloc(1, sizeof(**p) + ncards * sizeof((*p)->cards[0]));
        if (*p == NULL) {
            state_fail(s, "no memory for a deck");
            return false;
        }
        (*p)->ncards = ncards;
    }
    for (i = 0; i < (size_t)ncards * CARD_COLUMNS && !s->failed; i++)
        STATE_NUMBER(s, (*p)->cards[i / CARD_COLUMNS][i % CARD_COLUMNS],
                     CARD_PATTERNS - 1);
    return true;
}

static void
reader_state(struct device *dev, struct state *s)
{
    struct reader *r = dev->state;
    struct deck *deck, **p = &r->deck;
    uint32_t n = 0, card = (uint32_t)r->card, room = HOPPER_CARDS;

    if (state_loading(s))
        reader_detach(dev);
    for (deck = r->deck; deck != NULL; deck = deck->next)
        n++;
    n = state_number(s, n, DECKS_MAX);
    for (; n > 0 && deck_state(s, p, &room); n--)
        p = &(*p)->next;
    r->card = state_number(s, card,
                           r->deck == NULL ? 0 : (uint32_t)r->deck->ncards - 1);
    STATE_NUMBER(s, r->format, CARDS_BINARY);
    state_bool(s, &r->truncate);
    state_bool(s, &r->eof);
    state_bool(s, &r->exception_due);
}

const struct device_ops device_3505 = {
    .type = "3505",
    .state_size = sizeof(struct reader),
    .sense_bytes = 2,
    .attach = load_hopper,
    .detach = reader_detach,
    .start = reader_start,
    .end = reader_end,
    .mount = reader_mount,
    .state = reader_state,
};
