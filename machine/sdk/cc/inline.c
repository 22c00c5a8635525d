/*
 * inline.c - small functions in the place of their calls.
 *
 * A call on this machine costs some twelve instructions: the list, the
 * address, and a save area of registers stored and loaded; much more than
 * what an access function does.  The body of a small function, simplified
 * already, is copied into the caller: its registers, slots and blocks get new
 * numbers, the loads of its parameters become copies of the values that the
 * caller would have put in the list, and a return becomes a jump behind the
 * call.  What the body uses of the list other than by such loads (va_start, a
 * structure by value, the address of a parameter in the list) rules it out.
 */
#include "inline.h"

#include <string.h>

enum { MAX_WORDS = 16 };

/* One call that is replaced; or the body is copied as it is. */
struct splice {
    struct ir_func *f;
    const struct ir_func *body;
    bool as_it_is;
    struct ir_ins call;
    struct ir_ins word[MAX_WORDS]; /* the stores into the parameter list */
    bool have[MAX_WORDS];
    int list;  /* the body's register with the list's address */
    int vregs; /* added to the numbers of the body */
    int slots, blocks, cells;
    int rest; /* the block behind the call */
    int depth;
    int *line;
};

static int
list_register(const struct ir_func *f)
{
    for (int i = 0; i < f->blocks[0].nins; i++)
        if (f->blocks[0].ins[i].op == IR_PARAMS)
            return f->blocks[0].ins[i].d;
    return 0;
}

static bool
is_parameter_load(const struct ir_ins *in, int list)
{
    return in->op == IR_LOAD && in->m.base == list && in->m.index == 0 &&
           in->m.disp >= 0 && in->m.disp / 4 < MAX_WORDS &&
           (uint32_t)in->m.disp % 4 + in->size == 4;
}

static bool
is_possible(const struct ir_func *f, int limit)
{
    int list = list_register(f);
    int n = 0;

    for (int i = 0; i < f->nblocks; i++)
        for (int j = 0; j < f->blocks[i].nins; j++) {
            struct ir_ins *in = &f->blocks[i].ins[j];

            if (ir_is_note(in->op) || in->op == IR_PARAMS || in->op == IR_JMP ||
                in->op == IR_RET)
                continue;
            if (list != 0 && is_parameter_load(in, list))
                continue;
            if ((list != 0 && ir_reads(in, list)) ||
                (in->op == IR_CALL && in->m.sym != NULL &&
                 strcmp(in->m.sym, "setjmp") == 0))
                return false;
            if (++n > limit)
                return false;
        }
    return true;
}

/* Does the caller give what the body takes, and take what it gives? */
static bool
matches(struct splice *s)
{
    const struct ir_func *b = s->body;

    for (int i = 0; i < b->nblocks; i++)
        for (int j = 0; j < b->blocks[i].nins; j++) {
            const struct ir_ins *in = &b->blocks[i].ins[j];

            if (s->list != 0 && is_parameter_load(in, s->list) &&
                !s->have[in->m.disp / 4])
                return false;
            if (in->op != IR_RET)
                continue;
            if ((s->call.d2 != 0) != (in->a2 != 0) && s->call.d != 0)
                return false;
            if (s->call.d != 0 && in->a == 0 && in->b_kind != B_IMM)
                return false;
        }
    return true;
}

/* Take the stores into the parameter list in front of instruction `at` of the
 * block; they are dropped if the call is replaced. */
static int
collect_words(struct splice *s, const struct ir_block *b, int at)
{
    memset(s->have, 0, sizeof(s->have));
    for (; at > 0; at--) {
        const struct ir_ins *in = &b->ins[at - 1];
        int w = in->m.disp / 4;

        if (ir_is_note(in->op))
            continue;
        if (in->op != IR_STORE || in->m.slot != SLOT_OUT || in->size != 4 ||
            w >= MAX_WORDS)
            break;
        if (!s->have[w])
            s->word[w] = *in;
        s->have[w] = true;
    }
    return at;
}

static void
put(const struct splice *s, int block, struct ir_ins in)
{
    *ir_append(s->f, block, in.op) = in;
}

/* d = what the store or return `from` has as B. */
static void
copy_value(const struct splice *s, int block, int d, const struct ir_ins *from,
           int line)
{
    put(s, block,
        (struct ir_ins){.op = from->b_kind == B_IMM ? IR_CONST : IR_COPY,
                        .size = 4,
                        .d = d,
                        .a = from->b,
                        .imm = from->imm,
                        .line = line});
}

/* A parameter shorter than a word is extended as the load would do it; load
 * has the caller's numbers. */
static void
take_parameter(const struct splice *s, int block, const struct ir_ins *load)
{
    struct ir_ins extend = {.op = IR_SEXT,
                            .size = load->size,
                            .d = load->d,
                            .a = load->d,
                            .line = s->call.line};

    copy_value(s, block, load->d, &s->word[load->m.disp / 4], s->call.line);
    if (load->size == 4)
        return;
    if (!load->is_signed) {
        extend.op = IR_AND;
        extend.size = 4;
        extend.b_kind = B_IMM;
        extend.imm = load->size == 1 ? 0xff : 0xffff;
    }
    put(s, block, extend);
}

static void
give_result(const struct splice *s, int block, const struct ir_ins *ret)
{
    struct ir_ins value = *ret;

    value.b = ret->a;
    if (s->call.d != 0)
        copy_value(s, block, s->call.d, &value, ret->line);
    value.b = ret->a2;
    if (s->call.d2 != 0)
        copy_value(s, block, s->call.d2, &value, ret->line);
    put(s, block, (struct ir_ins){.op = IR_JMP, .size = 4, .line = ret->line});
    s->f->blocks[block].succ[0] = s->rest;
}

static void
copy_instruction(const struct splice *s, int block, struct ir_ins in)
{
    bool takes = s->list != 0 && is_parameter_load(&in, s->list);
    int *reg[] = {&in.d,  &in.d2,     &in.a,       &in.a2,      &in.b,
                  &in.b2, &in.m.base, &in.m.index, &in.m2.base, &in.m2.index};

    for (size_t i = 0; i < sizeof(reg) / sizeof(reg[0]); i++)
        if (*reg[i] != 0)
            *reg[i] += s->vregs;
    if (in.m.slot > SLOT_OUT)
        in.m.slot += s->slots;
    if (in.m2.slot > SLOT_OUT)
        in.m2.slot += s->slots;
    if (in.op == IR_VALUE)
        in.m.disp += s->cells;
    in.line = s->line[in.line];
    if (s->as_it_is)
        put(s, block, in);
    else if (takes)
        take_parameter(s, block, &in);
    else if (in.op == IR_RET)
        give_result(s, block, &in);
    else if (in.op != IR_PARAMS && in.op != IR_NOP)
        put(s, block, in);
}

/* What the map is to say of the body: where it comes from, its variables. */
static void
copy_notes(struct splice *s)
{
    const struct ir_func *b = s->body;
    const struct ir_line call = s->f->lines[s->call.line];
    int *body = cc_alloc((size_t)b->ninlined * sizeof(int));

    s->line = cc_alloc((size_t)b->nlines * sizeof(int));
    s->cells = s->f->ncells;
    if (!s->as_it_is)
        body[0] =
            ir_new_inlined(s->f, (struct ir_inlined){b->name, call.inlined,
                                                     call.file, call.line});
    for (int i = 1; i < b->ninlined; i++) {
        struct ir_inlined in = b->inlined[i];

        in.parent = body[in.parent];
        body[i] = ir_new_inlined(s->f, in);
    }
    for (int i = 1; i < b->nlines; i++)
        s->line[i] = ir_new_line(s->f, b->lines[i].file, b->lines[i].line,
                                 body[b->lines[i].inlined]);
    for (int i = 1; i < b->nvars; i++) {
        int n = ir_new_var(s->f, NULL, 0);
        struct ir_var *v = &s->f->vars[n];

        *v = b->vars[i];
        v->inlined = body[v->inlined];
        if (v->cell != 0)
            v->cell += s->cells;
        v->in_list = false;
    }
    s->f->ncells += b->ncells;
}

static void
copy_body(struct splice *s)
{
    const struct ir_func *b = s->body;

    s->vregs = s->f->nvregs;
    s->f->nvregs += b->nvregs;
    s->slots = s->f->nslots - (SLOT_OUT + 1);
    for (int i = SLOT_OUT + 1; i < b->nslots; i++)
        ir_new_slot(s->f, b->slots[i].size, b->slots[i].align);
    if (b->out_bytes > s->f->out_bytes)
        s->f->out_bytes = b->out_bytes;
    copy_notes(s);
    s->blocks = s->f->nblocks;
    for (int i = 0; i < b->nblocks; i++)
        ir_new_block(s->f, b->blocks[i].depth + s->depth);
    for (int i = 0; i < b->nblocks; i++) {
        struct ir_block *to = &s->f->blocks[s->blocks + i];

        to->succ[0] = b->blocks[i].succ[0] + s->blocks;
        to->succ[1] = b->blocks[i].succ[1] + s->blocks;
        for (int j = 0; j < b->blocks[i].nins; j++)
            copy_instruction(s, s->blocks + i, b->blocks[i].ins[j]);
    }
}

struct ir_func *
inline_body(const struct ir_func *f, int limit)
{
    struct splice s = {.body = f, .as_it_is = true};

    if (!is_possible(f, limit))
        return NULL;
    s.f = ir_func_new(f->name);
    copy_body(&s);
    return s.f;
}

/* The instructions of the block behind the call go to a block of their own,
 * and the block goes on with the body. */
static void
split(struct splice *s, int block, int at)
{
    struct ir_block *b, *rest;
    int n;

    s->rest = ir_new_block(s->f, s->f->blocks[block].depth);
    b = &s->f->blocks[block];
    rest = &s->f->blocks[s->rest];
    n = b->nins - at - 1;
    rest->ins = b->ins + at + 1;
    rest->nins = rest->cap = n;
    rest->succ[0] = b->succ[0];
    rest->succ[1] = b->succ[1];
}

/* Replace the first call that can be; returns the block behind it, or 0. */
static int
inline_first(struct ir_func *f, inline_body_fn body, int block)
{
    struct splice s = {.f = f};
    int keep;

    for (int j = 0; j < f->blocks[block].nins; j++) {
        struct ir_block *b = &f->blocks[block];

        s.call = b->ins[j];
        if (s.call.op != IR_CALL || s.call.m.sym == NULL ||
            (s.body = body(s.call.m.sym)) == NULL)
            continue;
        s.list = list_register(s.body);
        keep = collect_words(&s, b, j);
        if (!matches(&s))
            continue;
        s.depth = b->depth;
        split(&s, block, j);
        copy_body(&s);
        b = &f->blocks[block];
        for (int k = keep; k < j; k++)
            if (ir_is_note(b->ins[k].op))
                b->ins[keep++] = b->ins[k];
        b->nins = keep;
        b->cap = keep; /* the rest of the array is another block's */
        put(&s, block,
            (struct ir_ins){.op = IR_JMP, .size = 4, .line = s.call.line});
        f->blocks[block].succ[0] = s.blocks;
        for (int i = 0; i < s.body->nblocks; i++)
            ir_place(f, s.blocks + i);
        ir_place(f, s.rest);
        return s.rest;
    }
    return 0;
}

void
inline_calls(struct ir_func *f, inline_body_fn body)
{
    int n = f->nblocks;

    for (int i = 0; i < n; i++) {
        int block = i;

        ir_place(f, i);
        do
            block = inline_first(f, body, block);
        while (block != 0);
    }
    ir_reorder(f);
}
