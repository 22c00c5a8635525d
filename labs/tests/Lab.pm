package Lab;
# Lab.pm - what the tests of labs share: the marks, grading, mutants.
#
# A mutant is the solution with one typical bug, told as a change:
#   # what the bug is           for people
#   file NAME                   the file that has it
#   caught TEST                 the test that must find it
#   -old line ... +new line     what stands there once, and what in its place
use strict;
use warnings;
use lib 'tools';
use Exporter 'import';
use File::Basename;
use JSON::PP;
use Kit;

our @EXPORT = qw(labs files_of marks outside grade mutant);

# The labs that have a solution.
sub labs { return map { basename $_ } sort grep { -d "labs/" . basename $_ } glob 'solutions/*' }

# What students edit, as lab.lua says.
sub files_of
{
    my ($lab) = @_;
    my ($list) = read_file("labs/$lab/lab.lua") =~ /^\s*files = \{(.*?)\}/ms;
    return $list =~ /"(.*?)"/g;
}

# How many holes a file has; dies when marks are not in pairs.
sub marks
{
    my ($path) = @_;
    my $kinds = join ' ', read_file($path) =~ /LAB \d+ (BEGIN|END)/g;
    die "$path: marks are not in pairs\n" if $kinds !~ /^(BEGIN END ?)*$/;
    return () = $kinds =~ /BEGIN/g;
}

# A text without what is between marks, and without the marks if so wished.
sub outside
{
    my ($text) = @_;
    return $text =~ s/^[^\n]*LAB \d+ BEGIN.*?LAB \d+ END[^\n]*\n/<hole>\n/gmsr;
}

# Grade: { test => { status, score } } with their order, and the score.
sub grade
{
    my ($lab, $dir, @options) = @_;
    my ($status, $out, $err) = run_program('', bin('grade'), "labs/$lab", $dir,
                                           '--format', 'json', @options);
    die "grade $lab $dir: status $status: $err\n" if $status != 0;
    return decode_json($out);
}

# Make a mutant in a scratch folder: the folder, and the test meant for it.
my $made = 0;
sub mutant
{
    my ($lab, $path) = @_;
    my $dir = scratch('mutant' . $made++);
    my $text = read_file($path);
    my ($file) = $text =~ /^file (\S+)$/m or die "$path: which file?\n";
    my ($caught) = $text =~ /^caught (\S+)$/m or die "$path: caught by what?\n";
    my $old = join '', map { "$_\n" } $text =~ /^-(.*)$/mg;
    my $new = join '', map { "$_\n" } $text =~ /^\+(.*)$/mg;
    mkdir $dir;
    write_file("$dir/$_", read_file("solutions/$lab/$_")) for files_of($lab);
    my $source = read_file("$dir/$file");
    my $times = () = $source =~ /^\Q$old\E/mg;
    die "$path: what it replaces is there $times times\n" if $times != 1;
    write_file("$dir/$file", $source =~ s/^\Q$old\E/$new/mr);
    return ($dir, $caught);
}

1;
