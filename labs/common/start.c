/*
 * start.c - GOS begins
 *
 * entry.asm has cleared the bss and calls kernel_start() with interruptions
 * disabled.  The PSWs for interruptions are in the image already.  What is
 * left is to lock our storage, whose keys may be those of an earlier program,
 * and to start the first task; others come from the operator's commands.
 */
#include <s370/insn.h>
#include <s370/keys.h>

#include "drivers.h"
#include "page.h"
#include "shell.h"
#include "task.h"

extern char __image_end[];

void
kernel_start(void)
{
    for (uint32_t at = 0; at < (uint32_t)__image_end; at += KEY_BLOCK)
        s370_ssk(at, KEY_ACCESS(0));
    page_start();
    kernel_print("GOS is ready. Type help for a list of commands.\n");
    task_start("SHELL", shell, 0);
    dispatch(false);
}
