/*
 * lower_call.c - calls and variable argument lists.
 *
 * The parameter list at R1 is an array of words: a value of up to 32 bits
 * takes one, one of 64 bits two (high word first), a structure as many as it
 * fills.  A function that returns a structure gets the address for it as the
 * first word.  Everything is evaluated before the list is filled, because an
 * argument may itself be a call.
 */
#include "lower.h"

struct argument {
    struct value v;
    struct ir_mem record;
};

static void
put_word(struct lower *l, int32_t at, int v)
{
    struct ir_ins *in = lower_emit(l, IR_STORE);

    in->m.slot = SLOT_OUT;
    in->m.disp = at;
    in->b = v;
    in->b_kind = B_REG;
}

static int32_t
put_value(struct lower *l, int32_t at, struct value v)
{
    if (v.hi != 0) {
        put_word(l, at, v.hi);
        at += 4;
    }
    put_word(l, at, v.lo);
    return at + 4;
}

static void
note_call(struct lower *l, int32_t bytes)
{
    if ((uint32_t)bytes > l->f->out_bytes)
        l->f->out_bytes = (uint32_t)bytes;
}

static int32_t
put_arguments(struct lower *l, const struct node *n, const struct argument *arg,
              int32_t at)
{
    struct ir_mem to = {.slot = SLOT_OUT};

    for (int i = 0; i < n->nlist; i++) {
        uint32_t size = type_size(n->list[i]->type);

        if (!type_is_record(n->list[i]->type)) {
            at = put_value(l, at, arg[i].v);
            continue;
        }
        to.disp = at;
        lower_move(l, &to, &arg[i].record, size);
        at += (int32_t)((size + 3) & ~3u);
    }
    return at;
}

struct value
lower_call(struct lower *l, const struct node *n, int dest)
{
    struct argument *arg = cc_alloc((size_t)n->nlist * sizeof(*arg));
    const char *link = NULL;
    struct value r = {0, 0};
    int callee = 0;
    int32_t at = 0;
    struct ir_ins *in;

    if (n->a->kind == E_ADDR && n->a->a->kind == E_VAR &&
        n->a->a->sym->kind == SYM_FUNCTION)
        link = n->a->a->sym->link;
    else
        callee = lower_value(l, n->a).lo;
    for (int i = 0; i < n->nlist; i++)
        if (type_is_record(n->list[i]->type))
            arg[i].record = lower_record(l, n->list[i]);
        else
            arg[i].v = lower_value(l, n->list[i]);
    lower_line(l, n->tok);
    if (type_is_record(n->type)) {
        put_word(l, 0, dest);
        at = 4;
    }
    at = put_arguments(l, n, arg, at);
    note_call(l, at);
    if (n->type->kind != T_VOID && !type_is_record(n->type)) {
        r.lo = ir_new_vreg(l->f);
        if (type_size(n->type) == 8)
            r.hi = ir_new_vreg(l->f);
    }
    in = lower_emit(l, IR_CALL);
    in->d = r.hi != 0 ? r.hi : r.lo;
    in->d2 = r.hi != 0 ? r.lo : 0;
    in->a = callee;
    in->m.sym = link;
    in->imm = at;
    if (n->a->type->kind == T_PTR && n->a->type->base->noreturn) {
        lower_emit(l, IR_STOP);
        lower_place_block(l, ir_new_block(l->f, 0));
    }
    return r;
}

struct value
lower_wide_call(struct lower *l, const char *link, struct value a,
                struct value b)
{
    struct value r = {ir_new_vreg(l->f), ir_new_vreg(l->f)};
    struct ir_ins *in;
    int32_t at = put_value(l, put_value(l, 0, a), b);

    note_call(l, at);
    in = lower_emit(l, IR_CALL);
    in->d = r.hi;
    in->d2 = r.lo;
    in->m.sym = link;
    in->imm = at;
    return r;
}

/* A structure: its address. */
struct value
lower_va_arg(struct lower *l, const struct node *n)
{
    struct place list = lower_place(l, n->a);
    struct value at = lower_load(l, &list, n->a->type), next = {0, 0};
    struct place arg = {.m = {.base = 0}};
    struct ir_mem behind = {.base = 0};
    struct ir_ins *in;

    /* The list may be a variable in a register. */
    arg.m.base = ir_new_vreg(l->f);
    in = lower_emit(l, IR_COPY);
    in->d = arg.m.base;
    in->a = at.lo;
    behind.base = arg.m.base;
    behind.disp = (int32_t)((type_size(n->type) + 3) & ~3u);
    next.lo = lower_address(l, &behind);
    lower_store(l, &list, n->a->type, next);
    if (type_is_record(n->type))
        return (struct value){arg.m.base, 0};
    return lower_load(l, &arg, n->type);
}
