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

static void *
grow(struct ir_func *f, void *old, int n, int *cap, size_t element)
{
    int ncap = *cap < 32 ? 32 : *cap * 2;
    char *p;

    if (n < *cap)
        return old;
    p = ir_alloc(f, (size_t)ncap * element);
    if (n > 0)
        memcpy(p, old, (size_t)n * element);
    *cap = ncap;
    return p;
}

struct code *
code_new(struct ir_func *f, int nbases, bool large)
{
    struct code *c = ir_alloc(f, sizeof(*c));

    c->f = f;
    c->nbases = nbases;
    c->large = large;
    c->base = large ? 6 : 0;
    return c;
}

static int
op_length(int op)
{
    return op < 0x40 ? 2 : op < 0xc0 ? 4 : 6;
}

static struct mc_ins *
append(struct code *c, enum mc_op op)
{
    struct mc_ins *in;

    c->ins = grow(c->f, c->ins, c->nins, &c->cap_ins, sizeof(*c->ins));
    in = &c->ins[c->nins++];
    memset(in, 0, sizeof(*in));
    in->op = (uint8_t)op;
    in->line = c->line;
    in->length = (uint8_t)op_length(op);
    return in;
}

void
mc_rr(struct code *c, enum mc_op op, int r1, int r2)
{
    struct mc_ins *in = append(c, op);

    in->r1 = (uint8_t)r1;
    in->x2 = (uint8_t)r2;
    c->r14_used |= r1 == 14;
}

void
mc_rx(struct code *c, enum mc_op op, int r1, int x2, int b2, int d2)
{
    struct mc_ins *in = append(c, op);

    assert(d2 >= 0 && d2 < 4096);
    in->r1 = (uint8_t)r1;
    in->x2 = (uint8_t)x2;
    in->b2 = (uint8_t)b2;
    in->d2 = (uint16_t)d2;
    c->r14_used |= r1 == 14 && op != MC_BC && op != MC_STM && op != MC_LM;
}

void
mc_rs(struct code *c, enum mc_op op, int r1, int r3, int b2, int d2)
{
    mc_rx(c, op, r1, r3, b2, d2);
}

void
mc_si(struct code *c, enum mc_op op, int i2, int b1, int d1)
{
    struct mc_ins *in = append(c, op);

    assert(d1 >= 0 && d1 < 4096);
    in->r1 = (uint8_t)i2;
    in->b1 = (uint8_t)b1;
    in->d1 = (uint16_t)d1;
}

void
mc_ss(struct code *c, enum mc_op op, int length, int b1, int d1, int b2, int d2)
{
    struct mc_ins *in = append(c, op);

    assert(length > 0 && length <= 256);
    assert(d1 >= 0 && d1 < 4096 && d2 >= 0 && d2 < 4096);
    in->r1 = (uint8_t)(length - 1);
    in->b1 = (uint8_t)b1;
    in->d1 = (uint16_t)d1;
    in->b2 = (uint8_t)b2;
    in->d2 = (uint16_t)d2;
}

void
mc_rx_literal(struct code *c, enum mc_op op, int r1, int x2, int lit)
{
    mc_rx(c, op, r1, x2, 12, 0);
    c->ins[c->nins - 1].fix = FIX_LITERAL;
    c->ins[c->nins - 1].target = lit;
}

void
mc_ss_literal(struct code *c, enum mc_op op, int length, int b1, int d1,
              int lit)
{
    mc_ss(c, op, length, b1, d1, 12, 0);
    c->ins[c->nins - 1].fix = FIX_LITERAL;
    c->ins[c->nins - 1].target = lit;
}

int
mc_label(struct code *c)
{
    c->label =
        grow(c->f, c->label, c->nlabels, &c->cap_labels, sizeof(*c->label));
    c->label[c->nlabels] = 0;
    return c->nlabels++;
}

void
mc_bind(struct code *c, int label)
{
    struct mc_ins *in = append(c, MC_BC);

    in->fix = FIX_BIND;
    in->length = 0;
    in->target = label;
}

void
mc_branch(struct code *c, int mask, int label)
{
    mc_rx(c, MC_BC, mask, 0, 12, 0);
    c->ins[c->nins - 1].fix = FIX_LABEL;
    c->ins[c->nins - 1].target = label;
}

static int
literal(struct code *c, int size, uint32_t value, const char *sym)
{
    struct mc_literal *l;

    for (int i = 0; i < c->nlit; i++) {
        l = &c->lit[i];
        if (l->size == size && l->value == value &&
            (l->sym == sym ||
             (l->sym != NULL && sym != NULL && strcmp(l->sym, sym) == 0)))
            return i;
    }
    c->lit = grow(c->f, c->lit, c->nlit, &c->cap_lit, sizeof(*c->lit));
    l = &c->lit[c->nlit];
    memset(l, 0, sizeof(*l));
    l->size = (uint8_t)size;
    l->value = value;
    l->sym = sym;
    return c->nlit++;
}

int
lit_word(struct code *c, uint32_t value)
{
    return literal(c, 4, value, NULL);
}

int
lit_half(struct code *c, uint32_t value)
{
    return literal(c, 2, value & 0xffff, NULL);
}

int
lit_address(struct code *c, const char *sym, int32_t offset)
{
    return literal(c, 4, (uint32_t)offset, sym);
}

int
lit_table(struct code *c, int n, const int *labels)
{
    struct mc_literal *l;

    c->lit = grow(c->f, c->lit, c->nlit, &c->cap_lit, sizeof(*c->lit));
    l = &c->lit[c->nlit];
    memset(l, 0, sizeof(*l));
    l->ntargets = n;
    l->labels = ir_alloc(c->f, (size_t)n * sizeof(int));
    memcpy(l->labels, labels, (size_t)n * sizeof(int));
    return c->nlit++;
}

/* Words, then tables, then halfwords: the words stay within reach. */
static uint32_t
place_literals(struct code *c, uint32_t at)
{
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < c->nlit; i++) {
            struct mc_literal *l = &c->lit[i];
            uint32_t bytes = l->size != 0 ? l->size : 4 * (uint32_t)l->ntargets;

            if ((pass == 0) != (l->size == 4) || (pass == 1) != (l->size == 0))
                continue;
            l->offset = at;
            at += bytes;
        }
    return at;
}

static uint32_t
operand_offset(const struct code *c, const struct mc_ins *in)
{
    uint32_t to =
        in->fix == FIX_LABEL ? c->label[in->target] : c->lit[in->target].offset;

    return to - c->base;
}

/* How many bytes the instruction needs for an operand at this distance. */
static int
needed_length(const struct code *c, const struct mc_ins *in)
{
    uint32_t off = operand_offset(c, in);
    int own = op_length(in->op);

    /* The second base is not there before the code begins. */
    if (off < 4096 || (off < 8192 && c->nbases == 2 && in - c->ins >= c->head))
        return own;
    if (in->fix == FIX_LITERAL && (own == 6 || in->x2 != 0))
        return own + 10 + (own == 6 ? 2 : 0);
    return own + 8;
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

            if (c->large && i == c->head) {
                at = (at + 3) & ~3u;
                at = place_literals(c, at);
                at = (at + 1) & ~1u;
            }
            in->offset = at;
            if (in->fix == FIX_BIND)
                c->label[in->target] = at;
            at += in->length;
        }
        if (!c->large) {
            at = (at + 3) & ~3u;
            at = place_literals(c, at);
        }
        c->size = (at + 3) & ~3u;
        for (int i = 0; i < c->nins; i++) {
            struct mc_ins *in = &c->ins[i];
            int n;

            if (in->fix != FIX_LABEL && in->fix != FIX_LITERAL)
                continue;
            n = needed_length(c, in);
            if (n > in->length) {
                in->length = (uint8_t)n;
                changed = true;
            }
        }
    }
}
