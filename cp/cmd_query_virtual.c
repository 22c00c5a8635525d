/*
 * cmd_query_virtual.c - QUERY VIRTUAL: what the virtual machine consists of
 * (compare DMKCQP; formats of GC20-1820, "QUERY VIRTUAL")
 */
#include <string.h>

#include "console.h"
#include "directory.h"
#include "query.h"
#include "realio.h"
#include "vdevice.h"

static void
say_storage(struct vm *vm)
{
    vm_line(vm, "STORAGE = %05uK", vm->storage_bytes / 1024);
}

static void
say_channels(struct vm *vm)
{
    vm_line(vm, "CHANNELS = SEL");
}

static void
say_console(struct vm *vm, const struct vdev *dev)
{
    if (vm->terminal == NULL)
        vm_line(vm, "CONS %03X DISCONNECTED TERM STOP", dev->vaddr);
    else
        vm_line(vm, "CONS %03X ON CONS %03X TERM STOP", dev->vaddr,
                terminal_address(vm->terminal));
}

static const char *
ready_text(const struct vdev *dev)
{
    return dev->not_ready ? "NOTREADY" : "READY";
}

static void
say_reader(struct vm *vm, const struct vdev *dev)
{
    vm_line(vm, "RDR  %03X CL %c %s %s %s %s", dev->vaddr, dev->spool_class,
            dev->cont ? "CONT  " : "NOCONT", dev->hold ? "HOLD  " : "NOHOLD",
            dev->eof ? "EOF  " : "NOEOF", ready_text(dev));
}

static void
say_output(struct vm *vm, const struct vdev *dev)
{
    vm_line(vm, "%s  %03X CL %c %s %s COPY %02u %s", dev->ops->name, dev->vaddr,
            dev->spool_class, dev->cont ? "CONT  " : "NOCONT",
            dev->hold ? "HOLD  " : "NOHOLD", dev->copies, ready_text(dev));
    vm_line(vm, "     %03X %s %-8s DIST %s", dev->vaddr,
            dev->dest[0] != 0 && !dev->dest_for ? "TO " : "FOR",
            dev->dest[0] != 0 ? dev->dest : vm->userid, vm->user->dist);
}

static void
say_disk(struct vm *vm, const struct vdev *dev)
{
    vm_line(vm, "DASD %03X 3330 %-6s %s %04u CYL", dev->vaddr,
            dev->rdev->volser, dev->may_write ? "R/W" : "R/O", dev->cylinders);
}

static void
say_device(struct vm *vm, const struct vdev *dev)
{
    switch (dev->class) {
    case VDEV_CONSOLE:
        say_console(vm, dev);
        break;
    case VDEV_READER:
        say_reader(vm, dev);
        break;
    case VDEV_PUNCH:
    case VDEV_PRINTER:
        say_output(vm, dev);
        break;
    case VDEV_DISK:
        say_disk(vm, dev);
        break;
    }
}

/* Which devices are meant; OR of these. */
enum { CONSOLES = 1, UNIT_RECORD = 2, DISKS = 4 };

static void
say_devices(struct vm *vm, unsigned kinds)
{
    const struct vdev *dev;

    for (dev = vm->devices; dev != NULL; dev = dev->next) {
        unsigned kind = dev->class == VDEV_CONSOLE ? CONSOLES
                        : dev->class == VDEV_DISK  ? DISKS
                                                   : UNIT_RECORD;

        if (kinds & kind)
            say_device(vm, dev);
    }
}

void
query_virtual(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    const struct vdev *dev;

    if (words_left(vm, "DMKCQP", w))
        return;
    if (word == NULL || word_is(word, "ALL", 3)) {
        say_storage(vm);
        say_channels(vm);
        say_devices(vm, CONSOLES | UNIT_RECORD | DISKS);
    } else if (word_is(word, "STORAGE", 4)) {
        say_storage(vm);
    } else if (word_is(word, "CHANNELS", 4)) {
        say_channels(vm);
    } else if (word_is(word, "CONSOLE", 3)) {
        say_devices(vm, CONSOLES);
    } else if (word_is(word, "UR", 2)) {
        say_devices(vm, UNIT_RECORD);
    } else if (word_is(word, "DASD", 4)) {
        say_devices(vm, DISKS);
    } else {
        dev = word_device(vm, "DMKCQP", word);
        if (dev != NULL)
            say_device(vm, dev);
    }
}
