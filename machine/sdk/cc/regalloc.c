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

enum {
    FIRST_REG = 2,
    NREGS = 10,
    DEEP = 8, /* deeper loops count as that */
    FEW_BITS = 1 << 10,
    LARGEST = 1 << 26 /* neighbours of all nodes */
};

struct node {
    int degree; /* neighbours that are still in the graph */
    int alias;  /* merged into this node, or itself */
    int *near;  /* neighbours, also those that were merged into others */
    int nnear;
    double cost; /* of having it in the frame; 0: it is not used */
};

/* The neighbours 32 * from, ... of a node, a bit each. */
struct bits {
    int node, from; /* 0: none is here */
    uint32_t set;
};

struct graph {
    struct ir_func *f;
    int n; /* nodes 1 .. n */
    struct node *node;
    /* Whether two are neighbours, each where its hash says, or behind. */
    struct bits *bits;
    size_t room, nbits;
    int nnear; /* of all nodes */
    /* The address of the parameter list, if it can stay in R1, where it comes:
     * nothing needs R1 until the last parameter is taken. */
    int list;
};

/* Those of the neighbours of a that b would be among. */
static struct bits *
find_bits(const struct graph *g, int a, int b)
{
    uint64_t both = (uint64_t)a << 32 | (uint32_t)b / 256;
    size_t i =
        (size_t)(both * 0x9E3779B97F4A7C15u >> 32) * 8 + (size_t)b / 32 % 8;

    for (;; i++) {
        struct bits *s = &g->bits[i & (g->room - 1)];

        if (s->node == 0 || (s->node == a && s->from == b / 32))
            return s;
    }
}

static bool
interfere(const struct graph *g, int a, int b)
{
    return (find_bits(g, a, b)->set >> b % 32 & 1) != 0;
}

static void
make_room(struct graph *g, size_t room)
{
    struct bits *old = g->bits;
    size_t n = g->room;

    g->room = room;
    g->bits = calloc(room, sizeof(*g->bits));
    if (g->bits == NULL)
        fatal("out of memory");
    for (size_t i = 0; i < n; i++)
        if (old[i].node != 0)
            *find_bits(g, old[i].node, 32 * old[i].from) = old[i];
    free(old);
}

static void
add_near(struct graph *g, int a, int b)
{
    struct node *n = &g->node[a];
    struct bits *s = find_bits(g, a, b);

    if (++g->nnear > LARGEST)
        ir_too_large(g->f);
    g->nbits += s->node == 0;
    *s = (struct bits){a, b / 32, s->set | (uint32_t)1 << b % 32};
    if (2 * g->nbits > g->room)
        make_room(g, 2 * g->room);
    n->near = cc_room(n->near, n->nnear, sizeof(int));
    n->near[n->nnear++] = b;
    n->degree++;
}

static void
add_edge(struct graph *g, int a, int b)
{
    if (a == b || interfere(g, a, b))
        return;
    add_near(g, a, b);
    add_near(g, b, a);
}

/* What v was merged into; the way there becomes shorter. */
static int
find(const struct graph *g, int v)
{
    struct node *n = g->node;

    while (n[v].alias != v)
        v = n[v].alias = n[n[v].alias].alias;
    return v;
}

/* ---- the graph ----------------------------------------------------------- */

static void
define(struct graph *g, const struct regs *live, int d, int except, double w)
{
    for (int i = 0; i < live->n; i++)
        if (live->member[i] != except)
            add_edge(g, d, live->member[i]);
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
build_block(struct graph *g, struct ir_block *b, struct regs *live)
{
    double w = 1;

    for (int i = 0; i < b->depth && i < DEEP; i++)
        w *= 8;
    for (int i = b->nins - 1; i >= 0; i--) {
        struct ir_ins *in = &b->ins[i];
        int *use[IR_MAX_USES];

        if (in->d != 0)
            define(g, live, in->d, in->op == IR_COPY ? in->a : 0, w);
        if (in->d2 != 0) {
            define(g, live, in->d2, 0, w);
            add_edge(g, in->d, in->d2);
        }
        live_step_back(live, in);
        for (int k = ir_uses(in, use) - 1; k >= 0; k--)
            g->node[*use[k]].cost += w;
        if (!leaves_r1(in, g->list) && regs_has(live, g->list))
            g->list = 0;
    }
}

/* ---- merging ------------------------------------------------------------- */

/* Of both nodes that with fewer neighbours goes. */
static void
merge(struct graph *g, int a, int b)
{
    if (g->node[a].nnear < g->node[b].nnear) {
        merge(g, b, a);
        return;
    }
    g->node[b].alias = a;
    g->node[a].cost += g->node[b].cost;
    for (int i = 0; i < g->node[b].nnear; i++) {
        int v = g->node[b].near[i];

        if (g->node[v].alias != v)
            continue;
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
    for (int i = 0; i < g->node[v].nnear; i++)
        g->node[g->node[v].near[i]].degree--;
}

/* The order in which nodes leave the graph; returns how many. */
static int
simplify(struct graph *g, int *stack)
{
    int *work = cc_alloc(((size_t)g->n + 1) * sizeof(int));
    int left = 0, top = 0;

    for (int v = 1; v <= g->n; v++)
        if (g->node[v].cost > 0 && g->node[v].alias == v)
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
        const struct node *n = &g->node[v];
        uint32_t taken = 0;
        int r = FIRST_REG;

        for (int k = 0; k < n->nnear; k++)
            if (f->reg[n->near[k]] >= 0)
                taken |= (uint32_t)1 << f->reg[n->near[k]];
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
    struct live live = live_find(f);
    struct regs regs = regs_new(f->nvregs);
    int *stack = cc_alloc(n * sizeof(int));

    g.node = cc_alloc(n * sizeof(struct node));
    f->reg = cc_alloc(n * sizeof(int));
    f->spill = cc_alloc(n * sizeof(int));
    for (int v = 0; v <= g.n; v++) {
        g.node[v].alias = v;
        f->reg[v] = -1;
    }
    for (int j = 0; j < f->blocks[0].nins; j++)
        if (f->blocks[0].ins[j].op == IR_PARAMS)
            g.list = f->blocks[0].ins[j].d;
    make_room(&g, FEW_BITS);
    for (int i = 0; i < f->nblocks; i++) {
        live_at_end(&live, i, &regs);
        build_block(&g, &f->blocks[i], &regs);
    }
    free(live.out);
    coalesce(&g);
    select_colours(&g, stack, simplify(&g, stack));
    for (int v = 1; v <= g.n; v++) {
        int root = find(&g, v);

        f->reg[v] = f->reg[root];
        f->spill[v] = f->spill[root];
    }
    if (g.list != 0)
        f->reg[g.list] = 1;
    free(g.bits);
}
