/*
 * lower_stmt.c - statements.
 *
 * A loop is laid out with its test at the bottom, so that each turn takes one
 * branch.  A switch becomes a search by halves.
 */
#include "lower.h"

#include <stdlib.h>

static int
new_block(struct lower *l)
{
    return ir_new_block(l->f, 0);
}

static void
if_statement(struct lower *l, const struct node *n)
{
    int yes = new_block(l), end = new_block(l);
    int no = n->c != NULL ? new_block(l) : end;

    lower_condition(l, n->a, yes, no);
    lower_place_block(l, yes);
    lower_statement(l, n->b);
    lower_jump(l, end);
    if (n->c != NULL) {
        lower_place_block(l, no);
        lower_statement(l, n->c);
        lower_jump(l, end);
    }
    lower_place_block(l, end);
}

/* test: may be NULL; step: what for does after each turn, or NULL */
static void
loop(struct lower *l, const struct node *test, const struct node *body,
     const struct node *step, bool test_first)
{
    int top = new_block(l), again = new_block(l), end = new_block(l);
    int check = step != NULL ? new_block(l) : again;
    int old_break = l->break_to, old_continue = l->continue_to;

    lower_jump(l, test_first && test != NULL ? check : top);
    l->depth++;
    l->break_to = end;
    l->continue_to = again;
    lower_place_block(l, top);
    lower_statement(l, body);
    lower_jump(l, again);
    lower_place_block(l, again);
    if (step != NULL) {
        lower_line(l, step->tok);
        lower_effect(l, step);
        lower_jump(l, check);
        lower_place_block(l, check);
    }
    if (test != NULL) {
        lower_line(l, test->tok);
        lower_condition(l, test, top, end);
    } else
        lower_jump(l, top);
    l->depth--;
    l->break_to = old_break;
    l->continue_to = old_continue;
    lower_place_block(l, end);
}

/* ---- switch -------------------------------------------------------------- */

enum { FEW_CASES = 4 };

/* One case.  The keys are in the order of the type: that of unsigned numbers,
 * where the sign bit of a signed one is turned round. */
struct choice {
    uint64_t key;
    int64_t value;
    int block;
};

struct cases {
    struct choice *list; /* in ascending order */
    int other;           /* block of the default */
    struct value v;
    bool is_signed;
};

static int
ascending(const void *a, const void *b)
{
    const struct choice *x = a, *y = b;

    return x->key < y->key ? -1 : x->key > y->key;
}

static void
test_case(struct lower *l, const struct cases *c, enum ir_cond cond,
          int64_t value, int yes, int no)
{
    lower_compare(l, cond, c->v,
                  lower_number(l, c->v.hi != 0 ? type_llong : type_int, value),
                  yes, no);
}

static void
search(struct lower *l, const struct cases *c, int from, int to)
{
    int middle = (from + to) / 2;
    int low, high;

    if (to - from <= FEW_CASES) {
        for (int i = from; i < to; i++) {
            bool last = i + 1 == to;
            int next = last ? c->other : new_block(l);

            test_case(l, c, COND_EQ, c->list[i].value, c->list[i].block, next);
            if (!last)
                lower_place_block(l, next);
        }
        return;
    }
    low = new_block(l);
    high = new_block(l);
    test_case(l, c, c->is_signed ? COND_LT : COND_ULT, c->list[middle].value,
              low, high);
    lower_place_block(l, low);
    search(l, c, from, middle);
    lower_place_block(l, high);
    search(l, c, middle, to);
}

static void
switch_statement(struct lower *l, const struct node *n)
{
    int end = new_block(l);
    int old_break = l->break_to;
    struct cases c = {.other = end, .is_signed = type_is_signed(n->a->type)};
    int ncases = 0;

    c.list = cc_alloc((size_t)n->nlist * sizeof(*c.list));
    for (int i = 0; i < n->nlist; i++) {
        struct node *one = n->list[i];

        one->block = new_block(l);
        if (one->kind == S_DEFAULT)
            c.other = one->block;
        else
            c.list[ncases++] = (struct choice){(uint64_t)one->value ^
                                                   (uint64_t)c.is_signed << 63,
                                               one->value, one->block};
    }
    c.v = lower_value(l, n->a);
    if (ncases > 0) {
        qsort(c.list, (size_t)ncases, sizeof(*c.list), ascending);
        search(l, &c, 0, ncases);
    } else
        lower_jump(l, c.other);
    l->break_to = end;
    lower_place_block(l, new_block(l)); /* in front of the first case */
    lower_statement(l, n->b);
    lower_jump(l, end);
    l->break_to = old_break;
    lower_place_block(l, end);
}

/* ---- the others ---------------------------------------------------------- */

static void
return_statement(struct lower *l, const struct node *n)
{
    struct ir_ins in = {.op = IR_RET};

    if (n->a != NULL && type_is_record(n->a->type)) {
        struct place to = {.m = {.base = l->result}};

        lower_store(l, &to, n->a->type, lower_value(l, n->a));
    } else if (n->a != NULL && n->a->type->kind == T_VOID)
        lower_effect(l, n->a);
    else if (n->a != NULL) {
        struct value v = lower_value(l, n->a);

        in.a = v.hi != 0 ? v.hi : v.lo;
        in.a2 = v.hi != 0 ? v.lo : 0;
    }
    lower_emit(l, in);
    lower_place_block(l, new_block(l));
}

static int
label_block(struct lower *l, struct label *label)
{
    if (label->block == 0)
        label->block = new_block(l); /* block 0 is the entry */
    return label->block;
}

static void
jump_away(struct lower *l, int to)
{
    lower_jump(l, to);
    lower_place_block(l, new_block(l));
}

void
lower_statement(struct lower *l, const struct node *n)
{
    if (n->kind != S_BLOCK && n->kind != S_LABEL && n->kind != S_CASE &&
        n->kind != S_DEFAULT)
        lower_line(l, n->tok);
    switch (n->kind) {
    case S_EXPR:
        lower_effect(l, n->a);
        break;
    case S_IF:
        if_statement(l, n);
        break;
    case S_DO:
        loop(l, n->a, n->b, NULL, false);
        break;
    case S_FOR:
        if (n->d != NULL)
            lower_statement(l, n->d);
        loop(l, n->a, n->b, n->c, true);
        break;
    case S_SWITCH:
        switch_statement(l, n);
        break;
    case S_CASE:
    case S_DEFAULT:
        lower_jump(l, n->block);
        lower_place_block(l, n->block);
        break;
    case S_LABEL:
        lower_jump(l, label_block(l, n->label));
        lower_place_block(l, n->label->block);
        break;
    case S_GOTO:
        jump_away(l, label_block(l, n->label));
        break;
    case S_BREAK:
        jump_away(l, l->break_to);
        break;
    case S_CONTINUE:
        jump_away(l, l->continue_to);
        break;
    case S_RETURN:
        return_statement(l, n);
        break;
    case S_BLOCK:
        for (int i = 0; i < n->nlist; i++)
            lower_statement(l, n->list[i]);
        break;
    default: /* S_DECLARE */
        if (n->sym->link != NULL) {
            lower_static(l, n->sym);
            break;
        }
        lower_allocate(l, n->sym);
        if (n->sym->init != NULL)
            lower_initialize(l, n->sym);
        if (n->sym->slot != 0)
            lower_note(l, n->sym, (struct value){0, 0});
    }
}
