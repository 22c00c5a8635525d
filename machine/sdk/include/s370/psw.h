/*
 * psw.h - the program status word, and why programs are interrupted
 *
 * A PSW is one 64-bit number, bit 0 of the manual leftmost.  Bit 12 says how
 * the rest is to be read (GA22-7000, "Program Status Word"):
 *
 *   BC  channel masks(6) I/O(1) E(1)  key(4) 0MWP  interruption code(16)
 *       ILC(2) cc(2) program mask(4)  instruction address(24)
 *   EC  0R000TIE  key(4) 1MWP  00 cc(2) program mask(4)  0(8)
 *       0(8)  instruction address(24)
 *
 * The constants below are bits of the whole number, to be ored with an
 * address: PSW_EC | PSW_EXTERNAL | (uint32_t)entry.
 */
#ifndef S370_PSW_H
#define S370_PSW_H

#include <stdint.h>

typedef uint64_t psw_t;

#define PSW_EXTERNAL 0x0100000000000000ull /* E: external interruptions */
#define PSW_MACHINE_CHECK 0x0004000000000000ull
#define PSW_WAIT 0x0002000000000000ull
#define PSW_PROBLEM 0x0001000000000000ull
#define PSW_KEY(key) ((psw_t)((key)&15) << 52)

/* EC mode only. */
#define PSW_EC 0x0008000000000000ull
#define PSW_PER 0x4000000000000000ull
#define PSW_DAT 0x0400000000000000ull
#define PSW_IO 0x0200000000000000ull

/* BC mode only: channels 0 to 5 each have a mask bit, the others share one
 * (which control register 2 divides up again). */
#define PSW_BC_CHANNEL(n) (0x8000000000000000ull >> ((n) < 6 ? (n) : 6))
#define PSW_BC_ALL_CHANNELS 0xFE00000000000000ull

/* A wait that only RESET or IPL ends.  The code stands where the instruction
 * address would, for the operator to read; 0 means that all is well. */
#define PSW_DISABLED_WAIT(code) (PSW_WAIT | ((psw_t)(code)&0xFFFFFF))

/* Causes of program interruptions (GA22-7000, "Program Interruption"). */
enum {
    PGM_NONE = 0,
    PGM_OPERATION = 0x01,
    PGM_PRIVILEGED = 0x02,
    PGM_EXECUTE = 0x03,
    PGM_PROTECTION = 0x04,
    PGM_ADDRESSING = 0x05,
    PGM_SPECIFICATION = 0x06,
    PGM_DATA = 0x07,
    PGM_FIXED_OVERFLOW = 0x08,
    PGM_FIXED_DIVIDE = 0x09,
    PGM_DECIMAL_OVERFLOW = 0x0A,
    PGM_DECIMAL_DIVIDE = 0x0B,
    PGM_EXPONENT_OVERFLOW = 0x0C,
    PGM_EXPONENT_UNDERFLOW = 0x0D,
    PGM_SIGNIFICANCE = 0x0E,
    PGM_FLOAT_DIVIDE = 0x0F,
    PGM_SEGMENT = 0x10,          /* segment translation */
    PGM_PAGE = 0x11,             /* page translation */
    PGM_TRANSLATION_SPEC = 0x12, /* a table entry is malformed */
    PGM_SPECIAL_OPERATION = 0x13,
    PGM_MONITOR = 0x40,
    PGM_PER = 0x80, /* may come together with one of the others */
};

/* Codes of external interruptions (GA22-7000, "External Interruption"). */
enum {
    EXT_INTERVAL_TIMER = 0x0080, /* these three are bits of one byte and */
    EXT_INTERRUPT_KEY = 0x0040,  /* may come together */
    EXT_SIGNALS = 0x003F,
    EXT_CLOCK_COMPARATOR = 0x1004,
    EXT_CPU_TIMER = 0x1005,
};

#endif
