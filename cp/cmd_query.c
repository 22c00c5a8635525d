/*
 * cmd_query.c - QUERY: TIME, USERS, NAMES, SET, TERMINAL, and a userid
 * (compare DMKCQG, DMKCQP; formats of GC20-1820, "QUERY")
 */
#include "query.h"

#include <stdio.h>
#include <string.h>

#include "clock.h"
#include "console.h"

#define TOD_HUNDREDTH (TOD_SECOND / 100)
#define NAMES_A_LINE 4

/* "mmm:ss.hs" of so much processor time. */
static char *
cpu_text(uint64_t tod, char text[16])
{
    uint32_t hundredths = (uint32_t)(tod / TOD_HUNDREDTH);

    snprintf(text, 16, "%03u:%02u.%02u", hundredths / 6000,
             hundredths / 100 % 60, hundredths % 100);
    return text;
}

void
query_times(struct vm *vm)
{
    uint32_t seconds = (uint32_t)((tod_now() - vm->logon_tod) / TOD_SECOND);
    char virtual[16], total[16];

    vm_line(vm, "CONNECT= %02u:%02u:%02u VIRTCPU= %s TOTCPU= %s",
            seconds / 3600, seconds / 60 % 60, seconds % 60,
            cpu_text(vm->cpu_used, virtual),
            cpu_text(vm->cpu_used + vm->cp_used, total));
}

static void
query_time(struct vm *vm)
{
    char stamp[40];

    vm_line(vm, "TIME IS %s", tod_stamp(tod_now(), stamp));
    query_times(vm);
}

static void
query_users(struct vm *vm)
{
    struct vm *user = vm_ring;
    uint32_t n = 0;

    do {
        n++;
        user = user->next;
    } while (user != vm_ring);
    vm_line(vm, "%03u USERS,   000 DIALED", n);
}

/* "STUDENT1 - 0C0", or DSC for a disconnected user. */
static int
user_text(const struct vm *user, char *text, size_t size)
{
    if (user->terminal == NULL)
        return snprintf(text, size, "%-8s - DSC", user->userid);
    return snprintf(text, size, "%-8s - %03X", user->userid,
                    terminal_address(user->terminal));
}

static void
query_names(struct vm *vm)
{
    const struct vm *user = vm_ring;
    char line[MAX_LINE];
    size_t len = 0;
    uint32_t n = 0;

    do {
        if (len > 0)
            len += (size_t)snprintf(line + len, sizeof line - len, ", ");
        len += (size_t)user_text(user, line + len, sizeof line - len);
        user = user->next;
        if (++n % NAMES_A_LINE == 0 || user == vm_ring) {
            vm_line(vm, "%s", line);
            len = 0;
        }
    } while (user != vm_ring);
}

static void
query_user(struct vm *vm, const char *userid)
{
    const struct vm *user = word_user(vm, "DMKCQG", userid);
    char line[MAX_LINE];

    if (user == NULL)
        return;
    user_text(user, line, sizeof line);
    vm_line(vm, "%s", line);
}

static const char *
on_off(bool on)
{
    return on ? "ON " : "OFF";
}

static void
query_set(struct vm *vm)
{
    static const char *const emsg[] = {[EMSG_TEXT] = "TEXT",
                                       [EMSG_ON] = "ON  ",
                                       [EMSG_CODE] = "CODE",
                                       [EMSG_OFF] = "OFF "};
    static const char *const timer[] = {
        [TIMER_OFF] = "OFF ", [TIMER_ON] = "ON  ", [TIMER_REAL] = "REAL"};

    vm_line(vm, "MSG %s, WNG %s, EMSG %s, ACNT %s, RUN %s", on_off(vm->set_msg),
            on_off(vm->set_wng), emsg[vm->set_emsg], on_off(vm->set_acnt),
            on_off(vm->set_run));
    vm_line(vm, "LINEDIT %s, TIMER %s, ISAM OFF, ECMODE %s",
            on_off(vm->set_linedit), timer[vm->timer_mode],
            on_off(vm->set_ecmode));
    vm_line(vm, "ASSIST OFF, PAGEX OFF, AUTOPOLL OFF");
    vm_line(vm, "IMSG %s, AFFINITY NONE, NOTRANS OFF", on_off(vm->set_imsg));
}

static void
query_terminal(struct vm *vm)
{
    vm_line(vm, "LINEND %s, LINEDEL OFF, CHARDEL OFF, ESCAPE OFF",
            vm->set_linedit ? "# " : "OFF");
    vm_line(vm, "LINESIZE 130, MASK OFF, APL OFF, ATTN OFF, MODE CP");
}

static const struct {
    const char *name;
    uint8_t min;
    void (*run)(struct vm *vm);
} simple_queries[] = {
    {"TIME", 1, query_time},         {"USERS", 1, query_users},
    {"NAMES", 1, query_names},       {"SET", 3, query_set},
    {"TERMINAL", 4, query_terminal},
};

void
cmd_query(struct vm *vm, struct words *w)
{
    const char *word = word_next(w);
    enum spool_kind kind;
    uint32_t i;

    if (word == NULL) {
        error_operand(vm, "DMKCQG");
        return;
    }
    for (i = 0; i < sizeof simple_queries / sizeof simple_queries[0]; i++)
        if (word_is(word, simple_queries[i].name, simple_queries[i].min)) {
            const char *user = NULL;

            if (simple_queries[i].run == query_users)
                user = word_next(w); /* QUERY USERS userid */
            if (words_left(vm, "DMKCQG", w))
                return;
            if (user != NULL)
                query_user(vm, user);
            else
                simple_queries[i].run(vm);
            return;
        }
    if (word_is(word, "VIRTUAL", 1)) {
        query_virtual(vm, w);
    } else if (word_is(word, "FILES", 1)) {
        if (!words_left(vm, "DMKCQG", w))
            query_files(vm, true);
    } else if (word_spool_kind(word, &kind)) {
        query_spool(vm, kind, w);
    } else if (!words_left(vm, "DMKCQG", w)) {
        query_user(vm, word);
    }
}
