/*
 * ckd_track.c - tracks in uncompressed CKD image files
 *
 * The format is that of the Hercules emulator, so that its dasdinit, dasdls
 * and dasdload make and read our volumes: a header of 512 bytes ("CKD_P370",
 * then little-endian words: heads, bytes of a track, and the type byte), then
 * every track in the same number of bytes: home address (5 bytes), records as
 * they come (count 8, key, data), and eight bytes X'FF'.
 *
 * Nothing in an image is trusted: each length is checked against the track.
 */
#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "ckd.h"

static const uint8_t end_of_track[CKD_COUNT_BYTES] = {0xFF, 0xFF, 0xFF, 0xFF,
                                                      0xFF, 0xFF, 0xFF, 0xFF};

static uint32_t
load_le32(const uint8_t *p)
{
    return (uint32_t)p[3] << 24 | (uint32_t)p[2] << 16 | (uint32_t)p[1] << 8 |
           p[0];
}

/* ---- opening ------------------------------------------------------------- */

/* What is wrong with a header, or NULL. */
static const char *
header_fault(const uint8_t header[CKD_HEADER_BYTES],
             const struct ckd_type *type)
{
    uint32_t track_bytes = load_le32(header + 12);

    if (memcmp(header, "CKD_C370", 8) == 0 ||
        memcmp(header, "CKD_S370", 8) == 0)
        return "a compressed image: make an uncompressed one (dasdinit "
               "without -z, or ckd2cckd's reverse, cckd2ckd)";
    if (memcmp(header, "CKD_P370", 8) != 0)
        return "no CKD image: it does not begin with CKD_P370 (dasdinit "
               "makes one)";
    if (header[16] != type->image_type || load_le32(header + 8) != type->heads)
        return "an image of another device type";
    if (track_bytes < CKD_HA_BYTES + 2 * CKD_COUNT_BYTES ||
        track_bytes > CKD_TRACK_MAX)
        return "damaged: the track size in its header is impossible";
    if (header[17] != 0 || header[18] != 0 || header[19] != 0)
        return "one of several files of a volume: the volume must be in one "
               "file";
    return NULL;
}

static int
check_image(struct machine *m, uint16_t devno, const char *path,
            struct ckd_image *image)
{
    uint8_t header[CKD_HEADER_BYTES];
    const char *fault;
    uint64_t tracks_bytes, cylinder_bytes;
    struct stat st;

    if (fstat(image->fd, &st) != 0 || !S_ISREG(st.st_mode) ||
        pread(image->fd, header, sizeof(header), 0) != sizeof(header))
        return machine_fail(m, "%s at %04X: %s is too short for a CKD image",
                            image->type->name, devno, path);
    fault = header_fault(header, image->type);
    if (fault != NULL)
        return machine_fail(m, "%s at %04X: %s is %s", image->type->name, devno,
                            path, fault);
    image->track_bytes = load_le32(header + 12);
    tracks_bytes = (uint64_t)st.st_size - CKD_HEADER_BYTES;
    cylinder_bytes = (uint64_t)image->track_bytes * image->type->heads;
    if (tracks_bytes == 0 || tracks_bytes % cylinder_bytes != 0 ||
        tracks_bytes / cylinder_bytes > image->type->max_cylinders)
        return machine_fail(m,
                            "%s at %04X: %s is damaged: its %llu bytes are "
                            "not 1 to %u whole cylinders",
                            image->type->name, devno, path,
                            (unsigned long long)st.st_size,
                            image->type->max_cylinders);
    image->cylinders = (unsigned)(tracks_bytes / cylinder_bytes);
    return 0;
}

int
ckd_open(struct machine *m, uint16_t devno, const char *path, bool read_only,
         const struct ckd_type *type, struct ckd_image *image)
{
    image->type = type;
    image->read_only = read_only;
    image->fd = open(path, (read_only ? O_RDONLY : O_RDWR) | O_CLOEXEC);
    if (image->fd < 0)
        return machine_fail(m, "%s at %04X: %s: %s%s", type->name, devno, path,
                            strerror(errno),
                            errno == EACCES || errno == EROFS
                                ? "; the word \"ro\" opens it for reading"
                                : "");
    if (check_image(m, devno, path, image) == 0)
        return 0;
    close(image->fd);
    return -1;
}

void
ckd_close(struct ckd_image *image)
{
    close(image->fd);
}

/* ---- fields -------------------------------------------------------------- */

uint32_t
ckd_field_offset(const struct ckd_record *rec, enum ckd_field field)
{
    if (field == CKD_COUNT)
        return rec->offset;
    return rec->offset + CKD_COUNT_BYTES +
           (field == CKD_DATA ? rec->key_length : 0);
}

uint32_t
ckd_field_bytes(const struct ckd_record *rec, enum ckd_field field)
{
    if (field == CKD_COUNT)
        return CKD_COUNT_BYTES;
    return field == CKD_KEY ? rec->key_length : rec->data_length;
}

uint32_t
ckd_field_position(const struct ckd_type *type, const struct ckd_record *rec,
                   enum ckd_field field)
{
    uint32_t position = rec->position;

    if (field == CKD_COUNT)
        return position;
    position += type->count_bytes;
    if (rec->key_length == 0)
        return position + type->data_gap;
    position += type->key_gap;
    if (field == CKD_KEY)
        return position;
    return position + rec->key_length + type->data_gap;
}

uint32_t
ckd_position_behind(const struct ckd_type *type, const struct ckd_record *rec)
{
    return ckd_field_position(type, rec, CKD_DATA) + rec->data_length +
           type->check_bytes;
}

static uint32_t
offset_behind(const struct ckd_record *rec)
{
    return rec->offset + CKD_COUNT_BYTES + rec->key_length + rec->data_length;
}

/* ---- tracks -------------------------------------------------------------- */

static off_t
track_place(const struct ckd_image *image, unsigned cylinder, unsigned head)
{
    uint64_t number = (uint64_t)cylinder * image->type->heads + head;

    return (off_t)(CKD_HEADER_BYTES + number * image->track_bytes);
}

/* Fill in the next record from its count field.  False: it runs over the end
 * of the track's bytes. */
static bool
add_record(const struct ckd_image *image, struct ckd_track *track,
           uint32_t offset)
{
    struct ckd_record *rec = &track->record[track->nrecords];
    const uint8_t *count = track->data + offset;

    rec->offset = offset;
    rec->key_length = count[5];
    rec->data_length = (uint32_t)count[6] << 8 | count[7];
    rec->position = track->nrecords == 0
                        ? image->type->first_record
                        : ckd_position_behind(image->type, rec - 1);
    track->nrecords++;
    return offset_behind(rec) <= image->track_bytes;
}

/* Find the records of the bytes that were read. */
static enum ckd_result
parse(const struct ckd_image *image, struct ckd_track *track, unsigned cylinder,
      unsigned head)
{
    const uint8_t home[CKD_HA_BYTES] = {0, (uint8_t)(cylinder >> 8),
                                        (uint8_t)cylinder, (uint8_t)(head >> 8),
                                        (uint8_t)head};
    uint32_t offset = CKD_HA_BYTES;

    if (memcmp(track->data, home, CKD_HA_BYTES) != 0)
        return CKD_DAMAGED;
    track->nrecords = 0;
    while (offset + CKD_COUNT_BYTES <= image->track_bytes &&
           memcmp(track->data + offset, end_of_track, CKD_COUNT_BYTES) != 0) {
        if (track->nrecords == CKD_RECORDS_MAX ||
            !add_record(image, track, offset))
            return CKD_DAMAGED;
        offset = offset_behind(&track->record[track->nrecords - 1]);
    }
    return track->nrecords == 0 ? CKD_DAMAGED : CKD_OK;
}

enum ckd_result
ckd_load(const struct ckd_image *image, struct ckd_track *track,
         unsigned cylinder, unsigned head)
{
    enum ckd_result result;

    if (track->loaded && track->cylinder == cylinder && track->head == head)
        return CKD_OK;
    track->loaded = false;
    if (pread(image->fd, track->data, image->track_bytes,
              track_place(image, cylinder, head)) !=
        (ssize_t)image->track_bytes)
        return CKD_HOST_ERROR;
    result = parse(image, track, cylinder, head);
    track->cylinder = cylinder;
    track->head = head;
    track->loaded = result == CKD_OK;
    return result;
}

enum ckd_result
ckd_save(const struct ckd_image *image, struct ckd_track *track)
{
    if (pwrite(image->fd, track->data, image->track_bytes,
               track_place(image, track->cylinder, track->head)) ==
        (ssize_t)image->track_bytes)
        return CKD_OK;
    track->loaded = false;
    return CKD_HOST_ERROR;
}

void
ckd_truncate(const struct ckd_image *image, struct ckd_track *track,
             unsigned nrecords)
{
    uint32_t offset = CKD_HA_BYTES;

    track->nrecords = nrecords;
    if (nrecords > 0)
        offset = offset_behind(&track->record[nrecords - 1]);
    memset(track->data + offset, 0, image->track_bytes - offset);
    if (offset + CKD_COUNT_BYTES <= image->track_bytes)
        memcpy(track->data + offset, end_of_track, CKD_COUNT_BYTES);
}

enum ckd_result
ckd_append(const struct ckd_image *image, struct ckd_track *track,
           unsigned nrecords, const uint8_t count[CKD_COUNT_BYTES])
{
    struct ckd_record *rec = &track->record[nrecords];
    uint32_t offset = CKD_HA_BYTES;

    if (nrecords > 0)
        offset = offset_behind(rec - 1);
    ckd_truncate(image, track, nrecords);
    if (nrecords == CKD_RECORDS_MAX ||
        offset + CKD_COUNT_BYTES > image->track_bytes)
        return CKD_FULL;
    memcpy(track->data + offset, count, CKD_COUNT_BYTES);
    if (!add_record(image, track, offset) ||
        ckd_position_behind(image->type, rec) > image->type->circumference) {
        ckd_truncate(image, track, nrecords);
        return CKD_FULL;
    }
    offset = offset_behind(rec);
    memset(track->data + rec->offset + CKD_COUNT_BYTES, 0,
           offset - rec->offset - CKD_COUNT_BYTES);
    if (offset + CKD_COUNT_BYTES <= image->track_bytes)
        memcpy(track->data + offset, end_of_track, CKD_COUNT_BYTES);
    return CKD_OK;
}
