/*
 * media.h - the files behind devices, as a snapshot and a replay see them
 */
#ifndef IO_MEDIA_H
#define IO_MEDIA_H

#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>

struct device;
struct machine;
struct state;

/* A machine whose media are private (machine_options) works on a copy of each
 * file that goes when it is closed.  Takes `fd`, gives what to use in its
 * place; -1 after machine_fail(), with fd closed. */
int media_private(struct machine *m, uint16_t devno, const char *path, int fd);
/* Open the file that takes a printer's or a punch's output; with private media
 * a file that has no name.  NULL after machine_fail(). */
FILE *media_paper(struct device *dev, const char *path);

/* The contents of a volume, of a fixed size.  Only what differs is written. */
void media_volume_state(struct device *dev, struct state *s, int fd,
                        uint64_t size, bool read_only);
/* Likewise of a reel, of any size. */
void media_reel_state(struct device *dev, struct state *s, int fd,
                      bool read_only);
/* The number of bytes printed or punched, which loading holds against
 * OUTLIMIT. */
void media_written_state(struct device *dev, struct state *s, uint64_t *nbytes);
/* What was printed or punched.  A file that cannot be read again, a pipe, is
 * left as it is. */
void media_paper_state(struct device *dev, struct state *s, FILE *file,
                       uint64_t nbytes);

#endif
