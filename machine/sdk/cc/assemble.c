/*
 * assemble.c - NASM: from the assembler files to the beginning of the image.
 *
 * It reports mistakes at the line of the student's assembler file; what it
 * says of the generated source is a bug of the compiler.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* What NASM says: FILE:LINE: error: (macro:N) TEXT.  Errors in assembler files
 * are noted; warnings, and errors in files that these include, are shown in
 * the first run.  Returns who is to blame. */
enum blame { NOBODY, STUDENT, COMPILER };

/* The first error in the generated source. */
static const char *complaint;

static enum blame
listen(char *line, const char *folder, bool first)
{
    char *kind = strstr(line, ": warning: "), *text, *number;
    bool warning = kind != NULL;

    if (strstr(line, ": ... from macro") != NULL)
        return NOBODY;
    if (kind == NULL && (kind = strstr(line, ": error: ")) == NULL)
        kind = strstr(line, ": fatal: ");
    if (kind == NULL) {
        if (first && strstr(line, ": info: ") == NULL)
            fprintf(stderr, "%s\n", line);
        return NOBODY;
    }
    text = strstr(kind + 2, ": ") + 2;
    if (text[0] == '(' && strstr(text, ") ") != NULL)
        text = strstr(text, ") ") + 2;
    *kind = '\0';
    if (strstr(text, "valid values for all labels") != NULL && asm_stuck())
        return STUDENT;
    for (number = kind; number > line && number[-1] != ':';)
        number--;
    for (struct asm_file *f = asm_files(); f != NULL; f = f->next) {
        const char *path = f->copy != NULL ? f->copy : source_name(f->file);
        size_t n = strlen(path);

        if (strncmp(line, path, n) != 0 || line + n + 1 != number)
            continue;
        if (!warning)
            asm_complain(f, atoi(number), text);
        else if (first)
            fprintf(stderr, "%s:%s: warning: %s\n", f->path, number, text);
        return warning ? NOBODY : STUDENT;
    }
    if (!warning && strncmp(line, folder, strlen(folder)) == 0) {
        if (complaint == NULL)
            complaint = cc_format("%s", text);
        return COMPILER;
    }
    if (first)
        fprintf(stderr, "%s: %s: %s\n", line, warning ? "warning" : "error",
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
    struct tool tool = tool_start(argv);
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

/* One run; returns whose mistakes there are.  If there is anything wrong in two
 * passes, nothing is said. */
static enum blame
run(const char *folder, enum source kind)
{
    static bool first = true;
    enum blame worst = NOBODY;
    char *text, *save, *line;
    int status = run_nasm(folder, kind, &text);

    if (status != 0 && kind == SOURCE_TWO_PASSES)
        return COMPILER;
    for (line = strtok_r(text, "\n", &save); line != NULL;
         line = strtok_r(NULL, "\n", &save)) {
        enum blame blame = listen(line, folder, first);

        if (blame > worst)
            worst = blame;
    }
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
    enum blame blame = STUDENT;

    asm_check(cc_format("%s/asm", sdk_folder()),
              cc_format("%s/lib", sdk_folder()));
    if (!asm_more() && asm_places_known())
        blame = run(folder, SOURCE_TWO_PASSES);
    for (bool again = true; again && blame != NOBODY; again = asm_more()) {
        asm_write_copies(folder);
        blame = run(folder, SOURCE_WHOLE);
    }
    if (!asm_report() && blame == COMPILER) {
        if (!has_own_files())
            fatal("NASM does not accept the compiler's output: this is a "
                  "mistake in cc370");
        error_plain("an assembler file disturbs what stands behind it: %s",
                    complaint != NULL ? complaint : "NASM gives up");
    }
    return error_count() == 0 && blame == NOBODY;
}
