package Screen;
# Screen.pm - a program in a tmux window, for tests that do what a person does:
# press keys, and look until the screen shows something.
use strict;
use warnings;
use Exporter 'import';
use Test::More;
use Time::HiRes qw(sleep);

our @EXPORT = qw(start tmux screen keys_ type_ shows);

my $limit = 120;    # seconds that a slow host may take
my ($socket, $servers) = ('', 0);    # a tmux server of its own for each start()

sub tmux
{
    open my $f, '-|', 'tmux', '-L', $socket, '-f', '/dev/null', @_ or die "tmux: $!";
    my @lines = <$f>;
    close $f;
    return join '', @lines;
}

# What the window shows; press keys by name; type text.
sub screen { return tmux(qw(capture-pane -p)) }
sub keys_ { tmux('send-keys', @_) }
sub type_ { tmux('send-keys', '-l', @_) }

# Wait until the screen shows $pattern; a test by itself.
sub shows
{
    my ($pattern, $name) = @_;
    my $screen = '';
    for (my $end = time + $limit; time < $end; sleep 0.05) {
        $screen = screen();
        return pass $name if $screen =~ $pattern;
    }
    fail $name;
    diag $screen;
}

sub stop
{
    tmux('kill-server') if $socket ne '';
    $socket = '';
}

# Run a command of the shell in a new window of 80 columns and 24 rows.  When
# it has ended, its exit status is shown.
sub start
{
    my ($command) = @_;
    stop();
    $socket = "cplab-test-$$-" . ++$servers;
    tmux(qw(new-session -d -x 80 -y 24), "TERM=screen sh -c 'trap : INT; $command; echo STATUS=\$?; sleep 600'");
}

$SIG{INT} = $SIG{TERM} = sub { exit 1 };
END { local $?; stop() }

1;
