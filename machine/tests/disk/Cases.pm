package Cases;
# Cases.pm - channel programs for a disk, and what must come of them
#
# Each case is [name, commands, expectation].  Commands:
#   [code, 'hex digits', flags]   argument or data to write; the count is its
#                                 length, or a number behind the flags
#   [code, count, flags, at]      bytes to read, to place `at` of the data area
#   ['tic', n]                    transfer to command n; -1: the one before
# All but the last command are chained to the next one.  Of the expectation,
#   status  unit and channel status (default 0C00)
#   count   residual count of the first CSW (0)
#   at      commands up to the last one executed (all)
#   sense   bytes 0 and 1, and for 24 bytes 7 (of any case with unit check);
#   small   bytes 0 and 1 of a 2314 where they differ
#   data    data area from its beginning, in hex digits
#   only, without   a pattern for the types it is for, is not for
#   theirs  why Hercules 3.13 gives another result
use strict;
use warnings;
use Exporter 'import';
use Volume;

our @EXPORT = qw(cases);

use constant { SLI => 0x20, SKIP => 0x10, DATA_CHAIN => 0x80 };

sub seek_to { return [0x07, unpack 'H*', pack 'n3', 0, @_] }
# Seek, and search for a record until it comes by.
sub find
{
    my ($c, $h, $r) = @_;
    return (seek_to($c, $h),
            [0x31, unpack 'H*', pack 'n n C', $c, $h, $r], ['tic', -1]);
}
sub key { return unpack 'H*', "\xD2\xC5\xE8" . chr(0xF0 + $_[0]) }
# A search's argument: cylinder, head, record.
sub id { return unpack 'H*', pack 'n n C', @_ }
sub count_of { return unpack 'H*', count_field(@_) }
sub fill { my ($byte, $n) = @_; return $byte x $n }

sub cases
{
    my ($type) = @_;
    my ($heads, undef, $largest) = @{$types{$type}};
    my $last = $heads - 1;
    my @all = (
        # ---- reading ----
        ['no-operation', [[0x03, 1, SLI]], {}],
        ['restore', [[0x17, 1, SLI]], {}],
        ['read data', [find(1, 0, 2), [0x06, 80]], {data => fill('02', 80)}],
        ['read data into a shorter area', [find(1, 0, 2), [0x06, 8]],
            {status => '0C40', data => fill('02', 8) . '00'}],
        ['read data into a longer area', [find(1, 0, 2), [0x06, 90]],
            {status => '0C40', count => 10}],
        ['the same, length of no matter', [find(1, 0, 2), [0x06, 90, SLI]],
            {count => 10}],
        ['read data, skipping', [find(1, 0, 2), [0x06, 80, SKIP]],
            {data => fill('00', 80)}],
        ['read data, chaining data',
            [find(1, 0, 2), [0x06, 10, DATA_CHAIN], [0x06, 70, 0, 20]],
            {data => fill('02', 10) . fill('00', 10) . fill('02', 70)}],
        ['read key and data', [find(1, 1, 4), [0x0E, 104]],
            {data => key(4) . fill('04', 100)}],
        ['read count, then its data',
            [find(1, 1, 1), [0x12, 8], [0x06, 80, 0, 8]],
            {data => count_of(1, 1, 2, 4, 80) . fill('02', 80)}],
        ['read count, key and data', [find(1, 1, 1), [0x1E, 92]],
            {data => count_of(1, 1, 2, 4, 80) . key(2) . fill('02', 80)}],
        ['read count, key and data twice',
            [find(1, 1, 0), [0x1E, 32], [0x1E, 92, 0, 32]],
            {data => count_of(1, 1, 1, 0, 24) . fill('01', 24) .
                count_of(1, 1, 2, 4, 80)}],
        ['read home address and record 0',
            [seek_to(1, 2), [0x1A, 5], [0x16, 16, 0, 5]],
            {data => '0000010002' . count_of(1, 2, 0, 0, 8) . fill('00', 8)}],
        ['read data twice: the next record',
            [find(1, 1, 1), [0x06, 24], [0x06, 80, 0, 24]],
            {data => fill('01', 24) . fill('02', 80)}],
        ['read data at end of file', [find(1, 0, 3), [0x06, 80, SLI]],
            {status => '0D00', count => 80}],
        ['end of file, and the length',
            [find(1, 0, 3), [0x06, 80], [0x03, 1, SLI]],
            {status => '0D40', count => 80, at => 4}],
        ['read count, key and data of an end of file',
            [find(1, 0, 2), [0x1E, 8], [0x03, 1, SLI]],
            {status => '0D00', at => 4, data => count_of(1, 0, 3, 0, 0)}],
        ['read IPL', [[0x02, 80, SLI]], {count => 56}],
        # ---- searching ----
        ['search key equal',
            [seek_to(1, 0), [0x29, key(4), SLI], ['tic', -1], [0x06, 100]],
            {data => fill('04', 100)}],
        ['search key high', [find(1, 0, 1),
            [0x49, key(2), SLI], ['tic', -1], [0x06, 100]],
            {data => fill('04', 100)}],
        ['search key equal or high', [find(1, 0, 1),
            [0x69, key(1), SLI], ['tic', -1], [0x06, 80]],
            {data => fill('02', 80)}],
        ['search ID high', [seek_to(1, 0), [0x1A, 5, 0, 100],
            [0x51, id(1, 0, 3)], ['tic', -1], [0x06, 100]],
            {data => fill('04', 100)}],
        ['search ID equal or high', [seek_to(1, 0), [0x1A, 5, 0, 100],
            [0x71, id(1, 0, 2)], ['tic', -1], [0x06, 80]],
            {data => fill('02', 80)}],
        ['search home address',
            [seek_to(1, 3), [0x39, '00010003'], ['tic', -1], [0x16, 16]],
            {data => count_of(1, 3, 0, 0, 8)}],
        ['search ID, fewer bytes',
            [seek_to(1, 0), [0x31, '00010000', SLI], ['tic', -1],
             [0x12, 8, SLI]], {}],
        ['search ID, more bytes: wrong length', [find(1, 0, 0),
            [0x31, id(1, 0, 1) . '00'], [0x03, 1, SLI], [0x03, 1, SLI]],
            {status => '4C40', count => 1, at => 4,
             theirs => 'it drops status modifier when a program ends'}],
        ['multitrack search',
            [seek_to(1, 0), [0xB1, id(1, 1, 2)], ['tic', -1], [0x06, 80]],
            {data => fill('02', 80)}],
        ['multitrack search to the end of the cylinder',
            [seek_to(1, $last), [0xB1, id(9, 9, 9)], ['tic', -1],
             [0x06, 80]], {status => '0E40', count => 5, at => 2,
             sense => '00 20 00'}],
        ['multitrack read home address', [seek_to(1, 2), [0x9A, 5]],
            {data => '0000010003'}],
        ['no record found',
            [seek_to(1, 0), [0x31, id(9, 9, 9)], ['tic', -1], [0x06, 80]],
            {status => '0E40', count => 5, at => 2, sense => '00 08 00'}],
        ['no record found by read counts', [seek_to(1, 5), [0x12, 8]],
            {status => '0E40', count => 8, sense => '00 08 00'}],
        ['search key and data', [find(1, 0, 1),
            [0x2D, key(2) . '02' . fill('ff', 78) . '02', SLI], ['tic', -1],
            [0x1E, 8]],
            {status => '0D00', data => count_of(1, 0, 3, 0, 0),
             only => qr/2314/, theirs => 'it has no such command'}],
        ['search key and data high', [find(1, 0, 1),
            [0x4D, key(2) . '01' . fill('ff', 79), SLI], ['tic', -1], [0x1E, 8]],
            {status => '0D00', only => qr/2314/,
             theirs => 'it has no such command'}],
        ['search key and data', [find(1, 0, 1), [0x2D, key(2), SLI]],
            {status => '0200', without => qr/2314/, sense => '80 00 01',
             count => 4, theirs => 'channel end, device end with it'}],
        # ---- control ----
        ['seek to a cylinder that is not there', [seek_to(2, 0)],
            {status => '0E00', sense => '80 00 04', small => '81 00'}],
        ['seek to a head that is not there', [seek_to(0, $heads)],
            {status => '0E00', sense => '80 00 04', small => '81 00'}],
        ['seek, too few bytes', [[0x07, '0000000100']],
            {status => '0E00', sense => '80 00 03', small => '81 00'}],
        ['seek head: the cylinder is of no matter',
            [seek_to(1, 0), [0x1B, '000000070002'], [0x1A, 5]],
            {data => '0000010002'}],
        ['seek cylinder', [[0x0B, '000000010003'], [0x1A, 5]],
            {data => '0000010003'}],
        ['recalibrate', [seek_to(1, 3), [0x13, 1, SLI], [0x1A, 5]],
            {data => '0000000000'}],
        ['file mask: no seek', [[0x1F, '18'], seek_to(1, 0)],
            {status => '0200', sense => '00 04 00', count => 6,
             theirs => 'channel end, device end with it'}],
        ['file mask: seek cylinder and head only',
            [[0x1F, '08'], [0x0B, '000000010003'], seek_to(1, 0)],
            {status => '0200', sense => '00 04 00', count => 6,
             theirs => 'channel end, device end with it'}],
        ['file mask: seek head only',
            [seek_to(1, 1), [0x1F, '10'], [0x1B, '000000010002'], [0x1A, 5]],
            {data => '0000010002'}],
        ['file mask: no head switching',
            [seek_to(1, 5), [0x1F, '18'], [0xB1, id(1, 9, 1)], ['tic', -1],
             [0x06, 8]],
            {status => '0E40', count => 5, at => 3, sense => '00 04 00'}],
        ['file mask twice', [[0x1F, '00'], [0x1F, '00']],
            {status => '0200', count => 1, sense => '80 00 02',
             small => '80 10', theirs => 'channel end, device end with it'}],
        ['file mask with an invalid bit', [[0x1F, '20']],
            {status => '0E00', sense => '80 00 04', small => '80 00'}],
        ['set sector, read sector',
            [seek_to(1, 0), [0x23, '00'], [0x31, id(1, 0, 0)], ['tic', -1],
             [0x22, 1]],
            {data => '0[0-3]', without => qr/2314/}],
        ['set sector', [[0x23, '00']],
            {status => '0200', only => qr/2314/, sense => '80 00',
             count => 1, theirs => 'it has no such command for any type'}],
        ['set sector: no such sector', [[0x23, 'f0']],
            {status => '0E00', without => qr/2314/, sense => '80 00 04',
             theirs => 'it takes any number'}],
        ['space count', [find(1, 0, 1), [0x0F, '000000'], [0x06, 80]],
            {data => fill('02', 80), theirs => 'it has no such command'}],
        ['reserve and release', [[0xB4, 6, SLI], [0x94, 6, SLI]], {}],
        ['no such command', [[0x99, 1]],
            {status => '0200', count => 1, sense => '80 00 01',
             theirs => 'channel end, device end with it'}],
        ['sense ID: not of this age', [[0xE4, 7, SLI]],
            {status => '0200', sense => '80 00 01', count => 7,
             theirs => 'it has it'}],
        # ---- writing ----
        ['write data', [find(1, 4, 1), [0x05, fill('a1', 24)],
            find(1, 4, 1), [0x06, 24]], {data => fill('a1', 24)}],
        ['write data, too few: zeros behind',
            [find(1, 4, 1), [0x05, 'b1b2', SLI], find(1, 4, 1), [0x06, 24]],
            {data => 'b1b2' . fill('00', 22)}],
        ['write data after search key',
            [seek_to(1, 4), [0x29, key(2), SLI], ['tic', -1],
             [0x05, fill('c1', 80)], find(1, 4, 2), [0x0E, 84]],
            {data => key(2) . fill('c1', 80)}],
        ['write key and data', [find(1, 4, 2), [0x0D, key(7) .
            fill('d1', 80)], find(1, 4, 2), [0x0E, 84]],
            {data => key(7) . fill('d1', 80)}],
        ['write data without a search', [seek_to(1, 4), [0x05, 'a1']],
            {status => '0200', count => 1, sense => '80 00 02',
             small => '80 10', theirs => 'channel end, device end with it'}],
        ['write data after a search of fewer bytes',
            [seek_to(1, 4), [0x31, '00010004', SLI], ['tic', -1],
             [0x05, 'a1']], {status => '0200', count => 1,
             sense => '80 00 02', small => '80 10',
             theirs => 'channel end, device end with it'}],
        ['write data behind another record',
            [find(1, 4, 1), [0x06, 24], [0x05, 'a1']],
            {status => '0200', count => 1, sense => '80 00 02',
             small => '80 10', theirs => 'channel end, device end with it'}],
        ['write data: the mask forbids it',
            [[0x1F, '40'], find(1, 4, 1), [0x05, fill('a1', 24)]],
            {status => '0200', count => 24, sense => '80 00 02',
             small => '80 04', theirs => 'channel end, device end with it'}],
        ['write at end of file', [find(1, 4, 3), [0x05, 'a1', SLI]],
            {status => '0D00', count => 1}],
        ['write count, key and data',
            [find(1, 5, 0), [0x1D, count_of(1, 5, 1, 4, 10) . key(1) .
             fill('e1', 10)], [0x1D, count_of(1, 5, 2, 0, 6) .
             fill('e2', 6)], find(1, 5, 1), [0x0E, 14], [0x06, 6, 0, 14]],
            {data => key(1) . fill('e1', 10) . fill('e2', 6)}],
        ['write behind record 1: record 2 is gone',
            [find(1, 5, 1), [0x1D, count_of(1, 5, 7, 0, 0)],
             find(1, 5, 7), [0x06, 1, SLI]],
            {status => '0D00', count => 1}],
        ['and not found', [find(1, 5, 2), [0x06, 1, SLI]],
            {status => '0E40', count => 5, at => 2, sense => '00 08 00'}],
        ['a record that does not fit',
            [find(1, 5, 1), [0x1D, count_of(1, 5, 2, 0, $largest), SLI]],
            {status => '0E00', sense => '00 40 00',
             theirs => 'it goes by the size of the image'}],
        ['write record 0: the mask forbids it',
            [seek_to(1, 5), [0x39, '00010005'], ['tic', -1],
             [0x15, count_of(1, 5, 0, 0, 0)]],
            {status => '0200', count => 8, sense => '80 00 02',
             small => '80 04', theirs => 'file protected, no command reject'}],
        ['write record 0',
            [[0x1F, 'c0'], seek_to(1, 5), [0x39, '00010005'], ['tic', -1],
             [0x15, count_of(1, 5, 0, 0, 8) . 'f0f1f2f3f4f5f6f7'],
             [0x1D, count_of(1, 5, 1, 0, $largest), SLI],
             find(1, 5, 0), [0x06, 8]], {data => 'f0f1f2f3f4f5f6f7'}],
        ['the largest record is there',
            [find(1, 5, 1), [0x06, 8, SLI]], {data => fill('00', 8)}],
        ['erase', [find(1, 5, 0), [0x11, count_of(1, 5, 1, 0, 0)],
            [0x1A, 5], [0x12, 8]],
            {status => '0E40', count => 8, sense => '00 08 00'}],
        # ---- record overflow ----
        ['read data that overflows', [find(1, 6, 1), [0x06, 70]],
            {data => fill('61', 40) . fill('71', 30)}],
        ['read key and data that overflow', [find(1, 6, 1), [0x0E, 74]],
            {data => 'd6e5c5d9' . fill('61', 40) . fill('71', 30),
             theirs => 'it puts the second segment over the first'}],
        ['write data that overflows', [find(1, 6, 1), [0x05, fill('62', 70)],
            find(1, 6, 1), [0x06, 70], find(1, 7, 1), [0x06, 30, 0, 70]],
            {data => fill('62', 100)}],
        ['its count field', [find(1, 6, 0), [0x12, 8]],
            {data => count_of(1, 6, 1, 4, 40)}],
        ['overflow beyond the cylinder',
            [find(0, $last, 1), [0x06, 80, SLI]],
            {status => '0E00', count => 40, sense => '00 21 00'}],
        ['overflow, and no head switching',
            [[0x1F, '18'], [0x03, 1, SLI], [0x13, 1, SLI]],
            {status => '0200', count => 1, sense => '00 04 00',
             theirs => 'channel end, device end with it'}],
        ['write special count, key and data',
            [find(1, 6, 0), [0x01, count_of(1, 6, 1, 0, 20) .
             fill('67', 20)], find(1, 6, 1), [0x06, 50]],
            {data => fill('67', 20) . fill('62', 30)}],
    );
    return grep { (!$_->[2]{only} || $type =~ $_->[2]{only}) &&
                  (!$_->[2]{without} || $type !~ $_->[2]{without}) } @all;
}

1;
