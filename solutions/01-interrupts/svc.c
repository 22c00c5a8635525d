/*
 * svc.c - supervisor calls: the kernel's side of svc.h
 *
 * One function a service, chosen by a table.  Arguments are the task's
 * registers 0 to 2.  A service that can be done at once returns its result,
 * which goes into the task's register 15; one that must wait blocks the task
 * and returns BLOCKED, and whoever wakes the task gives the result.
 *
 * Addresses come from a task, so they may be anything.  The kernel could store
 * anywhere with its key of 0, so area.c looks first.
 */
#include "svc.h"

#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <string.h>

#include "drivers.h"
#include "frame.h"
#include "page.h"
#include "replace.h"
#include "service.h"
#include "task.h"

#define TOD_SECOND 4096000000ull /* bit 51 is a microsecond */

static struct task *
task_of_number(uint32_t number)
{
    if (number >= TASKS || task[number].state == TASK_FREE)
        return NULL;
    return &task[number];
}

static int
do_exit(const uint32_t *arg)
{
    task_end(current);
    return BLOCKED;
}

static int
do_write(const uint32_t *arg)
{
    uint32_t len = arg[1] < LINE_BYTES ? arg[1] : LINE_BYTES;
    char text[LINE_BYTES];
    int result = area_fetch(text, arg[0], len);

    return result != 0 ? result : console_put(text, len);
}

static int
do_yield(const uint32_t *arg)
{
    return 0;
}

/* Seconds since midnight, by the TOD clock. */
static int
do_time(const uint32_t *arg)
{
    uint64_t tod = 0;

    s370_stck(&tod);
    return (int)(tod / TOD_SECOND % 86400);
}

/* What is wrong with the function shows when the new task calls it. */
static int
do_spawn(const uint32_t *arg)
{
    char name[sizeof(current->name)];
    int result = area_fetch(name, arg[0], sizeof(name));

    if (result != 0)
        return result;
    return task_start(name, (void (*)(int))arg[1], (int)arg[2]);
}

static int
do_wait(const uint32_t *arg)
{
    if (task_of_number(arg[0]) == NULL)
        return 0;
    current->awaited = (int)arg[0];
    return task_block(TASK_WAITING);
}

static int
do_cancel(const uint32_t *arg)
{
    struct task *t = task_of_number(arg[0]);

    if (t == NULL)
        return -1;
    task_end(t);
    return t == current ? BLOCKED : 0;
}

static int
do_info(const uint32_t *arg)
{
    static const char *const states[] = {"free",    "ready",    "writing",
                                         "reading", "waiting",  "paging",
                                         "card",    "printing", "disk"};
    struct task *t = task_of_number(arg[0]);
    struct task_info info;

    if (t == NULL)
        return -1;
    memset(&info, 0, sizeof(info));
    strcpy(info.name, t->name);
    strcpy(info.state, t == current ? "running" : states[t->state]);
    info.dispatched = t->dispatched;
    info.preempted = t->preempted;
    return area_store(arg[1], &info, sizeof(info));
}

static int
do_pages(const uint32_t *arg)
{
    struct paging_info info;

    if (!paging)
        return -1;
    memset(&info, 0, sizeof(info));
    strncpy(info.algorithm, replacement->name, sizeof(info.algorithm) - 1);
    info.frames = paging_frames;
    info.free = frames_free();
    info.slots = SLOTS;
    info.slots_taken = slots_taken();
    info.faults = page_faults;
    info.page_ins = page_ins;
    info.page_outs = page_outs;
    info.zero_fills = zero_fills;
    return area_store(arg[0], &info, sizeof(info));
}

/* A disabled wait of code 0 says that all is well.  But first all that was
 * written must be on paper: until then the task asks again after each line. */
static int
do_shutdown(const uint32_t *arg)
{
    if (!console_empty())
        return task_block(TASK_WRITING);
    if (!printer_empty())
        return task_block(TASK_PRINTING);
    s370_stop(0);
}

static int (*const services[SVC_COUNT])(const uint32_t *arg) = {
    [SVC_EXIT] = do_exit,
    [SVC_WRITE] = do_write,
    [SVC_READ] = do_read,
    [SVC_YIELD] = do_yield,
    [SVC_TIME] = do_time,
    [SVC_SPAWN] = do_spawn,
    [SVC_WAIT] = do_wait,
    [SVC_CANCEL] = do_cancel,
    [SVC_INFO] = do_info,
    [SVC_SHUTDOWN] = do_shutdown,
    [SVC_CARD] = do_card,
    [SVC_PRINT] = do_print,
    [SVC_DISK_READ] = do_disk_read,
    [SVC_DISK_WRITE] = do_disk_write,
    [SVC_DISK_FORMAT] = do_disk_format,
    [SVC_PAGES] = do_pages,
};

void
svc_interruption(void)
{
    /* LAB 1 BEGIN - about 7 lines: save, serve, answer, dispatch */
    uint32_t number = interruption_code(LOWCORE->svc_code);
    int result = -1;

    current->frame = saved;
    if (number < SVC_COUNT)
        result = services[number](current->frame.gr);
    if (result != BLOCKED)
        current->frame.gr[15] = (uint32_t)result;
    dispatch(number == SVC_YIELD);
    /* LAB 1 END */
}
