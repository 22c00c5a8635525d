#!/usr/bin/perl
# `console` as a person sees it: driven in tmux.
use strict;
use warnings;
use lib 'tools', 'machine/front/tests';
use Kit;
use Echo;
use Screen;
use Test::More;
use Time::HiRes qw(sleep);

my $console = join ' ', bin('console'), '-f', echo_config(), '--ipl 00C';

start($console);

# Tabs, typing.
shows qr/\A F2 009  +F3 0C0. +F4 0C1.*^ECHO READY$/ms, 'the operator\'s console comes first';
shows qr/^ WAIT  PSW \w{8} \w{8}  \d{4}-\d\d-\d\d \d\d:\d\d:\d\d /m, 'the status line';
keys_('F3');
shows qr/^ECHO READY\n.*^>/ms, 'F3: the first terminal waits for a line';
type_('hello');
shows qr/^> hello$/m, 'the input line shows what is typed';
keys_('Enter');
shows qr/^hello\nECHO: hello\n/m, 'the line and its answer on the paper';

# Editing and history.
type_('wrold');
keys_(qw(Left Left Left Left BSpace));
type_('w');
keys_(qw(Delete Right DC));
keys_(qw(C-u));
type_('second');
keys_('Enter');
shows qr/^ECHO: second$/m, 'another line';
keys_(qw(Up Up));
shows qr/^> hello$/m, 'the line before the last from the history';
keys_(qw(Home));
type_('oh ');
keys_('Enter');
shows qr/^ECHO: oh hello$/m, 'edited and sent again';

# A secret.
type_('hush');
keys_('Enter');
shows qr/^ECHO: hush\n.*^> \(not shown\)/ms, 'a read without print';
type_('xyzzy');
sleep 0.5;
unlike screen(), qr/xyzzy/, 'what is typed then is not shown';
keys_('Enter');
shows qr/^ECHO: xyzzy$/m, 'but sent';
keys_('Up');
shows qr/^> hush$/m, 'and not in the history';
keys_('C-u');

# Attention and cancel.
type_('idle');
keys_('Enter');
shows qr/^idle\n.*^-$/ms, 'no read is pending';
keys_('Escape');
shows qr/^ATTENTION!\n.*^>/ms, 'Esc is the request key';
type_('idle');
keys_('Enter');
shows qr/ATTENTION!\nidle\n.*^-$/ms, 'again';
keys_('Enter');
shows qr/ATTENTION!\nidle\nATTENTION/, 'Enter is, too, when there is nothing to send';
keys_('Escape');
shows qr/ATTENTION!\n\nCANCELLED!\n.*^>/ms, 'Esc ends a read';
type_('idle');
keys_('Enter');
shows qr/^CANCELLED!\nidle\n.*^-$/ms, 'no read any more';
keys_('Escape');
shows qr/idle\nATTENTION!\n.*^>/ms, 'attention';
keys_('C-c');
shows qr/ATTENTION!\n\nCANCELLED!\n.*^>/ms, 'Ctrl-C is the cancel key';
type_('idle');
keys_('Enter');
shows qr/^CANCELLED!\nidle\n.*^-$/ms, 'no read again';
type_('early');
keys_('Enter');
shows qr/the line is kept/, 'a line that nobody reads is kept';
keys_('Escape');
shows qr/^ECHO: early$/m, 'for the next read';

# Marks.
type_('elsewhere');
keys_(qw(Enter F2));
shows qr/\A F2 009  +F3 0C0\*/, 'a terminal that printed has a mark';
keys_('BTab');
keys_('BTab');
shows qr/\A.* F3 0C0 .*^ECHO: elsewhere$/ms, 'which goes when it is looked at';

# Scroll-back.
type_("line $_\n") for 1 .. 30;
shows qr/^ECHO: line 30$/m, 'more lines than the screen has';
keys_('PPage');
shows qr/lines above the end/, 'Page Up';
unlike screen(), qr/line 30/, 'shows older lines';
keys_('NPage');
shows qr/^ECHO: line 30$/m, 'Page Down';

# Sizes.
tmux(qw(resize-window -x 132 -y 50));
shows qr/\A F2 009 (?:.*\n){49} WAIT  PSW .*\n\z/, '132 columns, 50 rows';
like screen(), qr/^ECHO: line 10$/m, 'more of the paper';
type_('x' x 126);
keys_('Enter');
shows qr/^x{126}\nECHO: x{120}\nx{6}$/m, 'a line of 126 characters';
tmux(qw(resize-window -x 80 -y 24));
shows qr/\A F2 009 (?:.*\n){23} WAIT  PSW .*\n\z/, '80 columns, 24 rows';
like screen(), qr/^x{80}\nx{46}\nECHO: x{74}\nx{46}\nx{6}$/m, 'long lines take two rows';
tmux(qw(resize-window -x 20 -y 4));
shows qr/the window is too/, 'a window without room';
tmux(qw(resize-window -x 80 -y 24));

# Help and end.
keys_('F1');
shows qr/^F10, Ctrl-Q +end/m, 'F1: help';
keys_('Space');
shows qr/^ECHO: x/m, 'any key goes back';
keys_('F4');
type_('loop');
keys_('Enter');
shows qr/^ RUN   PSW .* M\/s/m, 'a guest that computes: RUN and its speed';
keys_('F10');
shows qr/^End\?.*n: go on$/m, 'F10 asks';
keys_('n');
shows qr/^F1 help/m, 'n: go on';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'y: end';

# The machine stops.
start("$console");
shows qr/^ECHO READY$/m, 'a new machine';
type_('die');
keys_('Enter');
shows qr/THE MACHINE HAS STOPPED: disabled wait, code X'000123', PSW/, 'a stop is shown';
shows qr/^ STOP  PSW/m, 'in the status, too';
keys_(qw(F10 y));
shows qr/^STATUS=0$/m, 'F10 ends';

start("TERM=nosuch $console");
shows qr/console: a terminal of type "nosuch" is not known.*STATUS=1/s, 'an unknown TERM';


# The monitor at a terminal: line editing, history, and Ctrl-C.
start(bin('machine') . ' --monitor -');
shows qr/^machine>/m, 'the monitor prompts';
type_("store 200 47F00200\n");
shows qr/^000200: 47F00200$/m, 'and answers';
type_("psw 0000000000000200\n");
shows qr/^PSW=0000000000000200$/m, 'a loop';
type_("run\n");
shows qr/^machine> run\n/m, 'which runs';
for (1 .. 120) {
    keys_('C-c');
    sleep 1;
    last if screen() =~ /STOP/;
}
shows qr/^STOP break psw=0000000000000200 count=\d+$/m, 'Ctrl-C stops the machine';
keys_('C-c');
keys_(qw(Up Up Enter));
shows qr/STOP.*^machine> psw 0000000000000200\nPSW=0{13}200\n/ms, 'the line before the last';
type_("quit\n");
shows qr/^STATUS=0$/m, 'quit';

done_testing;
