/*
 * board.h - a machine on the test bench: what the tests in C do to it
 *
 * Storage as the tests use it: the instruction to execute at X'400', channel
 * programs and data wherever the test likes above X'1000'.  All functions
 * treat failure of the machine itself as the end of the test program.
 */
#ifndef TESTS_BOARD_H
#define TESTS_BOARD_H

#include "machine.h"

/* CCW flags; unit and channel status as they stand in the CSW. */
enum {
    CD = 0x80,
    CC = 0x40,
    SLI = 0x20,
    SKIP = 0x10,
    PCI = 0x08,
    IDA = 0x04,
};
enum {
    ATTENTION = 0x8000,
    MODIFIER = 0x4000,
    CONTROL_UNIT_END = 0x2000,
    BUSY = 0x1000,
    CE = 0x0800,
    DE = 0x0400,
    UC = 0x0200,
    UX = 0x0100,
    CPCI = 0x80,
    IL = 0x40,
    PROGRAM = 0x20,
    PROTECTION = 0x10,
};
/* I/O instructions for board_io(). */
enum {
    SIO = 0x9C00,
    SIOF = 0x9C01,
    TIO = 0x9D00,
    CLRIO = 0x9D01,
    HIO = 0x9E00,
    HDV = 0x9E01,
    TCH = 0x9F00,
    STIDC = 0xB203,
};

struct csw {
    uint8_t key;
    uint32_t addr;
    unsigned status; /* unit, channel */
    unsigned count;
};

/* A machine of 256 KiB without devices. */
struct machine *board_new(void);
/* The same, with private media. */
struct machine *board_new_private(void);
/* With so many bytes of output for each device. */
struct machine *board_new_limited(uint32_t output_bytes);
/* A file in a folder that board_end() removes: its name; with contents. */
const char *board_file(const char *name, const void *bytes, size_t len);
void board_end(struct machine *m);
/* Attach; `words` is NULL-terminated or NULL.  0 or -1, as machine_attach. */
int board_attach(struct machine *m, uint16_t devno, const char *type,
                 const char *word1, const char *word2);

void board_ccw(struct machine *m, uint32_t at, uint8_t code, uint32_t data,
               uint8_t flags, uint16_t count);
void board_word(struct machine *m, uint32_t at, uint32_t word);
uint32_t board_word_at(struct machine *m, uint32_t at);
/* Text, as EBCDIC. */
void board_text(struct machine *m, uint32_t at, const char *text);
/* Is that text there? */
bool board_has_text(struct machine *m, uint32_t at, const char *text);

/* Execute one I/O instruction; the condition code. */
int board_io(struct machine *m, unsigned op, uint16_t devno);
/* START I/O with CAW `caw`. */
int board_start(struct machine *m, uint16_t devno, uint32_t caw);
/* The CSW in storage. */
struct csw board_csw(struct machine *m);
/* Wait for an I/O interruption: the device's address, the CSW in *csw; -1
 * when none comes. */
int board_wait(struct machine *m, struct csw *csw);
/* Start and wait until device end (or what ends it otherwise) has come.  All
 * status that came, ORed; the first CSW in *csw. */
unsigned board_run(struct machine *m, uint16_t devno, uint32_t caw,
                   struct csw *csw);
/* Sense byte n of a device (0-23), by the SENSE command. */
uint8_t board_sense(struct machine *m, uint16_t devno, unsigned n);

#endif
