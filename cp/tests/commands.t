#!/usr/bin/perl
# commands.t - console functions at a terminal: LOGON and its refusals, QUERY,
# SET, abbreviations, and what wrong input gets
use strict;
use warnings;
use lib 'cp/tests', 'tools';
use Course;
use Test::More;

my $conf = course();
my ($status, $out, $err) = session($conf,
    'foo', 'logon', 'logon nobody', 'logon averylongname', 'logon student1 x y',
    'logon student1', 'wrong', 'logon student1 wrong', 'logon student1',
    'student1', 'logoff');
is($status, 0, 'a session in line mode ends with exit status 0') or diag $err;
like($out, qr/^CP-LAB ONLINE$/m, 'CP says that it is there');
like($out, qr/^DMKCFC001E \?CP: FOO$/m, 'only LOGON is known at first');
like($out, qr/^DMKLOG020E USERID MISSING OR INVALID$/m, 'LOGON alone');
like($out, qr/^DMKLOG053E NOBODY NOT IN CP DIRECTORY$/m, 'unknown user');
is(scalar(() = $out =~ /DMKLOG020E/g), 2, 'a userid of over 8 letters');
like($out, qr/^DMKLOG003E INVALID OPTION - Y$/m, 'too many operands');
is(scalar(() = $out =~ /^DMKLOG050E PASSWORD INCORRECT$/mg), 2,
    'a wrong password, asked for or on the line');
like($out, qr/^ENTER PASSWORD:\n(?!wrong)/m, 'the password is not printed');
unlike($out, qr/^student1$/m, 'neither is the right one');
like($out, qr/^LOGON AT \d\d:\d\d:\d\d GMT \w+DAY \d\d\/\d\d\/\d\d$/m,
    'LOGON AT');
like($out, qr/^CONNECT= 00:00:\d\d VIRTCPU= 000:\d\d\.\d\d TOTCPU= 000:/m,
    'LOGOFF says the times used');
like($out, qr/^LOGOFF AT \d\d:\d\d:\d\d GMT .*\nCP-LAB ONLINE$/m,
    'and the terminal is free again');

sub after { my ($line) = @_; $out =~ /^\Q$line\E\n(.*)$/m; return $1 // '' }

$out = logged_on($conf, 'query virtual', 'q v 00d', 'q v 333', 'q v foo',
    'query reader', 'q prt', 'q pun all', 'q files', 'q time', 'q users',
    'q names', 'q student1', 'q student2', 'q set', 'query', 'q t x');
like($out, qr/^STORAGE = 01024K$/m, 'QUERY VIRTUAL: storage');
like($out, qr/^CONS 009 ON CONS 0C0/m, 'console');
like($out, qr/^RDR  00C CL \* NOCONT NOHOLD EOF   READY$/m, 'reader');
like($out, qr/^PUN  00D CL A NOCONT NOHOLD COPY 01 READY$/m, 'punch');
like($out, qr/^     00D FOR STUDENT1 DIST BIN1$/m, 'where its output goes');
like($out, qr/^PRT  00E CL A NOCONT NOHOLD COPY 01 READY$/m, 'printer');
like(after('q v 00d'), qr/^PUN  00D/, 'one device');
is(after('q v 333'), 'DEV 333 DOES NOT EXIST', 'a device that is not there');
is(after('q v foo'), 'VADDR MISSING OR INVALID', 'no address');
is(after('query reader'), 'NO RDR FILES', 'an empty reader');
is(after('q prt'), 'NO PRT FILES', 'no printer files');
is(after('q pun all'), 'NO PUN FILES', 'no punch files');
is(after('q files'), 'FILES: NO RDR, NO PRT, NO PUN', 'QUERY FILES');
like(after('q time'), qr/^TIME IS \d\d:\d\d:\d\d GMT /, 'QUERY TIME');
is(after('q users'), '001 USERS,   000 DIALED', 'QUERY USERS');
is(after('q names'), 'STUDENT1 - 0C0', 'QUERY NAMES');
is(after('q student1'), 'STUDENT1 - 0C0', 'QUERY userid');
is(after('q student2'), 'STUDENT2 NOT LOGGED ON', 'one who is not there');
like(after('q set'), qr/^MSG ON , WNG ON , EMSG TEXT, ACNT O/, 'QUERY SET');
like($out, qr/^LINEDIT ON , TIMER \w+ *, ISAM OFF, ECMODE ON/m, 'its second line');
is(after('query'), 'OPERAND MISSING OR INVALID', 'QUERY alone');
is(after('q t x'), 'INVALID OPTION - X', 'a word too many');

$out = logged_on($conf, 'foo', 'set emsg on', 'bar', 'set emsg code', 'baz',
    'set emsg off', 'qux', 'q users', 'set emsg text', 'begi', 'shutdown',
    'force student1', 'set foo on', 'set msg maybe', 'set', 'set msg off',
    'msg * hello', 'set msg on', 'm * Hello There', 'msg student2 x', 'msg',
    'msg op', 'msg all x', '* remark', 'cp q users#* x#cp q n',
    'set linedit off', 'q users#', 'set linedit on');
is(after('foo'), '?CP: FOO', 'an unknown function');
is(after('bar'), 'DMKCFC001E ?CP: BAR', 'SET EMSG ON: with code');
is(after('baz'), 'DMKCFC001E', 'SET EMSG CODE');
is(after('qux'), 'q users', 'SET EMSG OFF');
is(after('shutdown'), '?CP: SHUTDOWN', 'class A functions are not for G');
is(after('force student1'), '?CP: FORCE', 'neither is FORCE');
is(after('set foo on'), 'INVALID OPTION - FOO', 'SET of what is not there');
is(after('set msg maybe'), 'OPERAND MISSING OR INVALID', 'neither ON nor OFF');
is(after('set'), 'OPERAND MISSING OR INVALID', 'SET alone');
is(after('msg * hello'), 'STUDENT1 NOT RECEIVING; MSG OFF', 'SET MSG OFF');
like(after('m * Hello There'),
    qr/^\d\d:\d\d:\d\d MSG FROM STUDENT1: Hello There$/, 'a message, as typed');
is(after('msg student2 x'), 'STUDENT2 NOT LOGGED ON', 'to nobody');
is(after('msg'), 'USERID MISSING OR INVALID', 'MSG alone');
is(after('msg op'), 'OPERATOR NOT LOGGED ON', 'OP is OPERATOR');
is(after('msg all x'), 'ALL NOT LOGGED ON', 'ALL is not for class G');
is(after('* remark'), 'cp q users#* x#cp q n', 'a remark has no answer');
like($out, qr/^cp q users.*\n001 USERS,.*\nSTUDENT1 - 0C0$/m,
    '# ends a function; CP before one changes nothing');
is(after('q users#'), 'USERS# NOT LOGGED ON',
    'with SET LINEDIT OFF it does not') or diag $out;
done_testing();
