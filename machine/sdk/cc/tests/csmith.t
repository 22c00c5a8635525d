# Random programs give the same checksums on the machine and on the host: 300,
# or CSMITH_PROGRAMS.  Twenty of them are one image, since a compiler takes
# longer to start than to compile one; every fourth is larger.  A program that
# does not end within a second of the host is left out and does not count; the
# list names those at the beginning, so that `make check` depends on no clock.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

use constant AT_ONCE => 20;

my $wanted = $ENV{CSMITH_PROGRAMS} // 300;
my $seconds = $ENV{CSMITH_PROGRAMS} ? 1 : 600;
my $math = '/usr/include/csmith/safe_math.h';
my %endless = map { $_ => 1 } (2, 30, 40, 43, 46, 61, 68, 81, 89, 98, 102, 103,
    113, 117, 122, 123, 129, 151, 158, 159, 167, 168, 169, 199, 209, 234, 257,
    266, 279);
my @include = ('-I', 'machine/sdk/cc/tests/csmith', '-I', scratch(''));

# The part of csmith's header that needs no floating point.
my $text = read_file($math);
$text =~ s/^STATIC float.*//ms;
write_file(scratch('integer_math.h'), "$text\n#endif\n#endif\n");

# The host runs each program in a process of its own, which ends by SIGXCPU
# when it takes too long.
write_file(scratch('fork.h'), <<'END');
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
static void run(int n, int (*program)(void), int seconds)
{
    int status;
    printf("== %d\n", n);
    fflush(stdout);
    if (fork() == 0) {
        struct rlimit limit = {seconds, seconds};
        setrlimit(RLIMIT_CPU, &limit);
        program();
        fflush(stdout);
        _exit(0);
    }
    wait(&status);
    if (!WIFEXITED(status))
        printf("endless\n");
}
END

# A file of csmith's, its main() called program_SEED().
sub generate
{
    my ($seed) = @_;
    my $c = scratch("random_$seed.c");

    # It leaves a file where it runs.
    run_program('', 'sh', '-c', 'cd "$1" && exec csmith --no-float' .
        ' --no-unions --no-packed-struct --no-argc --concise --max-funcs "$2"' .
        ' --max-block-depth "$3" -s "$4" -o random.c', 'sh', scratch(''),
        $seed % 4 == 0 ? (7, 4) : (4, 3), $seed);
    my $program = read_file(scratch('random.c'));
    $program =~ s/^int main \(/int program_$seed(/m or die "seed $seed: no main";
    return write_file($c, $program);
}

# A main program that calls those of the seeds.
sub call_all
{
    my ($name, $before, $call, @of) = @_;
    return write_file(scratch($name), "#include <stdio.h>\n$before\n"
        . join('', map { "int program_$_(void);\n" } @of)
        . 'int main(void) { ' . join(' ', map { $call =~ s/N/$_/gr } @of)
        . " return 0; }\n");
}

# What each program printed, by seed.
sub answers { my (undef, %of) = split /^== (\d+)\n/m, $_[0]; return %of }

# Compare the programs of these seeds; returns how many there are that end.
sub batch
{
    my @of = @_;
    my @files = map { generate($_) } @of;
    my ($host, $image) = (scratch('host'), scratch('image'));

    my ($status, $out, $err) = run_program('', qw(cc -m32 -funsigned-char -w),
        @include, '-o', $host, @files, call_all('host.c',
            '#include "fork.h"', "run(N, program_N, $seconds);", @of));
    is($status, 0, "the host's cc takes $of[0] to $of[-1]") or diag $err;
    (undef, $out, $err) = run_program('', $host);
    my %expected = answers($out);
    my @ends = grep { $expected{$_} ne "endless\n" } @of;

    ($status, $out, $err) = run_program('', bin('cc370'), '-w', @include,
        '-o', $image, (map { scratch("random_$_.c") } @ends),
        call_all('guest.c', '', 'printf("== N\n"); program_N();', @ends));
    is($status, 0, "cc370 takes $of[0] to $of[-1]") or diag $err;
    ($status, $out, $err) = run_program('', bin('run370'),
        '--max-instructions=20000000000', $image);
    my %got = answers($out);
    is($got{$_} // "nothing: $err",
        $expected{$_} =~ /^checksum [0-9A-F]{8}$/ ? $expected{$_} : 'a checksum',
        "csmith program $_") for @ends;
    unlink @files;
    return scalar @ends;
}

for (my $seed = 1; $wanted > 0;) {
    my @of;
    for (; @of < AT_ONCE && @of < $wanted; $seed++) {
        push @of, $seed if !$endless{$seed};
    }
    $wanted -= batch(@of);
}
done_testing;
