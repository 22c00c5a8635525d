# cc370 built by another compiler, or with other optimisation, makes the same
# image of the same sources, byte for byte.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $sources = read_file('machine/sdk/cc/cc.mk');
$sources =~ s/\\\n//g;
my @files = ('machine/io/ebcdic.c');
while ($sources =~ m{addprefix \$\(B\)/obj/(machine/sdk/\w+/),([^)]*)\)}g) {
    my ($folder, $objects) = ($1, $2);
    push @files, map { $folder . s/\.o$/.c/r } split ' ', $objects;
}
my @gos = ('-nostartfiles', glob 'labs/common/*.asm labs/common/*.c');

sub image
{
    my ($cc370) = @_;
    local $ENV{CPLAB_SDK} = 'machine/sdk';
    unlink map { scratch($_) } qw(image image.map);
    my ($status, $out, $err) =
        run_program('', $cc370, '-w', '-o', scratch('image'), @gos);
    is($status, 0, "$cc370 takes the program") or diag $err;
    return join '', map { read_file(scratch($_)) } qw(image image.map);
}

my $expected = image(bin('cc370'));

# Preprocessed files (-E, then .i) are the same program.
my @written = @gos;
@gos = map {
    local $ENV{CPLAB_SDK} = 'machine/sdk';
    my $to = scratch(s/.*\///r . '.i');
    my ($status) = /\.c$/ ? run_program('', bin('cc370'), '-E', $_, '-o', $to) : 1;
    $status == 0 ? $to : $_;
} @written;
is(scalar(grep { /\.i$/ } @gos), scalar(grep { /\.c$/ } @written), '-E preprocesses each file');
ok(image(bin('cc370')) eq $expected, 'preprocessed files: the same bytes, names and lines');
@gos = @written;
for my $with (['gcc', '-O0'], ['clang', '-O1']) {
    my $cc370 = scratch("cc370-$with->[0]");
    my ($status, $out, $err) = run_program('', @$with, '-std=c11', '-I.',
        '-Imachine/include', '-D_DEFAULT_SOURCE', '-w', '-o', $cc370, @files);
    is($status, 0, "@$with builds cc370") or diag $err;
    ok(image($cc370) eq $expected, "@$with: the same bytes");
}
done_testing;
