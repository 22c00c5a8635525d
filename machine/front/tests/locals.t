#!/usr/bin/perl
# What `locals' prints is what the variables hold.  Random programs stop at
# many places; the host's compiler, without optimizing, makes the same program
# tell the truth about each place.  A variable may be optimized away, but no
# value may be wrong: neither in the function nor in its callers.  The index of
# a loop is always there in the loop.
#
# RUNS and SEED in the environment: more programs, others.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $runs = $ENV{RUNS} // 12;
my $seed = $ENV{SEED} // 1;

# ---- random programs -------------------------------------------------------

my @types = ('int', 'unsigned', 'short', 'unsigned char', 'signed char',
    'unsigned short', 'long long', 'unsigned long long', '_Bool', 'enum hue');
my ($code, $stops, $level, @scope, %counter, $function);

sub one_of { return $_[rand @_] }

sub line
{
    $code .= '    ' x $level . "$_[0]\n";
    return;
}

# A place to stop at: the values of all variables that are visible.
sub stop_here
{
    my %seen;
    my @names = grep { !$seen{$_}++ } map { $_->{name} } reverse @scope;
    line('T(' . join(' ', map { "D($_)" } @names) . ')');
    return;
}

sub operand
{
    my @numbers = grep { !$_->{pointer} } @scope;
    my @pointers = grep { $_->{pointer} } @scope;
    my $what = rand 10;
    return int(rand 200) - 100 if $what < 2 || !@numbers;
    return one_of('(int)g', 'table[g & 7]') if $what < 3;
    return '*' . one_of(@pointers)->{name} if $what < 4 && @pointers;
    my @indices = grep { $_->{name} =~ /^i/ } @scope;
    return 'rows[' . one_of(@indices)->{name} . '].' . one_of('a', 'b')
        if $what < 5 && @indices;
    return one_of(@numbers)->{name};
}

sub expression
{
    my ($depth) = @_;
    return operand() if $depth == 0 || rand() < 0.2;
    my ($a, $b) = (expression($depth - 1), expression($depth - 1));
    my $op = one_of(qw(+ - * & | ^ < == / >> << ?));
    return "((unsigned)($a) / ((unsigned)($b) | 1))" if $op eq '/';
    return "((unsigned)($a) $op (($b) & 15))" if $op eq '>>' || $op eq '<<';
    return "(($a) ? ($b) : " . operand() . ')' if $op eq '?';
    return "((unsigned)($a) $op (unsigned)($b))";
}

sub declare
{
    my ($type) = @_;
    my $name = 'v' . $counter{v}++;
    # A name that hides one further out.
    my %here = map { $_->{name} => 1 } grep { $_->{level} == $level } @scope;
    my @outer = grep { !$here{ $_->{name} } && $_->{name} =~ /^v/ } @scope;
    $name = one_of(@outer)->{name} if @outer && rand() < 0.2;
    my $value = expression(1);
    $value = 1 if $value =~ /\b$name\b/; # its own name, without a value yet
    line("$type $name = $value;");
    push @scope, { name => $name, level => $level };
    return;
}

sub block
{
    my ($statements, $depth) = @_;
    my $had = @scope;
    $level++;
    declare(one_of(@types)) if rand() < 0.4;
    statement($depth) for 1 .. $statements;
    $level--;
    $#scope = $had - 1;
    return;
}

sub assign
{
    my @to = grep { !$_->{fixed} } @scope;
    my $to = one_of(@to);
    my $name = $to->{pointer} ? "*$to->{name}" : $to->{name};
    line("$name " . one_of('=', '=', '=', '+=', '^=') . ' ' . expression(2) . ';');
    return;
}

sub loop
{
    my ($depth) = @_;
    my $i = 'i' . $counter{i}++;
    my $n = 1 + int rand 4;
    my ($begin, $end) = @{ one_of(
        ["for (int $i = 0; $i < $n; $i++) {", '}'],
        ["for (short $i = $n; $i > 0; $i -= 2) {", '}'],
        ["for (int $i = 0; $i < (b & 3); $i++) {", '}'],
        ["{ int $i = $n; while ($i-- > 0) {", '} }'],
        ["{ unsigned $i = 0; do {", "} while (++$i < $n); }"]) };
    line($begin);
    push @scope, { name => $i, level => $level + 1, fixed => 1 };
    block(1 + int rand 2, $depth - 1);
    pop @scope;
    line($end);
    return;
}

sub statement
{
    my ($depth) = @_;
    my $what = rand 12;
    if ($what < 5 || $depth == 0) {
        assign();
    } elsif ($what < 7) {
        line('if (' . expression(2) . ') {');
        block(1 + int rand 2, $depth - 1);
        if (rand() < 0.5) {
            line('} else {');
            block(1 + int rand 2, $depth - 1);
        }
        line('}');
    } elsif ($what < 8.5) {
        loop($depth);
    } elsif ($what < 9 && $function > 0) {
        line('if (' . expression(2) . ' == 77)');
        line('    return ' . expression(1) . ';');
    } elsif ($what < 10) {
        line('switch ((' . expression(1) . ') & 3) {');
        for my $case (0 .. 2) {
            line("case $case: {");
            block(1, $depth - 1);
            line('}');
            line('    break;') if rand() < 0.7;
        }
        line('}');
    } elsif ($function < 4) {
        my $callee = $function + 1 + int rand(4 - $function);
        my $to = one_of(grep { !$_->{fixed} && !$_->{pointer} } @scope);
        stop_here(); # what its variables are during the call
        line("$to->{name} = f$callee(" . expression(1) . ', ' . expression(1) .
            ');');
    } else {
        line('g = ' . expression(2) . ';');
    }
    stop_here();
    return;
}

sub program
{
    ($code, $level, %counter) = ('', 0);
    $code = <<'END';
volatile int tick;
#ifdef TRUTH
#include <stdio.h>
#define D(v) printf(" %s=%lld", #v, (long long)(v));
#define T(x) { printf("%d %s", tick, __func__); x printf("\n"); tick++; }
#else
#define T(x) tick++;
#endif
enum hue { RED, GREEN = 5, BLUE };
unsigned g = 7;
int table[8] = {3, -1, 4, 1, -5, 9, 2, 6};
struct { int a; char name[12]; short b; } rows[8] = {[1] = {5, "", 8}};
END
    for my $n (reverse 0 .. 4) {
        $function = $n;
        my ($t1, $t2, $r) = map { one_of(@types) } 1 .. 3;
        my $kind = one_of('static inline', 'static', '__attribute__((noinline))');
        line("$kind $r");
        line("f$function($t1 a, $t2 b)");
        line('{');
        @scope = map { { name => $_, level => 0 } } qw(a b);
        $level = 1;
        declare(one_of(@types)) for 1 .. 3;
        if (rand() < 0.5) {
            line("int q = " . operand() . ', *p = &q;');
            push @scope, { name => 'q', level => 1 },
                { name => 'p', level => 1, pointer => 1, fixed => 0 };
        }
        stop_here();
        my $size = $function == 4 ? 1 : 2 + int rand 4;
        statement(2) for 1 .. $size;
        line('return ' . expression(1) . ';');
        $level = 0;
        line('}');
    }
    $code .= "int main(void)\n{\n    g += f0(1, 2);\n    T()\n    return 0;\n}\n";
    # A pointer is no number to compare.
    $code =~ s/D\(p\) ?//g;
    return $code;
}

# ---- the truth -------------------------------------------------------------

# By tick: the function and its variables.
sub truth
{
    my ($file) = @_;
    my ($status, undef, $err) = run_program('', 'cc', '-w', '-O0', '-DTRUTH',
        '-fwrapv', '-o', scratch('truth'), $file);
    die "the host's compiler: $err" if $status != 0;
    my (undef, $out) = run_program('', scratch('truth'));
    my @truth;
    for (split /\n/, $out) {
        my ($tick, $function, @values) = split ' ';
        $truth[$tick] = { function => $function,
            value => { map { split /=/ } @values } };
    }
    return @truth;
}

# ---- the monitor -----------------------------------------------------------

my %enum = (RED => 0, GREEN => 5, BLUE => 6, true => 1, false => 0);
my ($checked, $away, $wrong, $missing, $index_away) = (0, 0, 0, 0, 0);

sub same
{
    my ($shown, $true, $what) = @_;
    if ($shown =~ /optimized away/) {
        $away++;
        if ($what =~ / i\d+$/ && $index_away++ < 5) {
            diag "$what is optimized away";
        }
        return;
    }
    my ($value) = $shown =~ /^(\S+)/;
    $value = $enum{$value} // $value;
    $checked++;
    # The host prints the unsigned ones of 64 bits as signed.
    my $equal = $value eq $true || $value =~ /^\d+$/ && $true < 0 &&
        sprintf('%u', $true) eq $value;
    if (!$equal && $wrong++ < 5) {
        diag "$what: `$shown', but it is $true";
    }
    return;
}

for my $run ($seed .. $seed + $runs - 1) {
    srand $run;
    my $source = program();
    my $file = write_file(scratch("p$run.c"), $source);
    my @truth = truth($file);
    my ($status, $out, $err) = run_program('', bin('cc370'), '-w', '-o',
        scratch('p'), $file);
    is($status, 0, "program $run") or diag $err;
    my @lines = split /\n/, $source;
    # Of a line without code a stop would be at the next one.
    my %has_code = map { /^line \S+ \S+p$run\.c:(\d+)$/ ? ($1 => 1) : () }
        split /\n/, read_file(scratch('p.map'));
    my @stops = grep { $has_code{$_} && $lines[$_ - 1] =~ /^ *T\(/ } 1 .. @lines;
    # The monitor has 64 breakpoints, and a line may be in several places.
    splice @stops, int rand @stops, 1 while @stops > 24;
    my $steps = @truth > 120 ? 120 : scalar @truth;
    (undef, $out) = run_program(
        join("\n", 'load ' . scratch('p') . ' 0',
            (map { "break p$run.c:$_" } @stops), 'restart',
            ('run 1000000', 'print tick', 'frame', 'locals', 'up', 'locals') x
                $steps, 'quit', ''),
        bin('machine'), '--storage', '256K', '--monitor', '-');
    my %last;
    my $tick = 0;
    for my $part (split /^STOP break.*\n/m, $out) {
        next unless $part =~ s/^tick = (-?\d+)\n//;
        for (; $tick <= $1; $tick++) {
            $last{ $truth[$tick]{function} } = $truth[$tick]{value}
                if $truth[$tick];
        }
        $tick = $1;
        my $true = $truth[$tick] or last;
        my ($here, $values, $caller, $above) = $part =~
            /^#0 \S+ (\w+)\(.*\n((?:.*\n)*?)\n#1 \S+ (\w+)\(.*\n((?:.*\n)*?)\n/
            or next;
        $missing++ if $here ne $true->{function};
        next if $here ne $true->{function};
        for (split /\n/, $values) {
            my ($name, $shown) = /^(\w+) = (.*)/ or next;
            same($shown, $true->{value}{$name}, "p$run tick $tick $here $name")
                if defined $true->{value}{$name};
        }
        next if $caller !~ /^f/ || $caller eq $here;
        for (split /\n/, $above) {
            my ($name, $shown) = /^(\w+) = (.*)/ or next;
            same($shown, $last{$caller}{$name},
                "p$run tick $tick $caller, that called $here: $name")
                if defined $last{$caller}{$name};
        }
    }
}
is($wrong, 0, 'no value is wrong');
is($index_away, 0, 'each index is there');
is($missing, 0, 'each stop is in its function');
cmp_ok($checked, '>', 50 * $runs, "values compared: $checked");
cmp_ok($away, '<', $checked, "optimized away: $away");
done_testing;
