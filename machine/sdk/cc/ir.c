/*
 * ir.c - making and inspecting the intermediate representation (ir.h).
 */
#include "ir.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct ir_func *
ir_func_new(const char *name)
{
    struct ir_func *f = cc_alloc(sizeof(*f));

    f->name = name;
    ir_new_slot(f, 0, 1);    /* 0: none */
    ir_new_slot(f, 0, 4);    /* SLOT_OUT */
    ir_new_line(f, 0, 0, 0); /* 0: none */
    ir_new_inlined(f, (struct ir_inlined){.name = name});
    ir_new_var(f, NULL, 0);
    return f;
}

int
ir_new_vreg(struct ir_func *f)
{
    return ++f->nvregs;
}

int
ir_new_slot(struct ir_func *f, uint32_t size, uint32_t align)
{
    f->slots = cc_room(f->slots, f->nslots, sizeof(*f->slots));
    f->slots[f->nslots].size = size;
    f->slots[f->nslots].align = align;
    return f->nslots++;
}

int
ir_new_block(struct ir_func *f, int depth)
{
    struct ir_block *b;

    f->blocks = cc_room(f->blocks, f->nblocks, sizeof(*f->blocks));
    b = &f->blocks[f->nblocks];
    memset(b, 0, sizeof(*b));
    b->depth = depth;
    return f->nblocks++;
}

int
ir_new_line(struct ir_func *f, int file, int line, int inlined)
{
    struct ir_line new = {file, line, inlined};

    if (f->nlines > 0 &&
        memcmp(&f->lines[f->nlines - 1], &new, sizeof(new)) == 0)
        return f->nlines - 1;
    f->lines = cc_room(f->lines, f->nlines, sizeof(*f->lines));
    f->lines[f->nlines] = new;
    return f->nlines++;
}

int
ir_new_inlined(struct ir_func *f, struct ir_inlined new)
{
    f->inlined = cc_room(f->inlined, f->ninlined, sizeof(*f->inlined));
    f->inlined[f->ninlined] = new;
    return f->ninlined++;
}

int
ir_new_var(struct ir_func *f, const struct symbol *sym, int cells)
{
    struct ir_var v = {.sym = sym};

    f->vars = cc_room(f->vars, f->nvars, sizeof(*f->vars));
    v.cell = cells > 0 ? f->ncells + 1 : 0;
    f->ncells += cells;
    f->vars[f->nvars] = v;
    return f->nvars++;
}

struct ir_ins *
ir_append(struct ir_func *f, int block, enum ir_op op)
{
    struct ir_block *b = &f->blocks[block];
    struct ir_ins *in;

    if (b->nins == b->cap) {
        b->cap = b->cap < 4 ? 4 : 2 * b->cap;
        in = cc_alloc((size_t)b->cap * sizeof(*in));
        if (b->nins > 0)
            memcpy(in, b->ins, (size_t)b->nins * sizeof(*in));
        b->ins = in;
    }
    in = &b->ins[b->nins++];
    memset(in, 0, sizeof(*in));
    in->op = op;
    in->size = 4;
    return in;
}

void
ir_too_large(const struct ir_func *f)
{
    struct token t = {.kind = TK_EOF, .text = ""};

    if (f->nlines > 1) {
        t.file = f->lines[1].file;
        t.line = f->lines[1].line;
    }
    error_at(&t, "function `%s' is too large for cc370: make several of it",
             f->name);
    exit(1);
}

bool
ir_is_terminator(enum ir_op op)
{
    return op >= IR_JMP;
}

bool
ir_is_note(enum ir_op op)
{
    return op <= IR_GONE;
}

bool
ir_is_binary(enum ir_op op)
{
    return op >= IR_ADD && op <= IR_MOD;
}

bool
ir_is_call(const struct ir_ins *in)
{
    bool divides = in->op == IR_DIV || in->op == IR_MOD;

    return in->op == IR_CALL ||
           (divides && !in->is_signed && (in->b_kind != B_IMM || in->imm < 2));
}

bool
ir_is_long_move(const struct ir_ins *in)
{
    return (in->op == IR_MOVE || in->op == IR_ZERO) && in->imm > 1024;
}

bool
ir_is_commutative(enum ir_op op)
{
    return op == IR_ADD || op == IR_MUL || op == IR_AND || op == IR_OR ||
           op == IR_XOR;
}

enum ir_cond
ir_cond_negate(enum ir_cond c)
{
    return c ^ 15;
}

enum ir_cond
ir_cond_swap(enum ir_cond c)
{
    return (c & ~6) | (c & 4) >> 1 | (c & 2) << 1;
}

bool
ir_cond_is_equality(enum ir_cond c)
{
    return c == COND_EQ || c == COND_NE;
}

bool
ir_cond_holds(enum ir_cond c, uint32_t a, uint32_t b)
{
    bool less = (c & COND_LOGICAL) != 0 ? a < b : (int32_t)a < (int32_t)b;

    return (c & (a == b ? COND_EQ : less ? COND_LT : COND_GT)) != 0;
}

bool
ir_is_pure(const struct ir_ins *in)
{
    return !in->is_volatile &&
           (in->op == IR_NOP || (in->op > IR_GONE && in->op < IR_STORE));
}

int
ir_uses(struct ir_ins *in, int *use[IR_MAX_USES])
{
    int *const all[IR_MAX_USES] = {&in->a,       &in->a2,      &in->b,
                                   &in->b2,      &in->m.base,  &in->m.index,
                                   &in->m2.base, &in->m2.index};
    int n = 0;

    if (ir_is_note(in->op))
        return 0;
    for (int i = 0; i < IR_MAX_USES; i++)
        if (*all[i] != 0)
            use[n++] = all[i];
    return n;
}

bool
ir_reads(struct ir_ins *in, int v)
{
    int *use[IR_MAX_USES];

    for (int k = ir_uses(in, use) - 1; k >= 0; k--)
        if (*use[k] == v)
            return true;
    return false;
}

bool
ir_same(const struct ir_ins *x, const struct ir_ins *y)
{
    return x->op == y->op && x->size == y->size && x->cond == y->cond &&
           x->is_signed == y->is_signed && x->a == y->a &&
           x->b_kind == y->b_kind && x->b == y->b && x->imm == y->imm &&
           x->m.base == y->m.base && x->m.index == y->m.index &&
           x->m.slot == y->m.slot && x->m.disp == y->m.disp &&
           (x->m.sym == y->m.sym || (x->m.sym != NULL && y->m.sym != NULL &&
                                     strcmp(x->m.sym, y->m.sym) == 0));
}

int
ir_nsucc(const struct ir_block *b)
{
    enum ir_op last = b->nins > 0 ? b->ins[b->nins - 1].op : IR_NOP;

    return last == IR_JMP ? 1 : last >= IR_BR && last <= IR_BRCLI ? 2 : 0;
}

void
ir_mark_reachable(struct ir_func *f)
{
    int *work = cc_alloc((size_t)f->nblocks * sizeof(int));
    int n = 0;

    for (int i = 0; i < f->nblocks; i++)
        f->blocks[i].reachable = false;
    work[n++] = 0;
    f->blocks[0].reachable = true;
    while (n > 0) {
        struct ir_block *b = &f->blocks[work[--n]];

        for (int k = 0; k < ir_nsucc(b); k++) {
            int t = b->succ[k];

            if (!f->blocks[t].reachable) {
                f->blocks[t].reachable = true;
                work[n++] = t;
            }
        }
    }
}

void
ir_place(struct ir_func *f, int block)
{
    f->order = cc_room(f->order, f->norder, sizeof(*f->order));
    f->order[f->norder++] = block;
}

void
ir_reorder(struct ir_func *f)
{
    int *number = cc_alloc((size_t)f->nblocks * sizeof(int));
    struct ir_block *blocks = cc_alloc((size_t)f->norder * sizeof(*blocks));

    for (int i = 0; i < f->norder; i++) {
        number[f->order[i]] = i;
        blocks[i] = f->blocks[f->order[i]];
    }
    f->nblocks = f->norder;
    f->norder = 0;
    for (int i = 0; i < f->nblocks; i++) {
        f->blocks[i] = blocks[i];
        for (int k = 0; k < ir_nsucc(&blocks[i]); k++)
            f->blocks[i].succ[k] = number[blocks[i].succ[k]];
    }
}

static const char *const op_names[] = {
    "nop",  "value", "gone", "params", "const", "addr", "copy", "load",
    "add",  "sub",   "mul",  "and",    "or",    "xor",  "shl",  "shr",
    "sar",  "div",   "mod",  "sext",   "set",   "add8", "sub8", "mul8",
    "shl8", "shr8",  "sar8", "store",  "call",  "move", "zero", "jmp",
    "br",   "br8",   "brtm", "brcli",  "ret",   "stop"};

/* By the three bits that tell conditions apart. */
static const char *const cond_names[] = {"", ">", "<", "!=", "==", ">=", "<="};

static void
dump_registers(const char *before, int v, int second)
{
    if (v != 0)
        printf("%sv%d", before, v);
    if (second != 0)
        printf(":v%d", second);
}

static void
dump_mem(const struct ir_mem *m)
{
    if (m->base == 0 && m->index == 0 && m->slot == 0 && m->sym == NULL &&
        m->disp == 0)
        return;
    printf(" [");
    if (m->sym != NULL)
        printf("%s", m->sym);
    if (m->slot != 0)
        printf("slot%d", m->slot);
    dump_registers("", m->base, 0);
    dump_registers(" + ", m->index, 0);
    printf(" %+d]", m->disp);
}

static void
dump_ins(const struct ir_ins *in)
{
    dump_registers("    ", in->d, in->d2);
    printf("%s%s%d%s%s", in->d != 0 ? " = " : "    ", op_names[in->op],
           in->size, in->is_signed ? "s" : "", in->is_volatile ? "!" : "");
    dump_registers(" ", in->a, in->a2);
    if (in->cond != 0)
        printf(" %s%s", (in->cond & COND_LOGICAL) != 0 ? "u" : "",
               cond_names[in->cond >> 1 & 7]);
    dump_registers(" ", in->b, in->b2);
    dump_mem(&in->m);
    dump_mem(&in->m2);
    if (in->imm != 0 || in->b_kind == B_IMM || in->op == IR_CONST)
        printf(" #%d", in->imm);
}

void
ir_dump(const struct ir_func *f)
{
    printf("function %s\n", f->name);
    for (int i = 0; i < f->nblocks; i++) {
        const struct ir_block *b = &f->blocks[i];

        printf("B%d: depth %d\n", i, b->depth);
        for (int j = 0; j < b->nins; j++) {
            dump_ins(&b->ins[j]);
            for (int k = 0; j == b->nins - 1 && k < ir_nsucc(b); k++)
                printf(" B%d", b->succ[k]);
            printf("\n");
        }
    }
}
