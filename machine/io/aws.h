/*
 * aws.h - a reel of tape as an AWSTAPE file
 *
 * The file holds the blocks and tape marks of the reel from the load point on.
 * Each block is one or more chunks, each chunk a header of six bytes and its
 * data: the length of this chunk and of the one before (two bytes each, the
 * low one first), and flags.  A tape mark is a chunk of no bytes.
 *
 * A reel stands between two blocks.  Every function moves it over one; when
 * what is there makes no sense the reel stays where it was.
 */
#ifndef IO_AWS_H
#define IO_AWS_H

#include <stdbool.h>
#include <stdint.h>

struct machine;

enum { AWS_BLOCK_MAX = 1 << 18 };

enum aws_result {
    AWS_BLOCK,
    AWS_MARK,
    AWS_LOAD_POINT, /* nothing is in front of it */
    AWS_BLANK,      /* nothing was recorded from here on */
    AWS_DAMAGED,
    AWS_HOST_ERROR,
};

struct aws {
    int fd;
    bool read_only;
    uint64_t offset; /* in the file, of the header that comes next */
    uint32_t before; /* bytes of the chunk before it */
};

/* Open a reel at its load point; without `read_only` a file that is not there
 * is made, an empty reel.  0, or -1 after machine_fail() with what is wrong,
 * for the drive at `devno`. */
int aws_open(struct machine *m, uint16_t devno, const char *path,
             bool read_only, struct aws *reel);
void aws_close(struct aws *reel);

/* Move over one block.  Its bytes go to buf[AWS_BLOCK_MAX], in the order of
 * the tape, and their number to *len: 0 with anything but a block. */
enum aws_result aws_forward(struct aws *reel, uint8_t *buf, uint32_t *len);
enum aws_result aws_backward(struct aws *reel, uint8_t *buf, uint32_t *len);
/* Record a block of 1 to AWS_BLOCK_MAX bytes, or a tape mark; what was behind
 * it is gone. */
enum aws_result aws_write(struct aws *reel, const uint8_t *buf, uint32_t len);
enum aws_result aws_write_mark(struct aws *reel);
/* What is behind is gone. */
enum aws_result aws_erase(struct aws *reel);
void aws_rewind(struct aws *reel);

#endif
