# Damaged programs: the compiler never crashes and never is silent; it takes
# what still is C, and has a message for the rest.  The damage is pseudo-
# random, the same in every run.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

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
    '__attribute__((packed))', 'x', "\n", "\\\n", '#if 0', '/*', '~', '<<=');

sub damage
{
    my ($text) = @_;
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

my $file = scratch('damaged.c');
my $rounds = 12;
for my $source (sort glob 'machine/sdk/cc/tests/programs/*.c') {
    my $text = read_file($source);
    my @bad;
    for my $round (1 .. $rounds) {
        write_file($file, damage($text));
        my ($status, $out, $err) = run_program('', 'timeout', '600',
            bin('cc370'), '-S', '-o', scratch('source'), $file);
        next if $status == 0;
        push @bad, "round $round: status $status $err"
            if $status != 1 || $err !~ /error/;
    }
    my ($name) = $source =~ m{([^/]+)$};
    is(join('', @bad), '', "$name, damaged $rounds times");
}

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
