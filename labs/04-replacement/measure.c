/*
 * measure.c - GOS begins, to be measured: no shell, but tasks that refer to
 * pages as they are told (refer.asm)
 *
 * The tasks begin at their first instruction and not, as others do, with a
 * parameter list on a stack.  So their string of references is nothing but
 * what a test wants it to be, and at its start all frames are free.
 */
#include <s370/insn.h>
#include <s370/keys.h>

#include "drivers.h"
#include "page.h"
#include "task.h"

extern char __image_end[];
void refer(int number); /* refer.asm */

/* How many; tests set it before the machine starts. */
__attribute__((used)) int measured_tasks = 1;

void
kernel_start(void)
{
    for (uint32_t at = 0; at < (uint32_t)__image_end; at += KEY_BLOCK)
        s370_ssk(at, KEY_ACCESS(0));
    page_start();
    for (int i = 0; i < measured_tasks; i++) {
        struct task *t = &task[task_start("REFER", refer, i)];

        t->frame.psw &= ~(psw_t)0xFFFFFF;
        t->frame.psw |= (uint32_t)refer;
    }
    dispatch(false);
}
