/*
 * lower_place.c - objects: where they are, loading, storing, initializing.
 *
 * A variable whose address is never taken is a register (or two); all other
 * objects are storage operands.  A bit-field is loaded and stored by way of
 * the smallest aligned byte, halfword or word that holds it.
 */
#include "lower.h"

#include <string.h>

#include "program.h"

/* Is there a bit-field in it, which is loaded before it is first set? */
static bool
has_bits(const struct type *t)
{
    while (t->kind == T_ARRAY)
        t = t->base;
    if (type_is_record(t))
        for (const struct member *m = t->rec->members; m != NULL; m = m->next)
            if (m->is_bits || has_bits(m->type))
                return true;
    return false;
}

void
lower_allocate(struct lower *l, struct symbol *s)
{
    s->reg = s->reg_hi = s->slot = 0;
    if (s->align > 8 || type_align(s->type) > 8)
        error_at(s->tok,
                 "`%s' is to be aligned to %u bytes, but the stack is aligned "
                 "to 8: make it static",
                 s->name, s->align > 8 ? s->align : type_align(s->type));
    if (!type_is_scalar(s->type) || s->addressed || l->fn->calls_setjmp) {
        s->slot = lower_slot(l, s->type, s->align);
    } else {
        if (type_size(s->type) == 8)
            s->reg_hi = ir_new_vreg(l->f);
        s->reg = ir_new_vreg(l->f);
    }
    s->var = ir_new_var(l->f, s, s->reg_hi != 0 ? 2 : 1);
    if (s->slot != 0 &&
        (l->fn->calls_setjmp || s->init != NULL || has_bits(s->type)))
        return;
    l->variables = cc_room(l->variables, l->nvariables, sizeof(*l->variables));
    l->variables[l->nvariables++] = s;
}

void
lower_static(struct lower *l, const struct symbol *s)
{
    enum { OUTERMOST = 1 };
    int n = ir_new_var(l->f, s, 0);

    l->f->vars[n].from =
        s->depth == OUTERMOST ? l->fn->tok->line : s->tok->line;
}

static struct place
variable_place(struct lower *l, struct symbol *s)
{
    struct place p = {.reg = NULL};

    if (s->link != NULL)
        p.m.base = lower_symbol_address(l, s->link, 0);
    else if (s->reg != 0)
        p.reg = s;
    else if (s->slot != 0)
        p.m.slot = s->slot;
    else { /* a structure in the parameter list */
        p.m.base = l->params;
        p.m.disp = (int32_t)s->value;
    }
    return p;
}

/* Is it in a member that need not be on the boundary of its type? */
static bool
is_packed(const struct node *n)
{
    for (; n->kind == E_MEMBER || n->kind == E_DEREF || n->kind == E_ADDR ||
           n->kind == E_PTRADD;
         n = n->a)
        if (n->kind == E_MEMBER) {
            uint32_t align = type_align(n->member->type);

            if (type_align(n->a->type) < align || n->value % align != 0)
                return true;
        }
    return false;
}

struct place
lower_place(struct lower *l, const struct node *n)
{
    struct place p = {.reg = NULL};

    switch (n->kind) {
    case E_VAR:
        p = variable_place(l, n->sym);
        break;
    case E_LITERAL:
        if (n->sym->link == NULL) {
            n->sym->addressed = true;
            lower_allocate(l, n->sym);
            lower_initialize(l, n->sym);
        }
        p = variable_place(l, n->sym);
        break;
    case E_DEREF:
        check_index(n);
        if (n->a->kind == E_NUM)
            p.m.disp = (int32_t)n->a->value & 0xffffff;
        else
            p.m.base = lower_value(l, n->a).lo;
        break;
    case E_MEMBER:
        p = lower_place(l, n->a);
        p.m.disp += (int32_t)n->value;
        if (n->member->is_bits)
            p.bits = n->member;
        break;
    default: /* a structure that is the value of an expression */
        p.m.base = lower_value(l, n).lo;
    }
    p.is_volatile = (n->type->quals & Q_VOLATILE) != 0;
    p.is_packed = is_packed(n);
    return p;
}

void
lower_move(struct lower *l, const struct ir_mem *to, const struct ir_mem *from,
           uint32_t bytes)
{
    if (bytes > 0)
        lower_emit(l, (struct ir_ins){.op = IR_MOVE,
                                      .m = *to,
                                      .m2 = *from,
                                      .imm = (int32_t)bytes});
}

/* ---- loading and storing ------------------------------------------------- */

static int
load_word(struct lower *l, const struct place *p, int32_t offset, int size,
          bool is_signed)
{
    struct ir_ins in = {.op = IR_LOAD,
                        .m = p->m,
                        .size = size,
                        .is_signed = is_signed,
                        .is_volatile = p->is_volatile,
                        .is_packed = p->is_packed};

    in.m.disp += offset;
    return lower_new(l, in);
}

static void
store_word(struct lower *l, const struct place *p, int32_t offset, int size,
           int v)
{
    struct ir_ins in = {.op = IR_STORE,
                        .m = p->m,
                        .size = size,
                        .is_volatile = p->is_volatile,
                        .is_packed = p->is_packed,
                        .b_kind = B_REG,
                        .b = v};

    in.m.disp += offset;
    lower_emit(l, in);
}

static const struct type *
unit_type(const struct member *m)
{
    return m->unit == 1   ? type_uchar
           : m->unit == 2 ? type_ushort
           : m->unit == 4 ? type_uint
                          : type_ullong;
}

/* The value of a bit-field out of a word, or two, that has `shift` bits to its
 * right; all that is in the word are the `bits` last ones. */
static struct value
extract(struct lower *l, const struct member *m, struct value v, int shift,
        int bits)
{
    bool is_signed = type_is_signed(m->type),
         is_wide = m->unit > 4 && lower_is_wide(m->type);
    const struct type *t = is_wide     ? (is_signed ? type_llong : type_ullong)
                           : is_signed ? type_int
                                       : type_uint;
    int left = (is_wide ? 64 : 32) - m->width - shift;

    if (!is_signed && shift + m->width == bits)
        left = 0; /* nothing is to its left */
    v = lower_arithmetic(l, OP_SHL, t, v, lower_number(l, type_int, left));
    v = lower_arithmetic(l, OP_SHR, t, v,
                         lower_number(l, type_int, left + shift));
    return lower_is_wide(m->type) ? lower_convert(l, v, t, m->type) : v;
}

/* A unit of 3, 5, 6, 7 or 9 bytes is accessed in two parts.  Makes p the first
 * one, of the upper bits, `high`; *rest becomes the rest, `low`.  Returns the
 * type in which to put them together, or NULL if the unit needs no parts. */
static const struct type *
split(struct place *p, struct place *rest, struct member *high,
      struct member *low)
{
    const struct member *m = p->bits;
    int front = m->unit > 8 ? 8 : m->unit > 4 ? 4 : 2;

    if ((m->unit & (m->unit - 1)) == 0)
        return NULL;
    *high = *low = *m;
    low->unit -= front;
    low->width = 8 * low->unit - m->shift;
    low->type = lower_is_wide(m->type) ? type_ullong : type_uint;
    high->unit = front;
    high->width -= low->width;
    high->shift = 0;
    *rest = *p;
    p->bits = high;
    rest->bits = low;
    rest->m.disp += front;
    return low->type;
}

static struct value
load_bits(struct lower *l, struct place p)
{
    const struct member *m = p.bits;
    struct member high, low;
    struct place rest;
    const struct type *t = split(&p, &rest, &high, &low);
    struct value v;

    if (t == NULL) {
        p.bits = NULL;
        return extract(l, m, lower_load(l, &p, unit_type(m)), m->shift,
                       8 * m->unit);
    }
    v = lower_arithmetic(l, OP_SHL, t, load_bits(l, p),
                         lower_number(l, type_int, low.width));
    return lower_arithmetic(l, OP_OR, t, v, load_bits(l, rest));
}

static void
store_bits(struct lower *l, struct place p, struct value v)
{
    const struct member *m = p.bits;
    struct member high, low;
    struct place rest;
    const struct type *t = split(&p, &rest, &high, &low);
    uint64_t mask = (m->width == 64 ? 0 : (uint64_t)1 << m->width) - 1;
    struct value old;

    if (t != NULL) {
        store_bits(l, p,
                   lower_arithmetic(l, OP_SHR, t, v,
                                    lower_number(l, type_int, low.width)));
        store_bits(l, rest, v);
        return;
    }
    t = m->unit == 8 ? type_ullong : type_uint;
    mask <<= m->shift;
    p.bits = NULL;
    if (m->width < 8 * m->unit) {
        old = lower_load(l, &p, unit_type(m));
        old = lower_arithmetic(l, OP_AND, t, old,
                               lower_number(l, t, (int64_t)~mask));
        v = lower_arithmetic(l, OP_SHL, t, v,
                             lower_number(l, type_int, m->shift));
        v = lower_arithmetic(l, OP_AND, t, v,
                             lower_number(l, t, (int64_t)mask));
        v = lower_arithmetic(l, OP_OR, t, old, v);
    }
    lower_store(l, &p, unit_type(m), v);
}

struct value
lower_load(struct lower *l, const struct place *p, const struct type *t)
{
    struct value v = {0, 0};

    if (type_is_record(t))
        return (struct value){lower_address(l, &p->m), 0};
    if (p->reg != NULL)
        return (struct value){p->reg->reg, p->reg->reg_hi};
    if (p->bits != NULL)
        return load_bits(l, *p);
    if (lower_is_wide(t))
        v.hi = load_word(l, p, 0, 4, false);
    v.lo = lower_is_wide(t)
               ? load_word(l, p, 4, 4, false)
               : load_word(l, p, 0, (int)type_size(t), type_is_signed(t));
    return v;
}

struct value
lower_store(struct lower *l, const struct place *p, const struct type *t,
            struct value v)
{
    struct ir_mem from = {.base = v.lo};

    if (type_is_record(t))
        lower_move(l, &p->m, &from, type_size(t));
    else if (p->reg != NULL) {
        if (v.hi != 0)
            lower_copy(l, p->reg->reg_hi, v.hi);
        lower_copy(l, p->reg->reg, v.lo);
        lower_note(l, p->reg, v);
    } else if (p->bits != NULL) {
        store_bits(l, *p, v);
        return extract(l, p->bits, v, 0, 64);
    } else if (lower_is_wide(t)) {
        store_word(l, p, 0, 4, v.hi);
        store_word(l, p, 4, 4, v.lo);
    } else
        store_word(l, p, 0, (int)type_size(t), v.lo);
    return v;
}

/* ---- initialization of automatic objects --------------------------------- */

/* Could it be copied from a constant object?  Counts the values. */
static bool
all_constant(const struct init *init, int *nvalues)
{
    struct constant c;

    *nvalues = 0;
    for (const struct init_item *i = init->first; i != NULL; i = i->next) {
        if (i->value != NULL && !constant_of(i->value, &c))
            return false;
        *nvalues += i->value != NULL ? 1 : (int)i->nbytes;
    }
    return true;
}

/* Copy a constant object with this contents to m, which belongs to `like`. */
static void
move_image(struct lower *l, const struct ir_mem *m, const struct symbol *like,
           struct type *type, struct init *init)
{
    static int n;
    struct symbol *s = cc_alloc(sizeof(*s));
    struct ir_mem from = {.base = 0};

    s->kind = SYM_OBJECT;
    s->name = like->name;
    s->link = cc_format("%s@init.%d", like->name, ++n);
    s->tok = like->tok;
    s->type = type;
    s->is_static = s->defined = true;
    s->init = init;
    program_define(s);
    from.base = lower_symbol_address(l, s->link, 0);
    lower_move(l, m, &from, type_size(type));
}

static void
initialize_item(struct lower *l, const struct symbol *s, struct place p,
                const struct init_item *item)
{
    p.m.disp += (int32_t)item->offset;
    p.bits = item->bits;
    if (item->value == NULL) {
        struct init *init = cc_alloc(sizeof(*init));
        struct init_item *copy = cc_alloc(sizeof(*copy));

        *copy = *item;
        copy->offset = 0;
        copy->next = NULL;
        init->first = copy;
        init->extent = type_size(item->type);
        move_image(l, &p.m, s, item->type, init);
    } else
        lower_store(l, &p, item->type, lower_value(l, item->value));
}

void
lower_initialize(struct lower *l, struct symbol *s)
{
    const struct init_item *item = s->init->first;
    uint32_t size = type_size(s->type);
    struct place p = variable_place(l, s);
    bool whole = item != NULL && item->next == NULL && item->bits == NULL &&
                 type_size(item->type) == size && item->value != NULL;
    uint32_t end = 0; /* of what is initialized, in bits */
    int nvalues;

    if (!whole && all_constant(s->init, &nvalues) && nvalues > 6) {
        move_image(l, &p.m, s, s->type, s->init);
        return;
    }
    if (!whole && size > 0)
        lower_emit(
            l, (struct ir_ins){.op = IR_ZERO, .m = p.m, .imm = (int32_t)size});
    for (; item != NULL; item = item->next) {
        const struct member *m = item->bits;
        uint32_t at = 8 * item->offset, bits = 8 * item->size;

        if (m != NULL) {
            at += bits - (uint32_t)(m->shift + m->width);
            bits = (uint32_t)m->width;
        }
        if (whole || item->value == NULL || item->value->kind != E_NUM ||
            item->value->value != 0 || at < end)
            initialize_item(l, s, p, item);
        if (at + bits > end)
            end = at + bits;
    }
}
