#!/usr/bin/perl
# GOS with a paging disk: the same as without, but for tasks that need more
# storage than there is; on the bare machine, under CP and on Hercules.
use strict;
use warnings;
use lib 'tools', 'labs/tests';
use Test::More;
use Hercules;
use Kit;

# The image with another number of frames.
sub gos
{
    my ($frames) = @_;
    my $image = read_file(build('labs/gos'));
    my ($at) = read_file(build('labs/gos.map')) =~ /^sym (\w+) 4 data paging_frames /m;
    my $path = write_file(scratch("gos$frames"),
                          substr($image, 0, hex $at) . pack('N', $frames) .
                              substr($image, 4 + hex $at));
    my $deck = scratch("gos$frames.deck");
    my ($status, $out, $err) = run_program('', bin('mkdeck'), '-o', $deck, $path);
    is("$status$err", '0', "a deck of GOS with $frames frames");
    return $deck;
}

sub volume
{
    my ($cylinders) = @_;
    my $volume = scratch("pages$cylinders.ckd");
    run_program('', bin('mkdasd'), '--type', '3330', '--records', 4096, '--cylinders',
                $cylinders, '-o', $volume);
    return $volume;
}

# A conversation, typed line by line; lines with ! are the operator's.
sub talk
{
    my ($deck, $input, @more) = @_;
    my $config = write_file(scratch('conf'), join('', map { "$_\n" } 'MAINSIZE 1', '0009 3215',
                                                  "000C 3505 $deck eof", @more));
    return (run_program($input, bin('console'), '-f', $config, '--ipl', '00c', '--line',
                        '9'))[1];
}

my $deck = gos(16);
my $disk = '01A0 3330 ' . volume(5);

# What does not need pages is the same with them, byte for byte.
my $commands = "count 3\ncrash 0\ncrash 1\ncrash 2\nspin\ntasks\ncancel 1\necho Hi\nquit\n";
my ($plain, $paged) = map { s/^ [01] .*//gmr } talk($deck, $commands), talk($deck, $commands, $disk);
is($paged, $plain, 'the same commands print the same');
like(talk($deck, "crash 3\nquit\n", $disk), qr/^Task 1 .*interruption 16, no segment at/m,
     'where there is no segment');
like(talk($deck, "pages\nsweep 3\nquit\n"), qr/(^There is no paging: GOS found no disk 1A0.*){2}/ms,
     'without a disk there is no paging');

# Counters, and pages that keep what is in them.
sub counters { return $_[0] =~ /^(\d+) faults: (\d+) zero fills, (\d+) page-ins; (\d+) page-outs/mg }
for my $frames (16, 4) {
    my $out = talk($frames == 16 ? $deck : gos($frames), "sweep 40\npages\nquit\n", $disk);
    like($out, qr/^SWEEP: 40 pages, 0 of them wrong$/m, "$frames frames: pages come back");
    my ($faults, $zeros, $ins, $outs) = counters($out);
    is($faults, $zeros + $ins, '... each fault brings a page');
    ok($zeros >= 41 && $zeros <= 44, '... each page begins with zeros, once');
    cmp_ok($ins, '>=', 80, '... two rounds of forty are read');
    cmp_ok($outs, '>=', $ins, '... and were written before');
    like($out, qr/^$frames frames, .*fifo; disk: 285 slots, [12] taken$/m, '... and are gone');
}

# A task that spins, and several that sweep, while others are cancelled.
my $out = talk($deck, "spin\nsweep 56\n!pause 3000\n!attention\nsweep 30\npages\ntasks\nquit\n",
               $disk);
like($out, qr/^SWEEP: 30 pages, 0 of them wrong$/m, 'after one that was cancelled');
like($out, qr/285 slots, [23] taken/, '... of which nothing is left');
is(talk($deck, "spin\nsweep 40\npages\nquit\n", $disk),
   talk($deck, "spin\nsweep 40\npages\nquit\n", $disk), 'the same run twice');

# A disk with less room than GOS has slots: cylinder 1 is not there.
$out = talk($deck, "sweep 56\nsweep 40\nspin\ntasks\nquit\n", '01A0 3330 ' . volume(1));
like($out, qr/1A0 is not formatted for paging/, 'a volume that is too small is told at the start');
like($out, qr/^Task 1 \(SWEEP\) ended: its page cannot be written$/m, '... or shows itself');
like($out, qr/^SWEEP: 40 pages, 0 of them wrong$/m, '... ends who needs more');
like($out, qr/^ 1 SPIN /m, '... and nobody else');

# Under CP, whose shadow tables do what GOS's own say: the same, fault for fault.
my $theirs = scratch('student1.deck');
run_program('', bin('mkdeck'), '--userid', 'STUDENT1', '-o', $theirs, build('labs/gos'));
my $minidisks = scratch('user01.ckd');
run_program('', bin('mkdasd'), '--type', '3330', '--volser', 'USER01', '--cylinders', 81,
            '--records', 4096, '--minidisk', 5, '-o', $minidisks);
my $cp = write_file(scratch('cp.conf'), <<"END");
MAINSIZE 16
0009 3215
000C 3505 $theirs eof
00C0.2 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]} ro
0131 3330 $minidisks
END
$commands = "sweep 40\npages\ncrash 0\ncrash 3\ncount 2\npages\nquit\n";
my ($status, $session, $err) =
    run_program("logon student1\nstudent1\n!pause 20000\nipl 00c\n${commands}logoff\n",
                bin('console'), '-f', $cp, '--ipl', '130');
is("$status$err", '0', 'a session under CP');
$session =~ s/.*^ipl 00c\n//ms;
$session =~ s/^CP ENTERED.*//ms;
is($session, talk($deck, $commands, $disk), '... prints what the bare machine does');

my ($said, $stop) = hercules_session(["000C 3505 $deck ebcdic eof", $disk],
    'count 1', 'sweep 40', 'pages', 'quit');
like($said, qr/^ALPHA counts 1$/m, 'Hercules: tasks run in address spaces');
like($said, qr/^SWEEP: 40 pages, 0 of them wrong$/m, '... pages come back');
my ($faults, $zeros, $ins) = counters($said);
is($faults, $zeros + $ins, '... each fault brings a page');
like($stop // '', qr/^00020000 \w\w000000/, '... and it ends with code 0');

done_testing();
