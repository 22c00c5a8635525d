#!/usr/bin/perl
# A small lab and its submissions: what is earned, what is said, in each
# format; wrong use; replay; the same twice, also side by side.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;
use JSON::PP;

# Graders that are killed leave their work folder there.
mkdir $ENV{TMPDIR} = scratch('tmp');
my $lab = 'grader/tests/lab-sum';
my $good = 'grader/tests/good';

sub grade { return run_program('', bin('grade'), $lab, @_) }

# A submission: the good one with another sum.c.
my $n = 0;
sub submission
{
    my ($sum, $answers) = @_;
    my $dir = scratch('submission' . $n++);
    mkdir $dir;
    write_file("$dir/sum.c", "#include \"sum.h\"\n\nint\nsum(const int *list, int length)\n{\n$sum\n}\n");
    write_file("$dir/answers.txt", $answers) if defined $answers;
    return $dir;
}

# ---- what is earned -------------------------------------------------------------

my ($status, $out, $err) = grade($good, '--hidden');
is($out, <<'END', 'a good submission');
lab lab-sum: Sums
builds: OK 1/1 (0.0s)
sum: OK 4/4 (0.0s)
parts: OK 2.5/2.5 (0.0s)
empty: OK 1.5/1.5 (0.0s)
Score: 9/9
END
is("$status$err", '0', '... is graded');

($status, $out, $err) = grade($good);
like($out, qr/^Score: 7\.5\/7\.5\n\(and 1\.5 points in hidden tests\)$/m,
     'hidden tests only when asked for');

($status, $out) = grade($lab);
is($status, 0, 'the starter is graded');
like($out, qr/^missing: answers\.txt$/m, '... what is missing is said');
like($out, qr/^sum: FAIL 0\/4 \(0\.0s\)\n    sum\(\) adds up the list\n    expected: result is 307 \(X'133'\)\n    happened: result is -1 \(X'FFFFFFFF'\)$/m,
     '... expected and happened');
like($out, qr/^    at: a wait, PSW 0002000000000001, count \d+$/m, '... where');
like($out, qr/^ +\d+  SIO   0009  cc=0$/m, '... the last events');
like($out, qr/^    hint: main\(\) has not been told the sum/m, '... a hint');
like($out, qr/^    replay: build\/bin\/grade \S+ \S+ --test sum --replay 0:1:\d+$/m,
     '... the command to repeat it');
like($out, qr/^Score: 1\/7\.5$/m, '... its floor');

my $odd = scratch("o'dd name");
system('cp', '-r', $lab, $odd);
($status, $out) = grade($odd);
my ($command) = $out =~ /^    replay: build\/bin\/grade (.*)/m;
like((run_program("quit\n", 'sh', '-c', bin('grade') . " $command"))[1], qr/^SNAPSHOT load snapshot/m,
     '... also of a folder with a blank in its name');

my $first = submission("    return length > 1 ? list[0] : list[0];", "10");
($status, $out) = grade($first);
like($out, qr/^parts: OK 2\.5\/2\.5/m, 'parts that pass');
($status, $out) = grade(submission("    return list[0];"));
like($out, qr/^parts: PARTLY 1\.5\/2\.5/m, 'partial credit');
like($out, qr/note: the answer: not yet: answers\.txt is not there/, '... and why');

($status, $out) = grade(submission("    return nothing;"));
like($out, qr/^builds: FAIL 0\/1\n.*?    sum\.c:6\b.*nothing/ms, 'what does not build: the line');
like($out, qr/^sum: skipped 0\/4\n    it needs builds/m, '... and what needs it is skipped');
like($out, qr/^parts: FAIL 0\/2\.5\n    short lists and answers\n    the same as above/m, '... said once');

($status, $out) = grade(submission("    volatile int x = length;\n    for (;;)\n        x++;"));
like($out, qr/^builds: TIMEOUT 0\/1 .*happened: the limit was reached after 2000000 instructions.*at: sum\.c:[78] \(\w+/ms,
     'an endless loop: the place');
like($out, qr/called from: (main\.c:\d+ \(main|crt0\.asm)/, '... and who called');

($status, $out) = grade(submission("    return *(volatile int *)0x700000 + length + list[0];"));
like($out, qr/last program interruption: X'0005', addressing, before sum\.c:6/, 'a program interruption: cause and line');

# ---- wrong use --------------------------------------------------------------------

for (['no lab', ['labs/common', $good], 1, qr/no lab\.lua/],
     ['no submission', [$lab, '/no/such'], 1, qr/No such file/],
     ['one word', [$lab], 1, qr/name the folder of a lab/],
     ['no such format', [$lab, $good, '--format', 'pdf'], 1, qr/no format "pdf"/],
     ['no such test', [$lab, $good, '--test', 'none'], 1, qr/has no test "none"/],
     ['no such option', [$lab, $good, '--points', '9'], 1, qr/points/],
     ['a bad replay', [$lab, $good, '--test', 'sum', '--replay', 'x'], 1, qr/SEED:MACHINE:COUNT/],
     ['a file that cannot be written', [$lab, $good, '--output', '/no/such/f'], 2, qr/cannot be written/]) {
    my ($name, $words, $want, $like) = @$_;
    my ($status, $out, $err) = run_program('', bin('grade'), @$words);
    is("$status$out", $want, "$name: exit status $want");
    like($err, $like, '... and why');
}

# ---- mistakes of the lab -------------------------------------------------------------

sub lab_with
{
    my @options = ref $_[0] ? @{+shift} : ();
    my (%files) = @_;
    my $dir = scratch('lab' . $n++);
    system('cp', '-r', $lab, $dir);
    write_file("$dir/$_", $files{$_}) for keys %files;
    return run_program('', bin('grade'), $dir, $good, @options);
}

($status, $out, $err) = lab_with('points.txt' => "sum 4\nparts 1\nempty 1 hidden\n");
like("$status$err", qr/^1.*points\.txt: test builds has no points/, 'a test without points');
($status, $out, $err) = lab_with('points.txt' => "builds 1\nsum 4\nparts 1\nother 3\n");
like("$status$err", qr/^1.*points\.txt:4: there is no test other/, 'points without a test');
($status, $out, $err) = lab_with('tests/z.lua' => "test { 'z', needs = { 'zz' }, run = print }");
like("$status$err", qr/^1.*needs zz, which no test before it is/, 'a need that is not there');
($status, $out, $err) = lab_with('tests/z.lua' => "test { 'z', runs = print }");
like("$status$err", qr/^1.*there is no field "runs"/, 'a field that is not there');
($status, $out, $err) = lab_with('tests/z.lua' => "test {");
like("$status$err", qr/^1.*z\.lua:1:/, 'a test that is no Lua');
my $points = read_file("$lab/points.txt");
($status, $out, $err) = lab_with('points.txt' => "${points}z 3\n", 'tests/z.lua' =>
    "test { 'z', run = function (m) m:run { until_wait = true } local x = nil + 1 end }");
like($out, qr/^z: ERROR \(not your fault.*\) 0\/3 .*the test itself fails: .*z\.lua:1:/ms, 'a test that fails itself is our error');
is($status, 0, '... and the rest is graded');
($status, $out) = lab_with('points.txt' => "${points}z 3\n", 'tests/z.lua' =>
    "test { 'z', run = function (m) assert(os == nil and io == nil and require == nil) end }");
like($out, qr/^z: OK 3\/3/m, 'tests have no clock, files or environment');
($status, $out) = lab_with('points.txt' => "${points}y 1\nz 3\n", 'tests/z.lua' => <<'END');
kept = 5
test { 'y', run = function (m) kept, left, pairs = 6, 7, nil end }
test { 'z', run = function (m) m:expect("globals", { kept, left or "none" }, { 5, "none" }) pairs {} end }
END
like($out, qr/^y: OK 1\/1.*^z: OK 3\/3/ms, 'what a test leaves in globals is not there for the next one');
($status, $out) = lab_with(['--patience', 1], 'points.txt' => "${points}y 1\nz 3\n", 'tests/z.lua' => <<'END');
test { 'y', run = function (m) while true do end end }
test { 'z', run = function (m) m:run { until_wait = true } end }
END
like($out, qr/^y: ERROR \(not your fault.*\) 0\/1.*took more time than.*^z: OK 3\/3/ms,
     'a test that does not end is our error, and the next one runs');

# ---- what a hand-in may be -------------------------------------------------------------

my $platform = scratch('platform');
system('mkdir', '-p', "$platform/$_") for qw(tar folder/ada two mac/__MACOSX mac/lab-sum beside/ada links);
system('tar', '-czf', "$platform/tar/lab-sum.tar.gz", '-C', 'grader/tests/good', '.');
system("cp grader/tests/good/* $platform/$_") for qw(folder/ada mac/lab-sum beside/ada);
system("cp $platform/tar/* $platform/two/one.tgz; cp $platform/tar/* $platform/two/two.tgz");
system("cp $lab/sum.c $platform/beside; echo x >$platform/mac/.DS_Store");
symlink "$platform/tar/lab-sum.tar.gz", "$platform/links/link.tar.gz";
for (['tar', 7.5, 'a folder with an archive'], ['folder', 7.5, 'a folder with a folder'],
     ['mac', 7.5, 'what a Mac packs beside it'], ['two', 0, 'two archives are none'],
     ['beside', 1, 'files of the lab go before a folder'], ['links', 0, 'a link to an archive is no archive']) {
    my ($name, $points, $what) = @$_;
    my ($status, $out, $err) = grade("$platform/$name");
    like("$status$err$out", qr{^0lab.*^Score: \Q$points\E/7\.5$}ms, $what);
}

# ---- formats ------------------------------------------------------------------------

sub rendered { my ($format, @rest) = @_; my ($s, $o, $e) = grade($lab, '--format', $format, @rest); return $o }

my $json = decode_json(rendered('json'));
is_deeply([$json->{finished}, $json->{earned}, $json->{max}], [JSON::PP::true, 100, 750], 'json: the sums');
is_deeply([map { $_->{status} } @{$json->{tests}}], [qw(pass fail fail)], '... and the tests');
like($json->{sha256}, qr/^[0-9a-f]{64}$/, '... and what was graded');

# ... all members are described, and those that are described are there.
my ($described) = read_file('handbook/reference/grader.md') =~ /^\| member \|.*?\n(.*?)\n\n/ms;
my %described = map { $_ => 1 } map { /`(\w+)`/g } map { /^(\|[^|]*)/ } split /\n/, $described;
my %member_of;
for my $record ($json, decode_json((grade($good, '--format', 'json', '--hidden'))[1])) {
    $member_of{$_} = 1 for keys %$record, map { keys %$_ } @{$record->{tests}};
}
delete @described{qw(tags values hint)}; # not of this lab
delete @member_of{qw(tags values hint)};
is_deeply(\%member_of, \%described, '... and the members that are described');

my $results = decode_json(rendered('gradescope', '--hidden'));
is($results->{score}, 1, 'gradescope: score');
my %known = map { $_ => 1 } qw(score execution_time output output_format test_output_format test_name_format
    visibility stdout_visibility extra_data tests leaderboard);
is_deeply([grep { !$known{$_} } keys %$results], [], '... no member that it does not know');
my %member = map { $_ => 1 } qw(score max_score status name name_format number output output_format tags visibility extra_data);
is_deeply([grep { !$member{$_} } map { keys %$_ } @{$results->{tests}}], [], '... nor in a test');
is(join(' ', map { "$_->{name}:$_->{status}:$_->{visibility}" } @{$results->{tests}}),
   'builds:passed:visible sum:failed:visible parts:failed:visible empty:failed:after_due_date',
   '... hidden tests after the due date');
is((grep { $_->{max_score} !~ /^[\d.]+$/ || $_->{score} > $_->{max_score} } @{$results->{tests}}), 0, '... scores are numbers');

my $xml = write_file(scratch('junit.xml'), rendered('junit'));
is(system('xmllint', '--noout', '--schema', 'grader/tests/junit.xsd', $xml, '--huge') >> 8, 0, 'junit: valid')
    or diag(read_file($xml));

my $tap = rendered('tap');
like($tap, qr/^TAP version 14\n1\.\.3\nok 1 - builds: .*\nnot ok 2 - sum: /s, 'tap: plan and tests');
is(() = $tap =~ /^  ---$/mg, () = $tap =~ /^  \.\.\.$/mg, '... YAML blocks are closed');
is((grep { !/^(TAP version 14|1\.\.3|(not )?ok \d+ - .*|  (---|\.\.\.|\w+: .*))$/ } split /\n/, $tap), 0, '... nothing else');

my @lines = split /\r\n/, rendered('csv');
is(scalar @lines, 4, 'csv: a line a test');
is((grep { !/^("([^"]|"")*"|[^",]*)(,("([^"]|"")*"|[^",]*)){9}$/ } @lines), 0, '... of ten fields');

# ---- output files ------------------------------------------------------------------------

my $file = scratch('result.json');
grade($good, '--format', 'json', '--output', $file);
is(decode_json(read_file($file))->{earned}, 750, 'a result file');
is(join(' ', glob("$file*")), $file, '... and nothing beside it');

# What is no file is not replaced by one.
($status, $out) = grade($good, '--format', 'json', '--output', '/dev/stdout');
is(decode_json($out)->{earned}, 750, 'the standard output by its name gets the result');
ok(-l '/dev/stdout', '... and is still a link');
(my $link = $file) =~ s/json$/link/;
symlink $file, $link;
grade($lab, '--format', 'json', '--output', $link);
is(decode_json(read_file($file))->{earned}, 100, '... and so with other links');
my $pipe = scratch('pipe');
system 'mkfifo', $pipe;
my $reader = fork() // die;
exec 'sh', '-c', "cat $pipe >$pipe.read" if $reader == 0;
grade($good, '--format', 'json', '--output', $pipe);
waitpid $reader, 0;
is(decode_json(read_file("$pipe.read"))->{earned}, 750, 'a pipe gets it, once');
($status, $out, $err) = grade($good, '--output', '/dev/full');
like("$status$err", qr{^2grade: /dev/full: cannot be written: No space}, 'a full device is an error of ours');
ok(-c '/dev/full', '... and still a device');

# Killed in the middle: no points.
my $slow = submission("    volatile int x = 0;\n    for (;;) x++;");
my $pid = fork() // die;
if ($pid == 0) {
    open STDERR, '>', '/dev/null';
    exec bin('grade'), $lab, $slow, '--format', 'json', '--output', "$file.killed";
}
select undef, undef, undef, 0.02 while !-e "$file.killed";
kill 'KILL', $pid;
waitpid $pid, 0;
my $left = decode_json(read_file("$file.killed"));
is($left->{earned}, 0, 'killed: nothing is earned');

# ---- the same again ----------------------------------------------------------------------

my @twice;
my @pids;
for my $i (0 .. 1) {
    my $pid = fork() // die;
    if ($pid == 0) {
        open STDOUT, '>', scratch("side$i");
        exec bin('grade'), $lab, $first, '--format', 'json', '--hidden';
    }
    push @pids, $pid;
}
waitpid $_, 0 for @pids;
my (undef, $alone) = grade($first, '--format', 'json', '--hidden');
is(read_file(scratch("side$_")), $alone, 'two graders side by side say the same as one') for 0 .. 1;

# ---- replay --------------------------------------------------------------------------------

($status, $out) = grade($lab);
my ($seed, $count) = $out =~ /--test sum --replay (\d+:1):(\d+)/;
($status, $out) = run_program("psw\nquit\n", bin('grade'), $lab, $lab, '--test', 'sum', '--replay', "$seed:$count");
like($out, qr/^PSW=0002000000000001$/m, 'a replay stands where the test failed');
($status, $out) = run_program("display list 10\nstep\nquit\n", bin('grade'), $lab, $lab, '--test', 'sum', '--replay', "$seed:400");
like($out, qr/^\w+: 0000000100000002 ?0000012C ?00000004|0000012C/m, '... with what the test stored');
like($out, qr/count=401$/m, '... and can go on from any instruction');

done_testing;
