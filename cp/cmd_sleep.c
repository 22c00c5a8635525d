/*
 * cmd_sleep.c - SLEEP [nn [SEC|MIN|HRS]]: the machine and its terminal rest
 * (compare DMKCFM); the attention key ends it before its time
 */
#include "clock.h"
#include "command.h"
#include "console.h"

void
cmd_sleep(struct vm *vm, struct words *w)
{
    const char *number = word_next(w), *unit = word_next(w);
    uint32_t n = 0, seconds = 60;

    if (number != NULL && (!word_decimal(number, 99, &n) || n == 0)) {
        error_option(vm, "DMKCFM", number);
        return;
    }
    if (unit != NULL) {
        if (word_is(unit, "SEC", 3)) {
            seconds = 1;
        } else if (word_is(unit, "HRS", 3)) {
            seconds = 3600;
        } else if (!word_is(unit, "MIN", 3)) {
            error_option(vm, "DMKCFM", unit);
            return;
        }
    }
    if (words_left(vm, "DMKCFM", w))
        return;
    vm->sleep_until =
        n > 0 ? tod_now() + (uint64_t)n * seconds * TOD_SECOND : 0;
    vm_stop(vm, VM_SLEEP);
}
