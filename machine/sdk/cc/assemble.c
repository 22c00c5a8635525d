/*
 * assemble.c - NASM: from the assembler files to the beginning of the image.
 *
 * It reports mistakes at the line of the student's assembler file; what it
 * says of the generated source is a bug of the compiler.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* What NASM says: FILE:LINE: error: (macro:N) TEXT, and behind that, if the
 * statement is in a macro of the file, where.  Errors in assembler files are
 * noted; warnings, and errors in files that these include, are shown in the
 * first run.  Returns who is to blame. */
enum blame { NOBODY, STUDENT, COMPILER };

/* The first error in the generated source. */
static const char *complaint;
/* What has been said last, to be noted when its place is known. */
static struct {
    struct asm_file *file;
    int line;
    const char *text;
} said;

static void
note_said(void)
{
    if (said.file != NULL)
        asm_complain(said.file, said.line, said.text);
    said.file = NULL;
}

/* The assembler file that a message FILE:LINE is about, or NULL. */
static struct asm_file *
place(const char *message, int *line)
{
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next) {
        const char *path = f->copy != NULL ? f->copy : source_name(f->file);
        size_t n = strlen(path);

        if (strncmp(message, path, n) == 0 && message[n] == ':' &&
            strspn(message + n + 1, "0123456789") == strlen(message + n + 1)) {
            *line = atoi(message + n + 1);
            return f;
        }
    }
    return NULL;
}

/* The statement is in a line of a macro: the mistake, too, if the line has no
 * parameters. */
static void
in_macro(char *message)
{
    int line, length;
    struct asm_file *f;
    const char *p;

    *strstr(message, ": ... from macro") = '\0';
    f = place(message, &line);
    p = f == NULL ? NULL : source_line(f->file, line, &length);
    if (said.file != NULL && p != NULL &&
        memchr(p, '%', (size_t)length) == NULL) {
        said.file = f;
        said.line = line;
    }
}

static enum blame
listen(char *message, const char *folder, bool first)
{
    char *kind = strstr(message, ": warning: "), *text;
    bool warning = kind != NULL;
    struct asm_file *f;
    int line;

    if (strstr(message, ": ... from macro") != NULL) {
        in_macro(message);
        return NOBODY;
    }
    note_said();
    if (kind == NULL && (kind = strstr(message, ": error: ")) == NULL)
        kind = strstr(message, ": fatal: ");
    if (kind == NULL) {
        if (first && strstr(message, ": info: ") == NULL)
            fprintf(stderr, "%s\n", message);
        return NOBODY;
    }
    text = strstr(kind + 2, ": ") + 2;
    if (text[0] == '(' && strstr(text, ") ") != NULL)
        text = strstr(text, ") ") + 2;
    *kind = '\0';
    if (strstr(text, "valid values for all labels") != NULL && asm_stuck())
        return STUDENT;
    f = place(message, &line);
    if (f != NULL && !warning) {
        said.file = f;
        said.line = line;
        said.text = cc_format("%s", text);
        return STUDENT;
    }
    if (!warning && strncmp(message, folder, strlen(folder)) == 0) {
        if (complaint == NULL)
            complaint = cc_format("%s", text);
        return COMPILER;
    }
    if (first && f != NULL)
        fprintf(stderr, "%s:%d: warning: %s\n", f->path, line, text);
    else if (first)
        fprintf(stderr, "%s: %s: %s\n", message, warning ? "warning" : "error",
                text);
    return warning ? NOBODY : STUDENT;
}

/* The source for NASM: an %include for each assembler file, or for the copy of
 * one that has mistakes. */
static const char *
write_source(const char *folder, enum source kind)
{
    const char *path = cc_format("%s/%s", folder, IMAGE_SOURCE);
    FILE *out = cc_create(path);

    image_source(out, folder, kind);
    cc_close(out, path);
    return path;
}

/* Returns its exit status. */
static int
run_nasm(const char *folder, enum source kind, char **messages)
{
    char *argv[] = {"nasm",
                    "-f",
                    "bin",
                    cc_format("-I%s/asm/", sdk_folder()),
                    cc_format("-I%s/lib/", sdk_folder()),
                    "-l",
                    cc_format("%s/%s", folder, IMAGE_LISTING),
                    "-o",
                    cc_format("%s/%s", folder, IMAGE_HEAD),
                    cc_format("%s", write_source(folder, kind)),
                    NULL};
    struct tool tool = tool_start(argv, -1);
    int status;

    tool_finish(&tool, &status, messages);
    return status;
}

bool
assemble_marked(const char *folder, enum source kind)
{
    char *messages;

    return run_nasm(folder, kind, &messages) == 0;
}

/* One run; returns whose mistakes there are. */
static enum blame
run(const char *folder)
{
    static bool first = true;
    enum blame worst = NOBODY;
    char *text, *save, *line;
    int status = run_nasm(folder, SOURCE_WHOLE, &text);

    for (line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        enum blame blame = listen(line, folder, first);

        if (blame > worst)
            worst = blame;
    }
    note_said();
    first = false;
    return status != 0 && worst == NOBODY ? COMPILER : worst;
}

/* Has the program assembler files of its own, which may hold directives of NASM
 * that change the meaning of the lines behind them? */
static bool
has_own_files(void)
{
    for (const struct asm_file *f = asm_files(); f != NULL; f = f->next)
        if (!f->library)
            return true;
    return false;
}

bool
assemble(const char *folder)
{
    enum blame blame;

    asm_check(cc_format("%s/asm", sdk_folder()),
              cc_format("%s/lib", sdk_folder()));
    do {
        asm_write_copies(folder);
        blame = run(folder);
    } while (asm_more() && blame != NOBODY);
    if (!asm_report() && blame == COMPILER) {
        if (!has_own_files())
            fatal("NASM does not accept the compiler's output: this is a "
                  "mistake in cc370");
        error_plain("an assembler file disturbs what stands behind it: %s",
                    complaint != NULL ? complaint : "NASM gives up");
    }
    return error_count() == 0 && blame == NOBODY;
}
