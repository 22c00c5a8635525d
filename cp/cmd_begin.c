/*
 * cmd_begin.c - BEGIN: the machine goes on where it was stopped, or from a
 * given address (compare DMKCFM)
 */
#include "command.h"
#include "console.h"
#include "vpsw.h"

void
cmd_begin(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    psw_t psw = vm->psw;
    uint32_t vaddr;

    if (word != NULL) {
        if (!word_hex(word, 0xFFFFFF, &vaddr)) {
            cp_error(vm, "DMKCFM004E", "INVALID HEXLOC - %s", word);
            return;
        }
        psw = vpsw_with_address(psw, vaddr);
    }
    if (words_left(vm, "DMKCFM", w))
        return;
    vm_start(vm, VM_NOTIPLED);
    cp_read_leave(vm);
    vpsw_load(vm, psw);
}
