/*
 * volume.c - disk volumes of a test
 *
 * Makes a formatted volume and reads or changes the data of one record, so
 * that a test can look at what really is on the disk.  The file format is the
 * one of machine/io/ckd_image.c: a header of 512 bytes, then tracks of equal
 * size, each with home address, record 0, the records, and eight bytes X'FF'.
 */
#include <errno.h>
#include <fcntl.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "bind_machine.h"
#include "grade.h"
#include "machine.h"

enum {
    HEADER_BYTES = 512,
    HOME_BYTES = 5,
    COUNT_BYTES = 8,
    TRACK_BYTES_MAX = 20480,
};

/* A track takes `track` bytes of records, each with `overhead` more. */
static const struct disk_type {
    const char *name;
    unsigned code, heads, image_track, track, overhead, cylinders;
} disk_types[] = {
    {"3330", 0x30, 19, 13312, 13165, 135, 411},
    {"3340", 0x40, 12, 8704, 8535, 167, 349},
    {"3350", 0x50, 30, 19456, 19254, 185, 560},
    {"2305", 0x05, 8, 14848, 14858, 198, 96},
};

static const struct disk_type *
type_at(lua_State *lua, int index)
{
    const char *name = luaL_checkstring(lua, index);

    for (size_t i = 0; i < sizeof(disk_types) / sizeof(disk_types[0]); i++)
        if (strcmp(disk_types[i].name, name) == 0)
            return &disk_types[i];
    luaL_error(lua,
               "there is no disk type \"%s\" for a volume; 3330, 3340, "
               "3350 and 2305 are known",
               name);
    return NULL;
}

static void
store16(uint8_t *p, unsigned value)
{
    p[0] = (uint8_t)(value >> 8);
    p[1] = (uint8_t)value;
}

static void
store_le32(uint8_t *p, unsigned value)
{
    for (int i = 0; i < 4; i++)
        p[i] = (uint8_t)(value >> 8 * i);
}

/* A count field and the zeros behind it; returns what is behind those. */
static uint8_t *
put_record(uint8_t *p, unsigned cylinder, unsigned head, unsigned number,
           unsigned len)
{
    store16(p, cylinder);
    store16(p + 2, head);
    p[4] = (uint8_t)number;
    p[5] = 0;
    store16(p + 6, len);
    return p + COUNT_BYTES + len;
}

static void
format_track(uint8_t *track, const struct disk_type *type, unsigned cylinder,
             unsigned head, unsigned record_bytes)
{
    unsigned nrecords = type->track / (record_bytes + type->overhead);
    uint8_t *p = track + HOME_BYTES;

    memset(track, 0, type->image_track);
    store16(track + 1, cylinder);
    store16(track + 3, head);
    p = put_record(p, cylinder, head, 0, 8);
    for (unsigned n = 1; n <= nrecords && n <= 255; n++)
        p = put_record(p, cylinder, head, n, record_bytes);
    memset(p, 0xFF, COUNT_BYTES);
}

/* A formatted volume that is being written. */
struct formatting {
    const struct disk_type *type;
    unsigned record_bytes;
    int fd;
    bool good;
};

static void
write_track(void *ctx, unsigned cylinder, unsigned head)
{
    struct formatting *f = ctx;
    const struct disk_type *type = f->type;
    uint8_t track[TRACK_BYTES_MAX];
    off_t at = HEADER_BYTES + ((off_t)cylinder * type->heads + head) *
                                  (off_t)type->image_track;

    format_track(track, type, cylinder, head, f->record_bytes);
    f->good &= pwrite(f->fd, track, type->image_track, at) ==
               (ssize_t)type->image_track;
}

/* The arguments type, cylinders, record_bytes from `index` on. */
static struct formatting
formatting_at(lua_State *lua, int index)
{
    const struct disk_type *type = type_at(lua, index);
    lua_Integer cylinders = luaL_checkinteger(lua, index + 1);
    lua_Integer bytes = luaL_checkinteger(lua, index + 2);

    luaL_argcheck(lua, cylinders >= 1 && cylinders <= type->cylinders,
                  index + 1, "more cylinders than such a disk has");
    luaL_argcheck(lua, bytes >= 16 && bytes + type->overhead <= type->track,
                  index + 2, "no track holds a record of that length");
    return (struct formatting){type, (unsigned)bytes, -1, true};
}

/* volume_make(path, type, cylinders, record_bytes) */
static int
volume_make(lua_State *lua)
{
    const char *path = luaL_checkstring(lua, 1);
    struct formatting f = formatting_at(lua, 2);
    unsigned cylinders = (unsigned)luaL_checkinteger(lua, 3);
    uint8_t header[HEADER_BYTES] = "CKD_P370";

    f.fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    if (f.fd < 0)
        return luaL_error(lua, "%s: %s", path, strerror(errno));
    store_le32(header + 8, f.type->heads);
    store_le32(header + 12, f.type->image_track);
    header[16] = (uint8_t)f.type->code;
    f.good = write(f.fd, header, sizeof(header)) == sizeof(header);
    for (unsigned c = 0; c < cylinders; c++)
        for (unsigned h = 0; h < f.type->heads; h++)
            write_track(&f, c, h);
    if (close(f.fd) != 0 || !f.good)
        return luaL_error(lua, "%s: cannot be written", path);
    return 0;
}

/* volume_restore(machine, devno, path, type, cylinders, record_bytes): a volume
 * that volume_make() has made is as it was then, when only the disk at devno of
 * the machine has written on it. */
static int
volume_restore(lua_State *lua)
{
    struct machine *m = machine_at(lua);
    uint16_t devno = device_at(lua, 2);
    const char *path = luaL_checkstring(lua, 3);
    struct formatting f = formatting_at(lua, 4);

    f.fd = open(path, O_WRONLY | O_CLOEXEC);
    if (f.fd < 0)
        return luaL_error(lua, "%s: %s", path, strerror(errno));
    if (machine_disk_written(m, devno, write_track, &f) != 0)
        f.good = false;
    if (close(f.fd) != 0 || !f.good)
        return luaL_error(lua, "%s: cannot be written", path);
    return 0;
}

/* Where the data of a record is in the track, or NULL. */
static uint8_t *
find_record(uint8_t *track, unsigned size, unsigned number, unsigned *len)
{
    uint8_t *p = track + HOME_BYTES, *end = track + size;

    while (p + COUNT_BYTES <= end && memcmp(p, "\377\377\377\377", 4) != 0) {
        uint8_t *data = p + COUNT_BYTES + p[5];

        *len = (unsigned)p[6] << 8 | p[7];
        if (data + *len > end)
            return NULL;
        if (p[4] == number)
            return data;
        p = data + *len;
    }
    return NULL;
}

/* volume_record(path, type, cylinder, head, record [, bytes]): the data (as it
 * was), or nil when there is no such record. */
static int
volume_record(lua_State *lua)
{
    const char *path = luaL_checkstring(lua, 1);
    const struct disk_type *type = type_at(lua, 2);
    unsigned cylinder = (unsigned)luaL_checkinteger(lua, 3);
    unsigned head = (unsigned)luaL_checkinteger(lua, 4);
    unsigned number = (unsigned)luaL_checkinteger(lua, 5), len;
    size_t given = 0;
    const char *bytes = luaL_optlstring(lua, 6, NULL, &given);
    uint8_t track[TRACK_BYTES_MAX], *data = NULL;
    long at = HEADER_BYTES + ((long)cylinder * (long)type->heads + (long)head) *
                                 (long)type->image_track;
    FILE *f = fopen(path, bytes != NULL ? "r+b" : "rb");

    if (f == NULL)
        return luaL_error(lua, "%s: %s", path, strerror(errno));
    if (head < type->heads && cylinder < type->cylinders &&
        fseek(f, at, SEEK_SET) == 0 &&
        fread(track, type->image_track, 1, f) == 1)
        data = find_record(track, type->image_track, number, &len);
    if (data == NULL) {
        fclose(f);
        return 0;
    }
    lua_pushlstring(lua, (const char *)data, len);
    if (bytes != NULL) {
        memcpy(data, bytes, given < len ? given : len);
        if (fseek(f, at, SEEK_SET) != 0 ||
            fwrite(track, type->image_track, 1, f) != 1) {
            fclose(f);
            return luaL_error(lua, "%s: cannot be written", path);
        }
    }
    fclose(f);
    return 1;
}

void
bind_volume(lua_State *lua)
{
    lua_getglobal(lua, "native");
    lua_pushcfunction(lua, volume_make);
    lua_setfield(lua, -2, "volume_make");
    lua_pushcfunction(lua, volume_restore);
    lua_setfield(lua, -2, "volume_restore");
    lua_pushcfunction(lua, volume_record);
    lua_setfield(lua, -2, "volume_record");
    lua_pop(lua, 1);
}
