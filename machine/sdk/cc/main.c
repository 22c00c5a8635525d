/*
 * main.c - cc370: from C and assembler files to an image.
 *
 * The image is flat and loads at location 0.  Beside it go IMAGE.lst, the
 * listing with the C lines in it, and IMAGE.map for monitor and debugger.
 * Exit status: 0; 1 when the input is wrong; 2 when a tool is.
 */
#include <argp.h>
#include <errno.h>
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "parse.h"
#include "program.h"

const char *argp_program_version = "cc370 1";

static const char doc[] =
    "Compile C (.c, or .i when preprocessed) and assembler (.asm) files for "
    "System/370 and write the program as IMAGE, a flat file that loads at "
    "location 0, with IMAGE.lst and IMAGE.map."
    "\vExit status: 0, 1 when the input is wrong, 2 when a tool is missing or "
    "broken.";
static const char args_doc[] = "FILE...";

enum { OPT_DUMP_IR = 256, OPT_KEEP, OPT_KEPT };

static const struct argp_option options[] = {
    {NULL, 'o', "IMAGE", 0, "Write the image to this file", 0},
    {NULL, 'I', "DIR", 0, "Look for #include files there", 0},
    {NULL, 'D', "NAME[=VALUE]", 0, "Define a macro", 0},
    {NULL, 'U', "NAME", 0, "Undefine a macro", 0},
    {NULL, 'W', "WORD", 0,
     "no-NAME: no warnings of this group; error: warnings are errors", 0},
    {NULL, 'w', NULL, 0, "No warnings at all", 0},
    {NULL, 'E', NULL, 0,
     "Preprocess the one FILE, and stop; the text goes to the file given by -o",
     0},
    {NULL, 'S', NULL, 0, "Stop at the NASM source, in the file given by -o", 0},
    {NULL, 'n', "ostartfiles", 0,
     "-nostartfiles: the first .asm file takes the place of crt0.asm", 0},
    {NULL, 'f', "syntax-only", 0, "-fsyntax-only: stop at the messages", 0},
    {"keep", OPT_KEEP, "DIR", 0,
     "Leave in this folder what other programs with the same files need not do "
     "again: the preprocessed text of every C file, what NASM makes of the "
     "assembler files",
     0},
    {"kept", OPT_KEPT, "DIR", 0,
     "Take from there what fits; the options must be the same", 0},
    {"dump-ir", OPT_DUMP_IR, NULL, 0, "Print the intermediate representation",
     0},
    {NULL, 0, NULL, 0, NULL, 0}};

struct arguments {
    const char *image;
    bool nostartfiles, syntax_only, source_only, dump_ir, preprocess_only;
    char **file;
    int nfiles;
};

/* Folders: where what is done goes, where it is. */
static const char *keep_folder, *kept_folder;

static bool
has_suffix(const char *path, const char *suffix)
{
    size_t n = strlen(path), m = strlen(suffix);

    return n > m && strcmp(path + n - m, suffix) == 0;
}

static bool
is_c(const char *path)
{
    return has_suffix(path, ".c") || has_suffix(path, ".i");
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct arguments *a = state->input;

    switch (key) {
    case 'o':
        a->image = arg;
        break;
    case 'I':
    case 'D':
    case 'U':
        preprocess_option(cc_format("-%c%s", key, arg));
        break;
    case 'W':
        if (!warn_option(arg))
            argp_error(state, "-W%s: no such group of warnings", arg);
        break;
    case 'w':
        warn_option("no-all");
        break;
    case 'E':
        a->preprocess_only = true;
        break;
    case 'S':
        a->source_only = true;
        break;
    case 'n':
        if (strcmp(arg, "ostartfiles") != 0)
            argp_error(state, "-n%s: no such option", arg);
        a->nostartfiles = true;
        break;
    case 'f':
        if (strcmp(arg, "syntax-only") != 0)
            argp_error(state, "-f%s: no such option", arg);
        a->syntax_only = true;
        break;
    case OPT_DUMP_IR:
        a->dump_ir = true;
        break;
    case OPT_KEEP:
        keep_folder = arg;
        break;
    case OPT_KEPT:
        kept_folder = arg;
        break;
    case ARGP_KEY_ARG:
        if (!is_c(arg) && !has_suffix(arg, ".asm"))
            argp_error(state, "%s: a file is named .c, .i or .asm", arg);
        a->file = cc_room(a->file, a->nfiles, sizeof(*a->file));
        a->file[a->nfiles++] = arg;
        break;
    case ARGP_KEY_END:
        if (a->nfiles == 0)
            argp_error(state, "no file to compile");
        if (a->preprocess_only &&
            (a->nfiles != 1 || !has_suffix(a->file[0], ".c")))
            argp_error(state, "-E is for one .c file");
        if (a->image == NULL && !a->syntax_only && !a->source_only &&
            !a->preprocess_only)
            argp_error(state, "-o IMAGE is missing");
        if (a->image != NULL &&
            (has_suffix(a->image, ".c") || has_suffix(a->image, ".h") ||
             (has_suffix(a->image, ".asm") && !a->source_only)))
            argp_error(state, "-o %s would write over a source file", a->image);
        break;
    default:
        return ARGP_ERR_UNKNOWN;
    }
    return 0;
}

/* ---- the SDK ------------------------------------------------------------- */

/* It is beside the folder build/bin that this program is in. */
const char *
sdk_folder(void)
{
    static const char *found;
    char self[PATH_MAX], *slash;
    ssize_t n;

    if (found == NULL)
        found = getenv("CPLAB_SDK");
    while (found != NULL && strncmp(found, "./", 2) == 0)
        found += 2;
    if (found != NULL)
        return found;
    n = readlink("/proc/self/exe", self, sizeof(self) - 1);
    if (n < 0)
        fatal("cannot find out where cc370 is: set CPLAB_SDK to the folder "
              "machine/sdk");
    self[n] = '\0';
    for (int i = 0; i < 4 && (slash = strrchr(self, '/')) != NULL; i++) {
        *slash = '\0';
        found = cc_format("%s/machine/sdk", self);
        if (access(found, R_OK | X_OK) == 0)
            return found;
    }
    fatal("cannot find the folder machine/sdk above %s: set CPLAB_SDK to it",
          self);
}

/* ---- units --------------------------------------------------------------- */

/* The file's name without folder and suffix, with a number if there are two
 * of that name: it becomes part of static names. */
static const char *
unit_name(const char *path)
{
    static const char **used;
    static int n;
    const char *base = strrchr(path, '/');
    char *name = cc_format("%s", base == NULL ? path : base + 1);
    int same = 1;

    *strrchr(name, '.') = '\0';
    for (char *p = name + cc_word(name); *p != '\0'; p += cc_word(p))
        *p = '_';
    for (int i = 0; i < n; i++)
        same += strcmp(used[i], name) == 0;
    used = cc_room(used, n, sizeof(*used));
    used[n++] = name;
    return same == 1 ? name : cc_format("%s~%d", name, same);
}

/* The file that a preprocessed text was: its first line says it. */
static const char *
original_name(const char *text, const char *path)
{
    const char *name = text + strcspn(text, "\"\n");

    if (text[0] != '#' || *name != '"')
        return path;
    name = cc_intern(name + 1, strcspn(name + 1, "\""));
    return is_c(name) ? name : path;
}

/* The place in one of the two folders for the text of a file: its path, from
 * the SDK's folder on, with ~ for /. */
static char *
kept_path(const char *kept, const char *path)
{
    const char *sdk = sdk_folder();
    size_t n = strlen(sdk);
    char *name = cc_format(
        "%s.i", strncmp(path, sdk, n) == 0 && path[n] == '/' ? path + n : path);

    for (char *p = name; *p != '\0'; p++)
        if (*p == '/')
            *p = '~';
    return cc_format("%s/%s", kept, name);
}

/* What to read for a C file: the text that is kept, or itself. */
static const char *
source_of(const char *path)
{
    const char *kept =
        kept_folder != NULL ? kept_path(kept_folder, path) : path;

    return access(kept, R_OK) == 0 ? kept : path;
}

static void
keep(const char *path, const char *text)
{
    const char *place = kept_path(keep_folder, path);
    FILE *f = cc_create(place);

    fputs(text, f);
    cc_close(f, place);
}

bool
unit_add(const char *path)
{
    const char *source = source_of(path);
    bool preprocessed = !has_suffix(source, ".c");
    size_t n;
    char *text = cc_read(source, &n);

    if (text == NULL)
        error_plain("cannot read %s: %s", path, strerror(errno));
    else if (!preprocessed)
        text = preprocess(path);
    if (text == NULL)
        return false;
    if (keep_folder != NULL)
        keep(path, text);
    parse_unit(lex(text, path), unit_name(original_name(text, path)));
    return true;
}

/* ---- the work ------------------------------------------------------------ */

static void
stop_after_errors(void)
{
    if (error_count() > 0)
        exit(1);
}

/* All C files at once: those of the program and, for an image, those that the
 * library has.  Where there are texts from before, there are those of what a
 * program needs of the library. */
static void
preprocess_all(const struct arguments *a)
{
    const char **path = cc_alloc((size_t)a->nfiles * sizeof(*path));
    bool has_c = false;
    int n = 0;

    for (int i = 0; i < a->nfiles; i++) {
        has_c |= is_c(a->file[i]);
        if (has_suffix(source_of(a->file[i]), ".c"))
            path[n++] = a->file[i];
    }
    preprocess_ahead(path, n);
    if (has_c && !a->syntax_only && kept_folder == NULL) {
        path = library_members(".c", &n);
        preprocess_ahead(path, n);
    }
}

static void
read_files(const struct arguments *a)
{
    if (!a->nostartfiles)
        asm_add(cc_format("%s/lib/crt0.asm", sdk_folder()), true);
    for (int i = 0; i < a->nfiles; i++)
        if (has_suffix(a->file[i], ".asm"))
            asm_add(a->file[i], false);
    preprocess_all(a);
    for (int i = 0; i < a->nfiles; i++)
        if (is_c(a->file[i]))
            unit_add(a->file[i]);
    stop_after_errors();
    program_check();
    stop_after_errors();
}

/* The NASM source, or `text`, to a file or standard output. */
static void
write_text(const char *path, const char *text)
{
    FILE *out = path == NULL ? stdout : cc_create(path);

    if (text != NULL)
        fputs(text, out);
    else
        image_source(out, NULL, SOURCE_ALL);
    cc_close(out, path == NULL ? "the standard output" : path);
}

int
main(int argc, char **argv)
{
    static const struct argp argp = {.options = options,
                                     .parser = parse_option,
                                     .args_doc = args_doc,
                                     .doc = doc};
    struct arguments a = {.image = NULL};

    argp_err_exit_status = 1;
    setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
    argp_parse(&argp, argc, argv, 0, NULL, &a);
    preprocess_option(cc_format("-I%s/include", sdk_folder()));
    preprocess_option(cc_format("-fmacro-prefix-map=%s=sdk", sdk_folder()));
    if (a.preprocess_only) {
        const char *text = preprocess(a.file[0]);

        stop_after_errors();
        write_text(a.image, text);
        return 0;
    }
    read_files(&a);
    if (a.syntax_only)
        return 0;
    program_select(a.dump_ir);
    stop_after_errors();
    image_layout();
    if (a.source_only)
        write_text(a.image, NULL);
    else
        link_image(a.image, keep_folder, kept_folder);
    return 0;
}
