package Hercules;
# Hercules.pm - a session with GOS under Hercules
#
# Hercules takes its panel's commands from a script; ours is a pipe, so that they
# come when their time has come.  Nothing waits for a clock.
use strict;
use warnings;
use lib 'tools';
use Exporter 'import';
use Fcntl;
use IO::Select;
use Kit;
use POSIX qw(mkfifo);
use Terminal;

our @EXPORT = qw(hercules_session);

my $patience_s = 120; # for a session that does not go on

# IPL from 00C on a machine with a console at 009 and the devices besides, whose
# statements are given; type the lines, of which the last must end the system.
# Returns what was typed out, prompts left out, and the PSW of the wait, if there
# was one.
sub hercules_session
{
    my ($devices, @lines) = @_;
    my $port = free_port();
    my $conf = write_file(scratch('hercules.conf'), join "\n",
        'OSTAILOR QUIET', "CNSLPORT $port", 'ARCHMODE S/370', 'MAINSIZE 2', 'NUMCPU 1',
        'CPUSERIAL 001967', '0009 3215', @$devices, '');
    local $ENV{HERCULES_RC} = scratch('hercules.rc');
    mkfifo($ENV{HERCULES_RC}, 0600) or die "$ENV{HERCULES_RC}: $!"
        unless -p $ENV{HERCULES_RC};
    # Open both ways: neither side waits for the other, and it stays open.
    sysopen(my $panel, $ENV{HERCULES_RC}, O_RDWR) or die "$ENV{HERCULES_RC}: $!";
    my $pid = open(my $log, '-|',
        "exec timeout -k 1 $patience_s hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    my $line = terminal_connect($port, $patience_s);
    my $select = IO::Select->new($log, $line->{socket});
    my ($said, $stop, $loaded) = ('', undef, 0);
    while (!defined $stop and my @ready = $select->can_read($patience_s)) {
        for my $handle (@ready) {
            my $more = $handle == $log ? sysread($log, $said, 4096, length $said)
                                       : terminal_read($line);
            $select->remove($handle) if !$more;
        }
        syswrite $panel, "ipl 00c\n"
            if !$loaded && ($loaded = $line->{text} =~ /Connected to device/);
        terminal_type($line, shift @lines) if terminal_asked($line) && @lines;
        ($stop) = $said =~ /^ *PSW=(\w{8} \w{8})$/m;
    }
    kill 'TERM', $pid; # what the devices have written is in their files
    close $log;
    my $paper = terminal_text($line) =~ s/^(GOS> )+//mgr;
    return (join('', grep { !/^HHC/ } split /^/, $paper), $stop);
}

1;
