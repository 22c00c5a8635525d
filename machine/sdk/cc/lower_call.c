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

/* Put a word, or two, into the list; returns where it goes on. */
static int32_t
put_value(struct lower *l, int32_t at, struct value v)
{
    struct place p = {.m = {.slot = SLOT_OUT, .disp = at}};
    const struct type *t = v.hi != 0 ? type_ullong : type_uint;

    lower_store(l, &p, t, v);
    return at + (int32_t)type_size(t);
}

/* Call link, or the function at the address in register a, with this many
 * bytes of arguments, for a result of so many bytes. */
static struct value
call(struct lower *l, const char *link, int a, int32_t bytes, uint32_t result)
{
    struct ir_ins in = {
        .op = IR_CALL, .a = a, .m = {.sym = link}, .imm = bytes};

    if ((uint32_t)bytes > l->f->out_bytes)
        l->f->out_bytes = (uint32_t)bytes;
    if (result == 8)
        return lower_new_wide(l, in);
    if (result > 0)
        return (struct value){lower_new(l, in), 0};
    lower_emit(l, in);
    return (struct value){0, 0};
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
    bool record = type_is_record(n->type);
    struct value r;
    int callee = 0;
    int32_t at = 0;

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
    if (record)
        at = put_value(l, 0, (struct value){dest, 0});
    at = put_arguments(l, n, arg, at);
    r = call(l, link, callee, at,
             record || n->type->kind == T_VOID ? 0 : type_size(n->type));
    if (n->a->type->kind == T_PTR && n->a->type->base->noreturn) {
        lower_emit(l, (struct ir_ins){.op = IR_STOP});
        lower_place_block(l, ir_new_block(l->f, 0));
    }
    return r;
}

struct value
lower_wide_call(struct lower *l, const char *link, struct value a,
                struct value b)
{
    return call(l, link, 0, put_value(l, put_value(l, 0, a), b), 8);
}

/* A structure: its address. */
struct value
lower_va_arg(struct lower *l, const struct node *n)
{
    struct place list = lower_place(l, n->a);
    int at = lower_load(l, &list, n->a->type).lo;
    /* A copy, because the list may be a variable in a register. */
    struct place arg = {.m = {.base = lower_op(l, IR_COPY, at, 0)}};
    struct ir_mem behind = arg.m;
    struct value next = {0, 0};

    behind.disp = (int32_t)((type_size(n->type) + 3) & ~3u);
    next.lo = lower_address(l, &behind);
    lower_store(l, &list, n->a->type, next);
    if (type_is_record(n->type))
        return (struct value){arg.m.base, 0};
    return lower_load(l, &arg, n->type);
}
