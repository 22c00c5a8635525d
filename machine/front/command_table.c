/*
 * command_table.c - the commands of the monitor
 *
 * One row a command; monitor.c checks the number of operands by it and
 * explains a wrong one with it.
 */
#include <stdio.h>
#include <string.h>

#include "monitor.h"

static const struct command commands[] = {
    {"reset", "clear", 1, 1, false, cmd_reset},
    {"store", "ADDR HEXBYTES", 2, WORDS_MAX, false, cmd_store},
    {"display", "ADDR LEN", 2, 2, false, cmd_display},
    {"gpr", "N [VALUE]", 1, 2, false, cmd_gpr},
    {"fpr", "N [VALUE]", 1, 2, false, cmd_fpr},
    {"cr", "N [VALUE]", 1, 2, false, cmd_cr},
    {"psw", "[HEX16]", 0, 1, false, cmd_psw},
    {"key", "ADDR [VALUE]", 1, 2, false, cmd_key},
    {"load", "FILE ADDR", 2, 2, false, cmd_load},
    {"ipl", "ADDR", 1, 1, false, cmd_ipl},
    {"restart", "", 0, 0, false, cmd_restart},
    {"run", "[N]", 0, 1, false, cmd_run},
    {"until", "NANOSECONDS", 1, 1, false, cmd_until},
    {"step", "[N]", 0, 1, false, cmd_step},
    {"break", "ADDR|FUNCTION|FILE:LINE", 1, 1, false, cmd_break},
    {"where", "", 0, 0, false, cmd_where},
    {"frame", "[N]", 0, 1, false, cmd_frame},
    {"up", "", 0, 0, false, cmd_up},
    {"down", "", 0, 0, false, cmd_down},
    {"print", "[/x] EXPRESSION", 1, 1, true, cmd_print},
    {"locals", "", 0, 0, false, cmd_locals},
    {"list", "[ADDR|FUNCTION|FILE:LINE]", 0, 1, false, cmd_list},
    {"trace", "LETTERS|off [FROM-TO] [count N]", 1, 4, false, cmd_trace},
    {"attach", "ADDR TYPE ARGS", 2, WORDS_MAX, false, cmd_attach},
    {"detach", "ADDR", 1, 1, false, cmd_detach},
    {"fault", "[ADDR KIND [WORDS]|ADDR clear]", 0, WORDS_MAX, false, cmd_fault},
    {"inject", "ADDR [corrected]", 1, 2, false, cmd_inject},
    {"devices", "", 0, 0, false, cmd_devices},
    {"key-external", "", 0, 0, false, cmd_key_external},
    {"attention", "ADDR", 1, 1, false, cmd_attention},
    {"type", "ADDR TEXT", 1, 2, true, cmd_type},
    {"snapshot", "save|load FILE", 2, 2, false, cmd_snapshot},
    {"hash", "", 0, 0, false, cmd_hash},
    {"replay", "[N]", 0, 1, false, cmd_replay},
    {"counters", "[on|off]", 0, 1, false, cmd_counters},
    {"quit", "", 0, 0, false, cmd_quit},
    {"help", "", 0, 0, false, cmd_help},
};

enum { NCOMMANDS = sizeof(commands) / sizeof(commands[0]) };

const struct command *
command_find(const char *name)
{
    size_t i;

    for (i = 0; i < NCOMMANDS; i++)
        if (strcmp(name, commands[i].name) == 0)
            return &commands[i];
    return NULL;
}

void
command_names(char *buf, size_t size)
{
    size_t i, len = 0;

    buf[0] = '\0';
    for (i = 0; i < NCOMMANDS && len < size; i++)
        len += (size_t)snprintf(buf + len, size - len, "%s%s",
                                i == 0 ? "" : " ", commands[i].name);
}

/* All commands with their operands, in two columns. */
void
cmd_help(struct monitor *mon, const struct words *w)
{
    enum { ROWS = (NCOMMANDS + 1) / 2 };
    char text[2][80];

    (void)w;
    for (size_t i = 0; i < ROWS; i++) {
        text[1][0] = '\0';
        for (size_t k = 0; k < 2 && i + k * ROWS < NCOMMANDS; k++)
            snprintf(text[k], sizeof(text[k]), "%s %s",
                     commands[i + k * ROWS].name,
                     commands[i + k * ROWS].operands);
        answer(mon, "%-36s%s", text[0], text[1]);
    }
    answer(mon, "Numbers are hexadecimal, counts of instructions decimal.");
    answer(mon, "%s", "");
}
