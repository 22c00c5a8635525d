/*
 * vreader.c - the virtual card reader (commands of the 3505, GA21-9124)
 *
 * The first read takes the oldest file of the user's reader queue whose class
 * the reader takes.  After its last card a read gets unit exception (EOF) or
 * finds an empty hopper (NOEOF); then the file is closed, which throws it
 * away unless SPOOL READER HOLD was said.  With CONT the next file follows
 * without a sign.
 */
#include <string.h>

#include "spool.h"
#include "vdevice.h"

#define BLANK 0x40 /* EBCDIC */

/* Take the next file that this reader may read; false: there is none. */
static bool
open_file(struct vdev *dev, const struct spool_file *other_than)
{
    struct spool_file *file = NULL;

    while ((file = spool_next(file, dev->vm->userid, SPOOL_RDR)) != NULL)
        if (!file->busy && !file->hold && file != other_than &&
            (dev->spool_class == '*' || dev->spool_class == file->class)) {
            file->busy = true;
            spool_rewind(file);
            dev->file = file;
            dev->card_stays = false;
            return true;
        }
    return false;
}

/* The last card is read: close the file.  True when another follows. */
static bool
file_end(struct vdev *dev)
{
    const struct spool_file *ended = dev->file;

    spool_close(dev, NULL);
    return dev->cont && open_file(dev, ended);
}

static enum vdev_result
no_card(struct vdev *dev, uint8_t *status)
{
    dev->wants_card = true;
    return vdev_check(dev, status, SENSE_INTERVENTION);
}

/* The next card of the file into cmd->data; the paper motion of a printer's
 * file is no card.  False at the end. */
static bool
get_card(struct vdev *dev, struct vcommand *cmd)
{
    uint8_t code;
    uint32_t len = 0;

    do {
        memset(cmd->data, BLANK, CARD_COLUMNS);
        if (!spool_get(dev->file, &code, cmd->data, &len))
            return false;
    } while ((code & 3) != 1);
    cmd->moved = len < CARD_COLUMNS ? CARD_COLUMNS : len;
    return true;
}

/* stays: READ ONLY, the card is there for the next read as well. */
static enum vdev_result
read_card(struct vdev *dev, struct vcommand *cmd, bool stays, uint8_t *status)
{
    struct spool_block *at;
    uint32_t at_byte;

    if (dev->not_ready)
        return vdev_check(dev, status, SENSE_INTERVENTION);
    if (dev->file == NULL && !open_file(dev, NULL))
        return no_card(dev, status);
    for (;;) {
        at = dev->file->at;
        at_byte = dev->file->at_byte;
        if (get_card(dev, cmd))
            break;
        if (file_end(dev))
            continue;
        if (!dev->eof)
            return no_card(dev, status);
        *status = CSW_CHANNEL_END | CSW_DEVICE_END | CSW_UNIT_EXCEPTION;
        return VDEV_ENDED;
    }
    if (stays) {
        dev->file->at = at;
        dev->file->at_byte = at_byte;
    }
    dev->card_stays = stays;
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    return VDEV_ENDED;
}

/* FEED: a card that stayed goes.  Any other has been fed by its READ. */
static enum vdev_result
feed(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    if (dev->not_ready)
        return vdev_check(dev, status, SENSE_INTERVENTION);
    if (dev->card_stays && dev->file != NULL)
        get_card(dev, cmd);
    dev->card_stays = false;
    cmd->moved = 0;
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    return VDEV_ENDED;
}

static enum vdev_result
reader_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    uint8_t stacker = cmd->code >> 6;

    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    if (cmd->code == CCW_NOP)
        return VDEV_ENDED;
    /* SS000010: read, feed into stacker SS, or with 11 read only.  SS100011:
     * feed only. */
    if ((cmd->code & 0x3F) == CCW_CARD_READ)
        return read_card(dev, cmd, stacker == 3, status);
    if ((cmd->code & 0x3F) == CCW_CARD_FEED && stacker <= 2)
        return feed(dev, cmd, status);
    return vdev_check(dev, status, SENSE_COMMAND_REJECT);
}

static void
reader_halt(struct vdev *dev)
{
    (void)dev;
}

const struct vdev_ops vreader_ops = {reader_start, reader_halt, "RDR"};
