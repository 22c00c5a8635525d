#!/usr/bin/perl
# run370: compiles, runs, converses, and says how a program ended.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

# Run a C program given as text.
sub run_c
{
    my ($input, $text, @options) = @_;
    my $source = write_file(scratch('program.c'), $text);
    return run_program($input, bin('run370'), @options, $source);
}

my ($status, $out, $err) = run_c('', <<'END');
#include <stdio.h>
int main(void) { printf("%s %d\n", "hello", 370); return 7; }
END
is($out, "hello 370\n", 'what the program prints');
is("$status$err", '7', "main's value is the exit status");

my $reader = <<'END';
#include <s370/console.h>
#include <stdio.h>
int main(void)
{
    char line[20];
    int len;
    while ((len = console_read(line, sizeof(line))) >= 0)
        printf("%d <%s>\n", len, line);
    return 0;
}
END
($status, $out, $err) = run_c("one\n\nmore than twenty characters\nlast",
                              $reader);
is($out, "one\n3 <one>\n\n0 <>\nmore than twenty characters\n" .
         "19 <more than twenty ch>\nlast\n4 <last>\n\n",
   'lines are read, echoed, cut off; then comes the cancel key');
is("$status$err", '0', '... and the end');

($status, $out, $err) = run_c('', <<'END');
int main(void)
{
    *(volatile int *)0xFFFFFFF0 = 1;
    return 0;
}
END
is($status, 0, 'the last word of 16 MiB is there');
($status, $out, $err) = run_c('', <<'END', '--storage', '1024');
int main(void)
{
    *(volatile int *)0xFFFFF0 = 1;
    return 0;
}
END
is($status, 2, 'a program interruption');
like($err, qr/X'0005', addressing at \S*program.c:3 \(main/, '... and where');

# Calls without end: the stack meets the code, or the assigned locations.
for my $body ('char a[100]; a[n % 100] = 1; return f(n + 1) + a[n % 50];',
              'char a[999]; memset(a, 1, 999); return f(n + 1) + a[n % 9];') {
    ($status, $out, $err) = run_c('', <<"END");
#include <string.h>
static int f(int n) { $body }
int main(void) { return f(0); }
END
    is($status, 2, 'calls without end');
    like($err, qr/the stack has come down into the program/, '... are told');
}

($status, $out, $err) = run_c('', 'int main(void) { for (;;) ; }', '-n', 1000);
is($status, 2, 'a program without end');
like($err, qr/limit of instructions was reached at/, '... reaches the limit');

($status, $out, $err) = run_c('', <<'END');
#include <assert.h>
int main(void) { assert(1 + 1 == 3); return 0; }
END
like($out, qr/program.c:2: assertion failed: 1 \+ 1 == 3/, 'an assertion');
is($status, 0xBE, '... stops with code ABE');

($status, $out, $err) = run_c('', <<'END');
#include <s370/insn.h>
#include <s370/psw.h>
int main(void) { psw_t p = PSW_BC_CHANNEL(0) | PSW_WAIT; s370_lpsw(&p); }
END
like($err, qr/waits for an interruption that cannot come/, 'an idle machine');
is($status, 2, '... ends with status 2');

# An assembler file together with a C file; -D and -I.
my $asm = write_file(scratch('twice.asm'), <<'END');
         ENTRY twice
twice    L     R15,0(,R1)
         AR    R15,R15
         BR    R14
END
write_file(scratch('number.h'), "#define NUMBER (HALF / 2)\n");
my ($dir) = $asm =~ /(.*)\//;
($status) = run_c('', <<'END', '-D', 'HALF=42', '-I', $dir, $asm);
#include "number.h"
int twice(int);
int main(void) { return twice(NUMBER); }
END
is($status, 42, 'C and assembler, -D and -I');

# An image: GOS reads commands; at the end of the file it goes on reading.
($status, $out) = run_program("echo hi\nquit\n", bin('run370'),
                              build('labs/gos'));
like($out, qr/^hi\n/m, 'an image is run');
is($status, 0, '... to its end');
($status, $out, $err) = run_program('', bin('run370'), build('labs/gos'));
like($err, qr/reads on after the end/, 'a program that will not end');

# Wrong input.
for (['a C file with a mistake', 'int main(void) { return x; }'],
     ['a name that is not defined', 'int f(void); int main(void) { f(); }']) {
    my ($what, $text) = @$_;
    ($status, $out, $err) = run_c('', $text);
    is("$status$out", '1', $what);
}
for ([qr/No such file/, scratch('absent')],
     [qr/or one image/],
     [qr/or one image/, scratch('program.c'), build('labs/gos')],
     [qr/--storage "x"/, '-s', 'x', build('labs/gos')],
     [qr/storage/, '-s', '1', build('labs/gos')]) {
    my ($message, @words) = @$_;
    ($status, $out, $err) = run_program('', bin('run370'), @words);
    is("$status$out", '1', 'run370 ' . join ' ', map { s/.*\///r } @words);
    like($err, $message, '... says why');
}

done_testing();
