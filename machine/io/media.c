/*
 * media.c - the files behind devices, as a snapshot and a replay see them
 *
 * A snapshot holds its media whole.  Volumes are mostly empty, and compressed;
 * to load one is to write the blocks that are different, and a snapshot needs
 * no history of what was written since when.
 */
#include "media.h"

#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../state.h"
#include "channel.h"

enum { BLOCK = 65536, LAST_BYTES_MAX = 1 << 20 };

/* ---- private media ------------------------------------------------------- */

static bool
is_zero(const uint8_t *bytes, size_t len)
{
    return len == 0 ||
           (bytes[0] == 0 && memcmp(bytes, bytes + 1, len - 1) == 0);
}

/* Holes stay holes. */
static bool
copy(int from, int to)
{
    uint8_t block[BLOCK];
    off_t at = 0;
    ssize_t n;

    while ((n = pread(from, block, sizeof(block), at)) > 0) {
        if (!is_zero(block, (size_t)n) && pwrite(to, block, (size_t)n, at) != n)
            return false;
        at += n;
    }
    return n == 0 && ftruncate(to, at) == 0;
}

int
media_private(struct machine *m, uint16_t devno, const char *path, int fd)
{
    FILE *file;
    int own;

    if (!m->options.private_media)
        return fd;
    file = tmpfile();
    own = file == NULL ? -1 : dup(fileno(file));
    if (own < 0 || !copy(fd, own)) {
        machine_fail(m, "device %04X: no copy of %s could be made: %s", devno,
                     path, strerror(errno));
        if (own >= 0)
            close(own);
        own = -1;
    }
    if (file != NULL)
        fclose(file);
    close(fd);
    return own;
}

FILE *
media_paper(struct device *dev, const char *path)
{
    FILE *file = dev->m->options.private_media ? tmpfile() : fopen(path, "w+b");

    if (file == NULL && !dev->m->options.private_media)
        file = fopen(path, "wb"); /* a pipe, a terminal */
    if (file == NULL)
        machine_fail(dev->m, "%s at %04X: cannot write %s: %s", dev->ops->type,
                     dev->devno, path, strerror(errno));
    return file;
}

/* ---- volumes and reels --------------------------------------------------- */

static void
host_error(struct device *dev, struct state *s)
{
    state_fail(s, "%s at %04X: its file cannot be read or written: %s",
               dev->ops->type, dev->devno, strerror(errno));
}

/* Read `len` bytes; what is behind the end of the file is zero. */
static bool
read_block(int fd, uint8_t *block, size_t len, uint64_t at)
{
    ssize_t n = pread(fd, block, len, (off_t)at);

    if (n < 0)
        return false;
    memset(block + n, 0, len - (size_t)n);
    return true;
}

static void
load_block(struct device *dev, struct state *s, int fd, const uint8_t *block,
           size_t len, uint64_t at, bool read_only)
{
    uint8_t present[BLOCK];

    if (!read_block(fd, present, len, at)) {
        host_error(dev, s);
        return;
    }
    if (memcmp(block, present, len) == 0)
        return;
    if (read_only)
        state_fail(s,
                   "%s at %04X: its file is attached for reading only, and is "
                   "not what it was",
                   dev->ops->type, dev->devno);
    else if (pwrite(fd, block, len, (off_t)at) != (ssize_t)len)
        host_error(dev, s);
}

void
media_volume_state(struct device *dev, struct state *s, int fd, uint64_t size,
                   bool read_only)
{
    uint8_t block[BLOCK];
    uint64_t at;
    size_t len;

    for (at = 0; at < size && !s->failed; at += len) {
        len = size - at < BLOCK ? (size_t)(size - at) : BLOCK;
        if (!state_loading(s) && !read_block(fd, block, len, at))
            host_error(dev, s);
        state_bytes(s, block, len);
        if (state_loading(s) && !s->failed)
            load_block(dev, s, fd, block, len, at, read_only);
    }
}

/* What a device may have written, with the last block or line. */
static uint64_t
written_max(const struct device *dev)
{
    return (uint64_t)dev->m->output_max + LAST_BYTES_MAX;
}

void
media_written_state(struct device *dev, struct state *s, uint64_t *nbytes)
{
    state_u64(s, nbytes);
    if (!state_loading(s) || *nbytes <= written_max(dev))
        return;
    state_fail(s, "%s at %04X: it has written more than OUTLIMIT admits",
               dev->ops->type, dev->devno);
    *nbytes = 0;
}

void
media_reel_state(struct device *dev, struct state *s, int fd, bool read_only)
{
    struct stat st;
    uint64_t size;

    if (fstat(fd, &st) != 0) {
        host_error(dev, s);
        return;
    }
    size = (uint64_t)st.st_size;
    state_u64(s, &size);
    if (size > (uint64_t)st.st_size && size > written_max(dev))
        state_fail(s, "%s at %04X: its reel is longer than OUTLIMIT admits",
                   dev->ops->type, dev->devno);
    media_volume_state(dev, s, fd, size, read_only);
    if (!state_loading(s) || s->failed || size == (uint64_t)st.st_size)
        return;
    if (read_only)
        state_fail(s,
                   "%s at %04X: its file is attached for reading only, and "
                   "has another length",
                   dev->ops->type, dev->devno);
    else if (ftruncate(fd, (off_t)size) != 0)
        host_error(dev, s);
}

/* ---- paper --------------------------------------------------------------- */

/* Can what was written be read again? */
static bool
is_regular(FILE *file, uint64_t nbytes)
{
    struct stat st;

    return fflush(file) == 0 && fstat(fileno(file), &st) == 0 &&
           S_ISREG(st.st_mode) && (uint64_t)st.st_size >= nbytes;
}

void
media_paper_state(struct device *dev, struct state *s, FILE *file,
                  uint64_t nbytes)
{
    bool kept = state_loading(s) || is_regular(file, nbytes);
    uint8_t block[BLOCK];
    size_t len;

    state_bool(s, &kept);
    if (!kept)
        return;
    if (state_loading(s) && !is_regular(file, 0)) {
        state_fail(s,
                   "%s at %04X: the snapshot has what was written; attach the "
                   "device to a file",
                   dev->ops->type, dev->devno);
        return;
    }
    rewind(file);
    for (; nbytes > 0 && !s->failed; nbytes -= len) {
        len = nbytes < BLOCK ? (size_t)nbytes : BLOCK;
        if (!state_loading(s) && fread(block, 1, len, file) != len)
            host_error(dev, s);
        state_bytes(s, block, len);
        if (state_loading(s) && fwrite(block, 1, len, file) != len)
            host_error(dev, s);
    }
    if (state_loading(s) &&
        (fflush(file) != 0 || ftruncate(fileno(file), ftell(file)) != 0))
        host_error(dev, s);
    fseek(file, 0, SEEK_END);
}
