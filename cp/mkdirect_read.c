/*
 * mkdirect_read.c - reads the statements of a directory and checks them
 *
 * A statement is a line of words; * begins a comment line.  USER begins a
 * user, the statements up to the next USER belong to him:
 *
 *   USER userid password storage [maximum [classes]]
 *   ACCOUNT number [distribution]
 *   OPTION ECMODE
 *   CONSOLE vaddr 3215
 *   SPOOL vaddr 2540 READER|PUNCH [class]     (3505, 3525, 1403, 3211 too)
 *   MDISK vaddr 3330 cylinder cylinders volume [mode]
 *
 * A wrong statement is told and the reading goes on, so that one run tells of
 * all.  What it left half done stays in the structures and is never written.
 * Source: GC20-1801, "Creating the Directory".
 */
#include <ctype.h>
#include <errno.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

#include "mkdirect.h"

#define MAX_WORDS 12
#define CYLINDERS_3330 808u /* of the 3330-11 */
#define LEAST_STORAGE 0x2000u
#define MOST_STORAGE 0x1000000u
#define PAGE 4096u

/* The words of one line, in upper case. */
struct line {
    int n;
    char *word[MAX_WORDS];
};

static void __attribute__((format(printf, 2, 3)))
error(struct directory *d, const char *format, ...)
{
    va_list args;

    fprintf(stderr, "%s:%d: ", d->file, d->line);
    va_start(args, format);
    vfprintf(stderr, format, args);
    va_end(args);
    fputc('\n', stderr);
    d->errors++;
}

/* ---- words --------------------------------------------------------------- */

/* Cut a line into words.  False, after a message, when there are too many. */
static bool
split(struct directory *d, char *text, struct line *line)
{
    char *at = text;

    line->n = 0;
    for (;;) {
        while (isspace((unsigned char)*at))
            at++;
        if (*at == '\0')
            return true;
        if (line->n == MAX_WORDS) {
            error(d, "more than %d words on a line", MAX_WORDS);
            return false;
        }
        line->word[line->n++] = at;
        for (; *at != '\0' && !isspace((unsigned char)*at); at++)
            *at = (char)toupper((unsigned char)*at);
        if (*at != '\0')
            *at++ = '\0';
    }
}

/* A name of 1 to 8 letters and digits. */
static bool
take_name(struct directory *d, const char *what, const char *word,
          char name[NAME_LEN + 1])
{
    size_t i, len = strlen(word);

    for (i = 0; i < len; i++)
        if (!isalnum((unsigned char)word[i]))
            break;
    if (i < len || len > NAME_LEN) {
        error(d, "%s '%s' is not 1 to %d letters and digits", what, word,
              NAME_LEN);
        return false;
    }
    memcpy(name, word, len + 1);
    return true;
}

/* A storage size, "512K" or "1M". */
static bool
take_storage(struct directory *d, const char *word, uint32_t *bytes)
{
    char *end;
    unsigned long value = strtoul(word, &end, 10);
    unsigned long unit = *end == 'K' ? 1024 : *end == 'M' ? 1024 * 1024 : 0;

    if (!isdigit((unsigned char)*word) || unit == 0 || end[1] != '\0') {
        error(d, "storage size '%s' is not a number followed by K or M", word);
        return false;
    }
    if (value > MOST_STORAGE / unit || value * unit < LEAST_STORAGE ||
        value * unit % PAGE != 0) {
        error(d, "storage size '%s' is not a multiple of 4K between 8K and 16M",
              word);
        return false;
    }
    *bytes = (uint32_t)(value * unit);
    return true;
}

static bool
take_classes(struct directory *d, const char *word, uint32_t *classes)
{
    *classes = 0;
    for (; *word != '\0'; word++) {
        if (*word < 'A' || *word > 'G') {
            error(d, "'%c' is not a privilege class: they are A to G", *word);
            return false;
        }
        *classes |= 1u << (*word - 'A');
    }
    return true;
}

/* ---- statements ---------------------------------------------------------- */

/* The user that the statements now belong to. */
static struct user *
current(struct directory *d)
{
    return &d->users[d->nusers - 1];
}

static struct user *
find_user(struct directory *d, const char *userid)
{
    size_t i;

    for (i = 0; i < d->nusers; i++)
        if (strcmp(d->users[i].userid, userid) == 0)
            return &d->users[i];
    return NULL;
}

/* The last user is complete: what must he have? */
static void
user_end(struct directory *d)
{
    struct user *user;
    int line = d->line;

    if (d->nusers == 0)
        return;
    user = current(d);
    d->line = user->line;
    if (!user->console && user->userid[0] != '\0')
        error(d, "user %s has no CONSOLE statement", user->userid);
    d->line = line;
}

static void
state_user(struct directory *d, const struct line *line)
{
    struct user user = {.line = d->line};
    struct user *other, *grown;

    user_end(d);
    grown = realloc(d->users, (d->nusers + 1) * sizeof(*grown));
    if (grown == NULL) {
        fprintf(stderr, "mkdirect: out of memory\n");
        exit(2);
    }
    d->users = grown;
    if (line->n < 4 || line->n > 6) {
        error(d, "say USER userid password storage [maximum [classes]]");
    } else if (take_name(d, "userid", line->word[1], user.userid) &&
               (other = find_user(d, user.userid)) != NULL) {
        error(d, "user %s is there already, in line %d", user.userid,
              other->line);
    } else {
        take_name(d, "password", line->word[2], user.password);
        take_storage(d, line->word[3], &user.storage);
        user.maximum = user.storage;
        if (line->n > 4)
            take_storage(d, line->word[4], &user.maximum);
        if (user.maximum < user.storage)
            error(d, "maximum storage %s is less than storage %s",
                  line->word[4], line->word[3]);
        take_classes(d, line->n > 5 ? line->word[5] : "G", &user.classes);
    }
    strcpy(user.dist, user.userid);
    d->users[d->nusers++] = user;
}

static void
state_account(struct directory *d, const struct line *line)
{
    char number[NAME_LEN + 1];

    if (line->n < 2 || line->n > 3) {
        error(d, "say ACCOUNT number [distribution]");
        return;
    }
    take_name(d, "account number", line->word[1], number);
    if (line->n == 3)
        take_name(d, "distribution code", line->word[2], current(d)->dist);
}

static void
state_option(struct directory *d, const struct line *line)
{
    int i;

    if (line->n < 2)
        error(d, "say OPTION ECMODE");
    for (i = 1; i < line->n; i++) {
        if (strcmp(line->word[i], "ECMODE") == 0)
            current(d)->ecmode = true;
        else
            error(d, "option %s is not supported", line->word[i]);
    }
}

/* Add a device, which is complete but for its address, in address order. */
static void
add_device(struct directory *d, const char *word, struct device device)
{
    struct user *user = current(d);
    char *end;
    unsigned long vaddr = strtoul(word, &end, 16);
    int i;

    if (!isxdigit((unsigned char)*word) || *end != '\0' || vaddr > 0xFFF) {
        error(d, "'%s' is not a device address: 3 hexadecimal digits", word);
        return;
    }
    device.vaddr = (unsigned)vaddr;
    if (user->ndevices == MAX_DEVICES) {
        error(d, "user %s has more than %d devices", user->userid, MAX_DEVICES);
        return;
    }
    for (i = 0; i < user->ndevices && user->devices[i].vaddr < device.vaddr;)
        i++;
    if (i < user->ndevices && user->devices[i].vaddr == device.vaddr) {
        error(d, "user %s has a device %03X already", user->userid,
              device.vaddr);
        return;
    }
    memmove(&user->devices[i + 1], &user->devices[i],
            (size_t)(user->ndevices - i) * sizeof(device));
    user->devices[i] = device;
    user->ndevices++;
}

static void
state_console(struct directory *d, const struct line *line)
{
    if (line->n != 3) {
        error(d, "say CONSOLE vaddr 3215");
        return;
    }
    if (strcmp(line->word[2], "3215") != 0) {
        error(d, "a console is a 3215, not a '%s'", line->word[2]);
        return;
    }
    if (current(d)->console) {
        error(d, "user %s has a CONSOLE already", current(d)->userid);
        return;
    }
    current(d)->console = true;
    add_device(d, line->word[1],
               (struct device){.class = "VDEV_CONSOLE", .spool_class = 'T'});
}

static void
state_spool(struct directory *d, const struct line *line)
{
    static const struct {
        const char *type, *function, *class;
    } types[] = {
        {"2540", "READER", "VDEV_READER"}, {"2540", "PUNCH", "VDEV_PUNCH"},
        {"3505", NULL, "VDEV_READER"},     {"3525", NULL, "VDEV_PUNCH"},
        {"1403", NULL, "VDEV_PRINTER"},    {"3211", NULL, "VDEV_PRINTER"},
    };
    char spool_class = 'A';
    bool two = line->n > 2 && strcmp(line->word[2], "2540") == 0;
    int next = two ? 4 : 3;
    size_t i;

    if (line->n < next || line->n > next + 1) {
        error(d, "say SPOOL vaddr type [class], where type is 2540 READER, "
                 "2540 PUNCH, 3505, 3525, 1403 or 3211");
        return;
    }
    for (i = 0; i < sizeof(types) / sizeof(types[0]); i++)
        if (strcmp(types[i].type, line->word[2]) == 0 &&
            (!two || strcmp(types[i].function, line->word[3]) == 0))
            break;
    if (i == sizeof(types) / sizeof(types[0])) {
        error(d, "there is no spooled device %s%s%s", line->word[2],
              two ? " " : "", two ? line->word[3] : "");
        return;
    }
    if (line->n > next) {
        const char *class = line->word[next];
        bool any = strcmp(class, "*") == 0 &&
                   strcmp(types[i].class, "VDEV_READER") == 0;

        spool_class = class[0];
        if (class[1] != '\0' || !(any || isalnum((unsigned char)class[0])))
            error(d, "spool class '%s' is not one letter or digit", class);
    }
    add_device(
        d, line->word[1],
        (struct device){.class = types[i].class, .spool_class = spool_class});
}

static bool
take_number(struct directory *d, const char *what, const char *word,
            unsigned least, unsigned most, unsigned *value)
{
    char *end;
    unsigned long number = strtoul(word, &end, 10);

    if (!isdigit((unsigned char)*word) || *end != '\0' || number < least ||
        number > most) {
        error(d, "%s '%s' is not a number from %u to %u", what, word, least,
              most);
        return false;
    }
    *value = (unsigned)number;
    return true;
}

static bool
overlap(const struct device *a, const struct device *b)
{
    return a->cylinders != 0 && b->cylinders != 0 &&
           strcmp(a->volser, b->volser) == 0 &&
           a->first < b->first + b->cylinders &&
           b->first < a->first + a->cylinders;
}

/* What one may write belongs to one minidisk that may be written. */
static void
check_overlap(struct directory *d, const struct device *new)
{
    size_t i;
    int j;

    for (i = 0; i < d->nusers; i++)
        for (j = 0; j < d->users[i].ndevices; j++) {
            const struct device *old = &d->users[i].devices[j];

            if (new->may_write && old->may_write &&overlap(old, new))
                error(d,
                      "this minidisk has cylinders of that in line %d, %03X "
                      "of user %s",
                      old->line, old->vaddr, d->users[i].userid);
        }
}

/* MDISK vaddr 3330 cylinder cylinders volume [mode]: mode W (or WR, M, MR, MW)
 * or R (or RR); R if none. */
static void
state_mdisk(struct directory *d, const struct line *line)
{
    static const char *const modes[] = {"R", "RR", "W", "WR", "M", "MR", "MW"};
    struct device device = {.class = "VDEV_DISK", .spool_class = 'A'};
    const char *mode = line->n == 7 ? line->word[6] : "R";
    size_t i = 0, len;

    if (line->n < 6 || line->n > 7) {
        error(d, "say MDISK vaddr 3330 cylinder cylinders volume [mode]");
        return;
    }
    if (strcmp(line->word[2], "3330") != 0) {
        error(d, "a minidisk is a 3330, not a '%s'", line->word[2]);
        return;
    }
    if (!take_number(d, "cylinder", line->word[3], 0, CYLINDERS_3330 - 1,
                     &device.first) ||
        !take_number(d, "number of cylinders", line->word[4], 1,
                     CYLINDERS_3330 - device.first, &device.cylinders))
        return;
    len = strlen(line->word[5]);
    if (len > VOLSER_LEN ||
        strspn(line->word[5], "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789") != len) {
        error(d, "volume '%s' is not 1 to %d letters and digits", line->word[5],
              VOLSER_LEN);
        return;
    }
    strcpy(device.volser, line->word[5]);
    while (i < sizeof(modes) / sizeof(modes[0]) && strcmp(modes[i], mode) != 0)
        i++;
    if (i == sizeof(modes) / sizeof(modes[0])) {
        error(d, "mode '%s' is not one of R RR W WR M MR MW", mode);
        return;
    }
    device.may_write = *mode != 'R';
    device.line = d->line;
    check_overlap(d, &device);
    add_device(d, line->word[1], device);
}

static void
statement(struct directory *d, const struct line *line)
{
    static const struct {
        const char *name;
        void (*run)(struct directory *d, const struct line *line);
    } statements[] = {
        {"ACCOUNT", state_account}, {"CONSOLE", state_console},
        {"MDISK", state_mdisk},     {"OPTION", state_option},
        {"SPOOL", state_spool},
    };
    size_t i;

    if (strcmp(line->word[0], "USER") == 0) {
        state_user(d, line);
        return;
    }
    for (i = 0; i < sizeof(statements) / sizeof(statements[0]); i++)
        if (strcmp(line->word[0], statements[i].name) == 0) {
            if (d->nusers == 0)
                error(d, "%s comes before the first USER", line->word[0]);
            else
                statements[i].run(d, line);
            return;
        }
    error(d, "unknown statement '%s'", line->word[0]);
}

void
directory_read(struct directory *d, FILE *in)
{
    char *text = NULL;
    size_t size = 0;
    ssize_t len;
    struct line line;

    while ((len = getline(&text, &size, in)) >= 0) {
        d->line++;
        if (strlen(text) != (size_t)len) {
            error(d, "the line has a byte X'00': this is not a text file");
            continue;
        }
        if (text[strspn(text, " \t")] != '*' && split(d, text, &line) &&
            line.n > 0)
            statement(d, &line);
    }
    free(text);
    if (ferror(in))
        error(d, "read error: %s", strerror(errno));
    user_end(d);
    if (d->nusers == 0)
        error(d, "there is no USER statement");
}
