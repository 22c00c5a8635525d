/*
 * ccwtrans.c - from a virtual channel program for a minidisk to a real one
 * (compare DMKCCW; GA22-7000, "Execution of I/O Operations"; GA26-1617,
 * "Channel Commands")
 *
 * Every CCW is copied, once: what a guest changes afterwards has no effect.
 *   data      get IDAWs to the frames of the guest's pages.  An address that
 *             is not in the guest's storage gets an IDAW that the real channel
 *             checks, at the moment when it comes to it.
 *   TIC       leads to the copy of its target.
 *   seeks     have their argument copied, with the cylinder counted from the
 *             beginning of the volume; one that is not on the minidisk becomes
 *             one that is on no volume, so that the device itself refuses it.
 *   writes    on a minidisk that may not be written, and commands that the
 *             real device shall not get, become a command that it rejects.
 * The key of the CAW is that of the real program, and the frames' keys are the
 * guest's, so the channel does the protection.
 *
 * A CCW that is in itself wrong becomes one that the real channel finds wrong.
 * So checks come when they should, and the CSW is right when its address is
 * translated back.
 *
 * The real program begins with a seek to where this minidisk's arm was left,
 * for others have moved the real one.  It always comes to an end: a TIC goes
 * back only behind a search, which the device gives up after two revolutions.
 * At any other TIC that goes back the program is cut, and goes on as another.
 *
 * During IPL a program reads its own CCWs.  It is executed again and again,
 * each time with one more TIC to a place that is new (vdisk.c).
 */
#include <string.h>

#include "vdisk.h"

#define REJECTED 0xFB        /* a command that no disk has */
#define BAD_IDAW 0xFF000000u /* a program check when it is used */
#define PLACES 24            /* targets of TICs that are not copied yet */
#define MULTI_TRACK 0x80
#define NO_CYLINDER 0xFFFF

enum {
    CMD_RECALIBRATE = 0x13,
    CMD_SEEK_CYLINDER = 0x0B,
    CMD_SEARCH_HA = 0x39,
    CMD_RESTORE = 0x17,
    CMD_WRITE_HA = 0x19,
};

/* A TIC of the copy whose target is still to be copied. */
struct place {
    unsigned tic;
    uint32_t target;
};

struct translator {
    struct vdev *dev;
    struct disk_io *io;
    struct place place[PLACES];
    unsigned nplaces;
};

/* ---- kinds of commands --------------------------------------------------- */

static bool
is_one_of(uint8_t code, const uint8_t *codes, size_t n)
{
    return memchr(codes, code, n) != NULL;
}

static bool
is_search(uint8_t code)
{
    static const uint8_t searches[] = {0x29, 0x2D, 0x31, 0x39, 0x49,
                                       0x4D, 0x51, 0x69, 0x6D, 0x71};

    return is_one_of(code & (uint8_t)~MULTI_TRACK, searches, sizeof searches);
}

static bool
is_write(uint8_t code)
{
    static const uint8_t writes[] = {0x01, 0x05, 0x0D, 0x11, 0x15, 0x19, 0x1D};

    return is_one_of(code, writes, sizeof writes);
}

/* What a guest may give to the real device, besides searches and writes. */
static bool
is_other(uint8_t code)
{
    static const uint8_t reads[] = {0x02, 0x06, 0x0E, 0x12, 0x16, 0x1A, 0x1E};
    static const uint8_t others[] = {0x03, 0x04, 0x07, 0x0B, 0x0F, 0x13,
                                     0x17, 0x1B, 0x1F, 0x22, 0x23};

    return is_one_of(code & (uint8_t)~MULTI_TRACK, reads, sizeof reads) ||
           is_one_of(code, others, sizeof others);
}

/* ---- adding to the real program ------------------------------------------ */

static bool
full(const struct translator *t)
{
    return t->io->nccws >= DISK_CCWS - 4 || t->io->nargs >= DISK_ARGS - 2 ||
           t->io->nidaws >= DISK_IDAWS - 34;
}

static struct ccw *
add(struct translator *t, uint32_t vaddr, struct ccw ccw)
{
    struct disk_io *io = t->io;

    io->ccw[io->nccws] = ccw;
    io->vaddr[io->nccws] = (vaddr + 8) & 0xFFFFFF;
    return &io->ccw[io->nccws++];
}

/* A CCW that ends the program with this channel status. */
static void
add_check(struct translator *t, uint32_t vaddr, uint8_t check)
{
    t->io->check[t->io->nccws] = check;
    add(t, vaddr, CCW_MAKE(CCW_NOP, 0, 0, 0));
}

static struct disk_arg *
add_arg(struct translator *t)
{
    return &t->io->arg[t->io->nargs++];
}

static void
put_cylinder(uint8_t *at, uint32_t cylinder)
{
    at[0] = (uint8_t)(cylinder >> 8);
    at[1] = (uint8_t)cylinder;
}

/* A minidisk's cylinder on the volume. */
static uint32_t
real_cylinder(const struct vdev *dev, uint32_t cylinder)
{
    return cylinder < dev->cylinders ? dev->first_cylinder + cylinder
                                     : NO_CYLINDER;
}

static void
add_seek(struct translator *t, uint32_t vaddr, uint32_t cylinder, uint32_t head,
         uint8_t flags)
{
    struct disk_arg *arg = add_arg(t);

    put_cylinder(arg->bytes + 2, real_cylinder(t->dev, cylinder));
    put_cylinder(arg->bytes + 4, head);
    add(t, vaddr, CCW_MAKE(CCW_DISK_SEEK, arg, flags, 6));
}

/* ---- data ---------------------------------------------------------------- */

static uint32_t
real_idaw(struct translator *t, uint32_t gaddr)
{
    uint32_t frame = guest_frame(t->dev->vm, gaddr);

    return frame == 0 ? BAD_IDAW : frame + gaddr % 4096;
}

/* Give *ccw a list of IDAWs for its data. */
static void
add_idaws(struct translator *t, struct ccw *ccw)
{
    struct disk_io *io = t->io;
    uint32_t at = ccw->addr, left = ccw->count, list = ccw->addr, part;
    uint32_t *first = &io->idaw[io->nidaws];
    bool indirect = (ccw->flags & CCW_IDA) != 0;

    for (; left > 0; left -= part, at += part) {
        uint32_t real;

        if (indirect) {
            bool fetched =
                list % 4 == 0 && guest_fetch_key(t->dev->vm, list, &at, 4,
                                                 t->dev->ccw_key) == PGM_NONE;

            if (!fetched || at & 0xFF000000 ||
                (list != ccw->addr && at % 2048 != 0))
                at = BAD_IDAW;
            list += 4;
        }
        real = at == BAD_IDAW ? BAD_IDAW : real_idaw(t, at);
        io->idaw[io->nidaws++] = real;
        if (real == BAD_IDAW)
            break;
        part = 2048 - at % 2048;
        if (part > left)
            part = left;
    }
    /* A list on a boundary that is none stays so. */
    ccw->addr = (uint32_t)first + (indirect ? list % 4 : 0);
    ccw->flags |= CCW_IDA;
}

/* The first len bytes that a CCW sends; false when they are not all there, in
 * one piece. */
static bool
argument(struct translator *t, const struct ccw *ccw, uint8_t *bytes,
         uint32_t len)
{
    uint32_t at = ccw->addr;

    if (ccw->count < len || ccw->flags & CCW_CD)
        return false;
    if (ccw->flags & CCW_IDA && guest_fetch_key(t->dev->vm, ccw->addr, &at, 4,
                                                t->dev->ccw_key) != PGM_NONE)
        return false;
    return guest_fetch_key(t->dev->vm, at, bytes, len, t->dev->ccw_key) ==
           PGM_NONE;
}

/* ---- commands ------------------------------------------------------------ */

/* SEEK, SEEK CYLINDER, SEARCH HOME ADDRESS: the cylinder in the argument, of
 * len bytes and with `zeros` bytes before the cylinder, is a minidisk's. */
static void
copy_place(struct translator *t, uint32_t vaddr, struct ccw ccw, uint32_t zeros,
           uint32_t len)
{
    struct disk_arg *arg = add_arg(t);
    uint8_t *cylinder = arg->bytes + zeros;

    if (!argument(t, &ccw, arg->bytes, len)) {
        /* Too short, or not there: the device or the channel says so; in
         * pieces: not ours. */
        if (ccw.flags & CCW_CD) {
            add_check(t, vaddr, CSW_PROGRAM_CHECK);
            return;
        }
        add_idaws(t, &ccw);
        add(t, vaddr, ccw);
        return;
    }
    put_cylinder(cylinder, real_cylinder(t->dev, (uint32_t)cylinder[0] << 8 |
                                                     cylinder[1]));
    ccw.flags &= (uint8_t)~CCW_IDA;
    ccw.addr = (uint32_t)arg;
    add(t, vaddr, ccw);
}

/* READ IPL: record 1 of cylinder 0, head 0 of the minidisk. */
static void
copy_read_ipl(struct translator *t, uint32_t vaddr, struct ccw ccw)
{
    struct disk_arg *id = add_arg(t);
    struct ccw *search;

    add_seek(t, vaddr, 0, 0, CCW_CC);
    id->bytes[4] = 1;
    search = add(t, vaddr, CCW_MAKE(CCW_DISK_SEARCH_ID, id, CCW_CC, 5));
    add(t, vaddr, CCW_MAKE(CCW_TIC, search, 0, 1));
    ccw.code = CCW_DISK_READ;
    add_idaws(t, &ccw);
    add(t, vaddr, ccw);
}

static bool
refused(const struct vdev *dev, uint8_t code)
{
    if (is_write(code))
        return !dev->may_write ||
               (code == CMD_WRITE_HA && dev->first_cylinder != 0);
    return !is_search(code) && !is_other(code);
}

/* Copy a command, or a CCW that goes on with one by data chaining. */
static void
copy_command(struct translator *t, uint32_t vaddr, struct ccw ccw, bool chained)
{
    if (ccw.flags & CCW_PCI)
        t->dev->pci = true;
    ccw.flags &= (uint8_t)~CCW_PCI;
    if (!chained && refused(t->dev, ccw.code))
        ccw.code = REJECTED;
    if (chained) {
        add_idaws(t, &ccw);
        add(t, vaddr, ccw);
        return;
    }
    switch (ccw.code) {
    case CCW_DISK_SEEK:
    case CMD_SEEK_CYLINDER:
        copy_place(t, vaddr, ccw, 2, 6);
        return;
    case CMD_SEARCH_HA:
    case CMD_SEARCH_HA | MULTI_TRACK:
        copy_place(t, vaddr, ccw, 0, 4);
        return;
    case CMD_RECALIBRATE:
        add_seek(t, vaddr, 0, 0, (ccw.flags & CCW_CC) | CCW_SLI);
        return;
    case CCW_READ_IPL:
    case CCW_READ_IPL | MULTI_TRACK:
        copy_read_ipl(t, vaddr, ccw);
        return;
    case CCW_NOP:
    case CMD_RESTORE:
        ccw.addr = 0;
        ccw.flags &= (uint8_t)~CCW_IDA;
        break;
    default:
        add_idaws(t, &ccw);
        break;
    }
    add(t, vaddr, ccw);
}

/* ---- chaining ------------------------------------------------------------ */

/* The copy of the command at vaddr, if there is one; a TIC is none, nor is the
 * seek before all. */
static struct ccw *
copy_of(const struct translator *t, uint32_t vaddr)
{
    unsigned i;

    for (i = 1; i < t->io->nccws; i++)
        if (t->io->vaddr[i] == ((vaddr + 8) & 0xFFFFFF) &&
            t->io->ccw[i].code != CCW_TIC && t->io->check[i] == 0)
            return &t->io->ccw[i];
    return NULL;
}

/* End the real program before this CCW; another goes on there. */
static void
cut(struct translator *t, uint32_t at)
{
    struct disk_io *io = t->io;

    io->cut = true;
    io->resume_at = at;
    if (io->nccws > 0)
        io->ccw[io->nccws - 1].flags &= (uint8_t)~CCW_CC;
}

/* A TIC at vaddr.  False: the program was cut here. */
static bool
copy_tic(struct translator *t, uint32_t vaddr, uint32_t target,
         bool after_search)
{
    struct ccw *copy = copy_of(t, target);

    if (target % 8 != 0) {
        add_check(t, vaddr, CSW_PROGRAM_CHECK);
        return true;
    }
    if (copy != NULL ? !after_search
                     : t->dev->ipl_done != NULL && t->io->jumps-- == 0) {
        cut(t, target);
        return false;
    }
    if (copy == NULL) {
        if (t->nplaces == PLACES) {
            add_check(t, vaddr, CSW_PROGRAM_CHECK);
            return true;
        }
        t->place[t->nplaces++] = (struct place){t->io->nccws, target};
    }
    add(t, vaddr, CCW_MAKE(CCW_TIC, copy, 0, 1));
    return true;
}

/* Copy CCWs from `at` on as long as one leads to the next.  When there is none
 * at `at`, the CSW tells of the one at `from`, the TIC that leads there. */
static void
copy_chain(struct translator *t, uint32_t at, uint32_t from)
{
    bool chained = false, after_search = false, after_tic = false;

    for (;; at = (at + 8) & 0xFFFFFF, from = at) {
        struct vdev *dev = t->dev;
        struct ccw ccw;
        int pgm = guest_fetch_key(dev->vm, at, &ccw, sizeof ccw, dev->ccw_key);

        if (pgm != PGM_NONE || full(t)) {
            add_check(t, from,
                      pgm == PGM_PROTECTION ? CSW_PROTECTION_CHECK
                                            : CSW_PROGRAM_CHECK);
            return;
        }
        if ((ccw.code & 0x0F) == CCW_TIC) {
            if (after_tic)
                add_check(t, at, CSW_PROGRAM_CHECK);
            if (after_tic || !copy_tic(t, at, ccw.addr, after_search) ||
                !after_search)
                return;
            after_search = false;
            after_tic = true;
            continue;
        }
        after_tic = false;
        if (ccw.flags & 0x03 || ccw.count == 0) {
            add_check(t, at, CSW_PROGRAM_CHECK);
            return;
        }
        copy_command(t, at, ccw, chained);
        if (!chained)
            after_search = is_search(ccw.code);
        chained = (ccw.flags & CCW_CD) != 0;
        if (!(ccw.flags & (CCW_CD | CCW_CC)))
            return;
    }
}

void
ccw_translate(struct vdev *dev, struct disk_io *io, uint32_t at)
{
    struct translator t = {.dev = dev, .io = io};

    add_seek(&t, at, dev->cylinder, dev->head, CCW_CC);
    if (dev->ipl_done != NULL) {
        copy_command(&t, 0, dev->first_ccw, false);
        if (io->jumps == 0)
            cut(&t, at);
        else
            io->jumps--;
    }
    if (!io->cut)
        copy_chain(&t, at, at);
    while (t.nplaces > 0) {
        struct place place = t.place[--t.nplaces];
        struct ccw *copy = copy_of(&t, place.target);

        if (copy == NULL) {
            copy = &io->ccw[io->nccws];
            copy_chain(&t, place.target, io->vaddr[place.tic] - 8);
        }
        io->ccw[place.tic].addr = (uint32_t)copy;
    }
}

unsigned
ccw_index(const struct disk_io *io, uint32_t raddr)
{
    uint32_t i = (raddr - (uint32_t)io->ccw) / sizeof(struct ccw);

    return i > 0 && i <= io->nccws ? i - 1 : 0;
}

void
ccw_arm(struct vdev *dev, const struct disk_io *io, unsigned last)
{
    for (;; last--) {
        const struct ccw *ccw = &io->ccw[last];
        const uint8_t *arg = (const uint8_t *)(uint32_t)ccw->addr;
        uint32_t cylinder;

        if ((ccw->code == CCW_DISK_SEEK || ccw->code == CMD_SEEK_CYLINDER) &&
            !(ccw->flags & CCW_IDA)) {
            cylinder = (uint32_t)arg[2] << 8 | arg[3];
            if (cylinder != NO_CYLINDER && arg[5] < DISK_HEADS) {
                dev->cylinder = (uint16_t)(cylinder - dev->first_cylinder);
                dev->head = arg[5];
                return;
            }
        }
        if (last == 0)
            return;
    }
}
