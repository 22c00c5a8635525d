/*
 * lower.c - functions, and the tools that all of the lowering uses.
 */
#include "lower.h"

#include <stdlib.h>
#include <string.h>

void
lower_emit(struct lower *l, struct ir_ins in)
{
    in.line = in.op == IR_VALUE ? 0 : l->line;
    if (in.size == 0)
        in.size = 4;
    *ir_append(l->f, l->block, in.op) = in;
}

int
lower_new(struct lower *l, struct ir_ins in)
{
    in.d = ir_new_vreg(l->f);
    lower_emit(l, in);
    return in.d;
}

struct value
lower_new_wide(struct lower *l, struct ir_ins in)
{
    in.d2 = ir_new_vreg(l->f);
    in.d = ir_new_vreg(l->f);
    lower_emit(l, in);
    return (struct value){in.d2, in.d};
}

void
lower_copy(struct lower *l, int d, int a)
{
    lower_emit(l, (struct ir_ins){.op = IR_COPY, .d = d, .a = a});
}

int
lower_constant(struct lower *l, int64_t value)
{
    return lower_new(
        l, (struct ir_ins){.op = IR_CONST, .imm = (int32_t)(uint32_t)value});
}

int
lower_op(struct lower *l, enum ir_op op, int a, int b)
{
    enum ir_b kind = b != 0 ? B_REG : B_NONE;

    return lower_new(l,
                     (struct ir_ins){.op = op, .a = a, .b_kind = kind, .b = b});
}

int
lower_op_constant(struct lower *l, enum ir_op op, int a, int32_t b)
{
    return lower_new(
        l, (struct ir_ins){.op = op, .a = a, .b_kind = B_IMM, .imm = b});
}

int
lower_address(struct lower *l, const struct ir_mem *m)
{
    if (m->base != 0 && m->index == 0 && m->disp == 0 && m->slot == 0)
        return m->base;
    return lower_new(l, (struct ir_ins){.op = IR_ADDR, .m = *m});
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
    ir_place(l->f, block);
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
    if (!ended(l))
        lower_branch(l, (struct ir_ins){.op = IR_JMP}, to, 0);
}

void
lower_branch(struct lower *l, struct ir_ins in, int yes, int no)
{
    lower_emit(l, in);
    l->f->blocks[l->block].succ[0] = yes;
    l->f->blocks[l->block].succ[1] = no;
}

void
lower_branch_if(struct lower *l, enum ir_cond cond, int a, int32_t b, int yes,
                int no)
{
    struct ir_ins in = {
        .op = IR_BR, .cond = cond, .a = a, .b_kind = B_IMM, .imm = b};

    lower_branch(l, in, yes, no);
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

void
lower_note(struct lower *l, const struct symbol *s, struct value v)
{
    struct ir_var *var = &l->f->vars[s->var];
    struct ir_ins in = {.op = IR_VALUE,
                        .a = s->reg,
                        .b_kind = v.lo != 0 ? B_REG : B_NONE,
                        .b = v.lo,
                        .m = {.slot = s->slot, .disp = var->cell}};
    struct ir_ins high = in;

    var->in_list = false;
    if (s->reg_hi != 0) {
        high.a = s->reg_hi;
        high.b = v.hi;
        lower_emit(l, high);
        in.m.disp++;
    }
    lower_emit(l, in);
}

/* ---- functions ----------------------------------------------------------- */

/* Parameters are in the list at R1; structures stay there. */
static void
take_parameters(struct lower *l)
{
    struct symbol *fn = l->fn;
    int32_t at = 0;

    l->params = lower_new(l, (struct ir_ins){.op = IR_PARAMS});
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
            s->reg = s->slot = 0;
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

struct ir_func *
lower_function(struct symbol *fn)
{
    struct lower l = {.fn = fn};
    const struct type *result = fn->type->base;
    bool is_main = strcmp(fn->link, "main") == 0;

    l.f = ir_func_new(fn->link);
    lower_place_block(&l, ir_new_block(l.f, 0));
    lower_line(&l, fn->tok);
    take_parameters(&l);
    lower_statement(&l, fn->body);
    if (!ended(&l)) {
        ir_mark_reachable(l.f);
        if (result->kind != T_VOID && !is_main && !fn->type->noreturn &&
            l.f->blocks[l.block].reachable)
            warn_at(fn->body->tok, "return-type",
                    "the end of `%s' is reached without a return of its value",
                    fn->name);
        lower_line(&l, fn->body->tok);
        lower_emit(&l,
                   (struct ir_ins){.op = IR_RET,
                                   .b_kind = is_main && type_is_integer(result)
                                                 ? B_IMM
                                                 : B_NONE});
    }
    ir_reorder(l.f);
    check_uninitialized(l.f, l.variables, l.nvariables);
    return l.f;
}
