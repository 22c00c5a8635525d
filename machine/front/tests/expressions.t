#!/usr/bin/perl
# `print' computes what the program would.  Random expressions over variables
# of all types, once at the monitor and once in a program of the host's clang
# (gcc gives wide bit-fields types of their own).
#
# RUNS and SEED in the environment: more expressions, others.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $variables = <<'END';
int i1 = -7, i2 = 2147483647, i3 = 12;
unsigned u1 = 4294967295u, u2 = 3;
short s = -300;
unsigned short us = 65000;
signed char sc = -100;
unsigned char uc = 200;
char c = 130;
long long l1 = -123456789012345LL, l2 = 5;
unsigned long long ul = 18446744073709551000ULL;
_Bool b = 1;
enum hue { RED, GREEN = 5, BLUE } hue = GREEN;
enum sign { MINUS = -3, PLUS = 4 } sign = MINUS;
struct {
    unsigned f3 : 3; int g5 : 5; unsigned w32 : 32; int x31 : 31;
    unsigned long long y40 : 40; long long z20 : 20; _Bool b : 1;
} f = {5, -9, 4000000000u, -5, 1ULL << 39, -70000, 1};
int list[5] = {3, -4, 5, -6, 7}, *p = &list[2];
struct node { struct node *next; short v; }
    node[3] = {{&node[1], -5}, {&node[2], 6}, {0, 7}}, *np = &node[1];
END
my @operands = qw(i1 i2 i3 u1 u2 s us sc uc c l1 l2 ul b hue sign f.f3 f.g5
    f.w32 f.x31 f.y40 f.z20 f.b list[1] *p p[-1] 1[p] np->v np->next->v
    (*np).v RED BLUE MINUS PLUS 0 1 7 100u 0x80000000 4000000000 5ll 1ull 070
    *(1+list) list[i3-11] (&node[2]!=np) (p-list==2));
my @types = ('int', 'unsigned', 'const short', 'short unsigned int', 'char',
    'signed char', 'unsigned char', 'long long', 'unsigned long long', '_Bool');
my @operators = qw(+ - * | & ^ < > == != <= >= && ||);

sub one_of { return $_[rand @_] }

sub expression
{
    my ($depth) = @_;
    return one_of(@operands) if $depth-- == 0 || rand() < 0.1;
    my ($a, $b) = (expression($depth), expression($depth));
    my $kind = int rand 10;
    return '(' . one_of('-', '~', '!', '+') . " $a)" if $kind == 0;
    return '(' . one_of(@types) . ")($a)" if $kind == 1;
    return "(($a) " . one_of('<<', '>>') . " (($b) & 15))" if $kind == 2;
    return "(($a) " . one_of('/', '%') . " ((($b) & 255) | 1))" if $kind == 3;
    return "($a ? $b : " . expression($depth) . ')' if $kind == 4;
    my $text = "$a " . one_of(@operators) . " $b";
    return $kind < 7 ? $text : "($text)";
}

srand($ENV{SEED} // 1);
my @expressions;
while (@expressions < 400 * ($ENV{RUNS} // 1)) {
    my $e = expression(1 + int rand 4);
    push @expressions, $e if length $e < 200 && $e !~ /^f\.\w+$/;
}
my $host = write_file(scratch('host.c'), join "\n", '#include <stdio.h>',
    $variables, 'int main(void) {',
    (map { "{ __auto_type r = $_; printf(_Generic(r, unsigned long long: " .
        '"%llu\n", default: "%lld\n"), (long long)r); }' } @expressions), '}');
my ($status, $out, $err) = run_program('', 'clang', '-w', '-fwrapv',
    '-funsigned-char', '-o', scratch('host'), $host);
is($status, 0, "the host's program") or diag $err;
($status, $out) = run_program('', scratch('host'));
my @truth = split /\n/, $out;
my $uses = join ' + ', qw(i1 i2 i3 u1 u2 s us sc uc c l1 l2 ul b hue sign f.b
    list[1] *p np->v node[0].v);
my $source = write_file(scratch('v.c'),
    "$variables volatile int t; int main(void) { return t + $uses; }\n");
($status, undef, $err) = run_program('', bin('cc370'), '-w', '-o',
    scratch('v'), $source);
is($status, 0, 'the program') or diag $err;
(undef, $out) = run_program(join("\n", 'load ' . scratch('v') . ' 0',
    (map { "print $_" } @expressions), 'quit', ''),
    bin('machine'), '--storage', '256K', '--monitor', '-');
my (undef, @shown) = split /\n/, $out;
my %word = (RED => 0, GREEN => 5, BLUE => 6, MINUS => -3, PLUS => 4,
    true => 1, false => 0);
my $wrong = 0;
for my $i (0 .. $#expressions) {
    my ($value) = $shown[$i] =~ /^\Q$expressions[$i]\E = (\S+)/;
    $value = $word{$value} // $value if defined $value;
    next if defined $value && $value eq $truth[$i];
    diag "$shown[$i]; it is $truth[$i]" if $wrong++ < 5;
}
is($wrong, 0, scalar(@expressions) . ' expressions');
done_testing;
