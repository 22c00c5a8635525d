package Cases;
# Cases.pm - channel programs, and what the CPU sees of them
#
# A case is [name, device, program, what => ...]; a program is a list of CCWs
#   [code, address, count, flags]
# whose addresses count from the case's own 4 KiB:
#   400 the program itself   500 words (IDAWs), `words`   580 bytes, `bytes`
#   600 data                 800 data, a block of storage with its own key
# and
#   do      what the CPU does (default: sio, end): sio siof tio clrio hio hdv
#           tch; int waits for an interruption, at most 0.3 s, end until
#           device end has come, all status in one; `key N` sets the key of
#           the block at 800, `set ADDRESS BYTE` stores, `delay N`
#           counts down; `caw=X` behind sio: key and bits 4-7, an address
#   see     what each gives: "cc0"; "cc1 0040", with the unit and channel status
#           stored; "at 1 0C40 20", of an interruption, TIO or CLRIO: command
#           address as a number of CCWs, status, count; "none".  ? is any
#           digit, * any number.
#   data    what stands from 600 on, `high`: from 800 on
#   theirs  why Hercules 3.13 gives something else; erratic: sometimes;
#   ours    it is not run there
use strict;
use warnings;
use Exporter 'import';

our @EXPORT = qw(@cases $card);

use constant { CD => 0x80, CC => 0x40, SLI => 0x20, SKIP => 0x10, PCI => 0x08,
               IDA => 0x04 };
use constant { READ => 0x02, NOP => 0x03, TIC => 0x08, SENSE => 0x04,
               WRITE => 0x01, REWIND => 0x07, FORWARD => 0x37,
               BACKWARD => 0x0C };

# What each card of the reader has: ABC...Z, the rest blank; the block of
# the tape has 3000 bytes, each the low byte of its number.
our $card = unpack 'H*', join '', map { chr } 0xC1 .. 0xC9, 0xD1 .. 0xD9,
    0xE2 .. 0xE9, (0x40) x 54;
sub part { my ($at, $n) = @_; return substr $card, 2 * $at, 2 * $n }
sub block { my ($at, $n) = @_;
            return join '', map { sprintf '%02x', ($at + $_) & 255 } 0 .. $n - 1 }
sub zeros { return '00' x $_[0] }

# The name, device, program, and the rest by its names.  A program that is
# refused at once ends no more.
sub complete
{
    my ($name, $device, $program, %what) = @_;
    my $do = $what{do} // ['sio', 'end'];
    if (@$do == 1 && $do->[0] =~ /^sio/) {
        $do = [@$do, 'end'];
        $what{see} = [@{$what{see}}, 'none'];
    }
    $what{do} = $do;
    return [$name, $device, $program, \%what];
}

my $refused = 'it ends with channel end and device end what it refuses';
my $loop = [[NOP, 0, 1, CC | SLI], [TIC, 0x400, 0, 0]];

our @cases = map { complete(@$_) } (
    # ---- counts ----
    ['a card', READER => [[READ, 0x600, 80, 0]],
        see => ['cc0', 'at 1 0C00 0'], data => $card],
    ['fewer bytes than a card', READER => [[READ, 0x600, 20, 0]],
        see => ['cc0', 'at 1 0C40 0'], data => part(0, 20) . zeros(4)],
    ['the same, length suppressed', READER => [[READ, 0x600, 20, SLI]],
        see => ['cc0', 'at 1 0C00 0'], data => part(0, 20) . zeros(4)],
    ['more bytes than a card', READER => [[READ, 0x600, 100, 0]],
        see => ['cc0', 'at 1 0C40 20'], data => $card . zeros(4)],
    ['the same, length suppressed', READER => [[READ, 0x600, 100, SLI]],
        see => ['cc0', 'at 1 0C00 20'], data => $card . zeros(4)],
    ['skip', READER => [[READ, 0x600, 80, SKIP]],
        see => ['cc0', 'at 1 0C00 0'], data => zeros(80)],
    ['skip, with an address outside storage',
        READER => [[READ, 0xF00000, 80, SKIP, 'absolute']],
        see => ['cc0', 'at 1 0C00 0']],
    ['wrong length ends a chain',
        READER => [[READ, 0x600, 20, CC], [READ, 0x600, 80, 0]],
        see => ['cc0', 'at 1 0C40 0'], data => part(0, 20) . zeros(4)],
    ['length suppressed: it goes on',
        READER => [[READ, 0x600, 20, CC | SLI], [READ, 0x614, 80, 0]],
        see => ['cc0', 'at 2 0C00 0'], data => part(0, 20) . $card],
    ['length is of no matter to an immediate command',
        PRINTER => [[NOP, 0, 9, 0]], do => ['sio'], see => ['cc1 0C00']],
    ['chained immediate commands are over at once',
        PRINTER => [[NOP, 0, 1, CC], [NOP, 0, 1, 0]],
        see => ['cc0', 'at 2 0C00 1']],
    ['wrong length of a tape block', TAPE => [[REWIND, 0, 1, CC | SLI],
        [READ, 0x600, 100, 0]],
        see => ['cc0', 'at 2 0C40 0'], data => block(0, 100) . zeros(4)],
    # ---- data chaining ----
    ['chain data over three areas', READER => [[READ, 0x600, 10, CD],
        [0, 0x640, 20, CD], [0, 0x680, 50, 0]],
        see => ['cc0', 'at 3 0C00 0'],
        data => part(0, 10) . zeros(54) . part(10, 20) . zeros(44) . part(30, 50)],
    ['skip the middle of a card', READER => [[READ, 0x600, 10, CD],
        [0, 0, 20, CD | SKIP], [0, 0x60A, 50, 0]],
        see => ['cc0', 'at 3 0C00 0'], data => part(0, 10) . part(30, 50)],
    ['the card ends in the second area', READER => [[READ, 0x600, 70, CD],
        [0, 0x646, 20, CD], [0, 0x680, 10, 0]],
        see => ['cc0', 'at 2 0C40 10'], data => $card],
    ['SLI with data chaining counts only in the last', READER =>
        [[READ, 0x600, 70, CD | SLI], [0, 0x646, 20, CD | SLI],
         [0, 0x680, 10, 0]],
        see => ['cc0', 'at 2 0C40 10'], data => $card],
    ['SLI in the last', READER => [[READ, 0x600, 70, CD],
        [0, 0x646, 20, SLI]],
        see => ['cc0', 'at 2 0C00 10'], data => $card],
    ['data chaining through a transfer', READER => [[READ, 0x600, 10, CD],
        [TIC, 0x418, 0, 0], [0, 0x700, 70, 0], [0, 0x60A, 70, 0]],
        see => ['cc0', 'at 4 0C00 0'], data => $card],
    ['the code of a CCW chained for data is ignored',
        READER => [[READ, 0x600, 10, CD], [0xFF, 0x60A, 70, 0]],
        see => ['cc0', 'at 2 0C00 0'], data => $card],
    ['command chaining behind data chaining', READER =>
        [[READ, 0x600, 10, CD], [0, 0x60A, 70, CC], [READ, 0x700, 80, 0]],
        see => ['cc0', 'at 3 0C00 0'], data => $card],
    ['data chaining of what is written', PUNCH => [[WRITE, 0x580, 3, CD],
        [0, 0x580, 77, 0]], bytes => 'c1' x 80,
        see => ['cc0', 'at 2 0C00 0']],
    ['an immediate command that chains data', PRINTER => [[NOP, 0, 1, CD],
        [0, 0, 1, 0]], do => ['sio'], see => ['cc1 0C40'],
        theirs => 'no incorrect length'],
    # ---- transfer in channel ----
    ['a transfer', READER => [[READ, 0x600, 80, CC], [TIC, 0x418, 0, 0],
        [READ, 0x600, 80, 0], [NOP, 0, 1, SLI]],
        see => ['cc0', 'at 4 0C00 *']],
    ['count, flags and left half of the code of a transfer are ignored',
        READER => [[READ, 0x600, 80, CC], [0xF8, 0x418, 0xFFFF, 0xFB],
        [READ, 0x600, 80, 0], [NOP, 0, 1, SLI]],
        see => ['cc0', 'at 4 0C00 *']],
    ['a transfer is the first', READER => [[TIC, 0x408, 0, 0],
        [READ, 0x600, 80, 0]], do => ['sio'], see => ['cc1 0020'],
        theirs => 'it goes there'],
    ['a transfer to a transfer', READER => [[READ, 0x600, 80, CC],
        [TIC, 0x418, 0, 0], [READ, 0x600, 80, 0], [TIC, 0x410, 0, 0]],
        see => ['cc0', 'at 4 0020 *'], erratic => 1],
    ['a transfer to no doubleword', READER => [[READ, 0x600, 80, CC],
        [TIC, 0x41C, 0, 0]], see => ['cc0', 'at 2 0020 *']],
    ['a transfer out of storage', READER => [[READ, 0x600, 80, CC],
        [TIC, 0xF00000, 0, 0, 'absolute']], see => ['cc0', 'at 2 0020 *'],
        erratic => 1],
    # ---- program checks ----
    ['CAW: no doubleword', READER => [[READ, 0x600, 80, 0]],
        do => ['sio caw=00000404'], see => ['cc1 0020']],
    ['CAW: bit 4 is on', READER => [[READ, 0x600, 80, 0]],
        do => ['sio caw=08000400'], see => ['cc1 0020'],
        theirs => 'it does not look'],
    ['CAW: bit 7 is on', READER => [[READ, 0x600, 80, 0]],
        do => ['sio caw=01000400'], see => ['cc1 0020'],
        theirs => 'it does not look'],
    ['CAW: outside storage', READER => [[READ, 0x600, 80, 0]],
        do => ['sio caw=00F00000 absolute'], see => ['cc1 0020']],
    ['command code 0', READER => [[0, 0x600, 80, 0]], do => ['sio'],
        see => ['cc1 0020']],
    ['command code 40', READER => [[0x40, 0x600, 80, 0]], do => ['sio'],
        see => ['cc1 0020']],
    ['count zero', READER => [[READ, 0x600, 0, 0]], do => ['sio'],
        see => ['cc1 0020']],
    ['bit 38 of a CCW', READER => [[READ, 0x600, 80, 2]], do => ['sio'],
        see => ['cc1 0020']],
    ['bit 39 of a CCW', READER => [[READ, 0x600, 80, 1]], do => ['sio'],
        see => ['cc1 0020']],
    ['command code 0, chained to', READER => [[READ, 0x600, 80, CC],
        [0, 0x600, 80, 0]], see => ['cc0', 'at 2 0020 *']],
    ['count zero, chained to', READER => [[READ, 0x600, 80, CC],
        [READ, 0x600, 0, 0]], see => ['cc0', 'at 2 0020 *']],
    ['bit 39, chained to', READER => [[READ, 0x600, 80, CC],
        [READ, 0x600, 80, 1]], see => ['cc0', 'at 2 0020 *']],
    ['count zero, chained to for data', READER => [[READ, 0x600, 10, CD],
        [0, 0x60A, 0, 0]], see => ['cc0', 'at 2 0C20 *'],
        data => part(0, 10) . zeros(4),
        theirs => 'no channel end, device end'],
    ['data outside storage', READER => [[READ, 0xF00000, 80, 0, 'absolute']],
        see => ['cc0', 'at 1 0C20 *']],
    ['a chain ends with a program check in the data', READER =>
        [[READ, 0xF00000, 80, CC | SLI, 'absolute'], [READ, 0x600, 80, 0]],
        see => ['cc0', 'at 1 0C20 *'], data => zeros(4)],
    ['write from outside storage',
        PUNCH => [[WRITE, 0xF00000, 80, 0, 'absolute']],
        see => ['cc0', 'at 1 ?C20 *'], erratic => 1],
    # ---- protection ----
    ['read into a block of the same key', READER => [[READ, 0x800, 80, 0]],
        do => ['key 20', 'keyA 20', 'sio caw=20000400', 'end', 'key 00',
               'keyA 00'],
        see => ['cc0', 'at 1 0C00 0'], high => $card],
    ['read into a block of another key', READER => [[READ, 0x800, 80, 0]],
        do => ['key 30', 'keyA 20', 'sio caw=20000400', 'end', 'key 00',
               'keyA 00'],
        see => ['cc0', 'at 1 0C10 *'], high => zeros(4)],
    ['read across into a block of another key',
        READER => [[READ, 0x7F0, 80, 0]],
        do => ['key 30', 'keyA 20', 'sio caw=20000400', 'end', 'key 00',
               'keyA 00'],
        see => ['cc0', 'at 1 0C10 *'], high => zeros(4)],
    ['key 0 fits every block', READER => [[READ, 0x800, 80, 0]],
        do => ['key 38', 'sio', 'end', 'key 00'],
        see => ['cc0', 'at 1 0C00 0'], high => $card],
    ['write from a block of another key', PUNCH => [[WRITE, 0x800, 80, 0]],
        do => ['key 30', 'keyA 20', 'sio caw=20000400', 'end', 'key 00',
               'keyA 00'],
        see => ['cc0', 'at 1 0C00 0']],
    ['write from a block that is fetch-protected',
        PUNCH => [[WRITE, 0x800, 80, 0]],
        do => ['key 38', 'keyA 20', 'sio caw=20000400', 'end', 'key 00',
               'keyA 00'],
        see => ['cc0', 'at 1 ?C10 *'], erratic => 1],
    ['the CCW is in a block of another key', READER =>
        [[READ, 0x600, 80, 0]],
        do => ['keyA 30', 'sio caw=20000400', 'end', 'keyA 00'],
        see => ['cc0', 'at 1 0C10 *'], data => zeros(4)],
    ['the CCW is in a block that is fetch-protected', READER =>
        [[READ, 0x600, 80, 0]],
        do => ['keyA 38', 'sio caw=20000400', 'end', 'keyA 00'],
        see => ['cc1 0010', 'none']],
    ['the key in the CSW', READER => [[READ, 0x600, 80, 0]],
        do => ['keyA 50', 'sio caw=50000400', 'end', 'keyA 00'],
        see => ['cc0', 'key 5 at 1 0C00 0']],
    # ---- indirect data addresses ----
    ['an IDAW', READER => [[READ, 0x500, 80, IDA]], words => [0x600],
        see => ['cc0', 'at 1 0C00 0'], data => $card],
    ['IDAWs over the end of a block', READER => [[READ, 0x500, 80, IDA]],
        words => [0x7F0, 0x800], see => ['cc0', 'at 1 0C00 0'],
        high => part(16, 64)],
    ['IDAWs of blocks out of order', TAPE => [[REWIND, 0, 1, CC | SLI],
        [READ, 0x500, 1552, IDA | SLI]], words => [0x9F0, 0x600],
        see => ['cc0', 'at 2 0C00 0'],
        data => block(1552 - 1536 + 0, 0)],
    ['a second IDAW that begins no block', READER => [[READ, 0x500, 80, IDA]],
        words => [0x7F0, 0x801], see => ['cc0', 'at 1 0C20 *'],
        high => zeros(4)],
    ['an IDAW list on no word', READER => [[READ, 0x502, 80, IDA]],
        do => ['sio'], see => ['cc1 0020'], words => [0x600],
        theirs => 'the command is begun'],
    ['an IDAW with bits 0-7', READER => [[READ, 0x500, 80, IDA]],
        words => [0x01000600], see => ['cc0', 'at 1 0C20 *'],
        data => zeros(4)],
    ['an IDAW list outside storage',
        READER => [[READ, 0xF00000, 80, IDA, 'absolute']],
        see => ['cc0', 'at 1 0C20 *'], erratic => 1],
    ['an IDAW that is not needed is not looked at',
        READER => [[READ, 0x500, 16, IDA | SLI]], words => [0x7F0, 0x01000001],
        see => ['cc0', 'at 1 0C00 0']],
    ['write by IDAWs', PUNCH => [[WRITE, 0x500, 80, IDA]],
        words => [0x7F0, 0x800], see => ['cc0', 'at 1 0C00 0']],
    ['data chaining with IDAWs', READER => [[READ, 0x500, 20, CD | IDA],
        [0, 0x614, 60, 0]], words => [0x600],
        see => ['cc0', 'at 2 0C00 0'], data => $card],
    ['skip with IDAWs', READER => [[READ, 0x500, 80, SKIP | IDA]],
        words => [0x600], see => ['cc0', 'at 1 0C00 0'], data => zeros(80)],
    ['read backward', TAPE => [[REWIND, 0, 1, CC | SLI],
        [FORWARD, 0, 1, CC | SLI], [BACKWARD, 0x663, 100, SLI]],
        see => ['cc0', 'at 3 0C00 0'], data => block(2900, 100) . zeros(4)],
    ['read backward by IDAWs', TAPE => [[REWIND, 0, 1, CC | SLI],
        [FORWARD, 0, 1, CC | SLI], [BACKWARD, 0x500, 48, IDA | SLI]],
        words => [0x80F, 0x7FF],
        see => ['cc0', 'at 3 0C00 0'], high => block(2984, 16) . zeros(4)],
    ['read backward, chaining data', TAPE => [[REWIND, 0, 1, CC | SLI],
        [FORWARD, 0, 1, CC | SLI], [BACKWARD, 0x60F, 16, CD | SLI],
        [0, 0x62F, 16, SLI]],
        see => ['cc0', 'at 4 0C00 0'],
        data => block(2984, 16) . zeros(16) . block(2968, 16)],
    # ---- PCI ----
    ['PCI in the only CCW', READER => [[READ, 0x600, 80, PCI]],
        do => ['sio', 'int', 'int'], see => ['cc0', 'at 1 ??* *', '*'],
        ours => 1],
    ['PCI in a loop, then the loop is broken', PRINTER =>
        [[NOP, 0, 1, CC | SLI], [NOP, 0, 1, CC | SLI | PCI],
         [NOP, 0, 1, CC | SLI], [TIC, 0x410, 0, 0]],
        do => ['sio', 'int', 'set 414 20', 'int'],
        see => ['cc0', 'at ? 0080 *', 'at 3 0C00 *']],
    ['PCI and the end in one interruption', PRINTER =>
        [[NOP, 0, 1, CC | SLI | PCI], [NOP, 0, 1, SLI]],
        do => ['sio', 'delay 300000', 'int', 'int'],
        see => ['cc0', 'at 2 0C80 *', 'none'],
        erratic => 1],
    ['PCI taken by no TEST I/O', PRINTER =>
        [[NOP, 0, 1, CC | SLI], [NOP, 0, 1, CC | SLI | PCI],
         [NOP, 0, 1, CC | SLI], [TIC, 0x410, 0, 0]],
        do => ['sio', 'delay 300000', 'tio', 'int', 'set 414 20', 'int'],
        see => ['cc0', 'cc2', 'at ? 0080 *', 'at 3 0C00 *']],
    # ---- the I/O instructions ----
    ['no device', 0x0FF, [[NOP, 0, 1, SLI]],
        do => ['sio', 'siof', 'tio', 'clrio', 'hio', 'hdv'],
        see => ['cc3', 'cc3', 'cc3', 'cc3', 'cc3', 'cc3']],
    ['an idle device', PRINTER => [[NOP, 0, 1, SLI]],
        do => ['tio', 'clrio', 'tch'], see => ['cc0', 'cc0', 'cc0']],
    ['HIO, HDV at an idle device', PRINTER => [[NOP, 0, 1, SLI]],
        do => ['hio', 'hdv'], see => ['cc1 0000', 'cc1 0000'],
        theirs => 'it stores the CSW of the program before'],
    ['SIOF of an immediate command', PRINTER => [[NOP, 0, 1, SLI]],
        do => ['siof'], see => ['cc1 0C00']],
    ['SIOF of a read', READER => [[READ, 0x600, 80, 0]],
        do => ['siof', 'end'], see => ['cc0', 'at 1 0C00 0'], data => $card],
    ['SIOF with a bad CAW', READER => [[READ, 0x600, 80, 0]],
        do => ['siof caw=08000400'], see => ['cc1 0020'],
        theirs => 'it does not look'],
    ['TIO takes what has ended', READER => [[READ, 0x600, 80, 0]],
        do => ['sio', 'delay 3000000', 'tio', 'tio', 'end'],
        see => ['cc0', 'cc1 at 1 0?00 0', '*', '*'], ours => 1],
    ['CLRIO takes what has ended', PUNCH => [[WRITE, 0x580, 80, 0]],
        bytes => 'c2' x 80, do => ['sio', 'delay 6000000', 'clrio', 'tio'],
        see => ['cc0', 'cc1 at 1 ??00 0', '*'], ours => 1],
    ['TCH with an interruption pending', READER => [[READ, 0x600, 80, 0]],
        do => ['sio', 'delay 3000000', 'tch', 'end'],
        see => ['cc0', 'cc1', 'at 1 0C00 0'], ours => 1],
    ['SIO, TIO, TCH while a program runs', PRINTER => $loop,
        do => ['sio', 'sio', 'tio', 'tch', 'set 404 20', 'int'],
        see => ['cc0', 'cc2', 'cc2', 'cc0', 'at 1 0C00 *']],
    ['HIO of a loop', PRINTER => $loop, do => ['sio', 'hio', 'int', 'int', 'set 404 20'],
        see => ['cc0', 'cc1 0000', 'at ? 0C00 *', 'none'],
        theirs => 'condition code 2, and it goes on'],
    ['HDV of a loop', PRINTER => $loop, do => ['sio', 'hdv', 'int', 'int', 'set 404 20'],
        see => ['cc0', 'cc1 0000', 'at ? 0C00 *', 'none'],
        theirs => 'condition code 2, and it goes on'],
    ['CLRIO of a loop', PRINTER => $loop,
        do => ['sio', 'clrio', 'int', 'int', 'tio', 'set 404 20'],
        see => ['cc0', 'cc1 at ? 0000 *', 'at zero 0400 0', 'none', 'cc0'],
        theirs => 'condition code 2, and it goes on'],
    ['HIO of a console that waits for a line',
        CONSOLE => [[0x0A, 0x600, 80, SLI]], do => ['sio', 'hio', 'int'],
        see => ['cc0', 'cc1 0000', 'at 1 ?C00 80'], ours => 1],
    ['HDV of a console that waits for a line',
        CONSOLE => [[0x0A, 0x600, 80, SLI]], do => ['sio', 'hdv', 'int'],
        see => ['cc0', 'cc1 0000', 'at 1 ?C00 80'], ours => 1],
    ['HIO, and no chaining',
        CONSOLE => [[0x0A, 0x600, 80, CC | SLI], [0x0A, 0x600, 80, SLI]],
        do => ['sio', 'hio', 'int', 'tio'],
        see => ['cc0', 'cc1 0000', 'at 1 ?C00 80', 'cc0'], ours => 1],
    ['HIO of a program that has ended', READER => [[READ, 0x600, 80, 0]],
        do => ['sio', 'delay 3000000', 'hio', 'end'],
        see => ['cc0', 'cc0', 'at 1 0C00 0'], ours => 1],
    # ---- console ----
    ['console: a line', CONSOLE => [[0x09, 0x580, 5, 0]],
        bytes => 'c8c5d3d3d6', see => ['cc0', 'at 1 0C00 0']],
    ['console: two lines', CONSOLE => [[0x09, 0x580, 5, CC],
        [0x01, 0x580, 5, 0]], bytes => 'c8c5d3d3d6',
        see => ['cc0', 'at 2 0C00 0']],
    ['console: alarm, no operation', CONSOLE => [[0x0B, 0, 1, CC | SLI],
        [NOP, 0, 1, SLI]], see => ['cc0', 'at 2 0C00 1']],
    ['console: no such command', CONSOLE => [[0x0D, 0x600, 1, SLI]],
        do => ['sio'], see => ['cc1 0200'], erratic => 1],
    # ---- sense ----
    ['sense when nothing is wrong', PRINTER => [[SENSE, 0x600, 1, SLI]],
        see => ['cc0', 'at 1 0C00 0'], data => '00'],
    ['a command that is refused, then its sense', PUNCH =>
        [[0x0F, 0, 1, SLI], [SENSE, 0x600, 1, SLI]],
        do => ['sio', 'sio caw=00000408', 'end'],
        see => ['cc1 0200', 'cc0', 'at 2 0C00 0'], data => '80',
        theirs => $refused],
    ['the same at the end of a chain', PUNCH =>
        [[NOP, 0, 1, CC | SLI], [0x0F, 0, 1, SLI]],
        see => ['cc0', 'at 2 0200 1'], erratic => 1],
);

1;
