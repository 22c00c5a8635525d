/*
 * fault_words.h - a scripted fault, between its words and the channel
 *
 * fault_words.c fills one in from its words; fault.c, the only caller, keeps it
 * at its device and counts it down as it strikes.
 */
#ifndef IO_FAULT_WORDS_H
#define IO_FAULT_WORDS_H

#include "channel.h"

enum fault_kind {
    FAULT_DATA_CHECK,
    FAULT_EQUIPMENT,
    FAULT_INTERVENTION,
    FAULT_UNIT_CHECK,
    FAULT_BUSY,
    FAULT_CONTROL_UNIT_BUSY,
    FAULT_KINDS,
};

enum {
    FAULT_TEXT_MAX = 200,
    FAULT_ANY = -1,
};
#define FAULT_UNTIL_CLEARED UINT64_MAX

struct fault {
    struct fault *next;
    struct device *dev;
    enum fault_kind kind;
    uint64_t after;    /* commands that still go well */
    uint64_t count;    /* times it still strikes, or FAULT_UNTIL_CLEARED */
    uint64_t lasts_ns; /* 0: not limited by time */
    uint64_t at_ns;
    int64_t command, cylinder, head; /* or FAULT_ANY */
    uint8_t sense[SENSE_MAX];        /* in place of the device's own ... */
    unsigned nsense;                 /* ... so many from byte 0 on */
    bool struck;
    struct event event;        /* the end of lasts_ns */
    char text[FAULT_TEXT_MAX]; /* its words, a blank between two */
};

/* One of the two kinds of busy: START I/O meets it, no command does. */
static inline bool
fault_makes_busy(const struct fault *f)
{
    return f->kind == FAULT_BUSY || f->kind == FAULT_CONTROL_UNIT_BUSY;
}

/* Fill in what the words say, the kind first (argc >= 1).  The caller has set
 * the device, count to FAULT_UNTIL_CLEARED, the conditions to FAULT_ANY and
 * the rest to 0.  0, or -1 after machine_fail(); the fault is then half filled
 * in and good only to be freed. */
int fault_parse(struct fault *f, int argc, char *const argv[]);

#endif
