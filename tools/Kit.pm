package Kit;
# Kit.pm - what the tests share: running a program of the build, temporary
# files.  Tests are run from the root of the tree, with the build folder in
# the environment variable B.
use strict;
use warnings;
use Exporter 'import';
use File::Temp qw(tempdir);

our @EXPORT = qw(bin build run_program scratch write_file read_file);

my $dir;

# A file of the build folder; one of its programs.
sub build { return ($ENV{B} // 'build') . "/$_[0]" }
sub bin { return build("bin/$_[0]") }

# A file name in a folder that goes when the test ends.
sub scratch
{
    $dir //= tempdir(CLEANUP => 1);
    return "$dir/$_[0]";
}

sub write_file
{
    my ($path, $text) = @_;
    open my $f, '>:raw', $path or die "$path: $!";
    print $f $text;
    close $f or die "$path: $!";
    return $path;
}

sub read_file
{
    my ($path) = @_;
    open my $f, '<:raw', $path or die "$path: $!";
    local $/;
    my $text = <$f>;
    return $text;
}

# Run a program (a list of words) with $input on its standard input.  Returns
# exit status (128 + signal when it was killed), standard output and standard
# error.  One that hangs is killed in the end: no test takes nearly as long.
my $runs = 0;
my $limit_s = 1200;
sub run_program
{
    my ($input, @words) = @_;
    my $n = $runs++;
    my ($in, $out, $err) = map { scratch("$_$n") } qw(in out err);
    write_file($in, $input);
    my $pid = fork() // die "fork: $!";
    if ($pid == 0) {
        open STDIN, '<', $in or die;
        open STDOUT, '>', $out or die;
        open STDERR, '>', $err or die;
        exec { $words[0] } @words or exit 127;
    }
    local $SIG{ALRM} = sub { kill 'KILL', $pid };
    my $before = alarm $limit_s; # the caller's own, if it has one
    alarm $before if $before > 0 && $before < $limit_s;
    waitpid $pid, 0;
    my $ended = $?;
    alarm 0;
    my $status = $ended & 127 ? 128 + ($ended & 127) : $ended >> 8;
    return ($status, read_file($out), read_file($err));
}

1;
