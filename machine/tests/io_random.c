/*
 * io_random.c - a hostile guest: random channel programs on every device
 *
 * Two machines do the same; at the end their storage and their time must be
 * the same.  That neither crashes, nor writes outside what it has, is for the
 * sanitizers to see.
 */
#include <string.h>

#include "board.h"
#include "random_guest.h"
#include "tap.h"

enum { STEPS = 20000 };

static struct machine *
run(uint32_t start)
{
    struct machine *m = random_machine(false);

    random_seed = start;
    random_steps(m, STEPS);
    return m;
}

int
main(void)
{
    static uint8_t a[256 << 10], b[256 << 10];
    struct machine *first = run(370), *second = run(370);

    is(machine_time(first), machine_time(second), "the same virtual time");
    is(machine_count(first), machine_count(second), "as many instructions");
    machine_read(first, 0, a, sizeof(a));
    machine_read(second, 0, b, sizeof(b));
    ok(memcmp(a, b, sizeof(a)) == 0, "the same storage");
    machine_destroy(second);
    board_end(first);
    return done();
}
