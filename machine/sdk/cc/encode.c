/*
 * encode.c - appending instructions and literals, and giving them addresses.
 *
 * Nothing is encoded before the layout is known.  The layout starts with
 * every operand near and repeats until no operand had to be lengthened; it
 * ends because an operand never becomes near again.
 */
#include "emit.h"

#include <assert.h>
#include <string.h>

int
mc_length(enum mc_op op)
{
    return op < 0x40 ? 2 : op < 0xc0 ? 4 : 6;
}

static void
append(struct code *c, struct mc_ins in)
{
    assert(in.d1 >= 0 && in.d1 < 4096 && in.d2 >= 0 && in.d2 < 4096);
    in.line = c->line;
    in.length = in.fix == FIX_BIND ? 0 : mc_length(in.op);
    c->ins = cc_room(c->ins, c->nins, sizeof(*c->ins));
    c->ins[c->nins++] = in;
}

/* What the last instruction refers to. */
static void
refer(struct code *c, enum mc_fix fix, int target)
{
    c->ins[c->nins - 1].fix = fix;
    c->ins[c->nins - 1].target = target;
}

void
mc_rr(struct code *c, enum mc_op op, int r1, int r2)
{
    append(c, (struct mc_ins){.op = op, .r1 = r1, .x2 = r2});
}

void
mc_rx(struct code *c, enum mc_op op, int r1, int x2, int b2, int d2)
{
    append(c,
           (struct mc_ins){.op = op, .r1 = r1, .x2 = x2, .b2 = b2, .d2 = d2});
}

void
mc_si(struct code *c, enum mc_op op, int i2, int b, int d)
{
    append(c, (struct mc_ins){
                  .op = op, .r1 = i2 >> 4, .x2 = i2 & 15, .b2 = b, .d2 = d});
}

void
mc_ss(struct code *c, enum mc_op op, int length, int b1, int d1, int b2, int d2)
{
    assert(length > 0 && length <= 256);
    append(c, (struct mc_ins){.op = op,
                              .r1 = (length - 1) >> 4,
                              .x2 = (length - 1) & 15,
                              .b1 = b1,
                              .d1 = d1,
                              .b2 = b2,
                              .d2 = d2});
}

void
mc_rx_literal(struct code *c, enum mc_op op, int r1, int lit)
{
    mc_rx(c, op, r1, 0, 12, 0);
    refer(c, FIX_LITERAL, lit);
}

int
mc_label(struct code *c)
{
    c->label = cc_room(c->label, c->nlabels, sizeof(*c->label));
    return c->nlabels++;
}

void
mc_bind(struct code *c, int label)
{
    append(c, (struct mc_ins){.fix = FIX_BIND, .target = label});
}

void
mc_branch(struct code *c, int mask, int label)
{
    mc_rx(c, MC_BC, mask, 0, 12, 0);
    refer(c, FIX_LABEL, label);
}

/* ---- literals ------------------------------------------------------------ */

enum { BUCKETS = 1 << 14 };

static int
literal(struct code *c, struct mc_literal new)
{
    static struct bucket {
        const struct code *of; /* the function that is being made */
        int last;              /* number of a literal + 1 */
    } bucket[BUCKETS];
    struct bucket *b;
    uint32_t h = new.value;

    for (const char *p = new.sym; p != NULL &&*p != '\0'; p++)
        h = 31 * h + (uint8_t)*p;
    b = &bucket[(h ^ h >> 14) % BUCKETS];
    if (b->of != c)
        *b = (struct bucket){c, 0};
    for (int i = b->last; i > 0; i = c->lit[i - 1].next) {
        const struct mc_literal *l = &c->lit[i - 1];

        if (l->size == new.size && l->value == new.value &&
            (l->sym == new.sym ||
             (l->sym != NULL &&
              new.sym != NULL &&strcmp(l->sym, new.sym) == 0)))
            return i - 1;
    }
    new.next = b->last;
    c->lit = cc_room(c->lit, c->nlit, sizeof(*c->lit));
    c->lit[c->nlit] = new;
    b->last = ++c->nlit;
    return c->nlit - 1;
}

int
lit_word(struct code *c, uint32_t value)
{
    return literal(c, (struct mc_literal){.size = 4, .value = value});
}

int
lit_half(struct code *c, uint32_t value)
{
    return literal(c, (struct mc_literal){.size = 2, .value = value & 0xffff});
}

int
lit_address(struct code *c, const char *sym, int32_t offset)
{
    return literal(c, (struct mc_literal){
                          .size = 4, .value = (uint32_t)offset, .sym = sym});
}

/* From `at` on, each on its boundary; returns what is behind them. */
static uint32_t
place_literals(struct code *c, uint32_t at)
{
    for (int i = 0; i < c->nlit; i++) {
        uint32_t size = (uint32_t)c->lit[i].size;

        at = (at + size - 1) & ~(size - 1);
        c->lit[i].offset = at;
        at += size;
    }
    return at;
}

/* ---- the layout ---------------------------------------------------------- */

uint32_t
mc_distance(const struct code *c, const struct mc_ins *in)
{
    return in->fix == FIX_LABEL ? c->label[in->target]
                                : c->lit[in->target].offset;
}

/* How many bytes the instruction needs for an operand at this distance. */
static int
needed_length(const struct code *c, const struct mc_ins *in)
{
    return mc_length(in->op) + (mc_distance(c, in) < 4096 ? 0 : 8);
}

void
code_layout(struct code *c)
{
    bool changed = true;

    while (changed) {
        uint32_t at = 0;

        changed = false;
        for (int i = 0; i < c->nins; i++) {
            struct mc_ins *in = &c->ins[i];

            in->offset = at;
            if (in->fix == FIX_BIND)
                c->label[in->target] = at;
            at += (uint32_t)in->length;
        }
        at = place_literals(c, at);
        c->size = (at + 3) & ~3u;
        for (int i = 0; i < c->nins; i++) {
            struct mc_ins *in = &c->ins[i];
            int n = in->fix == FIX_LABEL || in->fix == FIX_LITERAL
                        ? needed_length(c, in)
                        : 0;

            if (n > in->length) {
                in->length = n;
                changed = true;
            }
        }
    }
    for (int i = 0; i < c->nat; i++) {
        const struct mc_ins *last = &c->ins[c->nins - 1];

        c->at[i] = c->at[i] < (uint32_t)c->nins
                       ? c->ins[c->at[i]].offset
                       : last->offset + (uint32_t)last->length;
    }
}
