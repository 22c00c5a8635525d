/*
 * write.c - a laid-out function, line by line.
 *
 * A line for each instruction, its bytes and the assembler's way of writing
 * it, and the C line above the instructions made from it.
 */
#include "emit.h"

#include <string.h>

/* How the assembler writes the operands of each format: 1 is R1, m the same as
 * a number, 2 R2 or R3, 3 the same as a number, x D2(X2,B2), s D2(B2),
 * l D1(L,B1), i I2; other characters are themselves. */
static const char RR[] = "1,2", BCR[] = "m,2", BCTR[] = "1,0", RX[] = "1,x",
                  BC[] = "m,x", SH[] = "1,s", RS[] = "1,2,s", RM[] = "1,3,s",
                  SI[] = "s,i", SS[] = "l,s";

static const struct {
    const char *name, *operands;
} ops[256] = {
#define MC_INFO(name, code, format) [code] = {#name, format},
    MC_OPS(MC_INFO)
#undef MC_INFO
};

/* BC with these masks has a name of its own. */
static const char *const branch[16] = {
    [0] = "NOP", [2] = "BH",   [4] = "BL",   [7] = "BNE",
    [8] = "BE",  [11] = "BNL", [13] = "BNH", [15] = "B"};

enum { LONGEST_LINE = 511 }; /* of C, that is shown */

struct writer {
    const struct code *c;
    struct lines *l;
    FILE *out;
    uint32_t entry; /* its place in the lines */
};

static void
pad(struct writer *w, uint32_t to)
{
    lines_zeros(w->l, w->entry + to);
}

/* =F'..', =H'..', =A(..). */
static void
literal_text(struct writer *w, int lit)
{
    const struct mc_literal *l = &w->c->lit[lit];

    if (l->sym == NULL)
        fprintf(w->out, l->size == 2 ? "=H'%d'" : "=F'%d'",
                l->size == 2 ? (int16_t)l->value : (int32_t)l->value);
    else if (l->value == 0)
        fprintf(w->out, "=A(%s)", l->sym);
    else
        fprintf(w->out, "=A(%s%+d)", l->sym, (int32_t)l->value);
}

static void
operand_text(struct writer *w, const struct mc_ins *in, char what)
{
    FILE *out = w->out;

    switch (what) {
    case '1':
        fprintf(out, "R%d", in->r1);
        return;
    case 'm':
        fprintf(out, "%d", in->r1);
        return;
    case '2':
        fprintf(out, "R%d", in->x2);
        return;
    case '3':
        fprintf(out, "%d", in->x2);
        return;
    case 'i':
        fprintf(out, "X'%02X'", in->r1 << 4 | in->x2);
        return;
    case 'l':
        fprintf(out, "%d(%d", in->d1, (in->r1 << 4 | in->x2) + 1);
        if (in->b1 != 0)
            fprintf(out, ",R%d", in->b1);
        fputc(')', out);
        return;
    case 'x':
    case 's':
        if (in->fix == FIX_LABEL)
            fprintf(out, "L%d", in->target);
        else if (in->fix == FIX_LITERAL)
            literal_text(w, in->target);
        else if (in->b2 == 0)
            fprintf(out, "%d", in->d2);
        else if (what == 's')
            fprintf(out, "%d(R%d)", in->d2, in->b2);
        else if (in->x2 == 0)
            fprintf(out, "%d(,R%d)", in->d2, in->b2);
        else
            fprintf(out, "%d(R%d,R%d)", in->d2, in->x2, in->b2);
        return;
    default:
        fputc(what, out);
    }
}

/* B and D of a storage operand. */
static void
put_operand(uint8_t *p, int b, int d)
{
    p[0] = (uint8_t)(b << 4 | d >> 8);
    p[1] = (uint8_t)d;
}

static void
write_one(struct writer *w, const struct mc_ins *in)
{
    uint8_t b[6] = {(uint8_t)in->op, (uint8_t)(in->r1 << 4 | in->x2)};
    int n = mc_length(in->op);
    const char *name = in->op == MC_BC ? branch[in->r1] : NULL;
    const char *operands = name != NULL ? "x" : ops[in->op].operands;

    put_operand(b + 2, in->b1, in->d1);
    put_operand(b + (n == 6 ? 4 : 2), in->b2, in->d2);
    lines_bytes(w->l, b, n);
    fprintf(w->out, "%-5s ", name != NULL ? name : ops[in->op].name);
    for (; *operands != '\0'; operands++)
        operand_text(w, in, *operands);
    fputc('\n', w->out);
}

/* LA s,page; SLL s,12: s = the distance, without its low 12 bits. */
static void
write_page(struct writer *w, int s, uint32_t off)
{
    struct mc_ins la = {.op = MC_LA, .r1 = s, .d2 = (int)(off >> 12)};
    struct mc_ins sll = {.op = MC_SLL, .r1 = s, .d2 = 12};

    write_one(w, &la);
    write_one(w, &sll);
}

/* The second operand is a label or a literal. */
static void
write_fixed(struct writer *w, struct mc_ins in)
{
    uint32_t off = mc_distance(w->c, &in);
    int own = mc_length(in.op);

    in.d2 = (int)(off & 0xfff);
    if (in.length > own) {
        bool own_scratch = in.r1 != 0 && (in.op == MC_L);

        in.x2 = own_scratch ? in.r1 : 15;
        write_page(w, in.x2, off);
    }
    write_one(w, &in);
}

static void
write_literals(struct writer *w)
{
    for (int i = 0; i < w->c->nlit; i++) {
        const struct mc_literal *l = &w->c->lit[i];

        pad(w, l->offset);
        if (l->sym != NULL)
            lines_address(w->l, l->sym, (int32_t)l->value);
        else
            lines_word(w->l, l->value, l->size);
        literal_text(w, i);
        fputc('\n', w->out);
    }
}

/* The C line, as a remark.  In a source a dot keeps NASM from seeing a
 * continued line. */
static void
write_source(struct writer *w, const struct ir_line *l)
{
    int length, n = 0;
    const char *s = source_line(l->file, l->line, &length);

    if (s == NULL)
        return;
    while (n < length && n < LONGEST_LINE && s[n] != '\r')
        n++;
    fprintf(w->out, "; %s:%d: %.*s%s\n", source_shown(l->file), l->line, n, s,
            w->l->bytes == NULL ? " ." : "");
}

void
code_write(const struct code *c, struct lines *l)
{
    struct writer w = {.c = c, .l = l, .out = l->out, .entry = l->at};
    int line = 0;

    for (int i = 0; i < c->nins; i++) {
        const struct mc_ins *in = &c->ins[i];

        pad(&w, in->offset);
        if (in->line != line && in->line != 0 && in->fix != FIX_BIND) {
            write_source(&w, &c->f->lines[in->line]);
            line = in->line;
        }
        if (in->fix == FIX_BIND)
            fprintf(w.out, "; L%d:\n", in->target);
        else if (in->fix == FIX_NONE)
            write_one(&w, in);
        else
            write_fixed(&w, *in);
    }
    write_literals(&w);
    pad(&w, c->size);
}
