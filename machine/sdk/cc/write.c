/*
 * write.c - a laid-out function as NASM source.
 *
 * One db line for each instruction, with the assembler's way of writing it
 * as a comment, and the C line above the instructions made from it.  Bytes, in
 * one string, rather than macro calls, because NASM reads a hundred times more
 * of them in a second.  Addresses of symbols are left to NASM: A(x) is written
 * as three bytes of the scalar x.
 */
#include "emit.h"

#include <assert.h>
#include <string.h>

struct op_info {
    const char *name;
    char format[3];
};

static const struct op_info ops[256] = {
#define MC_INFO(name, code, format) [code] = {#name, #format},
    MC_OPS(MC_INFO)
#undef MC_INFO
};

struct writer {
    const struct code *c;
    FILE *out;
};

static void
put_bytes(struct writer *w, const uint8_t *b, int n, const char *comment)
{
    fputs(" db `", w->out);
    for (int i = 0; i < n; i++)
        fprintf(w->out, "\\x%02x", b[i]);
    fputc('`', w->out);
    if (comment != NULL)
        fprintf(w->out, "%*s; %s", 28 - 4 * n, "", comment);
    fputc('\n', w->out);
}

static void
operand_text(char *s, size_t n, int x, int b, int d)
{
    if (x != 0 && b != 0)
        snprintf(s, n, "%d(R%d,R%d)", d, x, b);
    else if (x != 0)
        snprintf(s, n, "%d(R%d)", d, x);
    else if (b != 0)
        snprintf(s, n, "%d(,R%d)", d, b);
    else
        snprintf(s, n, "%d", d);
}

static void
based_text(char *s, size_t n, int b, int d)
{
    if (b != 0)
        snprintf(s, n, "%d(R%d)", d, b);
    else
        snprintf(s, n, "%d", d);
}

/* The literal as =F'..', =H'..', =A(..). */
static void
literal_text(const struct code *c, int lit, char *s, size_t n)
{
    const struct mc_literal *l = &c->lit[lit];

    if (l->size == 0)
        snprintf(s, n, "table%d", lit);
    else if (l->sym == NULL)
        snprintf(s, n, "=%c'%d'", l->size == 2 ? 'H' : 'F',
                 l->size == 2 ? (int16_t)l->value : (int32_t)l->value);
    else if (l->value == 0)
        snprintf(s, n, "=A(%s)", l->sym);
    else
        snprintf(s, n, "=A(%s%+d)", l->sym, (int32_t)l->value);
}

static const char *
branch_name(int mask)
{
    static const char *const name[16] = {"NOP", NULL,  "BH", NULL, "BL", NULL,
                                         NULL,  "BNE", "BE", NULL, NULL, "BNL",
                                         NULL,  "BNH", NULL, "B"};

    return name[mask];
}

/* d/b bytes of a storage operand. */
static void
put_db(uint8_t *p, int b, int d)
{
    p[0] = (uint8_t)(b << 4 | d >> 8);
    p[1] = (uint8_t)d;
}

/* Encode one instruction whose operand needs no help. */
static void
write_plain(struct writer *w, const struct mc_ins *in, const char *far_text)
{
    const struct op_info *op = &ops[in->op];
    uint8_t b[6] = {in->op, (uint8_t)(in->r1 << 4 | in->x2)};
    char text[200], o1[40], o2[120];
    int n = 4;

    based_text(o1, sizeof(o1), in->b1, in->d1);
    based_text(o2, sizeof(o2), in->b2, in->d2);
    put_db(b + 2, in->b2, in->d2);
    if (strcmp(op->format, "RR") == 0) {
        n = 2;
        if (in->op == MC_BCR)
            snprintf(text, sizeof(text), "BCR   %d,R%d", in->r1, in->x2);
        else if (in->op == MC_BCTR && in->x2 == 0)
            snprintf(text, sizeof(text), "BCTR  R%d,0", in->r1);
        else
            snprintf(text, sizeof(text), "%-5s R%d,R%d", op->name, in->r1,
                     in->x2);
    } else if (strcmp(op->format, "RX") == 0) {
        operand_text(o2, sizeof(o2), in->x2, in->b2, in->d2);
        if (far_text != NULL)
            snprintf(o2, sizeof(o2), "%s", far_text);
        if (in->op == MC_BC && branch_name(in->r1) != NULL)
            snprintf(text, sizeof(text), "%-5s %s", branch_name(in->r1), o2);
        else if (in->op == MC_BC)
            snprintf(text, sizeof(text), "BC    %d,%s", in->r1, o2);
        else
            snprintf(text, sizeof(text), "%-5s R%d,%s", op->name, in->r1, o2);
    } else if (strcmp(op->format, "SH") == 0) {
        snprintf(text, sizeof(text), "%-5s R%d,%s", op->name, in->r1, o2);
    } else if (strcmp(op->format, "RS") == 0) {
        snprintf(text, sizeof(text), "%-5s R%d,R%d,%s", op->name, in->r1,
                 in->x2, o2);
    } else if (strcmp(op->format, "RM") == 0) {
        snprintf(text, sizeof(text), "%-5s R%d,%d,%s", op->name, in->r1, in->x2,
                 o2);
    } else if (strcmp(op->format, "SI") == 0) {
        b[1] = in->r1;
        put_db(b + 2, in->b1, in->d1);
        snprintf(text, sizeof(text), "%-5s %s,X'%02X'", op->name, o1, in->r1);
    } else {
        n = 6;
        b[1] = in->r1;
        put_db(b + 2, in->b1, in->d1);
        put_db(b + 4, in->b2, in->d2);
        if (in->b1 != 0)
            snprintf(o1, sizeof(o1), "%d(%d,R%d)", in->d1, in->r1 + 1, in->b1);
        else
            snprintf(o1, sizeof(o1), "%d(%d)", in->d1, in->r1 + 1);
        snprintf(text, sizeof(text), "%-5s %s,%s", op->name, o1,
                 far_text != NULL ? far_text : o2);
    }
    put_bytes(w, b, n, text);
}

/* LA s,page; SLL s,12: s = the distance, without its low 12 bits. */
static void
write_page(struct writer *w, int s, uint32_t off)
{
    struct mc_ins la = {.op = MC_LA, .r1 = (uint8_t)s};
    struct mc_ins sll = {.op = MC_SLL, .r1 = (uint8_t)s, .d2 = 12};

    la.d2 = (uint16_t)(off >> 12);
    write_plain(w, &la, NULL);
    write_plain(w, &sll, NULL);
}

static void
write_fixed(struct writer *w, const struct mc_ins *ins)
{
    const struct code *c = w->c;
    struct mc_ins in = *ins;
    uint32_t off =
        (in.fix == FIX_LABEL ? c->label[in.target] : c->lit[in.target].offset) -
        c->base;
    bool ss = in.op >= 0xc0;
    int own = ss ? 6 : 4;
    char text[100];

    if (in.fix == FIX_LABEL)
        snprintf(text, sizeof(text), "L%d", in.target);
    else
        literal_text(c, in.target, text, sizeof(text));
    in.d2 = (uint16_t)(off & 0xfff);
    if (in.length == own) {
        if (off >= 4096)
            in.b2 = 11;
    } else if (ss) {
        struct mc_ins la = {.op = MC_LA, .r1 = 1, .x2 = 1, .b2 = 12};

        write_page(w, 1, off);
        la.d2 = in.d2;
        write_plain(w, &la, NULL);
        in.b2 = 1;
        in.d2 = 0;
    } else if (in.x2 != 0) {
        struct mc_ins add = {.op = MC_ALR, .r1 = in.x2, .x2 = 14};

        write_page(w, 14, off);
        write_plain(w, &add, NULL);
    } else {
        bool own_scratch = in.r1 != 0 && (in.op == MC_L || in.op == MC_LH);

        in.x2 = in.fix == FIX_LABEL ? 14 : own_scratch ? in.r1 : 15;
        write_page(w, in.x2, off);
    }
    write_plain(w, &in, text);
}

static void
write_literals(struct writer *w, uint32_t from)
{
    const struct code *c = w->c;
    uint32_t at = (from + 3) & ~3u;

    if (c->nlit > 0 && at != from)
        fprintf(w->out, " db 0,0\n");
    for (int pass = 0; pass < 3; pass++)
        for (int i = 0; i < c->nlit; i++) {
            const struct mc_literal *l = &c->lit[i];
            char text[100];

            if ((pass == 0) != (l->size == 4) || (pass == 1) != (l->size == 0))
                continue;
            assert(l->offset >= at);
            literal_text(c, i, text, sizeof(text));
            if (l->sym != NULL) {
                char s[120];

                snprintf(s, sizeof(s), "$%s%+d", l->sym, (int32_t)l->value);
                fprintf(w->out,
                        " db 0,(%s)>>16&255,(%s)>>8&255,(%s)&255 ; %s\n", s, s,
                        s, text);
            } else if (l->size != 0) {
                uint8_t b[4] = {(uint8_t)(l->value >> 24),
                                (uint8_t)(l->value >> 16),
                                (uint8_t)(l->value >> 8), (uint8_t)l->value};

                put_bytes(w, b + 4 - l->size, l->size, text);
            } else
                for (int t = 0; t < l->ntargets; t++) {
                    uint32_t v = c->label[l->labels[t]] - c->base;
                    uint8_t b[4] = {(uint8_t)(v >> 24), (uint8_t)(v >> 16),
                                    (uint8_t)(v >> 8), (uint8_t)v};

                    snprintf(text, sizeof(text), "L%d", l->labels[t]);
                    put_bytes(w, b, 4, text);
                }
        }
}

static uint32_t
literals_end(const struct code *c, uint32_t from)
{
    uint32_t end = (from + 3) & ~3u;

    for (int i = 0; i < c->nlit; i++) {
        const struct mc_literal *l = &c->lit[i];
        uint32_t bytes = l->size != 0 ? l->size : 4 * (uint32_t)l->ntargets;

        if (l->offset + bytes > end)
            end = l->offset + bytes;
    }
    return end;
}

static void
pad(struct writer *w, uint32_t from, uint32_t to)
{
    for (; from < to; from++)
        fprintf(w->out, " db 0\n");
}

void
code_write(const struct code *c, FILE *out, source_text_fn text, void *arg)
{
    struct writer w = {.c = c, .out = out};
    uint32_t at = 0;
    int line = 0;

    fprintf(out, "$%s equ __here\n", c->f->name);
    for (int i = 0; i < c->nins; i++) {
        const struct mc_ins *in = &c->ins[i];

        if (c->large && i == c->head) {
            write_literals(&w, at);
            at = c->nlit > 0 ? literals_end(c, at) : at;
            pad(&w, at, in->offset);
            at = in->offset;
        }
        if (in->fix == FIX_BIND) {
            fprintf(out, "; L%d:\n", in->target);
            continue;
        }
        if (in->line != line && in->line != 0) {
            const struct ir_line *l = &c->f->lines[in->line];
            const char *name = NULL;
            const char *s = text(arg, l->file, l->line, &name);

            if (s != NULL)
                /* The dot keeps NASM from seeing a continued line. */
                fprintf(out, "; %s:%d: %.*s .\n", name, l->line,
                        (int)strcspn(s, "\r\n"), s);
            line = in->line;
        }
        if (in->fix == FIX_NONE)
            write_plain(&w, in, NULL);
        else
            write_fixed(&w, in);
        at = in->offset + in->length;
    }
    if (!c->large) {
        write_literals(&w, at);
        if (c->nlit > 0)
            at = literals_end(c, at);
    }
    pad(&w, at, c->size);
}
