# What C leaves to the implementation: sizes, byte order, bit-fields, EBCDIC,
# attributes.  machine.c prints what is not as the handbook says.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my ($status, $out, $err) =
    run_program('', bin('run370'), 'machine/sdk/cc/tests/machine.c');
is($out, '', 'all as the handbook has it');
is("$status$err", '0', 'and no warning');

# A bit-field is accessed without the objects behind it: here storage ends.
my $ends = write_file(scratch('ends.c'), <<'END');
#include <string.h>
#define END 0x100000
struct half {
    unsigned b : 20;
    char c;
} *half = (struct half *)(END - 3);
struct __attribute__((packed)) odd {
    unsigned a : 4, b : 20;
} *odd = (struct odd *)(END - 3);
struct __attribute__((packed)) wide {
    unsigned a : 7;
    long long b : 64;
    char c : 1;
} *wide = (struct wide *)(END - 9);

static int test(void)
{
    odd->a = 5;
    odd->b = 0xABCDE;
    if (odd->a != 5 || odd->b != 0xABCDE)
        return 1;
    half->b = 0x12345;
    if (half->b != 0x12345 || *(char *)(END - 1) != 0x5E)
        return 2;
    wide->b = -2;
    wide->c = 1;
    return wide->b != -2 || wide->c != 1 || *(char *)(END - 1) != 0xFD;
}

int main(void)
{
    char stack[9]; /* begins there */
    int wrong;

    memcpy(stack, (char *)END - 9, 9);
    wrong = test();
    memcpy((char *)END - 9, stack, 9);
    return wrong;
}
END
is(join('', run_program('', bin('run370'), '--storage=1024', $ends)), '0',
    'no byte outside of a bit-field and its neighbours is touched');
done_testing;
