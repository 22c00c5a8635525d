/*
 * vpsw.h - looking into a virtual PSW, and the real one made of it
 *
 * A PSW is one 64-bit number, bit 0 of the manual leftmost.  Its bit 12 says
 * how the rest is to be read (GA22-7000, "Program Status Word"):
 *
 *   BC  masks(8) key(4) 0MWP(4) interruption code(16) ILC(2) cc(2) pm(4) IA(24)
 *   EC  0R000TIE key(4) 1MWP(4) 00cc(4) pm(4) 0(8)    0(8)              IA(24)
 *
 * In struct vm the code and length of a BC-mode PSW are kept zero; they are
 * put in when the PSW is stored by an interruption.
 */
#ifndef CP_VPSW_H
#define CP_VPSW_H

#include <s370/psw.h>
#include <stdbool.h>
#include <stdint.h>

/* These are in the path of every interruption, where a call would cost more
 * than what it does: macros, of the PSW's left word where the bits are. */
#define VPSW_LEFT(psw) ((uint32_t)((psw) >> 32))
#define vpsw_ec(psw) ((VPSW_LEFT(psw) & 0x00080000u) != 0)
#define vpsw_wait(psw) ((VPSW_LEFT(psw) & 0x00020000u) != 0)
#define vpsw_problem(psw) ((VPSW_LEFT(psw) & 0x00010000u) != 0)
#define vpsw_key(psw) (VPSW_LEFT(psw) >> 20 & 15)
/* Bits 0-7, what SSM replaces. */
#define vpsw_mask(psw) ((uint8_t)(VPSW_LEFT(psw) >> 24))
#define vpsw_address(psw) ((uint32_t)(psw)&0xFFFFFF)
/* Program-event recording (bit 1, EC mode only). */
#define vpsw_per(psw) (vpsw_ec(psw) && VPSW_LEFT(psw) & 0x40000000u)
/* May any external interruption come in (PSW bit 7)? */
#define vpsw_external(psw) ((VPSW_LEFT(psw) & 0x01000000u) != 0)
/* Nothing can end a wait under this PSW: it admits no interruption. */
#define vpsw_disabled(psw) \
    ((VPSW_LEFT(psw) & (vpsw_ec(psw) ? 0x03000000u : 0xFF000000u)) == 0)

static inline psw_t
vpsw_with_mask(psw_t psw, uint8_t mask)
{
    return (psw & 0x00FFFFFFFFFFFFFFull) | (psw_t)mask << 56;
}

static inline psw_t
vpsw_with_address(psw_t psw, uint32_t vaddr)
{
    return (psw & ~(psw_t)0xFFFFFF) | (vaddr & 0xFFFFFF);
}

/* Condition code and program mask, six bits: cc first. */
#define vpsw_cc_pm(psw) \
    ((vpsw_ec(psw) ? VPSW_LEFT(psw) >> 8 : (uint32_t)(psw) >> 24) & 0x3F)

static inline psw_t
vpsw_with_cc_pm(psw_t psw, unsigned cc_pm)
{
    uint32_t left = VPSW_LEFT(psw), right = (uint32_t)psw;

    if (vpsw_ec(psw))
        left = (left & ~0x3F00u) | cc_pm << 8;
    else
        right = (right & ~0x3F000000u) | cc_pm << 24;
    return (psw_t)left << 32 | right;
}

static inline psw_t
vpsw_with_cc(psw_t psw, int cc)
{
    return vpsw_with_cc_pm(psw, (vpsw_cc_pm(psw) & 0x0F) | (unsigned)cc << 4);
}

/* The channels whose I/O interruptions may come in, channel 0 leftmost: in BC
 * mode bits 0-5 mask channels 0-5 and bit 6 the others together with control
 * register 2; in EC mode bit 6 masks all together with it. */
static inline uint32_t
vpsw_channels(psw_t psw, uint32_t cr2)
{
    uint8_t mask = vpsw_mask(psw);

    if (vpsw_ec(psw))
        return mask & 2 ? cr2 : 0;
    return (uint32_t)(mask & 0xFC) << 24 | (mask & 2 ? cr2 & 0x03FFFFFF : 0);
}

/* Bits that must be zero in an EC-mode PSW: 0, 2-4, 16-17, 24-39. */
#define VPSW_EC_ZERO 0xB800C0FFFF000000ull

/* Translation: the addresses of its instructions are virtual (bit 5). */
#define vpsw_dat(psw) (vpsw_ec(psw) && VPSW_LEFT(psw) & 0x04000000u)

/* The real PSW under which the guest runs: EC mode, DAT on, every
 * interruption admitted, problem state; PER, key, condition code, program mask
 * and instruction address are the guest's. */
#define VPSW_REAL_LEFT 0x070D0000u

static inline psw_t
vpsw_real(psw_t psw)
{
    uint32_t left =
        VPSW_REAL_LEFT | (VPSW_LEFT(psw) & 0x00F00000) | vpsw_cc_pm(psw) << 8;

    if (vpsw_per(psw))
        left |= 0x40000000;
    return (psw_t)left << 32 | vpsw_address(psw);
}

/* What the guest has changed of it while it ran under the real PSW: condition
 * code, program mask and instruction address. */
static inline psw_t
vpsw_from_real(psw_t psw, psw_t real)
{
    uint32_t left = VPSW_LEFT(psw), right = vpsw_address(real);
    uint32_t cc_pm = VPSW_LEFT(real) >> 8 & 0x3F;

    if (vpsw_ec(psw))
        left = (left & ~0x3F00u) | cc_pm << 8;
    else
        right |= cc_pm << 24;
    return (psw_t)left << 32 | right;
}

#endif
