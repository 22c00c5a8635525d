/*
 * cmd_display.c - DISPLAY: storage, keys, registers, PSW, CAW and CSW of the
 * virtual machine (compare DMKCDB; GC20-1820, "DISPLAY")
 *
 * One DISPLAY shows at most DISPLAY_LINES lines and looks at DISPLAY_BYTES
 * bytes: nobody can keep CP busy with it, or fill the terminal's queue.
 */
#include <ctype.h>
#include <s370/lowcore.h>
#include <stdio.h>
#include <string.h>

#include "console.h"
#include "guest.h"
#include "operand.h"

#define LINE_BYTES 16
#define DISPLAY_LINES 500
#define DISPLAY_BYTES 0x10000
#define KEY_BLOCK 2048

/* Lines of four words, of which some at the end may be missing. */
static int
format_words(char *to, size_t size, const uint32_t *words, uint32_t n)
{
    int len = 0;
    uint32_t i;

    for (i = 0; i < n; i++)
        len += snprintf(to + len, size - (size_t)len, " %08X", words[i]);
    return len;
}

static void
translate(char *to, const uint8_t *bytes, uint32_t n)
{
    uint32_t i;

    for (i = 0; i < n; i++)
        to[i] = isprint(bytes[i]) ? (char)bytes[i] : '.';
    to[n] = 0;
}

static void
say_line(struct vm *vm, uint32_t gaddr, const uint32_t *words, uint32_t n,
         bool text)
{
    char line[MAX_LINE], chars[LINE_BYTES + 1];

    format_words(line, sizeof line, words, n);
    if (text) {
        translate(chars, (const uint8_t *)words, n * 4);
        vm_line(vm, "%06X %s *%s*", gaddr, line, chars);
    } else {
        vm_line(vm, "%06X %s", gaddr, line);
    }
}

static void
say_suppressed(struct vm *vm, uint32_t from, uint32_t to)
{
    vm_line(vm, "%06X TO %06X  SUPPRESSED LINE(S) SAME AS ABOVE", from, to);
}

static void
display_storage(struct vm *vm, const char *word, bool text)
{
    uint32_t first, last, gaddr, n, said = 0, same_from = 0;
    uint32_t words[4], before[4];
    bool same = false;

    if (!operand_range(vm, "DMKCDB", word, false, vm->storage_bytes - 1, &first,
                       &last))
        return;
    first &= text ? ~15u : ~3u;
    last |= text ? 15 : 3;
    for (gaddr = first; gaddr <= last; gaddr += n * 4) {
        if (said == DISPLAY_LINES || gaddr - first >= DISPLAY_BYTES)
            break;
        n = (last + 1 - gaddr) / 4;
        if (n > 4)
            n = 4;
        guest_fetch(vm, gaddr, words, n * 4);
        if (said > 0 && n == 4 && last - gaddr >= LINE_BYTES &&
            memcmp(words, before, sizeof words) == 0) {
            if (!same)
                same_from = gaddr;
            same = true;
            continue;
        }
        if (same)
            say_suppressed(vm, same_from, gaddr - 1);
        same = false;
        say_line(vm, gaddr, words, n, text);
        memcpy(before, words, sizeof before);
        said++;
    }
    if (same)
        say_suppressed(vm, same_from, gaddr - 1);
    if (gaddr <= last)
        vm_line(vm, "DISPLAY ENDED; CONTINUE FROM %06X", gaddr);
}

/* The keys of all 2 KiB blocks in the range, equal neighbours together. */
static void
display_keys(struct vm *vm, const char *word)
{
    uint32_t first, last, from, gaddr;
    uint8_t key;

    if (!operand_range(vm, "DMKCDB", word, false, vm->storage_bytes - 1, &first,
                       &last))
        return;
    from = first & ~(KEY_BLOCK - 1u);
    key = guest_key_get(vm, from);
    for (gaddr = from + KEY_BLOCK; gaddr <= last; gaddr += KEY_BLOCK)
        if (guest_key_get(vm, gaddr) != key) {
            vm_line(vm, "%06X TO %06X  KEY = %02X", from, gaddr - 1, key);
            from = gaddr;
            key = guest_key_get(vm, gaddr);
        }
    vm_line(vm, "%06X TO %06X  KEY = %02X", from, gaddr - 1, key);
}

static void
display_registers(struct vm *vm, const char *name, const uint32_t *registers,
                  const char *word)
{
    uint32_t first, last, n;
    char line[MAX_LINE];

    if (!operand_range(vm, "DMKCDB", word, true, 15, &first, &last))
        return;
    for (; first <= last; first += n) {
        n = last + 1 - first < 4 ? last + 1 - first : 4;
        format_words(line, sizeof line, registers + first, n);
        vm_line(vm, "%s %2u = %s", name, first, line);
    }
}

/* Floating-point registers are 0, 2, 4 and 6. */
static void
display_float(struct vm *vm, const char *word)
{
    uint32_t first, last, value[2];

    if (!operand_range(vm, "DMKCDB", word, true, 6, &first, &last))
        return;
    if (first % 2 != 0 || (last % 2 != 0 && last == first)) {
        cp_error(vm, "DMKCDB010E", "INVALID REGISTER - %s", word);
        return;
    }
    for (; first <= last; first += 2) {
        memcpy(value, vm->fr + first * 4, sizeof value);
        vm_line(vm, "FPR %2u =  %08X %08X", first, value[0], value[1]);
    }
}

static void
display_low(struct vm *vm, const char *name, uint32_t gaddr, uint32_t n)
{
    uint32_t words[2];
    char line[MAX_LINE];

    guest_fetch(vm, gaddr, words, n * 4);
    format_words(line, sizeof line, words, n);
    vm_line(vm, "%s =%s", name, line);
}

static void
display_word(struct vm *vm, const char *word)
{
    switch (word[0]) {
    case 'G':
        display_registers(vm, "GPR", vm->gr, word + 1);
        return;
    case 'X':
        display_registers(vm, "ECR", vm->cr, word + 1);
        return;
    case 'Y':
        display_float(vm, word + 1);
        return;
    case 'K':
        display_keys(vm, word + 1);
        return;
    case 'T':
        display_storage(vm, word + 1, true);
        return;
    case 'L':
        display_storage(vm, word + 1, false);
        return;
    default:
        break;
    }
    if (word_is(word, "PSW", 1))
        vm_line(vm, "PSW = %08X %08X", (uint32_t)(vm->psw >> 32),
                (uint32_t)vm->psw);
    else if (strcmp(word, "CAW") == 0)
        display_low(vm, "CAW", LOW_CAW, 1);
    else if (strcmp(word, "CSW") == 0)
        display_low(vm, "CSW", LOW_CSW, 2);
    else
        display_storage(vm, word, false);
}

void
cmd_display(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);

    if (word == NULL) {
        error_operand(vm, "DMKCDB");
        return;
    }
    for (; word != NULL; word = word_next(w))
        display_word(vm, word);
}
