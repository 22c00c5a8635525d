/*
 * regalloc.c - registers for a whole function by graph colouring.
 *
 * Two virtual registers interfere when one is assigned while the other is
 * live; they then need different machine registers.  Nodes joined by a copy,
 * or by the two-address form d = a op b, are merged first where that cannot
 * make the graph harder to colour (Briggs).  Nodes with fewer neighbours
 * than there are registers are taken off the graph one after the other, the
 * cheapest per neighbour goes when none is left; coloured in the reverse
 * order, a node that finds no register lives in the frame, which costs little
 * here because nearly every instruction takes a storage operand.  A value
 * that is always the same constant or address is computed again instead.
 */
#include "ir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_REG = 2 };

struct node {
    int *adj; /* neighbours, as they were added; use find() on them */
    int nadj, cap;
    int degree;
    int alias; /* merged into this node, or itself */
    bool used, removed;
    int ndefs;
    double cost;
};

struct graph {
    struct ir_func *f;
    int n; /* nodes 1 .. n */
    int k; /* registers */
    struct node *node;
    uint32_t *bits; /* triangular matrix */
};

static void *
zalloc(size_t n, size_t size)
{
    void *p = calloc(n + 1, size);

    if (p == NULL) {
        fputs("cc370: out of memory\n", stderr);
        exit(2);
    }
    return p;
}

static size_t
pair(int a, int b)
{
    size_t hi = (size_t)(a > b ? a : b);
    size_t lo = (size_t)(a > b ? b : a);

    return hi * (hi - 1) / 2 + lo;
}

static bool
interfere(const struct graph *g, int a, int b)
{
    size_t i = pair(a, b);

    return (g->bits[i / 32] >> (i % 32) & 1) != 0;
}

static void
push_adj(struct node *n, int other)
{
    if (n->nadj == n->cap) {
        n->cap = n->cap == 0 ? 8 : n->cap * 2;
        n->adj = realloc(n->adj, (size_t)n->cap * sizeof(int));
        if (n->adj == NULL) {
            fputs("cc370: out of memory\n", stderr);
            exit(2);
        }
    }
    n->adj[n->nadj++] = other;
}

static void
add_edge(struct graph *g, int a, int b)
{
    size_t i;

    if (a == b || interfere(g, a, b))
        return;
    i = pair(a, b);
    g->bits[i / 32] |= (uint32_t)1 << (i % 32);
    push_adj(&g->node[a], b);
    push_adj(&g->node[b], a);
    g->node[a].degree++;
    g->node[b].degree++;
}

/* What v was merged into; the way there is made shorter for the next time. */
static int
find(struct graph *g, int v)
{
    struct node *node = g->node;

    while (node[v].alias != v) {
        node[v].alias = node[node[v].alias].alias;
        v = node[v].alias;
    }
    return v;
}

/* A set of registers with fast insertion, removal and walk. */
struct liveset {
    int *list, *where; /* where[v] = position + 1, 0 = absent */
    int n;
};

static void
live_add(struct liveset *s, int v)
{
    if (s->where[v] != 0)
        return;
    s->list[s->n++] = v;
    s->where[v] = s->n;
}

static void
live_del(struct liveset *s, int v)
{
    int at = s->where[v];

    if (at == 0)
        return;
    s->list[at - 1] = s->list[--s->n];
    s->where[s->list[at - 1]] = at;
    s->where[v] = 0;
}

static double
weight(const struct ir_block *b)
{
    double w = 1;

    for (int i = 0; i < b->depth && i < 8; i++)
        w *= 8;
    return w;
}

static void
define(struct graph *g, struct liveset *live, int d, int except, double w)
{
    struct node *n = &g->node[d];

    for (int i = 0; i < live->n; i++)
        if (live->list[i] != except)
            add_edge(g, d, live->list[i]);
    n->used = true;
    n->ndefs++;
    n->cost += w;
}

static void
build_block(struct graph *g, struct ir_block *b, const uint32_t *out,
            struct liveset *live)
{
    double w = weight(b);

    live->n = 0;
    memset(live->where, 0, ((size_t)g->n + 1) * sizeof(int));
    for (int v = 1; v <= g->n; v++)
        if ((out[v / 32] >> (v % 32) & 1) != 0)
            live_add(live, v);
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
        live_del(live, in->d);
        live_del(live, in->d2);
        for (int k = 0; k < n; k++) {
            live_add(live, *use[k]);
            g->node[*use[k]].used = true;
            g->node[*use[k]].cost += w;
        }
    }
}

static void
build(struct graph *g)
{
    size_t words;
    uint32_t *out = ir_live_out(g->f, &words);
    struct liveset live;

    live.n = 0;
    live.list = zalloc((size_t)g->n + 1, sizeof(int));
    live.where = zalloc((size_t)g->n + 1, sizeof(int));
    for (int i = 0; i < g->f->nblocks; i++)
        build_block(g, &g->f->blocks[i], out + words * (size_t)i, &live);
    free(live.list);
    free(live.where);
    free(out);
}

/* Would the union of a and b have fewer than k neighbours of high degree? */
static bool
safe_to_merge(struct graph *g, int a, int b, int *mark)
{
    int high = 0;
    int pass[2] = {a, b};

    for (int p = 0; p < 2; p++) {
        struct node *n = &g->node[pass[p]];

        for (int i = 0; i < n->nadj; i++) {
            int t = find(g, n->adj[i]);
            int degree = g->node[t].degree;

            if (mark[t] == a)
                continue;
            mark[t] = a;
            if (interfere(g, t, a) && interfere(g, t, b))
                degree--;
            if (degree >= g->k)
                high++;
        }
    }
    for (int p = 0; p < 2; p++)
        for (int i = 0; i < g->node[pass[p]].nadj; i++)
            mark[find(g, g->node[pass[p]].adj[i])] = 0;
    return high < g->k;
}

static void
merge(struct graph *g, int a, int b)
{
    struct node *nb = &g->node[b];

    nb->alias = a;
    g->node[a].cost += nb->cost;
    g->node[a].ndefs += nb->ndefs;
    for (int i = 0; i < nb->nadj; i++) {
        int t = find(g, nb->adj[i]);

        if (t == a)
            continue;
        if (interfere(g, t, a))
            g->node[t].degree--;
        else {
            add_edge(g, a, t);
            g->node[t].degree--;
        }
    }
}

static void
try_merge(struct graph *g, int d, int a, int *mark)
{
    if (d == 0 || a == 0)
        return;
    d = find(g, d);
    a = find(g, a);
    if (d != a && !interfere(g, d, a) && safe_to_merge(g, d, a, mark))
        merge(g, d, a);
}

/* Merge along copies and two-address operations, inner loops first. */
static void
coalesce(struct graph *g)
{
    int *mark = zalloc((size_t)g->n + 1, sizeof(int));

    for (int depth = 8; depth >= 0; depth--)
        for (int i = 0; i < g->f->nblocks; i++) {
            struct ir_block *b = &g->f->blocks[i];

            if ((b->depth > 8 ? 8 : b->depth) != depth)
                continue;
            for (int j = 0; j < b->nins; j++) {
                struct ir_ins *in = &b->ins[j];

                if (in->op == IR_COPY || ir_is_binary(in->op) ||
                    in->op == IR_SEXT || in->op == IR_NEG)
                    try_merge(g, in->d, in->a, mark);
                else if (in->op == IR_ADD8 || in->op == IR_SUB8) {
                    try_merge(g, in->d, in->a, mark);
                    try_merge(g, in->d2, in->a2, mark);
                }
            }
        }
    free(mark);
}

/* Take n off the graph. */
static void
take_off(struct graph *g, int v)
{
    struct node *n = &g->node[v];

    n->removed = true;
    for (int i = 0; i < n->nadj; i++) {
        int t = find(g, n->adj[i]);

        if (!g->node[t].removed && interfere(g, t, v))
            g->node[t].degree--;
    }
}

static void
drop_duplicates(struct graph *g, int *mark)
{
    for (int v = 1; v <= g->n; v++) {
        struct node *n = &g->node[v];
        int k = 0;

        if (n->alias != v)
            continue;
        for (int i = 0; i < n->nadj; i++) {
            int t = find(g, n->adj[i]);

            if (mark[t] == v || t == v)
                continue;
            mark[t] = v;
            n->adj[k++] = t;
        }
        n->nadj = n->degree = k;
    }
}

/* The order in which nodes leave the graph; returns how many. */
static int
simplify(struct graph *g, int *stack)
{
    int *work = zalloc((size_t)g->n + 1, sizeof(int));
    int left = 0;
    int top = 0;

    for (int v = 1; v <= g->n; v++)
        if (g->node[v].used && g->node[v].alias == v)
            work[left++] = v;
    while (left > 0) {
        int kept = 0;
        int best = -1;
        bool progress = false;

        for (int i = 0; i < left; i++) {
            int v = work[i];

            if (g->node[v].degree < g->k) {
                take_off(g, v);
                stack[top++] = v;
                progress = true;
            } else
                work[kept++] = v;
        }
        left = kept;
        if (progress || left == 0)
            continue;
        for (int i = 0; i < left; i++) {
            struct node *n = &g->node[work[i]];
            struct node *m = best < 0 ? NULL : &g->node[work[best]];

            if (m == NULL || n->cost * m->degree < m->cost * n->degree)
                best = i;
        }
        take_off(g, work[best]);
        stack[top++] = work[best];
        memmove(&work[best], &work[best + 1],
                (size_t)(left - best - 1) * sizeof(int));
        left--;
    }
    free(work);
    return top;
}

/* Colours of relatives by copies, that did not merge, are worth having. */
static void
collect_hints(struct graph *g, int *hint)
{
    for (int i = 0; i < g->f->nblocks; i++)
        for (int j = 0; j < g->f->blocks[i].nins; j++) {
            struct ir_ins *in = &g->f->blocks[i].ins[j];

            if (in->op == IR_COPY || ir_is_binary(in->op)) {
                int d = find(g, in->d);
                int a = find(g, in->a);

                if (d != a && !interfere(g, d, a)) {
                    hint[d] = a;
                    hint[a] = d;
                }
            }
        }
}

static void
spill_slot(struct graph *g, int v, int *slot_of)
{
    struct node *n = &g->node[v];
    struct ir_func *f = g->f;

    for (int s = 2; s < f->nslots; s++) {
        bool taken = slot_of[s] == 0; /* not one of ours */

        for (int i = 0; i < n->nadj && !taken; i++)
            taken = f->spill[n->adj[i]] == s;
        if (!taken) {
            f->spill[v] = s;
            return;
        }
    }
    f->spill[v] = ir_new_slot(f, 4, 4);
    slot_of[f->spill[v]] = 1;
}

static void
select_colours(struct graph *g, const int *stack, int top, const int *hint)
{
    struct ir_func *f = g->f;
    int *ours = zalloc((size_t)f->nslots + (size_t)g->n + 1, sizeof(int));

    for (int i = top - 1; i >= 0; i--) {
        int v = stack[i];
        struct node *n = &g->node[v];
        uint32_t taken = 0;
        int want = hint[v] != 0 ? f->reg[hint[v]] : -1;
        int r;

        for (int j = 0; j < n->nadj; j++) {
            int t = n->adj[j];

            if (f->reg[t] >= 0)
                taken |= (uint32_t)1 << f->reg[t];
        }
        if (want < 0 || (taken >> want & 1) != 0)
            for (want = -1, r = FIRST_REG; r < FIRST_REG + g->k; r++)
                if ((taken >> r & 1) == 0) {
                    want = r;
                    break;
                }
        f->reg[v] = want;
        if (want < 0 && f->remat[v].op == IR_NOP)
            spill_slot(g, v, ours);
    }
    free(ours);
}

/* Values that may be computed again where they are used. */
static void
find_remat(struct graph *g)
{
    struct ir_func *f = g->f;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];

            if (in->d == 0 || g->node[find(g, in->d)].ndefs != 1)
                continue;
            if (in->op == IR_CONST ||
                (in->op == IR_ADDR && in->m.base == 0 && in->m.index == 0)) {
                f->remat[in->d] = *in;
                g->node[in->d].cost *= 0.5;
            }
        }
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
    case IR_MOVE:
        return in->m2.base == list && in->m2.index == 0 && in->imm <= 256;
    case IR_BR:
    case IR_BRTM:
    case IR_BRCLI:
        return true;
    default:
        return in->op <= IR_SET;
    }
}

/* The address of the parameter list stays in R1, where it came, if nothing
 * needs R1 until the last parameter is taken. */
static void
leave_list_in_r1(struct ir_func *f)
{
    const struct ir_block *b = &f->blocks[0];
    int list = 0, uses = 0, *use[IR_MAX_USES];
    bool clean = false;

    for (int j = 0; j < b->nins; j++) {
        if (b->ins[j].op == IR_PARAMS) {
            list = b->ins[j].d;
            clean = true;
            continue;
        }
        for (int k = ir_uses(&b->ins[j], use) - 1; list != 0 && k >= 0; k--)
            if (*use[k] == list) {
                if (!clean || !leaves_r1(&b->ins[j], list))
                    return;
                uses++;
            }
        clean = clean && leaves_r1(&b->ins[j], list);
    }
    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++)
            for (int k = ir_uses(&f->blocks[i].ins[j], use) - 1; k >= 0; k--)
                uses -= *use[k] == list;
    if (list != 0 && uses == 0)
        f->reg[list] = 1;
}

void
regalloc_run(struct ir_func *f, int nregs)
{
    struct graph g = {.f = f, .n = f->nvregs, .k = nregs};
    size_t n = (size_t)f->nvregs + 1;
    int *stack = zalloc(n, sizeof(int));
    int *work = zalloc(n, sizeof(int));

    g.node = zalloc(n, sizeof(struct node));
    g.bits = zalloc(n * (n + 1) / 2 / 32 + 1, sizeof(uint32_t));
    f->reg = ir_alloc(f, n * sizeof(int));
    f->spill = ir_alloc(f, n * sizeof(int));
    f->remat = ir_alloc(f, n * sizeof(struct ir_ins));
    for (int v = 0; v <= g.n; v++) {
        g.node[v].alias = v;
        f->reg[v] = -1;
    }
    build(&g);
    coalesce(&g);
    drop_duplicates(&g, work);
    find_remat(&g);
    memset(work, 0, n * sizeof(int));
    collect_hints(&g, work);
    select_colours(&g, stack, simplify(&g, stack), work);
    for (int v = 1; v <= g.n; v++) {
        int root = find(&g, v);

        f->reg[v] = f->reg[root];
        f->spill[v] = f->spill[root];
    }
    leave_list_in_r1(f);
    for (int v = 0; v <= g.n; v++)
        free(g.node[v].adj);
    free(g.node);
    free(g.bits);
    free(stack);
    free(work);
}
