/*
 * svc_io.c - services on devices: what a task reads, prints, keeps on the disk
 *
 * A task's storage is looked at only while that task runs, in the service it
 * has asked for.  So a service that must wait is done in two parts: the first
 * time it starts the device and blocks the task; when the device is done the
 * task is made to ask again (task_wake_retry()), and what it gets then is at
 * hand already.  If the task is gone meanwhile nothing points into nowhere.
 */
#include <string.h>

#include "disk.h"
#include "drivers.h"
#include "service.h"
#include "task.h"

/* ---- lines and cards ----------------------------------------------------- */

/* A text of at most LINE_BYTES from a driver goes to a task. */
static int
take(int (*driver_take)(char *text), uint32_t addr, uint32_t size)
{
    char text[LINE_BYTES];
    int len, result = area_store(addr, NULL, size);

    if (result != 0)
        return result;
    len = driver_take(text);
    if (len > (int)size)
        len = (int)size;
    if (len > 0)
        area_store(addr, text, (uint32_t)len);
    return len;
}

int
do_read(const uint32_t *arg)
{
    uint32_t size = arg[1] < LINE_BYTES ? arg[1] : LINE_BYTES;

    return size == 0 ? -1 : take(console_take, arg[0], size);
}

int
do_card(const uint32_t *arg)
{
    return take(reader_take, arg[0], CARD_BYTES);
}

int
do_print(const uint32_t *arg)
{
    char line[1 + PRINT_COLUMNS];
    int result;

    if (arg[1] == 0 || arg[1] > sizeof(line))
        return -1;
    result = area_fetch(line, arg[0], arg[1]);
    return result != 0 ? result : printer_put(line, arg[1]);
}

/* ---- the disk ------------------------------------------------------------ */

/*
 * A task's own transfer, of a whole record.  It is the driver's while it is
 * under way, even if the task is gone: a new task with this number waits until
 * it is over.
 */
static struct transfer {
    struct disk_request request; /* must be the first: see transfer_done() */
    bool under_way, failed;
    char record[DISK_RECORD_BYTES] __attribute__((aligned(8)));
} transfers[TASKS];

enum kind { READ, WRITE, FORMAT };

static void
transfer_done(struct disk_request *r, bool failed)
{
    struct transfer *x = (struct transfer *)r;

    x->under_way = false;
    x->failed = failed;
    task_wake_retry(TASK_DISK);
}

/* Both parts of a transfer of a record.  Of a write, len bytes of the
 * running task's at addr are the record, with zeros behind them. */
static int
transfer(uint32_t record, enum kind kind, uint32_t addr, uint32_t len)
{
    struct transfer *x = &transfers[current - task];
    int result = 0;

    if (record >= DISK_VOLUME || len > DISK_RECORD_BYTES)
        return -1;
    if (kind == READ)
        result = area_store(addr, NULL, len);
    if (result != 0)
        return result;
    if (x->under_way)
        return task_block(TASK_DISK);
    if (current->transferring) {
        current->transferring = false;
        if (!x->failed && kind == READ)
            area_store(addr, x->record, len);
        return x->failed ? -1 : 0;
    }
    if (kind == WRITE)
        result = area_fetch(x->record, addr, len);
    if (result != 0)
        return result;
    memset(x->record + len, 0, DISK_RECORD_BYTES - len);
    x->request = (struct disk_request){
        .write = kind == WRITE,
        .format = kind == FORMAT,
        .record = record,
        .data = x->record,
        .done = transfer_done,
    };
    x->under_way = true;
    current->transferring = true;
    task_block(TASK_DISK);
    disk_request(&data_disk, &x->request);
    return BLOCKED;
}

int
do_disk_read(const uint32_t *arg)
{
    return arg[2] == 0 ? -1 : transfer(arg[0], READ, arg[1], arg[2]);
}

int
do_disk_write(const uint32_t *arg)
{
    return arg[2] == 0 ? -1 : transfer(arg[0], WRITE, arg[1], arg[2]);
}

int
do_disk_format(const uint32_t *arg)
{
    return transfer(arg[0], FORMAT, 0, 0);
}
