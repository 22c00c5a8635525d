/*
 * cmd_msg.c - MESSAGE and WARNING: a line for another user (compare DMKMSG)
 *
 * MESSAGE userid | * | OPERATOR text; users of class A or B may say ALL.
 * WARNING is the operator's and reaches those too who have SET MSG OFF.
 */
#include <string.h>

#include "clock.h"
#include "command.h"
#include "console.h"

static bool
receives(const struct vm *to, bool warning)
{
    return to->terminal != NULL && (warning ? to->set_wng : to->set_msg);
}

static void
deliver(const struct vm *from, struct vm *to, const char *text, bool warning)
{
    char time[9];

    vm_line(to, "%s %s FROM %s: %s", tod_time_text(tod_now(), time),
            warning ? "WNG" : "MSG", from->userid, text);
}

static void
deliver_all(struct vm *vm, const char *text, bool warning)
{
    struct vm *to = vm_ring;

    do {
        if (to != vm && receives(to, warning))
            deliver(vm, to, text, warning);
        to = to->next;
    } while (to != vm_ring);
}

static struct vm *
receiver(struct vm *vm, const char *word)
{
    if (word != NULL && strcmp(word, "*") == 0)
        return vm;
    if (word != NULL && word_is(word, "OPERATOR", 2))
        word = "OPERATOR";
    return word_user(vm, "DMKMSG", word);
}

static void
say(struct vm *vm, struct words *w, bool warning)
{
    const char *word = word_next(w);
    const char *text = w->next < w->n ? w->rest[w->next] : NULL;
    bool all = word != NULL && strcmp(word, "ALL") == 0 &&
               vm->classes & (CLASS(A) | CLASS(B));
    struct vm *to = NULL;

    if (!all) {
        to = receiver(vm, word);
        if (to == NULL)
            return;
    }
    if (text == NULL)
        error_operand(vm, "DMKMSG");
    else if (all)
        deliver_all(vm, text, warning);
    else if (receives(to, warning))
        deliver(vm, to, text, warning);
    else
        cp_error(vm, "DMKMSG057E", "%s NOT RECEIVING; %s", to->userid,
                 to->terminal == NULL ? "DISCONNECTED"
                 : warning            ? "WNG OFF"
                                      : "MSG OFF");
}

void
cmd_msg(struct vm *vm, struct words *w)
{
    say(vm, w, false);
}

void
cmd_warning(struct vm *vm, struct words *w)
{
    say(vm, w, true);
}
