/*
 * aws.c - a reel of tape as an AWSTAPE file
 *
 * Files come from other programs and from disks with faults: no length is
 * believed before it was held against the file.  Moving backward finds a
 * chunk by the length that the header behind it gives, and checks that the
 * two agree.
 */
#include "aws.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../internal.h"
#include "media.h"

enum {
    HEADER_BYTES = 6,
    CHUNK_MAX = 65535,
    FLAG_FIRST = 0x80, /* chunk of a block */
    FLAG_MARK = 0x40,
    FLAG_LAST = 0x20,
    FLAGS_UNKNOWN = 0x1F, /* compressed chunks of other formats among them */
};

struct header {
    uint32_t length, before;
    uint8_t flags, unused;
};

/* ---- one header ---------------------------------------------------------- */

/* AWS_BLOCK also when it is that of a tape mark. */
static enum aws_result
read_header(const struct aws *reel, uint64_t offset, struct header *h)
{
    uint8_t b[HEADER_BYTES];
    ssize_t n = pread(reel->fd, b, sizeof(b), (off_t)offset);

    if (n < 0)
        return AWS_HOST_ERROR;
    if (n == 0)
        return AWS_BLANK;
    h->length = b[0] | (uint32_t)b[1] << 8;
    h->before = b[2] | (uint32_t)b[3] << 8;
    h->flags = b[4];
    h->unused = b[5];
    if (n != HEADER_BYTES || (h->flags & FLAGS_UNKNOWN) != 0)
        return AWS_DAMAGED;
    if (((h->flags & FLAG_MARK) != 0) != (h->length == 0))
        return AWS_DAMAGED;
    return AWS_BLOCK;
}

static enum aws_result
read_data(const struct aws *reel, uint64_t offset, uint8_t *buf, uint32_t len)
{
    ssize_t n = pread(reel->fd, buf, len, (off_t)offset);

    if (n < 0)
        return AWS_HOST_ERROR;
    return (uint32_t)n == len ? AWS_BLOCK : AWS_DAMAGED;
}

/* ---- moving -------------------------------------------------------------- */

enum aws_result
aws_forward(struct aws *reel, uint8_t *buf, uint32_t *len)
{
    uint64_t offset = reel->offset;
    uint32_t total = 0;
    struct header h;
    enum aws_result result;

    *len = 0;
    do {
        result = read_header(reel, offset, &h);
        if (result == AWS_BLANK && total > 0)
            return AWS_DAMAGED;
        if (result != AWS_BLOCK)
            return result;
        if (total == 0 && (h.flags & FLAG_MARK) != 0) {
            reel->offset = offset + HEADER_BYTES;
            reel->before = 0;
            return AWS_MARK;
        }
        if (((h.flags & FLAG_FIRST) != 0) != (total == 0) || h.length == 0 ||
            h.length > AWS_BLOCK_MAX - total)
            return AWS_DAMAGED;
        result = read_data(reel, offset + HEADER_BYTES, buf + total, h.length);
        if (result != AWS_BLOCK)
            return result;
        total += h.length;
        offset += HEADER_BYTES + h.length;
    } while ((h.flags & FLAG_LAST) == 0);
    reel->offset = offset;
    reel->before = h.length;
    *len = total;
    return AWS_BLOCK;
}

enum aws_result
aws_backward(struct aws *reel, uint8_t *buf, uint32_t *len)
{
    uint64_t offset = reel->offset;
    uint32_t before = reel->before, total = 0;
    struct header h;
    enum aws_result result;

    *len = 0;
    if (offset == 0)
        return AWS_LOAD_POINT;
    do {
        if (offset < HEADER_BYTES + before)
            return AWS_DAMAGED;
        offset -= HEADER_BYTES + before;
        result = read_header(reel, offset, &h);
        if (result != AWS_BLOCK)
            return result == AWS_BLANK ? AWS_DAMAGED : result;
        if (h.length != before || (offset == 0 && h.before != 0))
            return AWS_DAMAGED;
        before = h.before;
        if (total == 0 && (h.flags & FLAG_MARK) != 0) {
            reel->offset = offset;
            reel->before = before;
            return AWS_MARK;
        }
        if (((h.flags & FLAG_LAST) != 0) != (total == 0) || h.length == 0 ||
            h.length > AWS_BLOCK_MAX - total)
            return AWS_DAMAGED;
        memmove(buf + h.length, buf, total);
        result = read_data(reel, offset + HEADER_BYTES, buf, h.length);
        if (result != AWS_BLOCK)
            return result;
        total += h.length;
    } while ((h.flags & FLAG_FIRST) == 0);
    reel->offset = offset;
    reel->before = before;
    *len = total;
    return AWS_BLOCK;
}

void
aws_rewind(struct aws *reel)
{
    reel->offset = 0;
    reel->before = 0;
}

/* ---- writing ------------------------------------------------------------- */

enum aws_result
aws_erase(struct aws *reel)
{
    return ftruncate(reel->fd, (off_t)reel->offset) == 0 ? AWS_BLOCK
                                                         : AWS_HOST_ERROR;
}

static enum aws_result
write_chunk(struct aws *reel, const uint8_t *buf, uint32_t len, uint8_t flags)
{
    uint8_t b[HEADER_BYTES] = {(uint8_t)len,
                               (uint8_t)(len >> 8),
                               (uint8_t)reel->before,
                               (uint8_t)(reel->before >> 8),
                               flags,
                               0};

    if (pwrite(reel->fd, b, sizeof(b), (off_t)reel->offset) != HEADER_BYTES)
        return AWS_HOST_ERROR;
    reel->offset += HEADER_BYTES;
    if (len > 0 &&
        pwrite(reel->fd, buf, len, (off_t)reel->offset) != (ssize_t)len)
        return AWS_HOST_ERROR;
    reel->offset += len;
    reel->before = len;
    return AWS_BLOCK;
}

/* Write all chunks, or leave the reel where it was, with nothing behind. */
static enum aws_result
write_chunks(struct aws *reel, const uint8_t *buf, uint32_t len, uint8_t flags)
{
    const struct aws start = *reel;
    enum aws_result result = aws_erase(reel);
    uint32_t n;

    while (result == AWS_BLOCK) {
        n = len < CHUNK_MAX ? len : CHUNK_MAX;
        if (n == len && (flags & FLAG_MARK) == 0)
            flags |= FLAG_LAST;
        result = write_chunk(reel, buf, n, flags);
        flags = 0;
        buf += n;
        len -= n;
        if (len == 0)
            break;
    }
    if (result != AWS_BLOCK) {
        *reel = start;
        aws_erase(reel);
    }
    return result;
}

enum aws_result
aws_write(struct aws *reel, const uint8_t *buf, uint32_t len)
{
    return write_chunks(reel, buf, len, FLAG_FIRST);
}

enum aws_result
aws_write_mark(struct aws *reel)
{
    static const uint8_t nothing[1];

    return write_chunks(reel, nothing, 0, FLAG_MARK);
}

/* ---- the file ------------------------------------------------------------ */

int
aws_open(struct machine *m, uint16_t devno, const char *path, bool read_only,
         struct aws *reel)
{
    struct header h = {0};
    struct stat st;
    enum aws_result result;
    /* A pipe is refused, not waited for. */
    int fd =
        open(path,
             (read_only ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC | O_NONBLOCK,
             0666);

    if (fd < 0)
        return machine_fail(m, "tape at %04X: %s: %s%s", devno, path,
                            strerror(errno),
                            errno == EACCES && !read_only
                                ? "; \"ro\" takes the ring off the reel"
                                : "");
    if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
        close(fd);
        return machine_fail(m, "tape at %04X: %s: not a regular file", devno,
                            path);
    }
    *reel = (struct aws){.fd = fd, .read_only = read_only};
    result = read_header(reel, 0, &h);
    if (result == AWS_BLANK || (result == AWS_BLOCK && h.before == 0 &&
                                (h.flags & (FLAG_FIRST | FLAG_MARK)) != 0)) {
        reel->fd = media_private(m, devno, path, fd);
        return reel->fd < 0 ? -1 : 0;
    }
    close(fd);
    return machine_fail(m,
                        "tape at %04X: %s is no AWSTAPE file: it does not "
                        "begin with the header of a block (hetupd -d makes "
                        "one of a compressed tape)",
                        devno, path);
}

void
aws_close(struct aws *reel)
{
    close(reel->fd);
}
