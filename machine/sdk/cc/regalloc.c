/*
 * regalloc.c - registers for a whole function by graph colouring.
 *
 * Two virtual registers interfere when one is assigned while the other is
 * live; they then need different machine registers.  Nodes joined by a copy,
 * or by the two-address form d = a op b, are merged first.  Nodes with
 * fewer neighbours than there are registers are taken off the graph one after
 * the other, the cheapest per neighbour goes when none is left; coloured in the
 * reverse order, a node that finds no register lives in the frame, which costs
 * little here because nearly every instruction takes a storage operand.
 */
#include "ir.h"

#include <stdlib.h>
#include <string.h>

enum { FIRST_REG = 2, NREGS = 10, DEEP = 8 /* deeper loops count as that */ };

struct node {
    int degree; /* neighbours that are still in the graph */
    int alias;  /* merged into this node, or itself */
    bool used;
    double cost;
};

/* A set of nodes is a vector of bits. */
struct graph {
    struct ir_func *f;
    int n; /* nodes 1 .. n */
    struct node *node;
    size_t words;   /* of a set */
    uint32_t *rows; /* the neighbours of each node */
    /* The address of the parameter list, if it can stay in R1, where it comes:
     * nothing needs R1 until the last parameter is taken. */
    int list;
};

static uint32_t *
neighbours(const struct graph *g, int v)
{
    return g->rows + g->words * (size_t)v;
}

/* The member behind v, or 0: the first one is next(g, set, 0). */
static int
next(const struct graph *g, const uint32_t *set, int v)
{
    for (v++; v <= g->n; v++) {
        if (set[v / 32] >> (v % 32) == 0)
            v |= 31; /* none in the rest of the word */
        else if (set_has(set, v))
            return v;
    }
    return 0;
}

static bool
interfere(const struct graph *g, int a, int b)
{
    return set_has(neighbours(g, a), b);
}

static void
add_edge(struct graph *g, int a, int b)
{
    if (a == b || interfere(g, a, b))
        return;
    set_put(neighbours(g, a), b);
    set_put(neighbours(g, b), a);
    g->node[a].degree++;
    g->node[b].degree++;
}

/* What v was merged into. */
static int
find(const struct graph *g, int v)
{
    while (g->node[v].alias != v)
        v = g->node[v].alias;
    return v;
}

/* ---- the graph ----------------------------------------------------------- */

static void
define(struct graph *g, uint32_t *live, int d, int except, double w)
{
    for (int v = next(g, live, 0); v != 0; v = next(g, live, v))
        if (v != except)
            add_edge(g, d, v);
    g->node[d].used = true;
    g->node[d].cost += w;
}

/* Does the code for this instruction leave R1 alone?  `list` is in R1. */
static bool
leaves_r1(const struct ir_ins *in, int list)
{
    switch (in->op) {
    case IR_MUL:
    case IR_DIV:
    case IR_MOD:
        return false;
    case IR_MOVE: /* by MVC with R1 as its base */
        return in->m2.base == list && in->m2.index == 0 && in->m2.disp >= 0 &&
               in->m2.disp + in->imm <= 1024;
    default:
        return in->op <= IR_SET || in->op == IR_STORE || in->op >= IR_JMP;
    }
}

/* live: what is live at the end of the block. */
static void
build_block(struct graph *g, struct ir_block *b, uint32_t *live)
{
    double w = 1;

    for (int i = 0; i < b->depth && i < DEEP; i++)
        w *= 8;
    for (int i = b->nins - 1; i >= 0; i--) {
        struct ir_ins *in = &b->ins[i];
        int *use[IR_MAX_USES];
        int n = ir_uses(in, use);

        if (in->d != 0)
            define(g, live, in->d, in->op == IR_COPY ? in->a : 0, w);
        if (in->d2 != 0) {
            define(g, live, in->d2, 0, w);
            add_edge(g, in->d, in->d2);
        }
        set_drop(live, in->d);
        set_drop(live, in->d2);
        for (int k = 0; k < n; k++) {
            set_put(live, *use[k]);
            g->node[*use[k]].used = true;
            g->node[*use[k]].cost += w;
        }
        if (!leaves_r1(in, g->list) && set_has(live, g->list))
            g->list = 0;
    }
}

/* ---- merging ------------------------------------------------------------- */

static void
merge(struct graph *g, int a, int b)
{
    uint32_t *nb = neighbours(g, b);

    g->node[b].alias = a;
    g->node[a].cost += g->node[b].cost;
    for (int v = next(g, nb, 0); v != 0; v = next(g, nb, v)) {
        set_drop(neighbours(g, v), b);
        g->node[v].degree--;
        add_edge(g, a, v);
    }
}

static void
try_merge(struct graph *g, int d, int a)
{
    d = find(g, d);
    a = find(g, a);
    if (d != 0 && a != 0 && d != a && !interfere(g, d, a))
        merge(g, d, a);
}

/* Merge along copies and two-address operations. */
static void
coalesce(struct graph *g)
{
    for (int i = 0; i < g->f->nblocks; i++)
        for (int j = 0; j < g->f->blocks[i].nins; j++) {
            struct ir_ins *in = &g->f->blocks[i].ins[j];

            if (in->op == IR_COPY || ir_is_binary(in->op) || in->op == IR_SEXT)
                try_merge(g, in->d, in->a);
        }
}

/* ---- colouring ----------------------------------------------------------- */

/* Take v off the graph. */
static void
take_off(struct graph *g, int v)
{
    const uint32_t *near = neighbours(g, v);

    for (int t = next(g, near, 0); t != 0; t = next(g, near, t))
        g->node[t].degree--;
}

/* The order in which nodes leave the graph; returns how many. */
static int
simplify(struct graph *g, int *stack)
{
    int *work = cc_alloc(((size_t)g->n + 1) * sizeof(int));
    int left = 0, top = 0;

    for (int v = 1; v <= g->n; v++)
        if (g->node[v].used && g->node[v].alias == v)
            work[left++] = v;
    while (left > 0) {
        int kept = 0, first = top, worst = 0;

        /* Each takes the degree of its neighbours down at once. */
        for (int i = 0; i < left; i++)
            if (g->node[work[i]].degree < NREGS)
                take_off(g, stack[top++] = work[i]);
            else
                work[kept++] = work[i];
        left = kept;
        if (top > first || left == 0)
            continue;
        for (int i = 1; i < left; i++) {
            struct node *n = &g->node[work[i]], *m = &g->node[work[worst]];

            if (n->cost * m->degree < m->cost * n->degree)
                worst = i;
        }
        take_off(g, stack[top++] = work[worst]);
        memmove(&work[worst], &work[worst + 1],
                (size_t)(--left - worst) * sizeof(int));
    }
    return top;
}

static void
select_colours(struct graph *g, const int *stack, int top)
{
    struct ir_func *f = g->f;

    for (int i = top - 1; i >= 0; i--) {
        int v = stack[i];
        const uint32_t *near = neighbours(g, v);
        uint32_t taken = 0;
        int r = FIRST_REG;

        for (int t = next(g, near, 0); t != 0; t = next(g, near, t))
            if (f->reg[t] >= 0)
                taken |= (uint32_t)1 << f->reg[t];
        while (r < FIRST_REG + NREGS && (taken >> r & 1) != 0)
            r++;
        if (r < FIRST_REG + NREGS)
            f->reg[v] = r;
        else
            f->spill[v] = ir_new_slot(f, 4, 4);
    }
}

void
regalloc_run(struct ir_func *f)
{
    size_t n = (size_t)f->nvregs + 1;
    struct graph g = {.f = f, .n = f->nvregs};
    uint32_t *live = ir_live_out(f, &g.words);
    int *stack = cc_alloc(n * sizeof(int));

    g.node = cc_alloc(n * sizeof(struct node));
    g.rows = cc_alloc(n * g.words * sizeof(uint32_t));
    f->reg = cc_alloc(n * sizeof(int));
    f->spill = cc_alloc(n * sizeof(int));
    for (int v = 0; v <= g.n; v++) {
        g.node[v].alias = v;
        f->reg[v] = -1;
    }
    for (int j = 0; j < f->blocks[0].nins; j++)
        if (f->blocks[0].ins[j].op == IR_PARAMS)
            g.list = f->blocks[0].ins[j].d;
    for (int i = 0; i < f->nblocks; i++)
        build_block(&g, &f->blocks[i], live + g.words * (size_t)i);
    free(live);
    coalesce(&g);
    select_colours(&g, stack, simplify(&g, stack));
    for (int v = 1; v <= g.n; v++) {
        int root = find(&g, v);

        f->reg[v] = f->reg[root];
        f->spill[v] = f->spill[root];
    }
    if (g.list != 0)
        f->reg[g.list] = 1;
}
