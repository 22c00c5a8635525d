#!/usr/bin/perl
# Every lab: the solution has full marks, what is handed out those it is said to
# have, and it builds; both are the same outside the marks and have the same
# questions; the sums of points are as the handout says; each mutant of the
# solution is found by the test that is meant for it, and by none before it.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Test::More;
use File::Basename;
use Kit;
use Lab;

my @number = qw(none one two three four five six seven eight nine ten eleven twelve);

# The points of the public tests, of the hidden ones, and how many those are.
sub points_of
{
    my ($points) = @_;
    my ($public, $hidden, $n) = (0, 0, 0);
    for ($points =~ /^([a-z][^\n#]*)/gm) {
        my ($test, $value, $is_hidden) = split;
        if ($is_hidden) { $hidden += $value; $n++ } else { $public += $value }
    }
    return ($public, $hidden, $n);
}

# An answers file without the answers.
sub questions { my ($text) = @_; return join "\n", $text =~ /^(#.*|(?:Answer \w+|String|Frames|Faults):)/gm }

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
    is(questions(read_file("labs/$lab/answers.txt")), questions(read_file("solutions/$lab/answers.txt")),
       "$lab: the same questions");

    my $points = read_file("labs/$lab/points.txt");
    my ($public, $hidden, $n) = points_of($points);
    like($points, qr/^# Points of lab \d\d: $public for the public tests, $hidden for the hidden ones\.$/m,
         "$lab: points.txt says what it adds up to");
    my $sum = $public + $hidden;
    like(read_file("labs/$lab/README.md"),
         qr/^$sum: $public by the tests that you have, $hidden by $number[$n] that you do not have\./m,
         '... and so does the handout');

    my $full = grade($lab, "solutions/$lab", '--hidden');
    is($full->{earned}, $full->{max}, "$lab: the solution has full marks");
    is($full->{max}, 100 * $sum, '... which are those of the handout');
    my ($floor) = $points =~ /^# As handed out: ([\d.]+)\.$/m;
    my $starter = grade($lab, "labs/$lab", '--hidden');
    is($starter->{earned} / 100, $floor, "$lab: as handed out it has $floor points");
    is(join(' ', grep { /error|build/ } map { "$_->{status} $_->{reason}" } @{$starter->{tests}}), '',
       '... and it builds');

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
