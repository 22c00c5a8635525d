#!/usr/bin/perl
# The command line of `machine`: options, exit statuses, wrong input.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

# A deck of one card: its PSW is what matters.  READ of 24 bytes brings PSW
# and two CCWs; the first CCW is a NOP that ends the chain.
sub psw_deck
{
    my ($psw) = @_;
    my $card = pack 'H*', $psw . '0300000020000001' . '0000000000000000';
    return write_file(scratch("deck$psw"), $card . "\x40" x (80 - length $card));
}

sub config
{
    my ($text) = @_;
    return write_file(scratch('config'), $text);
}

sub ipl
{
    my ($psw, @options) = @_;
    my $deck = psw_deck($psw);
    return run_program('', bin('machine'), '-f', config("00C 3505 $deck\n009 3215\n"),
        '--ipl', '00C', @options);
}

# Stops.
{
    my ($status, $out, $err) = ipl('0002000000000000');
    is $status, 0, 'a disabled wait with code 0: status 0';
    is $out . $err, '', 'and silence';

    ($status, $out, $err) = ipl('000200000000BAD1');
    is $status, 2, 'a disabled wait with another code: status 2';
    like $err, qr/^machine: disabled wait, code X'00BAD1', PSW 000200\w+00BAD1$/, 'and a message';

    ($status, $out, $err) = ipl('000A00000000BAD2');
    is $status, 2, 'the same in the EC mode';
    like $err, qr/disabled wait, code X'00BAD2'/, 'and a message';

    ($status, $out, $err) = ipl('8002000000000000');
    is $status, 2, 'an enabled wait that nothing can end: status 2';
    like $err, qr/enabled wait, and nothing is under way/, 'and a message';

    # X'200' holds 0700, 0700, ... in storage that is zero elsewhere: an
    # operation exception, whose new PSW is zero too, and so for ever.
    ($status, $out, $err) = ipl('0000000000000200', '--max-instructions', '1000');
    is $status, 2, 'the limit: status 2';
    like $err, qr/instruction limit reached/, 'and a message';
}

{
    my ($status, $out, $err) =
        ipl('0002000000000000', '--monitor', write_file(scratch('s'), "run\nquit\n"));
    is $status, 0, '--ipl and --monitor: the monitor starts after the IPL';
    is $out, "STOP wait psw=0002000000000000 count=0\n", 'and runs what was loaded';
}

# The command line.
my $config = config("009 3215\n");
for (
    [[],                                   'nothing to do: give --ipl ADDR'],
    [[qw(--nonsense)],                     'unrecognized option'],
    [[qw(word --monitor -)],               'word: unexpected'],
    [[qw(--storage 16X --monitor -)],      '--storage 16X: not a size'],
    [[qw(--storage 32K --monitor -)],      'storage|64'],
    [[qw(--storage 17M --monitor -)],      'storage|16'],
    [[qw(--storage 65K --monitor -)],      'storage|4'],
    [[qw(--ipl 0x0c)],                     '--ipl 0x0c: not a device address'],
    [[qw(--ipl 00C)],                      'IPL 000C: no device is attached there'],
    [['-f', $config, qw(--ipl 009)],       'IPL 0009: '],
    [[qw(--max-instructions ten --ipl 0)], '--max-instructions ten: not a decimal number'],
    [[qw(-f /no/such.conf --ipl 00C)],     '/no/such.conf: No such file'],
    [['-f', $config, qw(--trace q --ipl 9)], 'there is no trace letter "q"'],
) {
    my ($words, $message) = @$_;
    my ($status, $out, $err) = run_program('', bin('machine'), @$words);
    is $status, 1, "status 1: machine @$words";
    like $err, qr/$message/, 'says what is wrong';
}

{
    my ($status, $out) = run_program('', bin('machine'), '--help');
    is $status, 0, '--help';
    like $out, qr/--max-instructions/, 'lists the options';
}

# Configuration files: file, line, word.
my $short = write_file(scratch('short.deck'), 'x' x 79);
my $noise = write_file(scratch('noise.ckd'), 'not a volume' x 100);
for (
    ["MAINSIZE 16\nMAINSIZE 99\n",  2, '99: storage goes from 64K to 16M'],
    ["MAINSIZE\n",                  1, 'MAINSIZE: a value must follow'],
    ["MAINSIZE 16 17\n",            1, '17: unexpected'],
    ["CPUSERIAL XYZ\n",             1, 'XYZ: the CPU'],
    ["CPUSPEED 0\n",                1, '0: the speed'],
    ["CPUSPEED 700\n",              1, '700: the speed'],
    ["OUTLIMIT 2048\n",             1, '2048: what each device may write'],
    ["OUTLIMIT 63K\n",              1, '63K: what each device may write'],
    ["TODCLOCK tomorrow\n",         1, 'tomorrow: not a date'],
    ["# x\n\nFOO 3215\n",           3, 'FOO: neither a statement'],
    ["009\n",                       1, '009: a device type must follow'],
    ["009 3216\n",                  1, '3216: unknown device type "3216"'],
    ["009 3215\n009 3215\n",        2, '3215: device 0009 is attached already'],
    ["00C0.0 3215\n",               1, '00C0.0: after the point'],
    ["700 3215\n",                  1, '3215: device 0700'],
    ["00C 3505 /no/such.deck\n",    1, '3505: .*/no/such.deck'],
    ["00C 3505 $short\n",           1, '3505: .*short.deck'],
    ["130 3330 /no/such.ckd\n",     1, '3330: .*/no/such.ckd'],
    ["130 3330 $noise\n",           1, '3330: .*noise.ckd'],
    ["130 3330 \"open\n",           1, 'the closing quote is missing'],
    ["009 3215\nFAULT 009\n",       2, 'FAULT: a device address and what'],
    ["FAULT 00D busy ms=1\n",       1, 'busy: fault: no device is attached'],
    ["009 3215\nFAULT 009.2 busy ms=1\n", 2, '009: a fault is of one device'],
    ["FAULT 009 smoke\n009 3215\n", 1, 'smoke: .*none of data-check'],
    ["180 3420 model=2\n",          1, '3420: .*model=3 to model=8'],
    ["500 CTCA pair=500\n",         1, 'CTCA: .*another device'],
    ["500 CTCA pair=600\n600 CTCA pair=501\n", 2, 'CTCA: .*0500 names 0600 as its other end'],
    ["500 CTCA pair=600\n501 CTCA pair=600\n600 CTCA pair=500\n", 3, 'CTCA: .*0501 names 0600'],
    ["600 3215\n500 CTCA pair=600\n", 2, 'CTCA: .*0600 is a 3215'],
    ['009 3215 ' . 'x' x 2000,      1, 'the line is longer'],
    ["009\0 3215\n",               1, '009: the line holds a zero byte'],
    ["009 3215\n\0\n",             2, 'the line holds a zero byte'],
    ["\xFF\xFE\x01\x02\n",          1, 'a device type must follow'],
) {
    my ($text, $line, $message) = @$_;
    my $file = config($text);
    my ($status, $out, $err) = run_program('', bin('machine'), '-f', $file, '--monitor', '-');
    is $status, 1, 'status 1: ' . substr $text =~ s/[^ -~]+/ /gr, 0, 40;
    like $err, qr/\Q$file\E:$line: .*$message/, "names line $line and the word";
}

# A map that is damaged stops a load.
{
    my $image = write_file(scratch('img'), "\x07\x00" x 8);
    write_file("$image.map", "# cc370 map 4\nsym 0 zz func main\n");
    my ($status, $out) = run_program("load $image 0\n", bin('machine'), '--monitor', '-');
    is $status, 1, 'damaged map: status 1';
    like $out, qr/^\?stdin:1: .*img\.map:2: .*zz/, 'file, line and word of the map';
    my $big = write_file(scratch('big'), 'x' x 70000);
    ($status, $out) =
        run_program("load $big 0\n", bin('machine'), '--storage', '64K', '--monitor', '-');
    is $status, 1, 'an image larger than storage: status 1';
    like $out, qr/^\?stdin:1: .*big/, 'and a message';
}

# Names of an image that IPL brings.
{
    my ($image, $deck) = (scratch('queens'), scratch('queens.deck'));
    run_program('', bin('cc370'), '-o', $image, 'labs/00-orientation/queens.c');
    run_program('', bin('mkdeck'), '-o', $deck, $image);
    my @machine = (bin('machine'), '-f', config("00C 3505 $deck\n009 3215\n"), '--ipl', '00C',
                   '--monitor', '-');
    my ($status, $out, $err) = run_program("break found\nrun\nprint column\nquit\n", @machine, '--map',
        "$image.map");
    is $status . $err, '0', '--map';
    like $out, qr/^STOP break .*\ncolumn = \{0, 4, 7, 5, 2, 6, 1, 3\}$/m,
        'a stop at a name, a variable of C';

    my $text = write_file(scratch('text'), "no map\n");
    ($status, $out, $err) = run_program('', @machine, '--map', $text);
    is $status, 1, 'a file that is no map: status 1';
    like $err, qr/^machine: map \Q$text\E:1: not a map/, 'and a message';
}

# Scripts one after the other.
{
    my $first = write_file(scratch('first'), "gpr 1 5\nfoo\n");
    my ($status, $out, $err) = run_program("gpr 1\nbar\nquit\n", bin('machine'), '--monitor', $first,
        '--monitor', '-');
    like $out, qr/^GPR 1=00000005\n\?\Q$first\E:2: foo: .*\nGPR 1=00000005\n\?stdin:2: bar: /,
        '--monitor twice: a script, then standard input';
    ($status, $out, $err) = run_program("gpr 1\n", bin('machine'), '--monitor',
        write_file(scratch('second'), "quit\n"), '--monitor', '-');
    is "$status$out", '0', '... unless the script quits';
    ($status, $out, $err) = run_program('', bin('machine'), ('--monitor', '-') x 9);
    is $status, 1, 'nine scripts: status 1';
    like $err, qr/--monitor: at most 8 scripts/, 'and a message';
}

# A full hopper: what is attached can be saved, and what cannot is refused.
{
    my $most = 1 << 20;
    my ($many, $one, $saved) = map { scratch($_) } qw(many one saved);
    write_file($one, "x\n");
    write_file($many, "\n" x ($most + 1));
    my $script = "attach C 3505 $many ascii\n";
    my ($status, $out, $err) = run_program($script, my @machine = (bin('machine'), '--monitor', '-'));
    like $out, qr/^\?.*too many cards \(1048577\): the hopper holds 1048576, and has room for 1048576 more;/,
        'a deck of more cards than the hopper holds';
    write_file($many, "\n" x ($most - 1));
    ($status, $out, $err) = run_program($script . "attach C 3505 $one $one ascii\nattach C 3505 $one ascii\n" .
        "attach C 3505 $one ascii\nsnapshot save $saved\n", @machine);
    like $out, qr/^ATTACH 000C 3505\n\?.*\(1\).*, and has room for 0 more;.*\nATTACH 000C 3505\n\?.*\(1\).*\nSNAPSHOT save /,
        'a hopper that is full, and a snapshot of it';
}

done_testing;
