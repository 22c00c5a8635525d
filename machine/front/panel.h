/*
 * panel.h - the operator's panel
 *
 * The panel shows the machine from outside and has the keys of its console.
 * panel_model.c says what there is to show, panel_source.c finds lines of C,
 * panel_draw.c draws it, panel_keys.c takes the person's keys, and
 * panel_act.c does what they stand for.  Looking changes nothing in the
 * machine: all reading goes through the functions of machine.h that promise
 * it.
 */
#ifndef FRONT_PANEL_H
#define FRONT_PANEL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <wchar.h>

#include "editor.h"
#include "machine.h"

struct session;

enum interruption { EXTERNAL, SVC, PROGRAM, IO, MACHINE_CHECK, INTERRUPTIONS };

/* What the person is asked for. */
enum panel_question {
    ASK_NOTHING,
    ASK_UNIT,     /* of the load-unit dials */
    ASK_COMPARE,  /* address-compare stop */
    ASK_ADDRESS,  /* of the storage window */
    ASK_STORE,    /* bytes for the storage window's address */
    ASK_REGISTER, /* NAME=VALUE */
    ASK_TOD,
    ASK_MAP,
};

/* The CPU's registers at one moment. */
struct panel_registers {
    uint32_t gr[16], cr[16];
    uint64_t fr[4]; /* floating-point registers 0, 2, 4, 6 */
    uint64_t psw, tod, comparator, timer, prefix;
};

/* The counters at one moment. */
struct panel_counts {
    uint64_t insns, interruptions[INTERRUPTIONS];
};

struct panel {
    struct machine *m;
    bool step_rate;     /* instruction step; otherwise process */
    uint16_t load_unit; /* on the dials */
    bool load_failed;   /* the last IPL has not come to its end */
    bool compare;       /* stop at compare_address */
    uint32_t compare_address;
    uint32_t storage; /* first address of the window */
    uint32_t listing; /* first address of the disassembly */
    unsigned first_device;
    struct panel_registers before; /* when it was started last */
    bool started;                  /* there is such a moment */

    struct panel_counts sample; /* at sample_ns by the wall clock */
    uint64_t sample_ns;
    struct panel_counts per_second;

    enum panel_question question;
    struct editor editor;
    char message[300]; /* until the next key; "" for none */
};

/* ---- panel_model.c ------------------------------------------------------- */

void panel_init(struct panel *p, struct machine *m);
void panel_registers_get(const struct machine *m, struct panel_registers *r);

enum panel_lamp {
    LAMP_SYS,  /* the CPU executes instructions, or a device works */
    LAMP_MAN,  /* stopped by the operator, or by reset */
    LAMP_WAIT, /* wait state */
    LAMP_TEST, /* a switch is not in its normal place */
    LAMP_LOAD, /* an initial program loading failed */
    LAMPS,
};
/* The lamps that are lit, a bit each. */
unsigned panel_lamps(const struct panel *p, bool stopped, bool manual);

/* A PSW field by field, such as "CC 2"; in `buf` for one line of 80. */
void panel_psw_fields(uint64_t psw, char *buf, size_t size);

enum { PANEL_TEXT = 160 };

/* A line of the disassembly: an instruction, or the place of those that
 * follow: file, line, and its text. */
struct panel_line {
    bool place;
    bool current;     /* the instruction that is next */
    uint32_t address; /* logical */
    uint8_t bytes[6];
    unsigned len;          /* 0: no storage there */
    char text[PANEL_TEXT]; /* ISO 8859-1 */
};
/* Fill `n` lines round the instruction address. */
void panel_list(struct panel *p, struct panel_line *lines, unsigned n);

/* Work out the rates again when half a second has passed. */
void panel_sample(struct panel *p, uint64_t wall_ns);

/* The attached devices, at most `room`; returns how many there are. */
unsigned panel_devices(const struct panel *p, struct machine_activity *list,
                       unsigned room);

/* ---- panel_source.c ------------------------------------------------------ */

/* Line `number` of a source file without its indentation, as the map names
 * it: seen from the folder the program runs in.  False: not to be had. */
bool panel_source(const char *file, unsigned number, char *buf, size_t size);

/* ---- panel_act.c: the keys of the machine -------------------------------- */

void panel_start(struct session *s); /* at instruction step: one of them */
void panel_stop(struct session *s);
void panel_step(struct session *s);
void panel_reset(struct session *s, bool clear);
void panel_load(struct session *s);
void panel_restart(struct session *s);
void panel_interrupt(struct session *s);
/* The answer to p->question.  False, with a message, when it is wrong: it is
 * asked again. */
bool panel_answer(struct session *s, const char *text);

/* ---- panel_keys.c, panel_draw.c ------------------------------------------ */

/* As key_pressed(); false: the key means nothing to the panel. */
bool panel_key(struct session *s, wint_t key, bool function);
/* What a question asks, for the line it is answered on. */
void panel_question_text(const struct panel *p, char *buf, size_t size);

/* Draw all but the tabs.  Returns the cursor's column in row
 * panel_input_row(), or -1: no cursor. */
int panel_draw(struct session *s);
void panel_colours(void); /* when the screen is opened */
int panel_input_row(void);
unsigned panel_devices_shown(void);
unsigned panel_storage_rows(void);

#endif
