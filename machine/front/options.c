/*
 * options.c - what the command lines of `machine` and `console` share
 */
#include "options.h"

#include <stdio.h>

#include "front.h"
#include "sheet.h"
#include "stop.h"

enum { OPT_STORAGE = 512, OPT_IPL, OPT_LIMIT, OPT_MAP, OPT_RECORD, OPT_REPLAY };

static const struct argp_option options[] = {
    {"config", 'f', "CONFIG", 0, "Take the machine's description from CONFIG",
     0},
    {"storage", OPT_STORAGE, "SIZE", 0, "Size of storage: 64K to 16M", 0},
    {"ipl", OPT_IPL, "ADDR", 0, "IPL from device ADDR (hexadecimal)", 0},
    {"max-instructions", OPT_LIMIT, "N", 0,
     "Stop after N instructions (decimal)", 0},
    {"map", OPT_MAP, "FILE", 0,
     "Show names and lines of C from FILE, the map of an image at 0", 0},
    {"record", OPT_RECORD, "FILE", 0, "Record every input of the run in FILE",
     0},
    {"replay", OPT_REPLAY, "FILE", 0,
     "Repeat the run that was recorded in FILE; all files of the machine are "
     "left alone",
     0},
    {0},
};

void
common_options_default(struct common_options *o)
{
    *o = (struct common_options){.limit_insns = UINT64_MAX};
}

uint16_t
option_device(struct argp_state *state, const char *name, const char *arg)
{
    uint64_t value = 0;

    if (!word_number(arg, 16, 0xFFFF, &value))
        argp_error(state,
                   "--%s %s: not a device address; write hexadecimal digits, "
                   "as in --%s 00C",
                   name, arg, name);
    return (uint16_t)value;
}

static error_t
parse_option(int key, char *arg, struct argp_state *state)
{
    struct common_options *o = state->input;

    switch (key) {
    case 'f':
        o->config = arg;
        return 0;
    case OPT_STORAGE:
        if (!word_size(arg, &o->storage_bytes) || o->storage_bytes == 0)
            argp_error(state, "--storage %s: not a size; write 16M or 512K",
                       arg);
        return 0;
    case OPT_IPL:
        o->ipl_devno = option_device(state, "ipl", arg);
        o->ipl = true;
        return 0;
    case OPT_LIMIT:
        if (!word_number(arg, 10, UINT64_MAX, &o->limit_insns))
            argp_error(state, "--max-instructions %s: not a decimal number",
                       arg);
        return 0;
    case OPT_MAP:
        o->map = arg;
        return 0;
    case OPT_RECORD:
        o->record = arg;
        return 0;
    case OPT_REPLAY:
        o->replay = arg;
        return 0;
    case ARGP_KEY_ARG:
        argp_error(state, "%s: unexpected; files and addresses follow options",
                   arg);
        return 0;
    case ARGP_KEY_END:
        if (o->replay != NULL && (o->ipl || o->record != NULL))
            argp_error(state, "--replay: the record has the IPL and all other "
                              "input; leave --ipl and --record away");
        if (o->replay != NULL && o->limit_insns != UINT64_MAX)
            argp_error(state, "--replay: a run ends where it was recorded to "
                              "end; leave --max-instructions away (machine "
                              "--until N stops it before)");
        return 0;
    default:
        return ARGP_ERR_UNKNOWN;
    }
}

const struct argp common_options = {.options = options, .parser = parse_option};

struct machine *
options_machine(const struct common_options *o, const char *program)
{
    struct machine_options opt;
    struct machine *m;
    char err[500];

    machine_options_default(&opt);
    opt.private_media = o->replay != NULL;
    if (o->config != NULL) {
        m = machine_from_file(o->config, &opt, o->storage_bytes, err,
                              sizeof(err));
    } else {
        if (o->storage_bytes != 0)
            opt.storage_bytes = o->storage_bytes;
        m = machine_create(&opt, err, sizeof(err));
    }
    if (m == NULL)
        fprintf(stderr, "%s: %s\n", program, err);
    else if (o->map != NULL && machine_map_load(m, o->map, 0) != 0) {
        fprintf(stderr, "%s: %s\n", program, machine_error(m));
        machine_destroy(m);
        m = NULL;
    }
    return m;
}

int
options_replay_over(struct machine *m, const char *program, struct sheet *sheet,
                    enum replay_end end)
{
    sheet_new_line(sheet);
    fflush(stdout);
    if (end == REPLAY_DIVERGED || end == REPLAY_DAMAGED) {
        fprintf(stderr, "%s: replay: %s\n", program, machine_error(m));
        return end == REPLAY_DIVERGED ? STATUS_GUEST : STATUS_INPUT;
    }
    fprintf(stderr, "%s: replay: %s %llu instructions, state hash %016llX\n",
            program,
            end == REPLAY_COMPLETE
                ? "as recorded:"
                : "the record was cut off, and is right up to there:",
            (unsigned long long)machine_count(m),
            (unsigned long long)machine_hash(m));
    return STATUS_OK;
}
