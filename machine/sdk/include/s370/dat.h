/*
 * dat.h - dynamic address translation: control registers and table entries
 *
 * The kit's own programs use 4 KiB pages and 64 KiB segments; the constants
 * for the other sizes are here because CP must understand its guests.
 * Source: GA22-7000, "Dynamic Address Translation".
 */
#ifndef S370_DAT_H
#define S370_DAT_H

#include <stdint.h>

/* Control register 0, bits 8-12: sizes of pages and segments. */
#define CR0_PAGE_MASK 0x00C00000u
#define CR0_PAGE_2K 0x00400000u
#define CR0_PAGE_4K 0x00800000u
#define CR0_SEGMENT_MASK 0x00380000u
#define CR0_SEGMENT_64K 0x00000000u
#define CR0_SEGMENT_1M 0x00100000u

/* Control register 0: which external interruptions PSW bit 7 admits, and
 * more. */
#define CR0_BLOCK_MULTIPLEX 0x80000000u
#define CR0_SSM_SUPPRESS 0x40000000u
#define CR0_CLOCK_COMPARATOR 0x00000800u
#define CR0_CPU_TIMER 0x00000400u
#define CR0_INTERVAL_TIMER 0x00000080u
#define CR0_INTERRUPT_KEY 0x00000040u
#define CR0_EXTERNAL_SIGNALS 0x00000020u
#define CR0_INITIAL 0x000000E0u /* after a reset */

/* Control register 1: the segment table.  `entries` of it are there, a
 * multiple of 16; the table begins on a 64-byte boundary. */
#define CR1_SEGMENT_TABLE(raddr, entries) \
    ((uint32_t)((entries) / 16 - 1) << 24 | ((uint32_t)(raddr)&0xFFFFC0))

#define PAGE_SIZE_4K 4096u
#define SEGMENT_SIZE_64K 0x10000u
#define PAGES_IN_64K 16

/* A segment table entry: a word.  Length is the number of pages in the
 * table, 1 to 16, in sixteenths of a segment less one. */
#define SEGMENT_ENTRY(page_table, length) \
    ((uint32_t)((length)-1) << 28 | ((uint32_t)(page_table)&0xFFFFF8))
#define SEGMENT_INVALID 0x00000001u

/* A page table entry for 4 KiB pages: a halfword. */
#define PAGE_ENTRY(raddr) ((uint16_t)((uint32_t)(raddr) >> 8 & 0xFFF0))
#define PAGE_INVALID 0x0008u

#endif
