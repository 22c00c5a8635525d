/*
 * io_ctca.c - the channel-to-channel adapter, in one machine and in two
 *
 * X and Y are the two ends.  In one machine each has its own channel program
 * and data.
 */
#include <arpa/inet.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include "board.h"
#include "tap.h"

enum {
    X = 0x500,
    Y = 0x501,
    XP = 0x1000, /* channel programs */
    YP = 0x1100,
    XD = 0x2000, /* data */
    YD = 0x3000,
    WRITE = 0x01,
    READ = 0x02,
    NOP = 0x03,
    CONTROL = 0x07,
    READ_BACKWARD = 0x0C,
    SENSE_COMMAND = 0x14,
};
#define MS UINT64_C(1000000)

static struct machine *m;

static void
start_x(uint8_t code, uint8_t flags, uint16_t count)
{
    board_ccw(m, XP, code, XD, flags, count);
    is(board_start(m, X, XP), 0, "X starts X'%02X'", code);
}

static void
start_y(uint8_t code, uint8_t flags, uint16_t count)
{
    board_ccw(m, YP, code, YD, flags, count);
    is(board_start(m, Y, YP), 0, "Y starts X'%02X'", code);
}

static void
expect(uint16_t devno, unsigned status, unsigned count, const char *what)
{
    struct csw csw;
    int from = board_wait(m, &csw);

    is((unsigned)from, devno, "%s: from %03X", what, devno);
    is(csw.status, status, "%s: status", what);
    is(csw.count, count, "%s: count", what);
}

/* Y learns what X wants. */
static void
expect_command(uint8_t code)
{
    expect(Y, ATTENTION, 0, "attention");
    start_y(SENSE_COMMAND, 0, 1);
    expect(Y, CE | DE, 0, "SENSE COMMAND BYTE");
    is(board_word_at(m, YD) >> 24, code, "the command");
}

static void
test_transfer(void)
{
    board_text(m, XD, "FROM X TO Y");
    start_x(WRITE | 0x40, 0, 11);
    expect_command(WRITE | 0x40);
    start_y(READ, 0, 11);
    expect(X, CE | DE, 0, "the write ends");
    expect(Y, CE | DE, 0, "the read ends");
    ok(board_has_text(m, YD, "FROM X TO Y"), "the data");

    start_x(READ, 0, 4);
    expect_command(READ);
    board_text(m, YD, "BACK");
    start_y(WRITE, 0, 4);
    expect(X, CE | DE, 0, "X reads");
    expect(Y, CE | DE, 0, "Y writes");
    ok(board_has_text(m, XD, "BACK"), "the data");

    board_text(m, XD, "ABCD");
    start_x(WRITE, 0, 4);
    expect(Y, ATTENTION, 0, "attention");
    board_ccw(m, YP, READ_BACKWARD, YD + 3, 0, 4);
    is(board_start(m, Y, YP), 0, "READ BACKWARD");
    expect(X, CE | DE, 0, "X");
    expect(Y, CE | DE, 0, "Y");
    ok(board_has_text(m, YD, "DCBA"), "from the end of the area");
}

static void
test_lengths(void)
{
    start_x(WRITE, 0, 100);
    expect(Y, ATTENTION, 0, "attention");
    start_y(READ, 0, 40);
    expect(X, CE | DE | IL, 60, "X wanted to write more");
    expect(Y, CE | DE, 0, "Y has all it wants");
    start_x(WRITE, SLI, 40);
    expect(Y, ATTENTION, 0, "attention");
    start_y(READ, 0, 100);
    expect(X, CE | DE, 0, "X has written all");
    expect(Y, CE | DE | IL, 60, "Y wanted more");

    /* data chaining on both sides, in other pieces */
    board_text(m, XD, "ONE TWO THREE");
    board_ccw(m, XP, WRITE, XD, CD, 4);
    board_ccw(m, XP + 8, 0, XD + 4, 0, 9);
    is(board_start(m, X, XP), 0, "X writes two areas");
    expect(Y, ATTENTION, 0, "attention");
    board_ccw(m, YP, READ, YD, CD, 7);
    board_ccw(m, YP + 8, 0, YD + 0x100, 0, 6);
    is(board_start(m, Y, YP), 0, "Y reads two areas");
    expect(X, CE | DE, 0, "X");
    expect(Y, CE | DE, 0, "Y");
    ok(board_has_text(m, YD, "ONE TWO") &&
           board_has_text(m, YD + 0x100, " THREE"),
       "the data");

    start_x(WRITE, 0, 4);
    expect(Y, ATTENTION, 0, "attention");
    board_ccw(m, YP, READ, 0xFFFFF0, 0, 4);
    is(board_start(m, Y, YP), 0, "Y reads to no storage");
    expect(X, CE | DE, 0, "X");
    expect(Y, CE | DE | PROGRAM, 4, "Y: program check");
}

static void
test_control(void)
{
    start_x(CONTROL, SLI, 1);
    expect(Y, ATTENTION, 0, "attention");
    board_ccw(m, YP, READ, YD, 0, 1);
    is(board_start(m, Y, YP), 1, "Y may not read now");
    is(board_csw(m).status, BUSY | ATTENTION, "busy and attention");
    board_ccw(m, YP, NOP, YD, SLI, 1);
    is(board_start(m, Y, YP), 1, "nor do nothing");
    start_y(SENSE_COMMAND, 0, 1);
    expect(X, CE | DE, 1, "CONTROL ends");
    expect(Y, CE | DE, 0, "SENSE COMMAND BYTE");
    is(board_word_at(m, YD) >> 24, CONTROL, "the command");
    start_y(SENSE_COMMAND, 0, 1);
    expect(Y, CE | DE, 0, "once more");
    is(board_word_at(m, YD) >> 24, 0, "nothing waits any more");
    is(board_start(m, Y, YP), 0, "Y can go on");
    expect(Y, CE | DE, 0, "NOP");

    board_ccw(m, XP, CONTROL, XD, CC | SLI, 1);
    board_ccw(m, XP + 8, WRITE, XD, 0, 3);
    is(board_start(m, X, XP), 0, "CONTROL chained to WRITE");
    expect_command(CONTROL);
    expect_command(WRITE);
    start_y(READ, 0, 3);
    expect(X, CE | DE, 0, "the chain ends");
    expect(Y, CE | DE, 0, "Y");
}

static void
test_conflicts(void)
{
    start_x(READ, 0, 4);
    expect(Y, ATTENTION, 0, "attention");
    board_ccw(m, YP, READ, YD, 0, 4);
    is(board_start(m, Y, YP), 1, "two reads do not fit");
    is(board_csw(m).status, BUSY | ATTENTION, "busy and attention");
    is(board_io(m, HIO, X), 1, "HALT I/O");
    expect(X, CE | DE, 4, "X ends");
    is(board_start(m, Y, YP), 0, "now Y can wait");
    expect(X, ATTENTION, 0, "for X");
    machine_reset(m, false);
    board_word(m, 0x78, 0x00020000);
    is(board_io(m, TIO, X), 0, "system reset ends all");
    is(board_io(m, TIO, Y), 0, "on both sides");
    start_y(SENSE_COMMAND, 0, 1);
    expect(Y, CE | DE, 0, "SENSE COMMAND BYTE");
    is(board_word_at(m, YD) >> 24, 0, "nothing waits");
    board_ccw(m, XP, 0x43, XD, SLI, 1);
    is(board_start(m, X, XP), 1, "a command of newer adapters");
    is(board_csw(m).status, UC, "unit check");
    is(board_sense(m, X, 0), 0x80, "command reject");
}

/* The other end comes later, goes, and comes back. */
static void
test_absence(void)
{
    machine_detach(m, Y);
    start_x(WRITE, 0, 2);
    is(board_attach(m, Y, "CTCA", "pair=500", NULL), 0, "Y comes");
    expect_command(WRITE);
    machine_detach(m, Y);
    is(board_attach(m, Y, "CTCA", "pair=500", NULL), 0, "goes and comes");
    expect(Y, ATTENTION, 0, "attention");
    start_y(READ, 0, 2);
    expect(X, CE | DE, 0, "X");
    expect(Y, CE | DE, 0, "Y");
}

static void
test_refused(void)
{
    const struct {
        const char *word, *message;
    } bad[] = {
        {NULL, "say where the other end is"},
        {"500", "say where the other end is"},
        {"pair=", "not the address"},
        {"pair=502", "not the address"},
        {"pair=800", "not the address"},
        {"listen=no:such:port", "listen=3088"},
        {"connect=3088", "connect=HOST:3088"},
        {"listen=203.0.113.1:3088", "cannot listen"},
    };
    size_t i;

    for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
        is(board_attach(m, 0x502, "CTCA", bad[i].word, NULL), -1, "%s",
           bad[i].message);
        ok(strstr(machine_error(m), bad[i].message) != NULL, "the message");
    }
}

/* ---- two machines -------------------------------------------------------- */

static unsigned
free_port(void)
{
    struct sockaddr_in a = {.sin_family = AF_INET,
                            .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    socklen_t size = sizeof(a);
    int fd = socket(AF_INET, SOCK_STREAM, 0);

    if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) != 0 ||
        getsockname(fd, (struct sockaddr *)&a, &size) != 0)
        return 0;
    close(fd);
    return ntohs(a.sin_port);
}

/* Let both run until the interruption of one; its CSW.  Each waits enabled. */
static unsigned
wait_for(struct machine *one, struct machine *other)
{
    uint64_t psw;
    int i;

    machine_set(one, "psw", UINT64_C(0xFE02000000000000));
    machine_set(other, "psw", UINT64_C(0x0102000000000000));
    for (i = 0; i < 2000; i++) {
        machine_run(one, UINT64_MAX, machine_time(one) + MS);
        machine_get(one, "psw", &psw);
        if (psw >> 48 == 0x0002)
            return board_csw(one).status;
        machine_run(other, UINT64_MAX, machine_time(other) + MS);
    }
    return 0;
}

/* A machine alone repeats what it did with the other one, down to the end. */
static void
replayed(const char *record, uint16_t devno, const char *word, uint64_t hash,
         const char *what)
{
    struct machine *again = board_new_private();
    struct replay *r;

    is(board_attach(again, devno, "CTCA", word, NULL), 0,
       "%s: no line is opened for a replay", what);
    r = machine_replay_open(again, record);
    if (!ok(r != NULL, "%s: the record is taken", what)) {
        diag("%s", machine_error(again));
        return;
    }
    if (!is(machine_replay_run(r, UINT64_MAX), REPLAY_COMPLETE,
            "%s: as recorded", what))
        diag("%s", machine_error(again));
    ok(machine_hash(again) == hash, "%s: the same state", what);
    machine_replay_close(r);
    machine_destroy(again);
}

/* Without its end, as when the program was killed: up to what came last. */
static void
cut_off(const char *record, uint16_t devno, const char *word, uint64_t time_ns)
{
    struct machine *again = board_new_private();
    struct stat st;
    struct replay *r;

    is(stat(record, &st) | truncate(record, st.st_size - 1), 0, "cut off");
    board_attach(again, devno, "CTCA", word, NULL);
    r = machine_replay_open(again, record);
    is(machine_replay_run(r, UINT64_MAX), REPLAY_CUT_OFF, "as far as it goes");
    ok(machine_time(again) > 0 && machine_time(again) <= time_ns,
       "%llu ns of %llu", (unsigned long long)machine_time(again),
       (unsigned long long)time_ns);
    machine_replay_close(r);
    machine_destroy(again);
}

static void
test_two_machines(void)
{
    struct machine *a = board_new(), *b = board_new();
    const char *record_a = board_file("record-a", "", 0);
    const char *record_b = board_file("record-b", "", 0);
    char listens[40], calls[40];
    unsigned port = free_port();
    uint64_t hash_a, hash_b, end;
    uint8_t *bytes;
    size_t len;

    snprintf(listens, sizeof(listens), "listen=%u", port);
    snprintf(calls, sizeof(calls), "connect=127.0.0.1:%u", port);
    is(board_attach(a, X, "CTCA", listens, NULL), 0, "one listens");
    is(board_attach(b, Y, "CTCA", calls, NULL), 0, "one calls");
    is(machine_save(a, &bytes, &len), -1, "no snapshot can hold the other");
    is(machine_record(a, record_a) | machine_record(b, record_b), 0,
       "both are recorded");
    board_text(a, XD, "ACROSS");
    board_ccw(a, XP, WRITE, XD, 0, 6);
    is(board_start(a, X, XP), 0, "A writes");
    is(wait_for(b, a), ATTENTION, "attention in B");
    board_ccw(b, YP, SENSE_COMMAND, YD, CC, 1);
    board_ccw(b, YP + 8, READ, YD + 1, SLI, 100);
    is(board_start(b, Y, YP), 0, "B looks and reads");
    is(wait_for(b, a), CE | DE, "B has read");
    is(board_word_at(b, YD) >> 24, WRITE, "what A did");
    ok(board_has_text(b, YD + 1, "ACROSS"), "the data");
    is(wait_for(a, b), CE | DE, "A has written");

    board_ccw(a, XP, CONTROL, XD, SLI, 1);
    is(board_start(a, X, XP), 0, "A: CONTROL");
    is(wait_for(b, a), ATTENTION, "attention in B");
    is(board_start(b, Y, YP), 0, "B looks, and waits for a write");
    is(wait_for(a, b), CE | DE, "CONTROL has ended");
    is(wait_for(a, b), ATTENTION, "attention in A");
    is(machine_record_end(b), 0, "the record of B ends");
    hash_b = machine_hash(b);
    machine_destroy(b);
    b = board_new();
    is(board_attach(b, Y, "CTCA", calls, NULL), 0, "another machine calls");
    board_ccw(a, XP, WRITE, XD, 0, 6);
    is(board_start(a, X, XP), 0, "A can write: nobody reads any more");
    is(wait_for(b, a), ATTENTION, "attention in the new one");
    is(machine_record_end(a), 0, "the record of A ends");
    hash_a = machine_hash(a);
    end = machine_time(a);
    machine_destroy(a);
    machine_destroy(b);
    replayed(record_a, X, listens, hash_a, "A");
    replayed(record_b, Y, calls, hash_b, "B");
    cut_off(record_a, X, listens, end);
}

/* Somebody who is no machine. */
static void
test_noise(void)
{
    static const uint8_t greeting[8] = "CTCA/1\r\n";
    static const uint8_t frames[][8] = {
        {9}, {1, 0x14}, {5, 0, 0, 0, 0xFF, 0xFF, 0xFF, 0xFF}, {1, 0x40}};
    struct machine *a = board_new(), *b = board_new();
    struct sockaddr_in to = {.sin_family = AF_INET,
                             .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    unsigned port = free_port(), i;
    char listens[40], c[8];
    int fd;

    snprintf(listens, sizeof(listens), "listen=%u", port);
    to.sin_port = htons((uint16_t)port);
    is(board_attach(a, X, "CTCA", listens, NULL), 0, "it listens");
    for (i = 0; i < 4; i++) {
        fd = socket(AF_INET, SOCK_STREAM, 0);
        connect(fd, (struct sockaddr *)&to, sizeof(to));
        if (write(fd, greeting, 8) != 8 || write(fd, frames[i], 8) != 8)
            diag("cannot write");
        machine_set(a, "psw", UINT64_C(0x0102000000000000));
        machine_run(a, UINT64_MAX, machine_time(a) + 20 * MS);
        is((unsigned)recv(fd, c, 8, 0), 8, "it greets");
        is((unsigned)recv(fd, c, 1, 0), 0, "and hangs up");
        close(fd);
    }
    board_ccw(a, XP, NOP, XD, SLI, 1);
    is(board_start(a, X, XP), 1, "the adapter is well");
    is(board_csw(a).status, CE | DE, "and free");
    machine_destroy(a);
    machine_destroy(b);
}

int
main(void)
{
    m = board_new();
    is(board_attach(m, X, "CTCA", "pair=501", NULL), 0, "X");
    is(board_attach(m, Y, "CTCA", "pair=500", NULL), 0, "Y");
    test_transfer();
    test_lengths();
    test_control();
    test_conflicts();
    test_absence();
    test_refused();
    test_two_machines();
    test_noise();
    board_end(m);
    return done();
}
