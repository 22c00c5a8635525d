#!/usr/bin/perl
# Every lab: the solution has full marks, what is handed out those it is said to
# have; both are the same outside the marks; each mutant of the solution is
# found by the test that is meant for it, and by none before it.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Test::More;
use File::Basename;
use Kit;
use Lab;

for my $lab (labs()) {
    my @files = files_of($lab);
    my $holes = 0;

    for my $file (grep { !/\.txt$/ } @files) {
        my ($starter, $solution) = map { read_file("$_/$lab/$file") } qw(labs solutions);
        is(outside($starter), outside($solution), "$lab: $file outside the marks");
        my $n = marks("labs/$lab/$file");
        ok($n >= 1 && $n <= 2, '... and its one or two holes');
        $holes += $n;
        # What the lab takes out of GOS, and GOS itself.
        next if !-e "labs/common/$file";
        is($solution =~ s/^[^\n]*LAB \d+ (?:BEGIN|END)[^\n]*\n//gmr,
           read_file("labs/common/$file"), "... and the solution is GOS's own");
    }
    cmp_ok($holes, '>', 0, "$lab: there is something to do");

    my $full = grade($lab, "solutions/$lab", '--hidden');
    is($full->{earned}, $full->{max}, "$lab: the solution has full marks");
    my ($floor) = read_file("labs/$lab/points.txt") =~ /^# As handed out: ([\d.]+)\.$/m;
    is(grade($lab, "labs/$lab", '--hidden')->{earned} / 100, $floor,
       "$lab: as handed out it has $floor points");

    my @mutants = glob "solutions/$lab/mutants/*";
    cmp_ok(scalar @mutants, '>=', 8, "$lab: eight mutants or more");
    for my $path (@mutants) {
        my ($dir, $caught) = mutant($lab, $path);
        my ($first) = grep { $_->{status} ne 'pass' }
            @{grade($lab, $dir, '--hidden')->{tests}};
        is($first && "$first->{name} $first->{status}" =~ s/(?:timeout|partial)$/fail/r, "$caught fail",
           "$lab: " . basename($path));
    }
}

done_testing();
