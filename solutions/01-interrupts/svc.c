/*
 * svc.c - supervisor calls: the kernel's side of svc.h
 *
 * One function a service, chosen by a table.  Arguments are the task's
 * registers 0 to 2.  A service that can be done at once returns its result,
 * which goes into the task's register 15; one that must wait blocks the task
 * and returns BLOCKED, and whoever wakes the task gives the result.
 *
 * Addresses come from a task, so they may be anything.  The kernel could
 * store anywhere with its key of 0, so it must look first.
 */
#include "svc.h"

#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <string.h>

#include "console.h"
#include "task.h"
#include "timer.h"

#define BLOCKED (-0x7FFFFFFF)

extern char __image_end[];

/* May a task fetch from this area?  There is nothing of interest behind the
 * image, and it all lies in storage, so no fetch can fail. */
static bool
may_fetch(uint32_t addr, uint32_t len)
{
    uint32_t end = (uint32_t)__image_end;

    return len <= end && addr <= end - len;
}

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
    (void)arg;
    task_end(current);
    return BLOCKED;
}

static int
do_write(const uint32_t *arg)
{
    int taken;

    if (!may_fetch(arg[0], arg[1]))
        return -1;
    taken = console_put((const char *)arg[0], arg[1]);
    if (taken == 0 && arg[1] > 0) {
        task_block(TASK_WRITING);
        return BLOCKED;
    }
    return taken;
}

static int
do_read(const uint32_t *arg)
{
    if (arg[1] == 0 || !task_may_store(current, arg[0], arg[1]))
        return -1;
    task_block(TASK_READING);
    console_ask();
    return BLOCKED;
}

static int
do_yield(const uint32_t *arg)
{
    (void)arg;
    return 0;
}

static int
do_time(const uint32_t *arg)
{
    (void)arg;
    return time_of_day();
}

static int
do_spawn(const uint32_t *arg)
{
    if (!may_fetch(arg[0], sizeof(current->name)) || !may_fetch(arg[1], 2) ||
        arg[1] % 2 != 0)
        return -1;
    return task_start((const char *)arg[0], (void (*)(int))arg[1], (int)arg[2]);
}

static int
do_wait(const uint32_t *arg)
{
    if (task_of_number(arg[0]) == NULL)
        return 0;
    current->awaited = (int)arg[0];
    task_block(TASK_WAITING);
    return BLOCKED;
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
    static const char *const states[] = {"free", "ready", "writing", "reading",
                                         "waiting"};
    struct task *t = task_of_number(arg[0]);
    struct task_info *info = (struct task_info *)arg[1];

    if (t == NULL || arg[1] % 4 != 0 ||
        !task_may_store(current, arg[1], sizeof(*info)))
        return -1;
    strcpy(info->name, t->name);
    strcpy(info->state, t == current ? "running" : states[t->state]);
    info->dispatched = t->dispatched;
    info->preempted = t->preempted;
    return 0;
}

/* A disabled wait of code 0 says that all is well.  But first all that was
 * written must be on paper: until then the task asks again after each line. */
static int
do_shutdown(const uint32_t *arg)
{
    (void)arg;
    if (console_empty())
        s370_stop(0);
    task_block(TASK_WRITING);
    return BLOCKED;
}

static int (*const services[SVC_COUNT])(const uint32_t *arg) = {
    [SVC_EXIT] = do_exit, [SVC_WRITE] = do_write,
    [SVC_READ] = do_read, [SVC_YIELD] = do_yield,
    [SVC_TIME] = do_time, [SVC_SPAWN] = do_spawn,
    [SVC_WAIT] = do_wait, [SVC_CANCEL] = do_cancel,
    [SVC_INFO] = do_info, [SVC_SHUTDOWN] = do_shutdown,
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
