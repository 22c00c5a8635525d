/*
 * opt_moving.c - registers that move on with an induction variable.
 */
#include "opt_induction.h"

#include <string.h>

/* ---- replacing ----------------------------------------------------------- */

static struct ir_ins *
in_front(struct reduce *r, struct ir_ins in)
{
    in.size = 4;
    loop_insert(&r->s.l, &in);
    return &r->s.l.f->blocks[r->s.l.entry]
                .ins[r->s.l.f->blocks[r->s.l.entry].nins - 2];
}

/* v * mult, in front of the loop. */
static int
multiple(struct reduce *r, int v, uint32_t mult)
{
    struct ir_ins in = {.op = IR_MUL, .a = v, .b_kind = B_IMM};

    if (mult == 1)
        return v;
    in.d = ir_new_vreg(r->s.l.f);
    in.imm = (int32_t)mult;
    opt_simplify(in_front(r, in));
    return in.d;
}

static int
sum(struct reduce *r, struct ir_ins in)
{
    in.d = ir_new_vreg(r->s.l.f);
    in_front(r, in);
    return in.d;
}

/* What p is when the loop begins. */
static void
put_initial(struct reduce *r, const struct group *g)
{
    const struct form *form = &g->form;
    int v = multiple(r, form->iv->v, form->mult);
    int left[2] = {form->base[0], form->base[1]};

    if (form->is_address) {
        struct ir_ins in = {.op = IR_ADDR};

        in.m =
            (struct ir_mem){.index = v, .slot = form->slot, .disp = form->add};
        if (form->slot == 0) {
            in.m.base = left[0];
            left[0] = 0;
        }
        v = sum(r, in);
    }
    for (int k = 0; k < 2; k++)
        if (left[k] != 0 && form->is_address)
            v = sum(r, (struct ir_ins){.op = IR_ADDR,
                                       .m = {.base = v, .index = left[k]}});
        else if (left[k] != 0)
            v = sum(r,
                    (struct ir_ins){
                        .op = IR_ADD, .a = v, .b_kind = B_REG, .b = left[k]});
    if (form->add != 0 && !form->is_address)
        v = sum(r,
                (struct ir_ins){
                    .op = IR_ADD, .a = v, .b_kind = B_IMM, .imm = form->add});
    in_front(r, (struct ir_ins){.op = IR_COPY, .d = g->p, .a = v});
}

static void
insert_at(struct ir_func *f, int block, int at, const struct ir_ins *in)
{
    struct ir_block *b;

    ir_append(f, block, IR_NOP);
    b = &f->blocks[block];
    memmove(b->ins + at + 1, b->ins + at,
            (size_t)(b->nins - 1 - at) * sizeof(*in));
    b->ins[at] = *in;
}

/* p moves on where v does. */
static void
put_step(struct reduce *r, const struct group *g)
{
    const struct induction *iv = g->form.iv;
    struct ir_func *f = r->s.l.f;
    struct ir_ins in = {.size = 4, .d = g->p};
    int64_t step = (int64_t)iv->step * (int32_t)g->form.mult;
    int by = iv->step_reg != 0 ? multiple(r, iv->step_reg, g->form.mult) : 0;

    in.line = f->blocks[iv->block].ins[iv->at].line;
    if (g->form.is_address && (by != 0 || (step > -NEAR && step < NEAR))) {
        in.op = IR_ADDR;
        in.m = (struct ir_mem){
            .base = g->p, .index = by, .disp = by != 0 ? 0 : (int32_t)step};
    } else {
        in.op = IR_ADD;
        in.a = g->p;
        in.b = by;
        in.b_kind = by != 0 ? B_REG : B_IMM;
        in.imm = by != 0 ? 0 : (int32_t)(uint32_t)step;
    }
    insert_at(f, iv->block, iv->at + 1, &in);
}

static void
put_use(struct reduce *r, const struct use *u)
{
    const struct group *g = &r->group[u->group];
    struct ir_ins *in = &r->s.l.f->blocks[u->block].ins[u->at];
    int32_t add = (int32_t)((uint32_t)u->add - (uint32_t)g->form.add);
    struct ir_mem place = {.base = g->p, .disp = add};
    struct ir_ins new = {.op = IR_COPY, .size = 4, .d = in->d, .a = g->p};

    new.line = in->line;
    if (u->m != 0)
        *(u->m == 1 ? &in->m : &in->m2) = place;
    else if (add != 0 && g->form.is_address) {
        new.op = IR_ADDR;
        new.a = 0;
        new.m = place;
    } else if (add != 0) {
        new.op = IR_ADD;
        new.b_kind = B_IMM;
        new.imm = add;
    }
    if (u->m == 0)
        *in = new;
}

void
moving_put(struct reduce *r)
{
    for (int i = 0; i < r->ngroups; i++)
        if (r->group[i].p != 0)
            put_initial(r, &r->group[i]);
    for (int i = 0; i < r->nuses; i++)
        if (r->group[r->use[i].group].p != 0)
            put_use(r, &r->use[i]);
    for (int i = 0; i < r->ngroups; i++)
        if (r->group[i].p != 0)
            put_step(r, &r->group[i]);
}
