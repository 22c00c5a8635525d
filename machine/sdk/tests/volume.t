#!/usr/bin/perl
# mkdasd: what it makes can be IPLed, also by Hercules, whose tools read it.
use strict;
use warnings;
use lib 'tools', 'machine/sdk/tests';
use POSIX ();
use Test::More;
use Kit;
use Image;

my $volume = scratch('volume');
my $image = scratch('image');

sub mkdasd { return run_program('', bin('mkdasd'), @_) }

sub ipl
{
    my ($path, $type) = @_;
    $type //= '3330';
    my ($status, $out, $err) =
        run_program("attach 130 $type $path\nipl 130\nrun 9000000\n",
                    bin('machine'), '--storage', '4M', '--monitor', '-');
    return stop_of("$out$err");
}

# One track, its limit, two cylinders.
for my $words (64, (128 + 13028) / 4, 3300, 200000) {
    write_file($image, make_image($words));
    my ($status, $out, $err) =
        mkdasd('-o', $volume, '--type', '3330', '--volser', 'TEST01', $image);
    is("$status$out$err", '0', "a volume with $words words");
    is(ipl($volume), '000000', '... which loads them all');
}

# The address in the disabled wait PSW to which Hercules comes.
sub hercules_ipl
{
    my ($path, $type) = @_;
    my $conf = write_file(scratch('conf'), <<"END");
OSTAILOR QUIET
CNSLPORT 0
ARCHMODE S/370
MAINSIZE 4
NUMCPU 1
CPUSERIAL 001967
0009 3215-C
0130 $type $path
END
    local $ENV{HERCULES_RC} = write_file(scratch('rc'), "ipl 130\n");
    my $pid = open(my $log, '-|',
        "exec timeout -k 1 60 hercules -d -f $conf 2>&1 </dev/null")
        or die "hercules: $!";
    my $stop = 'no disabled wait';
    while (my $line = <$log>) {
        next if $line !~ /^ *PSW=(\w{8} \w{8})/;
        $stop = $1;
        last;
    }
    kill 'TERM', $pid;
    close $log;
    return $stop;
}

# Each type, with more than one of its tracks to load.
write_file($image, make_image(20000));
for my $type (qw(2314 2305-1 2305-2 3330-1 3330-11 3340-35 3340-70 3350)) {
    my ($status, $out, $err) =
        mkdasd('-o', $volume, '--type', $type, '--volser', 'TEST01', $image);
    is("$status$out$err", '0', "a $type volume");
    is(ipl($volume, $type), '000000', '... is loaded');
    my $family = $type =~ s/-.*//r;
    is(ipl($volume, $family), '000000', "... by its family's name, too");
    like(hercules_ipl($volume, $family), qr/^00020000 \w\w000000/,
        'Hercules IPLs from it');
    ($status, $out, $err) = run_program('', 'dasdls', $volume);
    like("$out$err", qr/VOLSER=TEST01/, 'dasdls reads its label');
}

# Damage: a record of another length, another byte of the loader.
sub patch
{
    my ($at, $bytes) = @_;
    mkdasd('-o', $volume, '--type', '3330', $image);
    open my $f, '+<:raw', $volume or die "$volume: $!";
    seek $f, $at, 0;
    print $f $bytes;
    close $f;
    return ipl($volume);
}
write_file($image, make_image(200000));
my $track1 = 512 + 13312 + 5 + 16; # the count field of its record 1
is(patch($track1 + 6, pack 'n', 13029), '00DD01', 'a shorter record');
my $loader = 512 + 5 + 16 + 12 + 24 + 12 + 144 + 12 + 80 + 8; # on track 0
is(patch($loader + 200, '?'), '00DD04', 'a damaged loader');

# Volumes for data: as many records as the table in the handbook says, all of
# zeros, as Hercules' tools and the machine find them.
my %fit = ('2314' => [40, 1], '2305-1' => [28, 3], '2305-2' => [53, 3], '3330-1' => [61, 3],
           '3340-35' => [34, 2], '3350' => [72, 4]);
for my $type (sort keys %fit) {
    for my $i (0, 1) {
        my $bytes = (80, 4096)[$i];
        my ($status, $out, $err) = mkdasd('-o', $volume, '--type', $type, '--records', $bytes,
                                          '--cylinders', 2);
        my $track = substr read_file($volume), 512, 20480;
        my ($at, @numbers) = (5);
        while (substr($track, $at, 8) ne "\xFF" x 8) {
            my ($number, $key, $len) = unpack 'x4 C C n', substr $track, $at;
            push @numbers, $number if $key == 0 && $len == ($number ? $bytes : 8) &&
                substr($track, $at + 8, $len) !~ /[^\0]/;
            $at += 8 + $len;
        }
        is("$status$out$err@numbers", join(' ', '0' . 0, 1 .. $fit{$type}[$i]),
           "a $type volume with records of $bytes bytes");
    }
}

# Minidisks count their cylinders from 0, behind the cylinder with the label.
{
    my ($status, $out, $err) = mkdasd('-o', $volume, '-t', '3330', '-v', 'USER01', '-r', 4096,
                                      '-c', 5, '-m', 2);
    my $all = read_file($volume);
    my $cylinder = (length($all) - 512) / 5;
    my @counted = map { unpack 'n', substr $all, 512 + $_ * $cylinder + 5 + 16, 2 } 1 .. 4;
    is("$status$out$err@counted", '00 1 0 1', 'minidisks of two cylinders');
    like(substr($all, 512, $cylinder), qr/\xE5\xD6\xD3\xF1\xE5\xD6\xD3\xF1\xE4\xE2\xC5\xD9\xF0\xF1/,
         '... on a volume with a label');
}

# Wrong input.
my $large = write_file(scratch('large'), "\0" x 6_000_000);
POSIX::mkfifo(scratch('pipe'), 0600) or die "no pipe: $!";
for ([qr/No such file/, '-o', $volume, '-t', '3330', scratch('absent')],
     [qr/--type "3380": there are/, '-o', $volume, '-t', '3380', $image],
     [qr/--volser "TOOLONG"/, '-o', $volume, '-v', 'TOOLONG', $image],
     [qr/say --type 3330/, '-o', $volume, $image],
     [qr/bytes are more than 48 cylinders of a 2305-1 take/, '-o', $volume, '-t', '2305-1',
      $large],
     [qr/say -o VOLUME/, '-t', '3330', $image],
     [qr/is not a file/, '-t', '3330', '-o', scratch('pipe'), $image],
     [qr/which image\?/, '-t', '3330', '-o', $volume],
     [qr/say --records too/, '-t', '3330', '-o', $volume, '-m', '2', $image],
     [qr/leave out one/, '-t', '3330', '-o', $volume, '-r', '80', $image],
     [qr/--records "4K": write a number/, '-t', '3330', '-o', $volume, '-r', '4K'],
     [qr/longest record of a 3330-1 has 13030/, '-t', '3330', '-o', $volume, '-r', '13031'],
     [qr/--cylinders 405: a 3330-1 has 404/, '-t', '3330', '-o', $volume, '-r', '80', '-c', '405'],
     [qr/bytes are more than 1 cylinders of a 3330-1 take/, '-t', '3330', '-o', $volume, '-c', '1', $large]) {
    my ($message, @words) = @$_;
    my ($status, $out, $err) = mkdasd(@words);
    is("$status$out", '1', 'mkdasd ' . join ' ', map { s/.*\///r } @words);
    like($err, $message, '... says why');
}

done_testing();
