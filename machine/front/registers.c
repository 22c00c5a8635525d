/*
 * registers.c - the registers by name
 *
 * One table says which registers there are, how they are called and how wide
 * they are.  Monitor, console, panel and grader reach the CPU through it, so a
 * register that is added here is known everywhere.  A family such as gr0 to
 * gr15 is one row; its members are the bits of `members`.
 */
#include <stdlib.h>
#include <string.h>

#include "../internal.h"

struct register_name {
    const char *name;
    enum cpu_register reg;
    unsigned bits;
    uint16_t members; /* bit n: NAMEn exists; 0: NAME stands alone */
};

static const struct register_name names[] = {
    {"gr", REGISTER_GR, 32, 0xFFFF},
    {"cr", REGISTER_CR, 32, 0xFFFF},
    {"fr", REGISTER_FR, 64, 1 << 0 | 1 << 2 | 1 << 4 | 1 << 6},
    {"psw", REGISTER_PSW, 64, 0},
    {"prefix", REGISTER_PREFIX, 24, 0},
    {"tod", REGISTER_TOD, 64, 0},
    {"cc", REGISTER_CC, 64, 0},
    {"ct", REGISTER_CT, 64, 0},
    {"ia", REGISTER_IA, 24, 0},
};

/* A member's number in decimal without leading zeros; -1 when it is none. */
static int
member_number(const char *digits)
{
    int n = 0;
    const char *p;

    if (digits[0] == '\0' || (digits[0] == '0' && digits[1] != '\0'))
        return -1;
    for (p = digits; *p != '\0'; p++) {
        if (*p < '0' || *p > '9' || n > 15)
            return -1;
        n = 10 * n + (*p - '0');
    }
    return n <= 15 ? n : -1;
}

static const struct register_name *
register_find(const char *name, unsigned *number)
{
    size_t i, len;
    int n;

    for (i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        len = strlen(names[i].name);
        if (strncmp(name, names[i].name, len) != 0)
            continue;
        *number = 0;
        if (names[i].members == 0 && name[len] == '\0')
            return &names[i];
        n = member_number(name + len);
        if (n >= 0 && names[i].members >> n & 1) {
            *number = (unsigned)n;
            return &names[i];
        }
    }
    return NULL;
}

int
machine_get(const struct machine *m, const char *name, uint64_t *value)
{
    unsigned n;
    const struct register_name *r = register_find(name, &n);

    if (r == NULL)
        return -1;
    *value = cpu_register_get(m, r->reg, n);
    return 0;
}

int
machine_set(struct machine *m, const char *name, uint64_t value)
{
    unsigned n;
    const struct register_name *r = register_find(name, &n);

    if (r == NULL)
        return machine_fail(m,
                            "there is no register \"%.16s\": there are gr0-15, "
                            "cr0-15, fr0 fr2 fr4 fr6, psw, ia, prefix, tod, "
                            "cc, ct",
                            name);
    if (r->bits < 64 && value >> r->bits != 0)
        return machine_fail(m, "%s has %u bits: X'%llX' is too much", name,
                            r->bits, (unsigned long long)value);
    if (r->reg == REGISTER_PREFIX &&
        (value % 4096 != 0 || value >= machine_storage_size(m)))
        return machine_fail(m,
                            "the prefix is a multiple of X'1000' in storage, "
                            "which ends before X'%X'",
                            machine_storage_size(m));
    input_note(m, &(struct input){.kind = INPUT_REGISTER,
                                  .number = value,
                                  .nwords = 1,
                                  .words = &name});
    cpu_register_set(m, r->reg, n, value);
    return 0;
}
