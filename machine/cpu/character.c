/*
 * character.c - strings of up to 256 bytes in storage
 *
 * These instructions work on one byte after the other, and programs count on
 * it: MVC with operands that overlap by one byte fills a field.  So every
 * routine first looks up and checks both fields in full, and then moves bytes
 * in the order of the manual; where no byte is a result and later an operand
 * it may move them at once.
 *
 * Length codes are one less than the length.
 *
 * Source: GA22-7000, "General Instructions".
 */
#include "access.h"

/* Both operands of an SS instruction with one length. */
static int
open_both(struct cpu *cpu, const struct insn *in, struct field *to,
          struct field *from)
{
    uint32_t len = in->i2 + 1u;

    TRY(field_open(cpu, address2(cpu, in), len, ACCESS_FETCH, from));
    return field_open(cpu, address1(cpu, in), len, ACCESS_STORE, to);
}

/* True when both are in one piece and no byte of `to` is a byte of `from`
 * with a higher or the same position. */
static bool
apart(const struct field *to, const struct field *from)
{
    return field_whole(to) && field_whole(from) &&
           (uintptr_t)to->host[0] - (uintptr_t)from->host[0] >= to->len;
}

int
op_mvc(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint32_t i;

    TRY(open_both(cpu, in, &to, &from));
    if (LIKELY(apart(&to, &from)))
        memmove(to.host[0], from.host[0], to.len);
    else
        for (i = 0; i < to.len; i++)
            *field_at(&to, i) = *field_at(&from, i);
    field_stored(&to);
    return DONE;
}

/* MVN, MVZ: the digits, or zones, that `mask` keeps of the first operand. */
static int
move_part(struct cpu *cpu, const struct insn *in, uint8_t mask)
{
    struct field to, from;
    uint32_t i;

    TRY(open_both(cpu, in, &to, &from));
    for (i = 0; i < to.len; i++)
        *field_at(&to, i) = (uint8_t)((*field_at(&to, i) & mask) |
                                      (*field_at(&from, i) & ~mask));
    field_stored(&to);
    return DONE;
}

int
op_mvn(struct cpu *cpu, const struct insn *in)
{
    return move_part(cpu, in, 0xF0);
}

int
op_mvz(struct cpu *cpu, const struct insn *in)
{
    return move_part(cpu, in, 0x0F);
}

/* MVCIN: the second-operand address is that of its last byte. */
int
op_mvcin(struct cpu *cpu, const struct insn *in)
{
    uint32_t len = in->i2 + 1u, i;
    struct field to, from;

    TRY(field_open(cpu, (address2(cpu, in) - (len - 1)) & ADDRESS_MASK, len,
                   ACCESS_FETCH, &from));
    TRY(field_open(cpu, address1(cpu, in), len, ACCESS_STORE, &to));
    for (i = 0; i < len; i++)
        *field_at(&to, i) = *field_at(&from, len - 1 - i);
    field_stored(&to);
    return DONE;
}

/* ---- NC OC XC ------------------------------------------------------------ */

int
op_nc(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint8_t any = 0;
    uint32_t i;

    TRY(open_both(cpu, in, &to, &from));
    for (i = 0; i < to.len; i++)
        any |= *field_at(&to, i) &= *field_at(&from, i);
    field_stored(&to);
    cpu->psw.cc = any != 0;
    return DONE;
}

int
op_oc(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint8_t any = 0;
    uint32_t i;

    TRY(open_both(cpu, in, &to, &from));
    for (i = 0; i < to.len; i++)
        any |= *field_at(&to, i) |= *field_at(&from, i);
    field_stored(&to);
    cpu->psw.cc = any != 0;
    return DONE;
}

int
op_xc(struct cpu *cpu, const struct insn *in)
{
    struct field to, from;
    uint8_t any = 0;
    uint32_t i;

    TRY(open_both(cpu, in, &to, &from));
    for (i = 0; i < to.len; i++)
        any |= *field_at(&to, i) ^= *field_at(&from, i);
    field_stored(&to);
    cpu->psw.cc = any != 0;
    return DONE;
}

/* ---- comparing and translating ------------------------------------------- */

int
op_clc(struct cpu *cpu, const struct insn *in)
{
    uint32_t len = in->i2 + 1u, i;
    struct field a, b;
    uint8_t x = 0, y = 0;
    int order;

    TRY(field_open(cpu, address1(cpu, in), len, ACCESS_FETCH, &a));
    TRY(field_open(cpu, address2(cpu, in), len, ACCESS_FETCH, &b));
    if (LIKELY(field_whole(&a) && field_whole(&b))) {
        order = memcmp(a.host[0], b.host[0], len);
        cpu->psw.cc = (uint8_t)(order == 0 ? 0 : order < 0 ? 1 : 2);
        return DONE;
    }
    for (i = 0; i < len && x == y; i++) {
        x = *field_at(&a, i);
        y = *field_at(&b, i);
    }
    cpu->psw.cc = (uint8_t)(x == y ? 0 : x < y ? 1 : 2);
    return DONE;
}

/* The function bytes of TR that are needed, and no others, are checked for
 * access before the first byte is replaced. */
static int
check_functions(struct cpu *cpu, const struct field *arguments, uint32_t table)
{
    uint32_t i;
    uint8_t function;

    for (i = 0; i < arguments->len; i++)
        TRY(fetch_byte(cpu, (table + *field_at(arguments, i)) & ADDRESS_MASK,
                       &function));
    return DONE;
}

/* The table may be what is translated: one byte after the other. */
int
op_tr(struct cpu *cpu, const struct insn *in)
{
    uint32_t table = address2(cpu, in), i;
    const uint8_t *functions;
    struct field f;

    TRY(field_open(cpu, address1(cpu, in), in->i2 + 1u, ACCESS_STORE, &f));
    functions = fetch_piece(cpu, table, 256);
    if (functions == NULL)
        TRY(check_functions(cpu, &f, table));
    for (i = 0; i < f.len; i++) {
        uint8_t *byte = field_at(&f, i);

        if (LIKELY(functions != NULL))
            *byte = functions[*byte];
        else
            TRY(fetch_byte(cpu, (table + *byte) & ADDRESS_MASK, byte));
    }
    field_stored(&f);
    return DONE;
}

/*
 * TRT D1(L,B1),D2(B2) X'DD'  SS     Translate and Test
 *
 * The bytes of the first operand select function bytes from the second until
 * one is not zero: its argument's address goes to bits 8-31 of register 1 and
 * the function byte to bits 24-31 of register 2.
 * cc:          0 all zero; 1 found before the last byte; 2 at the last byte.
 */
int
op_trt(struct cpu *cpu, const struct insn *in)
{
    uint32_t laddr = address1(cpu, in), table = address2(cpu, in), i;
    uint8_t argument, function;

    for (i = 0; i <= in->i2; i++) {
        uint32_t at = (laddr + i) & ADDRESS_MASK;

        TRY(fetch_byte(cpu, at, &argument));
        TRY(fetch_byte(cpu, (table + argument) & ADDRESS_MASK, &function));
        if (function != 0) {
            cpu->gr[1] = (cpu->gr[1] & ~(uint32_t)ADDRESS_MASK) | at;
            cpu->gr[2] = (cpu->gr[2] & 0xFFFFFF00) | function;
            cpu->psw.cc = i == in->i2 ? 2 : 1;
            return DONE;
        }
    }
    cpu->psw.cc = 0;
    return DONE;
}
