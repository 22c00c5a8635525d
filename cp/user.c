/*
 * user.c - finding a user in the directory (compare DMKUDR)
 *
 * The table itself is made from cp/directory.direct by cp/mkdirect.c.
 */
#include <string.h>

#include "directory.h"

const struct dir_user *
directory_find(const char *userid)
{
    uint32_t i;

    for (i = 0; i < directory_count; i++)
        if (strcmp(directory[i].userid, userid) == 0)
            return &directory[i];
    return NULL;
}
