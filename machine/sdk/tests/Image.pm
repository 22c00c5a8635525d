package Image;
# Image.pm - an image that proves it was loaded right, for deck.t and volume.t:
# its program adds up its words, from X'54' on because the interval timer goes
# at X'50', and ends in a disabled wait with the low three bytes of the sum,
# plus one.  They are sealed so that this is 0.
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(make_image stop_of);

# LM 1,2,X'F4'; SLR 0,0; NOPR; AL 0,0(,1); LA 1,4(,1); CR 1,2; BL; LA 1,1;
# ALR 0,1; N 0,X'F0'; ST 0,X'EC'; LPSW X'E8'.  The stop PSW is not counted: it
# is zero in the sum but for its wait bit.
my $code = '981200F4' . '1F00' . '0700' . '5E001000' . '41101004' . '1912' .
           '474000C8' . '41100001' . '1E01' . '540000F0' . '500000EC' .
           '820000E8';

# $words (at least 64) words: low storage, program at X'C0', then noise.
sub make_image
{
    my ($words) = @_;
    my @w = (0) x $words;
    $w[1] = 0xC0;
    my @program = unpack 'N*', pack('H*', $code);
    @w[48 .. 48 + $#program] = @program;
    $w[0xE8 / 4] = 0x00020000;
    $w[0xF0 / 4] = 0x00FFFFFF;
    $w[0xF4 / 4] = 0x54;
    $w[0xF8 / 4] = 4 * $words;
    my $noise = 1;
    $_ = ($noise = $noise * 1103515245 + 12345 & 0xFFFFFFFF) for @w[64 .. $#w];
    my $sum = 0;
    $sum = $sum + $_ & 0xFFFFFFFF for @w[0x54 / 4 .. $#w];
    $w[0xFC / 4] = (-1 - $sum) & 0xFFFFFFFF;
    return pack 'N*', @w;
}

# The code of the disabled wait that the machine's monitor reports.
sub stop_of
{
    my ($out) = @_;
    return $out =~ /^STOP wait psw=0002\w{6}(\w{6}) /m ? $1 : $out;
}

1;
