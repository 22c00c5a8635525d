/*
 * control.c - privileged instructions that are no I/O
 *
 * exec_privileged() (decode.c) has checked the problem state.  Operands of
 * these instructions must lie on their boundaries.  Whatever changes the PSW,
 * keys or translation returns LOOK, so that run.c fetches the next instruction
 * anew and sees what may interrupt now; whatever sets a clock returns RETIME.
 *
 * Source: GA22-7000, "Control Instructions".
 */
#include "access.h"

/* ---- the PSW ------------------------------------------------------------- */

/*
 * LPSW D2(B2)         X'82'  S      Load PSW
 *
 * The doubleword at the second-operand address becomes the current PSW.
 * cc:          as loaded.
 * Interrupts:  specification (not on a doubleword boundary); access (fetch).
 *              A badly formed EC PSW is loaded first and interrupts then: see
 *              psw_load().
 */
int
op_lpsw(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in);
    uint64_t value;

    TRY(require_aligned(laddr, 8));
    TRY(fetch_doubleword(cpu, laddr, &value));
    psw_load(cpu, value);
    return LOOK;
}

/* The system mask takes effect before its bits are looked at: the instruction
 * is completed, then interrupted, with its own length. */
static int
set_mask(struct cpu *cpu, uint8_t mask)
{
    psw_set_mask(cpu, mask);
    return cpu->psw.invalid != 0 ? PGM_SPECIFICATION : look_again(cpu);
}

/* SSM: in EC mode too only bits 0-7.  Control register 0 can forbid it, so
 * that a monitor need not simulate it in every form. */
int
op_ssm(struct cpu *cpu, const struct insn *in)
{
    uint8_t mask;

    if (cpu->cr[0] & CR0_SSM_SUPPRESSION)
        return PGM_SPECIAL_OPERATION;
    TRY(fetch_byte(cpu, address2(cpu, in), &mask));
    return set_mask(cpu, mask);
}

int
op_stnsm(struct cpu *cpu, const struct insn *in)
{
    TRY(store_byte(cpu, address1(cpu, in), cpu->psw.mask));
    return set_mask(cpu, cpu->psw.mask & in->i2);
}

int
op_stosm(struct cpu *cpu, const struct insn *in)
{
    TRY(store_byte(cpu, address1(cpu, in), cpu->psw.mask));
    return set_mask(cpu, cpu->psw.mask | in->i2);
}

int
op_spka(struct cpu *cpu, const struct insn *in)
{
    cpu->psw.key = address2(cpu, in) >> 4 & 0xF;
    psw_update(cpu);
    return look_again(cpu);
}

int
op_ipk(struct cpu *cpu, const struct insn *in)
{
    (void)in;
    cpu->gr[2] = (cpu->gr[2] & 0xFFFFFF00) | (uint32_t)cpu->psw.key << 4;
    return DONE;
}

/* ---- control registers --------------------------------------------------- */

static unsigned
registers_in_range(const struct insn *in)
{
    return ((in->r2 - in->r1) & 0xFu) + 1;
}

int
op_lctl(struct cpu *cpu, const struct insn *in)
{
    const uint32_t kept = CR0_TRANSLATION | CR0_LOW_PROTECTION;
    uint32_t laddr = address2(cpu, in), format = cpu->cr[0] & kept;
    unsigned n = registers_in_range(in), i;
    uint8_t bytes[64];

    TRY(require_aligned(laddr, 4));
    TRY(fetch_bytes(cpu, laddr, bytes, 4 * n));
    for (i = 0; i < n; i++)
        cpu->cr[(in->r1 + i) & 0xF] = load_be32(bytes + 4 * i);
    if ((cpu->cr[0] & kept) != format)
        side_purge(cpu);
    psw_update(cpu);
    return look_again(cpu);
}

int
op_stctl(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in);
    unsigned n = registers_in_range(in), i;
    uint8_t bytes[64];

    TRY(require_aligned(laddr, 4));
    for (i = 0; i < n; i++)
        store_be32(bytes + 4 * i, cpu->cr[(in->r1 + i) & 0xF]);
    return store_bytes(cpu, laddr, bytes, 4 * n);
}

/* ---- storage keys -------------------------------------------------------- */

/* The key of the block at a real address. */
static int
find_key(struct cpu *cpu, uint32_t raddr, uint8_t **key)
{
    uint32_t aaddr = real_to_absolute(cpu, raddr & ADDRESS_MASK);

    if (aaddr >= cpu->storage_bytes)
        return PGM_ADDRESSING;
    *key = &cpu->keys[aaddr / BLOCK_BYTES];
    return DONE;
}

int
op_ssk(struct cpu *cpu, const struct insn *in)
{
    uint8_t *key;

    if ((cpu->gr[in->r2] & 0xF) != 0)
        return PGM_SPECIFICATION;
    TRY(find_key(cpu, cpu->gr[in->r2], &key));
    *key = cpu->gr[in->r1] & KEY_BITS;
    side_purge_block(cpu, (uint32_t)(key - cpu->keys));
    return look_again(cpu);
}

/* ISK: reference and change bits are seen in EC mode only. */
int
op_isk(struct cpu *cpu, const struct insn *in)
{
    uint8_t *key, seen = KEY_ACCESS | KEY_FETCH;

    if ((cpu->gr[in->r2] & 0xF) != 0)
        return PGM_SPECIFICATION;
    TRY(find_key(cpu, cpu->gr[in->r2], &key));
    if (cpu->psw.ec)
        seen = KEY_BITS;
    cpu->gr[in->r1] = (cpu->gr[in->r1] & 0xFFFFFF00) | (*key & seen);
    return DONE;
}

/* RRB: the reference bit becomes 0; cc: reference and change before. */
int
op_rrb(struct cpu *cpu, const struct insn *in)
{
    uint8_t *key;

    TRY(find_key(cpu, address2(cpu, in), &key));
    cpu->psw.cc = *key >> 1 & 3;
    *key &= (uint8_t)~KEY_REFERENCE;
    side_purge_block(cpu, (uint32_t)(key - cpu->keys));
    return look_again(cpu);
}

/* ---- translation and prefixing ------------------------------------------- */

/*
 * LRA R1,D2(X2,B2)    X'B1'  RX     Load Real Address
 *
 * The second-operand address is translated, whether DAT is on or not.
 * cc:          0 R1 has the real address; 1 segment-table entry invalid, 2
 *              page-table entry invalid: R1 has the entry's address; 3 the
 *              entry would be behind the end of its table, likewise.
 * Interrupts:  addressing and translation specification, as in translation.
 */
int
op_lra(struct cpu *cpu, const struct insn *in)
{
    struct translation t;

    translate(cpu, address2(cpu, in), &t);
    switch (t.code) {
    case DONE:
        cpu->psw.cc = 0;
        break;
    case PGM_SEGMENT:
        cpu->psw.cc = t.length ? 3 : 1;
        break;
    case PGM_PAGE:
        cpu->psw.cc = t.length ? 3 : 2;
        break;
    default:
        return t.code;
    }
    cpu->gr[in->r1] = t.raddr;
    return DONE;
}

int
op_ptlb(struct cpu *cpu, const struct insn *in)
{
    (void)in;
    side_purge(cpu);
    return look_again(cpu);
}

int
op_spx(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in), prefix;

    TRY(require_aligned(laddr, 4));
    TRY(fetch_word(cpu, laddr, &prefix));
    prefix &= PREFIX_MASK;
    if (prefix >= cpu->storage_bytes)
        return PGM_ADDRESSING;
    cpu->prefix = prefix;
    side_purge(cpu);
    return look_again(cpu);
}

int
op_stpx(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in);

    TRY(require_aligned(laddr, 4));
    return store_word(cpu, laddr, cpu->prefix);
}

/*
 * IPTE R1,R2          X'B221' RRE   Invalidate Page Table Entry
 *
 * The entry for the logical address in R2 in the page table whose origin R1
 * holds as a segment-table entry does becomes invalid; what the lookaside
 * buffer had of it is gone.
 * cc:          unchanged.
 * Interrupts:  translation specification (format in control register 0);
 *              addressing and protection for the entry, a real address.
 */
int
op_ipte(struct cpu *cpu, const struct insn *in)
{
    uint32_t raddr, aaddr;
    uint16_t invalid;
    uint8_t *key, *entry;

    if (!translate_page_entry(cpu, cpu->gr[in->r1], cpu->gr[in->r2], &raddr,
                              &invalid))
        return PGM_TRANSLATION_SPEC;
    TRY(find_key(cpu, raddr, &key));
    if ((cpu->psw.key != 0 && *key >> 4 != cpu->psw.key) ||
        low_protected(cpu, raddr))
        return PGM_PROTECTION;
    aaddr = real_to_absolute(cpu, raddr);
    if (cpu->nerrors > 0)
        TRY(storage_error_meet(cpu, aaddr, 2, ACCESS_STORE));
    *key |= KEY_REFERENCE | KEY_CHANGE;
    entry = cpu->storage + aaddr;
    store_be16(entry, load_be16(entry) | invalid);
    storage_changed(cpu, aaddr, 2);
    side_purge(cpu);
    return look_again(cpu);
}

/*
 * TPROT D1(B1),D2(B2) X'E501' SSE   Test Protection
 *
 * May the byte at the first-operand address be used under the key in bits
 * 24-27 of the second-operand address?  Nothing is fetched.
 * cc:          0 fetch and store; 1 fetch only; 2 neither; 3 its page or
 *              segment is not available.
 * Interrupts:  addressing; translation specification.
 */
int
op_tprot(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address1(cpu, in);
    unsigned access_key = address2(cpu, in) >> 4 & 0xF;
    struct translation t = {.code = DONE, .raddr = laddr};
    uint8_t *key;
    bool other;

    if (cpu->psw.ec && (cpu->psw.mask & MASK_EC_DAT))
        translate(cpu, laddr, &t);
    if (t.code == PGM_SEGMENT || t.code == PGM_PAGE) {
        cpu->psw.cc = 3;
        return DONE;
    }
    if (t.code != DONE)
        return t.code;
    TRY(find_key(cpu, t.raddr, &key));
    other = access_key != 0 && *key >> 4 != access_key;
    if (other && (*key & KEY_FETCH))
        cpu->psw.cc = 2;
    else
        cpu->psw.cc = other || low_protected(cpu, laddr);
    return DONE;
}

/* ---- identification and signals ------------------------------------------ */

int
op_stap(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address2(cpu, in);

    TRY(require_aligned(laddr, 2));
    return store_halfword(cpu, laddr, 0);
}

/* STIDP: version 0, serial number, model, no extended logout. */
int
op_stidp(struct cpu *cpu, const struct insn *in)
{
    enum { MODEL = 0x0148 };
    uint32_t laddr = address2(cpu, in);
    uint64_t serial = cpu->m->options.cpu_serial;

    TRY(require_aligned(laddr, 8));
    return store_doubleword(cpu, laddr, serial << 32 | MODEL << 16);
}

/*
 * SIGP R1,R3,D2(B2)   X'AE'  RS     Signal Processor
 *
 * There is one CPU, address 0: it can signal itself.  The order is the last
 * byte of the second-operand address.  Orders that would stop or reset the
 * CPU are not installed.
 * cc:          0 accepted; 1 status stored in R1; 3 no such CPU.
 */
int
op_sigp(struct cpu *cpu, const struct insn *in)
{
    enum { SENSE = 1, EXTERNAL_CALL = 2, EMERGENCY_SIGNAL = 3, START = 4 };
    enum { STATUS_CALL_PENDING = 0x80, STATUS_INVALID_ORDER = 0x02 };
    uint32_t status = 0;

    if ((cpu->gr[in->r2] & 0xFFFF) != 0) {
        cpu->psw.cc = 3;
        return DONE;
    }
    if (cpu->external & EXT_EXTERNAL_CALL)
        status = STATUS_CALL_PENDING;
    switch (address2(cpu, in) & 0xFF) {
    case SENSE:
        break;
    case EXTERNAL_CALL:
        if (status == 0)
            cpu->external |= EXT_EXTERNAL_CALL;
        break;
    case EMERGENCY_SIGNAL:
        cpu->external |= EXT_EMERGENCY_SIGNAL;
        status = 0;
        break;
    case START:
        status = 0;
        break;
    default:
        status = STATUS_INVALID_ORDER;
        break;
    }
    cpu->psw.cc = status != 0;
    if (status != 0)
        cpu->gr[in->r1] = status;
    return look_again(cpu);
}

/* DIAGNOSE means something else on every model.  On this one it does nothing
 * at all: every code is a specification exception. */
int
op_diag(struct cpu *cpu, const struct insn *in)
{
    (void)cpu, (void)in;
    return PGM_SPECIFICATION;
}

/* ---- clocks -------------------------------------------------------------- */

int
op_stck(struct cpu *cpu, const struct insn *in)
{
    timer_sync(cpu);
    TRY(store_doubleword(cpu, address2(cpu, in), tod_clock(cpu)));
    cpu->psw.cc = 0;
    return DONE;
}

/* An operand on a doubleword boundary, for the four below. */
static int
fetch_clock(struct cpu *cpu, const struct insn *in, uint64_t *value)
{
    uint32_t laddr = address2(cpu, in);

    TRY(require_aligned(laddr, 8));
    TRY(fetch_doubleword(cpu, laddr, value));
    timer_sync(cpu);
    return DONE;
}

static int
store_clock(struct cpu *cpu, const struct insn *in, uint64_t value)
{
    uint32_t laddr = address2(cpu, in);

    TRY(require_aligned(laddr, 8));
    return store_doubleword(cpu, laddr, value);
}

/* After a clock was set: conditions and the next event in time change. */
static int
retime(struct cpu *cpu)
{
    cpu->psw.ia = next_address(cpu);
    return RETIME;
}

int
op_sck(struct cpu *cpu, const struct insn *in)
{
    uint64_t value;

    TRY(fetch_clock(cpu, in, &value));
    tod_set(cpu, value);
    cpu->psw.cc = 0;
    return retime(cpu);
}

int
op_sckc(struct cpu *cpu, const struct insn *in)
{
    TRY(fetch_clock(cpu, in, &cpu->clock_comparator));
    timer_changed(cpu);
    return retime(cpu);
}

int
op_stckc(struct cpu *cpu, const struct insn *in)
{
    return store_clock(cpu, in, cpu->clock_comparator);
}

int
op_spt(struct cpu *cpu, const struct insn *in)
{
    uint64_t value;

    TRY(fetch_clock(cpu, in, &value));
    cpu_timer_set(cpu, value);
    return retime(cpu);
}

int
op_stpt(struct cpu *cpu, const struct insn *in)
{
    timer_sync(cpu);
    return store_clock(cpu, in, cpu_timer(cpu));
}
