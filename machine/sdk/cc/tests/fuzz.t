# Damaged programs: the compiler never crashes, never hangs and never is silent;
# it takes what still is C or assembler, and has a message for the rest.  The
# damage is pseudo-random, the same in every run; FUZZ_ROUNDS asks for more of
# it than twelve rounds of each program.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $rounds = $ENV{FUZZ_ROUNDS} // 12;
my $state = 1;

sub random
{
    my ($n) = @_;
    $state = ($state * 1103515245 + 12345) % 2147483648;
    return ($state >> 8) % $n;
}

my @pieces = ('{', '}', '(', ')', '[', ']', ';', ',', '*', '&', '=', '.',
    '->', ':', '?', '"', "'", '0', '-1', '99999999999', 'int', 'struct',
    'union', 'enum', 'static', 'extern', 'typedef', 'return', 'case', 'switch',
    'goto', 'void', 'sizeof', 'const', '...', '_Generic', '_Alignas(64)',
    '__attribute__((packed))', 'x', "\n", "\\\n", '#if 0', '/*', '~', '<<=',
    'case', 'default', '_Static_assert', 'inline', 'asm', 'unsigned', 'long',
    '__builtin_va_arg', '__func__', 'extern int f()', '%', '^', '++', '&&');
my @asm_pieces = (' ', ',', '(', ')', "'", '=', '*', ';', ':', '-', '+', '.', '%',
    "\n", 'DC', 'DS', 'USING', 'DROP', 'CSECT', 'DSECT', 'ORG', 'EQU', 'LTORG',
    "X'", "C'", "L'", '0', '4095', '99999999999', 'R15', 'R1', 'MVC', 'B', 'LM',
    '%macro X 1', '%if 0', '%include "', '%endif', '"', '`', '[', "\\", '$', '{');

sub damage
{
    my ($text, @pieces) = @_;
    my @tokens = split /(\W)/, $text;
    for (0 .. random(4)) {
        my $at = random(scalar @tokens);
        my $how = random(4);
        if ($how == 0) {
            $tokens[$at] = $pieces[random(scalar @pieces)];
        } elsif ($how == 1) {
            splice @tokens, $at, random(6);
        } elsif ($how == 2) {
            splice @tokens, $at, 0, @tokens[$at .. ($at + random(8))
                % @tokens];
        } else {
            my $from = random(scalar @tokens);
            $tokens[$at] = $tokens[$from] // '';
        }
        @tokens = grep { defined } @tokens;
    }
    return join '', @tokens;
}

# Compile damaged copies of a file; what went wrong.
sub try_damaged
{
    my ($source, $file, $pieces, @options) = @_;
    my $text = read_file($source);
    my @bad;
    for my $round (1 .. $rounds) {
        write_file($file, damage($text, @$pieces));
        my ($status, $out, $err) = run_program('', 'timeout', '600',
            bin('cc370'), @options, $file);
        next if $status == 0;
        push @bad, "round $round: status $status $err\n"
            if $status != 1 || $err !~ /error|^cc370: /m;
    }
    my ($name) = $source =~ m{([^/]+)$};
    is(join('', @bad), '', "$name, damaged $rounds times");
}

my $file = scratch('damaged.c');
try_damaged($_, $file, \@pieces, '-S', '-o', scratch('source'))
    for sort glob 'machine/sdk/cc/tests/programs/*.c';
try_damaged($_, scratch('damaged.asm'), \@asm_pieces, '-nostartfiles', '-o',
    scratch('image')) for 'machine/sdk/asm/tests/mistakes.asm',
    'machine/front/tests/echo.asm';

# Nothing but depth, length, or rubbish.
my %odd = (
    'parentheses' => 'int x = ' . '(' x 100000 . '1' . ')' x 100000 . ';',
    'blocks' => 'void f(void) ' . '{' x 100000,
    'declarators' => 'int ' . '(*' x 5000 . 'x' . ')' x 5000 . ';',
    'structures' => 'struct {' x 5000 . 'int x;',
    'braces' => 'int x[] = ' . '{' x 5000,
    'minuses' => 'int x = ' . '- ' x 50000 . '1;',
    'conditions' => 'int f(int a) { return ' . 'a ? a : ' x 20000 . 'a; }',
    'if else' => 'int f(int a) { ' . 'if (a) a++; else ' x 5000 . '; }',
    'bytes' => join('', map { chr } 0 .. 255) x 3,
    'nothing' => '',
    'a long name' => 'int ' . 'n' x 100000 . ';',
    'a string' => 'char s[] = "' . 'x' x 100000 . '";',
);
for my $name (sort keys %odd) {
    write_file($file, $odd{$name});
    my ($status, $out, $err) = run_program('', 'timeout', '600', bin('cc370'),
        '-fsyntax-only', $file);
    ok($status == 0 || ($status == 1 && $err =~ /error/),
        "$name: status $status");
}
done_testing;
