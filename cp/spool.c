/*
 * spool.c - the store of spool files (see spool.h; compare DMKSPL)
 *
 * Records lie one behind the other in blocks of a frame: length (2 bytes),
 * command code (1), the bytes.  No record crosses blocks.  A file without
 * records has no blocks.
 */
#include "spool.h"

#include <string.h>

#include "clock.h"
#include "directory.h"
#include "vm.h"

#define HEADER 3
#define MAX_NUMBER 9999

static struct spool_file *files, *last_file;
static uint16_t last_number;

const char *
spool_kind_name(enum spool_kind kind)
{
    static const char *const names[] = {
        [SPOOL_RDR] = "RDR", [SPOOL_PRT] = "PRT", [SPOOL_PUN] = "PUN"};

    return names[kind];
}

static void
list_append(struct spool_file *file)
{
    file->next = NULL;
    if (last_file != NULL)
        last_file->next = file;
    else
        files = file;
    last_file = file;
}

static void
list_remove(struct spool_file *file)
{
    struct spool_file **at = &files, *before = NULL;

    while (*at != file) {
        if (*at == NULL)
            panic("spool file %u is in no list", file->number);
        before = *at;
        at = &(*at)->next;
    }
    *at = file->next;
    if (last_file == file)
        last_file = before;
}

struct spool_file *
spool_find(uint32_t number)
{
    struct spool_file *file = files;

    while (file != NULL && file->number != number)
        file = file->next;
    return file;
}

/* What a user's files take now. */
static void
charged_to(const char *userid, uint32_t *nfiles, uint32_t *nblocks)
{
    struct spool_file *file;

    *nfiles = *nblocks = 0;
    for (file = files; file != NULL; file = file->next)
        if (strcmp(file->charged, userid) == 0) {
            ++*nfiles;
            *nblocks += file->nblocks;
        }
}

struct spool_file *
spool_create(const char *charged, enum spool_kind kind)
{
    const struct dir_user *user;
    struct spool_file *file;
    uint32_t nfiles, nblocks;

    charged_to(charged, &nfiles, &nblocks);
    if (nfiles >= SPOOL_FILES_A_USER)
        return NULL;
    file = block_get(sizeof *file);
    if (file == NULL)
        return NULL;
    /* Far fewer than 9999 files fit, so a free number is found. */
    do {
        last_number = (uint16_t)(last_number % MAX_NUMBER + 1);
    } while (spool_find(last_number) != NULL);
    file->number = last_number;
    file->kind = kind;
    file->made = kind;
    file->open = true;
    file->class = 'A';
    file->copies = 1;
    strcpy(file->charged, charged);
    strcpy(file->owner, charged);
    strcpy(file->origin, charged);
    user = directory_find(charged);
    strcpy(file->dist, user != NULL ? user->dist : charged);
    file->tod = tod_now();
    list_append(file);
    return file;
}

/* One more block at the end of a file; false: quota, or no storage. */
static bool
add_block(struct spool_file *file)
{
    struct spool_block *block;
    uint32_t nfiles, nblocks;

    charged_to(file->charged, &nfiles, &nblocks);
    if (nblocks >= SPOOL_BLOCKS_A_USER)
        return false;
    block = (struct spool_block *)frame_get();
    if (block == NULL)
        return false;
    if (file->last != NULL)
        file->last->next = block;
    else
        file->first = block;
    file->last = block;
    file->nblocks++;
    return true;
}

bool
spool_put(struct spool_file *file, uint8_t code, const void *data, uint32_t len)
{
    struct spool_block *block = file->last;
    uint8_t *to;

    if (block == NULL || block->used + HEADER + len > sizeof block->data) {
        if (!add_block(file))
            return false;
        block = file->last;
    }
    to = block->data + block->used;
    to[0] = (uint8_t)(len >> 8);
    to[1] = (uint8_t)len;
    to[2] = code;
    memcpy(to + HEADER, data, len);
    block->used += HEADER + len;
    file->records++;
    return true;
}

void
spool_rewind(struct spool_file *file)
{
    file->at = file->first;
    file->at_byte = 0;
}

bool
spool_at_end(const struct spool_file *file)
{
    return file->at == NULL ||
           (file->at_byte >= file->at->used && file->at->next == NULL);
}

bool
spool_get(struct spool_file *file, uint8_t *code, void *data, uint32_t *len)
{
    const uint8_t *from;

    if (spool_at_end(file))
        return false;
    if (file->at_byte >= file->at->used) {
        file->at = file->at->next;
        file->at_byte = 0;
    }
    from = file->at->data + file->at_byte;
    *len = (uint32_t)from[0] << 8 | from[1];
    *code = from[2];
    memcpy(data, from + HEADER, *len);
    file->at_byte += HEADER + *len;
    return true;
}

void
spool_enqueue(struct spool_file *file)
{
    list_remove(file);
    list_append(file);
    file->open = false;
    spool_rewind(file);
}

struct spool_file *
spool_copy(const struct spool_file *file, const char *owner)
{
    struct spool_file *copy = spool_create(owner, file->kind);
    const struct spool_block *block;

    if (copy == NULL)
        return NULL;
    copy->made = file->made;
    copy->class = file->class;
    strcpy(copy->origin, file->origin);
    strcpy(copy->name, file->name);
    strcpy(copy->type, file->type);
    for (block = file->first; block != NULL; block = block->next) {
        if (!add_block(copy)) {
            spool_purge(copy);
            return NULL;
        }
        copy->last->used = block->used;
        memcpy(copy->last->data, block->data, block->used);
    }
    copy->records = file->records;
    return copy;
}

void
spool_purge(struct spool_file *file)
{
    struct spool_block *block;

    while ((block = file->first) != NULL) {
        file->first = block->next;
        frame_put((uint32_t)block);
    }
    list_remove(file);
    block_put(file, sizeof *file);
}

struct spool_file *
spool_next(struct spool_file *after, const char *owner, enum spool_kind kind)
{
    struct spool_file *file = after == NULL ? files : after->next;

    while (file != NULL && (file->open || file->kind != kind ||
                            (owner != NULL && strcmp(file->owner, owner) != 0)))
        file = file->next;
    return file;
}
