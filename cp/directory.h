/*
 * directory.h - who may log on, and with what (compare the VM/370 directory)
 *
 * build/cp/directory.c is made from cp/directory.direct by cp/mkdirect.c when
 * CP is built.
 */
#ifndef CP_DIRECTORY_H
#define CP_DIRECTORY_H

#include <stdint.h>

struct dir_device {
    uint16_t vaddr;
    uint8_t class;     /* enum vdev_class */
    char spool_class;  /* 'A' */
};

struct dir_user {
    char userid[9];    /* EBCDIC */
    char password[9];
    uint32_t storage_bytes, max_bytes;
    uint32_t classes;  /* bit 1 << 0 for A */
    uint32_t ndevices;
    const struct dir_device *devices;
};

extern const struct dir_user directory[];
extern const uint32_t directory_count;

const struct dir_user *directory_find(const char *userid);

#endif
