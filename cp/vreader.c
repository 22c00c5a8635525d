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

static enum vdev_result
read_card(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    uint8_t code;
    uint32_t len = 0;

    if (dev->not_ready)
        return vdev_check(dev, status, SENSE_INTERVENTION);
    if (dev->file == NULL && !open_file(dev, NULL))
        return no_card(dev, status);
    do {
        if (spool_at_end(dev->file) && !file_end(dev)) {
            if (!dev->eof)
                return no_card(dev, status);
            *status = CSW_CHANNEL_END | CSW_DEVICE_END | CSW_UNIT_EXCEPTION;
            return VDEV_ENDED;
        }
        memset(cmd->data, BLANK, CARD_COLUMNS);
        spool_get(dev->file, &code, cmd->data, &len);
    } while ((code & 3) != 1); /* paper motion of a printer's file */
    cmd->moved = len < CARD_COLUMNS ? CARD_COLUMNS : len;
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    return VDEV_ENDED;
}

static enum vdev_result
reader_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    if (cmd->code == CCW_NOP)
        return VDEV_ENDED;
    /* SS000010: read, feed into stacker SS.  SS100011: feed only; the card
     * has already been fed by the read. */
    if ((cmd->code & 0x3F) == CCW_CARD_READ && cmd->code >> 6 <= 2)
        return read_card(dev, cmd, status);
    if ((cmd->code & 0x3F) == 0x23 && cmd->code >> 6 <= 2)
        return VDEV_ENDED;
    return vdev_check(dev, status, SENSE_COMMAND_REJECT);
}

static void
reader_halt(struct vdev *dev)
{
    (void)dev;
}

const struct vdev_ops vreader_ops = {reader_start, reader_halt, "RDR"};
