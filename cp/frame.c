/*
 * frame.c - real storage above the nucleus: 4 KiB frames, and small blocks
 * cut from frames (compare DMKPTR and DMKFRE)
 *
 * Free frames are chained through their first word.  Small blocks have sizes
 * that are powers of two from 16 to 2048 bytes, one free list a size; a frame
 * that was once cut into blocks stays cut.
 *
 * A virtual machine's pages get frames when they are first touched, but CP
 * promises all of them at LOGON: frame_promise() refuses a machine that might
 * not get its storage later, and frame_get() for CP's own use never takes
 * what is promised.  So a guest cannot run out of storage half-way, whatever
 * other users and the spool do.
 */
#include "frame.h"

#include <s370/insn.h>
#include <string.h>

#include "vm.h"

#define SMALLEST 16
#define NSIZES 8      /* 16, 32, ... 2048 */
#define CP_RESERVE 64 /* frames that are never promised to guests */

struct free_item {
    struct free_item *next;
};

static struct free_item *frames;
static struct free_item *blocks[NSIZES];
static uint32_t nfree, npromised;

void
frame_init(uint32_t from, uint32_t to)
{
    uint32_t raddr;

    /* Chained from the top down, so that the lowest frames go out first. */
    for (raddr = to & ~0xFFFu; raddr >= from + FRAME_SIZE;) {
        raddr -= FRAME_SIZE;
        frame_put(raddr);
    }
}

static uint32_t
take(void)
{
    struct free_item *item = frames;
    uint32_t raddr = (uint32_t)item;

    if (item == NULL)
        return 0;
    frames = item->next;
    nfree--;
    memset(item, 0, FRAME_SIZE);
    s370_ssk(raddr, 0);
    s370_ssk(raddr + 2048, 0);
    return raddr;
}

uint32_t
frame_get(void)
{
    return nfree > npromised ? take() : 0;
}

uint32_t
frame_get_promised(void)
{
    uint32_t raddr = npromised > 0 ? take() : 0;

    if (raddr != 0)
        npromised--;
    return raddr;
}

bool
frame_promise(uint32_t n)
{
    if (nfree < npromised + n + CP_RESERVE)
        return false;
    npromised += n;
    return true;
}

bool
frame_promise_again(void)
{
    if (nfree <= npromised)
        return false;
    npromised++;
    return true;
}

void
frame_unpromise(uint32_t n)
{
    if (n > npromised)
        panic("frame_unpromise: %u of %u", n, npromised);
    npromised -= n;
}

void
frame_put(uint32_t raddr)
{
    struct free_item *item = (struct free_item *)raddr;

    if (raddr % FRAME_SIZE != 0 || raddr == 0)
        panic("frame_put: X'%06X'", raddr);
    item->next = frames;
    frames = item;
    nfree++;
}

/* Which list a size belongs to. */
static int
size_index(size_t bytes)
{
    int i = 0;
    size_t size;

    for (size = SMALLEST; size < bytes; size *= 2)
        i++;
    return i;
}

static void
cut_frame(uint32_t raddr, int index)
{
    uint32_t size = SMALLEST << index, at;

    for (at = 0; at < FRAME_SIZE; at += size) {
        struct free_item *item = (struct free_item *)(raddr + at);

        item->next = blocks[index];
        blocks[index] = item;
    }
}

void *
block_get(size_t bytes)
{
    int index = size_index(bytes);
    struct free_item *item;

    if (bytes > FRAME_SIZE)
        return NULL;
    if (index >= NSIZES)
        return (void *)frame_get();
    if (blocks[index] == NULL) {
        uint32_t raddr = frame_get();

        if (raddr == 0)
            return NULL;
        cut_frame(raddr, index);
    }
    item = blocks[index];
    blocks[index] = item->next;
    memset(item, 0, SMALLEST << index);
    return item;
}

void
block_put(void *block, size_t bytes)
{
    int index = size_index(bytes);
    struct free_item *item = block;

    if (index >= NSIZES) {
        frame_put((uint32_t)block);
        return;
    }
    item->next = blocks[index];
    blocks[index] = item;
}
