/*
 * mkdeck.c - make an IPL-able card deck of an image
 *
 * The deck (80-column EBCDIC card images):
 *   [USERID card]  says whose deck it is, for CP's card reader; CP takes it
 *                  away, and on a machine without CP it must not be there
 *   IPL card       PSW and two CCWs: what IPL reads to location 0
 *   CCW card       goes to location 128: reads for the loader's cards
 *   loader cards   deck_loader.asm, into the storage behind the image
 *   image cards    see deck_loader.asm
 */
#include <argp.h>
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "loader.h"

static const uint8_t loader_text[] = {
#include "deck_loader.inc"
};

enum {
    CARD = 80,
    CARD_DATA = 72,
    CCW_CARD_AT = 128,
    CCWS_A_CARD = 10,
    LOADER_CARDS = (sizeof(loader_text) + CARD - 1) / CARD,
    LOADER_BYTES = LOADER_CARDS * CARD,
};
_Static_assert(LOADER_CARDS <= CCWS_A_CARD, "one card of CCWs reads it");

struct options {
    const char *userid, *name, *output, *image;
};

static struct argp_option option_table[] = {
    {"userid", 'u', "NAME", 0,
     "begin with a USERID card for this user, or * for all", 0},
    {"name", 'n', "NAME", 0, "give the file a name on the USERID card", 0},
    {"output", 'o', "DECK", 0, "the deck to write", 0},
    {0},
};

/* One to eight letters, digits, $ # @ -, in capitals: a CP identifier. */
static void
check_name(struct argp_state *state, const char *what, const char *name)
{
    size_t len = strlen(name);

    if (len < 1 || len > 8 ||
        strspn(name, "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789$#@-") != len)
        argp_error(state,
                   "%s \"%s\": a name has 1 to 8 capital letters, digits or "
                   "$ # @ -",
                   what, name);
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct options *opt = state->input;

    switch (key) {
    case 'u':
        if (strcmp(arg, "*") != 0) /* CP: a copy for every user */
            check_name(state, "--userid", arg);
        opt->userid = arg;
        return 0;
    case 'n':
        check_name(state, "--name", arg);
        opt->name = arg;
        return 0;
    case 'o':
        opt->output = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (opt->image != NULL)
            argp_error(state, "only one image can be put into a deck");
        opt->image = arg;
        return 0;
    case ARGP_KEY_END:
        if (opt->image == NULL)
            argp_error(state, "which image? name a file that cc370 made");
        if (opt->output == NULL)
            argp_error(state, "which deck? say -o DECK");
        if (opt->name != NULL && opt->userid == NULL)
            argp_error(state, "--name stands on the USERID card: say "
                              "--userid too");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

static void
put_ccw(uint8_t *p, uint8_t code, uint32_t addr, uint8_t flags, uint32_t count)
{
    p[0] = code;
    put_be24(p + 1, addr);
    p[4] = flags;
    put_be16(p + 6, count);
}

static void
userid_card(uint8_t *card, const struct options *opt)
{
    char text[CARD + 1];

    snprintf(text, sizeof(text), "USERID %s%s%s", opt->userid,
             opt->name != NULL ? " NAME " : "",
             opt->name != NULL ? opt->name : "");
    text_to_ebcdic(card, CARD, text);
}

/* The three kinds of cards that get the loader to loader_at, four with the
 * loader itself.  Returns the first card after them. */
static uint8_t *
loader_cards(uint8_t *card, uint32_t loader_at, const struct image *image)
{
    const uint8_t read = 0x02, tic = 0x08, cc = 0x40;
    uint8_t *loader = card + 2 * CARD;
    int i;

    put_be32(card + 4, loader_at + LOADER_ENTRY);
    put_ccw(card + 8, read, CCW_CARD_AT, cc, CARD);
    put_ccw(card + 16, tic, CCW_CARD_AT, 0, 1);
    card += CARD;
    for (i = 0; i < LOADER_CARDS; i++)
        put_ccw(card + 8 * i, read, loader_at + CARD * (uint32_t)i,
                i < LOADER_CARDS - 1 ? cc : 0, CARD);
    memcpy(loader, loader_text, sizeof(loader_text));
    loader_prepare(loader, sizeof(loader_text), image);
    return loader + LOADER_BYTES;
}

int
main(int argc, char **argv)
{
    struct argp argp = {option_table,
                        parse,
                        "IMAGE",
                        "Make a card deck of IMAGE that a System/370 can be "
                        "IPLed from.",
                        NULL,
                        NULL,
                        NULL};
    struct options opt = {0};
    struct image image;
    uint32_t ncards, loader_at, at;
    uint8_t *deck, *card;

    argp_err_exit_status = 1;
    argp_parse(&argp, argc, argv, 0, NULL, &opt);
    image = image_read(opt.image);
    ncards = (image.size - LOW_BYTES + CARD_DATA - 1) / CARD_DATA;
    /* Behind the last card's data, and behind the card of CCWs. */
    loader_at = (LOW_BYTES + ncards * CARD_DATA + CARD + 7) & ~7u;
    deck = calloc(3 + LOADER_CARDS + ncards, CARD);
    if (deck == NULL) {
        fprintf(stderr, "mkdeck: no memory\n");
        return 2;
    }
    card = deck;
    if (opt.userid != NULL) {
        userid_card(card, &opt);
        card += CARD;
    }
    card = loader_cards(card, loader_at, &image);
    for (at = LOW_BYTES; at < image.size; at += CARD_DATA) {
        uint32_t left = image.size - at;

        put_be32(card, at);
        memcpy(card + 8, image.bytes + at, left < CARD_DATA ? left : CARD_DATA);
        seal(card, CARD / 4, 4);
        card += CARD;
    }
    file_write(opt.output, deck, (size_t)(card - deck));
    free(deck);
    free(image.bytes);
    return 0;
}
