package Volume;
# Volume.pm - disk volumes for disk.t: the types, and tracks written into an
# image that dasdinit has made.
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(%types make_volume count_field put_track track_of);

# Heads, bytes of a track in the image, largest record, sense bytes.
our %types = (
    '2314' => [20, 7680, 7294, 6],
    '2305-1' => [8, 14336, 14136, 24],
    '2305-2' => [8, 14848, 14660, 24],
    '3330' => [19, 13312, 13030, 24],
    '3340' => [12, 8704, 8368, 24],
    '3350' => [30, 19456, 19069, 24],
);

sub count_field
{
    my ($cylinder, $head, $record, $key_len, $len) = @_;
    return pack 'n n C C n', $cylinder, $head, $record, $key_len, $len;
}

# Write records [number, key, data, flag of the count field] on a track.
sub put_track
{
    my ($path, $type, $cylinder, $head, @records) = @_;
    my ($heads, $track_bytes) = @{$types{$type}};
    my $t = pack('C n n', 0, $cylinder, $head) .
        count_field($cylinder, $head, 0, 0, 8) . "\0" x 8;
    for (@records) {
        my ($number, $key, $data, $flag) = @$_;
        my $count = count_field($cylinder, $head, $number, length $key,
                                length $data);
        $t .= ($count | pack 'C', $flag // 0) . $key . $data;
    }
    $t .= "\xFF" x 8;
    open my $f, '+<:raw', $path or die "$path: $!";
    seek $f, 512 + ($cylinder * $heads + $head) * $track_bytes, 0;
    print $f $t;
    close $f or die "$path: $!";
}

# A track in the image up to its end mark.
sub track_of
{
    my ($path, $type, $cylinder, $head) = @_;
    my ($heads, $track_bytes) = @{$types{$type}};
    open my $f, '<:raw', $path or die "$path: $!";
    seek $f, 512 + ($cylinder * $heads + $head) * $track_bytes, 0;
    read $f, my ($t), $track_bytes;
    my $at = 5;
    until (substr($t, $at, 8) eq "\xFF" x 8) {
        my ($key_len, $len) = unpack 'x5 C n', substr $t, $at, 8;
        $at += 8 + $key_len + $len;
        die "$path: cylinder $cylinder, head $head has no end"
            if $at + 8 > $track_bytes;
    }
    return substr $t, 0, $at;
}

# Two cylinders, labelled by dasdinit.  Heads 0 to 4 of cylinder 1 and its last
# head hold
#   record 1   24 bytes of X'01'
#   record 2   key C'KEY2', 80 bytes of X'02'
#   record 3   no data: end of file
#   record 4   key C'KEY4', 100 bytes of X'04'
# Head 5 only record 0.  Record 1 of head 6, 40 bytes of X'61' behind key
# C'OVER', overflows to head 7, 30 bytes of X'71'; record 1 of cylinder 0,
# last head, overflows to nowhere.
sub make_volume
{
    my ($path, $type) = @_;
    my ($heads) = @{$types{$type}};
    my $log = qx(dasdinit $path $type LABELD 2 2>&1);
    my $over = "\xD6\xE5\xC5\xD9";
    return $log if $? != 0;
    put_track($path, $type, 1, $_,
        [1, '', "\1" x 24], [2, "\xD2\xC5\xE8\xF2", "\2" x 80],
        [3, '', ''], [4, "\xD2\xC5\xE8\xF4", "\4" x 100])
        for 0 .. 4, ($heads > 8 ? $heads - 1 : ());
    put_track($path, $type, 1, 5);
    put_track($path, $type, 1, 6, [1, $over, "\x61" x 40, 0x80]);
    put_track($path, $type, 1, 7, [1, '', "\x71" x 30], [2, '', "\x72" x 10]);
    put_track($path, $type, 0, $heads - 1, [1, '', "\x63" x 40, 0x80]);
    return '';
}

1;
