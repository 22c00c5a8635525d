/*
 * opt_loop.c - addresses that loops use.
 *
 * The address of a global object is a literal load.  One that is used inside
 * a loop is loaded at the function's entry instead, into one register for
 * all of its uses.  Where registers are short the allocator turns this back
 * into a load at each use, so that nothing is lost.
 */
#include "opt.h"

#include <string.h>

struct address {
    const char *sym;
    int32_t disp;
    int v;
};

static int
register_for(struct ir_func *f, struct address *list, int *n,
             const struct ir_mem *m)
{
    for (int i = 0; i < *n; i++)
        if (strcmp(list[i].sym, m->sym) == 0 && list[i].disp == m->disp)
            return list[i].v;
    list[*n].sym = m->sym;
    list[*n].disp = m->disp;
    list[*n].v = ir_new_vreg(f);
    return list[(*n)++].v;
}

/* Put n instructions at the start of the entry block, behind IR_PARAMS. */
static void
insert(struct ir_func *f, const struct address *list, int n)
{
    struct ir_block *b = &f->blocks[0];
    int at = b->nins > 0 && b->ins[0].op == IR_PARAMS ? 1 : 0;
    struct ir_ins *ins = ir_alloc(f, (size_t)(b->nins + n) * sizeof(*ins));

    memcpy(ins, b->ins, (size_t)at * sizeof(*ins));
    for (int i = 0; i < n; i++) {
        ins[at + i].op = IR_ADDR;
        ins[at + i].size = 4;
        ins[at + i].d = list[i].v;
        ins[at + i].m.sym = list[i].sym;
        ins[at + i].m.disp = list[i].disp;
    }
    memcpy(ins + at + n, b->ins + at, (size_t)(b->nins - at) * sizeof(*ins));
    b->ins = ins;
    b->nins += n;
    b->cap = b->nins;
}

void
opt_hoist(struct ir_func *f)
{
    struct address *list;
    int total = 0, n = 0;

    for (int i = 0; i < f->nblocks; i++)
        total += f->blocks[i].nins;
    list = ir_alloc(f, (size_t)total * sizeof(*list));
    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];

        for (int j = 0; b->depth > 0 && j < b->nins; j++) {
            struct ir_ins *in = &b->ins[j];

            if (in->op != IR_ADDR || in->m.sym == NULL || in->m.base != 0 ||
                in->m.index != 0)
                continue;
            in->a = register_for(f, list, &n, &in->m);
            in->op = IR_COPY;
            memset(&in->m, 0, sizeof(in->m));
        }
    }
    if (n > 0)
        insert(f, list, n);
}

void
opt_early(struct ir_func *f)
{
    opt_cfg(f);
    opt_dead(f);
    opt_values(f);
    opt_cfg(f);
    opt_dead(f);
}

void
opt_run(struct ir_func *f)
{
    opt_early(f);
    opt_hoist(f);
    opt_values(f);
    opt_cfg(f);
    opt_dead(f);
    opt_fold(f);
    opt_dead(f);
}
