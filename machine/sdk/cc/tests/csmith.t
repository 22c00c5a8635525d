# Random programs give the same checksum on the machine and on the host.  The
# seeds are those whose programs end quickly.  CSMITH_SEEDS asks for more than
# the first 126; programs that do not end soon are then left out.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $math = '/usr/include/csmith/safe_math.h';
my @endless = (11, 13, 16, 26, 32, 43, 49, 57, 61, 62, 68, 74, 77, 94, 97, 98,
    110, 111, 113, 115, 117, 124);
my %endless = map { $_ => 1 } @endless;
my @include = ('-I', 'machine/sdk/cc/tests/csmith', '-I', scratch(''));

# The part of csmith's header that needs no floating point.
my $text = read_file($math);
$text =~ s/^STATIC float.*//ms;
write_file(scratch('integer_math.h'), "$text\n#endif\n#endif\n");

sub checksums
{
    my ($seed) = @_;
    my ($c, $host, $image) = map { scratch($_) } qw(random.c host image);

    # It leaves a file where it runs.
    run_program('', 'sh', '-c', 'cd "$1" && exec csmith --no-float' .
        ' --no-unions --no-packed-struct --no-argc --concise --max-funcs 6' .
        ' --max-block-depth 4 -s "$2" -o random.c', 'sh', scratch(''), $seed);
    my ($status, $out, $err) = run_program('', qw(cc -m32 -funsigned-char -w),
        @include, '-o', $host, $c);
    return "host: $err" if $status != 0;
    my ($host_status, $expected) =
        run_program('', 'timeout', $ENV{CSMITH_SEEDS} ? '1' : '600', $host);
    return undef if $host_status != 0 && $ENV{CSMITH_SEEDS};
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-w', @include, '-o', $image, $c);
    return "cc370: $err" if $status != 0;
    ($status, $out, $err) = run_program('', bin('run370'),
        '--max-instructions=300000000', $image);
    return "machine: $out$err host: $expected"
        if $out ne $expected || $out !~ /^checksum [0-9A-F]{8}$/;
    return '';
}

for my $seed (grep { !$endless{$_} } 1 .. $ENV{CSMITH_SEEDS} // 126) {
    my $result = checksums($seed);
    SKIP: {
        skip "csmith program $seed does not end soon", 1 if !defined $result;
        is($result, '', "csmith program $seed");
    }
}
done_testing;
