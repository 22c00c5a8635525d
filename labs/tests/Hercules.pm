package Hercules;
# Hercules.pm - a session with GOS under Hercules, whose panel is the console
use strict;
use warnings;
use lib 'tools';
use Exporter 'import';
use Kit;

our @EXPORT = qw(hercules_session);

# IPL from 00C on a machine with a console at 009 and the devices besides, whose
# statements are given.  Each of the commands is [LINE, SECONDS]: what is typed,
# and for how long the next one waits.  The last must end the system.  Returns
# what was typed out, prompts left out, and the PSW of the wait, if there was one.
sub hercules_session
{
    my ($devices, @commands) = @_;
    my $conf = write_file(scratch('hercules.conf'), join "\n",
        'OSTAILOR QUIET', 'CNSLPORT 0', 'ARCHMODE S/370', 'MAINSIZE 2', 'NUMCPU 1',
        'CPUSERIAL 001967', '0009 3215-C / noprompt', @$devices, '');
    # A line for the guest begins with /.  The operator that is built in leaves at
    # the wait, which closes the devices' files; should it miss that, the script.
    local $ENV{HERCULES_RC} = write_file(scratch('rc'), join "\n",
        'hao tgt HHCCP011I', 'hao cmd quit', 'ipl 00c', 'pause 2',
        (map { ("/$_->[0]", "pause $_->[1]") } @commands), 'pause 20', 'quit', '');
    open(my $log, '-|', "exec timeout -k 1 60 hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    my ($said, $stop) = ('', undef);
    while (defined(my $line = <$log>)) {
        $line =~ s/^(GOS> )+//;
        $said .= $line if $line !~ /^HHC|^ *tid=/;
        $stop //= $1 if $line =~ /^ *PSW=(\w{8} \w{8})/;
    }
    close $log;
    return ($said, $stop);
}

1;
