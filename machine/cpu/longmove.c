/*
 * longmove.c - MVCL and CLCL: strings of up to 16 MiB in register pairs
 *
 * Each even register holds an address, the odd one behind it a length in bits
 * 8-31, and the second of them the padding byte in bits 0-7.  Both
 * instructions are interruptible: they work in units that end at a block's
 * boundary at the latest, and after each the registers say how much is left.
 * An exception finds the registers as the last whole unit left them, and
 * after UNITS_AT_ONCE units the instruction begins anew so that time can pass
 * and interruptions can be taken.
 *
 * Source: GA22-7000, "Interruptible Instructions", "Move Long", "Compare
 * Logical Long".
 */
#include "access.h"

enum { UNIT_BYTES = 256, UNITS_AT_ONCE = 64 };

/* An operand as its register pair describes it. */
struct operand {
    uint32_t laddr, len;
};

static struct operand
operand_get(const struct cpu *cpu, unsigned r)
{
    struct operand o = {cpu->gr[r] & ADDRESS_MASK,
                        cpu->gr[r + 1] & ADDRESS_MASK};

    return o;
}

static void
operand_put(struct cpu *cpu, unsigned r, const struct operand *o)
{
    cpu->gr[r] = o->laddr;
    cpu->gr[r + 1] = (cpu->gr[r + 1] & ~(uint32_t)ADDRESS_MASK) | o->len;
}

static void
operand_advance(struct operand *o, uint32_t n)
{
    o->laddr = (o->laddr + n) & ADDRESS_MASK;
    o->len -= n;
}

static uint32_t
smaller(uint32_t a, uint32_t b)
{
    return a < b ? a : b;
}

/* Bytes up to the end of the operand's block. */
static uint32_t
to_block_end(const struct operand *o)
{
    return BLOCK_BYTES - (o->laddr & BLOCK_MASK);
}

/* Come back to this instruction with what is left. */
static int
repeat(struct cpu *cpu)
{
    cpu->psw.ia = current_address(cpu);
    return ELSEWHERE;
}

/* ---- MVCL ---------------------------------------------------------------- */

/* A byte of the destination would be used as a source after it was moved
 * into. */
static bool
overlap_destroys(const struct operand *to, const struct operand *from)
{
    uint32_t moved = smaller(to->len, from->len);
    uint32_t distance = (to->laddr - from->laddr) & ADDRESS_MASK;

    return moved > 1 && distance > 0 && distance < moved;
}

/* Does a unit of n bytes meet an error of storage?  `source` is NULL for
 * padding. */
static int
unit_check(struct cpu *cpu, const struct side *source, uint32_t from,
           const struct side *target, uint32_t to, uint32_t n)
{
    if (source != NULL)
        TRY(storage_error_meet(
            cpu, (uint32_t)(source->host - cpu->storage) + (from & BLOCK_MASK),
            n, ACCESS_FETCH));
    return storage_error_meet(
        cpu, (uint32_t)(target->host - cpu->storage) + (to & BLOCK_MASK), n,
        ACCESS_STORE);
}

/* Move or pad up to a block's end.  Both operands are advanced. */
static int
move_unit(struct cpu *cpu, struct operand *to, struct operand *from,
          uint8_t padding)
{
    struct side source, target;
    uint32_t n = smaller(to->len, to_block_end(to));
    uint8_t *host;

    if (from->len > 0) {
        n = smaller(n, smaller(from->len, to_block_end(from)));
        TRY(side_fill(cpu, from->laddr, ACCESS_FETCH, &source));
    }
    TRY(side_fill(cpu, to->laddr, ACCESS_STORE, &target));
    if (UNLIKELY(cpu->watched))
        per_note_store(cpu, to->laddr, n);
    if (UNLIKELY(cpu->nerrors > 0))
        TRY(unit_check(cpu, from->len > 0 ? &source : NULL, from->laddr,
                       &target, to->laddr, n));
    host = target.host + (to->laddr & BLOCK_MASK);
    if (from->len > 0) {
        memmove(host, source.host + (from->laddr & BLOCK_MASK), n);
        operand_advance(from, n);
    } else {
        memset(host, padding, n);
    }
    side_stored(&target, to->laddr, n);
    operand_advance(to, n);
    return DONE;
}

/*
 * MVCL R1,R2          X'0E'  RR     Move Long
 *
 * cc:          0 lengths equal; 1 first one lower; 2 higher; 3 nothing moved,
 *              since the operands overlap destructively.
 * Interrupts:  specification (R1 or R2 odd); access (store, fetch).
 */
int
op_mvcl(struct cpu *cpu, const struct insn *in)
{
    struct operand to, from;
    uint8_t padding, cc;
    unsigned units;

    TRY(require_even(in->r1 | in->r2));
    to = operand_get(cpu, in->r1);
    from = operand_get(cpu, in->r2);
    padding = (uint8_t)(cpu->gr[in->r2 + 1] >> 24);
    if (overlap_destroys(&to, &from)) {
        cpu->psw.cc = 3;
        return DONE;
    }
    cc = (uint8_t)(to.len == from.len ? 0 : to.len < from.len ? 1 : 2);
    for (units = 0; to.len > 0; units++) {
        if (units == UNITS_AT_ONCE)
            return repeat(cpu);
        TRY(move_unit(cpu, &to, &from, padding));
        operand_put(cpu, in->r1, &to);
        operand_put(cpu, in->r2, &from);
    }
    operand_put(cpu, in->r1, &to);
    operand_put(cpu, in->r2, &from);
    cpu->psw.cc = cc;
    return DONE;
}

/* ---- CLCL ---------------------------------------------------------------- */

/* The next n bytes of an operand, with padding behind its end. */
static int
compare_bytes(struct cpu *cpu, const struct operand *o, uint32_t n,
              uint8_t padding, uint8_t *buf)
{
    uint32_t own = smaller(n, o->len);

    if (own > 0)
        TRY(fetch_bytes(cpu, o->laddr, buf, own));
    memset(buf + own, padding, n - own);
    return DONE;
}

/* How many of the next bytes one unit compares: no more than are in the
 * present block of an operand. */
static uint32_t
compare_length(const struct operand *a, const struct operand *b)
{
    uint32_t n = a->len > b->len ? a->len : b->len;

    if (a->len > 0)
        n = smaller(n, to_block_end(a));
    if (b->len > 0)
        n = smaller(n, to_block_end(b));
    return smaller(n, UNIT_BYTES);
}

/* Compare one unit; both operands are advanced past the equal bytes. */
static int
compare_unit(struct cpu *cpu, struct operand *a, struct operand *b,
             uint8_t padding, uint8_t *cc)
{
    uint32_t n = compare_length(a, b), i = 0;
    uint8_t left[UNIT_BYTES], right[UNIT_BYTES];

    TRY(compare_bytes(cpu, a, n, padding, left));
    TRY(compare_bytes(cpu, b, n, padding, right));
    while (i < n && left[i] == right[i])
        i++;
    if (i < n)
        *cc = left[i] < right[i] ? 1 : 2;
    operand_advance(a, smaller(i, a->len));
    operand_advance(b, smaller(i, b->len));
    return DONE;
}

/*
 * CLCL R1,R2          X'0F'  RR     Compare Logical Long
 *
 * cc:          0 equal, or both lengths zero; 1 first operand low; 2 high.
 *              The registers then point to the bytes that differ.
 * Interrupts:  specification (R1 or R2 odd); access (fetch).
 */
int
op_clcl(struct cpu *cpu, const struct insn *in)
{
    struct operand a, b;
    uint8_t padding, cc = 0;
    unsigned units;

    TRY(require_even(in->r1 | in->r2));
    a = operand_get(cpu, in->r1);
    b = operand_get(cpu, in->r2);
    padding = (uint8_t)(cpu->gr[in->r2 + 1] >> 24);
    for (units = 0; cc == 0 && (a.len > 0 || b.len > 0); units++) {
        if (units == UNITS_AT_ONCE)
            return repeat(cpu);
        TRY(compare_unit(cpu, &a, &b, padding, &cc));
        operand_put(cpu, in->r1, &a);
        operand_put(cpu, in->r2, &b);
    }
    operand_put(cpu, in->r1, &a);
    operand_put(cpu, in->r2, &b);
    cpu->psw.cc = cc;
    return DONE;
}
