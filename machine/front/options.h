/*
 * options.h - what the command lines of `machine` and `console` share
 */
#ifndef FRONT_OPTIONS_H
#define FRONT_OPTIONS_H

#include <argp.h>
#include <stdbool.h>
#include <stdint.h>

#include "machine.h"

struct sheet;

struct common_options {
    const char *config; /* NULL: none was given */
    const char *map;
    const char *record;
    const char *replay;
    uint32_t storage_bytes; /* 0: as the configuration says */
    bool ipl;
    uint16_t ipl_devno;
    uint64_t limit_insns; /* UINT64_MAX: none was given */
};

/* The options -f, --storage, --ipl, --map, --record, --replay,
 * --max-instructions, as a child of a program's own parser; its input is a
 * struct common_options that common_options_default() has filled in. */
extern const struct argp common_options;
void common_options_default(struct common_options *o);
/* The number of a device in an option's argument. */
uint16_t option_device(struct argp_state *state, const char *name,
                       const char *arg);

/* options.c: the machine that the options describe.  NULL after a message of
 * `program`. */
struct machine *options_machine(const struct common_options *o,
                                const char *program);
/* Tell, as `program`, how a replay came to its end.  Returns the exit
 * status. */
int options_replay_over(struct machine *m, const char *program,
                        struct sheet *sheet, enum replay_end end);

#endif
