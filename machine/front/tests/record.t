#!/usr/bin/perl
# Snapshots, records and replays of the course machine with CP on it.
use strict;
use warnings;
use lib 'tools', 'machine/front/tests';
use Kit;
use Screen;
use Test::More;

# A volume that the test may write on.
my $volume = write_file(scratch('volume'), read_file(build('cp/cpres.ckd')));
my $conf = write_file(scratch('course.conf'), <<CONF);
MAINSIZE 16
0009 3215
000C 3505 @{[build('labs/hello.deck')]} eof
000D 3525 @{[scratch('punch')]} ascii
000E 1403 @{[scratch('print')]}
00C0.2 3215 lines
0130 3330 $volume
CONF
my @machine = (bin('machine'), '-f', $conf);
my $snap = scratch('snap');

sub monitor
{
    my ($commands, @options) = @_;
    my ($status, $out, $err) =
        run_program($commands, @machine, @options, '--monitor', '-');
    is $err, '', 'nothing on standard error';
    return $out;
}

# What a student does at a terminal; the last answer is the hash.
my $evening = join "\n", 'run', 'attention 0C0', 'run', 'type 0C0 logon student1',
    'run', 'type 0C0 student1', 'run', 'type 0C0 ipl 00c', 'run', 'hash', 'quit', '';

# ---- snapshots --------------------------------------------------------------

my $out = monitor("ipl 130\nrun 100000\nsnapshot save $snap\n$evening");
my ($saved) = $out =~ /^(SNAPSHOT save .*)$/m;
like $saved, qr/count=\d+ hash=[0-9A-F]{16}\z/, 'a snapshot while CP is being loaded';
my ($end) = $out =~ /^(HASH .*)$/m;
like $out, qr/^00C0: What is your name\?/m, 'the evening goes on';
cmp_ok -s $snap, '<', 1_000_000, 'the snapshot is small';

$out = monitor("snapshot load $snap\n$evening");
(my $loaded = $saved) =~ s/save/load/;
like $out, qr/^\Q$loaded\E$/m, 'another machine is in the same state';
like $out, qr/^\Q$end\E$/m, 'and has the same evening';

write_file("$snap.cut", substr read_file($snap), 0, 5000);
is monitor("snapshot load $snap.cut\nsnapshot load $conf\nsnapshot dump x\nquit\n"),
    "?stdin:1: load: $snap.cut: the snapshot is damaged, or cut off\n"
    . "?stdin:2: load: $conf: no snapshot: it does not begin with S370SNAP\n"
    . "?stdin:3: dump: write snapshot save or snapshot load\n", 'bad snapshots are refused';
my ($status, undef, $err);
($status, $out) = run_program("snapshot load $snap\nquit\n", bin('machine'), '--storage', '8M',
    '--monitor', '-');
like $out, qr/does not fit: it has 16384 KiB of storage, this machine 8192 KiB$/, 'and one of another machine';

# ---- records ----------------------------------------------------------------

my $record = scratch('record');
$out = monitor("ipl 130\n$evening", '--record', $record);
my ($hash, $count) = $out =~ /^HASH (\w+) count=(\d+)$/m;
my $late = $count - 20000;
my $before = read_file($volume);

($status, $out, $err) = run_program('', @machine, '--replay', $record);
is $status, 0, 'a replay of it';
is $err, "machine: replay: as recorded: $count instructions, state hash $hash\n", 'ends in the same state';
like $out, qr/^00C0: What is your name\?/m, 'and prints the same';
ok read_file($volume) eq $before, 'the volume is left alone';

$out = monitor("psw\nstep\nreplay\nquit\n", '--replay', $record, '--until', $late);
like $out, qr/^REPLAY paused count=$late hash=\w+\nPSW=\w{16}\n/m, '--until gives the monitor';
like $out, qr/^STOP limit .*count=@{[$late + 1]}$/m, 'there';
like $out, qr/^REPLAY complete count=$count hash=$hash$/m, 'and the replay can go on';

$out = monitor("store 2A0000 FF\nreplay\nquit\n", '--replay', $record, '--until', $late);
my $where = qr/storage \(X'2A0000' to X'2AFFFF'\) differs/;
like $out, qr/^\?stdin:2: replay: the run is not the recorded one: at instruction \d+ $where; at instruction \d+ all/m,
    'a run that is not the recorded one says where';

write_file("$record.cut", substr read_file($record), 0, -3000);
($status, $out, $err) = run_program('', @machine, '--replay', "$record.cut");
like $err, qr/^machine: replay: the record was cut off, and is right up to there: \d+ instructions/,
    'what a killed program recorded';
my $bytes = read_file($record);
substr($bytes, -1500, 1) ^= "\x01";
write_file("$record.bad", $bytes);
($status, $out, $err) = run_program('', @machine, '--replay', "$record.bad");
is $status, 1, 'a damaged record';
like $err, qr/the record is damaged, after instruction \d+$/, 'is refused';
($status, $out, $err) = run_program('', @machine, '--replay', $conf);
like $err, qr/no record that this program can read/, 'and what is none';
($status, $out, $err) = run_program('', @machine, '--replay', $record, '--ipl', '130');
like $err, qr/the record has the IPL/, '--replay goes alone';
($status, $out, $err) = run_program('', @machine, '--replay', $record, '--max-instructions', '5');
like $err, qr/leave --max-instructions away/, '... and to its own end';

# ---- a person's session -----------------------------------------------------

($status, $out, $err) = run_program("logon student1\nstudent1\n!pause 500\nquery users\n!attention\nlogoff\n",
    bin('console'), '-f', $conf, '--ipl', '130', '--record', $record);
like $out, qr/^\d+ USERS/m, 'a session in line mode';
($status, my $again, $err) = run_program('', @machine, '--replay', $record);
like $err, qr/^machine: replay: as recorded:/, 'is replayed';
like $again, qr/^00C0: \d+ USERS/m, 'with what it printed';
($status, $again, $err) = run_program('', bin('console'), '-f', $conf, '--replay', $record);
is $status, 0, 'the console program replays it as well';
like $err, qr/^console: replay: as recorded:/, 'to the same state';
like $again, qr/^00C0: \d+ USERS/m, 'and prints it';
($status, undef, $err) = run_program('', bin('console'), '-f', $conf, '--replay', $record, '--ipl', '130');
like $err, qr/the record has the IPL/, 'but nothing else at once';

# Records that end without a run, or have none.
for my $what ('', "run 0\n", "attach 0A0 3215\n", "attach 0A0 3215\nrun 0\ntype 0A0 x\n",
    "psw 000A000000000000\nrun\nattention 009\n", "until 5000\nkey-external\n") {
    monitor("${what}quit\n", '--record', "$record.short");
    ($status, undef, $err) = run_program('', @machine, '--replay', "$record.short");
    like $err, qr/^machine: replay: as recorded:/, 'replayed: ' . $what =~ s/\n/, /gr;
}

SKIP: {
    skip 'no tmux', 7 if system('tmux -V >/dev/null 2>&1') != 0;
    start(bin('console') . " -f $conf --ipl 130 --record $record.tty");
    shows(qr/CP-LAB ONLINE/, 'a session at a terminal is recorded');
    keys_('Enter');
    shows(qr/CP/, 'a person begins');
    type_('logon student1');
    keys_('Enter');
    shows(qr/PASSWORD/i, 'logs on');
    type_('student1');
    keys_('Enter');
    shows(qr/^LOGON AT/m, 'and is there');
    keys_('C-q');
    type_('y');
    shows(qr/STATUS=0/, 'and goes');
    ($status, $again, $err) = run_program('', @machine, '--replay', "$record.tty");
    like $err, qr/^machine: replay: as recorded:/, 'the session is repeated';
    like $again, qr/^0009: logon student1\n(?:.*\n)*0009: LOGON AT/m, 'with what was typed';
}

done_testing;
