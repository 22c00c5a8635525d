#!/usr/bin/perl
# What a machine of 16 MiB takes of the host's storage: with every page of it
# written, and an instruction executed in every block.
use strict;
use warnings;
use lib 'tools';
use IPC::Open2;
use Kit;
use Test::More;

use constant PEAK_KIB => 64 << 10;

my $pid = open2(my $out, my $in, bin('machine'), '--storage', '16M',
    '--monitor', '-');
# From 1000 on every 2 KiB: store BR R14 there, go there and come back.
print {$in} <<'END';
store 400 58100440 58200444 58300448
store 40C 50301000 05E1 5A10044C 4620040C 82000450
store 440 00001000 00001FFE 07FE0000 00000800 00020000 00000000
psw 0000000000000400
run 1000000
END
$in->flush;
my $said = '';
while (defined(my $line = <$out>)) {
    $said .= $line;
    last if $line =~ /^STOP/;
}
like $said, qr/^STOP wait psw=0002\d+ count=\d{5}$/m, 'all of storage is used'
    or diag $said;
my ($peak) = read_file("/proc/$pid/status") =~ /^VmHWM:\s*(\d+) kB/m;
cmp_ok $peak, '>', 16 << 10, 'more than its storage';
cmp_ok $peak, '<', PEAK_KIB, 'the peak is below 64 MiB'
    or diag "$peak KiB";
print {$in} "quit\n";
close $in;
waitpid $pid, 0;
is $?, 0, 'it ends well';
done_testing;
