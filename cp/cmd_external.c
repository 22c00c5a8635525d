/*
 * cmd_external.c - EXTERNAL [code]: an external interruption, and the machine
 * goes on (compare DMKCPB)
 */
#include <s370/psw.h>

#include "command.h"
#include "console.h"

void
cmd_external(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    uint32_t code = EXT_INTERRUPT_KEY;

    if (word != NULL &&
        (!word_hex(word, 0xFFFF, &code) ||
         (code != EXT_INTERRUPT_KEY && code != EXT_INTERVAL_TIMER))) {
        error_option(vm, "DMKCPB", word);
        return;
    }
    if (words_left(vm, "DMKCPB", w))
        return;
    vm->ext_pending |= code == EXT_INTERRUPT_KEY ? VEXT_KEY : VEXT_TIMER;
    vm_wake(vm);
    cp_read_leave(vm);
}
