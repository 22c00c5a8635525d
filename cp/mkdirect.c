/*
 * mkdirect.c - host tool: checks a directory in VM/370's statements and makes
 * the C table that CP is built with (compare DMKDIR, the DIRECT command)
 *
 * mkdirect_read.c knows the statements; here are the command line and the
 * table.  The table is only written when the statements have no error.
 */
#include <argp.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mkdirect.h"

/* ---- the table ----------------------------------------------------------- */

static void
write_devices(FILE *out, const struct user *user)
{
    int i;

    fprintf(out, "\nstatic const struct dir_device devices_%s[] = {\n",
            user->userid);
    for (i = 0; i < user->ndevices; i++) {
        const struct device *device = &user->devices[i];

        fprintf(out, "    {0x%03X, %s, '%c', %u, %u, \"%s\", %d},\n",
                device->vaddr, device->class, device->spool_class,
                device->first, device->cylinders, device->volser,
                device->may_write);
    }
    fprintf(out, "};\n");
}

static void
write_table(FILE *out, const struct directory *d)
{
    size_t i;

    fprintf(out,
            "/* Made from %s by mkdirect. */\n"
            "#include \"cp/directory.h\"\n"
            "#include \"cp/vdevice.h\"\n",
            d->file);
    for (i = 0; i < d->nusers; i++)
        write_devices(out, &d->users[i]);
    fprintf(out, "\nconst struct dir_user directory[] = {\n");
    for (i = 0; i < d->nusers; i++) {
        const struct user *user = &d->users[i];

        fprintf(out,
                "    {\"%s\", \"%s\", \"%s\", 0x%X, 0x%X, 0x%X, %s, %d,\n"
                "     devices_%s},\n",
                user->userid, user->password, user->dist, user->storage,
                user->maximum, user->classes, user->ecmode ? "true" : "false",
                user->ndevices, user->userid);
    }
    fprintf(out, "};\nconst uint32_t directory_count = %zu;\n", d->nusers);
}

/* ---- command line -------------------------------------------------------- */

struct options {
    const char *input, *output;
};

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct options *options = state->input;

    switch (key) {
    case 'o':
        options->output = arg;
        return 0;
    case ARGP_KEY_ARG:
        if (options->input != NULL)
            argp_usage(state);
        options->input = arg;
        return 0;
    case ARGP_KEY_END:
        if (options->input == NULL || options->output == NULL)
            argp_usage(state);
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

int
main(int argc, char *argv[])
{
    static const struct argp_option known[] = {
        {"output", 'o', "FILE", 0, "write the C table to FILE", 0},
        {0},
    };
    static const struct argp argp = {
        known,
        parse_option,
        "-o FILE DIRECTORY",
        "Check a VM/370 directory and make the table that CP is built with.",
        NULL,
        NULL,
        NULL};
    struct options options = {0};
    struct directory d = {0};
    FILE *in, *out;

    argp_err_exit_status = 1;
    argp_parse(&argp, argc, argv, 0, NULL, &options);
    in = fopen(options.input, "r");
    if (in == NULL) {
        fprintf(stderr, "mkdirect: cannot read %s: %s\n", options.input,
                strerror(errno));
        return 1;
    }
    d.file = options.input;
    directory_read(&d, in);
    fclose(in);
    if (d.errors > 0) {
        free(d.users);
        return 1;
    }
    out = fopen(options.output, "w");
    if (out == NULL) {
        fprintf(stderr, "mkdirect: cannot write %s: %s\n", options.output,
                strerror(errno));
        free(d.users);
        return 1;
    }
    write_table(out, &d);
    free(d.users);
    if (fclose(out) != 0) {
        fprintf(stderr, "mkdirect: cannot write %s: %s\n", options.output,
                strerror(errno));
        return 1;
    }
    return 0;
}
