/*
 * snapshot.c - a machine that is saved, loaded elsewhere, and goes on
 *
 * The guest is the one of random_guest.c: at any moment something is under way
 * on several devices.  Two machines that go on from one snapshot must do the
 * same, down to the bytes of the next snapshot, which has the media in it.
 */
#include <stdlib.h>
#include <string.h>
#include <zstd.h>

#include "../cpu/bytes.h"
#include "../state.h"
#include "board.h"
#include "random_guest.h"
#include "tap.h"

enum { ROUNDS = 40, BETWEEN = 20, AFTER = 40, RECORDED = 2000, DAMAGES = 200 };
enum {
    MADE_UP = 60,
    MADE_UP_BYTES = 8 << 20,
    AFTER_STORAGE = 263000, /* channels and devices begin about there */
};

static bool
same_bytes(struct machine *a, struct machine *b)
{
    uint8_t *one = NULL, *two = NULL;
    size_t n, k;
    bool same = machine_save(a, &one, &n) == 0 &&
                machine_save(b, &two, &k) == 0 && n == k &&
                memcmp(one, two, n) == 0;

    free(one);
    free(two);
    return same;
}

/* Save one machine, load the other, let both go on. */
static bool
go_on_alike(struct machine *from, struct machine *to)
{
    uint8_t *bytes;
    uint32_t seed;
    size_t len;

    if (machine_save(from, &bytes, &len) != 0 ||
        machine_load(to, bytes, len) != 0) {
        diag("%s / %s", machine_error(from), machine_error(to));
        return false;
    }
    free(bytes);
    if (machine_hash(from) != machine_hash(to)) {
        diag("loaded, but not the same");
        return false;
    }
    seed = random_seed;
    random_steps(from, AFTER);
    random_seed = seed;
    random_steps(to, AFTER);
    if (machine_hash(from) == machine_hash(to))
        return true;
    diag("time %llu and %llu", (unsigned long long)machine_time(from),
         (unsigned long long)machine_time(to));
    return false;
}

static void
test_goes_on(struct machine *from, struct machine *to)
{
    unsigned i, good = 0;

    random_seed = 370;
    for (i = 0; i < ROUNDS; i++) {
        random_steps(from, BETWEEN);
        good += go_on_alike(from, to);
    }
    is(good, ROUNDS, "both go on alike, whatever is under way");
    ok(same_bytes(from, to), "and so do their media");
}

static void
test_saving_changes_nothing(struct machine *m)
{
    uint8_t *bytes;
    size_t len;
    uint64_t before = machine_hash(m);

    ok(machine_save(m, &bytes, &len) == 0 && machine_hash(m) == before,
       "saving changes nothing");
    random_steps(m, AFTER);
    ok(machine_hash(m) != before, "running does");
    ok(machine_load(m, bytes, len) == 0 && machine_hash(m) == before,
       "the machine that was saved is loaded itself");
    free(bytes);
}

static void
test_damaged(struct machine *m)
{
    uint64_t before = machine_hash(m);
    unsigned i, accepted = 0;
    uint8_t *bytes;
    size_t len, at;

    machine_save(m, &bytes, &len);
    for (i = 0; i < DAMAGES; i++) {
        at = i < 20 ? i : i * 7919 % len;
        bytes[at] ^= (uint8_t)(1 << i % 8);
        accepted += machine_load(m, bytes, len) == 0;
        bytes[at] ^= (uint8_t)(1 << i % 8);
    }
    is(accepted, 0, "a snapshot with one wrong bit is refused");
    for (i = accepted = 0; i < DAMAGES; i++)
        accepted += machine_load(m, bytes, len * i / DAMAGES) == 0;
    is(accepted, 0, "one that is cut off");
    ok(machine_hash(m) == before, "and nothing is changed");
    ok(machine_load(m, bytes, len) == 0, "the whole one is not");
    free(bytes);
}

/* Put a state into the snapshot `made`, which has room for it.  Its length. */
static size_t
make_up(uint8_t *made, size_t room, const uint8_t *state, size_t size)
{
    size_t len = 20 + ZSTD_compress(made + 20, room - 20, state, size, 1);
    struct hash h;

    hash_begin(&h);
    hash_add(&h, made + 20, len - 20);
    store_be64(made + 12, hash_value(&h));
    return len;
}

/* Snapshots that somebody made up: good outside, anything inside. */
static void
test_made_up(struct machine *m)
{
    size_t len, size, at, room = ZSTD_compressBound(MADE_UP_BYTES);
    uint8_t *bytes, *made = malloc(room), *state = malloc(MADE_UP_BYTES);
    unsigned i, loaded = 0;

    machine_save(m, &bytes, &len);
    size = ZSTD_decompress(state, MADE_UP_BYTES, bytes + 20, len - 20);
    random_seed = 3;
    for (i = 0; i < MADE_UP && !ZSTD_isError(size); i++) {
        /* most is storage or a volume, where nothing can be wrong */
        random_seed = random_seed * 1664525 + 1013904223;
        at = i % 2 ? random_seed % 700 : AFTER_STORAGE + random_seed % 60000;
        state[at] ^= (uint8_t)(random_seed >> 24 | 1);
        memcpy(made, bytes, 20);
        len = make_up(made, room, state, size);
        state[at] ^= (uint8_t)(random_seed >> 24 | 1);
        loaded += machine_load(m, made, len) == 0;
        random_steps(m, 2);
    }
    ok(loaded > 0 && loaded < MADE_UP, "of %u made up, %u are loaded", MADE_UP,
       loaded);
    free(bytes);
    free(made);
    free(state);
}

static void
refused(struct machine *m, const uint8_t *bytes, size_t len, const char *why)
{
    uint64_t before = machine_hash(m);

    ok(machine_load(m, bytes, len) != 0, "refused: %s", why);
    ok(strstr(machine_error(m), why) != NULL, "%s", machine_error(m));
    ok(machine_hash(m) == before, "and nothing is changed");
}

/* What would keep the host busy, or fill its disk: a time at which the clock
 * runs over, and more output than the machine lets its guests write.  Where
 * the numbers stand in the state is found by their values. */
static void
test_hostile(struct machine *m)
{
    const struct {
        const char *what, *why;
        uint64_t present, made_up;
        unsigned bytes;
    } rows[] = {
        {"the end of time", "beyond the end of the TOD clock", machine_time(m),
         UINT64_MAX - 1000, 8},
        {"another OUTLIMIT", "OUTLIMIT is 1048576 KiB in it, 32768 KiB",
         32 << 20, 1 << 30, 4},
    };
    size_t len, size, at, room = ZSTD_compressBound(MADE_UP_BYTES);
    uint8_t *bytes, *made = malloc(room), *state = malloc(MADE_UP_BYTES);
    uint8_t from[8], to[8];
    unsigned i;

    machine_save(m, &bytes, &len);
    memcpy(made, bytes, 20);
    size = ZSTD_decompress(state, MADE_UP_BYTES, bytes + 20, len - 20);
    for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
        store_be64(from, rows[i].present << (64 - 8 * rows[i].bytes));
        store_be64(to, rows[i].made_up << (64 - 8 * rows[i].bytes));
        for (at = 0; at + 8 < size; at++)
            if (memcmp(state + at, from, rows[i].bytes) == 0)
                break;
        memcpy(state + at, to, rows[i].bytes);
        len = make_up(made, room, state, size);
        memcpy(state + at, from, rows[i].bytes);
        ok(machine_load(m, made, len) != 0, "refused: %s", rows[i].what);
        ok(strstr(machine_error(m), rows[i].why) != NULL, "%s",
           machine_error(m));
    }
    ok(machine_load(m, made, make_up(made, room, state, size)) == 0,
       "and what was there before is taken");
    free(bytes);
    free(made);
    free(state);
}

static void
test_other_configuration(struct machine *from)
{
    struct machine_options opt;
    struct machine *other = random_machine(true), *small;
    char err[200];
    uint8_t *bytes;
    size_t len;

    machine_save(from, &bytes, &len);
    machine_detach(other, 0x00E);
    refused(other, bytes, len,
            "it has a 1403 at 000E, this machine has nothing");
    board_attach(other, 0x00E, "3215", NULL, NULL);
    refused(other, bytes, len, "it has a 1403 at 000E, this machine a 3215");
    machine_detach(other, 0x00E);
    board_attach(other, 0x00E, "1403", board_file("paper", "", 0), NULL);
    board_attach(other, 0x00B, "3215", NULL, NULL);
    refused(other, bytes, len, "this machine has a 3215 at 000B, it has none");
    machine_options_default(&opt);
    small = machine_create(&opt, err, sizeof(err));
    refused(small, bytes, len, "256 KiB of storage, this machine 16384 KiB");
    machine_destroy(small);
    machine_destroy(other);
    free(bytes);
}

static void
test_record(struct machine *m, struct machine *other)
{
    const char *path = board_file("record", "", 0);
    struct replay *replay;
    uint64_t count, half, hash;

    ok(machine_record(m, path) == 0, "a run is recorded");
    random_steps(m, RECORDED / 2);
    half = machine_count(m);
    random_steps(m, RECORDED / 2);
    count = machine_count(m);
    hash = machine_hash(m);
    ok(machine_record_end(m) == 0, "to its end");

    replay = machine_replay_open(other, path);
    ok(replay != NULL && machine_replay_run(replay, half) == REPLAY_PAUSED,
       "and replayed, with a pause");
    is(machine_count(other), half, "at the instruction that was asked for");
    ok(machine_replay_run(replay, UINT64_MAX) == REPLAY_COMPLETE, "to its end");
    is(machine_count(other), count, "to the same instruction");
    ok(machine_hash(other) == hash, "and the same state");
    machine_replay_close(replay);

    replay = machine_replay_open(other, path);
    machine_replay_run(replay, half);
    machine_set(other, "fr6", 0x4711);
    ok(machine_replay_run(replay, UINT64_MAX) == REPLAY_DIVERGED &&
           strstr(machine_error(other), "fr6 is 4711") != NULL,
       "a run that goes astray is found: %s", machine_error(other));
    machine_replay_close(replay);
}

int
main(void)
{
    struct machine *from = random_machine(false), *to = random_machine(true);

    test_goes_on(from, to);
    test_saving_changes_nothing(from);
    test_damaged(to);
    test_made_up(to);
    test_hostile(to);
    test_other_configuration(from);
    test_record(from, to);
    machine_destroy(to);
    board_end(from);
    return done();
}
