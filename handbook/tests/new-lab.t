#!/usr/bin/perl
# The lab that the handbook makes from scratch: what it shows is in the files;
# the solution has full marks, the starter none, the mutants are caught.
use strict;
use warnings;
use lib 'tools';
use JSON::PP;
use Test::More;
use File::Basename;
use Kit;

my $lab = 'handbook/new-lab/90-bits';
my $solution = 'handbook/new-lab/solution';
my $chapter = read_file('handbook/09-instructors.md');

sub grade
{
    my ($dir) = @_;
    my ($status, $out, $err) =
        run_program('', bin('grade'), $lab, $dir, '--hidden', '--format', 'json');
    is($status, 0, "graded: $dir") or diag $err;
    return decode_json($out);
}

my $full = grade($solution);
is($full->{earned}, $full->{max}, 'the solution has full marks');
is(grade($lab)->{earned}, 0, 'the starter has none');

my @mutants = glob "$solution/mutants/*";
cmp_ok(scalar @mutants, '>=', 2, 'mutants');
for my $path (@mutants) {
    my $text = read_file($path);
    my ($caught) = $text =~ /^caught (\S+)$/m;
    my $source = read_file("$solution/bits.c");
    my ($old, $new) = map { my $c = $_; join '', map { "$_\n" } $text =~ /^\Q$c\E(.*)$/mg } '-', '+';
    my $dir = scratch(basename $path);
    mkdir $dir;
    is($source =~ s/^\Q$old\E/$new/m, 1, "$path changes the solution");
    write_file("$dir/bits.c", $source);
    my ($first) = grep { $_->{status} ne 'pass' } @{grade($dir)->{tests}};
    is($first && $first->{name}, $caught, "... and is caught by $caught");
}

# What the chapter shows of these files.
my %shown = map { $_ => 1 } $chapter =~ /^    (.+)$/mg;
for my $file ("$lab/lab.lua", "$solution/mutants/bit-by-bit") {
    my @lines = grep { !/^--/ && /\S/ } split /\n/, read_file($file);
    is(join('', grep { !$shown{$_} } map { s/\s+$//r } @lines), '', "$file is shown as it is");
}

my ($status, $out) = run_program('', bin('grade'), $lab, $solution, '--hidden');
my @missing = grep { !$shown{$_} } split /\n/, $out;
is("@missing", '', 'the result too');

done_testing();
