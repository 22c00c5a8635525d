package Batch;
# Batch.pm - many small programs at once: each is a file of its own, some
# dozens of them are compiled to one image, and what each of them prints on the
# machine is compared with what it prints when the host's cc compiled it.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;
use Exporter 'import';

our @EXPORT = qw(programs);

use constant AT_ONCE => 40;

my @host = qw(cc -m32 -malign-double -funsigned-char -std=c11 -w -o);

sub answers
{
    my ($out) = @_;
    my (undef, @parts) = split /^== \d+\n/m, $out;
    return @parts;
}

sub batch
{
    my @rows = @_;
    my ($declare, $call, @files) = ('', '');
    for my $i (0 .. $#rows) {
        my ($name, $outside, $body) = @{$rows[$i]};
        push @files, write_file(scratch("test$i.c"), <<"END");
#include <stdio.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdbool.h>
#include <string.h>
#define OUT(x) printf("%lld\\n", (long long)(x))
$outside
void test$i(void) { $body }
END
        $declare .= "void test$i(void);\n";
        $call .= "printf(\"== $i\\n\"); test$i();\n";
    }
    push @files, write_file(scratch('main.c'),
        "#include <stdio.h>\n${declare}int main(void) { $call return 0; }\n");
    my ($status, $out, $err) = run_program('', @host, scratch('host'), @files);
    is($status, 0, "the host's cc takes the programs") or diag $err;
    (undef, $out) = run_program('', scratch('host'));
    my @expected = answers($out);
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-w', '-o', scratch('image'), @files);
    is($status, 0, 'cc370 takes the programs') or diag $err;
    (undef, $out, $err) = run_program('', bin('run370'), scratch('image'));
    my @got = answers($out);
    is($got[$_] // "nothing", $expected[$_], $rows[$_][0]) or diag $rows[$_][1],
        $rows[$_][2]
        for 0 .. $#rows;
}

# Each program: its name, what stands outside of its function, and the body.
sub programs
{
    my @rows = @_;
    batch(splice @rows, 0, AT_ONCE) while @rows;
}

1;
