/*
 * monitor.c - reads commands, takes them apart, prints answers
 *
 * The consoles of the machine print on the same stream: an answer always
 * begins on a new line.
 */
#include "monitor.h"

#include "map.h"

#include <errno.h>
#include <histedit.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* ---- answers ------------------------------------------------------------- */

void
answer(struct monitor *mon, const char *format, ...)
{
    va_list args;

    sheet_new_line(mon->sheet);
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void
complain(struct monitor *mon, const char *word, const char *format, ...)
{
    char shown[WORD_SHOWN + 1];
    va_list args;

    sheet_new_line(mon->sheet);
    mon->errors++;
    putchar('?');
    if (mon->source != NULL)
        printf("%s:%u: ", mon->source, mon->line_number);
    printf("%s: ", word_shown(word, shown));
    va_start(args, format);
    vprintf(format, args);
    va_end(args);
    putchar('\n');
}

void
complain_machine(struct monitor *mon, const char *word)
{
    complain(mon, word, "%s", machine_error(mon->m));
}

/* ---- operands ------------------------------------------------------------ */

bool
operand_hex(struct monitor *mon, const char *word, const char *what,
            uint64_t max, uint64_t *value)
{
    if (word_number(word, 16, max, value))
        return true;
    complain(mon, word, "%s is a hexadecimal number from 0 to %llX", what,
             (unsigned long long)max);
    return false;
}

bool
operand_decimal(struct monitor *mon, const char *word, const char *what,
                uint64_t *value)
{
    if (word_number(word, 10, UINT64_MAX - 1, value))
        return true;
    complain(mon, word, "%s is a decimal number", what);
    return false;
}

bool
operand_address(struct monitor *mon, const char *word, uint32_t *raddr)
{
    char error[MAP_ERROR];
    uint64_t value;

    /* A name first: `add' is also a number. */
    if (map_address(mon->m, word, raddr, error))
        return true;
    if (error[0] == '\0' && word_number(word, 16, 0xFFFFFF, &value)) {
        *raddr = (uint32_t)value;
        return true;
    }
    complain(
        mon, word, "%s",
        error[0] != '\0'
            ? error
            : "an address is a hexadecimal number from 0 to FFFFFF, or a "
              "symbol or FILE:LINE of an image that was loaded with its map");
    return false;
}

bool
operand_device(struct monitor *mon, const char *word, uint16_t *devno)
{
    uint64_t value;

    if (!operand_hex(mon, word, "a device address", 0xFFFF, &value))
        return false;
    *devno = (uint16_t)value;
    return true;
}

/* ---- lines --------------------------------------------------------------- */

/* The word that begins at *p, ended by a zero; *p moves behind it. */
static char *
next_word(char **p)
{
    char *word = *p + strspn(*p, " \t");
    char *end = word + strcspn(word, " \t");

    *p = end;
    if (*end != '\0') {
        *end = '\0';
        *p = end + 1;
    }
    return word;
}

static void
execute(struct monitor *mon, const struct command *c, const struct words *w)
{
    if (w->n - 1 < c->min)
        complain(mon, w->word[0], "write %s %s", c->name, c->operands);
    else if (w->n - 1 > c->max)
        complain(mon, w->word[c->max + 1], "one word too many; write %s%s%s",
                 c->name, c->operands[0] == '\0' ? "" : " ", c->operands);
    else
        c->fn(mon, w);
}

/* The command `name`; the rest of its line is at `operands`. */
static void
command_line(struct monitor *mon, char *name, char *operands)
{
    const struct command *c = command_find(name);
    char *words[1 + WORDS_MAX], names[300];
    struct words w = {.word = words};
    const char *error;
    int n;

    if (c == NULL) {
        command_names(names, sizeof(names));
        complain(mon, name, "there is no such command; there are: %s", names);
        return;
    }
    words[0] = name;
    w.n = 1;
    if (c->takes_text) {
        words[1] = next_word(&operands);
        w.text = operands;
        w.n += words[1][0] != '\0';
    } else {
        n = words_split(operands, words + 1, &error);
        if (n < 0) {
            complain(mon, name, "%s", error);
            return;
        }
        w.n += n;
    }
    execute(mon, c, &w);
}

static void
monitor_line(struct monitor *mon, char *line)
{
    char *name;

    line[strcspn(line, "\r\n")] = '\0';
    name = next_word(&line);
    if (name[0] != '\0' && name[0] != '#')
        command_line(mon, name, line);
    fflush(stdout);
}

/* ---- where lines come from ----------------------------------------------- */

static void
read_script(struct monitor *mon, FILE *f)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t len;

    while (!mon->quit && (len = getline(&line, &room, f)) >= 0) {
        mon->line_number++;
        if (strlen(line) != (size_t)len)
            complain(mon, line, "the line holds a zero byte: not a text file");
        else
            monitor_line(mon, line);
        fflush(stdout);
    }
    free(line);
}

static char *
prompt(EditLine *el)
{
    static char text[] = "machine> ";

    (void)el;
    return text;
}

/* A person, with line editing and history. */
static int
read_terminal(struct monitor *mon)
{
    EditLine *el = el_init("machine", stdin, stdout, stderr);
    History *past = history_init();
    HistEvent event;
    const char *typed;
    char *line;
    int len;

    if (el == NULL || past == NULL) {
        fprintf(stderr, "machine: no memory for line editing\n");
        return STATUS_GUEST;
    }
    history(past, &event, H_SETSIZE, 500);
    history(past, &event, H_SETUNIQUE, 1);
    el_set(el, EL_PROMPT, prompt);
    el_set(el, EL_EDITOR, "emacs");
    el_set(el, EL_SIGNAL, 1);
    el_set(el, EL_HIST, history, past);
    monitor_catch_interrupts();
    while (!mon->quit) {
        errno = 0;
        typed = el_gets(el, &len);
        if (typed == NULL && errno == EINTR) { /* Ctrl-C: the line is void */
            putchar('\n');
            continue;
        }
        line = typed == NULL || len <= 0 ? NULL : strdup(typed);
        if (line == NULL)
            break;
        if (line[0] != '\n')
            history(past, &event, H_ENTER, typed);
        monitor_line(mon, line);
        sheet_new_line(mon->sheet);
        free(line);
    }
    history_end(past);
    el_end(el);
    return STATUS_OK;
}

/* One script.  False when it cannot be read. */
static bool
take_script(struct monitor *mon, const char *script)
{
    bool standard_input = strcmp(script, "-") == 0;
    FILE *f = standard_input ? stdin : fopen(script, "r");

    if (f == NULL) {
        fprintf(stderr, "machine: %s: %s; give the name of a monitor script\n",
                script, strerror(errno));
        return false;
    }
    mon->source = standard_input ? "stdin" : script;
    mon->line_number = 0;
    read_script(mon, f);
    if (ferror(f)) {
        fprintf(stderr, "machine: %s: cannot be read: %s\n", mon->source,
                strerror(errno));
        mon->errors++;
    }
    if (f != stdin)
        fclose(f);
    return true;
}

int
monitor_main(struct monitor *mon, const char *const script[], int n)
{
    for (int i = 0; i < n && !mon->quit; i++) {
        if (strcmp(script[i], "-") == 0 && isatty(STDIN_FILENO) &&
            isatty(STDOUT_FILENO)) {
            mon->source = NULL;
            return read_terminal(mon);
        }
        if (!take_script(mon, script[i]))
            return STATUS_INPUT;
    }
    if (mon->quit)
        return STATUS_OK;
    if (mon->errors > 0)
        return STATUS_INPUT;
    return mon->ran ? stop_status(mon->m, mon->last_stop) : STATUS_OK;
}
