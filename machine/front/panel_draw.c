/*
 * panel_draw.c - draws the panel with ncurses
 *
 * From top to bottom: lamps and switches; PSW; registers; clocks; rates; then
 * the disassembly above the storage window, with the devices to the right of
 * both; a line for questions and messages; the keys.  The rows of the middle
 * part are shared out anew for each size.  Colours only repeat what brackets,
 * bold and reverse say, and are left out where there are none (or NO_COLOR is
 * set).
 */
#define NCURSES_WIDECHAR 1
#include <ncurses.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "console.h"
#include "stop.h"

enum {
    COLUMNS_MIN = 80,
    ROWS_MIN = 24,
    BODY = 11,        /* first row of the middle part */
    ROWS_BELOW = 3,   /* message, keys */
    WIDE = 100,       /* from here on devices are told at length */
    LISTING_MAX = 60, /* lines of disassembly */
    DEVICES_MAX = 100,
    ROW_BYTES = 16,
};

enum { PAIR_LIT = 1, PAIR_TITLE, PAIR_PLACE, PAIR_CHANGED };

/* ---- attributes ---------------------------------------------------------- */

void
panel_colours(void)
{
    static const short inks[] = {
        [PAIR_LIT] = COLOR_YELLOW,
        [PAIR_TITLE] = COLOR_CYAN,
        [PAIR_PLACE] = COLOR_GREEN,
        [PAIR_CHANGED] = COLOR_YELLOW,
    };
    const char *no = getenv("NO_COLOR");
    short i;

    if (!has_colors() || (no != NULL && no[0] != '\0'))
        return;
    start_color();
    use_default_colors();
    for (i = PAIR_LIT; i <= PAIR_CHANGED; i++)
        init_pair(i, inks[i], -1);
}

static attr_t
pair(short n)
{
    return COLOR_PAIRS > n ? (attr_t)COLOR_PAIR(n) : A_NORMAL;
}

static void
put(int row, int column, attr_t attributes, const char *text)
{
    if (column >= COLS)
        return;
    attrset(attributes);
    mvaddnstr(row, column, text, COLS - column);
    attrset(A_NORMAL);
}

/* ISO 8859-1, cut off or filled up to `width` columns. */
static void
put_width(int row, int column, attr_t attributes, const char *text, int width)
{
    wchar_t c[2] = {0, 0};
    int i;

    attrset(attributes);
    move(row, column);
    for (i = 0; i < width && column + i < COLS; i++) {
        c[0] = *text == '\0' ? L' ' : (wchar_t)(unsigned char)*text++;
        addwstr(c);
    }
    attrset(A_NORMAL);
}

static void
put_title(int row, int column, int width, const char *text)
{
    char line[300];
    int used = snprintf(line, sizeof(line), "- %s ", text);

    for (; used < width && used < (int)sizeof(line) - 1; used++)
        line[used] = '-';
    line[used] = '\0';
    put_width(row, column, pair(PAIR_TITLE), line, width);
}

/* ---- the upper part ------------------------------------------------------ */

static void
draw_lamps(const struct session *s, int row)
{
    static const char *const names[LAMPS] = {"SYS", "MAN", "WAIT", "TEST",
                                             "LOAD"};
    const struct panel *p = &s->panel;
    unsigned lit = panel_lamps(p, s->stopped, session_manual(s)), i;
    char text[80], at[16] = "------";
    int column = 0;

    for (i = 0; i < LAMPS; i++) {
        bool on = (lit >> i & 1) != 0;

        snprintf(text, sizeof(text), on ? "[%s]" : " %s ", names[i]);
        put(row, column, on ? A_REVERSE | A_BOLD | pair(PAIR_LIT) : A_NORMAL,
            text);
        column += (int)strlen(text) + 1;
    }
    if (p->compare)
        snprintf(at, sizeof(at), "%06X", p->compare_address);
    snprintf(text, sizeof(text), "rate %s  stop at %s  load unit %03X",
             p->step_rate ? "STEP   " : "PROCESS", at, p->load_unit);
    put(row, column + 2, A_NORMAL, text);
}

static void
draw_psw(const struct panel *p, const struct panel_registers *r, int row)
{
    uint32_t ia = (uint32_t)r->psw & 0xFFFFFF, raddr;
    char text[200], where[120] = "", fields[200];
    bool ec = (r->psw >> (63 - 12) & 1) != 0;

    if (machine_real(p->m, ia, &raddr) != 0)
        snprintf(where, sizeof(where), "not in storage");
    else
        machine_map_where(p->m, raddr, where, sizeof(where));
    snprintf(text, sizeof(text), "PSW %08X %08X  %s mode  IA %06X  %s",
             (unsigned)(r->psw >> 32), (unsigned)r->psw, ec ? "EC" : "BC", ia,
             where);
    put(row, 0, A_BOLD, text);
    panel_psw_fields(r->psw, fields, sizeof(fields));
    put(row + 1, 0, A_NORMAL, fields);
}

static void
draw_words(int row, const char *name, const uint32_t *now,
           const uint32_t *before)
{
    char text[16];
    int i;

    put(row, 0, A_NORMAL, name);
    for (i = 0; i < 8; i++) {
        snprintf(text, sizeof(text), "%08X", now[i]);
        put(row, 5 + 9 * i,
            before != NULL && before[i] != now[i] ? A_BOLD | pair(PAIR_CHANGED)
                                                  : A_NORMAL,
            text);
    }
}

/* What differs from the time before the machine was started is bold, while
 * it is stopped. */
static void
draw_registers(const struct session *s, const struct panel_registers *r,
               int row)
{
    const struct panel *p = &s->panel;
    const struct panel_registers *b =
        p->started && s->stopped ? &p->before : NULL;
    char text[120];
    int i;

    draw_words(row, "GR0", r->gr, b == NULL ? NULL : b->gr);
    draw_words(row + 1, "GR8", r->gr + 8, b == NULL ? NULL : b->gr + 8);
    draw_words(row + 2, "CR0", r->cr, b == NULL ? NULL : b->cr);
    draw_words(row + 3, "CR8", r->cr + 8, b == NULL ? NULL : b->cr + 8);
    put(row + 4, 0, A_NORMAL, "FR0");
    for (i = 0; i < 4; i++) {
        snprintf(text, sizeof(text), "%016llX", (unsigned long long)r->fr[i]);
        put(row + 4, 5 + 18 * i,
            b != NULL && b->fr[i] != r->fr[i] ? A_BOLD | pair(PAIR_CHANGED)
                                              : A_NORMAL,
            text);
    }
    snprintf(text, sizeof(text),
             "TOD %016llX  CC %016llX  CT %016llX  PREFIX %06X",
             (unsigned long long)r->tod, (unsigned long long)r->comparator,
             (unsigned long long)r->timer, (unsigned)r->prefix);
    put(row + 5, 0, A_NORMAL, text);
}

static void
draw_rates(const struct panel *p, int row)
{
    static const char *const names[INTERRUPTIONS] = {"EXT", "SVC", "PGM", "I/O",
                                                     "MCK"};
    char number[32], text[200];
    unsigned i;
    int used;

    screen_rate(p->per_second.insns, number, sizeof(number));
    used = snprintf(text, sizeof(text), "a second: instructions %s", number);
    for (i = 0; i < INTERRUPTIONS; i++) {
        screen_rate(p->per_second.interruptions[i], number, sizeof(number));
        used += snprintf(text + used, sizeof(text) - (size_t)used, "  %s %s",
                         names[i], number);
    }
    put(row, 0, A_NORMAL, text);
}

/* ---- the middle part ----------------------------------------------------- */

static int
body_rows(void)
{
    return LINES - BODY - ROWS_BELOW;
}

/* Rows of the storage window without its title: a third. */
unsigned
panel_storage_rows(void)
{
    return body_rows() < 9 ? 2 : (unsigned)(body_rows() / 3);
}

static int
devices_width(void)
{
    return COLS < WIDE ? 16 : COLS - 64 < 50 ? COLS - 64 : 50;
}

unsigned
panel_devices_shown(void)
{
    int rows = body_rows() - 1;

    return rows < 1 ? 1 : (unsigned)rows;
}

static void
draw_listing(struct panel *p, int row, int rows, int width)
{
    struct panel_line lines[LISTING_MAX];
    char text[2 * PANEL_TEXT], hex[16];
    int i, n = rows < LISTING_MAX ? rows : LISTING_MAX;
    unsigned k;

    panel_list(p, lines, (unsigned)n);
    for (i = 0; i < n; i++) {
        const struct panel_line *l = &lines[i];

        if (l->place) {
            put_width(row + i, 0, pair(PAIR_PLACE), l->text, width);
            continue;
        }
        hex[0] = '\0';
        for (k = 0; k < l->len; k++)
            snprintf(hex + 2 * k, sizeof(hex) - 2 * k, "%02X", l->bytes[k]);
        snprintf(text, sizeof(text), "%c %06X  %-12s  %s",
                 l->current ? '>' : ' ', l->address, hex,
                 l->len == 0 ? "not in storage" : l->text);
        put_width(row + i, 0, l->current ? A_REVERSE : A_NORMAL, text, width);
    }
}

/* A row of the storage window: the end of storage leaves the rest blank. */
static void
draw_storage_row(const struct panel *p, int row, uint32_t at, uint32_t len,
                 int width)
{
    uint8_t bytes[ROW_BYTES];
    char words[48] = "", hex[4], graphics[ROW_BYTES + 1] = "", text[120];
    uint32_t i;

    machine_read(p->m, at, bytes, len);
    for (i = 0; i < len; i++) {
        snprintf(hex, sizeof(hex), "%s%02X", i % 4 == 0 ? " " : "", bytes[i]);
        strcat(words, hex);
        graphics[i] = (char)machine_character(bytes[i]);
    }
    snprintf(text, sizeof(text), "%06X %-36s  *%s*", at, words, graphics);
    put_width(row, 0, A_NORMAL, text, width);
}

static void
draw_storage(const struct panel *p, int row, int rows, int width)
{
    uint32_t at = p->storage, end = machine_storage_size(p->m), len;
    uint8_t key = 0;
    char title[80];

    machine_key_get(p->m, at, &key);
    snprintf(title, sizeof(title), "real storage, key %02X", key);
    put_title(row, 0, width, title);
    for (; --rows > 0 && at < end; at += len) {
        len = end - at < ROW_BYTES ? end - at : ROW_BYTES;
        draw_storage_row(p, ++row, at, len, width);
    }
}

static void
draw_device(int row, int column, int width, const struct machine_activity *a)
{
    char text[120], command[8] = "--";

    if (a->command != 0) /* a reset forgets it */
        snprintf(command, sizeof(command), "%02X", a->command);
    if (COLS < WIDE)
        snprintf(text, sizeof(text), "%04X%c%s %8llu", a->devno,
                 a->busy      ? '*'
                 : a->pending ? '!'
                              : ' ',
                 command, (unsigned long long)a->commands);
    else
        snprintf(text, sizeof(text), "%04X %s  %-4s %-7s  %s %12llu", a->devno,
                 a->type, a->busy ? "busy" : "", a->pending ? "pending" : "",
                 command, (unsigned long long)a->commands);
    put_width(row, column, a->busy ? A_BOLD : A_NORMAL, text, width);
}

static void
draw_devices(const struct panel *p, int row, int rows, int column, int width)
{
    static const char *const titles[] = {
        "dev cmd count", "device   state         command  count"};
    struct machine_activity list[DEVICES_MAX];
    unsigned n = panel_devices(p, list, DEVICES_MAX), i;

    if (n > DEVICES_MAX)
        n = DEVICES_MAX;
    put_title(row, column, width, titles[COLS >= WIDE]);
    for (i = p->first_device; i < n && --rows > 0; i++)
        draw_device(++row, column, width, &list[i]);
}

static void
draw_body(struct panel *p)
{
    int storage = 1 + (int)panel_storage_rows();
    int width = COLS - devices_width() - 1;
    int listing = body_rows() - storage;

    put_title(BODY, 0, width, "instructions");
    draw_listing(p, BODY + 1, listing - 1, width);
    draw_storage(p, BODY + listing, storage, width);
    draw_devices(p, BODY, body_rows(), width + 1, devices_width());
}

/* ---- help, messages and keys --------------------------------------------- */

static const char *const help[] = {
    "lamps   SYS  the CPU or a device is at work    MAN   stopped by hand",
    "        WAIT the PSW has its wait bit          LOAD  IPL did not succeed",
    "        TEST the rate is STEP, or an address-compare stop is set",
    "S start             P stop             Space  one instruction, then stop",
    "R rate              PROCESS, or STEP: start executes one instruction",
    "U load unit         sets the dials     L  IPL from the device on them",
    "N system reset      normal: channels, devices, what is pending",
    "K                   clear: storage, keys and registers as well",
    "T restart           new PSW from 0, old one to 8    I  interrupt key",
    "A stop at           before the instruction at a real address",
    "M storage window    address or name; Up Down PgUp PgDn move it",
    "E store             bytes at the window's address",
    "G register          gr0-15 cr0-15 fr0-6 psw ia prefix cc ct",
    "O clock             sets the TOD clock",
    "C map               FILE.map of the image: names, and lines of C",
    "Left Right          more devices: * busy, ! interruption pending; the",
    "                    last command sent, and how many were",
    "PSW                 CH0-5, CH6, I/O, EXT, MCK: interruptions admitted",
    "F2..F8 terminals   Tab the one before   F10 end   Any key goes back.",
};

static void
draw_help(void)
{
    int i, n = sizeof(help) / sizeof(help[0]);

    for (i = 0; i < n && 1 + i < LINES - ROWS_BELOW; i++)
        put(1 + i, 0, A_NORMAL, help[i]);
}

int
panel_input_row(void)
{
    return LINES - ROWS_BELOW;
}

/* The part of a question's answer round the cursor.  Returns its column. */
static int
draw_question(const struct panel *p, int row)
{
    const struct editor *ed = &p->editor;
    char text[100];
    int begin, room, from;

    panel_question_text(p, text, sizeof(text));
    put(row, 0, A_BOLD, text);
    begin = (int)strlen(text);
    room = COLS - begin - 1;
    from = (int)ed->cursor < room ? 0 : (int)ed->cursor - room;
    mvaddnwstr(row, begin, ed->text + from,
               (int)ed->len - from < room ? (int)ed->len - from : room);
    return begin + (int)ed->cursor - from;
}

/* A long message takes the row of the first keys as well. */
static void
draw_long(int row, const char *text)
{
    int cut = COLS;

    if ((int)strlen(text) > COLS) {
        while (cut > 1 && text[cut] != ' ')
            cut--;
        screen_bar(row + 1, A_BOLD, text + cut + 1);
    }
    screen_bar(row, A_NORMAL, "");
    attrset(A_BOLD);
    mvaddnstr(row, 0, text, cut);
    attrset(A_NORMAL);
}

static void
draw_message(const struct session *s, int row)
{
    char why[300], text[400];

    if (s->hint != NULL) {
        screen_bar(row, A_BOLD, s->hint);
    } else if (s->panel.message[0] != '\0') {
        draw_long(row, s->panel.message);
    } else if (s->stopped && s->stop == STOP_LIMIT) {
        screen_bar(row, A_NORMAL, "stopped");
    } else if (s->stopped) {
        stop_describe(s->m, s->stop, why, sizeof(why));
        snprintf(text, sizeof(text), "stopped: %s",
                 s->stop == STOP_BREAK ? "address compare" : why);
        screen_bar(row, A_BOLD, text);
    }
}

static void
draw_keys(const struct session *s, int row)
{
    if (s->dialog == DIALOG_END) {
        screen_bar(row, A_REVERSE | A_BOLD, SCREEN_END_QUESTION);
        return;
    }
    screen_bar(row, A_NORMAL,
               "S start  P stop  Space step  R rate  U unit  L load  N reset  "
               "K clear  T restart");
    screen_bar(row + 1, A_NORMAL,
               "I interrupt  A stop at  M storage  E store  G register  O "
               "clock  C map  F1 help");
}

int
panel_draw(struct session *s)
{
    struct panel *p = &s->panel;
    struct panel_registers now;
    int column = -1;

    if (COLS < COLUMNS_MIN || LINES < ROWS_MIN) {
        put(LINES > 2 ? 1 : 0, 0, A_BOLD,
            "the panel needs 80 columns and 24 rows");
        return -1;
    }
    panel_registers_get(p->m, &now);
    if (s->dialog == DIALOG_HELP) {
        draw_help();
    } else {
        draw_lamps(s, 1);
        draw_psw(p, &now, 2);
        draw_registers(s, &now, 4);
        draw_rates(p, BODY - 1);
        draw_body(p);
    }
    draw_keys(s, LINES - 2);
    if (p->question == ASK_NOTHING) {
        draw_message(s, LINES - ROWS_BELOW);
    } else {
        column = draw_question(p, LINES - ROWS_BELOW);
        if (p->message[0] != '\0')
            draw_long(LINES - 2, p->message);
    }
    return column;
}
