/*
 * renew.c - a machine that was used is renewed, and is as a new one
 *
 * The used one has had the guest of random_guest.c in it, and has decoded the
 * program that both then run: it counts in R1, and changes an instruction of
 * its own on the way.
 */
#include <string.h>

#include "../cpu/bytes.h"
#include "board.h"
#include "random_guest.h"
#include "tap.h"

enum { STEPS = 60, LOOP = 0x402, INSNS = 5000, IMAGE_BYTES = 0x500 };

/* The program, which adds R`r` to R1 in its loop. */
static void
make_image(uint8_t image[IMAGE_BYTES], unsigned r)
{
    static const uint8_t code[] = {
        0x05, 0xC0,             /* BALR R12,0 */
        0x1A, 0x10,             /* AR   R1,R0          LOOP */
        0x41, 0x20, 0x20, 0x01, /* LA   R2,1(,R2) */
        0x41, 0x00, 0x00, 0x03, /* LA   R0,3 */
        0x42, 0x20, 0xC0, 0x09, /* STC  R2,LOOP+9      of the LA before */
        0x07, 0xFC,             /* BR   R12 */
    };

    memset(image, 0, IMAGE_BYTES);
    image[6] = 0x04; /* restart new PSW: X'400' */
    memcpy(image + 0x400, code, sizeof(code));
    image[LOOP + 1] |= (uint8_t)r;
}

static struct machine_options
options(void)
{
    struct machine_options opt;

    machine_options_default(&opt);
    opt.storage_bytes = 256 * 1024;
    return opt;
}

static struct machine *
new_machine(const uint8_t image[IMAGE_BYTES])
{
    const struct machine_options opt = options();
    char err[300];
    struct machine *m = machine_create(&opt, err, sizeof(err));

    machine_write(m, 0, image, IMAGE_BYTES);
    return m;
}

/* Renewed with the program, it is as a new one, at once and when both run. */
static void
test_renewed(struct machine *used, unsigned r, const char *name)
{
    const struct machine_options opt = options();
    uint8_t image[IMAGE_BYTES];
    struct machine *fresh;

    make_image(image, r);
    fresh = new_machine(image);
    ok(machine_renew(used, &opt, image, sizeof(image)) == 0 &&
           machine_hash(used) == machine_hash(fresh),
       "%s: as a new one", name);
    machine_restart(used);
    machine_restart(fresh);
    is(machine_run(used, INSNS, UINT64_MAX), STOP_LIMIT, "... it runs");
    machine_run(fresh, INSNS, UINT64_MAX);
    ok(machine_count(used) == INSNS &&
           machine_hash(used) == machine_hash(fresh),
       "... and goes on as the new one does");
    machine_destroy(fresh);
}

static void
test_refused(struct machine *m)
{
    struct machine_options opt = options();
    static const uint8_t image[256 * 1024 + 1];

    ok(machine_renew(m, &opt, image, sizeof(image)) != 0 &&
           strstr(machine_error(m), "262145 bytes do not fit") != NULL,
       "too much for storage: %s", machine_error(m));
    opt.storage_bytes *= 2;
    ok(machine_renew(m, &opt, image, 1) != 0 &&
           strstr(machine_error(m), "of 256 KiB") != NULL,
       "another size: %s", machine_error(m));
}

int
main(void)
{
    struct machine *m = random_machine(false);

    random_seed = 370;
    random_steps(m, STEPS);
    test_renewed(m, 0, "after a hostile guest");
    test_renewed(m, 0, "after the same program");
    machine_break_set(m, LOOP);
    test_renewed(m, 0, "with a breakpoint");
    machine_set(m, "cr0", 0x1000);
    machine_set(m, "prefix", 0x2000);
    test_renewed(m, 2, "with a prefix, and another program");
    test_refused(m);
    board_end(m);
    return done();
}
