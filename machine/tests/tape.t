#!/usr/bin/perl
# tape.t - reels are exchanged with the tape programs of the hercules package
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# Run a channel program, of [code, data address, flags, count], on a reel; then
# the monitor's commands.  Returns what the monitor says.
sub channel_program
{
    my ($reel, $program, @commands) = @_;
    my $ccws = join '', map { sprintf '%02X%06X%02X00%04X', @$_ } @$program;
    my $script = join "\n", "attach 180 3420 $reel",
        "store 1000 $ccws", 'store 48 00001000',
        # SIO 180; TIO 180 until it is free; a disabled wait
        'store 400 9C0001809D000180477004048200041000020000 00000000',
        @commands[0 .. 0], 'psw 0000000000000400', 'run 100000000',
        @commands[1 .. $#commands], 'quit', '';
    my ($status, $out) =
        run_program($script, bin('machine'), '--monitor', '-');
    is $status, 0, 'the channel program has run';
    return $out;
}

sub tool
{
    my ($status, $out) = run_program('', @_);
    is $status, 0, "$_[0]";
    return $out;
}

my ($WRITE, $READ, $MARK, $REWIND) = (0x01, 0x02, 0x1F, 0x07);

# What we write, they read.
my $ours = scratch('ours.aws');
my $label = unpack 'H*', join '', map { chr } # VOL1CPLAB1, blanks
    (0xE5, 0xD6, 0xD3, 0xF1, 0xC3, 0xD7, 0xD3, 0xC1, 0xC2, 0xF1), (0x40) x 70;
channel_program $ours, [
    [$WRITE, 0x2000, 0x40, 80], [$MARK, 0, 0x60, 1],
    [$WRITE, 0x2000, 0x40, 5000], [$WRITE, 0x2000, 0x40, 300],
    [$MARK, 0, 0x60, 1], [$MARK, 0, 0x60, 1], [$REWIND, 0, 0x20, 1]],
    "store 2000 $label";
like tool('tapemap', $ours), qr/^VOL1CPLAB1\s+$/m, 'tapemap shows the label';
like tool('tapemap', $ours), qr/^File 2: Blocks=2, block size min=300, max=5000$/m,
    'and the blocks';
like tool('hetmap', $ours), qr/Volume Serial\s*: 'CPLAB1'/, 'hetmap agrees';

# Through their compression and back it is the same reel.
my ($packed, $unpacked) = (scratch('packed.het'), scratch('unpacked.aws'));
tool('hetupd', '-z', $ours, $packed);
tool('hetupd', '-d', $packed, $unpacked);
is read_file($unpacked), read_file($ours), 'hetupd keeps it';
my (undef, $said) =
    run_program("attach 180 3420 $packed\nquit\n", bin('machine'), '--monitor', '-');
like $said, qr/^\?.*no AWSTAPE file.*hetupd/, 'a compressed reel is refused';

# What they write, we read.
my $theirs = scratch('theirs.aws');
tool('hetinit', '-d', $theirs, 'ABC123', 'OWNER');
my $out = channel_program $theirs,
    [[$READ, 0x2000, 0x40, 80], [$READ, 0x2050, 0x40, 80],
     [$READ, 0x20A0, 0x20, 80]],
    'store 2000 00', 'display 2000 A', 'display 2050 4', 'display 44 2';
like $out, qr/^002000: E5D6D3F1C1C2C3F1F2F3$/m, 'VOL1ABC123';
like $out, qr/^002050: C8C4D9F1$/m, 'HDR1';
like $out, qr/^000044: 0D00$/m, 'then a tape mark: unit exception';

# Chunks of 4096 bytes, the strict form.
tool('hetupd', '-s', $ours, scratch('strict.aws'));
$out = channel_program scratch('strict.aws'),
    [[0x3F, 0, 0x60, 1], [$READ, 0x2000, 0, 5000]],
    'store 2000 00', 'display 44 4';
like $out, qr/^000044: 0C000000$/m, 'a block of 5000 bytes';

done_testing;
