#!/usr/bin/perl
# disk.t - channel programs on disks of every type, on our machine and under
# Hercules
#
# disk/Cases.pm says what must come of each; what Hercules makes of it must be
# the same but where a case tells why not.  KEEP in the environment: a folder
# for the images.
use strict;
use warnings;
use lib 'tools', 'machine/tests/hercules', 'machine/tests/disk';
use Test::More;
use Kit;
use Machines;
use Volume;
use Cases;

use constant { CASES => 0x10000, CASE_BYTES => 0x400, READ_AT => 0x180,
               WRITE_AT => 0x300 };

my @types = sort keys %types;
my %devno = map { $types[$_] => 0x130 + $_ } 0 .. $#types;

# A case as the driver wants it.
sub assemble
{
    my ($at, $devno, $commands) = @_;
    my ($program, $written) = ('', '');
    for my $n (0 .. $#$commands) {
        my ($code, $what, $flags, $more) = @{$commands->[$n]};
        my $chain = $n < $#$commands ? 0x40 : 0;
        my ($data, $count);
        if ($code eq 'tic') {
            $program .= pack 'N N', 0x08000000 | $at + 8 * ($n + $what), 0;
            next;
        } elsif (length $what > 3 || $what !~ /^[0-9]+$/ || $what =~ /^0\d/ ||
                 grep { $code == $_ } 0x1F, 0x23) {
            my $bytes = pack 'H*', $what;
            $data = $at + WRITE_AT + length $written;
            $count = length $bytes;
            $written .= $bytes;
        } else {
            $data = $at + READ_AT + ($more // 0);
            $count = $what;
        }
        $flags //= 0;
        $chain = 0 if $flags & 0x80;
        $program .= pack 'N C x n', $code << 24 | $data, $flags | $chain,
            $count;
    }
    die 'a case is too long' if length $program > 256 || length $written > 256;
    my $case = pack 'a256 n', $program, $devno;
    return pack 'a768 a256', $case, $written;
}

sub take_apart
{
    my ($bytes) = @_;
    my (undef, $at, $count) = unpack 'C a3 x2 n', substr $bytes, 0x120, 8;
    my ($status, $cc) = unpack 'H4 C', substr $bytes, 0x128, 3;
    return { status => uc $status, cc => $cc, count => $count,
             at => unpack('N', "\0$at"),
             sense => substr($bytes, 0x130, 24),
             data => unpack 'H*', substr $bytes, READ_AT, 384 };
}

sub sense_text
{
    my ($type, $sense, $hercules) = @_;
    my @bytes = (0, 1, $type =~ /2314|2305./ && ($hercules || $type eq '2314')
                     ? () : 7);
    return join ' ', map { sprintf '%02x', ord substr $sense, $_, 1 } @bytes;
}

# What of a result is not as expected; the first CSW counts only when START
# I/O gave condition code 0 ($cc: ours).  Hercules has no sense bytes of the
# 2314's own, and no byte 7 of the 2305.
sub differences
{
    my ($type, $commands, $want, $got, $cc, $hercules) = @_;
    my @wrong;
    my $status = $want->{status} // '0C00';
    push @wrong, "status $got->{status}, not $status"
        if $got->{status} ne $status;
    if ($cc == 0) {
        my $count = $want->{count} // 0;
        my $at = $want->{at} // @$commands;
        push @wrong, "count $got->{count}, not $count" if $got->{count} != $count;
        push @wrong, "$got->{at} commands, not $at" if $got->{at} != $at;
    }
    if (hex($status) & 0x200) {
        my $sense = $want->{sense};
        $sense = $want->{small} // $sense if $type eq '2314' && !$hercules;
        my $is = sense_text($type, $got->{sense}, $hercules);
        $sense = substr $sense, 0, length $is;
        push @wrong, "sense $is, not $sense" if $is ne $sense;
    }
    push @wrong, "data " . substr($got->{data}, 0, length $want->{data})
        if $want->{data} && $got->{data} !~ /^$want->{data}/;
    return @wrong;
}

# ---- the cases --------------------------------------------------------------

my $driver = scratch('driver');
my ($status, $out, $err) = run_program('', 'nasm', '-f', 'bin', '-I',
    'machine/sdk/asm/', '-o', $driver, 'machine/tests/disk/driver.asm');
is("$status$err", '0', 'the driver is assembled');

my (@cases, @ours, @theirs, @cc);
for my $type (@types) {
    my ($ours, $theirs) = map { scratch("$_-$type") } 'ours', 'theirs';
    is(make_volume($_, $type), '', "a $type volume of dasdinit's")
        for $ours, $theirs;
    push @cases, map { [$type, @$_] } cases($type);
    push @ours, sprintf '%04X %s %s', $devno{$type}, $type, $ours;
    push @theirs, sprintf '%04X %s %s', $devno{$type}, $type =~ s/-.*//r,
        $theirs;
}
my $image = pack 'a65536', pack 'a4092 N', read_file($driver), scalar @cases;
$image .= assemble(CASES + $_ * CASE_BYTES, $devno{$cases[$_][0]},
                   $cases[$_][2]) for 0 .. $#cases;
my $path = write_file(($ENV{KEEP} // scratch('.')) . '/image', $image);

my @area = (CASES, @cases * CASE_BYTES);
(my $results, $out) = run_ours($path, @area, @ours);
is($out, '', 'all programs end');
for my $n (0 .. $#cases) {
    my ($type, $name, $commands, $want) = @{$cases[$n]};
    my $got = take_apart(substr $results, $n * CASE_BYTES, CASE_BYTES);
    $got->{at} = ($got->{at} - CASES - $n * CASE_BYTES) / 8;
    my @wrong = differences($type, $commands, $want, $got, $got->{cc});
    push @cc, $got->{cc};
    ok(!@wrong, "$type: $name") or diag join "\n", @wrong;
}

# ---- Hercules ---------------------------------------------------------------

(my $same, $out) = run_hercules($path, @area, '0009 3215-C', @theirs);
is(length $same, $area[1], 'Hercules runs them all') or diag $out;
my %as_told;
for my $n (0 .. $#cases) {
    my ($type, $name, $commands, $want) = @{$cases[$n]};
    my $got = take_apart(substr $same, $n * CASE_BYTES, CASE_BYTES);
    $got->{at} = ($got->{at} - CASES - $n * CASE_BYTES) / 8;
    my @wrong = differences($type, $commands, $want, $got, $cc[$n], 1);
    $as_told{$name} ||= @wrong if $want->{theirs};
    next if $want->{theirs} || $want->{erratic};
    ok(!@wrong, "Hercules, $type: $name") or diag join "\n", @wrong;
}
ok($as_told{$_}, "$_: Hercules differs") for sort keys %as_told;

# ---- what was written -------------------------------------------------------

for my $type (@types) {
    my @unequal = grep { track_of(scratch("ours-$type"), $type, 1, $_) ne
                         track_of(scratch("theirs-$type"), $type, 1, $_) }
        0 .. 4, 6, 7;
    is("@unequal", '', "$type: the tracks are those that Hercules wrote");
}

done_testing;
