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

/* Put a value of type t into the list; returns where it goes on. */
static int32_t
put(struct lower *l, int32_t at, const struct type *t, struct value v)
{
    struct place p = {.m = {.slot = SLOT_OUT, .disp = at}};
    uint32_t size = (type_size(t) + 3) & ~3u;

    lower_store(l, &p, type_is_scalar(t) && size == 4 ? type_uint : t, v);
    return at + (int32_t)size;
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

struct value
lower_call(struct lower *l, const struct node *n)
{
    struct value *arg = cc_alloc((size_t)n->nlist * sizeof(*arg));
    const char *link = NULL;
    struct ir_mem record = {.base = 0};
    struct value r = {0, 0};
    uint32_t size = type_is_scalar(n->type) ? type_size(n->type) : 0;
    int callee = 0;
    int32_t at = 0;

    if (n->a->kind == E_ADDR && n->a->a->kind == E_VAR &&
        n->a->a->sym->kind == SYM_FUNCTION)
        link = n->a->a->sym->link;
    else
        callee = lower_value(l, n->a).lo;
    for (int i = 0; i < n->nlist; i++)
        arg[i] = lower_value(l, n->list[i]);
    lower_line(l, n->tok);
    if (type_is_record(n->type)) {
        record.slot = lower_slot(l, n->type, 0);
        r.lo = lower_address(l, &record);
        at = put(l, 0, type_uint, r);
    }
    for (int i = 0; i < n->nlist; i++)
        at = put(l, at, n->list[i]->type, arg[i]);
    if (type_is_record(n->type))
        call(l, link, callee, at, 0);
    else
        r = call(l, link, callee, at, size);
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
    int32_t at = put(l, 0, type_ullong, a);

    return call(l, link, 0, put(l, at, type_ullong, b), 8);
}

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
    return lower_load(l, &arg, n->type);
}
