#!/usr/bin/perl
# The library on the bare machine: each program checks one part and prints what
# is wrong; its exit status is the number of failures.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my %paper = (formats => "on the console\nputs\np\n" . ' ' x 126 . "\n" .
                        ' ' x 19 . "right\n");

for my $name (qw(strings formats numbers stubs containers codes)) {
    my ($status, $out, $err) =
        run_program('', bin('run370'), '-I', 'machine/sdk/tests',
                    "machine/sdk/tests/$name.c");
    is($out, $paper{$name} // '', "$name: nothing fails");
    is("$status$err", '0', "$name: ends well");
}

# A failed assertion: the addresses are those of the listing, the frames hold
# what the functions' variables held.
sub run_text
{
    my ($text) = @_;
    my $image = scratch('image');
    write_file(scratch('failed.c'), $text);
    my ($status, $out, $err) = run_program('', bin('cc370'), '-o', $image,
        scratch('failed.c'));
    is("$status$err", '0', 'compiled');
    my %address = map { /^sym (\w+) \w+ func (\w+)/ ? ($2 => hex $1) : () }
        split /\n/, read_file("$image.map");
    ($status, $out, $err) = run_program('', bin('run370'), $image);
    return ($status, $out, \%address);
}
my ($status, $out, $address) = run_text(<<'E');
#include <assert.h>
static __attribute__((noinline)) int check(int n, int limit)
{
    char local[12] = "LOCAL TEXT";
    assert(local[0] != 'L' || n < limit);
    return n;
}
int main(void) { return check(0x1234, 7); }
E
is($status, 0xBE, "it ends like abort()");
like($out, qr/failed\.c:5: assertion failed: local\[0\] != 'L' \|\| n < limit\n/,
     'what, and where');
my ($cc, $at) = $out =~ /^PSW      condition code (\d), program mask X'0', address X'(\w+)'$/m;
is($cc, 2, 'the condition code of the comparison');
my ($r12, $r13, $r14, $r15) =
    $out =~ /^R8 -R15  (?:\w+ ){4}(\w+) (\w+) (\w+) (\w+)$/m;
is(hex $r12, $address->{check}, 'R12, the base of the function');
is(hex($r14) & 0xFFFFFF, hex $at, 'R14 and the place');
my @chain = $out =~ /^in the function X'(\w+)', called before X'\w+'$/mg;
is_deeply([map { hex } @chain], [@$address{qw(check main)}],
          'the chain of calls');
like($out, qr/^X'\w+' (?=.*00001234).*\*.*\*$/m, 'an argument in storage');
like($out, qr/\*.*LOCAL T.*\*|\*.*LOCAL.*\*/, 'a local variable in EBCDIC');
cmp_ok(length, '<=', 126, 'a line of a 3215') for split /\n/, $out;

# A long chain and large frames are cut, and say so.
($status, $out) = run_text(<<'E');
#include <assert.h>
static int deep(int n)
{
    char big[700];
    big[n] = (char)n;
    assert(n < 25);
    return deep(n + 1) + big[n];
}
int main(void) { return deep(1); }
E
is(scalar(() = $out =~ /^in the function /mg), 20, 'the last calls');
like($out, qr/^and 6 calls more$/m, 'the number of the others');
like($out, qr/: the first 512 of \d+ bytes\n(?:X'.*\n){16}frame/,
     'the first bytes of a large frame');

# A program's own function, where the library's relations of it are needed.
($status, $out) = run_text(<<'E');
#include <stdio.h>
#include <string.h>
static int calls;
void *memcpy(void *to, const void *from, size_t n)
{
    char *p = to;
    const char *q = from;
    calls++;
    while (n-- > 0)
        *p++ = *q++;
    return to;
}
int main(void) { return printf("%5d|%.1s\n", 12, "xy") == 8 && calls > 0; }
E
is("$status$out", "1   12|x\n", 'an own memcpy() beside the library\'s memset()');

# A damaged chain, and an output of the program's own.
($status, $out) = run_text(<<'E');
#include <assert.h>
#include <s370/console.h>
#include <s370/insn.h>
#include <string.h>
static char all[4096];
static unsigned n;
void console_write(const char *text, size_t len)
{
    memcpy(all + n, text, len);
    n += len;
}
static __attribute__((noinline)) void damage(int *p)
{
    for (int i = 0; i < 60; i++)
        if (p[i] == 0x00FFFFB8)
            p[i] = 0x123;
    assert(p[0] == 1 && p[0] == 2);
}
void abort(void)
{
    s370_stop(strstr(all, "the back chain leads to X'000123': damaged\n") &&
              strstr(all, "assertion failed") ? 5 : 6);
}
int main(void) { int a[20] = {1}; damage(a - 20); return a[3]; }
E
is("$status$out", '5', 'a damaged back chain; an own console_write()');

done_testing();
