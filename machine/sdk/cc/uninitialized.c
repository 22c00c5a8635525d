/*
 * uninitialized.c - variables that are read before they are set.
 *
 * Only variables that live in registers are looked at, in the lowered code
 * before it is changed.  The registers that may have been set flow along all
 * edges from block to block until nothing changes; what is computed from a
 * register that is not set is not set either, so that `sum += x' does not
 * count as setting sum.  A variable that is read where it cannot have been
 * set on any way is not set for certain.  (What depends on conditions that
 * the programmer knows to go together is left alone.)
 */
#include "lower.h"

#include <stdlib.h>
#include <string.h>

enum { LARGEST = 8 * 1024 * 1024 }; /* words of tables; such code is not read */

struct seen {
    const struct ir_func *f;
    size_t words;
    uint32_t *in; /* of each block, registers that may have been set */
    bool changed, report;
    const struct symbol **variable; /* by register */
};

static void
report(struct seen *s, const struct ir_ins *in, int v)
{
    const struct symbol *var = s->variable[v];
    struct token at = {.kind = TK_IDENT, .text = var->name};

    at.file = s->f->lines[in->line].file;
    at.line = s->f->lines[in->line].line;
    warn_at(&at, "uninitialized", "`%s' is used here, but has no value yet",
            var->name);
    s->variable[v] = NULL; /* once is enough */
}

static void
walk(struct seen *s, int block, uint32_t *now)
{
    const struct ir_block *b = &s->f->blocks[block];

    if (!set_has(s->in + s->words * (size_t)block, 0))
        return; /* never reached */
    memcpy(now, s->in + s->words * (size_t)block, s->words * sizeof(uint32_t));
    for (int j = 0; j < b->nins; j++) {
        struct ir_ins in = b->ins[j];
        int *use[IR_MAX_USES];
        int n = ir_uses(&in, use);
        bool set = true;

        for (int k = 0; k < n; k++) {
            set = set && set_has(now, *use[k]);
            if (s->report && s->variable[*use[k]] != NULL &&
                !set_has(now, *use[k]))
                report(s, &in, *use[k]);
        }
        if (!set && in.op != IR_CALL)
            continue;
        set_put(now, in.d);
        set_put(now, in.d2);
    }
    for (int k = 0; k < ir_nsucc(b); k++) {
        uint32_t *in = s->in + s->words * (size_t)ir_succ(b, k);

        for (size_t w = 0; w < s->words; w++) {
            s->changed |= (now[w] & ~in[w]) != 0;
            in[w] |= now[w];
        }
    }
}

void
check_uninitialized(const struct ir_func *f, struct symbol *const *variables,
                    int n)
{
    size_t blocks = (size_t)f->nblocks, regs = (size_t)f->nvregs + 1;
    struct seen s = {.f = f, .words = regs / 32 + 1, .changed = true};
    uint32_t *now = cc_alloc(s.words * sizeof(uint32_t));

    if (n == 0 || blocks * s.words > LARGEST)
        return;
    s.in = cc_alloc(blocks * s.words * sizeof(uint32_t));
    s.variable = cc_alloc(regs * sizeof(*s.variable));
    for (int i = 0; i < n; i++)
        s.variable[variables[i]->reg] = variables[i];
    s.in[0] = 1; /* register 0: the block is reached */
    while (s.changed) {
        s.changed = false;
        for (int i = 0; i < f->nblocks; i++)
            walk(&s, i, now);
    }
    s.report = true;
    for (int i = 0; i < f->nblocks; i++)
        walk(&s, i, now);
}
