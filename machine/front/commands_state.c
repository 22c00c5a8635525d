/*
 * commands_state.c - monitor commands for registers and storage
 *
 * Each shows what it has set in the form in which it is asked for.
 */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "monitor.h"

/* ---- registers ----------------------------------------------------------- */

/* `gpr N`, `cr N`, `fpr N`: get or set register FAMILYn.  N is hexadecimal,
 * but 10 to 15 are understood as well. */
static void
register_command(struct monitor *mon, const struct words *w, const char *family,
                 const char *title, unsigned digits)
{
    uint64_t n, value, max = UINT64_MAX >> (64 - 4 * digits);
    char name[8];

    if (!word_number(w->word[1], 10, 15, &n) &&
        !word_number(w->word[1], 16, 15, &n)) {
        complain(mon, w->word[1], "registers are numbered 0 to F");
        return;
    }
    snprintf(name, sizeof(name), "%s%u", family, (unsigned)n);
    if (machine_get(mon->m, name, &value) != 0) {
        complain(mon, w->word[1],
                 "floating-point registers are numbered 0, 2, 4, 6");
        return;
    }
    if (w->n == 3) {
        if (!operand_hex(mon, w->word[2], "the value", max, &value))
            return;
        machine_set(mon->m, name, value);
    }
    answer(mon, "%s %s=%0*llX", title, w->word[1], (int)digits,
           (unsigned long long)value);
}

void
cmd_gpr(struct monitor *mon, const struct words *w)
{
    register_command(mon, w, "gr", "GPR", 8);
}

void
cmd_fpr(struct monitor *mon, const struct words *w)
{
    register_command(mon, w, "fr", "FPR", 16);
}

void
cmd_cr(struct monitor *mon, const struct words *w)
{
    register_command(mon, w, "cr", "CR", 8);
}

static void
show_psw(struct monitor *mon)
{
    uint64_t psw = 0;

    machine_get(mon->m, "psw", &psw);
    answer(mon, "PSW=%016llX", (unsigned long long)psw);
}

void
cmd_psw(struct monitor *mon, const struct words *w)
{
    uint64_t psw;

    if (w->n == 2) {
        if (strlen(w->word[1]) != 16 ||
            !word_number(w->word[1], 16, UINT64_MAX, &psw)) {
            complain(mon, w->word[1], "a PSW is 16 hexadecimal digits");
            return;
        }
        machine_set(mon->m, "psw", psw);
    }
    show_psw(mon);
}

void
cmd_reset(struct monitor *mon, const struct words *w)
{
    if (strcmp(w->word[1], "clear") != 0) {
        complain(mon, w->word[1], "write reset clear");
        return;
    }
    machine_reset(mon->m, true);
    show_psw(mon);
}

void
cmd_ipl(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_ipl(mon->m, devno) != 0)
        complain_machine(mon, w->word[1]);
    else
        show_psw(mon);
}

void
cmd_restart(struct monitor *mon, const struct words *w)
{
    if (machine_restart(mon->m) != 0)
        complain_machine(mon, w->word[0]);
    else
        show_psw(mon);
}

/* ---- storage ------------------------------------------------------------- */

static void
show_storage(struct monitor *mon, uint32_t raddr, uint32_t len)
{
    uint8_t block[256];
    uint32_t i, n;

    sheet_new_line(mon->sheet);
    printf("%06X: ", raddr);
    for (; len > 0; len -= n, raddr += n) {
        n = len < sizeof(block) ? len : (uint32_t)sizeof(block);
        machine_read(mon->m, raddr, block, n);
        for (i = 0; i < n; i++)
            printf("%02X", block[i]);
    }
    putchar('\n');
}

/* False, and a complaint, when storage ends before raddr + len. */
static bool
in_storage(struct monitor *mon, const char *word, uint32_t raddr, uint64_t len)
{
    uint32_t size = machine_storage_size(mon->m);

    if (raddr < size && len <= size - raddr)
        return true;
    complain(mon, word, "storage ends at %06X", size - 1);
    return false;
}

void
cmd_display(struct monitor *mon, const struct words *w)
{
    uint32_t raddr;
    uint64_t len;

    if (!operand_address(mon, w->word[1], &raddr) ||
        !operand_hex(mon, w->word[2], "the length", 0x1000000, &len))
        return;
    if (len == 0)
        complain(mon, w->word[2], "a length is at least 1");
    else if (in_storage(mon, w->word[1], raddr, len))
        show_storage(mon, raddr, (uint32_t)len);
}

void
cmd_store(struct monitor *mon, const struct words *w)
{
    uint8_t bytes[4096];
    size_t len = 0;
    uint32_t raddr;
    int i, n;

    if (!operand_address(mon, w->word[1], &raddr))
        return;
    for (i = 2; i < w->n; i++) {
        n = word_bytes(w->word[i], bytes + len, sizeof(bytes) - len);
        if (n < 0) {
            complain(mon, w->word[i],
                     "bytes are pairs of hexadecimal digits, %zu at most",
                     sizeof(bytes));
            return;
        }
        len += (size_t)n;
    }
    if (!in_storage(mon, w->word[1], raddr, len))
        return;
    if (machine_write(mon->m, raddr, bytes, len) != 0)
        complain_machine(mon, w->word[1]);
    else
        show_storage(mon, raddr, (uint32_t)len);
}

void
cmd_key(struct monitor *mon, const struct words *w)
{
    uint32_t raddr;
    uint64_t value;
    uint8_t key;

    if (!operand_address(mon, w->word[1], &raddr) ||
        !in_storage(mon, w->word[1], raddr, 1))
        return;
    if (w->n == 3) {
        if (!operand_hex(mon, w->word[2], "a storage key", 0xFF, &value))
            return;
        if (machine_key_set(mon->m, raddr, (uint8_t)value) != 0) {
            complain_machine(mon, w->word[1]);
            return;
        }
    }
    if (machine_key_get(mon->m, raddr, &key) != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "KEY %06X=%02X", raddr, key);
}

/* Spoil a doubleword of storage. */
void
cmd_inject(struct monitor *mon, const struct words *w)
{
    bool corrected = w->n == 3;
    uint32_t raddr;

    if (!operand_address(mon, w->word[1], &raddr))
        return;
    if (corrected && strcmp(w->word[2], "corrected") != 0) {
        complain(mon, w->word[2],
                 "the error is `corrected`, or uncorrected when no word is "
                 "given");
        return;
    }
    if (machine_storage_error(mon->m, raddr, corrected) != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "INJECT %06X %s", raddr & ~UINT32_C(7),
               corrected ? "corrected" : "uncorrected");
}

void
cmd_load(struct monitor *mon, const struct words *w)
{
    uint32_t raddr;

    if (!operand_address(mon, w->word[2], &raddr))
        return;
    if (machine_store_file(mon->m, w->word[1], raddr) != 0 ||
        machine_map_find(mon->m, w->word[1], raddr) != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "LOAD %s AT %06X", w->word[1], raddr);
}
