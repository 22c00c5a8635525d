package Course;
# Course.pm - CP on the machine for the tests of cp/: a configuration with
# decks, a session on one terminal in line mode, or several terminals by a
# script of the monitor.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Exporter 'import';

our @EXPORT = qw(course session several paper cards logged_on);

my $runs = 0;

# Make a configuration; the words are files for the real reader, whose cards
# are lines of text.  Returns its name; printer and punch write to the files
# that paper() and cards() read.
sub course
{
    my @decks = @_;
    $runs++;
    my $conf = <<"END";
MAINSIZE 16
0009 3215
000C 3505 @decks ascii eof
000D 3525 @{[scratch("punch$runs")]} ascii
000E 1403 @{[scratch("print$runs")]}
00C0.4 3215 lines
0130 3330 @{[build('cp/cpres.ckd')]}
END
    return write_file(scratch("course$runs.conf"), $conf);
}

sub paper { return read_file(scratch("print$runs")) }
sub cards { return read_file(scratch("punch$runs")) }

# Type lines at terminal 0C0 until they are used up.  Returns exit status,
# what is on the terminal's paper, and messages.
sub session
{
    my ($conf, @lines) = @_;
    return run_program(join('', map { "$_\n" } @lines),
        bin('console'), '-f', $conf, '--ipl', '130');
}

# The lines of a session after LOGON as STUDENT1, LOGOFF added.
sub logged_on
{
    my ($conf, @lines) = @_;
    my ($status, $out, $err) =
        session($conf, 'logon student1', 'student1', @lines, 'logoff');
    return wantarray ? ($out, $err, $status) : $out;
}

# Run a script of the monitor: [ADDR, TEXT] types a line, a number lets so
# many thousand instructions pass, a string is a monitor command.  Returns
# exit status and a hash: address of a console to its paper.
sub several
{
    my ($conf, @steps) = @_;
    my $script = '';
    for my $step (@steps) {
        if (ref $step) {
            $script .= "type $step->[0] $step->[1]\nrun 2000000\n";
        } else {
            $script .= $step =~ /^\d+$/ ? "run ${step}000\n" : "$step\n";
        }
    }
    my ($status, $out, $err) =
        run_program($script, bin('machine'), '-f', $conf, '--ipl', '130',
        '--monitor', '-');
    my %paper = (all => $out, err => $err);
    $paper{$1} .= "$2\n" while $out =~ /^0(\w{3}): (.*)$/mg;
    return ($status, \%paper);
}

1;
