#!/usr/bin/perl
# users.t - several users at once: messages, DISCONN and LOGON again, files
# from one to another, FORCE, SHUTDOWN
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Test::More;

my ($status, $paper) = several(course(), 'run 2000000',
    ['0C0', 'logon student1 student1'], ['0C1', 'logon student2 student2'],
    ['0C1', 'logon student1 student1'], ['0C2', 'logon student1 student1'],
    ['009', 'logon operator operator'], ['009', 'query names'],
    ['0C0', 'msg student2 Are you there?'], ['009', 'msg all Down soon'],
    ['0C1', 'set msg off'], ['0C0', 'msg student2 Hello'],
    ['009', 'warning all Down now'],
    ['0C0', 'disconn'], ['0C1', 'query names'],
    ['0C1', 'msg student1 hello'],
    ['0C2', 'logon student1 student1'], ['0C2', 'q time'],
    ['009', 'force student2'], ['009', 'force student2'],
    ['009', 'query users'], ['009', 'shutdown']);
my ($op, $a, $b, $c) = map { $paper->{$_} // '' } qw(009 0C0 0C1 0C2);
is($status, 0, 'SHUTDOWN: exit status 0') or diag $paper->{all};
like($b, qr/^\?CP: LOGON$/m, 'a user cannot log on once more');
like($c, qr/^DMKLOG054E ALREADY LOGGED ON CONS 0C0$/m,
    'nor from another terminal');
like($op, qr/^STUDENT1 - 0C0, STUDENT2 - 0C1, OPERATOR - 009$/m,
    'QUERY NAMES');
like($b, qr/MSG FROM STUDENT1: Are you there\?$/m, 'a message');
like($a, qr/MSG FROM OPERATOR: Down soon$/m, 'MSG ALL to one');
like($b, qr/MSG FROM OPERATOR: Down soon$/m, 'and the other');
like($a, qr/^STUDENT2 NOT RECEIVING; MSG OFF$/m, 'SET MSG OFF');
like($b, qr/WNG FROM OPERATOR: Down now$/m, 'a warning comes all the same');
like($a, qr/^DISCONNECT AT .*\nCP-LAB ONLINE$/m, 'DISCONN');
like($b, qr/^STUDENT1 - DSC, STUDENT2 - 0C1, OPERATOR - 009$/m, 'DSC');
like($b, qr/^STUDENT1 NOT RECEIVING; DISCONNECTED$/m, 'nobody reads it');
like($c, qr/^RECONNECTED AT .*\nCP$/m, 'LOGON again');
like($op, qr/CONS 0C2 RECONNECT STUDENT1 USERS = 003$/m,
    'the operator hears of it');
like($b, qr/^LOGOFF AT .* BY OPERATOR\nCP-LAB ONLINE$/m, 'FORCE');
like($op, qr/CONS 0C1 LOGOFF AS STUDENT2 USERS = 002 FORCED$/m, 'is told');
like($op, qr/^STUDENT2 NOT LOGGED ON$/m, 'once only');
like($op, qr/^002 USERS/m, 'QUERY USERS');
like($c, qr/^LOGOFF AT .* BY SYSTEM$/m, 'SHUTDOWN logs everybody off');
like($op, qr/^DMKCKP961W SYSTEM SHUTDOWN COMPLETE\n\z/m, 'its last line');
done_testing();
