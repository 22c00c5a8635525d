/*
 * dev_punch.c - 3525 card punch
 *
 * Three hundred cards a minute (model P3) into a file: 80-byte EBCDIC images,
 * with the word `ascii` lines of text without trailing blanks, with `binary`
 * 160 bytes of column binary for each card.
 *
 *   SSD0 0001 WRITE, feed, select stacker; D: data mode 1, 80 characters; 2,
 *             two bytes for each column, as the reader has them
 *   SS10 0011 FEED, select stacker    X'03' NO OPERATION
 *   X'04' SENSE (two bytes)
 *
 * Shorter records are padded with blanks.  Holes that are no character have no
 * place but in a `binary` file: the card is not in the file, equipment check.
 *
 * Words: FILE [ascii|ebcdic|binary]
 *
 * Sense byte 1, bits 0 to 3: permanent error, automatic retry, motion
 * malfunction, retry after intervention complete.
 *
 * Source: GA21-9124, "3525 Commands"; for sense byte 1 the table by which OS/VS
 * EREP prints it (IFCE3525).
 */
#include <stdio.h>

#include "../state.h"
#include "card_code.h"
#include "channel.h"
#include "deck.h"
#include "ebcdic.h"
#include "media.h"

enum {
    CMD_WRITE = 0x01,
    CMD_NOP = 0x03,
    CMD_FEED = 0x23,
    DATA_MODE_2 = 0x20,
    BLANK = 0x40,
    STACKER_BITS = 0xC0,
    NO_STACKER = 0xC0,
    SENSE1_PERMANENT = 0x80,
};
#define CARD_NS (NS_PER_S * 60 / 300)
#define DATA_NS (5 * NS_PER_MS)

struct punch {
    FILE *file;
    enum card_format format;
    uint16_t characters[CARD_PATTERNS];
    uint64_t nbytes; /* written: the supply of blank cards comes to an end */
};

static uint8_t
punch_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct punch *p = dev->state;

    if (code == CMD_NOP)
        return DS_NORMAL;
    if ((code & STACKER_BITS) == NO_STACKER ||
        ((code & (uint8_t) ~(STACKER_BITS | DATA_MODE_2)) != CMD_WRITE &&
         (code & (uint8_t)~STACKER_BITS) != CMD_FEED))
        return device_check(dev, SENSE_COMMAND_REJECT);
    if (p->nbytes >= dev->m->options.output_bytes)
        return device_check(dev, SENSE_INTERVENTION);
    if ((code & (uint8_t)~STACKER_BITS) == CMD_FEED) {
        dev->tail_ns = CARD_NS;
        return DS_CHANNEL_END;
    }
    *delay_ns = DATA_NS;
    return 0;
}

/* The characters of a card.  False: it has holes that are none. */
static bool
read_holes(const struct punch *p, const uint16_t card[CARD_COLUMNS],
           uint8_t text[CARD_COLUMNS])
{
    bool good = true;
    size_t i;

    for (i = 0; i < CARD_COLUMNS; i++) {
        text[i] = (uint8_t)p->characters[card[i]];
        good = good && p->characters[card[i]] != CARD_NO_CHARACTER;
    }
    return good;
}

/* A line of text without blanks at its end; its length. */
static size_t
print_line(const uint8_t card[CARD_COLUMNS], char *line)
{
    size_t columns = CARD_COLUMNS, n = 0, i;

    while (columns > 0 && card[columns - 1] == BLANK)
        columns--;
    for (i = 0; i < columns; i++)
        n += ebcdic_to_utf8(card[i], line + n);
    line[n++] = '\n';
    return n;
}

/* Write one card to the file.  False: the file cannot hold it, or the host
 * could not. */
static bool
punch_card(struct punch *p, const uint16_t card[CARD_COLUMNS])
{
    char out[2 * CARD_COLUMNS + 1];
    uint8_t text[CARD_COLUMNS];
    size_t n = CARD_COLUMNS, i;

    if (p->format == CARDS_BINARY) {
        for (i = 0; i < CARD_COLUMNS; i++)
            card_column_bytes(card[i], (uint8_t *)out + 2 * i);
        n = 2 * CARD_COLUMNS;
    } else if (!read_holes(p, card, text)) {
        return false;
    } else if (p->format == CARDS_TEXT) {
        n = print_line(text, out);
    } else {
        memcpy(out, text, CARD_COLUMNS);
    }
    p->nbytes += n;
    return fwrite(out, n, 1, p->file) == 1 && fflush(p->file) == 0;
}

/* Sense, also for a fault that is scripted: an equipment check is one that
 * another try will not mend. */
static uint8_t
punch_check(struct device *dev, uint8_t sense0)
{
    device_check(dev, sense0);
    if (sense0 & SENSE_EQUIPMENT)
        dev->sense[1] = SENSE1_PERMANENT;
    return DS_UNIT_CHECK;
}

static uint8_t
punch_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct punch *p = dev->state;
    uint16_t card[CARD_COLUMNS] = {0};
    uint8_t bytes[2 * CARD_COLUMNS] = {0};
    uint32_t n, i;

    (void)delay_ns;
    if (code & DATA_MODE_2) {
        channel_get(dev, bytes, sizeof(bytes));
        for (i = 0; i < CARD_COLUMNS; i++)
            card[i] = card_column(bytes + 2 * i);
    } else {
        n = channel_get(dev, bytes, CARD_COLUMNS);
        for (i = 0; i < n; i++)
            card[i] = card_holes(bytes[i]);
    }
    dev->tail_ns = CARD_NS - DATA_NS;
    if (!punch_card(p, card))
        dev->tail_status = punch_check(dev, SENSE_EQUIPMENT);
    return DS_CHANNEL_END;
}

static int
punch_attach(struct device *dev, int argc, char *const argv[])
{
    struct punch *p = dev->state;
    const char *path = NULL;
    int i;

    for (i = 0; i < argc; i++) {
        if (strcmp(argv[i], "ascii") == 0)
            p->format = CARDS_TEXT;
        else if (strcmp(argv[i], "ebcdic") == 0)
            p->format = CARDS_EBCDIC;
        else if (strcmp(argv[i], "binary") == 0)
            p->format = CARDS_BINARY;
        else if (path == NULL)
            path = argv[i];
        else
            return machine_fail(dev->m, "3525 at %04X: unknown word \"%s\"",
                                dev->devno, argv[i]);
    }
    if (path == NULL)
        return machine_fail(dev->m,
                            "3525 at %04X: name the file that takes "
                            "the cards",
                            dev->devno);
    card_characters(p->characters);
    p->file = media_paper(dev, path);
    return p->file == NULL ? -1 : 0;
}

static void
punch_detach(struct device *dev)
{
    struct punch *p = dev->state;

    fclose(p->file);
}

static void
punch_state(struct device *dev, struct state *s)
{
    struct punch *p = dev->state;

    STATE_NUMBER(s, p->format, CARDS_BINARY);
    media_written_state(dev, s, &p->nbytes);
}

static void
punch_medium(struct device *dev, struct state *s)
{
    struct punch *p = dev->state;

    media_paper_state(dev, s, p->file, p->nbytes);
}

const struct device_ops device_3525 = {
    .type = "3525",
    .state_size = sizeof(struct punch),
    .sense_bytes = 2,
    .attach = punch_attach,
    .detach = punch_detach,
    .start = punch_start,
    .end = punch_end,
    .check = punch_check,
    .state = punch_state,
    .medium = punch_medium,
};
