package Terminal;
# Terminal.pm - a 3215 of Hercules, which is a telnet line, for the tests
#
# Hercules announces each read that a guest starts there; the next line is typed
# then, and only then.  A line that is typed at its panel instead, for the 3215-C,
# can get lost: it is looked for before the panel's thread waits for it.
use strict;
use warnings;
use Exporter 'import';
use IO::Socket::INET;
use Time::HiRes qw(sleep time);

our @EXPORT = qw(free_port terminal_connect terminal_read terminal_asked
    terminal_type terminal_text);

# A free port of this host.
sub free_port
{
    my $socket = IO::Socket::INET->new(Listen => 1, LocalAddr => '127.0.0.1')
        or die "no port: $!";
    return $socket->sockport;
}

# The line of the port, as soon as Hercules listens there.
sub terminal_connect
{
    my ($port, $patience_s) = @_;
    for (my $end = time + $patience_s; time < $end; sleep 0.05) {
        my $socket = IO::Socket::INET->new(PeerAddr => "127.0.0.1:$port") or next;
        binmode $socket;
        $socket->autoflush(1);
        return { socket => $socket, text => '', asked => 0 };
    }
    die "Hercules does not listen at port $port\n";
}

# Answer telnet's questions, and take them out of what came: a terminal type we
# have, else nothing.
sub negotiate
{
    my ($line) = @_;
    while ($line->{text} =~ s/\xFF\xFD(.)//s) {
        print {$line->{socket}} "\xFF", $1 eq "\x18" ? "\xFB" : "\xFC", $1;
    }
    $line->{text} =~ s/\xFF[\xFB\xFC\xFE].//sg;
    print {$line->{socket}} "\xFF\xFA\x18\x00ansi\xFF\xF0"
        if $line->{text} =~ s/\xFF\xFA\x18\x01\xFF\xF0//;
}

# Take what has come; false at the end of the line.
sub terminal_read
{
    my ($line) = @_;
    sysread($line->{socket}, my $part, 4096) or return 0;
    $line->{text} .= $part;
    negotiate($line);
    return 1;
}

# Has a read been announced since this was last called?
sub terminal_asked
{
    my ($line) = @_;
    my $before = $line->{asked};
    $line->{asked} = () = $line->{text} =~ /Enter input for console/g;
    return $line->{asked} > $before;
}

sub terminal_type
{
    my ($line, $typed) = @_;
    print {$line->{socket}} $typed, "\r\n";
}

# The paper up to now.
sub terminal_text
{
    my ($line) = @_;
    return $line->{text} =~ s/\r//gr;
}

1;
