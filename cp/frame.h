/*
 * frame.h - real storage: what start.c, vm.c and guest.c need beyond vm.h
 */
#ifndef CP_FRAME_H
#define CP_FRAME_H

#include <stdbool.h>
#include <stdint.h>

#define FRAME_SIZE 4096u

/* Take the storage from `from` up to `to` (host-real addresses) as frames;
 * `from` is a frame boundary.  Once, before any other function. */
void frame_init(uint32_t from, uint32_t to);
/* Keep n frames for a virtual machine; false when so many are not free. */
bool frame_promise(uint32_t n);
/* Give back promises that were not used. */
void frame_unpromise(uint32_t n);
/* A frame got out of a promise is back: promise it again; false: none free. */
bool frame_promise_again(void);
/* A zeroed frame, key 0, out of the promised ones. */
uint32_t frame_get_promised(void);

#endif
