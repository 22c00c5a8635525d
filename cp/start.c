/*
 * start.c - CP after its IPL (compare DMKCPI)
 *
 * Sizes storage, sets the clocks and control registers, finds the devices,
 * reads the labels of the disks and the decks that wait in the real reader,
 * and opens the terminals.
 */
#include <s370/dat.h>
#include <s370/insn.h>

#include "clock.h"
#include "console.h"
#include "entry.h"
#include "frame.h"
#include "realio.h"
#include "spool.h"
#include "vdisk.h"

#define MIN_STORAGE 0x100000u
#define STORAGE_STEP 0x10000u

uint32_t cp_stack[CP_STACK_BYTES / 4];
extern char __image_end[];

static uint32_t
storage_size(void)
{
    uint32_t size = STORAGE_STEP;

    while (size < MAX_STORAGE && storage_there(size))
        size += STORAGE_STEP;
    return size;
}

/* No clock interrupts yet, the dispatcher admits them; all channels; in
 * register 14 machine checks as after a reset. */
static void
set_control_registers(void)
{
    uint32_t cr0 = 0, channels = 0xFFFFFFFF;

    s370_lctl(0, 0, &cr0);
    s370_lctl(2, 2, &channels);
}

/* A TOD clock that nobody has set counts from 1 January 1976, so that people
 * at least see a date. */
static void
set_clocks(void)
{
    uint64_t tod, never = UINT64_MAX;
    const uint64_t days_to_1976 = 76ull * 365 + 18;

    if (s370_stck(&tod) != 0) {
        tod = days_to_1976 * 86400 * TOD_SECOND;
        s370_sck(&tod);
    }
    s370_sckc(&never);
}

/* The labels of the disks are read: then the decks, then users may come. */
static void
read_decks(void)
{
    realreader_start(terminal_enable);
}

void
start(void)
{
    uint32_t size = storage_size();
    uint32_t from = ((uint32_t)__image_end + FRAME_SIZE - 1) & ~0xFFFu;

    cp_stack[0] = STACK_MARK;
    ENTRY->has_float = (uint32_t)float_there();
    set_control_registers();
    set_clocks();
    if (size < MIN_STORAGE || from >= size)
        panic("CP needs %uK of storage, this machine has %uK",
              MIN_STORAGE / 1024, size / 1024);
    frame_init(from, size);
    realio_init();
    terminal_init();
    realoutput_init();
    volume_init(read_decks);
    dispatch();
}
