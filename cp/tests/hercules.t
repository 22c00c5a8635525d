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
use IO::Socket::INET;
use Kit;
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

# A free port of this host.
sub free_port
{
    my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')
        or die "no port: $!";
    return $socket->sockport;
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
    my $pid = open(my $log, '-|', "exec hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    return ($pid, $log);
}

# Answer telnet's questions in $$text, and take them out of it: a terminal type
# we have, else nothing.
sub negotiate
{
    my ($socket, $text) = @_;
    while ($$text =~ s/\xFF\xFD(.)//s) {
        print $socket "\xFF", $1 eq "\x18" ? "\xFB" : "\xFC", $1;
    }
    $$text =~ s/\xFF[\xFB\xFC\xFE].//sg;
    print $socket "\xFF\xFA\x18\x00ansi\xFF\xF0"
        if $$text =~ s/\xFF\xFA\x18\x01\xFF\xF0//;
}

sub connect_terminal
{
    my ($port) = @_;
    for (1 .. $patience_s) {
        my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port");
        return $socket if $socket;
        sleep 1;
    }
    die "Hercules does not listen at port $port";
}

# Send each line at the next read; the paper after the last one's answer.
sub type_evening
{
    my ($socket) = @_;
    my ($text, $seen, @lines) = ('', 0, @evening);
    my $select = IO::Select->new($socket);
    binmode $socket;
    $socket->autoflush(1);
    while ($select->can_read($patience_s)) {
        sysread($socket, my $part, 4096) or last;
        $text .= $part;
        negotiate($socket, \$text);
        my $reads = () = $text =~ /Enter input for console/g;
        next if $reads <= $seen;
        $seen = $reads;
        # While the guest runs CP reads nothing: wait for its end.
        next if $text =~ /LINE 1 OF|-- CR0/ && $text !~ /DISABLED WAIT/;
        last if !@lines;
        print $socket shift(@lines), "\r\n";
    }
    return $text =~ s/\r//gr;
}

for my $case (['counter', qr/LINE 30 OF 30/], ['translation', qr/^IPTE lost/m]) {
    my ($name, $last) = @$case;
    my $deck = deck('STUDENT1', guest($name, $name eq 'counter' ? () : 'probe.asm'));
    my $port = free_port();
    my ($pid, $log) = start_hercules($port, $deck);
    my $theirs = type_evening(connect_terminal($port));
    kill 'KILL', $pid; # its orderly end hangs now and then
    close $log;

    my ($status, $ours) = session(machine_with($deck),
        @evening[0 .. 4], '!pause 60000', @evening[5 .. $#evening]);
    is($status, 0, "$name: the evening on our machine");
    like($theirs, $last, "under Hercules the guest's program has run");
    is(compared($theirs), compared($ours), 'the same lines as on our machine');
}
done_testing();
