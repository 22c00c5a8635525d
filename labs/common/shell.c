/*
 * shell.c - the command task
 *
 * Reads a line, finds the command in a table, calls its function with the
 * rest of the line.  Commands may be typed in small letters or capitals.
 */
#include "shell.h"

#include <ctype.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "svc.h"

enum { LINE_BYTES = 120, TASKS_AT_MOST = 8 };

struct command {
    const char *name;
    const char *help;
    void (*run)(const char *rest);
};

static void cmd_help(const char *rest);

/* Wait until two tasks are gone.  The request key ends them. */
static void
wait_for(int a, int b)
{
    if (svc_wait(a) == 0 && svc_wait(b) == 0)
        return;
    svc_cancel(a);
    svc_cancel(b);
    printf("*** stopped by the operator\n");
}

static void
cmd_count(const char *rest)
{
    int lines = *rest != 0 ? atoi(rest) : 5;
    int alpha = svc_spawn("ALPHA", count_alpha, lines);
    int beta = svc_spawn("BETA", count_beta, lines);

    if (alpha < 0 || beta < 0)
        printf("There are too many tasks; cancel some.\n");
    wait_for(alpha, beta);
}

static void
cmd_spin(const char *rest)
{
    int number = svc_spawn("SPIN", spin, 0);

    (void)rest;
    if (number < 0)
        printf("There are too many tasks; cancel some.\n");
    else
        printf("Task %d spins; see tasks, and cancel %d.\n", number, number);
}

static void
cmd_crash(const char *rest)
{
    int number = svc_spawn("CRASH", crash, atoi(rest));

    if (number < 0)
        printf("There are too many tasks; cancel some.\n");
    else
        wait_for(number, number);
}

static void
cmd_tasks(const char *rest)
{
    struct task_info info;

    (void)rest;
    printf("No Name     State    Dispatched Preempted\n");
    for (int n = 0; n < TASKS_AT_MOST; n++)
        if (svc_info(n, &info) == 0)
            printf("%2d %-8s %-8s %10u %9u\n", n, info.name, info.state,
                   info.dispatched, info.preempted);
}

static void
cmd_cancel(const char *rest)
{
    int number = atoi(rest);

    if (number == 0)
        printf("Cancel which task? Its number; the shell, 0, stays.\n");
    else if (svc_cancel(number) < 0)
        printf("There is no task %d.\n", number);
}

/* Paging: its counters, and a program that needs some of it. */
static bool
pages_known(struct paging_info *info)
{
    if (svc_pages(info) == 0)
        return true;
    printf("There is no paging: GOS found no disk 1A0 when it started.\n");
    return false;
}

static void
cmd_pages(const char *rest)
{
    struct paging_info p;

    (void)rest;
    if (!pages_known(&p))
        return;
    printf("%u frames, %u free; %s; disk: %u slots, %u taken\n", p.frames,
           p.free, p.algorithm, p.slots, p.slots_taken);
    printf("%u faults: %u zero fills, %u page-ins; %u page-outs\n", p.faults,
           p.zero_fills, p.page_ins, p.page_outs);
}

static void
cmd_sweep(const char *rest)
{
    struct paging_info p;
    int pages = *rest != 0 ? atoi(rest) : 32, number;

    if (!pages_known(&p))
        return;
    if (pages < 1 || pages > SWEEP_PAGES) {
        printf("From 1 to %d pages.\n", SWEEP_PAGES);
        return;
    }
    number = svc_spawn("SWEEP", sweep, pages);
    if (number < 0)
        printf("There are too many tasks; cancel some.\n");
    else
        wait_for(number, number);
}

static void
cmd_time(const char *rest)
{
    int now = svc_time();

    (void)rest;
    printf("It is %02d:%02d:%02d.\n", now / 3600, now / 60 % 60, now % 60);
}

static void
cmd_echo(const char *rest)
{
    printf("%s\n", rest);
}

static void
cmd_quit(const char *rest)
{
    (void)rest;
    printf("GOS ends.\n");
    svc_shutdown();
}

static const struct command commands[] = {
    {"help", "list the commands", cmd_help},
    {"count", "N: two tasks count to N at the same time", cmd_count},
    {"spin", "start a task that computes for ever", cmd_spin},
    {"tasks", "list the tasks (also: ps)", cmd_tasks},
    {"cancel", "N: end task N", cmd_cancel},
    {"crash", "K: start a task that fails, K from 0 to 3", cmd_crash},
    {"pages", "tell what paging has done", cmd_pages},
    {"sweep", "N: a task stores into N pages and looks after them", cmd_sweep},
    {"time", "tell the time of day", cmd_time},
    {"echo", "TEXT: print TEXT", cmd_echo},
    {"cards", "list a deck on the console", cmd_cards},
    {"print", "print a deck", cmd_print},
    {"disk", "read N, write N TEXT: record N of the disk", cmd_disk},
    {"format", "N: format cylinders 0 to N - 1 of the disk", cmd_format},
    {"quit", "stop the machine (also: shutdown)", cmd_quit},
};

static void
cmd_help(const char *rest)
{
    (void)rest;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        printf("%-7s %s\n", commands[i].name, commands[i].help);
}

static const char *
full_name(const char *word)
{
    if (strcmp(word, "ps") == 0)
        return "tasks";
    return strcmp(word, "shutdown") == 0 ? "quit" : word;
}

/* Cut off the first word, in small letters; returns the rest. */
static char *
cut_word(char *line)
{
    for (; *line != 0 && *line != ' '; line++)
        *line = (char)tolower((unsigned char)*line);
    if (*line == ' ')
        *line++ = 0;
    while (*line == ' ')
        line++;
    return line;
}

static void
execute(char *line)
{
    char *word = line, *rest;

    while (*word == ' ')
        word++;
    rest = cut_word(word);
    if (*word == 0)
        return;
    for (size_t i = 0; i < sizeof(commands) / sizeof(commands[0]); i++)
        if (strcmp(full_name(word), commands[i].name) == 0) {
            commands[i].run(rest);
            return;
        }
    printf("There is no command %s; try help.\n", word);
}

void
shell(int argument)
{
    char line[LINE_BYTES + 1];
    int len;

    (void)argument;
    for (;;) {
        printf("GOS> ");
        len = svc_read(line, LINE_BYTES);
        if (len < 0) /* the cancel key: forget the line */
            continue;
        line[len] = 0;
        execute(line);
    }
}
