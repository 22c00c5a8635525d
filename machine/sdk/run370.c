/*
 * run370.c - run a program on a bare System/370
 *
 *     run370 [OPTIONS] FILE.c ... | IMAGE
 *
 * Sources are compiled with cc370 first.  The image is stored at location 0
 * and started with the PSW there, as after IPL; the console at 009 is
 * standard input and output.  A disabled wait ends the run; its code, which
 * is main()'s value, becomes the exit status.  Of what else ends a program
 * (crt0.asm tells the codes) there is a message, and the exit status is 2.
 */
#include <argp.h>
#include <errno.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "machine.h"

extern char **environ;

enum { CONSOLE = 0x009, CANCELLED_MAX = 3, ASSIGNED = 0x200 };

struct run {
    /* What cc370 is called with: argv[0] and "-o IMAGE" included. */
    char **argv;
    int argc;
    int nsources, nimages;
    const char *image;
    uint64_t limit;
    uint32_t storage_kib;
    char folder[32]; /* of an image that was made here; empty: none */
    struct machine *m;
    char *line; /* typed on standard input, not yet taken */
    size_t line_size;
    bool have_line, at_end;
    int cancelled; /* reads ended by the cancel key */
};

static struct argp_option option_table[] = {
    {"include", 'I', "DIR", 0, "for cc370", 0},
    {"define", 'D', "NAME[=V]", 0, "for cc370", 0},
    {"warn", 'W', "NAME", 0, "for cc370", 0},
    {"storage", 's', "KIB", 0, "KiB of storage (default: 16384)", 0},
    {"max-instructions", 'n', "N", 0, "stop after N instructions", 0},
    {0},
};

static void
add_argument(struct run *r, const char *letter, const char *text)
{
    size_t len = strlen(letter) + strlen(text) + 1;
    char *argument = malloc(len);

    if (argument == NULL) {
        fprintf(stderr, "run370: no memory\n");
        exit(2);
    }
    snprintf(argument, len, "%s%s", letter, text);
    r->argv[r->argc++] = argument;
}

static bool
ends_in(const char *name, const char *end)
{
    size_t len = strlen(name);

    return len > strlen(end) && strcmp(name + len - strlen(end), end) == 0;
}

static uint64_t
number(struct argp_state *state, const char *what, const char *text,
       uint64_t max)
{
    char *end;
    unsigned long long value;

    errno = 0;
    value = strtoull(text, &end, 10);
    if (errno != 0 || *text < '0' || *text > '9' || *end != 0 || value > max)
        argp_error(state, "%s \"%s\": a number from 0 to %llu is wanted", what,
                   text, (unsigned long long)max);
    return value;
}

static error_t
parse(int key, char *arg, struct argp_state *state)
{
    struct run *r = state->input;

    switch (key) {
    case 'I':
        add_argument(r, "-I", arg);
        return 0;
    case 'D':
        add_argument(r, "-D", arg);
        return 0;
    case 'W':
        add_argument(r, "-W", arg);
        return 0;
    case 's':
        r->storage_kib = (uint32_t)number(state, "--storage", arg, 16 * 1024);
        return 0;
    case 'n':
        r->limit = number(state, "--max-instructions", arg, UINT64_MAX);
        return 0;
    case ARGP_KEY_ARG:
        if (ends_in(arg, ".c") || ends_in(arg, ".asm")) {
            add_argument(r, "", arg);
            r->nsources++;
        } else {
            r->image = arg;
            r->nimages++;
        }
        return 0;
    case ARGP_KEY_END:
        if (r->nimages > 1 || (r->nimages == 1) == (r->nsources > 0))
            argp_error(state, "name the C and assembler files of a program, "
                              "or one image");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

/* ---- compiling ----------------------------------------------------------- */

static const char *const image_parts[] = {"", ".lst", ".map", NULL};

static void
folder_remove(const struct run *r)
{
    char path[64];
    int i;

    if (r->folder[0] == 0)
        return;
    for (i = 0; image_parts[i] != NULL; i++) {
        snprintf(path, sizeof(path), "%s/image%s", r->folder, image_parts[i]);
        unlink(path);
    }
    rmdir(r->folder);
}

/* cc370 is in the folder that this program is in. */
static void
compiler_path(char *path, size_t size)
{
    ssize_t len = readlink("/proc/self/exe", path, size - 8);
    char *slash;

    path[len > 0 ? len : 0] = 0;
    slash = strrchr(path, '/');
    strcpy(slash != NULL ? slash + 1 : path, "cc370");
}

/* Returns cc370's exit status. */
static int
compile(struct run *r, char *image, size_t size)
{
    char compiler[4096];
    int status;
    pid_t pid;

    strcpy(r->folder, "/tmp/run370-XXXXXX");
    if (mkdtemp(r->folder) == NULL) {
        fprintf(stderr, "run370: %s: %s\n", r->folder, strerror(errno));
        r->folder[0] = 0;
        return 2;
    }
    snprintf(image, size, "%s/image", r->folder);
    compiler_path(compiler, sizeof(compiler));
    add_argument(r, "-o", "");
    add_argument(r, "", image);
    r->argv[0] = compiler;
    errno = posix_spawn(&pid, compiler, NULL, NULL, r->argv, environ);
    if (errno != 0 || waitpid(pid, &status, 0) < 0) {
        fprintf(stderr, "run370: %s: %s\n", compiler, strerror(errno));
        return 2;
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : 2;
}

/* ---- the console --------------------------------------------------------- */

static void
paper(void *ctx, const char *text, size_t len)
{
    (void)ctx;
    fwrite(text, 1, len, stdout);
}

static bool
next_line(struct run *r)
{
    ssize_t len;

    if (r->have_line || r->at_end)
        return r->have_line;
    fflush(stdout);
    len = getline(&r->line, &r->line_size, stdin);
    if (len < 0) {
        r->at_end = true;
        return false;
    }
    if (len > 0 && r->line[len - 1] == '\n')
        r->line[len - 1] = 0;
    r->have_line = true;
    return true;
}

/* The program waits for a line: type it, or press the cancel key at the end
 * of the file.  False when the program goes on reading after that. */
static bool
answer(struct run *r)
{
    if (!next_line(r)) {
        machine_cancel(r->m, CONSOLE);
        return ++r->cancelled <= CANCELLED_MAX;
    }
    if (machine_type(r->m, CONSOLE, r->line) != 0)
        fprintf(stderr, "run370: %s\n", machine_error(r->m));
    r->have_line = false;
    return true;
}

/* ---- running ------------------------------------------------------------- */

static uint32_t
word_at(const struct run *r, uint32_t raddr)
{
    uint8_t b[4] = {0};

    machine_read(r->m, raddr, b, sizeof(b));
    return (uint32_t)b[0] << 24 | (uint32_t)b[1] << 16 | (uint32_t)b[2] << 8 |
           b[3];
}

static void
say_where(const struct run *r, uint32_t raddr)
{
    char place[256];

    if (machine_map_where(r->m, raddr, place, sizeof(place)))
        fprintf(stderr, "%s\n", place);
    else
        fprintf(stderr, "X'%06X'\n", raddr);
}

/* Has the stack, which crt0.asm puts above the program, come down to this
 * address of the program?  Then it has been in the storage just above as well,
 * which was zero.  Says so. */
static bool
overflow(const struct run *r, uint32_t to)
{
    enum { ABOVE = 4096 };
    uint64_t r13 = 0;
    uint32_t end = 0, stack, at;

    machine_get(r->m, "gr13", &r13);
    stack = (uint32_t)r13 & 0xFFFFFF;
    machine_map_symbol(r->m, "__image_end", &end);
    at = end;
    while (at < end + ABOVE && word_at(r, at) == 0)
        at += 4;
    if (stack == 0 || stack >= (to < end ? to : end) || at == end + ABOVE)
        return false;
    fprintf(stderr,
            "run370: the stack has come down into the program, which ends at "
            "X'%06X'; R13 is X'%06X'.  Do calls go on without end, or are "
            "variables too large for it?\n",
            end, stack);
    return true;
}

/* What crt0.asm's wait codes mean; -1 when it is none of them. */
static int
explain(const struct run *r, uint32_t code)
{
    static const char *const program[] = {
        "",
        "operation",
        "privileged operation",
        "execute",
        "protection",
        "addressing",
        "specification",
        "data",
        "fixed-point overflow",
        "fixed-point divide",
        "decimal overflow",
        "decimal divide",
        "exponent overflow",
        "exponent underflow",
        "significance",
        "floating-point divide",
    };
    uint32_t old, at, cause;

    if (code >> 8 != 0xEE)
        return -1;
    old = code & 0xFF;
    at = word_at(r, old + 4);
    cause = word_at(r, old) & 0xFFFF;
    switch (old) {
    case 0x00:
        fprintf(stderr, "run370: storage is too small for this program\n");
        return 2;
    case 0x28:
        fprintf(stderr, "run370: program interruption X'%04X'%s%s at ", cause,
                cause > 0 && cause < 16 ? ", " : "",
                cause < 16 ? program[cause] : "");
        say_where(r, (at - 2 * (at >> 30)) & 0xFFFFFF);
        return 2;
    case 0x18:
    case 0x20:
    case 0x30:
    case 0x38:
        fprintf(stderr,
                "run370: the program has no handler for %s, X'%04X'; "
                "it came before the instruction at ",
                old == 0x18   ? "external interruptions"
                : old == 0x20 ? "supervisor calls"
                : old == 0x30 ? "machine checks"
                              : "I/O interruptions",
                cause);
        say_where(r, at & 0xFFFFFF);
        return 2;
    default:
        return -1;
    }
}

/* The PSW waits for ever. */
static int
ended(const struct run *r)
{
    uint64_t psw = 0;
    uint32_t code;
    int status;

    machine_get(r->m, "psw", &psw);
    code = (uint32_t)psw & 0xFFFFFF;
    status = explain(r, code);
    /* Nobody's stack is in the assigned locations: the code is none. */
    if (overflow(r, status < 0 ? ASSIGNED : UINT32_MAX))
        return 2;
    return status < 0 ? (int)(code & 0xFF) : status;
}

static int
stopped(const struct run *r, const char *why)
{
    uint64_t ia = 0;

    machine_get(r->m, "ia", &ia);
    fprintf(stderr, "run370: %s at ", why);
    say_where(r, (uint32_t)ia & 0xFFFFFF);
    overflow(r, UINT32_MAX);
    return 2;
}

/* The machine has nothing to do, or its keyboard has just been opened: do what
 * an operator would.  False when there is nothing that would help. */
static bool
operate(struct run *r, enum machine_stop stop, bool *asked)
{
    if (machine_console_waiting(r->m, CONSOLE)) {
        *asked = false;
        return answer(r);
    }
    if (stop != STOP_IDLE)
        return true;
    /* It waits for the request key, if for anything. */
    if (*asked || !next_line(r))
        return false;
    machine_attention(r->m, CONSOLE);
    *asked = true;
    return true;
}

static int
run(struct run *r)
{
    bool asked = false; /* the request key was pressed, to no avail so far */

    machine_stop_at_read(r->m, true);
    for (;;) {
        uint64_t count = machine_count(r->m);
        enum machine_stop stop = machine_run(
            r->m, count < r->limit ? r->limit - count : 0, UINT64_MAX);

        fflush(stdout);
        switch (stop) {
        case STOP_WAIT:
            return ended(r);
        case STOP_LIMIT:
            return stopped(r, "the limit of instructions was reached");
        case STOP_CHECK:
            return stopped(r, "check stop");
        default:
            if (!operate(r, stop, &asked))
                return stopped(r, r->cancelled > 0
                                      ? "the program reads on after the end "
                                        "of its input"
                                      : "the program waits for an "
                                        "interruption that cannot come");
        }
    }
}

/* A machine with the usual devices and the image at 0. */
static int
set_up(struct run *r, const char *image)
{
    struct machine_options opt;
    char error[256];

    machine_options_default(&opt);
    opt.storage_bytes = r->storage_kib * 1024;
    r->m = machine_create(&opt, error, sizeof(error));
    if (r->m == NULL) {
        fprintf(stderr, "run370: %s\n", error);
        return 1;
    }
    if (machine_attach(r->m, CONSOLE, "3215", 0, NULL) != 0 ||
        machine_console_listen(r->m, CONSOLE, paper, NULL) != 0 ||
        machine_store_file(r->m, image, 0) != 0 ||
        machine_map_find(r->m, image, 0) != 0 || machine_restart(r->m) != 0) {
        fprintf(stderr, "run370: %s\n", machine_error(r->m));
        machine_destroy(r->m);
        return 1;
    }
    return 0;
}

int
main(int argc, char **argv)
{
    struct argp argp = {option_table,
                        parse,
                        "FILE.c... | IMAGE",
                        "Run a program on a bare System/370 with its console "
                        "on standard input and output.",
                        NULL,
                        NULL,
                        NULL};
    struct run r = {.limit = UINT64_MAX, .storage_kib = 16 * 1024};
    char built[64];
    int status = 0;

    argp_err_exit_status = 1;
    r.argv = calloc((size_t)argc + 4, sizeof(*r.argv));
    if (r.argv == NULL) {
        fprintf(stderr, "run370: no memory\n");
        return 2;
    }
    r.argc = 1;
    argp_parse(&argp, argc, argv, 0, NULL, &r);
    if (r.nsources > 0) {
        status = compile(&r, built, sizeof(built));
        r.image = built;
    }
    if (status == 0)
        status = set_up(&r, r.image);
    folder_remove(&r);
    if (status == 0) {
        status = run(&r);
        machine_destroy(r.m);
    }
    for (argc = 1; argc < r.argc; argc++)
        free(r.argv[argc]);
    free(r.argv);
    free(r.line);
    return status;
}
