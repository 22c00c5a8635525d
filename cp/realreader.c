/*
 * realreader.c - the real card reader 00C (compare DMKRSP)
 *
 * Cards are read one by one from when CP starts until the hopper is empty,
 * and again whenever the reader becomes ready.  A deck begins with an ID card
 *
 *     USERID name [CLASS c] [NAME filename [filetype]]     (ID means the same)
 *
 * and goes on to the next USERID card or to the end of the stack.  `name` may
 * be *: a copy for every user whose only privilege class is G.  That is the
 * kit's own; VM/370 has it not.
 *
 * A deck without a good ID card is thrown away and the operator is told.
 */
#include <ctype.h>
#include <string.h>

#include "command.h"
#include "console.h"
#include "directory.h"
#include "realio.h"
#include "spool.h"

static struct {
    struct rdev *dev;
    struct io_request request;
    struct ccw ccw;
    uint8_t card[CARD_COLUMNS];
    bool reading;            /* a card is asked for */
    bool skipping;           /* cards belong to no deck */
    bool for_all;            /* USERID * */
    struct spool_file *file; /* the deck being read */
    void (*drained)(void);
} reader;

/* What an ID card says. */
struct id_card {
    char userid[9], name[9], type[9];
    char class;
};

/* ---- ID cards ------------------------------------------------------------ */

/* Does the card begin so, in either case of letters? */
static bool
begins_with(const uint8_t *card, const char *word)
{
    for (; *word != 0; word++, card++)
        if (toupper(*card) != *word)
            return false;
    return true;
}

/* Is the card an ID card?  "ID" counts only where a deck must begin: inside
 * of one it is data. */
static bool
is_id_card(const uint8_t *card)
{
    if (begins_with(card, "USERID "))
        return true;
    return reader.file == NULL && !reader.skipping && begins_with(card, "ID ");
}

/* Copy a word of at most 8 characters; false when it is none or longer. */
static bool
copy_word(char to[9], const char *word)
{
    if (word == NULL || strlen(word) > 8)
        return false;
    strcpy(to, word);
    return true;
}

static bool
id_options(struct id_card *id, struct words *w)
{
    const char *word;

    while ((word = word_next(w)) != NULL) {
        if (word_is(word, "CLASS", 2)) {
            word = word_next(w);
            if (!word_spool_class(word))
                return false;
            id->class = word[0];
        } else if (word_is(word, "NAME", 1)) {
            if (!copy_word(id->name, word_next(w)))
                return false;
            word = word_next(w);
            return word == NULL ||
                   (copy_word(id->type, word) && word_next(w) == NULL);
        } else {
            return false;
        }
    }
    return true;
}

static bool
id_parse(struct id_card *id, const uint8_t *card)
{
    char text[CARD_COLUMNS + 1];
    struct words words;

    memcpy(text, card, CARD_COLUMNS);
    text[CARD_COLUMNS] = 0;
    words_split(&words, text, text);
    memset(id, 0, sizeof *id);
    id->class = 'A';
    word_next(&words); /* USERID */
    return copy_word(id->userid, word_next(&words)) && id_options(id, &words);
}

/* ---- decks --------------------------------------------------------------- */

static void
deck_refuse(const char *why)
{
    operator_line("DMKRSP432A RDR %03X ID CARD MISSING OR INVALID; %s",
                  reader.dev->addr, why);
    reader.skipping = true;
}

static void
deck_begin(void)
{
    struct id_card id;
    bool good = id_parse(&id, reader.card);
    struct spool_file *file;

    if (!good) {
        deck_refuse("DECK IGNORED");
        return;
    }
    reader.for_all = strcmp(id.userid, "*") == 0;
    if (!reader.for_all && directory_find(id.userid) == NULL) {
        operator_line("DMKRSP053E %s NOT IN CP DIRECTORY; DECK IGNORED",
                      id.userid);
        reader.skipping = true;
        return;
    }
    file = spool_create(reader.for_all ? "SYSTEM" : id.userid, SPOOL_RDR);
    if (file == NULL) {
        operator_line("RDR %03X SPOOL SPACE OF %s FULL; DECK IGNORED",
                      reader.dev->addr, id.userid);
        reader.skipping = true;
        return;
    }
    reader.skipping = false;
    strcpy(file->origin, "SYSTEM");
    strcpy(file->name, id.name);
    strcpy(file->type, id.type);
    file->class = id.class;
    reader.file = file;
    operator_line("RDR %03X INPUT FOR %s FILE = %04u", reader.dev->addr,
                  id.userid, file->number);
}

/* Deal the deck out to every user of class G alone. */
static void
deck_deal(const struct spool_file *file)
{
    uint32_t i;

    for (i = 0; i < directory_count; i++) {
        struct spool_file *copy;

        if (directory[i].classes != CLASS(G))
            continue;
        copy = spool_copy(file, directory[i].userid);
        if (copy == NULL) {
            operator_line("RDR %03X SPOOL SPACE OF %s FULL; DECK IGNORED",
                          reader.dev->addr, directory[i].userid);
            continue;
        }
        spool_enqueue(copy);
        spool_arrived(copy);
    }
}

/* The deck is complete (when there is one). */
static void
deck_end(void)
{
    struct spool_file *file = reader.file;

    reader.file = NULL;
    reader.skipping = false;
    if (file == NULL)
        return;
    if (reader.for_all) {
        deck_deal(file);
        spool_purge(file);
    } else if (file->records == 0) {
        spool_purge(file);
    } else {
        spool_enqueue(file);
        spool_arrived(file);
    }
}

static void
card_read(void)
{
    if (is_id_card(reader.card)) {
        deck_end();
        deck_begin();
        return;
    }
    if (reader.skipping)
        return;
    if (reader.file == NULL) {
        deck_refuse("DECK IGNORED");
        return;
    }
    /* A card is stored as a punch would have made it. */
    if (!spool_put(reader.file, CCW_CARD_PUNCH, reader.card, CARD_COLUMNS)) {
        operator_line("RDR %03X SPOOL SPACE OF %s FULL; DECK IGNORED",
                      reader.dev->addr, reader.file->owner);
        spool_purge(reader.file);
        reader.file = NULL;
        reader.skipping = true;
    }
}

/* ---- the device ---------------------------------------------------------- */

static void
read_next(void)
{
    reader.reading = true;
    reader.ccw = CCW_MAKE(CCW_CARD_READ, reader.card, CCW_SLI, CARD_COLUMNS);
    io_request(reader.dev, &reader.request);
}

/* The hopper is empty, or the reader gone. */
static void
empty(void)
{
    void (*drained)(void) = reader.drained;

    reader.reading = false;
    deck_end();
    reader.drained = NULL;
    if (drained != NULL)
        drained();
}

static void
request_done(struct rdev *dev, struct io_request *req)
{
    if (req->gone || req->sense[0] & SENSE_INTERVENTION) {
        empty();
        return;
    }
    if (req->csw.unit & CSW_UNIT_CHECK || req->csw.channel & ~CSW_PCI) {
        operator_line("DMKRSP431I RDR %03X READ ERROR SENSE %02X; DECK IGNORED",
                      dev->addr, req->sense[0]);
        if (reader.file != NULL)
            spool_purge(reader.file);
        reader.file = NULL;
        empty();
        return;
    }
    /* END OF FILE: the hopper is empty.  Some readers say so for ever. */
    if (req->csw.unit & CSW_UNIT_EXCEPTION) {
        empty();
        return;
    }
    card_read();
    read_next();
}

static void
became_ready(struct rdev *dev, uint8_t unit_status)
{
    (void)dev;
    if (unit_status & CSW_DEVICE_END && !reader.reading)
        read_next();
}

void
realreader_start(void (*drained)(void))
{
    reader.drained = drained;
    reader.dev = rdev_first(RDEV_READER);
    if (reader.dev == NULL) {
        empty();
        return;
    }
    reader.dev->unsolicited = became_ready;
    reader.request.program = &reader.ccw;
    reader.request.done = request_done;
    read_next();
}
