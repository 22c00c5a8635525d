/*
 * lower.c - functions, and the tools that all of the lowering uses.
 */
#include "lower.h"

#include <stdlib.h>
#include <string.h>

struct ir_ins *
lower_emit(struct lower *l, enum ir_op op)
{
    struct ir_ins *in = ir_append(l->f, l->block, op);

    in->line = l->line;
    return in;
}

int
lower_constant(struct lower *l, int64_t value)
{
    int d = ir_new_vreg(l->f);
    struct ir_ins *in = lower_emit(l, IR_CONST);

    in->d = d;
    in->imm = (int32_t)(uint32_t)value;
    return d;
}

int
lower_op(struct lower *l, enum ir_op op, int a, int b)
{
    int d = ir_new_vreg(l->f);
    struct ir_ins *in = lower_emit(l, op);

    in->d = d;
    in->a = a;
    if (b != 0) {
        in->b = b;
        in->b_kind = B_REG;
    }
    return d;
}

int
lower_op_constant(struct lower *l, enum ir_op op, int a, int32_t b)
{
    int d = ir_new_vreg(l->f);
    struct ir_ins *in = lower_emit(l, op);

    in->d = d;
    in->a = a;
    in->b_kind = B_IMM;
    in->imm = b;
    return d;
}

int
lower_address(struct lower *l, const struct ir_mem *m)
{
    int d;
    struct ir_ins *in;

    if (m->base != 0 && m->index == 0 && m->disp == 0 && m->slot == 0)
        return m->base;
    d = ir_new_vreg(l->f);
    in = lower_emit(l, IR_ADDR);
    in->d = d;
    in->m = *m;
    return d;
}

int
lower_symbol_address(struct lower *l, const char *link, int32_t offset)
{
    struct ir_mem m = {.sym = link, .disp = offset};

    return lower_address(l, &m);
}

void
lower_place_block(struct lower *l, int block)
{
    if (l->norder == l->cap_order)
        l->order = cc_grow(l->order, &l->cap_order, sizeof(*l->order));
    l->order[l->norder++] = block;
    l->f->blocks[block].depth = l->depth;
    l->block = block;
}

/* Has the block its end already?  Then what follows is never reached. */
static bool
ended(const struct lower *l)
{
    const struct ir_block *b = &l->f->blocks[l->block];

    return b->nins > 0 && ir_is_terminator(b->ins[b->nins - 1].op);
}

void
lower_jump(struct lower *l, int to)
{
    if (ended(l))
        return;
    lower_emit(l, IR_JMP);
    l->f->blocks[l->block].succ[0] = to;
}

void
lower_branch_if(struct lower *l, enum ir_cond cond, int a, int32_t b, int yes,
                int no)
{
    struct ir_ins *in = lower_emit(l, IR_BR);

    in->cond = (uint8_t)cond;
    in->a = a;
    in->b_kind = B_IMM;
    in->imm = b;
    l->f->blocks[l->block].succ[0] = yes;
    l->f->blocks[l->block].succ[1] = no;
}

void
lower_line(struct lower *l, const struct token *tok)
{
    l->line = ir_new_line(l->f, tok->file, tok->line, 0);
}

int
lower_slot(struct lower *l, const struct type *t, uint32_t align)
{
    uint32_t own = type_align(t);

    if (align > own)
        own = align;
    /* The frame itself is on a doubleword. */
    return ir_new_slot(l->f, type_size(t), own > 8 ? 8 : own < 4 ? 4 : own);
}

static struct ir_ins *
note_cell(struct lower *l, int cell, int reg, int from)
{
    struct ir_ins *in = lower_emit(l, IR_VALUE);

    in->line = 0;
    in->a = reg;
    in->b = from;
    in->b_kind = from != 0 ? B_REG : B_NONE;
    in->m.disp = cell;
    return in;
}

void
lower_note(struct lower *l, const struct symbol *s, struct value v)
{
    struct ir_var *var = &l->f->vars[s->var];

    var->in_list = false;
    if (s->slot != 0)
        note_cell(l, var->cell, 0, 0)->m.slot = s->slot;
    else if (s->reg2 != 0) {
        note_cell(l, var->cell, s->reg, v.hi);
        note_cell(l, var->cell + 1, s->reg2, v.lo);
    } else
        note_cell(l, var->cell, s->reg, v.lo);
}

/* ---- functions ----------------------------------------------------------- */

/* Parameters are in the list at R1; structures stay there. */
static void
take_parameters(struct lower *l)
{
    struct symbol *fn = l->fn;
    int32_t at = 0;
    struct ir_ins *in;

    l->params = ir_new_vreg(l->f);
    in = lower_emit(l, IR_PARAMS);
    in->d = l->params;
    if (type_is_record(fn->type->base)) {
        struct place p = {.m = {.base = l->params}};

        l->result = lower_load(l, &p, type_uint).lo;
        at = 4;
    }
    for (int i = 0; i < fn->nparams; i++) {
        struct symbol *s = fn->params[i];
        int32_t size = (int32_t)type_size(s->type);
        struct place p = {.m = {.base = l->params}};

        if (type_is_record(s->type)) {
            s->reg = s->reg2 = 0;
            s->slot = 0;
            s->value = at;
            s->var = ir_new_var(l->f, s, 0);
        } else {
            struct place to;
            struct node var = {.kind = E_VAR, .type = s->type, .sym = s};

            lower_allocate(l, s);
            p.m.disp = at + (size < 4 ? 4 - size : 0);
            to = lower_place(l, &var);
            lower_store(l, &to, s->type, lower_load(l, &p, s->type));
            if (s->slot != 0)
                lower_note(l, s, (struct value){0, 0});
            l->f->vars[s->var].in_list = s->slot == 0;
        }
        l->f->vars[s->var].list = at;
        at += (size + 3) & ~3;
    }
}

static bool
end_is_reached(struct ir_func *f, int last)
{
    int *work = cc_alloc((size_t)f->nblocks * sizeof(int));
    bool *seen = cc_alloc((size_t)f->nblocks);
    int n = 0;

    work[n++] = 0;
    seen[0] = true;
    while (n > 0) {
        struct ir_block *b = &f->blocks[work[--n]];

        for (int i = 0; b->nins > 0 && i < ir_nsucc(b); i++)
            if (!seen[ir_succ(b, i)]) {
                seen[ir_succ(b, i)] = true;
                work[n++] = ir_succ(b, i);
            }
    }
    return seen[last];
}

struct ir_func *
lower_function(struct symbol *fn)
{
    struct lower l = {.fn = fn};
    const struct type *result = fn->type->base;
    bool is_main = fn->link != NULL && strcmp(fn->link, "main") == 0;

    l.f = ir_func_new(fn->link);
    lower_place_block(&l, ir_new_block(l.f, 0));
    lower_line(&l, fn->tok);
    take_parameters(&l);
    lower_statement(&l, fn->body);
    if (!ended(&l)) {
        if (result->kind != T_VOID && !is_main &&
            end_is_reached(l.f, l.block)) {
            if (!fn->type->noreturn)
                warn_at(fn->body->tok, "return-type",
                        "the end of `%s' is reached without a return of its "
                        "value",
                        fn->name);
        }
        lower_line(&l, fn->body->tok);
        if (is_main && type_is_integer(result)) {
            struct ir_ins *in = lower_emit(&l, IR_RET);

            in->b_kind = B_IMM;
        } else
            lower_emit(&l, IR_RET);
    }
    ir_reorder(l.f, l.order, l.norder);
    check_uninitialized(l.f, l.variables, l.nvariables);
    return l.f;
}
