/*
 * opt_fold.c - storage operands, and code without effect.
 *
 * A value that is loaded for one use only need not be loaded first: RX
 * instructions take it from storage, a byte is compared by CLI or tested by
 * TM, and a value that only moves from one place to another is moved by MVC.
 * The load sinks down to its use, so nothing on the way may change the
 * storage or the registers that address it.
 */
#include "opt.h"

#include <stdlib.h>
#include <string.h>

enum { SINK_LIMIT = 40 }; /* instructions between load and use */

struct fold {
    struct ir_func *f;
    struct opt_counts count;
};

/* Does the instruction change what the load would read, or how it addresses it?
 * A store may go anywhere; only the outgoing parameters are a place that no
 * pointer leads to. */
static bool
disturbs(const struct ir_ins *in, const struct ir_ins *load)
{
    const struct ir_mem *m = &load->m;
    int d[2] = {in->d, in->d2};

    for (int k = 0; k < 2; k++)
        if (d[k] != 0 && (d[k] == m->base || d[k] == m->index))
            return true;
    if (in->op == IR_STORE || in->op == IR_MOVE || in->op == IR_ZERO)
        return in->m.slot != SLOT_OUT || m->slot == SLOT_OUT;
    return ir_is_call(in) || (in->is_volatile && load->is_volatile);
}

/* Can B of this instruction be a storage operand of that size? */
static bool
takes_storage(const struct ir_ins *in, const struct ir_ins *load)
{
    bool compare = in->op == IR_BR || in->op == IR_SET;

    if (!ir_is_binary(in->op) && !compare)
        return false;
    if (in->op == IR_SHL || in->op == IR_SHR || in->op == IR_SAR)
        return false;
    if (load->size == 4)
        return true;
    if (load->size != 2 || !load->is_signed)
        return false;
    /* AH and SH can overflow: not for C's int. */
    return in->op == IR_MUL || (compare && (in->cond & COND_LOGICAL) == 0);
}

static void
nop(struct ir_ins *in)
{
    int line = in->line;

    memset(in, 0, sizeof(*in));
    in->op = IR_NOP;
    in->line = line;
}

static bool
fold_operand(struct ir_ins *in, struct ir_ins *load)
{
    int t = load->d;

    if (in->b_kind == B_REG && in->a == t && in->b != t) {
        if (ir_is_commutative(in->op)) {
            in->a = in->b;
            in->b = t;
        } else if (in->op == IR_BR || in->op == IR_SET) {
            in->a = in->b;
            in->b = t;
            in->cond = ir_cond_swap(in->cond);
        }
    }
    if (in->b_kind != B_REG || in->b != t || in->a == t ||
        !takes_storage(in, load))
        return false;
    in->b_kind = B_MEM;
    in->b = 0;
    in->m = load->m;
    in->size = load->size;
    in->is_signed |= load->is_signed && in->op != IR_DIV && in->op != IR_MOD;
    in->is_volatile |= load->is_volatile;
    nop(load);
    return true;
}

/* A byte from storage compared with a constant. */
static bool
fold_compare_byte(struct ir_ins *in, struct ir_ins *load)
{
    if (in->op != IR_BR || load->size != 1 || load->is_signed ||
        in->b_kind != B_IMM || in->a != load->d || in->imm < 0 ||
        in->imm > 255 || load->m.index != 0)
        return false;
    in->op = IR_BRCLI;
    in->a = 0;
    in->b_kind = B_NONE;
    in->m = load->m;
    in->is_volatile = load->is_volatile;
    nop(load);
    return true;
}

/* t = load; m = t: move it in storage.  MVC would read what it has written if m
 * begins inside of what is loaded: packed members can. */
static bool
fold_move(struct ir_ins *in, struct ir_ins *load)
{
    int32_t from = load->m.disp + load->size - in->size;
    bool overlap = in->is_packed || load->is_packed;

    if (in->m.base == load->m.base && in->m.slot == load->m.slot)
        overlap = in->m.disp > from && in->m.disp < from + in->size;

    if (in->op != IR_STORE || in->b_kind != B_REG || in->b != load->d ||
        in->size > load->size || in->is_volatile || load->is_volatile ||
        in->m.index != 0 || load->m.index != 0 || overlap)
        return false;
    in->m2 = load->m;
    in->m2.disp = from;
    in->imm = in->size;
    in->op = IR_MOVE;
    in->b_kind = B_NONE;
    in->b = 0;
    nop(load);
    return true;
}

/* Which byte of a word of `size` bytes holds all bits of mask?  -1: none. */
static int
byte_of_mask(uint32_t mask, int size)
{
    for (int i = 0; i < size; i++)
        if (mask != 0 && (mask & ~((uint32_t)0xff << (8 * i))) == 0)
            return size - 1 - i;
    return -1;
}

/* t = load; u = t & mask; if (u == 0): test under mask. */
static bool
fold_test(const struct fold *s, struct ir_block *b, int j, struct ir_ins *load)
{
    struct ir_ins *and = &b->ins[j];
    struct ir_ins *br;
    int k = j + 1;
    int at;

    while (k < b->nins && ir_is_note(b->ins[k].op))
        k++;
    if (and->op != IR_AND || and->a != load->d || and->b_kind != B_IMM ||
        s->count.uses[ and->d] != 1 || k >= b->nins || load->m.index != 0)
        return false;
    br = &b->ins[k];
    if (br->op != IR_BR || br->a != and->d || br->b_kind != B_IMM ||
        br->imm != 0 || !ir_cond_is_equality(br->cond))
        return false;
    at = byte_of_mask((uint32_t) and->imm, load->size);
    if (at < 0 || (load->is_volatile && load->size != 1))
        return false;
    br->op = IR_BRTM;
    br->a = 0;
    br->b_kind = B_NONE;
    br->m = load->m;
    br->m.disp += at;
    br->imm = (int32_t)((uint32_t) and->imm >> (8 * (load->size - 1 - at)));
    br->is_volatile = load->is_volatile;
    nop(load);
    nop(and);
    return true;
}

static void
sink(struct fold *s, struct ir_block *b, int i)
{
    struct ir_ins *load = &b->ins[i];

    if (load->op != IR_LOAD || s->count.uses[load->d] != 1 ||
        s->count.defs[load->d] != 1)
        return;
    for (int j = i + 1, way = 1; j < b->nins && way < SINK_LIMIT; j++) {
        struct ir_ins *in = &b->ins[j];

        way += !ir_is_note(in->op);
        if (ir_reads(in, load->d)) {
            if (!fold_compare_byte(in, load) && !fold_move(in, load) &&
                !fold_test(s, b, j, load))
                fold_operand(in, load);
            return;
        }
        if (disturbs(in, load))
            return;
    }
}

void
opt_fold(struct ir_func *f)
{
    struct fold s = {.f = f};

    s.count = opt_count(f);
    for (int i = 0; i < f->nblocks; i++)
        for (int j = f->blocks[i].nins - 1; j >= 0; j--)
            sink(&s, &f->blocks[i], j);
}

/* A dead instruction goes; notes must not take what its registers hold now
 * for what it would have put there. */
static void
drop(struct ir_ins *in, const bool *is_noted)
{
    int d = is_noted[in->d] ? in->d : 0, d2 = is_noted[in->d2] ? in->d2 : 0;

    nop(in);
    if (d != 0 || d2 != 0)
        *in = (struct ir_ins){.op = IR_GONE, .a = d, .a2 = d2};
}

/* Drop pure instructions whose result nobody reads. */
void
opt_dead(struct ir_func *f)
{
    struct live live = live_find(f);
    struct regs regs = regs_new(f->nvregs);
    const bool *is_noted = opt_count(f).noted;

    for (int i = 0; i < f->nblocks; i++) {
        struct ir_block *b = &f->blocks[i];
        int kept;

        live_at_end(&live, i, &regs);
        for (int j = b->nins - 1; j >= 0; j--) {
            struct ir_ins *in = &b->ins[j];
            bool unread = !regs_has(&regs, in->d) && !regs_has(&regs, in->d2);

            if (in->op == IR_COPY && in->a == in->d) {
                nop(in);
                continue;
            }
            if (unread && ir_is_pure(in)) {
                drop(in, is_noted);
                continue;
            }
            if (unread && in->op == IR_CALL)
                in->d = in->d2 = 0; /* nobody wants the result */
            live_step_back(&regs, in);
        }
        kept = 0;
        for (int j = 0; j < b->nins; j++)
            if (b->ins[j].op != IR_NOP)
                b->ins[kept++] = b->ins[j];
        b->nins = kept;
    }
    free(live.out);
}
