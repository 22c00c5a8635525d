/*
 * vconsole.c - the virtual 3215 (compare DMKVCN)
 *
 * A write goes to the user's terminal as one line of its queue, and the
 * virtual device ends when the real one has printed it: a guest can print no
 * faster than its terminal.  A read opens the keyboard (VM READ); a line that
 * begins with #CP is a console function for CP and the read goes on.
 */
#include <s370/ccw.h>
#include <string.h>

#include "command.h"
#include "console.h"
#include "vdevice.h"

/* A line on its way to paper.  It outlives the channel program when that is
 * halted, and the device when its user logs off: dev is then NULL. */
struct write {
    struct vdev *dev;
};

static void
write_done(void *ctx)
{
    struct write *write = ctx;
    struct vdev *dev = write->dev;

    block_put(write, sizeof *write);
    if (dev == NULL)
        return;
    dev->write = NULL;
    vccw_resume(dev, CSW_CHANNEL_END | CSW_DEVICE_END);
}

/* Queue the line; false when it is to end at once (nobody sees it). */
static bool
write_start(struct vdev *dev, const struct vcommand *cmd)
{
    struct terminal *t = dev->vm->terminal;

    if (t == NULL)
        return false;
    dev->write = block_get(sizeof *dev->write);
    if (dev->write == NULL)
        return false;
    dev->write->dev = dev;
    terminal_write(t, cmd->data, cmd->count, cmd->code == CCW_CONSOLE_WRITE_CR,
                   write_done, dev->write);
    return true;
}

/* "#CP" and a blank or the end, in either case of letters. */
static bool
is_cp_escape(const char *text, uint32_t len)
{
    return len >= 3 && text[0] == '#' && (text[1] == 'C' || text[1] == 'c') &&
           (text[2] == 'P' || text[2] == 'p') && (len == 3 || text[3] == ' ');
}

static void
read_line(void *ctx, const char *text, uint32_t len)
{
    struct vdev *dev = ctx;
    struct vm *vm = dev->vm;

    if (text == NULL) { /* the cancel key: as attention */
        cp_read(vm);
        return;
    }
    if (vm->set_linedit && is_cp_escape(text, len)) {
        if (len <= 4)
            cp_read(vm);
        else
            command_line(vm, text + 4, len - 4);
        vconsole_resume(vm);
        return;
    }
    if (len > dev->command.count) {
        len = dev->command.count;
        dev->command.more = true;
    }
    memcpy(dev->command.data, text, len);
    dev->command.moved = len;
    dev->reading = false;
    vccw_resume(dev, CSW_CHANNEL_END | CSW_DEVICE_END);
}

void
vconsole_resume(struct vm *vm)
{
    struct vdev *dev = vm->console;

    if (dev != NULL && dev->reading && vm->terminal != NULL && !vm->cp_line &&
        !(vm->state & (VM_CPREAD | VM_SLEEP | VM_LOGOFF)))
        terminal_read(vm->terminal,
                      dev->command.code == CCW_CONSOLE_READ_HIDDEN, read_line,
                      dev);
}

static enum vdev_result
console_start(struct vdev *dev, struct vcommand *cmd, uint8_t *status)
{
    *status = CSW_CHANNEL_END | CSW_DEVICE_END;
    switch (cmd->code) {
    case CCW_CONSOLE_WRITE:
    case CCW_CONSOLE_WRITE_CR:
        cmd->moved = cmd->count;
        return write_start(dev, cmd) ? VDEV_STARTED : VDEV_ENDED;
    case CCW_CONSOLE_READ:
    case CCW_CONSOLE_READ_HIDDEN:
        dev->reading = true;
        vconsole_resume(dev->vm);
        return VDEV_STARTED;
    case CCW_CONSOLE_ALARM:
    case CCW_NOP:
        return VDEV_ENDED;
    default:
        return vdev_check(dev, status, SENSE_COMMAND_REJECT);
    }
}

static void
console_halt(struct vdev *dev)
{
    if (dev->reading) {
        dev->reading = false;
        if (dev->vm->terminal != NULL && !dev->vm->cp_line &&
            !(dev->vm->state & VM_CPREAD))
            terminal_read_cancel(dev->vm->terminal);
    }
    if (dev->write != NULL) {
        dev->write->dev = NULL;
        dev->write = NULL;
    }
}

const struct vdev_ops vconsole_ops = {console_start, console_halt, "CONS"};
