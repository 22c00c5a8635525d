/*
 * cmd_set.c - SET: how CP behaves towards this user (compare DMKCFS)
 *
 *   ACNT MSG WNG IMSG RUN LINEDIT ECMODE   ON | OFF
 *   EMSG    ON | OFF | CODE | TEXT
 *   TIMER   ON | OFF | REAL
 */
#include <stddef.h>
#include <string.h>

#include "command.h"
#include "console.h"
#include "entry.h"

static const struct {
    const char *name;
    uint8_t min;
    size_t at; /* of the bool in struct vm */
} switches[] = {
    {"ACNT", 2, offsetof(struct vm, set_acnt)},
    {"ECMODE", 2, offsetof(struct vm, set_ecmode)},
    {"IMSG", 2, offsetof(struct vm, set_imsg)},
    {"LINEDIT", 4, offsetof(struct vm, set_linedit)},
    {"MSG", 3, offsetof(struct vm, set_msg)},
    {"RUN", 3, offsetof(struct vm, set_run)},
    {"WNG", 3, offsetof(struct vm, set_wng)},
};

static void
set_switch(struct vm *vm, size_t at, const char *value)
{
    bool *on = (bool *)((char *)vm + at), new;

    if (!word_on_off(value, &new)) {
        error_operand(vm, "DMKCFS");
        return;
    }
    /* Another set of control registers is another machine. */
    if (on == &vm->set_ecmode && new != *on)
        vm_reset(vm, false);
    *on = new;
}

static void
set_emsg(struct vm *vm, const char *value)
{
    if (value != NULL && strcmp(value, "ON") == 0)
        vm->set_emsg = EMSG_ON;
    else if (value != NULL && strcmp(value, "OFF") == 0)
        vm->set_emsg = EMSG_OFF;
    else if (value != NULL && strcmp(value, "CODE") == 0)
        vm->set_emsg = EMSG_CODE;
    else if (value != NULL && strcmp(value, "TEXT") == 0)
        vm->set_emsg = EMSG_TEXT;
    else
        error_operand(vm, "DMKCFS");
}

static void
set_timer(struct vm *vm, const char *value)
{
    vtimer_update(vm); /* up to now in the old way */
    if (value != NULL && strcmp(value, "ON") == 0)
        vm->timer_mode = TIMER_ON;
    else if (value != NULL && strcmp(value, "OFF") == 0)
        vm->timer_mode = TIMER_OFF;
    else if (value != NULL && strcmp(value, "REAL") == 0)
        vm->timer_mode = TIMER_REAL;
    else
        error_operand(vm, "DMKCFS");
    dispatch_deadline(); /* when it interrupts next */
}

void
cmd_set(struct vm *vm, struct words *w)
{
    const char *word = word_next(w), *value = word_next(w);
    uint32_t i;

    if (word == NULL) {
        error_operand(vm, "DMKCFS");
        return;
    }
    if (words_left(vm, "DMKCFS", w))
        return;
    if (word_is(word, "EMSG", 2)) {
        set_emsg(vm, value);
        return;
    }
    if (word_is(word, "TIMER", 5)) {
        set_timer(vm, value);
        return;
    }
    for (i = 0; i < sizeof switches / sizeof switches[0]; i++)
        if (word_is(word, switches[i].name, switches[i].min)) {
            set_switch(vm, switches[i].at, value);
            return;
        }
    error_option(vm, "DMKCFS", word);
}
