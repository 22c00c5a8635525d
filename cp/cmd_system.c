/*
 * cmd_system.c - SYSTEM RESET, CLEAR, RESTART: the buttons of the console
 * (compare DMKCPB; GA22-7000, "Manual Operation")
 */
#include <s370/lowcore.h>

#include "command.h"
#include "console.h"
#include "vpsw.h"

/* Store the old PSW at 8, load the new one from 0. */
static void
restart(struct vm *vm)
{
    psw_t psw;

    guest_fetch(vm, LOW_RESTART_NEW, &psw, sizeof psw);
    guest_store(vm, LOW_RESTART_OLD, &vm->psw, sizeof vm->psw);
    vm_start(vm, VM_NOTIPLED);
    cp_read_leave(vm);
    vpsw_load(vm, psw);
}

void
cmd_system(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    bool clear;

    if (word == NULL) {
        error_operand(vm, "DMKCPB");
        return;
    }
    if (words_left(vm, "DMKCPB", w))
        return;
    if (word_is(word, "RESTART", 7)) {
        restart(vm);
        return;
    }
    clear = word_is(word, "CLEAR", 5);
    if (!clear && !word_is(word, "RESET", 5)) {
        error_option(vm, "DMKCPB", word);
        return;
    }
    vm_reset(vm, clear);
    vm_line(vm, clear ? "STORAGE CLEARED - SYSTEM RESET" : "SYSTEM RESET");
    cp_read(vm);
}
