/*
 * command.c - finding and running console functions, and their error replies
 * (compare DMKCFC, DMKCFM and DMKERM)
 *
 * A function that the user's classes do not admit is answered like one that
 * does not exist, as VM/370 does.  The texts of messages follow GC20-1808,
 * names and abbreviations GC20-1820 and GC20-1806.
 */
#include "command.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "vdevice.h"

#define LINE_END '#'

static void cmd_cp(struct vm *vm, struct words *w);
static void cmd_comment(struct vm *vm, struct words *w);

static const struct command commands[] = {
    {"*", 1, 0, cmd_comment},
    {"CP", 2, 0, cmd_cp},
    {"ADSTOP", 6, CLASS(G), cmd_adstop},
    {"ATTN", 4, CLASS(G), cmd_attn},
    {"BEGIN", 1, CLASS(G), cmd_begin},
    {"CLOSE", 1, CLASS(G), cmd_close},
    {"DISCONN", 4, 0, cmd_disconn},
    {"DISPLAY", 1, CLASS(G), cmd_display},
    {"EXTERNAL", 2, CLASS(G), cmd_external},
    {"FORCE", 5, CLASS(A), cmd_force},
    {"IPL", 1, CLASS(G), cmd_ipl},
    {"LOGOFF", 3, 0, cmd_logoff},
    {"LOGOUT", 4, 0, cmd_logoff},
    {"MESSAGE", 1, 0, cmd_msg},
    {"MSG", 2, 0, cmd_msg},
    {"NOTREADY", 4, CLASS(G), cmd_notready},
    {"PURGE", 3, CLASS(D) | CLASS(G), cmd_purge},
    {"QUERY", 1, 0, cmd_query},
    {"READY", 5, CLASS(G), cmd_ready},
    {"REQUEST", 3, CLASS(G), cmd_attn},
    {"RESET", 5, CLASS(G), cmd_reset},
    {"SET", 3, CLASS(G), cmd_set},
    {"SHUTDOWN", 8, CLASS(A), cmd_shutdown},
    {"SLEEP", 2, 0, cmd_sleep},
    {"SPOOL", 2, CLASS(G), cmd_spool},
    {"STORE", 2, CLASS(G), cmd_store},
    {"SYSTEM", 3, CLASS(G), cmd_system},
    {"WARNING", 1, CLASS(A) | CLASS(B), cmd_warning},
    {"WNG", 3, CLASS(A) | CLASS(B), cmd_warning},
};

/* The first function that the word is or abbreviates, and the user may use. */
static const struct command *
find(const struct vm *vm, const char *word)
{
    uint32_t i;

    for (i = 0; i < sizeof commands / sizeof commands[0]; i++) {
        const struct command *c = &commands[i];

        if (word_is(word, c->name, c->min) &&
            (c->classes == 0 || vm->classes & c->classes))
            return c;
    }
    return NULL;
}

static void
run_words(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    const struct command *c;

    if (word == NULL)
        return;
    c = find(vm, word);
    if (c == NULL)
        cp_error(vm, "DMKCFC001E", "?CP: %s", word);
    else
        c->run(vm, w);
}

/* CP function: the same as the function alone. */
static void
cmd_cp(struct vm *vm, struct words *w)
{
    if (w->next == w->n)
        cp_read(vm);
    else
        run_words(vm, w);
}

/* A remark for the paper. */
static void
cmd_comment(struct vm *vm, struct words *w)
{
    (void)vm;
    (void)w;
}

void
command_run(struct vm *vm, const char *text, uint32_t len)
{
    char line[MAX_LINE + 1], typed[MAX_LINE + 1];
    struct words words;

    if (len > MAX_LINE)
        len = MAX_LINE;
    memcpy(line, text, len);
    line[len] = 0;
    memcpy(typed, line, len + 1);
    words_split(&words, line, typed);
    run_words(vm, &words);
}

void
command_line(struct vm *vm, const char *text, uint32_t len)
{
    const char *end = text + len;

    while (text <= end && !(vm->state & VM_LOGOFF)) {
        const char *stop = text;

        while (stop < end && !(vm->set_linedit && *stop == LINE_END))
            stop++;
        command_run(vm, text, (uint32_t)(stop - text));
        text = stop + 1;
    }
}

void
command_logon_line(struct terminal *t, const char *text, uint32_t len)
{
    char line[MAX_LINE + 1];
    struct words words;
    const char *word;

    if (len > MAX_LINE)
        len = MAX_LINE;
    memcpy(line, text, len);
    line[len] = 0;
    words_split(&words, line, text);
    word = word_next(&words);
    if (word == NULL)
        return;
    if (word_is(word, "LOGON", 1) || word_is(word, "LOGIN", 4))
        cmd_logon(t, &words);
    else
        terminal_line(t, "DMKCFC001E ?CP: %s", word);
}

/* ---- error replies ------------------------------------------------------- */

void
cp_error(struct vm *vm, const char *code, const char *format, ...)
{
    char text[MAX_LINE];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    vm->error_number = (uint32_t)atoi(code + 6);
    switch (vm->set_emsg) {
    case EMSG_ON:
        vm_line(vm, "%s %s", code, text);
        break;
    case EMSG_CODE:
        vm_line(vm, "%s", code);
        break;
    case EMSG_TEXT:
        vm_line(vm, "%s", text);
        break;
    case EMSG_OFF:
        break;
    }
}

/* "DMKCFG" and "026E" make "DMKCFG026E". */
static const char *
code_of(char code[12], const char *module, const char *number)
{
    snprintf(code, 12, "%s%s", module, number);
    return code;
}

void
error_operand(struct vm *vm, const char *module)
{
    char code[12];

    cp_error(vm, code_of(code, module, "026E"), "OPERAND MISSING OR INVALID");
}

void
error_option(struct vm *vm, const char *module, const char *word)
{
    char code[12];

    cp_error(vm, code_of(code, module, "003E"), "INVALID OPTION - %s", word);
}

struct vdev *
word_device(struct vm *vm, const char *module, const char *word)
{
    char code[12];
    struct vdev *dev;
    uint32_t vaddr;

    if (!word_hex(word, 0xFFF, &vaddr)) {
        cp_error(vm, code_of(code, module, "022E"), "VADDR MISSING OR INVALID");
        return NULL;
    }
    dev = vdev_find(vm, (uint16_t)vaddr);
    if (dev == NULL)
        cp_error(vm, code_of(code, module, "040E"), "DEV %03X DOES NOT EXIST",
                 vaddr);
    return dev;
}

struct vm *
word_user(struct vm *vm, const char *module, const char *word)
{
    char code[12];
    struct vm *user;

    if (word == NULL || strlen(word) > USERID_LEN) {
        cp_error(vm, code_of(code, module, "020E"),
                 "USERID MISSING OR INVALID");
        return NULL;
    }
    user = vm_find(word);
    if (user == NULL)
        cp_error(vm, code_of(code, module, "045E"), "%s NOT LOGGED ON", word);
    return user;
}

bool
words_left(struct vm *vm, const char *module, struct words *w)
{
    const char *word = word_next(w);

    if (word != NULL)
        error_option(vm, module, word);
    return word != NULL;
}
