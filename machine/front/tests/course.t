#!/usr/bin/perl
# The course machine in the console program: two students at two tabs.
use strict;
use warnings;
use lib 'tools', 'machine/front/tests';
use Kit;
use Screen;
use Test::More;

my $conf = write_file(scratch('course.conf'), <<CONF);
MAINSIZE 16
0009 3215
000C 3505 @{[build('labs/hello.deck')]} eof
000D 3525 @{[scratch('punch')]}
000E 1403 @{[scratch('print')]}
00C0.2 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]}
CONF

sub line_
{
    type_($_[0]);
    keys_('Enter');
}

start(join ' ', bin('console'), '-f', $conf, '--ipl 130');
keys_('F3');
shows qr/\A F2 009. +F3 0C0 .*^CP-LAB ONLINE\n>/ms, 'CP is online at the first terminal';
line_('logon student1');
shows qr/^ENTER PASSWORD:\n> \(not shown\)/m, 'it asks for a password';
type_('student1');
keys_('F4');
shows qr/^CP-LAB ONLINE\n>/m, 'the second terminal';
unlike screen(), qr/LOGON/, 'knows nothing of it';
line_('logon student2');
shows qr/^> \(not shown\)/m, 'a second student';
line_('student2');
shows qr/^LOGON AT \d\d:\d\d:\d\d .*\n(?:.*NOT MOUNTED\n)*CP\n>/m, 'logs on';
keys_('F3');
shows qr/^> \(not shown\)/m, 'the half-typed password of the first is still there, and hidden';
keys_('Enter');
shows qr/^LOGON AT .*\n(?:.*NOT MOUNTED\n)*CP\n>/m, 'and right';

line_('ipl 00c');
shows qr/^What is your name\?\n>/m, 'a guest asks';
keys_('F4');
line_('query users');
shows qr/^\d+ USERS/m, 'meanwhile the other goes on';
keys_('F3');
keys_('Escape');
shows qr/^What is your name\?\n\s*CP\n>/m, 'attention leads to CP';
line_('display psw');
shows qr/^PSW = \w{8} \w{8}$/m, 'which shows the guest\'s PSW';
line_('begin');
shows qr/^begin\n>/m, 'the guest goes on reading';
line_('Ada');
shows qr/^Nice to meet you, Ada\./m, 'and answers';

tmux(qw(resize-window -x 132 -y 50));
shows qr/\A F2 009.*(?:\n.*){48}\n WAIT  PSW .*\n\z/, 'a larger window';
line_('query time');
shows qr/^TIME IS /m, 'works as well';
keys_('F2');
shows qr/^ ?\d\d:\d\d:\d\d .*LOGON.*STUDENT2|STUDENT2.*LOGON/mi, 'the operator has seen them come';
tmux(qw(resize-window -x 80 -y 24));
keys_('F3');
line_('logoff');
shows qr/^LOGOFF AT .*\nCP-LAB ONLINE\n>/m, 'log off';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'end';

# Lines of a file are typed first, at the terminal that is shown.
my $lines = write_file(scratch('lines'), "logon student1 student1\nipl 00c\nAda\n");
start(join ' ', bin('console'), '-f', $conf, "--ipl 130 --type $lines");
shows qr/^ipl 00c\n.*^What is your name\?\nAda\nNice to meet you, Ada\./ms,
    'the lines of --type are typed, each when it is read';
line_('query time');
shows qr/^TIME IS /m, 'then it is the turn of the person';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'end';

done_testing;
