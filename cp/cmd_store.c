/*
 * cmd_store.c - STORE: into storage, registers and the PSW of the virtual
 * machine (compare DMKCDS; GC20-1820, "STORE")
 *
 * All operands are looked at before anything is stored.
 */
#include <s370/lowcore.h>
#include <string.h>

#include "console.h"
#include "operand.h"
#include "vpsw.h"

#define DATA_MAX 256 /* bytes that fit on a line as digits */

static void
stored(struct vm *vm)
{
    vm_line(vm, "STORE COMPLETE");
}

static void
bad_data(struct vm *vm, const char *word)
{
    if (word == NULL)
        error_operand(vm, "DMKCDS");
    else
        cp_error(vm, "DMKCDS005E", "INVALID HEXDATA - %s", word);
}

/* The words that are left as fullwords; 0, after a reply, when one is none or
 * there is none. */
static uint32_t
take_words(struct vm *vm, struct words *w, uint32_t values[MAX_WORDS])
{
    const char *word = word_next(w);
    uint32_t n = 0;

    if (word == NULL)
        bad_data(vm, NULL);
    for (; word != NULL; word = word_next(w))
        if (!word_hex(word, 0xFFFFFFFF, &values[n++])) {
            bad_data(vm, word);
            return 0;
        }
    return n;
}

/* A hexloc and the room behind it; false after a reply. */
static bool
take_location(struct vm *vm, const char *word, uint32_t *gaddr)
{
    if (!word_hex(word, 0xFFFFFF, gaddr)) {
        if (*word == 0)
            cp_error(vm, "DMKCDS033E", "HEXLOC MISSING OR INVALID");
        else
            cp_error(vm, "DMKCDS004E", "INVALID HEXLOC - %s", word);
        return false;
    }
    return true;
}

static void
store_bytes(struct vm *vm, uint32_t gaddr, const void *data, uint32_t len)
{
    if (guest_store(vm, gaddr, data, len) == PGM_NONE)
        stored(vm);
    else
        cp_error(vm, "DMKCDS160E", "HEXLOC %06X EXCEEDS STORAGE", gaddr);
}

static void
store_fullwords(struct vm *vm, const char *where, struct words *w)
{
    uint32_t values[MAX_WORDS], gaddr, n;

    if (!take_location(vm, where, &gaddr))
        return;
    n = take_words(vm, w, values);
    if (n > 0)
        store_bytes(vm, gaddr & ~3u, values, n * 4);
}

/* STORE Shexloc: bytes, two digits each, without alignment. */
static void
store_string(struct vm *vm, const char *where, struct words *w)
{
    const char *word = word_next(w), *at;
    uint8_t data[DATA_MAX];
    uint32_t gaddr, len = 0;

    if (!take_location(vm, where, &gaddr))
        return;
    if (word == NULL)
        bad_data(vm, NULL);
    for (; word != NULL; word = word_next(w))
        for (at = word; *at != 0; at += 2) {
            char pair[3] = {at[0], at[1], 0};
            uint32_t byte;

            if (at[1] == 0 || !word_hex(pair, 0xFF, &byte)) {
                bad_data(vm, word);
                return;
            }
            data[len++] = (uint8_t)byte;
        }
    if (len > 0)
        store_bytes(vm, gaddr, data, len);
}

static void
store_registers(struct vm *vm, uint32_t *registers, const char *which,
                struct words *w)
{
    uint32_t values[MAX_WORDS], first, n;

    if (!operand_register(which, &first)) {
        cp_error(vm, "DMKCDS010E", "INVALID REGISTER - %s", which);
        return;
    }
    n = take_words(vm, w, values);
    if (n == 0)
        return;
    if (first + n > 16) {
        error_operand(vm, "DMKCDS");
        return;
    }
    memcpy(registers + first, values, n * sizeof values[0]);
    stored(vm);
}

/* STORE Yreg: up to 16 digits, of which missing ones at the right are 0. */
static void
store_float(struct vm *vm, const char *which, struct words *w)
{
    const char *word = word_next(w);
    uint32_t reg, value[2] = {0, 0}, i;
    char digits[17];

    if (!operand_register(which, &reg) || reg > 6 || reg % 2 != 0) {
        cp_error(vm, "DMKCDS010E", "INVALID REGISTER - %s", which);
        return;
    }
    if (word == NULL || strlen(word) > 16 || w->next != w->n) {
        bad_data(vm, word);
        return;
    }
    memset(digits, '0', 16);
    digits[16] = 0;
    memcpy(digits, word, strlen(word));
    for (i = 0; i < 2; i++) {
        char half[9];

        memcpy(half, digits + i * 8, 8);
        half[8] = 0;
        if (!word_hex(half, 0xFFFFFFFF, &value[i])) {
            bad_data(vm, word);
            return;
        }
    }
    memcpy(vm->fr + reg * 4, value, sizeof value);
    stored(vm);
}

/* One word is the right half of the PSW, two are all of it.  What a PSW in
 * struct vm must look like, see vpsw.h. */
static void
store_psw(struct vm *vm, struct words *w)
{
    uint32_t values[MAX_WORDS], n = take_words(vm, w, values);
    psw_t psw;

    if (n == 0)
        return;
    if (n > 2) {
        error_operand(vm, "DMKCDS");
        return;
    }
    if (n == 1)
        psw = (vm->psw & 0xFFFFFFFF00000000ull) | values[0];
    else
        psw = (psw_t)values[0] << 32 | values[1];
    if (!vpsw_ec(psw))
        psw &= ~(psw_t)0x0000FFFFC0000000ull;
    vm->psw = psw;
    stored(vm);
}

/* STORE STATUS, as the button does (GA22-7000, "Store Status"). */
static void
store_status(struct vm *vm)
{
    vtimer_update(vm);
    guest_store(vm, 0xD8, &vm->cpu_timer, 8);
    guest_store(vm, 0xE0, &vm->clock_comparator, 8);
    guest_store(vm, 0x100, &vm->psw, 8);
    guest_store(vm, 0x160, vm->fr, sizeof vm->fr);
    guest_store(vm, 0x180, vm->gr, sizeof vm->gr);
    guest_store(vm, 0x1C0, vm->cr, sizeof vm->cr);
    stored(vm);
}

void
cmd_store(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);

    if (word == NULL) {
        error_operand(vm, "DMKCDS");
        return;
    }
    if (strcmp(word, "STATUS") == 0) {
        if (!words_left(vm, "DMKCDS", w))
            store_status(vm);
        return;
    }
    switch (word[0]) {
    case 'G':
        store_registers(vm, vm->gr, word + 1, w);
        break;
    case 'X':
        store_registers(vm, vm->cr, word + 1, w);
        break;
    case 'Y':
        store_float(vm, word + 1, w);
        break;
    case 'S':
        store_string(vm, word + 1, w);
        break;
    case 'P':
        if (word_is(word, "PSW", 1))
            store_psw(vm, w);
        else
            error_option(vm, "DMKCDS", word);
        break;
    case 'L':
        store_fullwords(vm, word + 1, w);
        break;
    default:
        store_fullwords(vm, word, w);
        break;
    }
}
