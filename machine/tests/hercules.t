#!/usr/bin/perl
# hercules.t - the machine against Hercules
#
# Random instruction streams (hercules/Streams.pm) run on both; afterwards the
# registers, storage, keys and interruptions of every stream must be equal.  They
# come in batches of as many as storage holds, until there were enough.
# What may differ: hercules/README.md.
# INSTRUCTIONS (how many at least), STREAMS (of a batch), SEED in the
# environment: others than these.
use strict;
use warnings;
use lib 'tools', 'machine/tests/hercules';
use Test::More;
use Kit;
use Slots;
use Streams;

my $wanted = $ENV{INSTRUCTIONS} // 300_000;
my $streams = $ENV{STREAMS} // 2800;
my $seed = $ENV{SEED} // 1970;
my $last = RESULT + $streams * SLOT_BYTES - 1;

# Run Hercules on an image.  The operator that is built into it stores what
# came of it as soon as the program waits; then the process is ended.
sub run_hercules
{
    my ($image, $out) = @_;
    my $conf = write_file(scratch('hercules.conf'), <<"END");
ARCHMODE S/370
MAINSIZE 12
NUMCPU 1
CPUSERIAL 001967
CPUMODEL 3158
OSTAILOR QUIET
CNSLPORT 0
0009 3215-C
END
    # The message of the disabled wait comes a moment before the processor
    # has stopped, and the operator may miss it; until then the storage is not
    # to be had.  So it is asked for again each second, as another file.
    my $area = sprintf '%X %X', RESULT, $last;
    my $again = "pause 1\nsavecore $out.2 $area\n" x 200;
    my $rc = write_file(scratch('hercules.rc'), <<"END");
hao tgt HHCCP011I
hao cmd savecore $out.1 $area
loadcore $image 0
restart
$again
END
    local $ENV{HERCULES_RC} = $rc;
    # Should it hang, or this test be killed: it takes seconds.
    my $pid = open(my $log, '-|',
        "exec timeout -k 1 300 hercules -d -f $conf 2>&1 </dev/null")
        or return 'hercules cannot be started';
    my $said = '';
    my $done = 0;
    while (!$done && defined(my $line = <$log>)) {
        $said .= $line;
        $done = $line =~ /savecore command complete/;
    }
    kill 'TERM', $pid;
    close $log;
    for my $whole (grep { (-s $_ // 0) == $last + 1 - RESULT } "$out.1", "$out.2") {
        rename $whole, $out;
        return '';
    }
    return $said;
}

my $driver = read_file(build('tests/driver'));
my ($done, $last_pair) = (0);

# Run one batch on both and compare.
sub batch
{
    my ($seed) = @_;
    my $image =
        write_file(scratch('image'), make_image($driver, $streams, $seed));
    my ($ours, $theirs) = (scratch('ours'), scratch('theirs'));
    unlink $ours, map { "$theirs$_" } '', '.1', '.2';

    my ($status, $count, $err) = run_program('', build('tests/run_streams'),
        $image, $ours);
    is($status, 0, "seed $seed: the streams run on our machine") or diag $err;
    my $said = run_hercules($image, $theirs);
    is($said, '', "seed $seed: the streams run under Hercules");
    return if $status != 0 || $said ne '';

    my ($a, $b, $c) = map { read_file($_) } $ours, $theirs, $image;
    $c = substr $c, FIRST_SLOT;
    my $different = 0;
    for my $n (0 .. $streams - 1) {
        my $at = $n * SLOT_BYTES;
        my @differences = compare_slots(
            map { substr $_, $at, SLOT_BYTES } $a, $b, $c);
        next unless @differences;
        diag "seed $seed, stream $n: $_"
            for $different++ < 10 ? @differences : ();
    }
    is($different, 0, "seed $seed: all of $streams streams end alike");
    $done += $count;
    $last_pair = [$a, $b, $c];
    return 1;
}

while ($done < $wanted) {
    batch($seed++) or last;
}
cmp_ok($done, '>=', $wanted, "$wanted instructions are compared");
if ($last_pair) {
    my ($a, $b, $c) = @$last_pair;
    substr($b, 3, 1) ^= "\x01";
    is(scalar(my @one = compare_slots($a, $b, $c)), 1,
        'one other bit in a register would be noticed');
}
done_testing;
