# Files that go through one run of the preprocessor: each is still a unit of
# its own.  The image is that of files which were preprocessed one by one.
use strict;
use warnings;
use lib 'tools';
use Cwd qw(abs_path getcwd);
use Kit;
use Test::More;

sub source { return write_file(scratch($_[0]), $_[1]) }

# A preprocessor that counts its runs.
mkdir scratch('path');
my $cc = write_file(scratch('path/cc'),
    "#!/bin/sh\necho run >>" . scratch('runs') . "\nPATH=$ENV{PATH} exec cc \"\$@\"\n");
chmod 0755, $cc;

# The words for cc370; returns how often the preprocessor ran, and what
# cc370 said.
sub compile
{
    my (@words) = @_;
    local $ENV{PATH} = scratch('path') . ":$ENV{PATH}";
    unlink scratch('runs');
    my ($status, $out, $err) = run_program('', bin('cc370'), @words);
    my $runs = -e scratch('runs') ? () = read_file(scratch('runs')) =~ /run/g : 0;
    return ($runs, $status, $err);
}

# Both images of some files, given as name => text, with options: the same, and
# the preprocessor ran so often.
sub same
{
    my ($what, $options, $runs, @files) = @_;
    my (@c, @i);
    while (my ($name, $text) = splice @files, 0, 2) {
        my $path = source($name, $text);
        next unless $name =~ /\.c$/;
        push @c, $path;
        compile('-E', @$options, $path, '-o', "$path.i");
        rename "$path.i", $path =~ s/c$/i/r;
        push @i, $path =~ s/c$/i/r;
    }
    my ($n, $status, $err) = compile(@$options, '-o', scratch('image'), @c);
    is($status, 0, "$what: accepted") or diag($err);
    is($n, $runs, "$what: runs of the preprocessor");
    compile(@$options, '-o', scratch('alone'), @i);
    ok(read_file(scratch('image')) eq read_file(scratch('alone')),
        "$what: the same image as file by file");
    my ($ours, $theirs) = map { read_file(scratch($_)) } 'image.map', 'alone.map';
    $theirs =~ s/^image alone/image image/m;
    is($ours, $theirs, "$what: the same map");
}

my $main = "int f(void), g(void);\nint main(void) { return f() * 16 + g(); }\n";
my $header = "#ifndef H_H\n#define H_H\n#define H 3\ntypedef int h_t;\n#endif\n";

# With the library, which is a run of its own.
same('macros and guards', [], 2,
    'h.h' => $header, 'main.c' => $main,
    'f.c' => "#include \"h.h\"\n#define X 4\n#define LEFT\nint f(void) { h_t x = X; return x + H; }\n",
    'g.c' => "#include \"h.h\"\n#define X(a) a\n#ifdef LEFT\n#error left\n#endif\n"
        . "int g(void) { h_t x = X(2); return x + H; }\n");
same('names of files and lines', [], 2, 'main.c' => $main,
    'f.c' => "const char *f_name = __FILE__;\nint f(void) { return f_name[__LINE__]; }\n",
    'g.c' => "\n#line 77 \"strange.y\"\nconst char *g_name = __FILE__;\n"
        . "int g(void) { return g_name[0] + __LINE__; }\n");
same('an option', ['-DLEFT=2'], 2, 'main.c' => $main,
    'f.c' => "int f(void) { return LEFT; }\n", 'g.c' => "int g(void) { return LEFT; }\n");

# What makes them go alone: at once (three files, and the library) ...
my $left = "#ifdef LEFT\n#error left\n#endif\n";
for my $case (
    ['#pragma once', "#include \"h.h\"\n#define LEFT H\n", "#include \"h.h\"\n#define LEFT H\n"],
    ['push_macro', "#define LEFT 1\n#pragma push_macro(\"LEFT\")\n", "$left#define LEFT 5\n"],
    ['__COUNTER__', ("enum { first = __COUNTER__ };\n#define LEFT __COUNTER__\n") x 2],
    ['a mark of ours', "#define LEFT 1\n#pragma cc370 end\n#pragma cc370 begin\n",
        "$left#define LEFT 5\n"],
    ) {
    my ($what, $f, $g) = @$case;
    same($what, [], 4, 'h.h' => "#pragma once\n$header", 'main.c' => $main,
        'f.c' => "${f}int f(void) { return LEFT; }\n",
        'g.c' => "${g}int g(void) { return LEFT; }\n");
}
for my $case (
    ['a trigraph', "??=define LEFT 1\n"],
    ['a digraph', "%:define LEFT 1\n"],
    ['a comment in #define', "#/* */define LEFT 1\n"],
    ['a #define of two lines', "#define \\\n LEFT 1\n"],
    ['a comment in front of #define', "/* */ #define LEFT 1\n"],
    ['a broken directive', "#def\\\nine LEFT 1\n"],
    ['a broken name', "#define LE\\\nFT 1\n"],
    ['the name of a file in a macro', "#define H \"left.h\"\n#include H\n"],
    ) {
    my ($what, $f) = @$case;
    same($what, [], 4, 'left.h' => "#define LEFT 1\n", 'main.c' => $main, 'f.c' => "${f}int f(void) { return LEFT; }\n",
        'g.c' => "${left}int g(void) { return 2; }\n");
}
same('a name with $', [], 4, 'main.c' => $main,
    'f.c' => "#define A\$B 1\nint f(void) { return A\$B; }\n",
    'g.c' => "#ifdef A\$B\n#error left\n#endif\nint g(void) { return 2; }\n");
# ... or after a run that counts for nothing.
same('an option that a file removes', ['-DLEFT=2'], 5, 'main.c' => $main,
    'f.c' => "#undef LEFT\n#define LEFT 3\nint f(void) { return LEFT; }\n",
    'g.c' => "int g(void) { return LEFT; }\n");
same('what is always defined', [], 5, 'main.c' => $main,
    'f.c' => "#undef __s370__\nint f(void) { return 1; }\n",
    'g.c' => "int g(void) { return __s370__; }\n");

# Names in the working folder, which gcc and clang show in two ways: one run, and
# the same image and map whichever is cc.
SKIP: {
    my ($clang) = grep { -x } map { "$_/clang" } split /:/, $ENV{PATH};
    skip 'clang is not installed', 6 if !$clang;
    my $root = getcwd();
    mkdir scratch('here') and mkdir scratch('here/sub');
    source('here/main.c', $main);
    source('here/sub/h.h', "static inline const char *h(void) { return __FILE__; }\n");
    source('here/f.c', "#include \"sub/h.h\"\nint f(void) { return h()[4] + __FILE__[0]; }\n");
    source('here/sub/g.c', "#include \"h.h\"\nint g(void) { return h()[4] + __FILE__[0]; }\n");
    my $which = read_file($cc);
    my %made;
    for my $name ('cc', $clang) {
        source('path/cc', $which =~ s/exec cc/exec $name/r);
        local $ENV{B} = abs_path(build('.'));
        chdir scratch('here');
        my ($n, $status, $err) = compile('-o', 'image', 'main.c', 'f.c', 'sub/g.c');
        chdir $root;
        is("$status$err", '0', "relative names, with $name");
        is($n, 2, '... runs of the preprocessor');
        $made{$name} = [map { read_file(scratch("here/$_")) } 'image', 'image.map'];
    }
    ok($made{cc}[0] eq $made{$clang}[0], '... the same image');
    is($made{$clang}[1], $made{cc}[1], '... the same map');
    source('path/cc', $which);
}

# Mistakes: the words are those of one file alone, and each is said once.
my $good = source('good.c', "int good(void) { return 1; }\n");
for my $case (
    ["#error not so\n", 1, qr/bad\.c:1:2: error: .*not so/],
    ["#include \"missing.h\"\n", 1, qr/bad\.c:1:10: fatal error: .*missing\.h/],
    ["#if 1\nint x;\n", 1, qr/bad\.c:1:\S* error: unterminated/],
    ["/* no end\n", 1, qr/bad\.c:1:1: error: unterminated/],
    ["#include <math.h>\n", 1, qr/found the mistakes above; .*no floating point/],
    ["#warning look out\nint main(void) { return 0; }\n", 0,
        qr/bad\.c:1:2: warning: .*look out/],
    ["int main(void) {\n", 1, qr/bad\.c:2: error: expected `\}'/],
    ) {
    my ($text, $want, $message) = @$case;
    my $bad = source('bad.c', $text);
    my (undef, $status, $err) = compile('-o', scratch('image'), $good, $bad);
    is($status, $want, "exit status of: $text");
    my $times = () = $err =~ /$message/g;
    is($times, 1, 'one message') or diag($err);
    my (undef, undef, $alone) = compile('-o', scratch('image'), $bad, scratch('none.c'));
    my ($first) = $alone =~ /\A(.*\n)/;
    like($err, qr/^\Q$first\E/m, 'as of this file alone');
    unlike($err, qr/stdin|cc370\.\w{6}/, 'the driver is not mentioned');
}
my (undef, $status, $err) = compile('-o', scratch('image'), $good, scratch('none.c'));
is($status, 1, 'a file that is missing');
like($err, qr/cannot read \S+none\.c: No such file/, 'is named');

# No place for the driver.
{
    local $ENV{TMPDIR} = scratch('nowhere');
    my (undef, $code, $said) = compile('-fsyntax-only', $good, source('other.c', "int other;\n"));
    is($code, 2, 'without a place for files');
    like($said, qr/^cc370: cannot make a file in \S+nowhere: No such/, 'it is named');
}

done_testing();
