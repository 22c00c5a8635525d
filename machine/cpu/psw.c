/*
 * psw.c - the program status word, in its BC and EC forms
 *
 *     BC  system mask 8 | key 4 | 0MWP | interruption code 16 |
 *         ILC 2, CC 2, program mask 4 | instruction address 24
 *     EC  0R000TIE | key 4 | 1MWP | 00, CC 2, program mask 4 | 0 |
 *         0 | instruction address 24
 *
 * Whatever is loaded becomes the PSW.  When an EC PSW has ones where zeros
 * must stand, they are remembered in psw.invalid, and the CPU takes a
 * specification exception before it does anything else with that PSW.
 *
 * Source: GA22-7000, "Program-Status Word", "Exceptions Associated with the
 * PSW".
 */
#include "cpu.h"

#define EC_UNASSIGNED UINT64_C(0xB800C0FFFF000000)

enum { BIT_EC = 8, BIT_MACHINE_CHECK = 4, BIT_WAIT = 2, BIT_PROBLEM = 1 };

void
psw_load(struct cpu *cpu, uint64_t value)
{
    struct psw *psw = &cpu->psw;
    unsigned status = value >> 48 & 0xF;
    unsigned condition;

    psw->mask = (uint8_t)(value >> 56);
    psw->key = value >> 52 & 0xF;
    psw->ec = (status & BIT_EC) != 0;
    psw->machine_check = (status & BIT_MACHINE_CHECK) != 0;
    psw->wait = (status & BIT_WAIT) != 0;
    psw->problem = (status & BIT_PROBLEM) != 0;
    condition = (unsigned)(psw->ec ? value >> 40 : value >> 24) & 0x3F;
    psw->cc = (uint8_t)(condition >> 4);
    psw->program_mask = condition & 0xF;
    psw->ia = value & ADDRESS_MASK;
    psw->invalid = psw->ec ? value & EC_UNASSIGNED : 0;
    psw_update(cpu);
}

uint64_t
psw_value(const struct cpu *cpu, uint16_t code, unsigned ilc)
{
    const struct psw *psw = &cpu->psw;
    unsigned status =
        (psw->ec ? BIT_EC : 0) | (psw->machine_check ? BIT_MACHINE_CHECK : 0) |
        (psw->wait ? BIT_WAIT : 0) | (psw->problem ? BIT_PROBLEM : 0);
    uint64_t value = (uint64_t)psw->mask << 56 | (uint64_t)psw->key << 52 |
                     (uint64_t)status << 48 | psw->ia;
    uint64_t condition = (uint64_t)(psw->cc << 4 | psw->program_mask);

    if (psw->ec)
        return value | condition << 40 | psw->invalid;
    return value | (uint64_t)code << 32 | (uint64_t)ilc << 30 | condition << 24;
}

/*
 * The tag is made of: 1 bit PER watches storage, 8 bits generation, 26 bits
 * segment table designation (control register 1; zero without DAT), DAT, 4 bits
 * key, 24 bits in which lookups put the block's address and, in the last three,
 * what is wrong with an operand's alignment; the eight bits before these three
 * are the rest of the generation.
 */
void
psw_update(struct cpu *cpu)
{
    const struct psw *psw = &cpu->psw;
    uint64_t tag = (uint64_t)(cpu->generation & 0xFF) << 55 |
                   (uint64_t)(cpu->generation >> 8) << 3;

    if (psw->ec && (psw->mask & MASK_EC_DAT))
        tag |= (uint64_t)(cpu->cr[1] >> 6) << 29 | UINT64_C(1) << 28;
    if (per_watches_storage(cpu))
        tag |= UINT64_C(1) << 63;
    cpu->tag = tag | (uint64_t)psw->key << 24;
}

void
psw_set_mask(struct cpu *cpu, uint8_t mask)
{
    cpu->psw.mask = mask;
    if (cpu->psw.ec)
        cpu->psw.invalid |= (uint64_t)(mask & MASK_EC_UNASSIGNED) << 56;
    psw_update(cpu);
}
