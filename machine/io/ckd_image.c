/*
 * ckd_image.c - opening uncompressed CKD image files
 *
 * The format is that of the Hercules emulator, so that its dasdinit, dasdls
 * and dasdload make and read our volumes: a header of 512 bytes ("CKD_P370",
 * then little-endian words: heads, bytes of a track; at 16 the type byte, at
 * 17 the number of a file that is one of several), then the tracks.
 *
 * A file with any other header or size is refused here; whatever its tracks
 * hold is checked when they are read (ckd_track.c).
 */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ckd.h"
#include "media.h"

enum { HEADS_AT = 8, TRACK_BYTES_AT = 12, TYPE_AT = 16, FILE_NUMBER_AT = 17 };

/* What an open file says of itself. */
struct header {
    uint8_t bytes[CKD_HEADER_BYTES];
    uint64_t file_bytes;
};

static uint32_t
load_le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 |
           p[0];
}

/* What is wrong with a header whatever the type, or NULL. */
static const char *
header_fault(const uint8_t *header)
{
    if (memcmp(header, "CKD_C370", 8) == 0 ||
        memcmp(header, "CKD_S370", 8) == 0)
        return "a compressed image: make an uncompressed one (dasdinit "
               "without -z, or ckd2cckd's reverse, cckd2ckd)";
    if (memcmp(header, "FBA_", 4) == 0)
        return "an image of a fixed-block disk, which this machine has not";
    if (memcmp(header, "CKD_P370", 8) != 0)
        return "no CKD image: it does not begin with CKD_P370 (dasdinit "
               "makes one)";
    if (header[FILE_NUMBER_AT] != 0 || header[FILE_NUMBER_AT + 1] != 0 ||
        header[FILE_NUMBER_AT + 2] != 0)
        return "one of several files of a volume: the volume must be in one "
               "file";
    return NULL;
}

/* Cylinders of the file, were it of this type; 0: it is not. */
static unsigned
cylinders_as(const struct header *h, const struct ckd_type *type)
{
    uint64_t bytes = h->file_bytes - CKD_HEADER_BYTES;
    uint64_t cylinder_bytes = (uint64_t)type->image_track_bytes * type->heads;

    if (h->bytes[TYPE_AT] != type->image_type ||
        load_le32(h->bytes + HEADS_AT) != type->heads ||
        load_le32(h->bytes + TRACK_BYTES_AT) != type->image_track_bytes ||
        bytes % cylinder_bytes != 0 ||
        bytes / cylinder_bytes > type->max_cylinders)
        return 0;
    return (unsigned)(bytes / cylinder_bytes);
}

/* Say why none of the types that `word` names fits. */
static int
no_type_fits(struct machine *m, uint16_t devno, const char *path,
             const struct header *h, const char *word)
{
    const struct ckd_type *type, *asked = NULL, *is = NULL;

    for (type = ckd_types; type->name != NULL; type++) {
        /* The last of a family has the most cylinders. */
        if (ckd_type_named(type, word))
            asked = type;
        if (h->bytes[TYPE_AT] == type->image_type)
            is = type;
    }
    if (is == NULL)
        return machine_fail(m,
                            "%s at %04X: %s is an image of a device type "
                            "that this machine has not (its header says "
                            "X'%02X')",
                            word, devno, path, h->bytes[TYPE_AT]);
    if (strcmp(is->family, asked->family) != 0)
        return machine_fail(m,
                            "%s at %04X: %s is an image of another device "
                            "type: attach it as %s",
                            word, devno, path, is->family);
    if (load_le32(h->bytes + HEADS_AT) != asked->heads ||
        load_le32(h->bytes + TRACK_BYTES_AT) != asked->image_track_bytes)
        return machine_fail(m,
                            "%s at %04X: %s is damaged, or of another model: "
                            "its header says %u heads, tracks of %u bytes, "
                            "instead of %u and %u",
                            word, devno, path, load_le32(h->bytes + HEADS_AT),
                            load_le32(h->bytes + TRACK_BYTES_AT), asked->heads,
                            asked->image_track_bytes);
    return machine_fail(m,
                        "%s at %04X: %s is damaged: its %llu bytes are not 1 "
                        "to %u whole cylinders",
                        word, devno, path, (unsigned long long)h->file_bytes,
                        asked->max_cylinders);
}

static int
check_image(struct machine *m, uint16_t devno, const char *path,
            const char *word, struct ckd_image *image)
{
    const struct ckd_type *type;
    const char *fault;
    struct header h;
    struct stat st;

    if (fstat(image->fd, &st) != 0 || !S_ISREG(st.st_mode))
        return machine_fail(m, "%s at %04X: %s is no file", word, devno, path);
    if (pread(image->fd, h.bytes, sizeof(h.bytes), 0) != sizeof(h.bytes))
        return machine_fail(m, "%s at %04X: %s is too short for a CKD image",
                            word, devno, path);
    fault = header_fault(h.bytes);
    if (fault != NULL)
        return machine_fail(m, "%s at %04X: %s is %s", word, devno, path,
                            fault);
    h.file_bytes = (uint64_t)st.st_size;
    for (type = ckd_types; type->name != NULL; type++) {
        unsigned cylinders = cylinders_as(&h, type);

        if (cylinders == 0 || !ckd_type_named(type, word))
            continue;
        image->type = type;
        image->byte_ns = ((type->revolution_ns << CKD_BYTE_NS_SHIFT) +
                          type->circumference - 1) /
                         type->circumference;
        image->cylinders = cylinders;
        image->track_bytes = type->image_track_bytes;
        return 0;
    }
    return no_type_fits(m, devno, path, &h, word);
}

int
ckd_open(struct machine *m, uint16_t devno, const char *path, bool read_only,
         const char *word, struct ckd_image *image)
{
    image->read_only = read_only;
    image->fd =
        open(path, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC | O_NONBLOCK);
    if (image->fd < 0)
        return machine_fail(m, "%s at %04X: %s: %s%s", word, devno, path,
                            strerror(errno),
                            errno == EACCES || errno == EROFS
                                ? "; the word \"ro\" opens it for reading"
                                : "");
    if (check_image(m, devno, path, word, image) == 0) {
        image->fd = media_private(m, devno, path, image->fd);
        if (image->fd < 0)
            return -1;
        image->written =
            calloc(image->cylinders * image->type->heads / 8 + 1, 1);
        if (image->written != NULL)
            return 0;
        machine_fail(m, "%s at %04X: no memory for it", word, devno);
    }
    close(image->fd);
    return -1;
}

void
ckd_close(struct ckd_image *image)
{
    close(image->fd);
    free(image->written);
}
