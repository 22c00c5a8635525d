/*
 * commands_debug.c - monitor commands that speak of the C source
 *
 * They live on the map of an image (map.c).  A call chain is found in the
 * save areas (machine/sdk/lib/crt0.asm, "Linkage"): while function F runs, its
 * caller's registers are in the caller's save area, 12 bytes into it R14, the
 * place to return to, and at 24 R1, the address of F's arguments.  That area
 * is F's frame further up than R13, and the one before it is at its back
 * chain, 4 bytes into the frame.  Addresses are taken as real.
 */
#include <ctype.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "monitor.h"

#include "machine/io/ebcdic.h"

enum { CHAIN_MAX = 64, SHOWN_MAX = 400, DEPTH_MAX = 4, ELEMENTS_MAX = 16 };

static uint64_t
number_at(const struct monitor *mon, uint32_t raddr, unsigned bytes)
{
    uint8_t b[8] = {0};
    uint64_t value = 0;

    if (bytes > 8 || machine_read(mon->m, raddr & 0xFFFFFF, b, bytes) != 0)
        return 0;
    for (unsigned i = 0; i < bytes; i++)
        value = value << 8 | b[i];
    return value;
}

static uint32_t
word_at(const struct monitor *mon, uint32_t raddr)
{
    return (uint32_t)number_at(mon, raddr, 4);
}

static uint32_t
get(const struct monitor *mon, const char *name)
{
    uint64_t value = 0;

    machine_get(mon->m, name, &value);
    return (uint32_t)value;
}

/* ---- values by their type ------------------------------------------------ */

struct text {
    char buf[SHOWN_MAX];
    size_t n;
};

static void put(struct text *t, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

static void
put(struct text *t, const char *format, ...)
{
    va_list ap;
    int n;

    va_start(ap, format);
    n = vsnprintf(t->buf + t->n, sizeof(t->buf) - t->n, format, ap);
    va_end(ap);
    t->n += (size_t)n;
    if (t->n > sizeof(t->buf) - 1)
        t->n = sizeof(t->buf) - 1;
}

/* What stands behind the type that begins at s. */
static const char *
behind(const char *s)
{
    int braces = 0;

    while (*s == '[')
        s = strchr(s, ']') + 1;
    if (*s != '{')
        return s + strcspn(s, ";");
    do {
        braces += *s == '{';
        braces -= *s == '}';
        s++;
    } while (braces > 0 && *s != '\0');
    return s;
}

static uint32_t
size_of(const char *type)
{
    switch (*type) {
    case 'i':
    case 'u':
        return (uint32_t)(type[1] - '0');
    case 'c':
    case 'b':
        return 1;
    case '[':
        return (uint32_t)strtoul(type + 1, NULL, 10) *
               size_of(strchr(type, ']') + 1);
    case '{':
        return (uint32_t)strtoul(strchr(type, '#') + 1, NULL, 10);
    default:
        return 4;
    }
}

static void
put_char(struct text *t, uint8_t code)
{
    char c[3] = "";

    ebcdic_to_utf8(code, c);
    put(t, "%s", isprint((unsigned char)c[0]) ? c : ".");
}

static void
put_string(const struct monitor *mon, struct text *t, uint32_t raddr,
           uint32_t most)
{
    uint8_t code;

    put(t, "\"");
    for (uint32_t i = 0; i < most && i < 60; i++) {
        code = (uint8_t)number_at(mon, raddr + i, 1);
        if (code == 0)
            break;
        put_char(t, code);
    }
    put(t, "\"");
}

static void
put_integer(struct text *t, uint64_t value, char sign, unsigned bits)
{
    if (sign == 'i' && bits < 64 && (value >> (bits - 1) & 1) != 0)
        value |= ~(uint64_t)0 << bits;
    if (sign == 'i')
        put(t, "%lld", (long long)value);
    else
        put(t, "%llu", (unsigned long long)value);
    if (sign == 'u' && value > 9)
        put(t, " (X'%llX')", (unsigned long long)value);
}

static void
put_bits(const struct monitor *mon, struct text *t, uint32_t raddr,
         const char *type)
{
    unsigned unit = 0, shift = 0, width = 0;
    uint64_t value;

    if (sscanf(type + 2, "%u,%u,%u", &unit, &shift, &width) != 3 ||
        shift > 63 || width > 64 || width == 0)
        return;
    value = number_at(mon, raddr, unit) >> shift;
    if (width < 64)
        value &= ((uint64_t)1 << width) - 1;
    put_integer(t, value, type[1], width);
}

static void put_value(const struct monitor *mon, struct text *t, uint32_t raddr,
                      const char *type, int depth);

static void
put_members(const struct monitor *mon, struct text *t, uint32_t raddr,
            const char *type, int depth)
{
    const char *s = strchr(type, ';') + 1;

    put(t, "{");
    while (*s != '}' && *s != '\0') {
        const char *at = strchr(s, '@'), *colon = strchr(s, ':');

        put(t, "%.*s=", (int)(at - s), s);
        put_value(mon, t, raddr + (uint32_t)strtoul(at + 1, NULL, 10),
                  colon + 1, depth + 1);
        s = behind(colon + 1);
        s += *s == ';';
        if (*s != '}')
            put(t, ", ");
    }
    put(t, "}");
}

static void
put_value(const struct monitor *mon, struct text *t, uint32_t raddr,
          const char *type, int depth)
{
    uint32_t size = size_of(type), n;
    const char *element;

    switch (*type) {
    case 'i':
    case 'u':
        put_integer(t, number_at(mon, raddr, size), *type, 8 * size);
        break;
    case 'b':
        put(t, "%s", number_at(mon, raddr, 1) != 0 ? "true" : "false");
        break;
    case 'c':
        put(t, "%u '", (unsigned)number_at(mon, raddr, 1));
        put_char(t, (uint8_t)number_at(mon, raddr, 1));
        put(t, "'");
        break;
    case 's':
    case 'p':
        put(t, "X'%06X'", word_at(mon, raddr) & 0xFFFFFF);
        if (*type == 's' && word_at(mon, raddr) != 0) {
            put(t, " ");
            put_string(mon, t, word_at(mon, raddr), UINT32_MAX);
        }
        break;
    case '~':
        put_bits(mon, t, raddr, type);
        break;
    case '[':
        n = (uint32_t)strtoul(type + 1, NULL, 10);
        element = strchr(type, ']') + 1;
        if (*element == 'c') {
            put_string(mon, t, raddr, n);
            break;
        }
        put(t, "{");
        for (uint32_t i = 0; i < n && i < ELEMENTS_MAX; i++) {
            put(t, "%s", i > 0 ? ", " : "");
            put_value(mon, t, raddr + i * size_of(element), element, depth + 1);
        }
        put(t, "%s}", n > ELEMENTS_MAX ? ", ..." : "");
        break;
    case '{':
        if (depth >= DEPTH_MAX)
            put(t, "{...}");
        else
            put_members(mon, t, raddr, type, depth);
        break;
    default:
        put(t, "?");
    }
}

/* ---- print --------------------------------------------------------------- */

/* Go to the member named at *s; false: there is none. */
static bool
go_to_member(const char **s, uint32_t *raddr, const char **type)
{
    size_t len = strcspn(*s, ".[");
    const char *m = **type == '{' ? strchr(*type, ';') + 1 : "}";

    while (*m != '}' && *m != '\0') {
        const char *at = strchr(m, '@'), *colon = strchr(m, ':');

        if ((size_t)(at - m) == len && memcmp(m, *s, len) == 0) {
            *raddr += (uint32_t)strtoul(at + 1, NULL, 10);
            *type = colon + 1;
            *s += len;
            return true;
        }
        m = behind(colon + 1);
        m += *m == ';';
    }
    return false;
}

static bool
go_to_element(const char **s, uint32_t *raddr, const char **type)
{
    char *end;
    unsigned long i = strtoul(*s, &end, 10);

    if (**type != '[' || *end != ']' || !isdigit((unsigned char)**s) ||
        i >= strtoul(*type + 1, NULL, 10))
        return false;
    *type = strchr(*type, ']') + 1;
    *raddr += (uint32_t)i * size_of(*type);
    *s = end + 1;
    return true;
}

void
cmd_print(struct monitor *mon, const struct words *w)
{
    const char *s = w->word[1], *type;
    size_t len = strcspn(s, ".[");
    char name[64];
    struct text t = {.n = 0};
    uint32_t raddr;

    snprintf(name, sizeof(name), "%.*s", (int)len, s);
    if (!machine_map_symbol(mon->m, name, &raddr) ||
        (type = map_type(mon->m, raddr)) == NULL || *type == '(') {
        complain(mon, name,
                 "no variable of an image that was loaded with its map");
        return;
    }
    for (s += len; *s != '\0';) {
        bool found = *s++ == '.' ? go_to_member(&s, &raddr, &type)
                                 : go_to_element(&s, &raddr, &type);

        if (!found) {
            complain(mon, w->word[1],
                     "%s has no such part; parts are .MEMBER and [NUMBER]",
                     name);
            return;
        }
    }
    put_value(mon, &t, raddr, type, 0);
    answer(mon, "%s = %s", w->word[1], t.buf);
}

/* ---- where --------------------------------------------------------------- */

/* The parameters as they stand in the list at raddr. */
static void
put_arguments(const struct monitor *mon, struct text *t, const char *type,
              uint32_t list)
{
    const char *s = type + 1;

    if (*s == 'R') { /* the address for the result */
        s++;
        list += 4;
    }
    while (*s != ')' && *s != '\0') {
        const char *colon = strchr(s, ':');
        uint32_t size = size_of(colon + 1);

        put(t, "%.*s=", (int)(colon - s), s);
        put_value(mon, t, list + (size < 4 ? 4 - size : 0), colon + 1, 0);
        list += (size + 3) & ~3u;
        s = behind(colon + 1);
        s += *s == ';';
        if (*s != ')')
            put(t, ", ");
    }
}

static void
tell_frame(struct monitor *mon, int n, uint32_t ia, const char *name,
           const char *type, uint32_t list)
{
    struct text t = {.n = 0};
    unsigned line;
    const char *file = map_line(mon->m, ia, &line);

    if (type != NULL)
        put_arguments(mon, &t, type, list);
    if (file != NULL)
        answer(mon, "#%d %06X %s(%s) %s:%u", n, ia, name, t.buf, file, line);
    else
        answer(mon, "#%d %06X %s(%s)", n, ia, name, t.buf);
}

void
cmd_where(struct monitor *mon, const struct words *w)
{
    uint32_t ia = get(mon, "ia"), r13 = get(mon, "gr13") & 0xFFFFFF, start;
    uint32_t at = ia; /* an address inside the call that is being made */
    const char *name = map_function(mon->m, ia, &start), *type;

    (void)w;
    if (name == NULL) {
        complain(mon, "where", "no function of a map is at %06X", ia);
        return;
    }
    for (int n = 0; n < CHAIN_MAX && name != NULL; n++) {
        const char *frame;
        uint32_t list, back, area = r13;
        bool entered = n > 0 || ia - start >= 4; /* STM was executed */

        type = map_type(mon->m, start);
        if (type != NULL && *type != '(')
            type = NULL;
        frame = type != NULL ? strrchr(type, ')') : NULL;
        if (n > 0 || ia - start >= 12)
            area = frame != NULL ? r13 + (uint32_t)strtoul(frame + 1, NULL, 16)
                                 : word_at(mon, r13 + 4) & 0xFFFFFF;
        list = entered ? word_at(mon, area + 24) : get(mon, "gr1");
        back = entered ? word_at(mon, area + 12) : get(mon, "gr14");
        tell_frame(mon, n, n == 0 ? ia : at, name, type, list & 0xFFFFFF);
        if (area == 0 || area % 4 != 0)
            break;
        r13 = area;
        at = (back & 0xFFFFFF) - 2; /* in the BALR */
        name = map_function(mon->m, at, &start);
    }
    answer(mon, "%s", "");
}

/* ---- list ---------------------------------------------------------------- */

enum { LIST_LINES = 10 };

static void
list_file(struct monitor *mon, const char *path, unsigned line)
{
    unsigned first = line > LIST_LINES / 2 ? line - LIST_LINES / 2 : 1, n = 0;
    FILE *f = fopen(path, "r");
    char text[400];

    if (f == NULL) {
        complain(mon, path, "the source cannot be read from here");
        return;
    }
    while (fgets(text, sizeof(text), f) != NULL) {
        text[strcspn(text, "\r\n")] = '\0';
        if (++n >= first && n < first + LIST_LINES)
            answer(mon, "%5u%s %s", n, n == line ? ">" : " ", text);
    }
    fclose(f);
    answer(mon, "%s", "");
}

void
cmd_list(struct monitor *mon, const struct words *w)
{
    uint32_t raddr = get(mon, "ia");
    const char *file;
    unsigned line;

    if (w->n > 1 && map_line_address(mon->m, w->word[1], &raddr, &file, &line))
        ;
    else if (w->n > 1 && !operand_address(mon, w->word[1], &raddr))
        return;
    else if ((file = map_line(mon->m, raddr, &line)) == NULL) {
        complain(mon, "list", "no line of a map is at %06X", raddr);
        return;
    }
    list_file(mon, file, line);
}
