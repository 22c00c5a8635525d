/*
 * guest.h - a virtual machine's storage: what vm.c, trap.c and the storage
 * instructions need beyond vm.h
 */
#ifndef CP_GUEST_H
#define CP_GUEST_H

#include <stdbool.h>
#include <stdint.h>

#include "vm.h"

/* Make the storage of a new machine, vm->storage_bytes of zeros; false: CP
 * does not have so much. */
bool guest_create(struct vm *vm);
/* Give back all of it. */
void guest_destroy(struct vm *vm);
/* Zero all bytes and all keys. */
void guest_clear(struct vm *vm);

/* Where the bytes from gaddr on are, when they lie in one page that was used
 * before: the short way for small things.  NULL: take guest_fetch(). */
void *guest_look(const struct vm *vm, uint32_t gaddr, uint32_t len);

/* The storage key of the 2 KiB block at gaddr, which is inside the machine's
 * storage; set it; reset its reference bit (the condition code of RRB). */
uint8_t guest_key_get(struct vm *vm, uint32_t gaddr);
void guest_key_set(struct vm *vm, uint32_t gaddr, uint8_t key);
int guest_reference_reset(struct vm *vm, uint32_t gaddr);
/* May an access under `key` store into (or fetch from) the guest's block at
 * raddr? */
bool guest_key_admits(uint32_t raddr, unsigned key, bool store);

#endif
