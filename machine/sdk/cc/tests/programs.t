# Programs that cover the language print on the machine what the host's
# compiler makes of them.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my @host = qw(cc -m32 -malign-double -funsigned-char -std=c11 -w -o);

for my $source (sort glob 'machine/sdk/cc/tests/programs/*.c') {
    my ($name) = $source =~ m{([^/]+)\.c$};
    my ($status, $out, $err);
    ($status, $out, $err) = run_program('', @host, scratch('host'), $source);
    is($status, 0, "$name: the host's compiler takes it") or diag $err;
    my ($host_status, $host_out) = run_program('', scratch('host'));
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-o', scratch('image'), $source);
    is($status, 0, "$name: cc370 takes it") or diag $err;
    ($status, $out, $err) = run_program('', bin('run370'),
        '--max-instructions=100000000', scratch('image'));
    is($out, $host_out, "$name prints the same") or diag $err;
    is($status, $host_status, "$name: main returns the same");
}
done_testing;
