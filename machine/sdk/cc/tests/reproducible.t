# cc370 built by another compiler, with other optimisation or for another host
# makes the same image of the same sources, byte for byte.  The host arm64 is
# emulated; its char has no sign.
use strict;
use warnings;
use lib 'tools';
use Cwd qw(abs_path);
use Kit;
use Test::More;

my $sources = read_file('machine/sdk/cc/cc.mk');
$sources =~ s/\\\n//g;
my @files = ('machine/io/ebcdic.c');
while ($sources =~ m{addprefix \$\(B\)/obj/(machine/sdk/\w+/),([^)]*)\)}g) {
    my ($folder, $objects) = ($1, $2);
    push @files, map { $folder . s/\.o$/.c/r } split ' ', $objects;
}
our @gos = ('-nostartfiles', glob 'labs/common/*.asm labs/common/*.c');

# The image and map that a cc370 makes, given the words that start it.
sub image
{
    my @cc370 = @_;
    local $ENV{CPLAB_SDK} = 'machine/sdk';
    unlink map { scratch($_) } qw(image image.map);
    my ($status, $out, $err) =
        run_program('', @cc370, '-w', '-o', scratch('image'), @gos);
    is($status, 0, "@cc370 takes the program") or diag $err;
    return join '', map { read_file(scratch($_)) } qw(image image.map);
}

my $expected = image(bin('cc370'));

# Nothing tells a program when it was made.
{
    local @gos = (write_file(scratch('when.c'), <<'END'), write_file(scratch('then.asm'), <<'END'));
extern const int seconds, day;
const char *volatile when = __TIMESTAMP__ " " __DATE__ " " __TIME__;
int main(void) { return (when != 0) + seconds + day; }
END
         ENTRY seconds
         ENTRY day
seconds  DC    A(__?POSIX_TIME?__)
day      DC    A(__?DATE_NUM?__+__DATE_NUM__+__?UTC_TIME_NUM?__)
END
    my $first = image(bin('cc370'));
    utime 1, 1, @gos;
    sleep 1;
    ok(image(bin('cc370')) eq $first, 'the same image, whenever it is made');
}

# Nor where: variables that the host's preprocessor and NASM would obey.
{
    mkdir scratch('host');
    write_file(scratch('host/host.h'), "#define HOST 1\n");
    local @gos = (write_file(scratch('where.c'), <<'END'), write_file(scratch('there.asm'), <<'END'));
#if __has_include(<host.h>)
#include <host.h>
#endif
#ifdef HOST
int host = 1;
#else
int host = 0;
#endif
extern const int option;
int main(void) { return host + option; }
END
         ENTRY option
%ifdef HOST
option   DC    F'1'
%else
option   DC    F'0'
%endif
END
    my $first = image(bin('cc370'));
    local @ENV{qw(CPATH C_INCLUDE_PATH)} = (scratch('host')) x 2;
    local @ENV{qw(NASMENV TZ LC_ALL)} = ('-dHOST', 'Asia/Tokyo', 'de_DE.UTF-8');
    ok(image(bin('cc370')) eq $first, 'the same image, whatever the environment says');
    unlink glob(scratch('host') . '/*');
    rmdir scratch('host');
}

# Nor who makes it, in which process: with addresses that are not random, with
# other bytes in storage that was not set, a small stack, by another
# preprocessor, in another folder.
mkdir scratch('clang');
symlink((grep { -x } map { "$_/clang" } split /:/, $ENV{PATH})[0], scratch('clang/cc'));
for my $way (
    [setarch => '-R', bin('cc370')],
    (map { ['env', "MALLOC_PERTURB_=$_", bin('cc370')] } 1, 170),
    ['sh', '-c', 'umask 077; ulimit -s 1024; exec "$0" "$@"', bin('cc370')],
    ['env', 'PATH=' . scratch('clang') . ":$ENV{PATH}", bin('cc370')]) {
    ok(image(@$way) eq $expected, "the same image: @$way[0, 1]");
}
mkdir scratch('there');
ok(system('cp', '-rL', 'labs', scratch('there')) == 0, 'a copy of the sources');
{
    my ($cc370, $sdk, $here) = map { abs_path($_) } bin('cc370'), 'machine/sdk', '.';
    local $ENV{CPLAB_SDK} = $sdk;
    chdir scratch('there') or die;
    my ($status) = run_program('', $cc370, '-w', '-o', scratch('there/image'), @gos);
    chdir $here or die;
    ok($status == 0 && $expected eq join('', map { read_file(scratch("there/$_")) } qw(image image.map)),
        'the same image in another folder');
}

# Preprocessed files (-E, then .i) are the same program.
my @written = @gos;
@gos = map {
    local $ENV{CPLAB_SDK} = 'machine/sdk';
    my $to = scratch(s/.*\///r . '.i');
    my ($status) = /\.c$/ ? run_program('', bin('cc370'), '-E', $_, '-o', $to) : 1;
    $status == 0 ? $to : $_;
} @written;
is(scalar(grep { /\.i$/ } @gos), scalar(grep { /\.c$/ } @written), '-E preprocesses each file');
ok(image(bin('cc370')) eq $expected, 'preprocessed files: the same bytes, names and lines');
@gos = @written;

# And so is what is made of what it has kept: without the host's preprocessor,
# and without NASM.
mkdir scratch('kept');
@gos = ('--keep', scratch('kept'), @written);
ok(image(bin('cc370')) eq $expected, '--keep changes nothing');
my @kept = map { s/.*\///r } glob scratch('kept') . '/*';
is(scalar(grep { /^labs~common~\w+\.c\.i$/ } @kept), scalar(grep { /\.c$/ } @written), 'it keeps each C file');
ok((grep { $_ eq '~lib~strlen.c.i' } @kept), 'and those of the library that are needed');
@gos = ('--kept', scratch('kept'), @written);
{
    mkdir scratch('tools');
    local $ENV{PATH} = scratch('tools');
    ok(image(bin('cc370')) eq $expected, '--kept: the same image, without a preprocessor and NASM');
}
@gos = @written;
for my $host (
    { compiler => [qw(gcc -O0)] },
    { compiler => [qw(clang -O1)] },
    { compiler => [qw(clang --target=aarch64-linux-gnu -fuse-ld=lld -O1 -static)],
      run => ['qemu-aarch64'] },
) {
    my ($compiler, @options) = @{$host->{compiler}};
    my $cc370 = scratch('cc370-other');
    my ($status, $out, $err) = run_program('', $compiler, @options, '-std=c11',
        '-I.', '-Imachine/include', '-D_DEFAULT_SOURCE', '-w', '-o', $cc370,
        @files);
    is($status, 0, "$compiler @options builds cc370") or diag $err;
    ok(image(@{$host->{run} // []}, $cc370) eq $expected,
        "$compiler @options: the same bytes");
}
done_testing;
