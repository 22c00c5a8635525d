/*
 * cmd_shutdown.c - SHUTDOWN: every user is logged off, and when all output is
 * on paper the system stops in a disabled wait with code 0 (compare DMKCPS)
 *
 * Spool files that are still in a queue are lost with CP's storage; what the
 * real printer and punch have begun is completed first.
 */
#include <s370/insn.h>

#include "command.h"
#include "console.h"
#include "realio.h"
#include "spool.h"

static bool asked, said;

bool
shutdown_asked(void)
{
    return asked;
}

/* The last line of all is on paper. */
static void
shutdown_end(void *ctx)
{
    (void)ctx;
    s370_stop(0);
}

void
shutdown_check(void)
{
    static const char text[] = "DMKCKP961W SYSTEM SHUTDOWN COMPLETE";

    if (!asked || said || vm_ring != NULL || !realoutput_idle() ||
        !terminals_quiet())
        return;
    said = true;
    terminal_write(terminal_operator(), text, sizeof text - 1, true,
                   shutdown_end, NULL);
}

void
cmd_shutdown(struct vm *vm, struct words *w)
{
    if (words_left(vm, "DMKCPS", w))
        return;
    asked = true;
    force_all();
}
