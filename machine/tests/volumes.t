#!/usr/bin/perl
# volumes.t - disk images go both ways: our machine takes those that Hercules'
# tools make, and the tools list what our machine has written
use strict;
use warnings;
use lib 'tools', 'machine/tests/disk';
use Cwd;
use Encode;
use Test::More;
use Kit;
use Volume;

my $root = getcwd();

sub ebcdic { return encode 'cp37', $_[0] }

sub tool
{
    my ($status, $out, $err) = run_program('', @_);
    return $status == 0 ? "$out$err" : "status $status: $out$err";
}

# Fill the partitioned data set that begins on this track: a directory with
# one member on the same track.
sub put_member
{
    my ($volume, $type, $cylinder, $head, @cards) = @_;
    my $name = ebcdic('MEMBER  ');
    my $block = pack 'n a8 n C C a8', 34, $name, 0, 3, 0, "\xFF" x 8;
    put_track($volume, $type, $cylinder, $head,
        [1, "\xFF" x 8, pack 'a256', $block], [2, '', ''],
        [3, '', join '', map { ebcdic(sprintf '%-80s', $_) } @cards],
        [4, '', '']);
}

my $text = join '', map { sprintf "LINE %03d\n", $_ } 1 .. 100;
my $cards = write_file(scratch('cards'),
    join '', map { ebcdic(sprintf '%-80s', $_) } split /\n/, $text);

for my $type (grep { $_ ne '2305-1' } sort keys %types) {
    my ($heads) = @{$types{$type}};
    my ($from, $to) = map { scratch("$_-$type") } 'from', 'to';
    my $control = write_file(scratch('control'), <<"END");
COPIED $type 2
SYS1.VTOC VTOC TRK 2
LAB.PDS EMPTY TRK 1 0 1 PO FB 80 400
LAB.TEXT SEQ $cards TRK 3 0 0 PS FB 80 800 0
END
    like(tool('dasdload', $control, $from, 0), qr/2 cylinders written/,
        "$type: a volume with data sets");
    put_member($from, $type, int(3 / $heads), 3 % $heads, 'CARD ONE', 'CARD TWO');
    like(tool('dasdinit', '-r', $to, $type, 2), qr/success/, '... and an empty one');
    is(tool(build('tests/disk_copy'), $type, $from, $to), '',
        'our machine copies one to the other');

    my ($list, $same) = map { tool('dasdls', $_) =~ s/\S*://r } $from, $to;
    is($same, $list, 'dasdls lists the same data sets');
    like($same, qr/VOLSER=COPIED.*LAB\.PDS.*LAB\.TEXT/s, 'namely these');
    chdir scratch('.');
    tool('dasdseq', '-ascii', $to, 'LAB.TEXT');
    is(read_file('LAB.TEXT'), $text, 'dasdseq reads the text');
    like(tool('dasdcat', '-i', $to, 'LAB.PDS/MEMBER:ac'),
        qr/CARD ONE\s+CARD TWO/, 'dasdcat reads the member');
    unlink 'LAB.TEXT', $from, $to;
    chdir $root;
}
done_testing;
