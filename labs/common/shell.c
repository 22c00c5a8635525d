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

enum {
    LINE_BYTES = 120,
    CARD_BYTES = 80,
    TEXT_BYTES = 100, /* of a record, that are shown */
    CYLINDER_RECORDS = 57,
    TASKS_AT_MOST = 8,
};

struct command {
    const char *name;
    const char *help; /* NULL: another name for a command */
    void (*run)(const char *rest);
};

static void cmd_help(const char *rest);

/* ---- tasks --------------------------------------------------------------- */

/* Start a task; its number, or -1. */
static int
spawn(const char *name, void (*function)(int), int argument)
{
    int number = svc_spawn(name, function, argument);

    if (number < 0)
        printf("There are too many tasks; cancel some.\n");
    return number;
}

/* Wait until two tasks are gone (-1 is).  The request key ends them. */
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
    int alpha = spawn("ALPHA", count_alpha, lines);
    int beta = alpha < 0 ? -1 : spawn("BETA", count_beta, lines);

    wait_for(alpha, beta);
}

static void
cmd_spin(const char *rest)
{
    int number = spawn("SPIN", spin, 0);

    if (number >= 0)
        printf("Task %d spins; see tasks, and cancel %d.\n", number, number);
}

static void
cmd_crash(const char *rest)
{
    wait_for(spawn("CRASH", crash, atoi(rest)), -1);
}

static void
cmd_tasks(const char *rest)
{
    struct task_info info;

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
    int pages = *rest != 0 ? atoi(rest) : 32;

    if (!pages_known(&p))
        return;
    if (pages < 1 || pages > SWEEP_PAGES)
        printf("From 1 to %d pages.\n", SWEEP_PAGES);
    else
        wait_for(spawn("SWEEP", sweep, pages), -1);
}

static void
cmd_time(const char *rest)
{
    int now = svc_time();

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
    printf("GOS ends.\n");
    svc_shutdown();
}

/* ---- cards, paper and the disk ------------------------------------------- */

/* The text of the next card as a string without blanks at the end; false at the
 * end of the deck, or when the operator does not want to wait for it. */
static bool
next_card(char text[CARD_BYTES + 1])
{
    int len, failures = 0;

    /* One bad card is no reason to stop; a reader that is not there is. */
    while ((len = svc_card(text)) == -1) {
        printf("A card could not be read.\n");
        if (++failures == 3)
            return false;
    }
    if (len == -2)
        printf("*** stopped by the operator\n");
    if (len <= 0)
        return false;
    while (len > 0 && text[len - 1] == ' ')
        len--;
    text[len] = 0;
    return true;
}

static void
cmd_cards(const char *rest)
{
    char text[CARD_BYTES + 1];
    int cards = 0;

    for (; next_card(text); cards++)
        printf("%s\n", text);
    printf("%d cards.\n", cards);
}

/* The first line begins a page. */
static void
cmd_print(const char *rest)
{
    char line[1 + CARD_BYTES + 1];
    int lines = 0;

    for (; next_card(line + 1); lines++) {
        line[0] = lines == 0 ? '1' : ' ';
        if (svc_print(line, strlen(line)) < 0) {
            printf("There is no printer.\n");
            return;
        }
    }
    printf("%d lines.\n", lines);
}

static void
cmd_disk(const char *rest)
{
    char *text, read[TEXT_BYTES + 1] = "";
    bool write = strncmp(rest, "write ", 6) == 0;
    uint32_t record;

    if (!write && strncmp(rest, "read ", 5) != 0) {
        printf("Write disk read N or disk write N TEXT.\n");
        return;
    }
    record = (uint32_t)strtol(rest + (write ? 6 : 5), &text, 10);
    text += *text == ' ';
    if (write && svc_disk_write(record, text, strlen(text) + 1) < 0)
        printf("Record %u cannot be written.\n", record);
    else if (!write && svc_disk_read(record, read, TEXT_BYTES) < 0)
        printf("Record %u cannot be read.\n", record);
    else if (!write)
        printf("%s\n", read);
}

static void
cmd_format(const char *rest)
{
    uint32_t cylinders = (uint32_t)atoi(rest);

    if (cylinders == 0)
        printf("Format how many cylinders?\n");
    for (uint32_t r = 0; r < cylinders * CYLINDER_RECORDS; r += 3)
        if (svc_disk_format(r) < 0) {
            printf("Cylinder %u cannot be formatted.\n", r / CYLINDER_RECORDS);
            return;
        }
}

/* ---- the table, and the task --------------------------------------------- */

static const struct command commands[] = {
    {"help", "list the commands", cmd_help},
    {"count", "N: two tasks count to N at the same time", cmd_count},
    {"spin", "start a task that computes for ever", cmd_spin},
    {"tasks", "list the tasks (also: ps)", cmd_tasks},
    {"ps", NULL, cmd_tasks},
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
    {"shutdown", NULL, cmd_quit},
};
enum { COMMANDS = sizeof(commands) / sizeof(commands[0]) };

static void
cmd_help(const char *rest)
{
    for (size_t i = 0; i < COMMANDS; i++)
        if (commands[i].help != NULL)
            printf("%-7s %s\n", commands[i].name, commands[i].help);
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
    for (size_t i = 0; i < COMMANDS; i++)
        if (strcmp(word, commands[i].name) == 0) {
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

    for (;;) {
        printf("GOS> ");
        len = svc_read(line, LINE_BYTES);
        if (len < 0) /* the cancel key: forget the line */
            continue;
        line[len] = 0;
        execute(line);
    }
}
