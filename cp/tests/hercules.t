#!/usr/bin/perl
# hercules.t - the image of CP that `make run` uses IPLs under Hercules too,
# and a student's evening on it prints the same lines
#
# Hercules' console lines are telnet ones: a small client answers its
# questions and sends the next line when a read is announced.
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Guests;
use IO::Select;
use Kit;
use Terminal;
use Test::More;

my $patience_s = 60; # for a host that is busy

my @evening = ('logon student1', 'student1', 'query virtual', 'foo', 'ipl 00c',
    'display psw', 'store l300 c1c2c3c4', 'display 300.4', 'logoff');

# The lines of a paper that must be the same: not what was typed, which
# Hercules does not print; clocks and processor times differ.
sub compared
{
    my ($text) = @_;
    my %typed = map { $_ => 1 } @evening, '';
    my @lines = grep { !$typed{$_} && !/^HHC|^Hercules|^running on|^Connected/ }
        map { s/\s+$//r } split /\n/, $text;
    for (@lines) {
        s/AT \d\d:\d\d:\d\d GMT \w+ [\d\/]+/AT TIME/;
        s/^CONNECT=.*/TIMES/;
        # Of an instruction under DAT (translation.c) only how it ended: the
        # manual leaves the rest of X'90' and of the length code open, and
        # Hercules keeps reference and change bits for 4 KiB.
        s/^(.{16} (?:ended|pgm \w{4})).*/$1/;
    }
    return join "\n", @lines;
}

sub start_hercules
{
    my ($port, $deck) = @_;
    my $volume = build('cp/cpres.ckd');
    my $conf = write_file(scratch('hercules.conf'), <<"END");
ARCHMODE S/370
CPUSERIAL 001967
CPUMODEL 3158
NUMCPU 1
MAINSIZE 8
CNSLPORT $port
OSTAILOR QUIET
0009 3215-C /
000C 3505 $deck ebcdic eof
000E 1403 @{[scratch('hercules.paper')]}
00C0 3215
0130 3330 $volume
END
    local $ENV{HERCULES_RC} =
        write_file(scratch('hercules.rc'), "pause 1\nipl 130\n");
    my $pid = open(my $log, '-|', "exec timeout -k 1 600 hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    return ($pid, $log);
}

# Send each line at the next read; the paper after the last one's answer.
sub type_evening
{
    my ($line) = @_;
    my $select = IO::Select->new($line->{socket});
    my @lines = @evening;
    while ($select->can_read($patience_s)) {
        terminal_read($line) or last;
        next if !terminal_asked($line);
        # While the guest runs CP reads nothing: wait for its end.
        next if $line->{text} =~ /LINE 1 OF|-- CR0/ && $line->{text} !~ /DISABLED WAIT/;
        last if !@lines;
        terminal_type($line, shift @lines);
    }
    return terminal_text($line);
}

for my $case (['counter', qr/LINE 30 OF 30/], ['translation', qr/^IPTE lost/m]) {
    my ($name, $last) = @$case;
    my $deck = deck('STUDENT1', guest($name, $name eq 'counter' ? () : 'probe.asm'));
    my $port = free_port();
    my ($pid, $log) = start_hercules($port, $deck);
    my $theirs = type_evening(terminal_connect($port, $patience_s));
    kill 'TERM', $pid; # and KILL after a second: its orderly end can hang
    close $log;

    my ($status, $ours) = session(machine_with($deck),
        @evening[0 .. 4], '!pause 60000', @evening[5 .. $#evening]);
    is($status, 0, "$name: the evening on our machine");
    like($theirs, $last, "under Hercules the guest's program has run");
    is(compared($theirs), compared($ours), 'the same lines as on our machine');
}
done_testing();
