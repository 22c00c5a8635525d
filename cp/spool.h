/*
 * spool.h - spool files (compare SFBLOK and DMKSPL of VM/370)
 *
 * A spool file is a list of records in CP's storage: cards for a reader,
 * cards or lines on their way to a punch or printer.  Every file is in one
 * list; an owner's queue are the files of one kind that have his name, oldest
 * first.  spool.c keeps files, vspool.c closes what a virtual device wrote or
 * read, realreader.c fills readers from the real one, realoutput.c prints
 * and punches.
 *
 * What a file takes is charged to the user who made it: he may have
 * SPOOL_FILES_A_USER files and SPOOL_BLOCKS_A_USER blocks, so nobody can fill
 * CP's storage or another user's share.
 */
#ifndef CP_SPOOL_H
#define CP_SPOOL_H

#include <stdbool.h>
#include <stdint.h>

#include "frame.h"

#define SPOOL_FILES_A_USER 100
#define SPOOL_BLOCKS_A_USER 128 /* 512 KiB */
#define CARD_COLUMNS 80
#define PRINT_COLUMNS 132

struct vm;
struct vdev;

enum spool_kind { SPOOL_RDR, SPOOL_PRT, SPOOL_PUN };

struct spool_block {
    struct spool_block *next;
    uint32_t used;
    uint8_t data[FRAME_SIZE - 8]; /* length, command code, bytes; ... */
};
_Static_assert(sizeof(struct spool_block) == FRAME_SIZE, "a block is a frame");

struct spool_file {
    struct spool_file *next;
    uint16_t number;      /* 1-9999, the spoolid */
    enum spool_kind kind; /* the queue it is in */
    enum spool_kind made; /* kind of the device that made it */
    bool open;            /* being written: in no queue yet */
    bool busy;            /* being read, printed or punched */
    bool hold;            /* user hold: nobody takes it */
    char class;
    uint8_t copies;
    char owner[9], origin[9];
    char charged[9]; /* whose quota it takes */
    char dist[9], name[9], type[9];
    uint32_t records;
    uint64_t tod; /* when it was opened */
    /* records */
    uint32_t nblocks;
    struct spool_block *first, *last;
    struct spool_block *at; /* reading goes on here */
    uint32_t at_byte;
};

/* How to close, where it differs from what SPOOL said: CLOSE's operands. */
struct spool_closing {
    bool purge;
    bool hold, nohold;
    char dist[9], name[9], type[9]; /* "": as usual */
};

/* spool.c.  A new open file; NULL when `charged` has too many or there is no
 * storage. */
struct spool_file *spool_create(const char *charged, enum spool_kind kind);
/* Add a record; false, and nothing changed, when the quota or storage is used
 * up.  len is at most PRINT_COLUMNS. */
bool spool_put(struct spool_file *file, uint8_t code, const void *data,
               uint32_t len);
/* The next record: false at the end.  data has room for PRINT_COLUMNS. */
bool spool_get(struct spool_file *file, uint8_t *code, void *data,
               uint32_t *len);
bool spool_at_end(const struct spool_file *file);
void spool_rewind(struct spool_file *file);
/* An open file goes to the end of its owner's queue. */
void spool_enqueue(struct spool_file *file);
/* A second file with the same records, open, for another owner (who is
 * charged); NULL as spool_create(). */
struct spool_file *spool_copy(const struct spool_file *file, const char *owner);
void spool_purge(struct spool_file *file);
/* The first file after `after` (NULL: from the start) of a kind and owner
 * (NULL: any) that is in a queue. */
struct spool_file *spool_next(struct spool_file *after, const char *owner,
                              enum spool_kind kind);
struct spool_file *spool_find(uint32_t number);
/* "RDR", "PRT", "PUN". */
const char *spool_kind_name(enum spool_kind kind);

/* vspool.c.  Close what a virtual device has open; nothing when it has none.
 * closing NULL: as the device's options say. */
void spool_close(struct vdev *dev, const struct spool_closing *closing);
/* Refuse output of a guest: tell its user once, the reason in words. */
void spool_refuse(struct vdev *dev);
/* A file was put into a reader queue: tell its owner and his reader. */
void spool_arrived(struct spool_file *file);

/* realreader.c.  Read all decks of the real reader; drained() is called once
 * when it is empty (or absent).  Decks that come later are read as well. */
void realreader_start(void (*drained)(void));

/* realoutput.c */
void realoutput_init(void);
/* A file of this kind was queued or set free. */
void realoutput_kick(enum spool_kind kind);
/* Nothing is on its way to the real printer or punch, except to one that is
 * not ready. */
bool realoutput_idle(void);
/* separator.c.  Line n of the page before a printed file, 0-based, blank
 * padded; false: no more. */
bool separator_line(const struct spool_file *file, uint32_t n,
                    char line[PRINT_COLUMNS], uint8_t *code);

#endif
