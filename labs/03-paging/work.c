/*
 * work.c - the programs that the tests of this lab run
 *
 * They take the place of the shell.  The first task starts a task for each
 * script and waits until all are gone; then it reads from the console, for
 * ever.  Here is also a replacement algorithm that is FIFO but notes, when it
 * is asked, what it sees of the frames.
 */
#include "work.h"

#include "replace.h"
#include "shell.h"
#include "svc.h"

/* Not in the bss: entry.asm clears that at the start. */
uint32_t script[SCRIPTS][SCRIPT_WORDS] = {{1}};

void
shell(int argument)
{
    int number[SCRIPTS];
    char line[8];

    (void)argument;
    for (int n = 1; n < SCRIPTS; n++)
        number[n] = script[n][0] != 0 ? svc_spawn("SCRIPT", run_script, n) : 0;
    work_started();
    for (int n = 1; n < SCRIPTS; n++)
        if (number[n] > 0)
            svc_wait(number[n]);
    work_done();
    for (;;)
        svc_read(line, sizeof(line));
}

/* ---- a replacement algorithm to look through ----------------------------- */

uint32_t seen_referenced[FRAMES_AT_MOST] __attribute__((used));
uint32_t seen_changed[FRAMES_AT_MOST] __attribute__((used));

static void
look_start(uint32_t frames)
{
    replace_fifo.start(frames);
}

static void
look_loaded(uint32_t frame, uint32_t page)
{
    replace_fifo.loaded(frame, page);
}

static void
look_freed(uint32_t frame)
{
    replace_fifo.freed(frame);
}

/* At the end of each slice all reference bits are cleared. */
static void
look_tick(void)
{
    for (uint32_t f = 0; f < FRAMES_AT_MOST; f++)
        frame_clear_reference(f);
}

__attribute__((noinline)) static uint32_t
look_victim(void)
{
    for (uint32_t f = 0; f < FRAMES_AT_MOST; f++) {
        seen_referenced[f] = frame_referenced(f);
        seen_changed[f] = frame_changed(f);
    }
    work_seen();
    return replace_fifo.victim();
}

const struct replacement replace_look __attribute__((used)) = {
    "look", look_start, look_loaded, look_freed, look_tick, look_victim};
