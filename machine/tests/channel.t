#!/usr/bin/perl
# channel.t - channel programs as the CPU sees them, on our machine and under
# Hercules
#
# channel/Cases.pm says what must come of each; what Hercules makes of it must
# be the same but where a case tells why not.
use strict;
use warnings;
use lib 'tools', 'machine/tests/hercules', 'machine/tests/channel';
use Test::More;
use Kit;
use Machines;
use Cases;

use constant { CASES => 0x10000, CASE_BYTES => 0x1000 };

my %devno = (CONSOLE => 0x009, READER => 0x00C, PUNCH => 0x00D,
             PRINTER => 0x00E, TAPE => 0x180);
my @does = qw(over sio siof tio clrio hio hdv tch int set key delay end);
my %does = map { $does[$_] => $_ } 0 .. $#does;

# ---- the image --------------------------------------------------------------

# An action of the case at $base: 8 bytes.
sub action
{
    my ($base, $devno, $text) = @_;
    my ($what, @words) = split ' ', $text;
    my ($byte, $word) = (0, 0);
    if ($what =~ /^sio/) {
        $word = $base + 0x400;
        if (($words[0] // '') =~ /^caw=(.*)/) {
            $word = hex $1;
            $word += $base unless ($words[1] // '') eq 'absolute';
        }
    } elsif ($what =~ /^key(A?)$/) {
        ($what, $byte, $word) = ('key', hex $words[0],
                                 $1 ? $base : $base + 0x800);
    } elsif ($what eq 'set') {
        ($word, $byte) = ($base + hex $words[0], hex $words[1]);
    } elsif ($what eq 'delay') {
        $word = $words[0];
    }
    return pack 'C C n N', $does{$what}, $byte, $devno, $word;
}

# The actions that wait for what should not come: they need not wait for as
# long as a busy host may keep an interruption back.  What is refused with
# condition code 1 comes later under Hercules; and where that gives something
# else it may well be nothing.
sub brief
{
    my ($what) = @_;
    my @see = @{$what->{see}};
    my ($line, $before, @brief) = (0, '');
    for my $n (0 .. $#{$what->{do}}) {
        next if $what->{do}[$n] =~ /^(?:key|set|delay)/;
        push @brief, $n if $what->{theirs} || $what->{erratic} ||
            $see[$line] eq 'none' && $before !~ /^cc1/;
        $before = $see[$line++];
    }
    return @brief;
}

sub assemble
{
    my ($base, $device, $program, $what) = @_;
    my $devno = $devno{$device} // $device;
    my $case = "\0" x CASE_BYTES;
    my $put = sub { substr($case, $_[0], length $_[1]) = $_[1] };
    my $actions = join '', map { action($base, $devno, $_) } @{$what->{do}};
    substr($actions, 8 * $_ + 1, 1) |= "\1" for
        grep { $what->{do}[$_] =~ /^(?:int|end)$/ } brief($what);
    $put->(0, $actions);
    $put->(0x400, join '', map {
        my ($code, $at, $count, $flags, $absolute) = @$_;
        pack 'N C x n', $code << 24 | $at + ($absolute ? 0 : $base), $flags,
            $count;
    } @$program);
    $put->(0x500, pack 'N*', map { $_ + $base } @{$what->{words} // []});
    $put->(0x580, pack 'H*', $what->{bytes} // '');
    return $case;
}

# ---- what came of it --------------------------------------------------------

# The CSW that was stored, in words.
sub csw_text
{
    my ($base, $csw) = @_;
    my ($word, $status, $count) = unpack 'N H4 n', $csw;
    return uc $status if $word == 0xEEEEEEEE;
    my $at = $word & 0xFFFFFF;
    my $place = $at == 0 ? 'zero' : ($at - $base - 0x400) / 8;
    my $key = $word >> 28;
    return ($key && $key != 2 ? "key $key " : '') .
        "at $place \U$status\E $count";
}

# One line for each action that gives an answer.
sub seen
{
    my ($base, $what, $bytes) = @_;
    my @lines;
    my $n = 0;
    for my $text (@{$what->{do}}) {
        my $result = substr $bytes, 0x200 + 16 * $n++, 16;
        my (undef, $cc, undef, $csw) = unpack 'C C n a8', $result;
        if ($text =~ /^(?:int|end)$/) {
            push @lines, $cc == 9 ? 'none' : csw_text($base, $csw);
        } elsif ($text !~ /^(?:key|set|delay)/) {
            push @lines, "cc$cc" .
                ($cc == 1 && $text ne 'tch' ? ' ' . csw_text($base, $csw) : '');
        }
    }
    return @lines;
}

# What is not as expected.  Hercules answers every START I/O with condition code
# 0, and tells by an interruption what ought to have been stored with 1.
sub differences
{
    my ($n, $bytes, $hercules) = @_;
    my (undef, undef, undef, $what) = @{$cases[$n]};
    my $base = CASES + $n * CASE_BYTES;
    my @lines = seen($base, $what, $bytes);
    my @wrong;
    my @see = @{$what->{see}};
    for my $i (0 .. $#see) {
        if ($hercules && $lines[$i] eq 'cc0' && $see[$i] =~ /^cc1 (....)$/ &&
            ($see[$i + 1] // '') eq 'none') {
            @see[$i, $i + 1] = ('cc0', "at * $1 *");
        }
        my $pattern = quotemeta $see[$i];
        $pattern =~ s/\\\*/.*/g;
        $pattern =~ s/\\\?/[0-9A-F]/g;
        my $line = $lines[$i] // 'nothing';
        push @wrong, "action $i: \"$line\", not \"$see[$i]\""
            unless $line =~ /^$pattern$/;
    }
    for (['data', 0x600], ['high', 0x800]) {
        my ($name, $at) = @$_;
        my $want = $what->{$name} // next;
        my $is = unpack 'H*', substr $bytes, $at, length($want) / 2;
        push @wrong, "$name $is, not $want" if $is ne $want;
    }
    return @wrong;
}

# ---- both machines ----------------------------------------------------------

sub devices
{
    my ($whose, $printer) = @_;
    my %file = map { $_ => scratch("$whose-$_") } keys %devno;
    write_file($file{READER}, join('', map { join('', 'A' .. 'Z') . "\n" } 1 .. 200));
    my $block = pack 'C*', map { $_ & 255 } 0 .. 2999;
    write_file($file{TAPE}, pack('v v C C', 3000, 0, 0xA0, 0) . $block .
               pack('v v C C', 0, 3000, 0x40, 0) x 2);
    return ("00C 3505 $file{READER} ascii trunc", "00D 3525 $file{PUNCH}",
            "00E 1403 $file{PRINTER} $printer", "180 3420 $file{TAPE}");
}

my $driver = scratch('driver');
my ($status, undef, $err) = run_program('', 'nasm', '-f', 'bin', '-I',
    'machine/sdk/asm/', '-o', $driver, 'machine/tests/channel/driver.asm');
is "$status$err", '0', 'the driver is assembled';

# The driver and the cases; for Hercules, those that it has not are empty.
sub make_image
{
    my ($hercules) = @_;
    my $image = pack 'a65536', pack 'a4092 N', read_file($driver),
        scalar @cases;
    for my $n (0 .. $#cases) {
        my (undef, $device, $program, $what) = @{$cases[$n]};
        $what = { %$what, do => [] } if $hercules && $what->{ours};
        $image .= assemble(CASES + $n * CASE_BYTES, $device, $program, $what);
    }
    return write_file(scratch('image'), $image);
}

my @area = (CASES, @cases * CASE_BYTES);

my ($ours, $said) = run_ours(make_image(0), @area, '009 3215', devices('ours', ''));
is $said, '', 'all cases end';
for my $n (0 .. $#cases) {
    my @wrong = differences($n, substr $ours, $n * CASE_BYTES, CASE_BYTES);
    ok !@wrong, "$cases[$n][1]: $cases[$n][0]" or diag join "\n", @wrong;
}

(my $theirs, $said) = run_hercules(make_image(1), @area, '0009 3215-C',
    map { "0$_" } devices('theirs', 'noclear'));
is length $theirs, $area[1], 'Hercules runs them all' or diag $said;
for my $n (0 .. $#cases) {
    my ($name, $device, undef, $what) = @{$cases[$n]};
    next if $what->{ours} || $what->{erratic};
    my @wrong = differences($n, substr($theirs, $n * CASE_BYTES, CASE_BYTES),
        1);
    if ($what->{theirs}) {
        ok @wrong, "Hercules, $device: $name: differs, $what->{theirs}";
    } else {
        ok !@wrong, "Hercules, $device: $name" or diag join "\n", @wrong;
    }
}
done_testing;
