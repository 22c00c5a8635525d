/*
 * vspool.c - where a file goes that a virtual unit record device has open
 * (compare DMKVSP, DMKCSP)
 *
 * A reader's file is thrown away when it is closed, unless HOLD says to keep
 * it.  An output file goes to the real device, or by SPOOL ... TO to a reader.
 */
#include <string.h>

#include "console.h"
#include "directory.h"
#include "spool.h"
#include "vdevice.h"

/* "NOHOLD" or "HOLD", as messages say it. */
static const char *
hold_text(const struct spool_file *file)
{
    return file->hold ? "HOLD" : "NOHOLD";
}

static void
close_reader(struct vdev *dev, const struct spool_closing *closing)
{
    struct spool_file *file = dev->file;
    bool keep = dev->hold;

    dev->file = NULL;
    file->busy = false;
    if (closing != NULL && (closing->hold || closing->nohold))
        keep = closing->hold;
    if (closing != NULL && closing->purge)
        keep = false;
    if (keep)
        spool_rewind(file);
    else
        spool_purge(file);
}

void
spool_arrived(struct spool_file *file)
{
    struct vm *vm = vm_find(file->owner);
    struct vdev *dev;

    if (vm == NULL)
        return;
    if (vm->set_imsg)
        vm_line(vm, "%s FILE %04u FROM %s COPY %02u %s",
                spool_kind_name(file->made), file->number, file->origin,
                file->copies, hold_text(file));
    /* An empty reader becomes ready. */
    for (dev = vm->devices; dev != NULL; dev = dev->next)
        if (dev->class == VDEV_READER && dev->file == NULL && dev->wants_card &&
            !file->hold &&
            (dev->spool_class == '*' || dev->spool_class == file->class)) {
            dev->wants_card = false;
            vdev_async(dev, CSW_DEVICE_END);
        }
}

/* The file of a punch or printer: whose it is now, and of which kind. */
static void
direct_file(const struct vdev *dev, struct spool_file *file,
            const struct spool_closing *closing)
{
    const struct dir_user *user;

    file->hold = dev->hold;
    if (dev->dest[0] != 0) {
        strcpy(file->owner, dev->dest);
        if (!dev->dest_for)
            file->kind = SPOOL_RDR;
    }
    user = directory_find(file->owner);
    if (user != NULL)
        strcpy(file->dist, user->dist);
    if (closing == NULL)
        return;
    if (closing->hold || closing->nohold)
        file->hold = closing->hold;
    if (closing->dist[0] != 0)
        strcpy(file->dist, closing->dist);
    strcpy(file->name, closing->name);
    strcpy(file->type, closing->type);
}

static void
close_output(struct vdev *dev, const struct spool_closing *closing)
{
    struct spool_file *file = dev->file;
    struct vm *vm = dev->vm;

    dev->file = NULL;
    if (closing != NULL && closing->purge) {
        spool_purge(file);
        return;
    }
    file->class = dev->spool_class;
    file->copies = dev->copies;
    direct_file(dev, file, closing);
    spool_enqueue(file);
    if (vm->set_imsg)
        vm_line(vm, "%s FILE %04u %s %s COPY %02u %s",
                spool_kind_name(file->made), file->number,
                file->kind == SPOOL_RDR ? "TO" : "FOR", file->owner,
                file->copies, hold_text(file));
    if (file->kind == SPOOL_RDR)
        spool_arrived(file);
    else
        realoutput_kick(file->kind);
}

void
spool_close(struct vdev *dev, const struct spool_closing *closing)
{
    if (dev->file == NULL)
        return;
    if (dev->class == VDEV_READER)
        close_reader(dev, closing);
    else
        close_output(dev, closing);
}

void
spool_refuse(struct vdev *dev)
{
    if (dev->full)
        return;
    dev->full = true;
    vm_line(dev->vm, "%s %03X NOT READY; YOUR SPOOL SPACE IS FULL",
            dev->ops->name, dev->vaddr);
}
