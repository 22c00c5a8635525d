/*
 * reel.c - a reel of tape on a drive: how far it is wound, and what is there
 *
 * Every motion is made twice: in the file, over a block, and on the tape, by
 * the block's length at the reel's density.  The file leads: where it did not
 * move, neither did the tape, and at its load point the tape is wound off by
 * nothing, whatever the lengths that went by add up to.
 *
 * Source: GA32-0020, "Commands".
 */
#include "reel.h"

#include "../state.h"

#define MARKER_TO_END (25 * REEL_FOOT) /* from the end-of-tape marker on */
/* The same of a file that may grow no longer: so much of it. */
#define LIMIT_BEHIND_MARKER 16
#define BLANK_SEARCHED (25 * REEL_FOOT)

/* ---- lengths ------------------------------------------------------------- */

uint64_t
reel_gap(const struct reel *r)
{
    return r->density == 6250 ? REEL_INCH * 3 / 10 : REEL_INCH * 6 / 10;
}

uint64_t
reel_block_length(const struct reel *r, uint32_t len)
{
    return reel_gap(r) + len * REEL_INCH / r->density;
}

bool
reel_at_end(const struct reel *r, uint32_t limit_bytes)
{
    return r->at >= r->end || r->file.offset >= limit_bytes;
}

bool
reel_at_end_marker(const struct reel *r, uint32_t limit_bytes)
{
    return r->at + MARKER_TO_END > r->end ||
           r->file.offset > limit_bytes - limit_bytes / LIMIT_BEHIND_MARKER;
}

uint64_t
reel_to_marker(const struct reel *r, uint32_t limit_bytes)
{
    return reel_at_end_marker(r, limit_bytes) ? 0
                                              : r->end - MARKER_TO_END - r->at;
}

/* ---- moving -------------------------------------------------------------- */

static void
wind(struct reel *r, uint64_t length, bool backward)
{
    r->backward = backward;
    if (!backward)
        r->at += length;
    else if (r->file.offset == 0)
        r->at = 0;
    else
        r->at = r->at > length ? r->at - length : 1;
}

enum aws_result
reel_step(struct reel *r, bool backward, uint8_t *buf, uint32_t *len,
          uint64_t *searched)
{
    enum aws_result result = backward ? aws_backward(&r->file, buf, len)
                                      : aws_forward(&r->file, buf, len);
    uint64_t length = 0;

    r->writing = false;
    if (result == AWS_BLOCK)
        length = reel_block_length(r, *len);
    else if (result == AWS_MARK)
        length = REEL_MARK_LENGTH;
    wind(r, length, backward);
    *searched =
        result == AWS_BLANK || result == AWS_DAMAGED ? BLANK_SEARCHED : length;
    return result;
}

void
reel_rewind(struct reel *r)
{
    aws_rewind(&r->file);
    r->at = 0;
    r->writing = r->backward = false;
}

/* ---- recording ----------------------------------------------------------- */

void
reel_begin_recording(struct reel *r)
{
    if (r->at == 0)
        r->density = r->mode;
    r->writing = true;
}

/* `length` was recorded, if the file has it. */
static enum aws_result
recorded(struct reel *r, enum aws_result result, uint64_t length)
{
    if (result == AWS_BLOCK)
        wind(r, length, false);
    return result;
}

enum aws_result
reel_write(struct reel *r, const uint8_t *buf, uint32_t len)
{
    return recorded(r, aws_write(&r->file, buf, len),
                    reel_block_length(r, len));
}

enum aws_result
reel_write_mark(struct reel *r)
{
    return recorded(r, aws_write_mark(&r->file), REEL_MARK_LENGTH);
}

enum aws_result
reel_erase_gap(struct reel *r)
{
    return recorded(r, aws_erase(&r->file), REEL_MARK_LENGTH);
}

enum aws_result
reel_erase_rest(struct reel *r)
{
    return aws_erase(&r->file);
}

/* ---- for snapshots ------------------------------------------------------- */

void
reel_state(struct state *s, struct reel *r, bool has_file)
{
    struct aws *file = &r->file;

    if (has_file) {
        state_u64(s, &file->offset);
        state_u32(s, &file->before);
        if (file->offset > INT64_MAX / 2 || file->before > file->offset)
            state_fail(s, "a reel stands where none can");
    }
    STATE_NUMBER(s, r->density, 6250);
    STATE_NUMBER(s, r->mode, 6250);
    if (r->density == 0)
        state_fail(s, "a reel has no density");
    state_u64(s, &r->at);
    state_u64(s, &r->end);
    if (r->at > 2 * REEL_FEET_MAX * REEL_FOOT ||
        r->end > REEL_FEET_MAX * REEL_FOOT)
        state_fail(s, "a reel is longer than %d feet", REEL_FEET_MAX);
    state_bool(s, &r->writing);
    state_bool(s, &r->backward);
}
