/*
 * realoutput.c - the real printer 00E and punch 00D (compare DMKRSP)
 *
 * Each takes the oldest file of its queue that is not held, puts a separator
 * page or card before it, and sends record after record, one channel program
 * each; then come the other copies, then the file is purged.  A device that
 * needs the operator goes on with the same record when it becomes ready.
 */
#include <string.h>

#include "console.h"
#include "realio.h"
#include "spool.h"

#define SENSE_CHANNEL_9 0x01 /* the 1403 saw a hole in channel 9 */

struct unit {
    enum spool_kind kind;
    struct rdev *dev;
    struct spool_file *file; /* on its way out */
    bool active;             /* a record is on the device */
    bool stepping;           /* unit_step() is at work */
    bool not_ready;          /* waits for the operator */
    uint32_t separator;      /* next line of the separator */
    bool in_separator;
    uint32_t copies_left;
    struct io_request request;
    struct ccw ccw;
    uint8_t code;
    uint32_t len;
    char data[PRINT_COLUMNS];
};

static struct unit printer = {.kind = SPOOL_PRT}, punch = {.kind = SPOOL_PUN};

static struct unit *
unit_of(enum spool_kind kind)
{
    return kind == SPOOL_PUN ? &punch : &printer;
}

static void
send(struct unit *unit)
{
    unit->active = true;
    unit->ccw = CCW_MAKE(unit->code, unit->data, CCW_SLI,
                         unit->len > 0 ? unit->len : 1);
    io_request(unit->dev, &unit->request);
}

/* The card before a punched file: an ID card, so that the real reader would
 * take the deck for its owner. */
static bool
separator_card(struct unit *unit)
{
    static const char id[] = "USERID ";
    const struct spool_file *file = unit->file;

    if (unit->separator > 0)
        return false;
    memset(unit->data, ' ', CARD_COLUMNS);
    memcpy(unit->data, id, sizeof id - 1);
    memcpy(unit->data + sizeof id - 1, file->owner, strlen(file->owner));
    unit->code = CCW_CARD_PUNCH;
    unit->len = CARD_COLUMNS;
    return true;
}

/* Fetch the next thing to send into unit->code, data, len; false: the copy is
 * complete. */
static bool
next_record(struct unit *unit)
{
    if (unit->in_separator) {
        unit->len = PRINT_COLUMNS;
        if (unit->kind == SPOOL_PUN
                ? separator_card(unit)
                : separator_line(unit->file, unit->separator, unit->data,
                                 &unit->code)) {
            unit->separator++;
            return true;
        }
        unit->in_separator = false;
    }
    return spool_get(unit->file, &unit->code, unit->data, &unit->len);
}

static void
copy_begin(struct unit *unit)
{
    const struct spool_file *file = unit->file;

    unit->in_separator = true;
    unit->separator = 0;
    spool_rewind(unit->file);
    operator_line("%s %03X OUTPUT OF %s FILE = %04u RECDS = %06u COPY = %02u "
                  "%c %s",
                  spool_kind_name(unit->kind), unit->dev->addr, file->owner,
                  file->number, file->records, unit->copies_left, file->class,
                  spool_kind_name(file->made));
}

/* Take the next file of the queue; false: there is none to be put out. */
static bool
take_file(struct unit *unit)
{
    struct spool_file *file = NULL;

    while ((file = spool_next(file, NULL, unit->kind)) != NULL)
        if (!file->hold && !file->busy)
            break;
    unit->file = file;
    if (file == NULL)
        return false;
    file->busy = true;
    unit->copies_left = file->copies;
    copy_begin(unit);
    return true;
}

/* What was on the device is done: go on to the next record, copy or file, and
 * have it in unit->data.  False: nothing is left. */
static bool
advance(struct unit *unit)
{
    while (unit->file != NULL || take_file(unit)) {
        if (next_record(unit))
            return true;
        if (--unit->copies_left > 0) {
            copy_begin(unit);
        } else {
            spool_purge(unit->file);
            unit->file = NULL;
        }
    }
    return false;
}

/* Send what comes next, if the device is free.  A command that ends at once
 * comes back here from within send(): then the outer call goes on, so that a
 * long file of such does not fill the stack. */
static void
unit_step(struct unit *unit)
{
    if (unit->stepping)
        return;
    unit->stepping = true;
    while (unit->dev != NULL && !unit->active && !unit->not_ready &&
           advance(unit))
        send(unit);
    unit->stepping = false;
}

/* The device cannot do this record: keep the file for the operator. */
static void
output_error(struct unit *unit, uint8_t sense)
{
    operator_line("DMKRSP426E %s %03X OUTPUT ERROR SENSE %02X; FILE %04u HELD",
                  spool_kind_name(unit->kind), unit->dev->addr, sense,
                  unit->file->number);
    unit->file->hold = true;
    unit->file->busy = false;
    unit->file = NULL;
}

static void
request_done(struct rdev *dev, struct io_request *req)
{
    struct unit *unit = req->owner;
    uint8_t sense = req->sense[0];

    unit->active = false;
    if (req->gone || sense & SENSE_INTERVENTION) {
        unit->not_ready = true;
        operator_line("DMKRSE500I DEV %03X INT REQ", dev->addr);
        return;
    }
    if ((req->csw.unit & CSW_UNIT_CHECK && sense != SENSE_CHANNEL_9) ||
        req->csw.channel & ~(CSW_PCI | CSW_INCORRECT_LENGTH))
        output_error(unit, sense);
    unit_step(unit);
}

static void
became_ready(struct rdev *dev, uint8_t unit_status)
{
    struct unit *unit = dev->owner;

    if (!(unit_status & CSW_DEVICE_END) || !unit->not_ready)
        return;
    unit->not_ready = false;
    if (unit->file != NULL)
        send(unit); /* the record that was refused */
    else
        unit_step(unit);
}

static void
unit_init(struct unit *unit, enum rdev_class class)
{
    unit->dev = rdev_first(class);
    if (unit->dev == NULL)
        return;
    unit->dev->owner = unit;
    unit->dev->unsolicited = became_ready;
    unit->request.program = &unit->ccw;
    unit->request.done = request_done;
    unit->request.owner = unit;
}

void
realoutput_init(void)
{
    unit_init(&printer, RDEV_PRINTER);
    unit_init(&punch, RDEV_PUNCH);
}

void
realoutput_kick(enum spool_kind kind)
{
    unit_step(unit_of(kind));
}

static bool
unit_idle(const struct unit *unit)
{
    return unit->dev == NULL || unit->not_ready || unit->file == NULL;
}

bool
realoutput_idle(void)
{
    return unit_idle(&printer) && unit_idle(&punch);
}
