/*
 * area.c - storage of a task that a service of the kernel uses
 *
 * What lies side by side in an address space lies anywhere in real storage, so
 * everything here goes page by page.  Without paging a task has real addresses,
 * and its own storage is its stack.
 */
#include <string.h>

#include "frame.h"
#include "page.h"
#include "service.h"
#include "space.h"
#include "task.h"

extern char __image_end[];

/* Not addr + len <= start + size: that sum could overflow. */
static bool
lies_in(uint32_t addr, uint32_t len, uint32_t start, uint32_t size)
{
    return addr >= start && len <= size && addr - start <= size - len;
}

static bool
may_store(uint32_t addr, uint32_t len)
{
    if (paging)
        return lies_in(addr, len, PRIVATE_START, PRIVATE_PAGES * PAGE_BYTES);
    return lies_in(addr, len, (uint32_t)current->stack, STACK_BYTES);
}

/* The image has all the code and what it shares, and in the middle of it lie
 * the frames, which nobody can reach. */
static bool
may_fetch(uint32_t addr, uint32_t len)
{
    if (!lies_in(addr, len, 0, (uint32_t)__image_end))
        return may_store(addr, len);
    return !paging || addr + len <= frame_real(0) ||
           addr >= frame_real(FRAMES_AT_MOST);
}

/* Go through the area page by page, and copy: from it if `to` is given, into it
 * if `from` is; otherwise only look whether all of it is in storage. */
static int
walk(uint32_t addr, uint32_t len, char *to, const char *from)
{
    int running = (int)(current - task);

    for (uint32_t part; len > 0; addr += part, len -= part) {
        uint32_t room = PAGE_BYTES - addr % PAGE_BYTES, raddr = addr;

        part = len < room ? len : room;
        if (paging && !space_real(running, addr, &raddr)) {
            task_retry(current);
            page_want(space_page(running, addr));
            return BLOCKED;
        }
        if (to != NULL) {
            memcpy(to, (char *)raddr, part);
            to += part;
        }
        if (from != NULL) {
            memcpy((char *)raddr, from, part);
            from += part;
        }
    }
    return 0;
}

int
area_fetch(void *to, uint32_t addr, uint32_t len)
{
    return may_fetch(addr, len) ? walk(addr, len, to, NULL) : -1;
}

int
area_store(uint32_t addr, const void *from, uint32_t len)
{
    return may_store(addr, len) ? walk(addr, len, NULL, from) : -1;
}
