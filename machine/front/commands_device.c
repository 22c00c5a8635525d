/*
 * commands_device.c - monitor commands for devices
 */
#include "monitor.h"

static void
show_device(void *ctx, uint16_t devno, const char *type,
            const char *description)
{
    (void)devno;
    (void)type;
    answer(ctx, "%s", description);
}

void
cmd_devices(struct monitor *mon, const struct words *w)
{
    (void)w;
    machine_devices(mon->m, show_device, mon);
    answer(mon, "%s", "");
}

void
cmd_attach(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_attach(mon->m, devno, w->word[2], w->n - 3, w->word + 3) != 0) {
        complain_machine(mon, w->word[2]);
        return;
    }
    sheet_refresh(mon->sheet);
    answer(mon, "ATTACH %04X %s", devno, w->word[2]);
}

void
cmd_detach(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_detach(mon->m, devno) != 0) {
        complain_machine(mon, w->word[1]);
        return;
    }
    sheet_refresh(mon->sheet);
    answer(mon, "DETACH %04X", devno);
}

void
cmd_attention(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_attention(mon->m, devno) != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "ATTENTION %04X", devno);
}

void
cmd_type(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_type(mon->m, devno, w->text) != 0)
        complain_machine(mon, w->word[1]);
    else
        answer(mon, "TYPE %04X", devno);
}

static void
show_fault(void *ctx, uint16_t devno, const char *words)
{
    answer(ctx, "FAULT %04X %s", devno, words);
}

/* Without operands: the faults that are to come. */
void
cmd_fault(struct monitor *mon, const struct words *w)
{
    uint16_t devno;

    if (w->n == 1) {
        machine_faults(mon->m, show_fault, mon);
        answer(mon, "%s", "");
        return;
    }
    if (!operand_device(mon, w->word[1], &devno))
        return;
    if (machine_fault(mon->m, devno, w->n - 2, w->word + 2) != 0)
        complain_machine(mon, w->n > 2 ? w->word[2] : w->word[1]);
    else
        answer(mon, "FAULT %04X %s", devno, w->word[2]);
}
