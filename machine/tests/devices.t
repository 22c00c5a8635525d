#!/usr/bin/perl
# devices.t - channel programs on tape, reader, punch and printers, on our
# machine and under Hercules
#
# The driver is that of disk.t.  A case is [device, name, commands, what must
# come of it]; a command [code, bytes to write in hexadecimal or how many to
# read, flags].  `any`: the count is of no matter.  `theirs` tells what Hercules
# does otherwise: a test says that it still does.
use strict;
use warnings;
use lib 'tools', 'machine/tests/hercules';
use Test::More;
use Kit;
use Machines;

use constant { CASES => 0x10000, CASE_BYTES => 0x400, READ_AT => 0x180,
               WRITE_AT => 0x300, CD => 0x80, SLI => 0x20, SKIP => 0x10 };

my %devno = (TAPE => 0x180, PROTECTED => 0x181, READER => 0x0C, EMPTY => 0x1C,
             PUNCH => 0x0D, PRINTER => 0x0E, P3211 => 0x1E);

my @cases = (
    # ---- tape: the reel becomes A1A2A3A4 B1B2 mark C1 mark mark
    [TAPE => 'write at the load point', [['01', 'A1A2A3A4']]],
    [TAPE => 'write less than a count of two areas',
        [['01', 'B1', CD], ['01', 'B2']]],
    [TAPE => 'write tape mark', [['1F', 1, SLI]]],
    [TAPE => 'write, mark, mark, rewind',
        [['01', 'C1'], ['1F', 1, SLI], ['1F', 1, SLI], ['07', 1, SLI]]],
    [TAPE => 'read', [['02', 4]], { data => 'a1a2a3a4' }],
    [TAPE => 'read a block that is shorter', [['02', 4]],
        { status => '0C40', count => 2, data => 'b1b2' }],
    [TAPE => 'read a tape mark', [['02', 4, SLI]], { status => '0D00', count => 4 }],
    [TAPE => 'read backward a tape mark', [['0C', 4, SLI]],
        { status => '0D00', count => 4, theirs => 'the count is zero' }],
    [TAPE => 'backspace block, read part of it', [['27', 1, SLI], ['02', 1]],
        { status => '0C40', data => 'b100' }],
    [TAPE => 'read part of it, suppressed', [['27', 1, SLI], ['02', 1, SLI]],
        { data => 'b100' }],
    [TAPE => 'forward space over a mark', [['37', 1, SLI]],
        { status => '0D00', any => 1 }],
    [TAPE => 'a mark ends a chain', [['27', 1, SLI], ['02', 4, SLI]],
        { status => '0D00', any => 1 }],
    [TAPE => 'forward space file, read', [['3F', 1, SLI], ['02', 1]],
        { data => 'c1' }],
    [TAPE => 'backspace file twice, forward, read',
        [['2F', 1, SLI], ['2F', 1, SLI], ['02', 4, SLI]],
        { status => '0E00', any => 1, sense => '00' }],
    [TAPE => 'at the load point', [['02', 4]], { data => 'a1a2a3a4' }],
    [TAPE => 'rewind, backspace block', [['07', 1, SLI], ['27', 1, SLI]],
        { status => '0E00', any => 1, sense => '00' }],
    [TAPE => 'read backward at the load point', [['0C', 4, SLI]],
        { status => '0E00', count => 4, sense => '00' }],
    [TAPE => 'read with skipping', [['02', 4, SKIP]], { data => '00000000' }],
    [TAPE => 'mode set, no operation', [['C3', 1, SLI], ['03', 1, SLI]]],
    [TAPE => 'no such command', [['4B', 1, SLI]],
        { status => '0200', sense => '80' }],
    [TAPE => 'data security erase alone', [['97', 1, SLI]],
        { status => '0200', sense => '80' }],
    [TAPE => 'a chain that ends in a rejected command',
        [['03', 1, SLI], ['4B', 1, SLI]],
        { status => '0200', any => 1, sense => '80' }],
    [TAPE => 'erase gap', [['3F', 1, SLI], ['3F', 1, SLI], ['3F', 1, SLI],
                           ['17', 1, SLI]]],
    [TAPE => 'read blank tape', [['02', 4, SLI]],
        { status => '0E00', any => 1, sense => '08',
          theirs => 'equipment check' }],
    [TAPE => 'forward space block on it', [['37', 1, SLI]],
        { status => '0E00', any => 1, sense => '08',
          theirs => 'equipment check' }],
    [TAPE => 'forward space file on it', [['3F', 1, SLI]],
        { status => '0E00', any => 1, sense => '08',
          theirs => 'equipment check' }],
    [TAPE => 'rewind unload', [['0F', 1, SLI]],
        { status => '2E00', any => 1, sense => '40' }],
    [TAPE => 'no reel', [['02', 4]],
        { status => '0200', sense => '40', theirs => 'with incorrect length' }],
    [PROTECTED => 'a reel without its ring', [['01', 'A1']],
        { status => '0200', sense => '80', theirs => 'it ends what it refuses with channel end' }],
    [PROTECTED => 'no tape mark either', [['1F', 1, SLI]],
        { status => '0200', sense => '80', theirs => 'it ends what it refuses with channel end' }],
    [PROTECTED => 'but it can be read', [['02', 1]], { data => 'd7' }],

    # ---- reader: ONE TWO THREE, end of file
    [READER => 'read, feed', [['02', 80]], { data => 'd6d5c54040' }],
    [READER => 'read part, suppressed', [['02', 3, SLI]], { data => 'e3e6d600' }],
    [READER => 'read more than a card', [['42', 100]],
        { status => '0C40', count => 20, data => 'e3c8d9c5c540' }],
    [READER => 'end of file', [['02', 80]],
        { status => '0D00', any => 1, theirs => 'with incorrect length' }],
    [READER => 'no such command', [['0F', 1, SLI]],
        { status => '0200', sense => '80', theirs => 'it looks at cards first' }],
    [EMPTY => 'an empty hopper', [['02', 80]],
        { status => '0200', sense => '40', theirs => 'it ends what it refuses with channel end' }],
    [EMPTY => 'no operation', [['03', 1, SLI]],
        { theirs => 'it looks at cards first' }],

    # ---- punch and printers
    [PUNCH => 'write', [['01', 'C1C2C3', SLI]]],
    [PUNCH => 'stacker 2, chained', [['41', 'C4C5C6', SLI], ['01', 'C7', SLI]]],
    [PUNCH => 'no such command', [['0F', 1, SLI]],
        { status => '0200', sense => '80', theirs => 'it ends what it refuses with channel end' }],
    [PRINTER => 'write, space', [['09', 'C1C2C3']]],
    [PRINTER => 'write without motion, over it', [['01', 'C1C2C3'], ['11', '6D6D']]],
    [PRINTER => 'skip, write, space 3', [['8B', 1, SLI], ['19', 'C4']]],
    [PRINTER => 'gate, load', [['EB', 1, SLI], ['FB', 240]]],
    [PRINTER => 'load without the gate', [['FB', 240]],
        { status => '0200', sense => '80', theirs => 'it ends what it refuses with channel end' }],
    [PRINTER => 'block and allow data check', [['73', 1, SLI], ['7B', 1, SLI]]],
    [PRINTER => 'no channel 13', [['E9', 'C1']],
        { status => '0200', sense => '80', theirs => 'with incorrect length' }],
    [P3211 => 'load the forms buffer', [['63', '010000000000000C10']]],
    [P3211 => 'write, skip to channel 1', [['89', 'C1C2C3']],
        { theirs => 'it skips by its own table' }],
    [P3211 => 'fold, unfold', [['43', 1, SLI], ['23', 1, SLI]]],
    [P3211 => 'load the train', [['FB', 512]]],
);

# ---- the image --------------------------------------------------------------

sub assemble
{
    my ($at, $devno, $commands) = @_;
    my ($program, $written) = ('', '');
    for my $n (0 .. $#$commands) {
        my ($code, $what, $flags) = @{$commands->[$n]};
        $flags //= 0;
        $flags |= 0x40 if $n < $#$commands && !($flags & CD);
        my ($data, $count) = ($at + READ_AT, $what);
        if (hex($code) & 1 && $what =~ /[A-F]|^\d\d\d\d/) {
            $data = $at + WRITE_AT + length $written;
            $count = length($what) / 2;
            $written .= pack 'H*', $what;
        }
        $program .= pack 'N C x n', hex($code) << 24 | $data, $flags, $count;
    }
    return pack 'a768 a256', pack('a256 n', $program, $devno), $written;
}

sub differences
{
    my ($n, $bytes) = @_;
    my ($commands, $want) = @{$cases[$n]}[2, 3];
    my ($at, $count) = unpack 'x N x2 n', "\0" . substr $bytes, 0x120, 8;
    my ($status, $cc) = unpack 'H4 C', substr $bytes, 0x128, 3;
    my $sense = unpack 'H2', substr $bytes, 0x130, 1;
    my $data = unpack 'H*', substr $bytes, READ_AT, 128;
    my @wrong;
    my $should = lc($want->{status} // '0C00');
    push @wrong, "status $status, not $should" if $status ne $should;
    push @wrong, "sense $sense, not $want->{sense}"
        if exists $want->{sense} && $sense ne $want->{sense};
    push @wrong, "data $data" if $want->{data} && $data !~ /^$want->{data}/;
    if ($cc == 0 && !$want->{any} && exists $want->{count}) {
        push @wrong, "count $count, not $want->{count}"
            if $count != $want->{count};
    }
    return @wrong;
}

sub devices
{
    my ($whose, %how) = @_;
    my %file = map { $_ => scratch("$whose-$_") } keys %devno;
    write_file($file{TAPE}, '');
    write_file($file{PROTECTED}, "\x01\x00\x00\x00\xA0\x00\xD7");
    write_file($file{READER}, "ONE\nTWO\nTHREE\n");
    my $line = '%X %s %s';
    my @words = (
        [TAPE => '3420', ''], [PROTECTED => '3420', $how{protected}],
        [READER => '3505', 'ascii trunc eof'], [EMPTY => '3505', ''],
        [PUNCH => '3525', 'ascii'], [PRINTER => '1403', $how{printer}],
        [P3211 => '3211', $how{printer}]);
    return map { sprintf '%04X %s %s %s', $devno{$_->[0]}, $_->[1],
                     $_->[0] eq 'EMPTY' ? '' : $file{$_->[0]}, $_->[2] } @words;
}

# ---- the test ---------------------------------------------------------------

my $driver = scratch('driver');
my ($status, $out, $err) = run_program('', 'nasm', '-f', 'bin', '-I',
    'machine/sdk/asm/', '-o', $driver, 'machine/tests/disk/driver.asm');
is "$status$err", '0', 'the driver is assembled';
my $image = pack 'a65536', pack 'a4092 N', read_file($driver), scalar @cases;
$image .= assemble(CASES + $_ * CASE_BYTES, $devno{$cases[$_][0]},
                   $cases[$_][2]) for 0 .. $#cases;
my $path = write_file(scratch('image'), $image);

my @area = (CASES, @cases * CASE_BYTES);
(my $results, $out) = run_ours($path, @area,
    devices('ours', protected => 'ro', printer => ''));
is $out, '', 'all programs end';
for my $n (0 .. $#cases) {
    my @wrong = differences($n, substr $results, $n * CASE_BYTES, CASE_BYTES);
    ok !@wrong, "$cases[$n][0]: $cases[$n][1]" or diag join "\n", @wrong;
}

($results, $out) = run_hercules($path, @area, '0009 3215-C',
    devices('theirs', protected => 'ro', printer => 'noclear'));
is length $results, $area[1], 'Hercules runs them all' or diag $out;
for my $n (0 .. $#cases) {
    my $bytes = substr $results, $n * CASE_BYTES, CASE_BYTES;
    my @wrong = differences($n, $bytes);
    my $name = "Hercules, $cases[$n][0]: $cases[$n][1]";
    if ($cases[$n][3]{theirs}) {
        ok @wrong, "$name: differs, $cases[$n][3]{theirs}";
    } else {
        ok !@wrong, $name or diag join "\n", @wrong;
    }
}

is read_file(scratch('ours-TAPE')), read_file(scratch('theirs-TAPE')),
    'the reels are the same';
is read_file(scratch('ours-PUNCH')), read_file(scratch('theirs-PUNCH')),
    'the cards are the same';

done_testing;
