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

static inline bool
vpsw_ec(psw_t psw)
{
    return psw >> 51 & 1;
}

static inline bool
vpsw_wait(psw_t psw)
{
    return psw >> 49 & 1;
}

static inline bool
vpsw_problem(psw_t psw)
{
    return psw >> 48 & 1;
}

static inline unsigned
vpsw_key(psw_t psw)
{
    return (unsigned)(psw >> 52) & 15;
}

/* Bits 0-7, what SSM replaces. */
static inline uint8_t
vpsw_mask(psw_t psw)
{
    return (uint8_t)(psw >> 56);
}

static inline psw_t
vpsw_with_mask(psw_t psw, uint8_t mask)
{
    return (psw & 0x00FFFFFFFFFFFFFFull) | (psw_t)mask << 56;
}

static inline uint32_t
vpsw_address(psw_t psw)
{
    return (uint32_t)psw & 0xFFFFFF;
}

static inline psw_t
vpsw_with_address(psw_t psw, uint32_t vaddr)
{
    return (psw & ~(psw_t)0xFFFFFF) | (vaddr & 0xFFFFFF);
}

/* Condition code and program mask, six bits: cc first. */
static inline unsigned
vpsw_cc_pm(psw_t psw)
{
    return (unsigned)(psw >> (vpsw_ec(psw) ? 40 : 24)) & 0x3F;
}

static inline psw_t
vpsw_with_cc_pm(psw_t psw, unsigned cc_pm)
{
    int shift = vpsw_ec(psw) ? 40 : 24;

    return (psw & ~((psw_t)0x3F << shift)) | (psw_t)cc_pm << shift;
}

static inline psw_t
vpsw_with_cc(psw_t psw, int cc)
{
    return vpsw_with_cc_pm(psw, (vpsw_cc_pm(psw) & 0x0F) | (unsigned)cc << 4);
}

/* May any external interruption come in (PSW bit 7)? */
static inline bool
vpsw_external(psw_t psw)
{
    return psw >> 56 & 1;
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

/* Nothing can end a wait under this PSW: it admits no interruption. */
static inline bool
vpsw_disabled(psw_t psw)
{
    return (vpsw_mask(psw) & (vpsw_ec(psw) ? 0x03 : 0xFF)) == 0;
}

/* Bits that must be zero in an EC-mode PSW: 0, 2-4, 16-17, 24-39. */
#define VPSW_EC_ZERO 0xB800C0FFFF000000ull
#define VPSW_EC_DAT 0x0400000000000000ull /* bit 5 */

/* The real PSW under which the guest runs: EC mode, DAT on, every
 * interruption admitted, problem state; key, condition code, program mask and
 * instruction address are the guest's. */
#define VPSW_REAL 0x070D000000000000ull

static inline psw_t
vpsw_real(psw_t psw)
{
    return VPSW_REAL | (psw_t)vpsw_key(psw) << 52 |
           (psw_t)vpsw_cc_pm(psw) << 40 | vpsw_address(psw);
}

#endif
