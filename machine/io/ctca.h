/*
 * ctca.h - the two ends of a channel-to-channel adapter, and the line between
 *
 * Each end is a device.  What one end must know of the other comes to it in
 * messages, called directly when both are in one machine, over a socket when
 * they are not: the ends work in the same way.
 *
 *   COMMAND   my channel has started this command, and waits
 *   WITHDRAW  it does not wait any more
 *   SENSED    your CONTROL was seen by SENSE COMMAND BYTE
 *   WANT n    I read: give me up to n bytes of what you write
 *   DATA      here they are; `code` is 1 with the last of all
 *   END       I have read all I want
 *
 * What comes over a line is noted for a record of the run, all that one look at
 * it has brought together.  In a replay no line is opened, and the looks bring
 * what the record says.
 */
#ifndef IO_CTCA_H
#define IO_CTCA_H

#include "channel.h"

enum ctca_message {
    CTCA_COMMAND = 1,
    CTCA_WITHDRAW,
    CTCA_SENSED,
    CTCA_WANT,
    CTCA_DATA,
    CTCA_END,
};

/* In one message. */
enum { CTCA_DATA_MAX = 65536 };

struct ctca_line;

/* dev_ctca.c, for the line: a message from the other end; `data` only with
 * DATA, otherwise len alone says what it does.  False: it makes no sense. */
bool ctca_receive(struct device *dev, enum ctca_message type, uint8_t code,
                  const uint8_t *data, uint32_t len);
/* The other end is there: tell it what waits here; it is gone. */
void ctca_line_up(struct device *dev);
void ctca_line_down(struct device *dev);
/* Its line, or NULL. */
struct ctca_line *ctca_line_of(struct device *dev);

/* ctca_line.c: a socket that waits at "[HOST:]PORT" or calls "HOST:PORT"; it
 * then tries again and again.  NULL after machine_fail(). */
struct ctca_line *ctca_line_open(struct device *dev, const char *place,
                                 bool listens);
void ctca_line_close(struct ctca_line *line);
/* Whether the other side is there, and when the next look is, for a snapshot.
 */
void ctca_line_state(struct ctca_line *line, struct state *s);
/* Does this end call?  It gives way when both ends begin at once. */
bool ctca_line_calls(const struct ctca_line *line);
/* Lost when the other end is not there. */
void ctca_line_send(struct ctca_line *line, enum ctca_message type,
                    uint8_t code, const uint8_t *data, uint32_t len);

#endif
