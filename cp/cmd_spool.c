/*
 * cmd_spool.c - SPOOL and CLOSE: what happens to the files of the virtual
 * unit record devices (compare DMKCSP; GC20-1820, "SPOOL", "CLOSE")
 *
 * Both name one device by its address or all of a kind.  All operands are
 * checked before anything is changed.
 */
#include <string.h>

#include "console.h"
#include "directory.h"
#include "query.h"
#include "vdevice.h"

/* Which devices a command is about. */
struct target {
    struct vdev *one; /* or, when NULL, all of: */
    enum vdev_class class;
};

/* What SPOOL is to change. */
struct spool_options {
    char class; /* 0: as it is; the same for the others */
    bool cont, nocont, hold, nohold, eof, noeof;
    uint32_t copies;
    bool dest_given, dest_for;
    char dest[9];
    bool close, purge;
};

static bool
take_target(struct vm *vm, const char *word, struct target *target)
{
    static const enum vdev_class class_of[] = {[SPOOL_RDR] = VDEV_READER,
                                               [SPOOL_PRT] = VDEV_PRINTER,
                                               [SPOOL_PUN] = VDEV_PUNCH};
    enum spool_kind kind;

    target->one = NULL;
    if (word == NULL) {
        error_operand(vm, "DMKCSP");
        return false;
    }
    if (word_spool_kind(word, &kind)) {
        target->class = class_of[kind];
        return true;
    }
    target->one = word_device(vm, "DMKCSP", word);
    if (target->one == NULL)
        return false;
    target->class = target->one->class;
    if (target->class == VDEV_CONSOLE || target->class == VDEV_DISK) {
        cp_error(vm, "DMKCSP006E", "INVALID DEVICE TYPE - %03X",
                 target->one->vaddr);
        return false;
    }
    return true;
}

static bool
is_target(const struct target *target, const struct vdev *dev)
{
    return target->one != NULL ? target->one == dev
                               : target->class == dev->class;
}

/* ---- SPOOL --------------------------------------------------------------- */

static bool
conflict(struct vm *vm, const char *word)
{
    cp_error(vm, "DMKCSP013E", "CONFLICTING OPTION - %s", word);
    return false;
}

static bool
take_class(struct vm *vm, const struct target *target, const char *word,
           struct spool_options *o)
{
    bool any =
        word != NULL && strcmp(word, "*") == 0 && target->class == VDEV_READER;

    if (!any && !word_spool_class(word)) {
        cp_error(vm, "DMKCSP028E", "CLASS MISSING OR INVALID");
        return false;
    }
    o->class = word[0];
    return true;
}

static bool
take_copies(struct vm *vm, const char *word, struct spool_options *o)
{
    if (word_decimal(word, 99, &o->copies) && o->copies > 0)
        return true;
    cp_error(vm, "DMKCSP030E", "COPIES MISSING OR INVALID");
    return false;
}

/* TO userid, FOR userid: * is the user himself, SYSTEM the real device. */
static bool
take_dest(struct vm *vm, const char *word, bool dest_for,
          struct spool_options *o)
{
    if (word == NULL || strlen(word) > USERID_LEN) {
        cp_error(vm, "DMKCSP020E", "USERID MISSING OR INVALID");
        return false;
    }
    o->dest_given = true;
    o->dest_for = dest_for;
    if (strcmp(word, "SYSTEM") == 0) {
        o->dest[0] = 0;
        return true;
    }
    if (strcmp(word, "*") == 0)
        word = vm->userid;
    if (directory_find(word) == NULL) {
        cp_error(vm, "DMKCSP053E", "%s NOT IN CP DIRECTORY", word);
        return false;
    }
    strcpy(o->dest, word);
    return true;
}

/* An option that punches and printers have, and readers have not. */
static bool
take_output_option(struct vm *vm, struct words *w, const char *word,
                   struct spool_options *o)
{
    if (word_is(word, "COPY", 2))
        return take_copies(vm, word_next(w), o);
    if (word_is(word, "TO", 1))
        return take_dest(vm, word_next(w), false, o);
    if (word_is(word, "FOR", 1))
        return take_dest(vm, word_next(w), true, o);
    if (word_is(word, "OFF", 3))
        return take_dest(vm, "SYSTEM", false, o);
    if (word_is(word, "CLOSE", 5))
        o->close = true;
    else if (word_is(word, "PURGE", 2))
        o->close = o->purge = true;
    else {
        error_option(vm, "DMKCSP", word);
        return false;
    }
    return true;
}

static bool
take_option(struct vm *vm, const struct target *target, struct words *w,
            const char *word, struct spool_options *o)
{
    bool reader = target->class == VDEV_READER;

    if (word_is(word, "CLASS", 2))
        return take_class(vm, target, word_next(w), o);
    if (word_is(word, "CONT", 3))
        o->cont = true;
    else if (word_is(word, "NOCONT", 3))
        o->nocont = true;
    else if (word_is(word, "HOLD", 2))
        o->hold = true;
    else if (word_is(word, "NOHOLD", 3))
        o->nohold = true;
    else if (reader && word_is(word, "EOF", 3))
        o->eof = true;
    else if (reader && word_is(word, "NOEOF", 3))
        o->noeof = true;
    else if (!reader)
        return take_output_option(vm, w, word, o);
    else {
        error_option(vm, "DMKCSP", word);
        return false;
    }
    if ((o->cont && o->nocont) || (o->hold && o->nohold) ||
        (o->eof && o->noeof))
        return conflict(vm, word);
    return true;
}

static void
apply(struct vdev *dev, const struct spool_options *o)
{
    struct spool_closing closing;

    if (o->class != 0)
        dev->spool_class = o->class;
    if (o->cont || o->nocont)
        dev->cont = o->cont;
    if (o->hold || o->nohold)
        dev->hold = o->hold;
    if (o->eof || o->noeof)
        dev->eof = o->eof;
    if (o->copies > 0)
        dev->copies = (uint8_t)o->copies;
    if (o->dest_given) {
        strcpy(dev->dest, o->dest);
        dev->dest_for = o->dest_for;
    }
    if (o->close) {
        memset(&closing, 0, sizeof closing);
        closing.purge = o->purge;
        spool_close(dev, &closing);
    }
}

void
cmd_spool(struct vm *vm, struct words *w)
{
    struct spool_options options;
    struct target target;
    struct vdev *dev;
    const char *word;

    memset(&options, 0, sizeof options);
    if (!take_target(vm, word_next(w), &target))
        return;
    word = word_next(w);
    if (word == NULL) {
        error_operand(vm, "DMKCSP");
        return;
    }
    for (; word != NULL; word = word_next(w))
        if (!take_option(vm, &target, w, word, &options))
            return;
    for (dev = vm->devices; dev != NULL; dev = dev->next)
        if (is_target(&target, dev))
            apply(dev, &options);
}

/* ---- CLOSE --------------------------------------------------------------- */

/* A word of a file's name, or the distribution code. */
static bool
take_name(struct vm *vm, const char *word, char to[9])
{
    if (word == NULL || strlen(word) > 8) {
        error_operand(vm, "DMKCSP");
        return false;
    }
    strcpy(to, word);
    return true;
}

static bool
take_closing(struct vm *vm, const struct target *target, struct words *w,
             const char *word, struct spool_closing *closing)
{
    bool reader = target->class == VDEV_READER;

    if (word_is(word, "HOLD", 2))
        closing->hold = true;
    else if (word_is(word, "NOHOLD", 3))
        closing->nohold = true;
    else if (!reader && word_is(word, "PURGE", 2))
        closing->purge = true;
    else if (!reader && word_is(word, "DIST", 2))
        return take_name(vm, word_next(w), closing->dist);
    else if (!reader && word_is(word, "NAME", 1)) {
        if (!take_name(vm, word_next(w), closing->name))
            return false;
        word = word_next(w);
        return word == NULL || take_name(vm, word, closing->type);
    } else {
        error_option(vm, "DMKCSP", word);
        return false;
    }
    if (closing->hold && closing->nohold)
        return conflict(vm, word);
    return true;
}

void
cmd_close(struct vm *vm, struct words *w)
{
    struct spool_closing closing;
    struct target target;
    struct vdev *dev;
    const char *word;

    memset(&closing, 0, sizeof closing);
    if (!take_target(vm, word_next(w), &target))
        return;
    while ((word = word_next(w)) != NULL)
        if (!take_closing(vm, &target, w, word, &closing))
            return;
    for (dev = vm->devices; dev != NULL; dev = dev->next) {
        if (!is_target(&target, dev))
            continue;
        /* SPOOL CONT: output goes on in the same file. */
        if (dev->class != VDEV_READER && dev->cont && !closing.purge)
            continue;
        spool_close(dev, &closing);
    }
}
