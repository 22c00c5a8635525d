/*
 * cmd_logon.c - a user comes and goes: LOGON, LOGOFF, DISCONN, FORCE
 * (compare DMKLOG, DMKUSO)
 *
 * LOGON works on a terminal that has no user yet; its answers carry their
 * message codes, for no SET EMSG was said.  LOGOFF only marks the machine:
 * it may be the one whose line is just being worked on, so the dispatcher
 * takes it apart when nothing refers to it any more (logoff_finish()).
 */
#include <ctype.h>
#include <string.h>

#include "clock.h"
#include "command.h"
#include "console.h"
#include "directory.h"
#include "query.h"
#include "spool.h"
#include "vdevice.h"

/* A logon that waits for the password. */
struct logon {
    struct terminal *t;
    const struct dir_user *user;
};

static uint32_t
user_count(void)
{
    struct vm *vm = vm_ring;
    uint32_t n = 0;

    if (vm == NULL)
        return 0;
    do {
        if (!(vm->state & VM_LOGOFF))
            n++;
        vm = vm->next;
    } while (vm != vm_ring);
    return n;
}

/* Who came or went, for the operator. */
static void
tell_operator(const char *line, const char *what, const char *userid,
              const char *after)
{
    char time[9];

    operator_line("%s %s %s %s USERS = %03u%s", tod_time_text(tod_now(), time),
                  line, what, userid, user_count(), after);
}

/* "CONS 0C0", or "USER DSC" for a disconnected one. */
static char *
line_name(const struct terminal *t, char text[9])
{
    static const char digits[] = "0123456789ABCDEF";

    strcpy(text, t == NULL ? "USER DSC" : "CONS ");
    if (t != NULL) {
        uint32_t addr = terminal_address(t);

        text[5] = digits[addr >> 8 & 15];
        text[6] = digits[addr >> 4 & 15];
        text[7] = digits[addr & 15];
        text[8] = 0;
    }
    return text;
}

/* ---- LOGON --------------------------------------------------------------- */

static void
reconnect(struct terminal *t, struct vm *vm)
{
    char stamp[40], line[9];

    terminal_connect(t, vm);
    vm_line(vm, "RECONNECTED AT %s", tod_stamp(tod_now(), stamp));
    tell_operator(line_name(t, line), "RECONNECT", vm->userid, "");
    cp_read(vm);
    cp_read_again(vm); /* it may have been there already */
}

static void
logon(struct terminal *t, const struct dir_user *user)
{
    char stamp[40], line[9];
    struct vm *vm;

    if (shutdown_asked())
        return;
    if (user_count() >= MAX_USERS) {
        terminal_line(t, "DMKLOG051E MAXIMUM USERS EXCEEDED");
        return;
    }
    vm = vm_create(user);
    if (vm == NULL) {
        terminal_line(t, "NO STORAGE FOR %s NOW; TRY AGAIN LATER",
                      user->userid);
        return;
    }
    terminal_connect(t, vm);
    query_files(vm, false);
    vm_line(vm, "LOGON AT %s", tod_stamp(vm->logon_tod, stamp));
    vdev_say_missing(vm, user);
    tell_operator(line_name(t, line), "LOGON AS", user->userid, "");
    cp_read(vm);
    cp_read_again(vm);
}

static void
logon_checked(struct terminal *t, const struct dir_user *user)
{
    struct vm *vm = vm_find(user->userid);
    char line[9];

    if (vm == NULL)
        logon(t, user);
    else if (vm->terminal == NULL && !(vm->state & VM_LOGOFF))
        reconnect(t, vm);
    else
        terminal_line(t, "DMKLOG054E ALREADY LOGGED ON %s",
                      line_name(vm->terminal, line));
}

static bool
password_good(const struct dir_user *user, const char *typed)
{
    const char *password = user->password;

    while (*typed == ' ')
        typed++;
    for (; *password != 0; password++, typed++)
        if (toupper((unsigned char)*typed) != *password)
            return false;
    while (*typed == ' ')
        typed++;
    return *typed == 0;
}

static void
password_line(void *ctx, const char *text, uint32_t len)
{
    struct logon *wait = ctx;
    struct terminal *t = wait->t;
    const struct dir_user *user = wait->user;

    (void)len;
    block_put(wait, sizeof *wait);
    if (text != NULL && password_good(user, text))
        logon_checked(t, user);
    else if (text != NULL)
        terminal_line(t, "DMKLOG050E PASSWORD INCORRECT");
    if (terminal_user(t) == NULL)
        terminal_logon(t);
}

void
cmd_logon(struct terminal *t, struct words *w)
{
    const char *userid = word_next(w), *password = word_next(w);
    const struct dir_user *user;
    struct logon *wait;

    if (shutdown_asked())
        return;
    if (userid == NULL || strlen(userid) > USERID_LEN) {
        terminal_line(t, "DMKLOG020E USERID MISSING OR INVALID");
        return;
    }
    user = directory_find(userid);
    if (user == NULL) {
        terminal_line(t, "DMKLOG053E %s NOT IN CP DIRECTORY", userid);
        return;
    }
    if (word_next(w) != NULL) {
        terminal_line(t, "DMKLOG003E INVALID OPTION - %s",
                      w->word[w->next - 1]);
        return;
    }
    if (password != NULL) {
        if (password_good(user, password))
            logon_checked(t, user);
        else
            terminal_line(t, "DMKLOG050E PASSWORD INCORRECT");
        return;
    }
    wait = block_get(sizeof *wait);
    if (wait == NULL) {
        terminal_line(t, "NO STORAGE FOR %s NOW; TRY AGAIN LATER", userid);
        return;
    }
    wait->t = t;
    wait->user = user;
    terminal_line(t, "ENTER PASSWORD:");
    terminal_read(t, true, password_line, wait);
}

/* ---- LOGOFF, DISCONN, FORCE ---------------------------------------------- */

/* `by`: "" or " BY OPERATOR", as the LOGOFF line ends. */
static void
logoff(struct vm *vm, const char *by, const char *after)
{
    char stamp[40], line[9];
    struct vdev *dev;

    vm_stop(vm, VM_LOGOFF);
    for (dev = vm->devices; dev != NULL; dev = dev->next)
        spool_close(dev, NULL);
    query_times(vm);
    vm_line(vm, "LOGOFF AT %s%s", tod_stamp(tod_now(), stamp), by);
    tell_operator(line_name(vm->terminal, line), "LOGOFF AS", vm->userid,
                  after);
}

void
cmd_logoff(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);

    /* HOLD keeps a dialled line open; our terminals always stay. */
    if (word != NULL && !word_is(word, "HOLD", 2)) {
        error_option(vm, "DMKUSO", word);
        return;
    }
    if (!words_left(vm, "DMKUSO", w))
        logoff(vm, "", "");
}

void
cmd_force(struct vm *vm, struct words *w)
{
    struct vm *user = word_user(vm, "DMKUSO", word_next(w));

    if (user == NULL || words_left(vm, "DMKUSO", w))
        return;
    if (!(user->state & VM_LOGOFF))
        logoff(user, " BY OPERATOR", " FORCED");
}

void
force_all(void)
{
    struct vm *vm = vm_ring;

    if (vm == NULL)
        return;
    do {
        if (!(vm->state & VM_LOGOFF))
            logoff(vm, " BY SYSTEM", "");
        vm = vm->next;
    } while (vm != vm_ring);
}

static struct vm *
logoff_next(void)
{
    struct vm *vm = vm_ring;

    if (vm == NULL)
        return NULL;
    do {
        if (vm->state & VM_LOGOFF)
            return vm;
        vm = vm->next;
    } while (vm != vm_ring);
    return NULL;
}

void
logoff_finish(void)
{
    struct vm *vm;

    while ((vm = logoff_next()) != NULL) {
        if (vm->terminal != NULL)
            terminal_free(vm->terminal);
        vm_destroy(vm);
    }
    shutdown_check();
}

void
cmd_disconn(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    struct terminal *t = vm->terminal;
    char stamp[40], line[9];

    if (word != NULL && !word_is(word, "HOLD", 2)) {
        error_option(vm, "DMKUSO", word);
        return;
    }
    if (words_left(vm, "DMKUSO", w) || t == NULL)
        return;
    vm_line(vm, "DISCONNECT AT %s", tod_stamp(tod_now(), stamp));
    tell_operator(line_name(t, line), "DISCONNECT", vm->userid, "");
    /* Without a terminal there is no CP READ: the machine goes on. */
    vm_start(vm, VM_CPREAD);
    terminal_free(t);
}
