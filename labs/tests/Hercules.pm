package Hercules;
# Hercules.pm - a session with GOS under Hercules, whose panel is the console
#
# Hercules takes its panel's commands from a script; ours is a pipe, and each
# line goes into it when GOS has asked for one.  Nothing waits for a clock.
use strict;
use warnings;
use lib 'tools';
use Exporter 'import';
use Fcntl;
use Kit;
use POSIX qw(mkfifo);

our @EXPORT = qw(hercules_session);

my $limit_s = 120; # for a session that does not go on

# IPL from 00C on a machine with a console at 009 and the devices besides, whose
# statements are given; type the lines, of which the last must end the system.
# Returns what was typed out, prompts left out, and the PSW of the wait, if there
# was one.
sub hercules_session
{
    my ($devices, @lines) = @_;
    my $conf = write_file(scratch('hercules.conf'), join "\n",
        'OSTAILOR QUIET', 'CNSLPORT 0', 'ARCHMODE S/370', 'MAINSIZE 2', 'NUMCPU 1',
        'CPUSERIAL 001967', '0009 3215-C / noprompt', @$devices, '');
    local $ENV{HERCULES_RC} = scratch('hercules.rc');
    mkfifo($ENV{HERCULES_RC}, 0600) or die "$ENV{HERCULES_RC}: $!"
        unless -p $ENV{HERCULES_RC};
    # Open both ways: neither side waits for the other, and it stays open.
    sysopen(my $panel, $ENV{HERCULES_RC}, O_RDWR) or die "$ENV{HERCULES_RC}: $!";
    open(my $log, '-|',
        "exec timeout -k 1 $limit_s hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    syswrite $panel, "ipl 00c\n";
    my ($raw, $seen, $stop) = ('', 0, undef);
    while (sysread $log, $raw, 4096, length $raw) {
        my $new = substr $raw, $seen;
        if (!defined $stop && $new =~ /^ *PSW=(\w{8} \w{8})\n/m) {
            $stop = $1;
            syswrite $panel, "quit\n";
        } elsif (@lines && $new =~ /GOS> \z/) {
            $seen = length $raw;
            syswrite $panel, '/' . shift(@lines) . "\n"; # / is for the guest
        }
    }
    close $log;
    $raw =~ s/^(GOS> )+//mg;
    return (join('', grep { !/^HHC|^ *tid=/ } split /^/, $raw), $stop);
}

1;
