/*
 * cpread.c - CP READ: the machine is stopped and CP waits for a console
 * function (compare DMKCFM)
 *
 * A machine comes here by the attention key, by a disabled wait, by #CP alone
 * and after LOGON; it leaves by BEGIN, IPL and what else starts it.
 *
 * With SET RUN ON the attention key does not stop the machine: it lends the
 * keyboard to CP for one line (cp_line).
 */
#include <string.h>

#include "clock.h"
#include "command.h"
#include "console.h"

static void
cp_read_line(void *ctx, const char *text, uint32_t len)
{
    struct vm *vm = ctx;

    if (text != NULL && len > 0)
        command_line(vm, text, len);
    else
        vm_line(vm, "CP");
    cp_read_again(vm);
}

void
cp_read_again(struct vm *vm)
{
    if (vm->terminal != NULL && vm->state & VM_CPREAD &&
        !(vm->state & (VM_CFWAIT | VM_SLEEP | VM_LOGOFF)))
        terminal_read(vm->terminal, false, cp_read_line, vm);
}

void
cp_read(struct vm *vm)
{
    if (vm->state & (VM_CPREAD | VM_LOGOFF))
        return;
    vm->cp_line = false;
    vm_stop(vm, VM_CPREAD);
    vm_line(vm, "CP");
    cp_read_again(vm);
}

void
cp_read_leave(struct vm *vm)
{
    if (!(vm->state & VM_CPREAD))
        return;
    vm_start(vm, VM_CPREAD);
    vconsole_resume(vm);
}

void
sleep_end(struct vm *vm)
{
    vm->sleep_until = 0;
    vm_start(vm, VM_SLEEP);
    if (vm->state & VM_CPREAD)
        cp_read_again(vm);
    else
        vconsole_resume(vm);
}

/* The line after attention, SET RUN ON. */
static void
run_line(void *ctx, const char *text, uint32_t len)
{
    struct vm *vm = ctx;

    vm->cp_line = false;
    if (text == NULL) { /* attention once more */
        cp_read(vm);
        return;
    }
    command_line(vm, text, len);
    if (vm->state & VM_CPREAD)
        cp_read_again(vm);
    else
        vconsole_resume(vm);
}

/* Lend the keyboard to CP. */
static void
attention_running(struct vm *vm)
{
    vm->cp_line = true;
    vm_line(vm, "CP");
    terminal_read(vm->terminal, false, run_line, vm);
}

void
terminal_attention(struct terminal *t, struct vm *vm)
{
    (void)t;
    if (vm->state & VM_SLEEP) {
        sleep_end(vm);
        return;
    }
    if (vm->set_run && !vm->cp_line && !(vm->state & VM_CPREAD)) {
        attention_running(vm);
        return;
    }
    cp_read(vm);
}
