/*
 * c_value.c - values of a C program as text, by their types
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "debug.h"
#include "machine.h"

#include "machine/io/ebcdic.h"

enum { DEPTH_MAX = 6, ELEMENTS_MAX = 16, STRING_MAX = 60, ADDRESS = 0xFFFFFF };
/* In EBCDIC; control characters are below the graphic ones. */
enum { NEW_LINE = 0x15, FIRST_GRAPHIC = 0x40 };

uint32_t
cvalue_bytes(const struct cvalue *v)
{
    return v->field != NULL ? v->field->unit : ctype_size(v->type);
}

static int64_t
extended(uint64_t value, unsigned bits, bool is_signed)
{
    if (bits < 64) {
        value &= ((uint64_t)1 << bits) - 1;
        if (is_signed && (value >> (bits - 1) & 1) != 0)
            value |= ~(uint64_t)0 << bits;
    }
    return (int64_t)value;
}

int64_t
cvalue_number(const struct machine *m, const struct cvalue *v)
{
    uint32_t size =
        v->type->kind == CT_ARRAY || v->type->size > 8 ? 4 : v->type->size;
    uint64_t value;

    if (v->field != NULL) {
        bool nine = v->field->unit > 8;

        value = debug_read(m, v->addr + nine, v->field->unit - nine);
        value >>= v->field->shift;
        if (nine) /* the first byte has the highest bits */
            value |= debug_read(m, v->addr, 1) << (63 - v->field->shift) << 1;
        return extended(value, v->field->width, v->type->is_signed);
    }
    value = v->in_storage ? debug_read(m, v->addr, size) : v->bits;
    return extended(value, 8 * size, v->type->is_signed);
}

void
shown_add(struct shown *t, const char *format, ...)
{
    va_list ap;
    int n;

    va_start(ap, format);
    n = vsnprintf(t->buf + t->n, sizeof(t->buf) - t->n, format, ap);
    va_end(ap);
    t->n += (size_t)n;
    if (t->n > sizeof(t->buf) - 1) {
        t->n = sizeof(t->buf) - 1;
        memcpy(t->buf + t->n - 3, "...", 3);
    }
}

static void
add_char(struct shown *t, uint8_t code, char quote)
{
    char c[3] = "";

    ebcdic_to_utf8(code, c);
    if (code == NEW_LINE)
        shown_add(t, "\\n");
    else if (code < FIRST_GRAPHIC || !isprint((unsigned char)c[0]))
        shown_add(t, "\\x%02X", code);
    else
        shown_add(t, c[0] == quote || c[0] == '\\' ? "\\%s" : "%s", c);
}

static void
add_string(const struct machine *m, struct shown *t, uint32_t raddr,
           uint32_t most)
{
    uint8_t code = 1;
    uint32_t i;

    if (!debug_has(m, raddr, 1)) {
        shown_add(t, "(no storage)");
        return;
    }
    shown_add(t, "\"");
    for (i = 0; i < most && i < STRING_MAX; i++) {
        code = (uint8_t)debug_read(m, raddr + i, 1);
        if (code == 0)
            break;
        add_char(t, code, '"');
    }
    shown_add(t, code != 0 && i == STRING_MAX && most > i ? "\"..." : "\"");
}

static void
add_integer(struct shown *t, const struct ctype *type, int64_t value, bool hex)
{
    unsigned digits = type->size > 8 ? 8 : type->size;

    if (hex)
        shown_add(
            t, "X'%0*llX'", (int)digits * 2,
            (unsigned long long)extended((uint64_t)value, 8 * digits, false));
    else if (type->is_signed)
        shown_add(t, "%lld", (long long)value);
    else if (value >= 0 && value <= 9)
        shown_add(t, "%lld", (long long)value);
    else
        shown_add(t, "%llu (X'%llX')", (unsigned long long)value,
                  (unsigned long long)value);
}

static void
add_enum(struct shown *t, const struct ctype *type, int64_t value)
{
    for (size_t i = type->n; i-- > 0;)
        if (type->constants[i].value == (int32_t)value) {
            shown_add(t, "%s", type->constants[i].name);
            return;
        }
    shown_add(t, "%lld", (long long)value);
}

static void
add_pointer(const struct machine *m, struct shown *t, const struct ctype *type,
            uint32_t to)
{
    const char *name;
    uint32_t start;

    shown_add(t, "X'%06X'", to);
    to &= ADDRESS;
    if (to == 0)
        return;
    if (type->target->kind == CT_CHAR) {
        shown_add(t, " ");
        add_string(m, t, to, UINT32_MAX);
    } else if (type->target->kind == CT_FUNCTION && debug_real(m, to, &to) &&
               (name = map_function(m, to, &start)) != NULL)
        shown_add(t, start == to ? " %s" : " %s+X'%X'", name, to - start);
}

static void add_value(const struct machine *m, struct shown *t,
                      const struct cvalue *v, bool hex, int depth);

static void
add_members(const struct machine *m, struct shown *t, const struct cvalue *v,
            bool hex, int depth)
{
    shown_add(t, "{");
    for (size_t i = 0; i < v->type->n; i++) {
        const struct cmember *member = &v->type->members[i];
        struct cvalue part = {.type = member->type,
                              .in_storage = true,
                              .addr = v->addr + member->offset,
                              .field = member->width > 0 ? member : NULL};

        shown_add(t, i > 0 ? ", " : "");
        if (member->name[0] != '?')
            shown_add(t, "%s=", member->name);
        add_value(m, t, &part, hex, depth + 1);
    }
    shown_add(t, "}");
}

static void
add_elements(const struct machine *m, struct shown *t, const struct cvalue *v,
             bool hex, int depth)
{
    const struct ctype *element = v->type->target;

    /* Of a flexible array the number of elements is not known. */
    if (element->kind == CT_CHAR && !hex) {
        add_string(m, t, v->addr,
                   v->type->count == 0 ? UINT32_MAX : v->type->count);
        return;
    }
    if (v->type->count == 0) {
        shown_add(t, "{...}");
        return;
    }
    shown_add(t, "{");
    for (uint32_t i = 0; i < v->type->count && i < ELEMENTS_MAX; i++) {
        struct cvalue part = {.type = element,
                              .in_storage = true,
                              .addr = v->addr + i * ctype_size(element)};

        shown_add(t, i > 0 ? ", " : "");
        add_value(m, t, &part, hex, depth + 1);
    }
    shown_add(t, v->type->count > ELEMENTS_MAX ? ", ...}" : "}");
}

static void
add_value(const struct machine *m, struct shown *t, const struct cvalue *v,
          bool hex, int depth)
{
    int64_t n;

    if (v->type->kind == CT_RECORD || v->type->kind == CT_ARRAY) {
        if (depth >= DEPTH_MAX)
            shown_add(t, "{...}");
        else if (v->type->kind == CT_RECORD)
            add_members(m, t, v, hex, depth);
        else
            add_elements(m, t, v, hex, depth);
        return;
    }
    if (v->in_storage && v->type->kind != CT_FUNCTION &&
        !debug_has(m, v->addr, cvalue_bytes(v))) {
        shown_add(t, "(no storage)");
        return;
    }
    n = v->type->kind == CT_FUNCTION ? v->addr : cvalue_number(m, v);
    switch (v->type->kind) {
    case CT_BOOL:
        shown_add(t, "%s", n != 0 ? "true" : "false");
        break;
    case CT_CHAR:
        shown_add(t, hex ? "X'%02X' '" : "%u '", (unsigned)(n & 255));
        add_char(t, (uint8_t)n, '\'');
        shown_add(t, "'");
        break;
    case CT_POINTER:
        add_pointer(m, t, v->type, (uint32_t)n);
        break;
    case CT_FUNCTION: {
        struct ctype pointer = {.target = v->type};

        add_pointer(m, t, &pointer, (uint32_t)n);
        break;
    }
    case CT_ENUM:
        if (!hex) {
            add_enum(t, v->type, n);
            break;
        }
        /* fall through */
    default:
        add_integer(t, v->type, n, hex);
    }
}

void
shown_value(const struct machine *m, struct shown *t, const struct cvalue *v,
            bool hex)
{
    if (v->type->kind == CT_VOID)
        shown_add(t, "no value");
    else
        add_value(m, t, v, hex, 0);
}
