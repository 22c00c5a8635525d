/*
 * opt_rewrite.c - what the value numbering knows, put into instructions.
 *
 * Operands become constants or the registers that have held their values
 * longest; sums go into storage operands; what has only constants is
 * computed; a comparison that only feeds a branch goes into it.
 */
#include "opt_value.h"

/* Use what is known of the base: it may itself be an address sum. */
static bool
fold_base(struct vn *n, struct ir_mem *m)
{
    const struct value *v;
    const struct ir_mem *d;
    int base = 0, index = 0;
    int32_t imm;

    if (vn_known_const(n, m->base, &imm) && m->sym == NULL) {
        m->base = 0;
        m->disp += imm;
        return true;
    }
    if (m->base == 0)
        return false;
    v = &n->val[vn_value_of(n, m->base)];
    if (v->def.op == IR_ADD && v->def.b_kind == B_IMM) {
        base = vn_held_by(n, v->a);
        if (base == 0 || base == m->base)
            return false;
        m->base = base;
        m->disp += v->def.imm;
        return true;
    }
    if (v->def.op != IR_ADDR || v->def.m.sym != NULL)
        return false;
    d = &v->def.m;
    if ((d->base != 0 && (base = vn_held_by(n, v->base)) == 0) ||
        (d->index != 0 && (index = vn_held_by(n, v->index)) == 0))
        return false;
    if (d->index != 0 && m->index != 0)
        return false;
    m->base = base;
    m->slot = d->slot;
    m->disp += d->disp;
    if (d->index != 0)
        m->index = index;
    return true;
}

static bool
fold_index(struct vn *n, struct ir_mem *m)
{
    const struct value *v;
    int32_t imm;
    int r;

    if (m->index == 0)
        return false;
    if (vn_known_const(n, m->index, &imm)) {
        m->index = 0;
        m->disp += imm;
        return true;
    }
    if (m->base == 0 && m->slot == 0) {
        m->base = m->index;
        m->index = 0;
        return true;
    }
    v = &n->val[vn_value_of(n, m->index)];
    if (v->def.op == IR_ADD && v->def.b_kind == B_IMM &&
        (r = vn_held_by(n, v->a)) != 0 && r != m->index) {
        m->index = r;
        m->disp += v->def.imm;
        return true;
    }
    if (v->def.op == IR_ADDR && m->slot == 0 && v->def.m.index == 0 &&
        v->def.m.sym == NULL) {
        /* base + (slot or register + disp) */
        if (v->def.m.base != 0) {
            if ((r = vn_held_by(n, v->base)) == 0 || r == m->index)
                return false;
            m->index = r;
        } else {
            m->slot = v->def.m.slot;
            m->index = m->base;
            m->base = 0;
        }
        m->disp += v->def.m.disp;
        return true;
    }
    return false;
}

static void
fold_mem(struct vn *n, struct ir_mem *m)
{
    for (int limit = 0; limit < 8; limit++) {
        struct ir_mem before = *m;

        if (!fold_base(n, m) && !fold_index(n, m))
            break;
        /* A displacement out of reach costs more than the sum. */
        if ((m->base != 0 || m->index != 0) && before.disp >= 0 &&
            before.disp < 4096 && (m->disp < 0 || m->disp > 4095)) {
            *m = before;
            break;
        }
    }
    if (m->base != 0)
        m->base = vn_leader(n, m->base);
    if (m->index != 0)
        m->index = vn_leader(n, m->index);
}

static uint32_t
compute(enum ir_op op, bool is_signed, uint32_t a, uint32_t b, bool *ok)
{
    *ok = true;
    switch (op) {
    case IR_ADD:
        return a + b;
    case IR_SUB:
        return a - b;
    case IR_MUL:
        return a * b;
    case IR_AND:
        return a & b;
    case IR_OR:
        return a | b;
    case IR_XOR:
        return a ^ b;
    case IR_SHL:
        return a << (b & 31);
    case IR_SHR:
        return a >> (b & 31);
    case IR_SAR:
        return (uint32_t)((int64_t)(int32_t)a >> (b & 31));
    default:
        break;
    }
    if (b == 0 || (is_signed && b == 0xffffffffu)) {
        *ok = false;
        return 0;
    }
    if (is_signed)
        return (uint32_t)(op == IR_DIV ? (int32_t)a / (int32_t)b
                                       : (int32_t)a % (int32_t)b);
    return op == IR_DIV ? a / b : a % b;
}

static void
become_const(struct ir_ins *in, uint32_t value)
{
    struct ir_ins c = {.op = IR_CONST, .size = 4, .d = in->d, .line = in->line};

    c.imm = (int32_t)value;
    *in = c;
}

static void
become_jump(struct ir_block *b, struct ir_ins *in, int to)
{
    struct ir_ins j = {.op = IR_JMP, .size = 4, .line = in->line};

    b->succ[0] = to;
    *in = j;
}

static void
swap_operands(struct ir_ins *in)
{
    int a = in->a;

    in->a = in->b;
    in->b = a;
    if (in->op == IR_SET || in->op == IR_BR)
        in->cond = ir_cond_swap(in->cond);
}

/* if (t != 0) or if (t == 0), where t = (x cond y): test that instead. */
static void
fuse_set(struct vn *n, struct ir_ins *in)
{
    const struct value *v;
    int a, b = 0;

    while ((in->op == IR_BR || in->op == IR_SET) && in->b_kind == B_IMM &&
           in->imm == 0 && ir_cond_is_equality(in->cond)) {
        v = &n->val[vn_value_of(n, in->a)];
        if (v->def.op != IR_SET || v->def.b_kind == B_MEM)
            return;
        a = vn_held_by(n, v->a);
        if (v->def.b_kind == B_REG)
            b = vn_held_by(n, v->b);
        if (a == 0 || (v->def.b_kind == B_REG && b == 0))
            return;
        in->cond =
            in->cond == COND_NE ? v->def.cond : ir_cond_negate(v->def.cond);
        in->a = a;
        in->b_kind = v->def.b_kind;
        in->b = b;
        in->imm = v->def.imm;
    }
}

static bool
takes_b(enum ir_op op)
{
    return ir_is_binary(op) || op == IR_SET || op == IR_BR || op == IR_STORE ||
           op == IR_SHL8 || op == IR_SHR8 || op == IR_SAR8;
}

void
vn_rewrite(struct vn *n, struct ir_block *b, struct ir_ins *in)
{
    int32_t ca = 0, cb = 0;
    bool a_const, ok;

    if (ir_is_note(in->op)) {
        if (in->b_kind != B_REG || (n->gone[in->b] && n->of[in->b] < n->first))
            return;
        if (vn_known_const(n, in->b, &in->imm))
            in->b_kind = B_IMM;
        in->b = in->b_kind == B_REG ? vn_leader(n, in->b) : 0;
        return;
    }
    fold_mem(n, &in->m);
    fold_mem(n, &in->m2);
    if (in->a != 0)
        in->a = vn_leader(n, in->a);
    if (in->a2 != 0)
        in->a2 = vn_leader(n, in->a2);
    if (in->b2 != 0)
        in->b2 = vn_leader(n, in->b2);
    if (in->b != 0) {
        in->b = vn_leader(n, in->b);
        if (in->b_kind == B_REG && takes_b(in->op) &&
            vn_known_const(n, in->b, &cb)) {
            in->b = 0;
            in->b_kind = B_IMM;
            in->imm = cb;
        }
    }
    a_const = vn_known_const(n, in->a, &ca);
    if (in->b_kind == B_REG && a_const &&
        (ir_is_commutative(in->op) || in->op == IR_SET || in->op == IR_BR)) {
        swap_operands(in);
        in->b = 0;
        in->b_kind = B_IMM;
        in->imm = ca;
        a_const = vn_known_const(n, in->a, &ca);
    }
    fuse_set(n, in);
    a_const = vn_known_const(n, in->a, &ca);
    if (a_const && in->b_kind == B_IMM) {
        uint32_t a = (uint32_t)ca, imm = (uint32_t)in->imm;

        if (ir_is_binary(in->op)) {
            uint32_t r = compute(in->op, in->is_signed, a, imm, &ok);

            if (ok)
                become_const(in, r);
        } else if (in->op == IR_SET)
            become_const(in, ir_cond_holds(in->cond, a, imm));
        else if (in->op == IR_BR)
            become_jump(b, in,
                        b->succ[ir_cond_holds(in->cond, a, imm) ? 0 : 1]);
    } else if (a_const && in->op == IR_COPY)
        become_const(in, (uint32_t)ca);
    else if (a_const && in->op == IR_SEXT)
        become_const(in, (uint32_t)(in->size == 1 ? (int8_t)ca : (int16_t)ca));
    else if (a_const && in->op == IR_RET && in->a2 == 0) {
        in->a = 0;
        in->b_kind = B_IMM;
        in->imm = ca;
    } else if (in->op == IR_BR && in->b_kind == B_REG && in->a == in->b)
        become_jump(b, in, b->succ[ir_cond_holds(in->cond, 0, 0) ? 0 : 1]);
    /* Sums of sums. */
    if (in->op == IR_ADD && in->b_kind == B_IMM) {
        const struct value *v = &n->val[vn_value_of(n, in->a)];
        int r;

        if (v->def.op == IR_ADD && v->def.b_kind == B_IMM &&
            (r = vn_held_by(n, v->a)) != 0 && r != in->a) {
            in->imm = (int32_t)((uint32_t)in->imm + (uint32_t)v->def.imm);
            in->a = r;
        }
    }
    if (in->op == IR_ADDR && in->m.base == 0 && in->m.index == 0 &&
        in->m.slot == 0 && in->m.sym == NULL)
        become_const(in, (uint32_t)in->m.disp & 0xffffff);
    if (in->op == IR_ADDR && in->m.base != 0 && in->m.index == 0 &&
        in->m.disp == 0 && in->m.slot == 0) {
        in->op = IR_COPY;
        in->a = in->m.base;
        in->m.base = 0;
    }
    opt_simplify(in);
}
