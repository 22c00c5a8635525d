/*
 * vpunch.c - the virtual card punch and the virtual printer
 *
 * Each command is a record of the spool file that the device has open; the
 * first one opens it, CLOSE or LOGOFF ends it (vspool.c).  Commands are those
 * of the 3525 (GA21-9124) and the 1403 (GA24-3312); what these reject is
 * rejected here, so that a file never holds what the real device refuses.
 *
 * When a user's spool space is used up the device is not ready: unit check,
 * intervention required, until he has purged something.
 */
#include <string.h>

#include "spool.h"
#include "vdevice.h"

#define BLANK 0x40 /* EBCDIC */

/* Put a record into the device's file, which is opened if need be. */
static enum vdev_result
put_record(struct vdev *dev, enum spool_kind kind, struct vcommand *cmd,
           uint32_t columns, uint8_t *status)
{
    uint32_t len = cmd->count < columns ? cmd->count : columns;
    bool output = (cmd->code & 3) == 1;

    if (!output)
        len = 0;
    if (dev->not_ready)
        return vdev_check(dev, status, SENSE_INTERVENTION);
    if (dev->file == NULL)
        dev->file = spool_create(dev->vm->userid, kind);
    if (dev->file == NULL || !spool_put(dev->file, cmd->code, cmd->data, len)) {
        spool_refuse(dev);
        return vdev_check(dev, status, SENSE_INTERVENTION);
    }
    dev->full = false;
    if (output)
        cmd->moved = len;
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    return VDEV_ENDED;
}

/* Pad a card with blanks: a short CCW punches the rest of it blank. */
static void
pad_card(struct vcommand *cmd)
{
    if (cmd->count < CARD_COLUMNS)
        memset(cmd->data + cmd->count, BLANK, CARD_COLUMNS - cmd->count);
}

static enum vdev_result
punch_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    enum vdev_result result;
    uint32_t count = cmd->count;

    if (cmd->code == CCW_NOP) {
        *status = CSW_CHANNEL_END | CSW_DEVICE_END;
        return VDEV_ENDED;
    }
    /* SS000001: punch, feed into stacker SS, of which there are two. */
    if ((cmd->code & 0x3F) != CCW_CARD_PUNCH || cmd->code >> 6 > 2)
        return vdev_check(dev, status, SENSE_COMMAND_REJECT);
    pad_card(cmd);
    cmd->code = CCW_CARD_PUNCH;
    cmd->count = CARD_COLUMNS;
    result = put_record(dev, SPOOL_PUN, cmd, CARD_COLUMNS, status);
    cmd->count = count;
    if (cmd->moved > count)
        cmd->moved = count;
    return result;
}

/* xxxxx001 prints and moves the paper, xxxxx011 moves it at once: by 0 to 3
 * lines, or with bit 0 on to one of channels 1 to 12 of the carriage tape. */
static bool
printer_code_valid(uint8_t code)
{
    uint8_t channel = code >> 3 & 15;

    if ((code & 7) != 1 && (code & 7) != 3)
        return false;
    if (code & 0x80)
        return channel >= 1 && channel <= 12;
    return channel <= 3 && code != CCW_NOP;
}

static enum vdev_result
printer_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    if (cmd->code == CCW_NOP) {
        *status = CSW_CHANNEL_END | CSW_DEVICE_END;
        return VDEV_ENDED;
    }
    if (!printer_code_valid(cmd->code))
        return vdev_check(dev, status, SENSE_COMMAND_REJECT);
    return put_record(dev, SPOOL_PRT, cmd, PRINT_COLUMNS, status);
}

/* Commands end at once: there is never one to be forgotten. */
static void
output_halt(struct vdev *dev)
{
    (void)dev;
}

const struct vdev_ops vpunch_ops = {punch_start, output_halt, "PUN"};
const struct vdev_ops vprinter_ops = {printer_start, output_halt, "PRT"};
