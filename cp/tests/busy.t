#!/usr/bin/perl
# busy.t - CP waits for real devices and control units that are at work for
# somebody else
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Kit;
use Test::More;

my ($quiet) = logged_on(course(), 'query time', 'query virtual 190');
like($quiet, qr/^TIME IS/m, 'a session');
for my $kind ('busy', 'control-unit-busy') {
    my $conf = course();
    write_file($conf, read_file($conf) . <<"END");
FAULT 0130 $kind ms=50 after=20 count=5
FAULT 00C0 $kind ms=50 after=2 count=3
FAULT 0009 $kind ms=50 after=1
END
    my ($out, $err, $status) = logged_on($conf, 'query time', 'query virtual 190');
    is($status, 0, "$kind: a session");
    is($err, '', "$kind: CP does not stop");
    my ($same, $as) = map { s/^(TIME|CONNECT|LOG|SESSION).*\n//gmr =~ s/\d\d:\d\d:\d\d//gr } $out, $quiet;
    is($same, $as, "$kind: the paper is as without");
}
done_testing();
