/*
 * space.h - address spaces: the tables by which the machine finds a page
 *
 * Every task has an address space of its own, of 1 MiB:
 *
 *   X'000000'  the image, the same for all: each page at its own real address.
 *              It has the kernel's key, so that tasks cannot store into it
 *   X'080000'  the private area: 64 pages of the task; its stack at the end
 *   X'0C0000'  nothing
 *
 * The private pages of all tasks are numbered through: those of task n begin
 * with n * PRIVATE_PAGES.
 */
#ifndef GOS_SPACE_H
#define GOS_SPACE_H

#include <stdbool.h>
#include <stdint.h>

#include "svc.h"
#include "task.h"

enum {
    PAGE_BYTES = 4096,
    PAGES = TASKS * PRIVATE_PAGES,
    NO_PAGE = PAGES,
};

/* Make the tables of the image, and tell the machine the sizes of pages and
 * segments (control register 0).  Once, before the first task. */
void space_start(void);
/* Task n begins: an address space without a private page in storage. */
void space_make(int n);
/* Task n gets the CPU: its segment table (control register 1). */
void space_enter(int n);

/* The page is in storage, at this real address, from now on. */
void space_map(uint32_t page, uint32_t raddr);
/* It is not any more: the next access is a page-translation exception. */
void space_unmap(uint32_t page);

/* The page of task n that has this address; NO_PAGE when it is not in the
 * private area. */
uint32_t space_page(int n, uint32_t vaddr);
/* Where in real storage is this byte, in the image or the private area of task
 * n?  False: its page is not in storage. */
bool space_real(int n, uint32_t vaddr, uint32_t *raddr);

#endif
