package Machines;
# Machines.pm - run an image on our machine and under Hercules, and take an
# area of storage when it has come to its disabled wait.
use strict;
use warnings;
use Exporter 'import';
use Kit;

our @EXPORT = qw(run_ours run_hercules);

# Both: the image (restarted at 0), the area's address and length, the device
# statements.  Return the area's bytes, '' if the program does not end, and
# what was said then.
sub run_ours
{
    my ($image, $at, $len, @devices) = @_;
    my $attach = join '', map { "attach $_\n" } @devices;
    my ($status, $out, $err) = run_program(
        sprintf("%sload %s 0\nrestart\nrun 200000000\ndisplay %X %X\n",
                $attach, $image, $at, $len),
        bin('machine'), '--storage', '2M', '--monitor', '-');
    return ('', $out . $err) if $out !~ /^STOP wait psw=\w{10}000000 /m;
    my $bytes = '';
    $bytes .= pack 'H*', $1 =~ s/\s//gr
        while $out =~ /^[0-9A-F]{6}: ([0-9A-F ]+)/gm;
    return ($bytes, '');
}

sub run_hercules
{
    my ($image, $at, $len, @devices) = @_;
    my $out = scratch('storage');
    my $conf = write_file(scratch('conf'), join "\n",
        'ARCHMODE S/370', 'MAINSIZE 2', 'NUMCPU 1', 'CPUSERIAL 001967',
        'OSTAILOR QUIET', 'CNSLPORT 0', @devices, '');
    # The wait's message comes a moment before the storage is to be had, and the
    # operator may miss it: so it is asked for again each second, as another
    # file.
    my $area = sprintf '%X %X', $at, $at + $len - 1;
    local $ENV{HERCULES_RC} = write_file(scratch('rc'), join "\n",
        'hao tgt HHCCP011I', "hao cmd savecore $out.1 $area", "loadcore $image 0",
        'restart', ('pause 1', "savecore $out.2 $area") x 60, '');
    my $pid = open(my $log, '-|',
        "exec timeout -k 1 60 hercules -d -f $conf 2>&1 </dev/null")
        or return ('', 'hercules cannot be started');
    my ($said, $done) = ('', 0);
    while (!$done && defined(my $line = <$log>)) {
        $said .= $line;
        $done = $line =~ /savecore command complete/;
    }
    kill 'TERM', $pid;
    close $log;
    for my $whole (grep { (-s $_ // 0) == $len } "$out.1", "$out.2") {
        return (read_file($whole), '');
    }
    return ('', $said);
}

1;
