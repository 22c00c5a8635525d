package Streams;
# Streams.pm - random instruction streams for driver.asm
#
# A stream is a row of instructions without loops (branches go forward), from
# a random state, ended by SVC 255.  Register 13 holds the address of the code
# and is never changed, nor can the code be stored into; 8 to 11 point into the
# two windows of storage that lie across the ends of 2 KiB blocks, and are
# changed now and then.
# Everything follows from one seed.
use strict;
use warnings;
use Exporter 'import';
use Slots;

our @EXPORT = qw(make_image);

use constant {
    NSLOTS_ADDRESS => 0xB04,
    TABLES => 0xA000,
};
my @window = (0x8780, 0x8F80);

# What there is, by the way its operands are chosen.  The letters of an RR or
# RX instruction: g changes R1, p changes an even-odd pair, r changes nothing,
# f and x are floating-point (x: extended, registers 0 and 4).
my %rr = (
    g => [0x10 .. 0x14, 0x16 .. 0x18, 0x1A, 0x1B, 0x1E, 0x1F],
    r => [0x15, 0x19],
    p => [0x1C],
    f => [0x20 .. 0x25, 0x28 .. 0x2F, 0x30 .. 0x35, 0x38 .. 0x3F],
    x => [0x26, 0x27, 0x36, 0x37],
);
my %rx = (
    g => [0x41, 0x43, 0x48, 0x4A .. 0x4C, 0x4F, 0x54, 0x56 .. 0x58, 0x5A,
        0x5B, 0x5E, 0x5F],
    r => [0x40, 0x42, 0x49, 0x4E, 0x50, 0x55, 0x59],
    p => [0x5C],
    f => [0x60, 0x67 .. 0x70, 0x78 .. 0x7F],
);
my @character = (0xD1 .. 0xD4, 0xD6, 0xD7, 0xDC, 0xE8);
# These may end before the last byte; whether what lies behind is looked at
# is not said, so they stay within a block.
my @compare = (0xD5, 0xDD);
my @edit = (0xDE, 0xDF);
my @packed = (0xF1 .. 0xF3);
my @decimal = (0xF0, 0xF8 .. 0xFD);
my @immediate = (0x91 .. 0x97);
my @no_operation = (0x00, 0x52, 0x53, 0x61, 0x71, 0x99, 0xC2, 0xFE, 0xFF);
# Privileged operations that a stream in the problem state tries; not SPKA and
# IPK, to which Hercules applies the rules of the dual-address-space facility.
my @privileged = (
    '8000', '8200', '8300', '9C00', '9D00', '9E00', '9F00', 'ACFF', 'AD00',
    'B203', 'B204', 'B206', 'B207', 'B208', 'B209', 'B20D',
    'B210', 'B211', 'B213', 'B6FF', 'B7FF');

my ($supervisor, $ec, $per, $key, $own, $low_protected);

sub pick { return $_[rand @_] }
sub chance { return rand() < $_[0] }
sub hex4 { return pack 'H*', $_[0] }

# ---- operands -----------------------------------------------------------------

# A register that an instruction may change.
sub target
{
    return pick(8 .. 11) if chance(0.004);
    return pick(0 .. 7, 12, 14, 15);
}
sub source { return int rand 16 }
sub pair_target
{
    return pick(1, 3, 5, 7) if chance(0.02);
    return pick(0, 2, 4, 6, 14);
}
sub float { return chance(0.005) ? int rand 16 : pick(0, 2, 4, 6) }
sub extended { return chance(0.02) ? int rand 16 : pick(0, 4) }

# Base and displacement (two bytes) of storage: mostly in a window, often just
# before a block's end; `align` is what the operand likes.
sub place
{
    my ($align, $bytes) = @_;
    my $d = chance(0.3) ? 128 - int rand($bytes + 2) : int rand 240;
    $d = 0 if $d < 0;
    $d -= $d % $align if chance(0.8);
    $d += int rand 3000 if chance(0.01);
    my $base = chance(0.01) ? source() : pick(8 .. 11);
    return pack 'n', $base << 12 | $d;
}

sub index_register { return chance(0.02) ? source() : 0 }

# ---- instructions -------------------------------------------------------------
# Each sub returns the bytes of one instruction, or of a few that belong
# together.

sub rr { return pack 'CC', $_[0], $_[1] << 4 | $_[2] }
sub rx
{
    my ($op, $r, $align) = @_;
    return pack('CC', $op, $r << 4 | index_register()) . place($align, 8);
}
sub rs
{
    my ($op, $r1, $r3, $align) = @_;
    return pack('CC', $op, $r1 << 4 | $r3) . place($align, 8);
}
sub la { return pack 'CCn', 0x41, $_[0] << 4, $_[2] << 12 | $_[1] }

sub general_rr
{
    my $kind = pick('g', 'g', 'g', 'g', 'r', 'p');
    my $op = pick(@{$rr{$kind}});
    return rr($op, $kind eq 'p' ? pair_target() : target(), source());
}

sub general_rx
{
    my $kind = pick('g', 'g', 'g', 'r', 'r', 'p');
    my $op = pick(@{$rx{$kind}});
    my $align = $op == 0x4E || $op == 0x4F ? 8
        : $op >= 0x48 && $op <= 0x4C ? 2 : 4;
    return rx($op, $kind eq 'p' ? pair_target()
        : $kind eq 'r' ? source() : target(), $align);
}

# A doubleword for CONVERT TO BINARY that is often decimal.
sub convert
{
    my $d = 8 * int rand 20;
    my $b = pick(8 .. 11);
    my $at = pack 'n', $b << 12 | $d;
    return pack('CC', 0x4E, source() << 4) . $at
        . pack('CC', 0x4F, target() << 4) . $at;
}

# DIVIDE.  Hercules falls over its own division of -2**63 by -1, so a double
# shift goes first.
sub divide
{
    my $r = pair_target();
    my $code = pack 'CCn', 0x8E, $r << 4, pick(1, 20, 32);
    return $code . rr(0x1D, $r, source()) if chance(0.5);
    return $code . rx(0x5D, $r, 4);
}

sub shift_instruction
{
    my $op = pick(0x88 .. 0x8F);
    my $r = $op >= 0x8C ? pair_target() : target();
    my $at = chance(0.8) ? int rand 70 : source() << 12 | int rand 64;
    return pack 'CCn', $op, $r << 4 | int rand 16, $at;
}

# First and last register of LOAD MULTIPLE, without 13.
sub register_range
{
    my $first = pick(14, 15, 0 .. 7);
    my $n = int rand 6;
    $n = 2 if $first < 8 && $first + $n > 7 && chance(0.8);
    my $last = ($first + $n) % 16;
    return ($first, $last);
}

sub multiple
{
    my ($first, $last) = register_range();
    return rs(0x98, $first, $last, 4) if chance(0.5);
    return rs(0x90, int rand 16, int rand 16, 4);
}

sub masked
{
    my $op = pick(0xBE, 0xBF);
    # Whether STCM of nothing can be refused depends on the model.
    return rs($op, target(), $op == 0xBE ? 1 + int rand 15 : int rand 16, 1);
}

sub compare_and_swap
{
    return rs(0xBA, target(), source(), 4) if chance(0.5);
    return rs(0xBB, pair_target(), chance(0.05) ? source()
        : 2 * int rand 8, 8);
}

sub storage_immediate
{
    return pack('CC', pick(@immediate), pick(0, 0xFF, int rand 256))
        . place(1, 1);
}

sub lengths
{
    my ($max) = @_;
    return chance(0.1) ? int rand 256 : int rand $max;
}

sub storage_storage
{
    return pack('CC', pick(@character), lengths(40)) . place(1, 20)
        . place(1, 20);
}

sub compare_storage
{
    my @at = map { pick(8 .. 11) << 12 | int rand 24 } 1 .. 2;
    return pack 'CCn', 0xBD, int rand 256, $at[0] if chance(0.3);
    return pack 'CCnn', pick(@compare), int rand 40, @at;
}

sub two_lengths
{
    my @op = (@packed, chance(0.15) ? @decimal : ());
    return pack('CC', pick(@op), chance(0.1) ? int rand 256
        : int(rand 6) << 4 | int rand 6) . place(1, 8) . place(1, 8);
}

# Decimal numbers first, then arithmetic on them.
sub decimal
{
    my @at = map { pack 'n', pick(8 .. 11) << 12 | int rand 230 } 1 .. 2;
    my @n = map { int rand 7 } 1 .. 2;
    my $code = '';
    for my $i (0, 1) {
        $code .= pack('CCn', 0x4E, source() << 4, 0) =~ s/..\z//sr
            . pack('n', 8 << 12 | 16 * $i + 64)
            . pack('CC', 0xF8, $n[$i] << 4 | 7) . $at[$i]
            . pack('n', 8 << 12 | 16 * $i + 64);
    }
    return $code . pack('CC', pick(@decimal), $n[0] << 4 | $n[1]) . $at[0]
        . $at[1];
}

# A valid source, since an invalid one leaves part of the result undone, and
# a pattern within one block.  EDMK only where nothing can be protected: whether
# register 1 changes then is not said.
sub edit
{
    my ($source, $pattern) = (8 << 12 | 16, 8 << 12 | 32);
    my $code = pack 'CCn', 0x4E, source() << 4, $source;
    my @bytes = (pick(0x40, 0x5C), map { pick(0x20, 0x20, 0x20, 0x21, 0x22,
        0x6B, 0x40) } 1 .. 7);
    for my $i (0 .. $#bytes) {
        $code .= pack 'CCn', 0x92, $bytes[$i], $pattern + $i;
    }
    return $code . pack('CCnn',
        $own && !$supervisor ? pick(@edit) : 0xDE, 7, $pattern,
        $source + pick(0, 1, 4));
}

# The address of a byte of the work area in register $r (not 0), found from
# register 13 since the others may point anywhere.
sub work_address
{
    my ($r, $offset) = @_;
    my $code = la($r, 0xFFF, 13) . la($r, 1, $r);
    $code .= la($r, 0xFFF, $r), $offset -= 0xFFF if $offset > 0xFFF;
    return $code . la($r, $offset, $r);
}

# MOVE LONG, COMPARE LOGICAL LONG with registers that suit them.  Where they
# are watched they stay within a block: how many units there are, and so how
# many program events, depends on the model.
sub long
{
    my @even = ($per ? () : 0, 2, 4, 6);
    my ($r1, $r2) = (pick(@even), pick(@even));
    my $code = '';
    for my $r ($r1, $r2) {
        $code .= $per
            ? work_address($r, 0x700 + int rand 0x80)
            : la($r, int rand 256, pick(8 .. 11));
        $code .= la($r + 1, pick(0, int rand 20, int rand($per ? 80 : 300)), 0);
        # The padding byte, and sometimes a long length.
        $code .= rs(0xBF, $r + 1, !$per && chance(0.05) ? 0xC : 8, 1)
            if chance(0.5);
    }
    return $code . rr(pick(0x0E, 0x0F), $r1 | chance(0.03), $r2)
        . rr(0x12, $r1, $r1);
}

sub float_rr
{
    return rr(pick(@{$rr{x}}), extended(), extended())
        if chance(0.1);
    return rr(pick(@{$rr{f}}), float(), float());
}

sub float_rx
{
    my $op = pick(@{$rx{f}});
    return pack('CC', $op, float() << 4 | index_register())
        . place($op < 0x70 ? 8 : 4, 8);
}

# RESET REFERENCE BIT.  Hercules ORs the keys of the two blocks of 4 KiB, so
# these have equal keys before and after; the condition code goes into a
# register, and so does the key.
sub reset_reference
{
    my @r = (pick(0 .. 3), pick(4 .. 7));
    my $page = 0x1000 * int rand 2;
    my $value = la($r[0], (chance(0.8) ? $key : int rand 16) << 4
            | int rand 16, 0);
    my $both = join '', map { work_address($r[1], $page + $_)
        . rr(0x08, $r[0], $r[1]) } 0, 0x800;
    return $value . $both . hex4('B20D0000')
        . pack('CCn', 0xB2, 0x13, $r[1] << 12 | int rand 0x800)
        . rr(0x05, pick(12, 14, 15), 0) . rr(0x09, pick(12, 14, 15), $r[1])
        . $both . hex4('B20D0000');
}

# INVALIDATE PAGE TABLE ENTRY, of a table that is in the work area: Hercules
# stops with a host error when low-address protection refuses it.
sub invalidate
{
    my @r = (pick(1 .. 3), pick(4 .. 7));
    return work_address($r[0], 8 * int rand 0x200)
        . la($r[1], int rand 4096, pick(8 .. 11, 13))
        . hex4(sprintf 'B22100%X%X', @r);
}

# A store below 512 with key 0 and low-address protection on, or just above,
# where nothing is.
sub low_address
{
    return '' unless $low_protected;
    my $at = pick(int rand 512, 504 + int rand 16);
    my @some = (
        sub { pack 'CCn', pick(0x92, 0x94, 0x96, 0x97), int rand 256, $at },
        sub { pack 'CCn', pick(0x40, 0x42, 0x50), source() << 4, $at },
        sub { pack 'CCnn', pick(0xD2, 0xD7), int rand 8, $at,
            pick(8 .. 11) << 12 });
    return hex4('B20A0000') . pick(@some)->()
        . pack('CCn', 0xB2, 0x0A, $key << 4);
}

sub control
{
    return hex4(pick(@privileged)) . place(4, 4) unless $supervisor;
    my @r = (pick(0 .. 3), pick(4 .. 7));
    my $any_key = la($r[0], (chance(0.8) ? $key : int rand 16) << 4
            | int rand 16, 0);
    my @some = (
        \&reset_reference, \&invalidate, \&low_address,
        # Set the key of a block, purge Hercules' copy of it, and read it.
        sub { return work_address($r[1], 16 * int(rand 0x200)
                    + (chance(0.05) ? int rand 16 : 0)) . $any_key
                . rr(0x08, $r[0], $r[1]) . hex4('B20D0000')
                . rr(0x09, target(), $r[1]) },
        sub { return pack('CCn', 0xB2, 0x0A, (1 + int rand 14) << 4) },
        sub { return hex4('B20B0000') },
        sub { return hex4('E501') . place(1, 1) . pack('n', pick(8 .. 11) << 12
            | (chance(0.5) ? $key : int rand 16) << 4 | int rand 16) },
        sub { return hex4('B20D0000') },
        sub { return pack('CC', 0xB6, int rand 256) . place(4, 8) },
        sub { return pack('CC', 0xB7, pick(0x33, 0x35, 0x48)) . place(4, 8) },
        sub { return pack('CC', 0xB1, target() << 4) . place(1, 1) },
        sub { return pack('CC', 0xAC, $ec ? pick(0xFF, 0xFB) : int rand 256)
            . place(1, 1) },
        sub { return pack('CC', 0xAD, $ec ? pick(0, 2) : int rand 256)
            . place(1, 1) },
        sub { return $ec ? '' : pack('CC', 0x80, 0) . place(1, 1) },
    );
    return pick(@some)->();
}

sub calls
{
    return pack 'CC', 0x0A, int rand 255 if !$per && chance(0.4);
    return pack('CCn', 0xAF, int rand(chance(0.1) ? 256 : 16),
        source() << 12 | int rand 4096);
}

sub no_such_operation
{
    my $op = pick(@no_operation);
    my $bytes = pack 'C*', $op, map { int rand 256 } 1 .. 5;
    return substr $bytes, 0, $op < 0x40 ? 2 : $op < 0xC0 ? 4 : 6;
}

sub set_program_mask { return rr(0x04, target(), 0) }

# ---- branches and EXECUTE -----------------------------------------------------
# They need addresses of instructions that come later: notes in @fixups, each
# [offset of the base and displacement, number of the instruction].

my (@fixups, @starts, @executed, $end);

sub branch
{
    my ($at) = @_;
    my $to = @starts + 1 + int rand 4;
    my $how = int rand 7;
    if ($how < 2) {
        push @fixups, [$at + 2, $to];
        return pack 'CCn', 0x47, int(rand 16) << 4, 0;
    }
    if ($how == 2) {
        push @fixups, [$at + 2, $to];
        return pack 'CCn', pick(0x45, 0x46, 0x4D), target() << 4, 0;
    }
    if ($how == 3) {
        push @fixups, [$at + 2, $to];
        return pack 'CCn', pick(0x86, 0x87), target() << 4 | source(), 0;
    }
    if ($how == 4) {
        my $r = pick(0 .. 7);
        return rr(0x07, int rand 16, 0) if $r == 0;
        push @fixups, [$at + 2, $to];
        return pack('CCn', 0x41, $r << 4, 0) . rr(0x07, int rand 16, $r);
    }
    if ($how == 5) {
        my $r = pick(1 .. 7);
        push @fixups, [$at + 2, $to];
        return pack('CCn', 0x41, $r << 4, 0)
            . rr(pick(0x05, 0x06, 0x0D), target(), $r);
    }
    return rr(pick(0x05, 0x06, 0x0D), target(), 0);
}

sub execute
{
    my ($at) = @_;
    my $free = chance(0.5);
    my $target = pick($free ? (
        sub { storage_storage() }, sub { storage_immediate() },
        sub { two_lengths() },
        $per ? () : sub { pack 'CC', 0x0A, 0 },
        sub { pack 'CCn', 0x44, 0, 13 << 12 },
    ) : (
        sub { general_rr() }, sub { general_rx() }, sub { masked() },
    ))->();
    push @executed, [$at + ($free ? 2 : 6), $target];
    return pack 'CCn', 0x44, source() << 4, 0 if $free;
    # What changes a register must not be made to change register 13.
    my $r = target();
    return la($r, int rand 16, 0) . pack 'CCn', 0x44, $r << 4, 0;
}

# ---- a stream -----------------------------------------------------------------

my @kinds = (
    [18, sub { general_rr() }], [18, sub { general_rx() }],
    [3, sub { convert() }], [3, sub { divide() }], [8, sub { shift_instruction() }],
    [5, sub { multiple() }], [7, sub { masked() }],
    [3, sub { compare_and_swap() }], [8, sub { storage_immediate() }],
    [8, sub { storage_storage() }], [3, sub { compare_storage() }], [6, sub { two_lengths() }],
    [4, sub { decimal() }], [1, sub { edit() }], [3, sub { long() }],
    [7, sub { float_rr() }], [7, sub { float_rx() }],
    [3, sub { control() }], [1, sub { calls() }],
    [1, sub { no_such_operation() }], [1, sub { set_program_mask() }],
    [8, \&branch], [3, \&execute]);
my @weighted = map { ($_->[1]) x $_->[0] } @kinds;

sub stream_code
{
    my $code = '';
    @fixups = @starts = @executed = ();
    while (length($code) < 360 && @executed < 8) {
        push @starts, length $code;
        $code .= pick(@weighted)->(length $code);
    }
    $end = length $code;
    $code .= pack 'CC', 0x0A, 255;
    for my $fix (@fixups) {
        my $to = $starts[$fix->[1]] // $end;
        $to++ if chance(0.01);
        substr $code, $fix->[0], 2, pack 'n', 13 << 12 | $to;
    }
    for my $fix (@executed) {
        my $odd = chance(0.02) ? 1 : 0;
        substr $code, $fix->[0], 2, pack 'n', 13 << 12 | length($code) + $odd;
        $code .= $fix->[1];
    }
    return $code . "\0" x (CODE_BYTES - length $code);
}

# ---- a state ------------------------------------------------------------------

sub word
{
    return pick(
        sub { 0 }, sub { 1 }, sub { 0xFFFFFFFF }, sub { 0x7FFFFFFF },
        sub { 0x80000000 }, sub { int rand 64 }, sub { int rand 4096 },
        sub { 0xFFFFFFFF - int rand 4096 }, sub { int rand 2**32 },
        sub { int rand 2**32 }, sub { int rand 2**32 },
        sub { pick(@window) + int rand 256 })->();
}

sub float_register
{
    return pack 'N2', 0, 0 if chance(0.1);
    my $first = pick(0x40, 0x41, 0x42, 0x3F, 0x46, 0x4E, 0x7F, 0x00,
        int rand 128) | (chance(0.5) ? 0x80 : 0);
    my $second = chance(0.8) ? 0x10 + int rand 0xF0 : int rand 256;
    return pack('CC', $first, $second) . pack('n3', map { int rand 65536 }
        1 .. 3);
}

sub window_bytes
{
    my $bytes = '';
    while (length $bytes < 256) {
        $bytes .= pick(
            sub { pack 'N', word() }, sub { pack 'N', word() },
            sub { "\0" x 4 }, sub { float_register() },
            sub { pack 'H*', join '', (map { int rand 10 } 1 .. 7),
                pick('C', 'D', 'F') })->();
    }
    return substr $bytes, 0, 256;
}

# Five variants of address translation: where TABLES hold which segment
# table, and the bits of control register 0 that go with it.
my @translation = (
    [0x00800000, TABLES], [0x00800000, TABLES + 0x400],
    [0x00400000, TABLES + 0x800], [0x00900000, TABLES + 0xC00]);

# The page tables: blocks of the work area change places, some are invalid.
sub translation_tables
{
    my $bytes = "\0" x 0x1000;
    my $table = sub {
        my ($at, $size, @block_of) = @_;
        my $pages = TABLES + $at + 0x100;
        my $shift = $size == 4096 ? 0x10 : 0x8;
        # Segment 0 is there, with all its pages; the others are invalid.
        my $n = 65536 / $size;
        substr $bytes, $at, 64, pack 'N16', 0xF0000000 | $pages, (1) x 15;
        for my $page (0 .. $n - 1) {
            my $to = $page * $size;
            my $entry = 0;
            if ($to >= 0x8000 && $to < 0xA000) {
                my $other = $block_of[($to - 0x8000) / $size];
                $entry = $size == 4096 ? 8 : 4 if $other < 0;
                $to = 0x8000 + $other * $size if $other >= 0;
            }
            $entry |= $size == 4096 ? $to >> 12 << 4 : $to >> 11 << 3;
            substr $bytes, $at + 0x100 + 2 * $page, 2, pack 'n', $entry;
        }
    };
    $table->(0, 4096, 1, 0);
    $table->(0x400, 4096, 1, -1);
    $table->(0x800, 2048, 2, 3, -1, 0);
    # Segments of 1 MiB: sixteen pages of the first, the others are too far.
    $table->(0xC00, 4096, 0, 1);
    substr $bytes, 0xC00, 4, pack 'N', 0x00000000 | TABLES + 0xD00;
    return $bytes;
}

sub slot
{
    my @g = map { word() } 0 .. 15;
    $g[$_] = pick(@window) + pick(0, 0, int rand 64) for 8 .. 11;
    $g[13] = CODE;
    $key = 1 + int rand 14;
    my $mask = pick(0, 15, int rand 16);
    my $cc = int rand 4;
    $supervisor = chance(0.4);
    $ec = chance(0.3);
    $per = $ec && chance(0.25);
    $own = chance(0.75);
    $low_protected = $supervisor && chance(0.3);
    my $code = stream_code();
    my $state = $supervisor ? 0 : 1;
    my @cr = (0, 0, 0, map { int rand 2**32 } 3 .. 15);
    my $psw;
    @cr[9 .. 11] = (0, 0, 0);
    $cr[14] = 0xC2000000;
    my $variant = pick(@translation);
    $cr[0] = $variant->[0] | (chance(0.1) ? 0x40000000 : 0);
    $cr[0] |= 0x10000000 if $low_protected;
    $cr[1] = 0x00000000 | $variant->[1];
    if ($ec) {
        my $dat = chance(0.6) ? 0x04 : 0;
        # Program-event recording: some events, over the code or a window.  No
        # general-register alteration and no SUPERVISOR CALL: Hercules sees
        # no event there.
        if ($per) {
            $dat |= 0x40;
            my ($from, $to) = sort { $a <=> $b } map { int rand $end } 1, 2;
            my $in = CODE;
            ($from, $to, $in) = (0, int rand 256, pick(@window)) if chance(0.5);
            @cr[9 .. 11] = (2 * int(rand 8) << 28 | int(rand 65536),
                $in + $from, $in + $to);
        }
        $psw = pack 'CCCCN', $dat, $key << 4 | 8 | $state, $cc << 4 | $mask,
            0, CODE;
    } else {
        $psw = pack 'CCnN', 0, $key << 4 | $state, 0,
            $cc << 28 | $mask << 24 | CODE;
    }
    my @keys = map { my $k = $own ? $key : pick(0, $key, $key, int rand 16);
        $k << 4 | pick(0, 0, 8) } 1 .. 4;
    my $slot = pack('N16', @g)
        . join('', map { float_register() } 1 .. 4) . $psw
        . pack('C8', @keys, 0, 0, 0, 0) . pack('N16', @cr)
        . $code . window_bytes() . window_bytes();
    return $slot . "\0" x (SLOT_BYTES - length $slot);
}

# The image to load at 0: the driver, the tables, and `n` slots.
sub make_image
{
    my ($driver, $n, $seed) = @_;
    my $image = $driver . "\0" x (TABLES - length $driver);
    srand $seed;
    substr $image, NSLOTS_ADDRESS, 4, pack 'N', $n;
    $image .= translation_tables();
    $image .= "\0" x (FIRST_SLOT - length $image);
    $image .= slot() for 1 .. $n;
    return $image;
}

1;
