/*
 * dev_punch.c - 3525 card punch
 *
 * Three hundred cards a minute (model P3) into a file: 80-byte EBCDIC images
 * or, with the word `ascii`, lines of text without trailing blanks.
 *
 *   SS00 0001 WRITE, feed, select stacker    SS10 0011 FEED, select stacker
 *   X'03' NO OPERATION   X'04' SENSE (one byte)
 *
 * Shorter records are padded with blanks.  Words: FILE [ascii|ebcdic]
 *
 * Source: GA21-9124, "3525 Commands".
 */
#include <stdio.h>

#include "../state.h"
#include "channel.h"
#include "deck.h"
#include "ebcdic.h"
#include "media.h"

enum {
    CMD_WRITE = 0x01,
    CMD_NOP = 0x03,
    CMD_FEED = 0x23,
    BLANK = 0x40,
    STACKER_BITS = 0xC0,
    NO_STACKER = 0xC0,
};
#define CARD_NS (NS_PER_S * 60 / 300)
#define DATA_NS (5 * NS_PER_MS)

struct punch {
    FILE *file;
    bool ascii;
    uint64_t nbytes; /* written: the supply of blank cards comes to an end */
};

static uint8_t
punch_start(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct punch *p = dev->state;

    if (code == CMD_NOP)
        return DS_NORMAL;
    if ((code & STACKER_BITS) == NO_STACKER ||
        ((code & (uint8_t)~STACKER_BITS) != CMD_WRITE &&
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

/* Write one card to the file.  False: the host could not. */
static bool
punch_card(struct punch *p, const uint8_t card[CARD_COLUMNS])
{
    char text[2 * CARD_COLUMNS + 1];
    size_t columns = CARD_COLUMNS, n = 0, i;

    if (!p->ascii) {
        p->nbytes += CARD_COLUMNS;
        return fwrite(card, CARD_COLUMNS, 1, p->file) == 1 &&
               fflush(p->file) == 0;
    }
    while (columns > 0 && card[columns - 1] == BLANK)
        columns--;
    for (i = 0; i < columns; i++)
        n += ebcdic_to_utf8(card[i], text + n);
    text[n++] = '\n';
    p->nbytes += n;
    return fwrite(text, n, 1, p->file) == 1 && fflush(p->file) == 0;
}

static uint8_t
punch_end(struct device *dev, uint8_t code, uint64_t *delay_ns)
{
    struct punch *p = dev->state;
    uint8_t card[CARD_COLUMNS];

    (void)code;
    (void)delay_ns;
    memset(card, BLANK, sizeof(card));
    channel_get(dev, card, sizeof(card));
    dev->tail_ns = CARD_NS - DATA_NS;
    if (!punch_card(p, card))
        dev->tail_status = device_check(dev, SENSE_EQUIPMENT);
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
            p->ascii = true;
        else if (strcmp(argv[i], "ebcdic") == 0)
            p->ascii = false;
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
    p->file = media_paper(dev, path);
    if (p->file == NULL)
        return -1;
    return 0;
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

    state_bool(s, &p->ascii);
    state_u64(s, &p->nbytes);
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
    .sense_bytes = 1,
    .attach = punch_attach,
    .detach = punch_detach,
    .start = punch_start,
    .end = punch_end,
    .state = punch_state,
    .medium = punch_medium,
};
