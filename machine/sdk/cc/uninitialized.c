/*
 * uninitialized.c - variables that are read before they are set.
 *
 * Only variables that live in registers are looked at, in the lowered code
 * before it is changed.  One that is live where the function begins is read
 * on some way on which nothing has set it, as far as the edges tell.
 *
 * Whether it can have been set at all: the registers that may have been set
 * flow along all edges from block to block until nothing changes; what is
 * computed from a register that is not set is not set either, so that
 * `sum += x' does not count as setting sum.  A variable that is read where it
 * cannot have been set is not set for certain.
 *
 * Else the ways are followed one by one from the entry, with what is known on
 * each (known.c), until the variable is set, or read, or is not needed any
 * more; a branch whose outcome is known is followed on one side only.  So a
 * loop with constant bounds is executed, and `if (c) x = 1; ... if (c) use(x)'
 * has no bad way.  Ways that come to a block with no more knowledge than one
 * before are not followed again; where too many come, they know only what all
 * do.  Where there are too many ways altogether, nothing is said.
 */
#include "known.h"
#include "lower.h"

#include <stdlib.h>
#include <string.h>

enum {
    LARGEST = 8 * 1024 * 1024, /* words of tables; such code is not read */
    WAYS_AT_BLOCK = 8,
    WAYS = 2000 /* blocks that are passed for one variable */
};

struct seen {
    struct ir_func *f;
    size_t words;
    uint32_t *in; /* of each block, registers that may have been set */
    bool changed;
};

/* A block to be passed, and what is known at its start. */
struct way {
    struct way *next, *todo;
    int block;
    struct known known;
};

struct search {
    struct ir_func *f;
    struct terms terms;
    const uint32_t *live_out;
    size_t words;
    int v;
    struct way **been; /* by block */
    int *nbeen;
    struct way *work;
    struct ir_ins *found; /* the first one that reads v */
};

/* ---- set on any way ------------------------------------------------------ */

static bool
has_all(const uint32_t *set, struct ir_ins *in)
{
    int *use[IR_MAX_USES];

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (!set_has(set, *use[k]))
            return false;
    return true;
}

/* What may have been set in front of an instruction, NULL: the end of the
 * block. */
static void
pass(const struct seen *s, int block, const struct ir_ins *end, uint32_t *now)
{
    const struct ir_block *b = &s->f->blocks[block];

    memcpy(now, s->in + s->words * (size_t)block, s->words * sizeof(uint32_t));
    for (int j = 0; j < b->nins && &b->ins[j] != end; j++) {
        struct ir_ins *in = &b->ins[j];

        if (in->op != IR_CALL && !has_all(now, in))
            continue;
        set_put(now, in->d);
        set_put(now, in->d2);
    }
}

/* Register 0 is set where a block is reached at all. */
static void
find_set(struct seen *s, uint32_t *now)
{
    s->in[0] = 1;
    do {
        s->changed = false;
        for (int i = 0; i < s->f->nblocks; i++) {
            const struct ir_block *b = &s->f->blocks[i];

            if (!set_has(s->in + s->words * (size_t)i, 0))
                continue;
            pass(s, i, NULL, now);
            for (int k = 0; k < ir_nsucc(b); k++) {
                uint32_t *in = s->in + s->words * (size_t)ir_succ(b, k);

                for (size_t w = 0; w < s->words; w++) {
                    s->changed |= (now[w] & ~in[w]) != 0;
                    in[w] |= now[w];
                }
            }
        }
    } while (s->changed);
}

/* ---- set on every way ---------------------------------------------------- */

static bool
is_live_in(const struct search *s, int block)
{
    return ir_is_live_in(&s->f->blocks[block],
                         s->live_out + s->words * (size_t)block, s->v);
}

/* Go on with block `to`, unless it would tell nothing new. */
static void
go_on(struct search *s, int to, const struct known *known)
{
    struct way *way;

    for (way = s->been[to]; way != NULL; way = way->next)
        if (known_less(&way->known, known))
            return;
    way = cc_alloc(sizeof(*way));
    way->block = to;
    way->known = *known;
    if (s->nbeen[to] >= WAYS_AT_BLOCK)
        for (struct way *old = s->been[to]; old != NULL; old = old->next)
            known_meet(&way->known, &old->known);
    way->next = s->been[to];
    s->been[to] = way;
    s->nbeen[to]++;
    way->todo = s->work;
    s->work = way;
}

static bool
reads(struct ir_ins *in, int v)
{
    int *use[IR_MAX_USES];

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (*use[k] == v)
            return true;
    return false;
}

static void
follow(struct search *s, const struct way *way)
{
    struct ir_block *b = &s->f->blocks[way->block];
    struct known known = way->known;

    for (int j = 0; j < b->nins; j++) {
        struct ir_ins *in = &b->ins[j];

        if (reads(in, s->v)) {
            if (s->found == NULL || in->line < s->found->line)
                s->found = in;
            return;
        }
        if (in->d == s->v || in->d2 == s->v)
            return;
        if (!ir_is_terminator(in->op))
            known_execute(&s->terms, &known, in);
    }
    for (int k = 0; k < ir_nsucc(b); k++) {
        struct known there = known;

        if (is_live_in(s, ir_succ(b, k)) &&
            known_branch(&s->terms, &there, &b->ins[b->nins - 1], k))
            go_on(s, ir_succ(b, k), &there);
    }
}

/* The first instruction that reads v on a way on which it has not been set. */
static struct ir_ins *
first_bad(struct search *s, int v)
{
    size_t blocks = (size_t)s->f->nblocks;
    struct known nothing = {.nnames = 0};

    s->v = v;
    s->found = NULL;
    s->work = NULL;
    if (!is_live_in(s, 0))
        return NULL;
    s->been = cc_alloc(blocks * sizeof(struct way *));
    s->nbeen = cc_alloc(blocks * sizeof(int));
    go_on(s, 0, &nothing);
    for (int n = 0; s->work != NULL; n++) {
        struct way *way = s->work;

        if (n == WAYS)
            return NULL;
        s->work = way->todo;
        follow(s, way);
    }
    return s->found;
}

/* ---- messages ------------------------------------------------------------ */

/* An instruction that reads the variable where no way has set it. */
static struct ir_ins *
first_certain(const struct seen *s, int v, uint32_t *now)
{
    for (int i = 0; i < s->f->nblocks; i++) {
        const struct ir_block *b = &s->f->blocks[i];

        if (!set_has(s->in + s->words * (size_t)i, 0))
            continue;
        for (int j = 0; j < b->nins; j++) {
            if (!reads(&b->ins[j], v))
                continue;
            pass(s, i, &b->ins[j], now);
            if (!set_has(now, v))
                return &b->ins[j];
        }
    }
    return NULL;
}

static void
report(const struct ir_func *f, const struct symbol *var,
       const struct ir_ins *in, bool certain)
{
    struct token at = {.kind = TK_IDENT, .text = var->name};

    at.file = f->lines[in->line].file;
    at.line = f->lines[in->line].line;
    if (certain)
        warn_at(&at, "uninitialized", "`%s' is used here, but has no value yet",
                var->name);
    else if (warn_at(&at, "uninitialized", "`%s' may be used uninitialized",
                     var->name))
        note_at(var->tok, "it is declared here, without a value");
}

void
check_uninitialized(struct ir_func *f, struct symbol *const *variables, int n)
{
    size_t blocks = (size_t)f->nblocks, regs = (size_t)f->nvregs + 1;
    struct seen set = {.f = f, .words = regs / 32 + 1};
    struct search s = {.f = f};
    uint32_t *live_out, *now = NULL;

    if (n == 0 || blocks * set.words > LARGEST)
        return;
    live_out = ir_live_out(f, &s.words);
    s.live_out = live_out;
    known_terms(&s.terms, f);
    for (int i = 0; i < n; i++) {
        int v = variables[i]->reg;
        struct ir_ins *in;

        s.v = v;
        if (!is_live_in(&s, 0))
            continue;
        if (set.in == NULL) {
            set.in = cc_alloc(blocks * set.words * sizeof(uint32_t));
            now = cc_alloc(set.words * sizeof(uint32_t));
            find_set(&set, now);
        }
        in = first_certain(&set, v, now);
        if (in != NULL)
            report(f, variables[i], in, true);
        else if ((in = first_bad(&s, v)) != NULL)
            report(f, variables[i], in, false);
    }
    free(live_out);
}
