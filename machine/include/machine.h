/*
 * machine.h - the simulated System/370 as its users see it
 *
 * A struct machine is one whole computer: central processing unit, main
 * storage with keys, clocks, channels and the devices attached to them.  It
 * is a plain value of the program that made it: no globals, many machines in
 * one process, each used by one thread at a time.
 *
 * A machine does nothing by itself.  machine_run() lets it execute until
 * there is a reason to stop; between two calls every register and byte can be
 * looked at and changed.  Time is virtual (nanoseconds since the machine was
 * switched on): an instruction takes a fixed time, a device operation that of
 * its manual, and a wait costs nothing.  A run is a function of the image,
 * the configuration and the input given through these functions, to the last
 * instruction.
 *
 * Functions that can fail return 0, or -1 with a message for the user in
 * machine_error(): what was wrong, where, and what to do.
 */
#ifndef MACHINE_H
#define MACHINE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct machine;

/* What a machine is made of.  machine_options_default() fills it in. */
struct machine_options {
    uint32_t storage_bytes; /* 64 KiB to 16 MiB, a multiple of 4 KiB */
    uint32_t cpu_serial;    /* six hexadecimal digits, stored by STIDP */
    uint32_t cpu_mips;      /* instructions a microsecond: 1000 / it in ns */
    uint64_t tod_start;     /* TOD clock value at switch-on (bit 51 = 1 us) */
    uint32_t output_bytes;  /* that a guest can make each device write, and a
                               record of a run grow by: 64 KiB to 1 GiB */
    bool private_media;     /* devices leave the files behind them alone, and
                               work on copies that nobody sees; lines to other
                               machines are not opened */
};

/* An instruction takes a whole number of nanoseconds, 1000 / cpu_mips. */
#define MACHINE_SPEEDS \
    "1 to 100 million instructions a second, or 125, 200, 250, 500 or 1000"
bool machine_speed_is_right(uint32_t cpu_mips);

/* Why machine_run() came back. */
enum machine_stop {
    STOP_LIMIT,  /* the instruction or time limit was reached */
    STOP_WAIT,   /* a wait PSW that no interruption can end */
    STOP_IDLE,   /* an enabled wait, and nothing is under way that could end
                    it but input from outside */
    STOP_CHECK,  /* check stop: the machine cannot go on */
    STOP_BREAK,  /* the next instruction is at a breakpoint */
    STOP_DEVICE, /* something happened that a listener asked to stop at */
};

void machine_options_default(struct machine_options *opt);

/* A new machine in the cleared state, no devices; NULL, with a message in
 * err, when the options are out of range or the host has no memory. */
struct machine *machine_create(const struct machine_options *opt, char *err,
                               size_t err_size);
void machine_destroy(struct machine *m);
/* Make `m` again what machine_create() makes of `opt`, which asks for as much
 * storage as it has, and put the `len` bytes at `image` into storage from
 * address 0.  Instructions that were decoded, and are there again, remain so:
 * many runs of one program begin far sooner.  After an error nothing is left to
 * be done with `m` but to destroy it. */
int machine_renew(struct machine *m, const struct machine_options *opt,
                  const void *image, size_t len);

/* A machine as configuration file `path` describes it (handbook, "The
 * configuration file").  `opt` gives the defaults; when storage_override is
 * not 0 it replaces MAINSIZE.  NULL with a message (file:line: word ...). */
struct machine *machine_from_file(const char *path,
                                  const struct machine_options *opt,
                                  uint32_t storage_override, char *err,
                                  size_t err_size);

/* The message of the last function that failed on this machine. */
const char *machine_error(const struct machine *m);

/* Devices.  `devno` is X'cuu'; type a word such as "3215"; argv its words.
 * To attach the type that is there already is to change its medium: cards go
 * into the reader's hopper, a reel onto the tape drive. */
int machine_attach(struct machine *m, uint16_t devno, const char *type,
                   int argc, char *const argv[]);
int machine_detach(struct machine *m, uint16_t devno);
/* The attached devices in address order: calls fn for each with a line such
 * as "000C 3505 deck.txt ascii" for people. */
void machine_devices(struct machine *m,
                     void (*fn)(void *ctx, uint16_t devno, const char *type,
                                const char *description),
                     void *ctx);

/* What the devices have done and are doing, for people: calls fn for each in
 * address order. */
struct machine_activity {
    uint16_t devno;
    const char *type;
    bool busy;         /* with a command or with what follows one */
    bool pending;      /* an interruption of it waits for the CPU */
    uint8_t command;   /* sent to it last */
    uint64_t commands; /* sent to it so far; 0: `command` means nothing */
};
void machine_activities(const struct machine *m,
                        void (*fn)(void *ctx, const struct machine_activity *a),
                        void *ctx);

/* Script a fault of a device; argv as in a FAULT statement of a configuration
 * (handbook, "Faults"), or "clear" alone to end all of the device's.  faults()
 * calls fn for each that has not struck for the last time. */
int machine_fault(struct machine *m, uint16_t devno, int argc,
                  char *const argv[]);
void machine_faults(struct machine *m,
                    void (*fn)(void *ctx, uint16_t devno, const char *words),
                    void *ctx);

/* Operator's keys.  ipl() performs the whole initial program loading (system
 * reset, read, channel program, PSW) in virtual time. */
void machine_reset(struct machine *m, bool clear);
int machine_ipl(struct machine *m, uint16_t devno);
int machine_restart(struct machine *m);
void machine_external_key(struct machine *m);
int machine_store_file(struct machine *m, const char *path, uint32_t addr);

/* Execute until something stops the machine, at most `insns` instructions
 * (UINT64_MAX: no limit) and not past virtual time `until_ns` (likewise).  An
 * idle machine (STOP_IDLE) waits, and its clocks run, until `until_ns`; with
 * no such limit it comes back at once. */
enum machine_stop machine_run(struct machine *m, uint64_t insns,
                              uint64_t until_ns);
uint64_t machine_count(const struct machine *m); /* instructions so far */
uint64_t machine_time(const struct machine *m);  /* virtual time, ns */

/* Registers by name: gr0-gr15, cr0-cr15, fr0 fr2 fr4 fr6, psw, prefix, tod,
 * cc (clock comparator), ct (CPU timer), ia (instruction address).  One table
 * (front/registers.c) serves monitor, panel and grader. */
int machine_get(const struct machine *m, const char *name, uint64_t *value);
int machine_set(struct machine *m, const char *name, uint64_t value);
bool machine_waiting(const struct machine *m); /* PSW wait bit */

/* Real storage.  Past its end: -1, nothing moved. */
uint32_t machine_storage_size(const struct machine *m);
int machine_read(const struct machine *m, uint32_t raddr, void *buf,
                 size_t len);
int machine_write(struct machine *m, uint32_t raddr, const void *buf,
                  size_t len);
int machine_key_get(const struct machine *m, uint32_t raddr, uint8_t *key);
int machine_key_set(struct machine *m, uint32_t raddr, uint8_t key);

/* Spoil the checking bits of the doubleword that holds a real address, for
 * faults to study: the CPU gets a machine check when it meets the place, the
 * channel a channel data check, until the whole doubleword is stored anew or
 * storage is cleared.  `corrected`: storage mends the byte and reports it. */
int machine_storage_error(struct machine *m, uint32_t raddr, bool corrected);

/* Snapshots.  save() gives the whole machine with its devices and what is on
 * their media as bytes that the caller frees; load() puts them into a machine
 * with the same storage and devices, which then goes on like the one that was
 * saved, instruction for instruction.  Media are files: they are written, and
 * are then as they were.  When load() fails because the bytes are damaged or
 * of another configuration, nothing has changed; when a medium could not be
 * written, the machine is reset.  Listeners, breakpoints, traces and maps are
 * no part of it. */
int machine_save(struct machine *m, uint8_t **bytes, size_t *len);
int machine_load(struct machine *m, const uint8_t *bytes, size_t len);
int machine_save_file(struct machine *m, const char *path);
int machine_load_file(struct machine *m, const char *path);

/* A hash of everything that decides how the machine goes on: registers,
 * storage and keys, clocks, pending interruptions, channels and devices with
 * the positions of their media (not the contents).  Equal on every host for
 * equal runs; it takes some milliseconds. */
uint64_t machine_hash(struct machine *m);

/* The real address of a logical one, as the CPU would translate it with its
 * present PSW: no exception and no record comes of it.  -1: it has none in
 * storage. */
int machine_real(const struct machine *m, uint32_t laddr, uint32_t *raddr);

/* A character of code page 037 in ISO 8859-1; for controls a blank. */
uint8_t machine_character(uint8_t code);

/* Records.  From machine_record() on, every input from outside (the functions
 * above and those of the consoles) is written to a file with the instruction
 * and the time at which it came, behind a snapshot; machine_record_end()
 * closes it, and is to be called before machine_destroy().  A line to another
 * machine cannot be recorded. */
int machine_record(struct machine *m, const char *path);
int machine_record_end(struct machine *m);

/* A replay loads the snapshot into a machine of the same configuration, which
 * should have private media, and lets it run as recorded, with the recorded
 * inputs, until `until_insns` instructions have been executed (PAUSED: also
 * at a breakpoint; it can go on), or to the end.  What the machine does is
 * compared with the record.  DIVERGED and DAMAGED have a message. */
enum replay_end {
    REPLAY_RUNNING, /* never returned */
    REPLAY_PAUSED,
    REPLAY_COMPLETE, /* the same to the end */
    REPLAY_CUT_OFF,  /* the record has no end, but was right up to here */
    REPLAY_DIVERGED,
    REPLAY_DAMAGED,
};
struct replay;
struct replay *machine_replay_open(struct machine *m, const char *path);
enum replay_end machine_replay_run(struct replay *r, uint64_t until_insns);
void machine_replay_close(struct replay *r);

/* Breakpoints stop before the instruction at a real instruction address; not
 * before the first one of a run, unless that goes on where another came to its
 * time limit. */
int machine_break_set(struct machine *m, uint32_t raddr);
void machine_break_clear(struct machine *m, uint32_t raddr);

/* Tracing: letters of the handbook's table ("i" instructions, "x"
 * interruptions, "c" channel programs, ...); NULL or "" is off.  limit()
 * narrows it until the next trace(): to logical addresses from..to of
 * instructions, translations and interruptions, and to `nlines` lines
 * (UINT64_MAX: any number).  Each line
 * goes to fn without a newline.  No cost when off. */
int machine_trace(struct machine *m, const char *letters,
                  void (*fn)(void *ctx, const char *line), void *ctx);

void machine_trace_limit(struct machine *m, uint32_t from, uint32_t to,
                         uint64_t nlines);

/* Maps (the .map beside an image): what stands where in storage.  load() adds
 * the file's symbols and lines at `base`, the address the image was loaded
 * at, in place of what was known about that part of storage.  find() looks
 * for FILE.map beside an image file and loads it; 0 also when there is none.
 * where() describes a real address, "kernel.c:112 (main+X'1C')", in buf;
 * false when no map knows it. */
int machine_map_load(struct machine *m, const char *path, uint32_t base);
int machine_map_find(struct machine *m, const char *image, uint32_t base);
bool machine_map_where(const struct machine *m, uint32_t raddr, char *buf,
                       size_t size);
bool machine_map_symbol(const struct machine *m, const char *name,
                        uint32_t *raddr);
/* The calls of a stopped program of a map, innermost first, from the save
 * areas: where the instruction is that is next or that calls, logical and real,
 * and in which function.  In a wait, or where the PSW is in no function, the
 * innermost one is that which R14 tells.  Returns how many of `max` there are.
 */
struct machine_call {
    uint32_t at, raddr;
    const char *name;
};
int machine_calls(const struct machine *m, struct machine_call *list, int max);

/* The instruction in `bytes` (6 of them) as assembler text.  Returns its
 * length, 2, 4 or 6; an operation code that is not there gives "DC X'....'". */
unsigned machine_disassemble(const uint8_t *bytes, char *buf, size_t size);

/* Counters by name, for people and graders: calls fn for each.  Instructions
 * are counted by class only while count_classes() is on, which makes the
 * machine some ten times slower. */
void machine_count_classes(struct machine *m, bool on);
void machine_counters(struct machine *m,
                      void (*fn)(void *ctx, const char *name, uint64_t value),
                      void *ctx);

/* The tracks of a disk that were written since it was attached, or that a
 * snapshot may have changed: calls fn for each in order. */
int machine_disk_written(struct machine *m, uint16_t devno,
                         void (*fn)(void *ctx, unsigned cylinder,
                                    unsigned head),
                         void *ctx);

/* 3215 consoles.  Output arrives as ASCII/UTF-8 with '\n' at a new line as it
 * is printed.  type() puts a line (ASCII, no '\n') into the keyboard: it is
 * taken by the read that waits for it, or by the next one; attention()
 * presses the request key.  `waiting` says that a read is pending and its
 * keyboard is open (PROCEED light). */
int machine_console_listen(struct machine *m, uint16_t devno,
                           void (*fn)(void *ctx, const char *text, size_t len),
                           void *ctx);
int machine_type(struct machine *m, uint16_t devno, const char *text);
int machine_attention(struct machine *m, uint16_t devno);
int machine_cancel(struct machine *m, uint16_t devno); /* cancel key */
bool machine_console_waiting(const struct machine *m, uint16_t devno);
/* The read that waits asked for no echo (command X'0A' with inhibited print);
 * false when no read waits. */
bool machine_console_hidden(const struct machine *m, uint16_t devno);
/* Stop machine_run() with STOP_DEVICE whenever a console read starts to wait
 * for a line. */
void machine_stop_at_read(struct machine *m, bool on);

#endif
