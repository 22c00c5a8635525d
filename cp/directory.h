/*
 * directory.h - who may log on, and with what (compare the VM/370 directory)
 *
 * build/cp/directory.c is made from cp/directory.direct by cp/mkdirect.c when
 * CP is built.
 */
#ifndef CP_DIRECTORY_H
#define CP_DIRECTORY_H

#include <stdbool.h>
#include <stdint.h>

struct dir_device {
    uint16_t vaddr;
    uint8_t class;    /* enum vdev_class */
    char spool_class; /* 'A'; a reader's may be '*' */
    /* minidisk */
    uint16_t first_cylinder, cylinders;
    char volser[7];
    bool may_write;
};

struct dir_user {
    char userid[9]; /* EBCDIC */
    char password[9];
    char dist[9]; /* distribution code, for separator pages */
    uint32_t storage_bytes, max_bytes;
    uint32_t classes; /* CLASS() bits of command.h */
    bool ecmode;      /* OPTION ECMODE: extended control mode */
    uint32_t ndevices;
    const struct dir_device *devices;
};

extern const struct dir_user directory[];
extern const uint32_t directory_count;

/* user.c.  NULL when the directory does not have the user. */
const struct dir_user *directory_find(const char *userid);

#endif
