/*
 * guest.c - a virtual machine's storage (compare DMKPTR, DMKVAT)
 *
 * The page tables that the machine runs under are also CP's own record of
 * which frame holds which page: one segment table of a word per 64 KiB, page
 * tables of 16 halfwords (GA22-7000, "Dynamic Address Translation").  A page
 * whose invalid bit is on has never been touched and is zero, its key too.
 *
 * Nothing outside this file turns a guest address into a real one, but for
 * guest_low(), where a virtual CPU stores and fetches by itself.
 */
#include "guest.h"

#include <s370/insn.h>
#include <string.h>

#include "frame.h"
#include "shadow.h"

#define PTE_INVALID 0x0008
#define STE_INVALID 0x00000001
#define SEGMENT_SIZE 0x10000u
#define PAGES_A_SEGMENT 16
#define KEY_FETCH 0x08 /* fetch protection, of the key byte */

static uint32_t
segments_of(const struct vm *vm)
{
    return (vm->storage_bytes + SEGMENT_SIZE - 1) / SEGMENT_SIZE;
}

/* A segment table begins on a 64-byte boundary: the block it is cut from is
 * a power of two of at least its size, which block_get() aligns so. */
static size_t
table_bytes(const struct vm *vm)
{
    size_t bytes = segments_of(vm) * 4;

    return bytes < 64 ? 64 : bytes;
}

bool
guest_create(struct vm *vm)
{
    uint32_t i, j, n = segments_of(vm);

    if (!frame_promise(vm->storage_bytes / FRAME_SIZE))
        return false;
    vm->segments = block_get(table_bytes(vm));
    if (vm->segments == NULL) {
        frame_unpromise(vm->storage_bytes / FRAME_SIZE);
        return false;
    }
    /* The table's length is told in units of 16 entries. */
    for (i = 0; i < table_bytes(vm) / 4; i++)
        vm->segments[i] = STE_INVALID;
    for (i = 0; i < n; i++) {
        uint16_t *pages = block_get(PAGES_A_SEGMENT * 2);

        if (pages == NULL) {
            guest_destroy(vm);
            return false;
        }
        for (j = 0; j < PAGES_A_SEGMENT; j++)
            pages[j] = PTE_INVALID;
        vm->segments[i] = 0xF0000000u | (uint32_t)pages;
    }
    vm->segment_register =
        (uint32_t)((table_bytes(vm) / 64 - 1) << 24) | (uint32_t)vm->segments;
    return true;
}

/* The page table entry of gaddr, which is inside the machine's storage. */
static uint16_t *
page_entry(const struct vm *vm, uint32_t gaddr)
{
    uint32_t segment = vm->segments[gaddr / SEGMENT_SIZE];

    if (segment & STE_INVALID)
        return NULL;
    return (uint16_t *)(segment & 0x00FFFFF8) +
           gaddr / FRAME_SIZE % PAGES_A_SEGMENT;
}

void
guest_clear(struct vm *vm)
{
    uint32_t gaddr;

    for (gaddr = 0; gaddr < vm->storage_bytes; gaddr += FRAME_SIZE) {
        uint16_t *entry = page_entry(vm, gaddr);

        if (entry != NULL && !(*entry & PTE_INVALID)) {
            frame_put((uint32_t)(*entry & 0xFFF0) << 8);
            *entry = PTE_INVALID;
            vm->nframes--;
            if (!frame_promise_again())
                panic("guest_clear: a frame was lost");
        }
    }
    vm->low = NULL;
    shadow_purge(vm);
    s370_ptlb();
}

void
guest_destroy(struct vm *vm)
{
    uint32_t i, n = segments_of(vm);

    if (vm->segments == NULL)
        return;
    guest_clear(vm);
    for (i = 0; i < n; i++)
        if (!(vm->segments[i] & STE_INVALID))
            block_put((void *)(vm->segments[i] & 0x00FFFFF8),
                      PAGES_A_SEGMENT * 2);
    block_put(vm->segments, table_bytes(vm));
    vm->segments = NULL;
    frame_unpromise(vm->storage_bytes / FRAME_SIZE);
}

uint32_t
guest_frame(struct vm *vm, uint32_t gaddr)
{
    uint16_t *entry;
    uint32_t raddr;

    if (gaddr >= vm->storage_bytes)
        return 0;
    entry = page_entry(vm, gaddr);
    if (!(*entry & PTE_INVALID))
        return (uint32_t)(*entry & 0xFFF0) << 8;
    raddr = frame_get_promised();
    if (raddr == 0)
        panic("no frame for page X'%06X' of %s", gaddr, vm->userid);
    *entry = (uint16_t)(raddr >> 8);
    vm->nframes++;
    if (gaddr < FRAME_SIZE)
        vm->low = (struct lowcore *)raddr;
    return raddr;
}

struct lowcore *
guest_low(struct vm *vm)
{
    if (vm->low == NULL)
        guest_frame(vm, 0);
    return vm->low;
}

/* GA22-7000, "Key-Controlled Protection". */
bool
guest_key_admits(uint32_t raddr, unsigned key, bool store)
{
    uint8_t have;

    if (key == 0)
        return true;
    have = s370_isk(raddr);
    return have >> 4 == key || (!store && !(have & KEY_FETCH));
}

/* Check a whole range before anything of it is moved. */
static int
range_check(struct vm *vm, uint32_t gaddr, uint32_t len, unsigned key,
            bool store)
{
    uint32_t at;

    if (gaddr >= MAX_STORAGE || len > MAX_STORAGE ||
        gaddr + len > vm->storage_bytes)
        return PGM_ADDRESSING;
    if (key == 0 || len == 0)
        return PGM_NONE;
    for (at = gaddr & ~2047u; at < gaddr + len; at += 2048)
        if (!guest_key_admits(guest_frame(vm, at) + at % FRAME_SIZE, key,
                              store))
            return PGM_PROTECTION;
    return PGM_NONE;
}

void *
guest_look(const struct vm *vm, uint32_t gaddr, uint32_t len)
{
    uint32_t at = gaddr % FRAME_SIZE;
    uint16_t entry;

    if (gaddr >= vm->storage_bytes || at + len > FRAME_SIZE)
        return NULL;
    entry = *page_entry(vm, gaddr);
    return entry & PTE_INVALID ? NULL
                               : (void *)((uint32_t)(entry & 0xFFF0) << 8 | at);
}

int
guest_fetch_key(struct vm *vm, uint32_t gaddr, void *to, uint32_t len,
                unsigned key)
{
    const void *there = key == 0 ? guest_look(vm, gaddr, len) : NULL;
    uint8_t *out = to;
    int code;

    if (there != NULL) {
        memcpy(to, there, len);
        return PGM_NONE;
    }
    code = range_check(vm, gaddr, len, key, false);
    while (code == PGM_NONE && len > 0) {
        uint32_t at = gaddr % FRAME_SIZE, part = FRAME_SIZE - at;

        if (part > len)
            part = len;
        memcpy(out, (uint8_t *)guest_frame(vm, gaddr) + at, part);
        out += part;
        gaddr += part;
        len -= part;
    }
    return code;
}

int
guest_store_key(struct vm *vm, uint32_t gaddr, const void *from, uint32_t len,
                unsigned key)
{
    void *there = key == 0 ? guest_look(vm, gaddr, len) : NULL;
    const uint8_t *in = from;
    int code;

    if (there != NULL) {
        memcpy(there, from, len);
        return PGM_NONE;
    }
    code = range_check(vm, gaddr, len, key, true);
    while (code == PGM_NONE && len > 0) {
        uint32_t at = gaddr % FRAME_SIZE, part = FRAME_SIZE - at;

        if (part > len)
            part = len;
        memcpy((uint8_t *)guest_frame(vm, gaddr) + at, in, part);
        in += part;
        gaddr += part;
        len -= part;
    }
    return code;
}

int
guest_fetch(struct vm *vm, uint32_t gaddr, void *to, uint32_t len)
{
    return guest_fetch_key(vm, gaddr, to, len, 0);
}

int
guest_store(struct vm *vm, uint32_t gaddr, const void *from, uint32_t len)
{
    return guest_store_key(vm, gaddr, from, len, 0);
}

uint8_t
guest_key_get(struct vm *vm, uint32_t gaddr)
{
    uint16_t *entry = page_entry(vm, gaddr);

    if (*entry & PTE_INVALID)
        return 0;
    return s370_isk(((uint32_t)(*entry & 0xFFF0) << 8) + gaddr % FRAME_SIZE);
}

void
guest_key_set(struct vm *vm, uint32_t gaddr, uint8_t key)
{
    s370_ssk(guest_frame(vm, gaddr) + gaddr % FRAME_SIZE, key);
}

int
guest_reference_reset(struct vm *vm, uint32_t gaddr)
{
    uint16_t *entry = page_entry(vm, gaddr);

    if (*entry & PTE_INVALID)
        return 0;
    return s370_rrb(((uint32_t)(*entry & 0xFFF0) << 8) + gaddr % FRAME_SIZE);
}
