/*
 * panel_act.c - what the keys of the panel do to the machine
 *
 * These are the functions of a System/370's console (GA22-7000, "System
 * Control Panel"), by that manual's names.  They act between two instructions
 * and at the virtual time that the machine has reached, so a run with the
 * same keys at the same times is the same run.
 */
#include <stdio.h>
#include <string.h>

#include "console.h"
#include "front.h"
#include "map.h"
#include "stop.h"

static void
say(struct session *s, const char *format, const char *text)
{
    snprintf(s->panel.message, sizeof(s->panel.message), format, text);
}

static void
say_machine(struct session *s)
{
    say(s, "%s", machine_error(s->m));
}

/* ---- running and stopping ------------------------------------------------ */

/* Remember the registers, so that the picture after it shows what changed. */
static void
remember(struct session *s)
{
    panel_registers_get(s->m, &s->panel.before);
    s->panel.started = true;
}

void
panel_step(struct session *s)
{
    enum machine_stop stop;

    remember(s);
    stop = machine_run(s->m, 1, UINT64_MAX);
    session_stop(s, stop == STOP_IDLE ? STOP_LIMIT : stop);
    if (stop == STOP_IDLE)
        say(s, "%s", "a wait that only input from outside can end");
}

void
panel_start(struct session *s)
{
    if (s->panel.step_rate) {
        panel_step(s);
        return;
    }
    if (!s->stopped)
        return;
    remember(s);
    session_run(s);
}

void
panel_stop(struct session *s)
{
    if (!s->stopped)
        session_stop(s, STOP_LIMIT);
}

void
panel_reset(struct session *s, bool clear)
{
    machine_reset(s->m, clear);
    s->panel.load_failed = false;
    session_stop(s, STOP_LIMIT);
    say(s, "system reset %s", clear ? "clear" : "normal");
}

/* What ends in a new PSW: the CPU goes on with it, or, at instruction step,
 * stops before its first instruction. */
static void
go_on(struct session *s)
{
    if (s->panel.step_rate)
        session_stop(s, STOP_LIMIT);
    else
        session_run(s);
}

void
panel_load(struct session *s)
{
    remember(s);
    s->panel.load_failed = machine_ipl(s->m, s->panel.load_unit) != 0;
    if (s->panel.load_failed) {
        session_stop(s, STOP_LIMIT);
        say_machine(s);
        return;
    }
    go_on(s);
}

void
panel_restart(struct session *s)
{
    remember(s);
    if (machine_restart(s->m) != 0)
        say_machine(s);
    else
        go_on(s);
}

void
panel_interrupt(struct session *s)
{
    machine_external_key(s->m);
    say(s, "%s", "interrupt key");
}

/* ---- answers to questions ------------------------------------------------ */

/* A storage address in hexadecimal, or a name or FILE:LINE of a map. */
static bool
address_answer(struct session *s, const char *text, uint32_t *raddr)
{
    char error[MAP_ERROR];
    uint64_t value;

    if (word_number(text, 16, machine_storage_size(s->m) - 1, &value)) {
        *raddr = (uint32_t)value;
        return true;
    }
    if (map_address(s->m, text, raddr, error))
        return true;
    if (error[0] != '\0')
        say(s, "%s", error);
    else
        say(s,
            "\"%.40s\": neither an address in storage, in hexadecimal, nor a "
            "name or FILE:LINE of a map",
            text);
    return false;
}

static bool
unit_answer(struct session *s, const char *text)
{
    uint64_t value;

    if (!word_number(text, 16, 0xFFF, &value)) {
        say(s, "\"%.40s\": the dials have three hexadecimal digits", text);
        return false;
    }
    s->panel.load_unit = (uint16_t)value;
    return true;
}

static bool
compare_answer(struct session *s, const char *text)
{
    struct panel *p = &s->panel;
    uint32_t raddr;

    if (text[0] != '\0' && !address_answer(s, text, &raddr))
        return false;
    if (p->compare)
        machine_break_clear(s->m, p->compare_address);
    p->compare = false;
    if (text[0] == '\0')
        return true;
    if (machine_break_set(s->m, raddr) != 0) {
        say_machine(s);
        return false;
    }
    p->compare = true;
    p->compare_address = raddr;
    return true;
}

static bool
store_answer(struct session *s, const char *text)
{
    uint8_t bytes[INPUT_MAX];
    char digits[2 * INPUT_MAX + 1], *to = digits;
    int n;

    for (; *text != '\0'; text++)
        if (*text != ' ')
            *to++ = *text;
    *to = '\0';
    n = word_bytes(digits, bytes, sizeof(bytes));
    if (n < 1) {
        say(s, "%s", "bytes are pairs of hexadecimal digits");
        return false;
    }
    if (machine_write(s->m, s->panel.storage, bytes, (size_t)n) != 0) {
        say(s, "%s", "storage ends before that");
        return false;
    }
    return true;
}

/* NAME=VALUE, or NAME VALUE. */
static bool
register_answer(struct session *s, char *text)
{
    char *equals = strpbrk(text, "= ");
    uint64_t value;

    if (equals == NULL) {
        say(s, "%s", "write a register and its value, such as gr3=1F0");
        return false;
    }
    *equals++ = '\0';
    equals += strspn(equals, "= ");
    if (!word_number(equals, 16, UINT64_MAX, &value)) {
        say(s, "\"%.40s\": not a hexadecimal number", equals);
        return false;
    }
    if (machine_set(s->m, text, value) != 0) {
        say_machine(s);
        return false;
    }
    return true;
}

static bool
tod_answer(struct session *s, const char *text)
{
    uint64_t tod;

    if (word_todclock(text, &tod) && machine_set(s->m, "tod", tod) == 0)
        return true;
    say(s, "\"%.40s\": write 1976-11-24/19:02:00, or now", text);
    return false;
}

/* FILE [ADDRESS] */
static bool
map_answer(struct session *s, char *text)
{
    char *words[WORDS_MAX];
    const char *error;
    uint64_t base = 0;
    int n = words_split(text, words, &error);

    if (n < 0) {
        say(s, "%s", error);
        return false;
    }
    if (n == 0 || n > 2 ||
        (n == 2 && !word_number(words[1], 16, 0xFFFFFF, &base))) {
        say(s, "%s",
            "write the file's name and, unless it is 0, the address in "
            "hexadecimal where the image begins");
        return false;
    }
    if (machine_map_load(s->m, words[0], (uint32_t)base) != 0) {
        say_machine(s);
        return false;
    }
    return true;
}

bool
panel_answer(struct session *s, const char *text)
{
    char copy[2 * INPUT_MAX + 1];

    snprintf(copy, sizeof(copy), "%s", text);
    s->panel.message[0] = '\0';
    switch (s->panel.question) {
    case ASK_UNIT:
        return unit_answer(s, text);
    case ASK_COMPARE:
        return compare_answer(s, text);
    case ASK_ADDRESS:
        return address_answer(s, text, &s->panel.storage);
    case ASK_STORE:
        return store_answer(s, text);
    case ASK_REGISTER:
        return register_answer(s, copy);
    case ASK_TOD:
        return tod_answer(s, text);
    case ASK_MAP:
        return map_answer(s, copy);
    case ASK_NOTHING:
        break;
    }
    return true;
}
