/*
 * area.c - storage of a task that a service of the kernel uses
 *
 * What lies side by side in an address space lies anywhere in real storage, so
 * everything here goes page by page.  Without paging a task has real addresses,
 * and its own storage is its stack.
 */
#include "area.h"

#include <string.h>

#include "frame.h"
#include "page.h"
#include "space.h"
#include "task.h"

extern char __image_end[];

/* Not addr + len <= start + size: that sum could overflow. */
static bool
lies_in(uint32_t addr, uint32_t len, uint32_t start, uint32_t size)
{
    return addr >= start && len <= size && addr - start <= size - len;
}

bool
area_may_store(uint32_t addr, uint32_t len)
{
    if (paging)
        return lies_in(addr, len, PRIVATE_START, PRIVATE_PAGES * PAGE_BYTES);
    return lies_in(addr, len, (uint32_t)current->stack, STACK_BYTES);
}

/* The image has all the code and what it shares, and in the middle of it lie
 * the frames, which nobody can reach. */
bool
area_may_fetch(uint32_t addr, uint32_t len)
{
    if (area_may_store(addr, len))
        return true;
    if (!lies_in(addr, len, 0, (uint32_t)__image_end))
        return false;
    for (uint32_t at = 0; paging && at < len; at += PAGE_BYTES)
        if (frame_has(addr + at))
            return false;
    return !paging || len == 0 || !frame_has(addr + len - 1);
}

/* How much of the area lies in its first page. */
static uint32_t
first_part(uint32_t addr, uint32_t len)
{
    uint32_t room = PAGE_BYTES - addr % PAGE_BYTES;

    return len < room ? len : room;
}

static int
running(void)
{
    return (int)(current - task);
}

bool
area_present(uint32_t addr, uint32_t len)
{
    uint32_t raddr, part;

    for (; paging && len > 0; addr += part, len -= part) {
        part = first_part(addr, len);
        if (!space_real(running(), addr, &raddr)) {
            task_retry(current);
            page_want(space_page(running(), addr));
            return false;
        }
    }
    return true;
}

/* The real address of a byte of the running task's. */
static char *
real(uint32_t addr)
{
    uint32_t raddr = addr;

    if (paging)
        space_real(running(), addr, &raddr);
    return (char *)raddr;
}

void
area_fetch(void *to, uint32_t addr, uint32_t len)
{
    for (uint32_t part; len > 0; addr += part, len -= part) {
        part = first_part(addr, len);
        memcpy(to, real(addr), part);
        to = (char *)to + part;
    }
}

void
area_store(uint32_t addr, const void *from, uint32_t len)
{
    for (uint32_t part; len > 0; addr += part, len -= part) {
        part = first_part(addr, len);
        memcpy(real(addr), from, part);
        from = (const char *)from + part;
    }
}
