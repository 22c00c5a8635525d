/*
 * shadow.h - a virtual machine whose own DAT is on (shadow.c, vaccess.c)
 *
 * Addresses of three levels meet here: vaddr is what the guest's program says
 * (third-level storage of VM/370's books), gaddr what the guest's own tables
 * make of it (second level), raddr where that lies in real storage (first).
 */
#ifndef CP_SHADOW_H
#define CP_SHADOW_H

#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

/* Make and give back what a machine needs for shadow tables.  False: CP has
 * no storage for it. */
bool shadow_create(struct vm *vm);
void shadow_destroy(struct vm *vm);
/* PURGE TLB, IPTE, a reset, or storage taken away: all entries are gone. */
void shadow_purge(struct vm *vm);
/* The real tables for the guest's present control registers 0 and 1: what the
 * real control register 1 must hold, and the page size bits of register 0. */
uint32_t shadow_tables(struct vm *vm, uint32_t *page_size);
/* Where vaddr lies under the guest's present control registers 0 and 1; makes
 * the shadow entry.  PGM_NONE, PGM_SEGMENT, PGM_PAGE, PGM_TRANSLATION_SPEC or
 * PGM_ADDRESSING. */
int shadow_real(struct vm *vm, uint32_t vaddr, uint32_t *raddr);

/* Follow the guest's own tables.  Returns as shadow_real(); *result is gaddr,
 * which may be beyond the guest's storage, or after PGM_SEGMENT and PGM_PAGE
 * the address of the table entry, and *beyond tells that this is past the end
 * of its table. */
int guest_translate(struct vm *vm, uint32_t vaddr, uint32_t *result,
                    bool *beyond);
/* The entry for vaddr in the page table that `origin` leads to as a segment
 * table entry does, and its invalid bit; false: control register 0 names no
 * sizes of pages and segments. */
bool guest_page_entry(const struct vm *vm, uint32_t origin, uint32_t vaddr,
                      uint32_t *gaddr, uint16_t *invalid);

/* Where the bytes at a logical address are, when that is short to tell (they
 * are in one page, which was used before).  NULL: take logical_fetch(). */
const void *logical_look(struct vm *vm, uint32_t laddr, uint32_t len);
/* Fetch or store len bytes, 2048 at most, at a logical address: vaddr when the
 * virtual PSW has DAT on, else gaddr.  All or nothing.  Returns PGM_NONE or
 * the code of the exception; after PGM_SEGMENT and PGM_PAGE the address that
 * was to be translated stands in the guest's X'90' already. */
int logical_fetch(struct vm *vm, uint32_t laddr, void *to, uint32_t len,
                  unsigned key);
int logical_store(struct vm *vm, uint32_t laddr, const void *from, uint32_t len,
                  unsigned key);

#endif
