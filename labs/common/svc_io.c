/*
 * svc_io.c - services on the card reader, the printer and the data disk
 *
 * A task's storage is looked at only while that task runs, in the service it
 * has asked for.  So a service that must wait is done in two parts: the first
 * time it starts the device and blocks the task; when the device is done the
 * task is made to ask again (task_wake_retry()), and what it gets then is at
 * hand already.  If the task is gone meanwhile nothing points into nowhere.
 *
 * The disk moves whole records, into and out of the kernel's own buffers.
 */
#include <stddef.h>
#include <string.h>

#include "area.h"
#include "disk.h"
#include "printer.h"
#include "reader.h"
#include "service.h"
#include "task.h"

enum {
    TRACK_RECORDS = DISK_RECORDS,
    CYLINDER_RECORDS = DISK_RECORDS * DISK_HEADS,
};

/* A transfer belongs to the driver while it is under way, and to the task that
 * points to it otherwise; one that is neither is free. */
struct transfer {
    struct disk_request request; /* must be the first: see transfer_done() */
    bool under_way, failed;
    char record[DISK_RECORD_BYTES] __attribute__((aligned(8)));
};
static struct transfer transfers[TASKS];
enum kind { READ, WRITE, FORMAT };

/* ---- cards and lines ----------------------------------------------------- */

int
do_card(const uint32_t *arg)
{
    char card[CARD_BYTES];
    int result;

    if (!area_may_store(arg[0], CARD_BYTES))
        return -1;
    if (!area_present(arg[0], CARD_BYTES))
        return BLOCKED;
    result = reader_take(card);
    if (result == BLOCKED)
        task_block(TASK_CARD);
    else if (result > 0)
        area_store(arg[0], card, CARD_BYTES);
    return result;
}

int
do_print(const uint32_t *arg)
{
    char line[1 + PRINT_COLUMNS];
    int result;

    if (arg[1] == 0 || arg[1] > sizeof(line) || !area_may_fetch(arg[0], arg[1]))
        return -1;
    if (!area_present(arg[0], arg[1]))
        return BLOCKED;
    area_fetch(line, arg[0], arg[1]);
    result = printer_put(line, arg[1]);
    if (result == BLOCKED)
        task_block(TASK_PRINTING);
    return result;
}

/* ---- the disk ------------------------------------------------------------ */

static void
transfer_done(struct disk_request *r, bool failed)
{
    struct transfer *x = (struct transfer *)r;

    x->under_way = false;
    x->failed = failed;
    task_wake_retry(TASK_DISK);
    task_wake_retry(TASK_BUFFER);
}

static bool
is_free(const struct transfer *x)
{
    for (int n = 0; n < TASKS; n++)
        if (task[n].state != TASK_FREE && task[n].transfer == x)
            return false;
    return !x->under_way;
}

static struct transfer *
transfer_get(void)
{
    for (int n = 0; n < TASKS; n++)
        if (is_free(&transfers[n]))
            return &transfers[n];
    return NULL;
}

/* Give a request for the record to the disk.  For a write, len bytes of the
 * running task's at addr are the record, with zeros behind them. */
static int
begin(uint32_t record, enum kind kind, uint32_t addr, uint32_t len)
{
    struct transfer *x = transfer_get();

    if (x == NULL) {
        task_block(TASK_BUFFER);
        return BLOCKED;
    }
    memset(x->record, 0, DISK_RECORD_BYTES);
    if (kind == WRITE)
        area_fetch(x->record, addr, len);
    x->request = (struct disk_request){
        .cylinder = (uint16_t)(record / CYLINDER_RECORDS),
        .head = (uint8_t)(record / TRACK_RECORDS % DISK_HEADS),
        .record = (uint8_t)(record % TRACK_RECORDS + 1),
        .write = kind == WRITE,
        .format = kind == FORMAT,
        .data = x->record,
        .done = transfer_done,
    };
    x->under_way = true;
    x->failed = false;
    current->transfer = x;
    task_block(TASK_DISK);
    disk_request(DISK_DATA, &x->request);
    return BLOCKED;
}

static bool
good_record(uint32_t record, uint32_t len)
{
    return record < DISK_CYLINDERS * CYLINDER_RECORDS && len >= 1 &&
           len <= DISK_RECORD_BYTES;
}

/* The second part: the outcome of the running task's transfer.  It is still
 * under way when that of another task has ended: all are told. */
static int
outcome(void)
{
    struct transfer *x = current->transfer;

    if (x->under_way) {
        task_block(TASK_DISK);
        return BLOCKED;
    }
    current->transfer = NULL;
    return x->failed ? -1 : 0;
}

int
do_disk_read(const uint32_t *arg)
{
    struct transfer *x = current->transfer;
    int result;

    if (!good_record(arg[0], arg[2]) || !area_may_store(arg[1], arg[2]))
        return -1;
    if (!area_present(arg[1], arg[2]))
        return BLOCKED;
    if (x == NULL)
        return begin(arg[0], READ, 0, 0);
    result = outcome();
    if (result == 0)
        area_store(arg[1], x->record, arg[2]);
    return result;
}

int
do_disk_write(const uint32_t *arg)
{
    if (!good_record(arg[0], arg[2]) || !area_may_fetch(arg[1], arg[2]))
        return -1;
    if (current->transfer != NULL)
        return outcome();
    if (!area_present(arg[1], arg[2]))
        return BLOCKED;
    return begin(arg[0], WRITE, arg[1], arg[2]);
}

int
do_disk_format(const uint32_t *arg)
{
    if (!good_record(arg[0], 1))
        return -1;
    return current->transfer != NULL ? outcome() : begin(arg[0], FORMAT, 0, 0);
}
