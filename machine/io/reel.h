/*
 * reel.h - a reel of tape on a drive: how far it is wound, and what is there
 *
 * The blocks are those of a file (aws.h), which knows nothing of inches.  Here
 * each block, mark and gap has its length, and the reel its place under the
 * head.  From that follow the time that a motion takes, which the device makes
 * (dev_tape.c, the only caller), and the end of the tape.
 *
 * Lengths are in micro-inches, from the load point on.  A tape also ends where
 * its file is as long as it may be: the functions that look for the end are
 * told so many bytes.
 */
#ifndef IO_REEL_H
#define IO_REEL_H

#include "aws.h"

struct state;

#define REEL_INCH UINT64_C(1000000)
#define REEL_FOOT (12 * REEL_INCH)
#define REEL_MARK_LENGTH (REEL_INCH * 15 / 4)

enum { REEL_FEET_MAX = 2400 };

struct reel {
    struct aws file;
    unsigned density;       /* bytes an inch, never 0 ... */
    unsigned mode;          /* ... and of what is written at the load point */
    uint64_t at, end;       /* wound off from the load point; all there is */
    bool writing, backward; /* the last motion */
};

/* The gap between two blocks. */
uint64_t reel_gap(const struct reel *r);
/* A block of `len` bytes, with its gap. */
uint64_t reel_block_length(const struct reel *r, uint32_t len);

/* The tape has run off the reel. */
bool reel_at_end(const struct reel *r, uint32_t limit_bytes);
/* Its end-of-tape marker has gone by. */
bool reel_at_end_marker(const struct reel *r, uint32_t limit_bytes);
/* From here to the marker; 0 when that has gone by. */
uint64_t reel_to_marker(const struct reel *r, uint32_t limit_bytes);

/* Move over what comes next, as aws_forward() and aws_backward() do with buf
 * and len.  *searched is the length of tape that the drive looked at: it is
 * more than what the reel moved by where nothing good was found. */
enum aws_result reel_step(struct reel *r, bool backward, uint8_t *buf,
                          uint32_t *len, uint64_t *searched);
void reel_rewind(struct reel *r);

/* The tape under the head is about to be written: the density of a reel is set
 * at its load point.  Comes before each of the functions below. */
void reel_begin_recording(struct reel *r);
/* Record, and move over it: a block of 1 to AWS_BLOCK_MAX bytes, a mark, or a
 * gap as long as a mark.  What was behind is gone.  AWS_BLOCK, or
 * AWS_HOST_ERROR and the reel has not moved. */
enum aws_result reel_write(struct reel *r, const uint8_t *buf, uint32_t len);
enum aws_result reel_write_mark(struct reel *r);
enum aws_result reel_erase_gap(struct reel *r);
/* Erase to the marker; the tape then goes back to where it was. */
enum aws_result reel_erase_rest(struct reel *r);

/* Where the reel stands, for a snapshot; with `has_file` in its file too.  A
 * state that failed to load leaves the densities to be set by the caller. */
void reel_state(struct state *s, struct reel *r, bool has_file);

#endif
