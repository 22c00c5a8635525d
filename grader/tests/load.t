#!/usr/bin/perl
# The same submission has the same grade and the same output, byte for byte,
# whatever the host is doing and however the grader was started.  And a host
# that is too slow makes errors of ours, not zeros of students.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;
use JSON::PP;

mkdir $ENV{TMPDIR} = scratch('tmp');
my $lab = 'grader/tests/lab-sum';

# Submissions that show what there is to be told: failures with places and
# events, limits, messages of the compiler.
my %sum = (
    fails => 'return list[0] + length;',
    endless => "volatile int x = length;\n    for (;;)\n        x++;",
    'does not build' => 'return nothing;',
);
my %folder;
for my $name (sort keys %sum) {
    my $dir = $folder{$name} = scratch('sub' . keys %folder);
    mkdir $dir;
    write_file("$dir/sum.c", "#include \"sum.h\"\nint\nsum(const int *list, int length)\n{\n    $sum{$name}\n}\n");
    write_file("$dir/answers.txt", "10\n");
}
my @jobs = ((map { [$_, 'json'] } sort keys %folder),
            (map { ['fails', $_] } qw(text gradescope junit tap csv)));

# Start one grader; the file that gets its output.
my $runs = 0;
sub start
{
    my ($job, @prefix) = @_;
    my $file = scratch('run' . $runs++);
    my $pid = fork() // die;
    if ($pid == 0) {
        open STDOUT, '>', $file or die;
        exec @prefix, bin('grade'), $lab, $folder{$job->[0]}, '--hidden', '--format', $job->[1];
    }
    return ($pid, $file);
}

my %alone;
for my $job (@jobs) {
    my ($pid, $file) = start($job);
    waitpid $pid, 0;
    is($?, 0, "@$job");
    $alone{"@$job"} = read_file($file);
}

# ---- a busy host ---------------------------------------------------------------

# A process that computes, one that wants storage, one that writes files.
my @busy;
for my $kind (qw(compute storage files)) {
    my $pid = fork() // die;
    if ($pid == 0) {
        my $parent = getppid;
        my $block = 'x' x 100_000_000;
        while (getppid == $parent) {
            if ($kind eq 'compute') { my $x = 0; $x += $_ for 1 .. 100_000 }
            elsif ($kind eq 'storage') { substr($block, int(rand 90_000) * 1024, 1) = 'y' for 1 .. 1000 }
            else { write_file("$ENV{TMPDIR}/load", 'z' x 3_000_000) }
        }
        require POSIX;
        POSIX::_exit(0);
    }
    push @busy, $pid;
}

# Two graders side by side: one on a single processor, behind others, in
# another place, time zone and language; one with little storage to have.
my $elsewhere = scratch('else where');
mkdir $elsewhere;
my @one = ('env', '-i', "PATH=$ENV{PATH}", "TMPDIR=$elsewhere", 'TZ=Asia/Kathmandu', 'LC_ALL=tr_TR.UTF-8',
           'HOME=/nowhere', 'nice', '-n', '5', 'taskset', '-c', '0');
my @other = ('sh', '-c', 'umask 077; ulimit -v 1500000; ulimit -n 40; exec "$@"', 'sh');
for my $job (@jobs) {
    my ($one, $one_file) = start($job, @one);
    my ($other, $other_file) = start($job, @other);
    waitpid $_, 0 for $one, $other;
    is(read_file($one_file), $alone{"@$job"}, "@$job: the same on a busy host, elsewhere");
    is(read_file($other_file), $alone{"@$job"}, '... and at the same time with little storage');
}
kill 'KILL', @busy;
waitpid $_, 0 for @busy;

# ---- too slow --------------------------------------------------------------------

# A limit that is never reached: only the clock ends the test.
my $endless = scratch('lab');
system('cp', '-r', $lab, $endless);
write_file("$endless/lab.lua", read_file("$endless/lab.lua") =~
    s/limit_insns = \d+/limit_insns = 1000000000000, limit_ms = 1000000000000/r);
sub slow { return run_program('', @_, $endless, $folder{endless}, '--format', 'json') }
for (['the clock', qr/took more time than the grader has/, bin('grade'), '--patience', 1],
     ['processor time', qr/processor time|process was killed/, 'sh', '-c', 'ulimit -t 1; exec "$@"', 'sh', bin('grade')]) {
    my ($name, $reason, @words) = @$_;
    my ($status, $out, $err) = slow(@words, '--test', 'builds');
    is("$status$err", '0', "no more of $name: graded");
    my ($test) = @{decode_json($out)->{tests}};
    is($test->{status}, 'error', '... as an error of ours');
    like($test->{reason}, $reason, '... with the cause');
}

my ($status, $out, $err) = run_program('', bin('grade'), $lab, $folder{fails}, '--patience', 'soon');
like("$status$err", qr/^1.*--patience "soon": a number of seconds/, 'patience that is no number');
done_testing;
