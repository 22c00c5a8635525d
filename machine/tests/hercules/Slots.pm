package Slots;
# Slots.pm - the slots of driver.asm: where they are, and how two of them are
# compared
use strict;
use warnings;
use Exporter 'import';

our @EXPORT =
    qw(compare_slots SLOT_BYTES FIRST_SLOT RESULT CODE CODE_BYTES);

use constant {
    SLOT_BYTES => 0x600,
    FIRST_SLOT => 0x20000,
    RESULT => 0x700000,
    CODE => 0x7000,
    CODE_BYTES => 512,
};

# What a slot holds after the run: name, offset, bytes.
my @fields = (
    (map { ["GR$_", 4 * $_, 4] } 0 .. 15),
    (map { ["FR" . 2 * $_, 0x40 + 8 * $_, 8] } 0 .. 3),
    ['interruptions', 0x60, 4], ['keys', 0x68, 5],
    (map { ["CR$_", 0x70 + 4 * $_, 4] } 0 .. 15),
    (map { ["interruption " . ($_ + 1), 0xB0 + 32 * $_, 32] } 0 .. 15),
    ['window 1', 0x2B0, 256], ['window 2', 0x3B0, 256],
    ['other storage', 0x4B0, 256]);

# Blank out what two machines may do differently when an interruption is noted
# ($code: the stream).  The byte index of a translation exception address means
# nothing, nor do the condition code of a MOVE LONG that was cut off, and the
# ILC, by which the address is stepped up, behind a branch to an odd address.
# Which of the accesses of an SS instruction is refused first is not said, nor
# whether decimal data that is no good is noticed before that.
# Hercules does not store the monitor class and code in BC mode, and gives the
# length of the target for that of an EXECUTE, and some length or none with a
# program event.
sub neutral
{
    my ($entry, $code) = @_;
    my @byte = unpack 'C*', $entry;
    my $ec = $byte[1] & 8;
    my $ilc = $ec ? $byte[9] >> 1 : $byte[4] >> 6;
    my $at = (($byte[5] << 16 | $byte[6] << 8 | $byte[7]) - CODE);
    @byte[12 .. 31] = (0) x 20 unless $ec;
    $byte[14] &= 0xF0;
    $byte[15] = 0;
    my $before = sub {
        my ($bytes) = @_;
        return 0 if $at < $bytes || $at - $bytes >= CODE_BYTES;
        return ord substr $code, $at - $bytes, 1;
    };
    if ($at & 1) {
        $byte[9] &= 0xF9;
        $byte[4] &= 0x3F unless $ec;
        @byte[5 .. 7] = (0) x 3;
    }
    my ($here, $two, $four, $six) = map { $before->($_) } 0, 2, 4, 6;
    my $per = $ec ? $byte[11] & 0x80 : 0;
    my $interruption = $ec ? $byte[11] & 0x7F : $byte[3];
    $byte[9] &= 0xF9 if $per;
    my $nullified = $interruption == 0x10 || $interruption == 0x11;
    my $execute = ($nullified ? $here : $four) == 0x44;
    $byte[$ec ? 9 : 4] &= $ec ? 0xF9 : 0x3F if $execute;
    $byte[$ec ? 2 : 4] &= 0xCF
        if !($at & 1) && ($ilc == 1 && ($two & 0xFE) == 0x0E ||
            ($here & 0xFE) == 0x0E);
    # A MOVE LONG that is refused may have stored some units, or none.
    if ($ec && grep { $_ == $interruption } 0x04, 0x05, 0x10, 0x11 and
        ($nullified ? $here : $two) == 0x0E) {
        $byte[9] &= 0xF9;
        $byte[11] &= 0x7F;
        @byte[18 .. 23] = (0) x 6;
        $per = 0;
    }
    if (grep { $_ == $interruption } 0x04, 0x05, 0x07, 0x10, 0x11) {
        my $op = $nullified ? $here : $execute ? $four : $six;
        if ($op >= 0xC0 || $execute) {
            $byte[$ec ? 11 : 3] = 0x04 | $per;
            @byte[12 .. 15] = (0) x 4;
            $at += $op >= 0xC0 ? 6 : 4 if $nullified;
            @byte[6, 7] = (CODE + $at >> 8, CODE + $at & 0xFF);
        }
    }
    return pack 'C*', @byte;
}

# What differs between two slots, for people; an empty list when nothing does.
# $before: the slot as it was made.
sub compare_slots
{
    my ($ours, $theirs, $before) = @_;
    my $code = substr $before, 0xB0, CODE_BYTES;
    my @differences;
    for my $f (@fields) {
        my ($name, $at, $bytes) = @$f;
        my ($a, $b) = map { substr $_, $at, $bytes } $ours, $theirs;
        ($a, $b) = map { neutral($_, $code) } $a, $b if $bytes == 32;
        ($a, $b) = map { unpack 'H*', $_ } $a, $b;
        push @differences, "$name: ours $a, Hercules $b" if $a ne $b;
    }
    return @differences;
}

1;
