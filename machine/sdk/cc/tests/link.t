# Several files to one image: what is in it, names, assembler, the map; and
# the messages about names that are missing or there twice.
use strict;
use warnings;
use lib 'tools';
use Kit;
use POSIX ();
use Test::More;

sub compile
{
    my (@words) = @_;
    return run_program('', bin('cc370'), '-o', scratch('image'), @words);
}

sub source { return write_file(scratch($_[0]), $_[1]) }

my $main = source('main.c', <<'END');
int add(int a, int b);
extern int shared;
static int helper(int x) { return x + 1; }
int never_called(void) { return helper(99); }
int unused_object = 5;
int main(void) { return helper(add(shared, 2)); }
END
my $other = source('other.c', <<'END');
int shared = 40;
static int helper(int a, int b) { return a + b; }
__attribute__((noinline)) int add(int a, int b) { return helper(a, b) - 1; }
END

my ($status, $out, $err) = compile($main, $other);
is($status, 0, 'two files with static functions of one name');
is($err, '', 'nothing to warn of');
($status) = run_program('', bin('run370'), scratch('image'));
is($status, 42, 'they run together');

my $map = read_file(scratch('image.map'));
like($map, qr/\A# cc370 map 4\nimage image size [0-9A-F]+ bss [0-9A-F]+\n/,
    'the map begins with the image');
like($map, qr/^sym [0-9A-F]{6} [0-9A-F]+ func add \S+other\.c$/m,
    'a function in the map');
like($map, qr/^sym [0-9A-F]{6} 4 data shared \S+other\.c$/m,
    'an object in the map');
like($map, qr/^line [0-9A-F]{6} \S+main\.c:6$/m, 'a line of C in the map');
like($map, qr/^line [0-9A-F]{6} crt0\.asm:\d+$/m,
    'a line of assembler in the map');
unlike($map, qr/never_called|unused_object/, 'what nobody uses is left out');
like(read_file(scratch('image.lst')), qr/; \S+main\.c:6: int main\(void\)/,
    'the listing has the lines of C');

# The same image from the same sources.
my $image = read_file(scratch('image'));
compile($main, $other);
ok($image eq read_file(scratch('image')), 'an image is the same every time');

# asm("FILE.asm"); is as good as the name on the command line, also twice.
mkdir scratch('part');
my $seven = source('part/seven.asm', " ENTRY seven\nseven LA R15,7\n BR R14\n");
my $calls = source('part/calls.c',
    'asm("seven.asm"); int seven(void); int main(void) { return seven(); }');
is_deeply([compile($calls, source('part/more.c', 'asm("./seven.asm");' . 'asm("seven.asm");'))],
    [0, '', ''], 'assembler files by asm()');
($status) = run_program('', bin('run370'), scratch('image'));
is($status, 7, 'they run');
my $by_asm = read_file(scratch('image'));
compile($calls, $seven);
ok($by_asm eq read_file(scratch('image')), 'the same image by both ways');

# An image takes the place of a file, and of nothing else.
POSIX::mkfifo(scratch('pipe'), 0600) or die "no pipe: $!";
($status, $out, $err) = run_program('', bin('cc370'), '-o', scratch('pipe'), $main, $other);
is($status, 1, 'no image is written to a pipe');
like($err, qr/pipe is not a file: give -o the name of one/, '... says why');
ok(-p scratch('pipe'), '... and it is still there');
($status, $out, $err) = run_program('', bin('cc370'), '-o', $main, $other);
like($err, qr/would write over a source file/, 'nor to a C file');
like(read_file($main), qr/main/, '... which is still there');

# Assembler and C call each other; names that NASM knows are no problem.
my $asm = source('part.asm', <<'END');
         ENTRY test
test     STM   R14,R12,12(R13)
         LR    R12,R15
         USING test,R12
         L     R1,0(,R1)
         LA    R1,5(,R1)
         ST    R1,test_word
         LA    R1,test_word
         EXTRN push
         L     R15,=V(push)
         LR    R2,R13
         LA    R13,test_save
         BALR  R14,R15
         LR    R13,R2
         L     R14,12(,R13)
         LM    R0,R12,20(R13)
         BR    R14
test_word DC   F'0'
test_save DS   18F
         LTORG
END
my $c = source('part.c', <<'END');
int test(int n);
int mov = 3;
int push(int x) { return x * mov; }
int main(void) { return test(9); }
END
($status, $out, $err) = compile($c, $asm);
is($status, 0, 'C and assembler') or diag $err;
($status) = run_program('', bin('run370'), scratch('image'));
is($status, 42, 'call each other');

# -S: NASM makes the same image of it.
my $zeros = source('zeros.c', <<'END');
extern char __image_end[];
char zeros[40] = {1}, *ends[] = {__image_end, zeros + 39}, bss[5];
__attribute__((section("tables"))) int table = 7;
extern int __start_tables[];
int push(int x);
void *from[] = {__start_tables, (void *)push, (void *)bss};
int first(int n) { return n + (ends[n] != 0) + (from[n] != 0) + bss[n]; }
END
my $first = source('first.asm', "         ENTRY start\nstart    DC    A(first),C'first'\n");
is_as_by_nasm($first, $asm, $c, $zeros);

# The image of these files, and what NASM makes of the source that -S writes;
# returns the map.
sub is_as_by_nasm
{
    my (@files) = @_;
    my ($status, $out, $err) = compile('-nostartfiles', @files);
    is("$status$err", '0', "an image of $files[0]");
    my $image = read_file(scratch('image'));
    compile('-nostartfiles', '-S', '-o', scratch('source.s'), @files);
    run_program('', 'nasm', '-f', 'bin', '-I', 'machine/sdk/asm/', '-I', 'machine/sdk/lib/', '-o',
        scratch('by_nasm'), scratch('source.s'));
    ok(read_file(scratch('by_nasm')) eq $image, '... NASM makes the same of the source that -S writes');
    return read_file(scratch('image.map'));
}

# Names that are defined further down, that NASM has a meaning
# for, and where cc370 does not see them.
my $names = source('names.c', "extern char start[], inside[], LOOP[], here[];\n" .
    "char *names[] = {start, inside, LOOP, here};\n");
for (['EQU', "AWAY     EQU   data+4\nLENGTH   EQU   L'AWAY\n", 'AWAY'],
     ['equ', "AWAY     equ   data+4\n", 'AWAY'],
     ['%if', "%if 1\nAWAY     DC    A(data)\n%endif\n", 'AWAY'],
     ['nothing', '', 'data']) {
    my ($what, $statements, $name) = @$_;
    my $passes = source("passes.asm", "         ENTRY start,inside,here\nstart    DC    A(LOOP)\n" .
        "%if 1\ninside   DC    A(*)\n%endif\nLOOP     BALR  R12,0\n         USING *,R12\n" .
        "         L     R1,$name\n         MVC   $name(4),here\n$statements         ENTRY LOOP\n" .
        "here     DS    0F\ndata     DC    F'1,2'\n");
    my $plain = source("plain.asm", read_file($passes) =~ s/^%.*\n//mgr =~ s/LOOP/LOAD/gr);
    is_as_by_nasm($passes, $names);
    like(is_as_by_nasm($plain, source('plain.c', read_file($names) =~ s/LOOP/LOAD/gr)),
        qr/^sym 0000(?!00)\w\w 0 (?:asm|dc) $name \S+$/m, "... with $what, $name in the map");
}

# What NASM has made is kept for programs with the same assembler files, and
# for no others.
mkdir scratch('kept');
my $nth = 0; # the texts of C files are kept by name
my $kept_asm = sub { return source('kept.asm', "         ENTRY start\nstart    DC    A(one),AL3(two)\n" .
    "behind   DC    A(one+6)\n         ORG   start+4\n         DC    A(two-1)\n         ORG\n         DC    $_[0]\n") };
my $kept_c = sub { return source(++$nth . '.c', $_[0] . "int one(void) { return 1; }\n") };
compile('-nostartfiles', '--keep', scratch('kept'), $kept_asm->("F'1'"), $kept_c->("char two[100] = {2};\n"));
ok(-s scratch('kept/second'), 'images are kept');
for (['another C', "F'1'", "int more = 3;\nchar two[3000] __attribute__((aligned(64)));\n"],
     ['another assembler file', "F'2'", "char two[100] = {2};\n"],
     ['a name less', "F'1'", 'static char two[100]; ']) {
    my ($what, $dc, $statements) = @$_;
    my @files = ($kept_asm->($dc), $kept_c->($statements));
    my @expected = (compile('-nostartfiles', @files), -e scratch('image') && read_file(scratch('image')));
    my @got = (compile('-nostartfiles', '--kept', scratch('kept'), @files),
        -e scratch('image') && read_file(scratch('image')));
    is_deeply(\@got, \@expected, "$what: the same with --kept");
    is($got[0], $what =~ /less/ ? 1 : 0, '... as it should be');
}

# Without crt0 the first assembler file is at location 0.
# What a macro of the file makes belongs to the line that calls it.
my $macro = source('macro.asm', <<'END');
%macro ANSWER 1
         LA    R15,%1
         BR    R14
%endmacro
         ENTRY answer
answer   DS    0H
         ANSWER 42
END
my $caller = source('caller.c', "int answer(void);\nint main(void) { return answer(); }\n");
($status, $out, $err) = compile($caller, $macro);
is("$status$err", '0', 'an assembler file with a macro');
is(join(' ', read_file(scratch('image.map')) =~ /^line [0-9A-F]{6} \S*macro\.asm:(\d+)$/mg),
    '7 7', '... whose instructions are on the line that calls it');

# A number is no address, wherever it comes from: nothing is named after it.
my $numbers = source('numbers.asm', <<'END');
         ENTRY answer
answer   DS    0H
         USING answer,R15
         USING AREA,R13
         LA    R15,SIX*7
         BR    R14
SIX      EQU   FIVE+1
FIVE     EQU   5
ALL      EQU   *-answer
ITSELF   EQU   answer
         ORG   answer+X'40'
BEHIND   EQU   *
         DS    F
AREA     DSECT
         DS    F
FIELD    DS    F
         DS    100F
AREALEN  EQU   *-AREA
END
($status, $out, $err) = compile($caller, $numbers);
is("$status$err", '0', 'an assembler file with EQU and a DSECT');
my @values = read_file(scratch('image.map')) =~ /^sym ([0-9A-F]{6} 0 abs \w+) \S*numbers\.asm$/mg;
is(join(', ', @values), '000000 0 abs AREA, 000004 0 abs FIELD, 000005 0 abs FIVE, ' .
    '000006 0 abs ALL, 000006 0 abs SIX, 000198 0 abs AREALEN', '... whose numbers are no addresses');
is(join(' ', read_file(scratch('image.map')) =~ /^sym [0-9A-F]{6} 0 (?:asm|dc|entry) (\w+) \S*numbers\.asm$/mg),
    'ITSELF answer BEHIND', '... while names of a place are');
($status, $out) = run_program('load ' . scratch('image') . " 0\npsw 0008000000000006\n" .
    "where\ndisplay ALL 2\n", bin('machine'), '--storage', '64K', '--monitor', '-');
like($out, qr/^\?\S+ where: no function of a map is at 000006, /m, '... for the monitor, too');
unlike($out, qr/numbers\.asm|ALL|FIELD|FIVE|SIX|AREA/, '... and nothing of the DSECT is where it looks');
like($out, qr/^000006: /m, '... which knows their values');

my $start = source('start.asm', <<'END');
         ENTRY start
start    DC    X'00000000',A(begin)
         DC    2F'0'                     ; where restart stores the old PSW
begin    BALR  R12,0
         USING *,R12
         LA    R13,stack
         L     R15,=V(work)
         BALR  R14,R15
         ST    R15,done+4
         LPSW  done
         DS    0D
done     DC    X'00020000',F'0'
         DS    200F
stack    DS    18F
         LTORG
END
my $work = source('work.c', "int work(void) { return 0x123; }\n");
($status, $out, $err) = compile('-nostartfiles', $start, $work);
is($status, 0, '-nostartfiles') or diag $err;
unlike(read_file(scratch('image.map')), qr/crt0/, 'crt0 is not there');
($status, $out) = run_program(
    "load " . scratch('image') . " 0\nrestart\nrun 100\nquit\n",
    bin('machine'), '--storage', '64K', '--monitor', '-');
like($out, qr/STOP wait psw=[0-9A-F]{8}00000123/, 'the image runs');

# What is wrong.
my $undefined = source('undefined.c', <<'END');
int missing(int);
int main(void)
{
    return missing(3);
}
END
($status, $out, $err) = compile($undefined);
is($status, 1, 'an undefined name is wrong input');
like($err, qr/undefined\.c:4:12: error: `missing' is used here, but defined/,
    'the message says where it is used');
ok(!-e scratch('missing'), 'no image');

my $twice = source('twice.c', "int shared = 1;\n");
($status, $out, $err) = compile($main, $other, $twice);
is($status, 1, 'a name that is defined twice');
like($err, qr/twice\.c:1:5: error: `shared' is defined twice/, 'the one place');
like($err, qr/other\.c:1:5: note: here as well/, 'and the other');

my $label = source('label.asm', "add      DC    F'1'\n");
($status, $out, $err) = compile($main, $other, $label);
is($status, 1, 'a label with the name of a function');
like($err, qr/other\.c:3:31: error: `add' is defined twice/, 'the function');
like($err, qr/label\.asm:1: note: here as well/, 'the label');

my $no_entry = source('noentry.asm', "missing  BR    R14\n");
($status, $out, $err) = compile($undefined, $no_entry);
like($err, qr/noentry\.asm:1: note: .*ENTRY missing/, 'ENTRY is forgotten');

# An inline definition is there for every file; any other definition is the one.
my $inline = source('inline.h', "int f(int x); inline int f(int x) { return x + 3; }\ninline int twice(int x) { return f(x) * 2; }\n"
    . "extern inline int late(void) { return 7; }\n");
my @inline = (source('in1.c', "#include \"inline.h\"\nextern int twice(int);\nvoid *p1(void) { return (void *)twice; }\n"),
    source('in2.c', "inline int twice(int x) { return x + x + 6; }\nvoid *p2(void) { return (void *)twice; }\n"),
    source('in3.c', "int f(int), twice(int), late(void);\nvoid *p1(void), *p2(void);\n"
        . "int main(void) { return twice(f(1)) + late() + (p1() == p2()); }\n"));
for (0 .. 2) {
    is((compile(@inline))[0], 0, 'inline definitions in several files') or diag $_;
    is((run_program('', bin('run370'), scratch('image')))[0], 22, 'are one function');
    push @inline, shift @inline;
}

# What two files, or a file and the library, say of one name.
my $use = source('use.c', "extern int x;\nint f(int);\n"
    . "int main(void) { return f(x); }\n");
my $define = source('define.c',
    "long long x = 3;\nint f(char *p) { return *p; }\n");
($status, $out, $err) = compile($use, $define);
is($status, 1, 'two files that disagree about types');
like($err, qr/define\.c:1:11: error: `x' is `long long' here, but `int' in/,
    'of an object');
like($err, qr/define\.c:2:5: error: `f' is `int \(char \*\)' here, but/,
    'of a function');
like($err, qr/use\.c:2:5: note: the other declaration/, 'both places');
my $own = source('own.c', <<'END');
#include <setjmp.h>
jmp_buf b;
void longjmp(jmp_buf b, int v) { (void)b, (void)v; for (;;); }
int main(void) { return setjmp(b); }
END
($status, $out, $err) = compile($own);
is($status, 1, "a name of a library's file that is needed");
like($err, qr/own\.c:3:6: error: `longjmp' is also in the library's setjmp\.asm/,
    'with the place');

my $bad = source('bad.asm', " SPACE\nx L R1,undefined_label\n");
($status, $out, $err) = compile($work, $bad, $undefined);
is($status, 1, 'a mistake in assembler is wrong input');

($status, $out, $err) = compile(scratch('nowhere.c'));
is($status, 1, 'a file that is not there');
like($err, qr/cannot read \S*nowhere\.c/, 'is named');
($status, $out, $err) = compile(source('include.c', "#include <nowhere.h>\n"));
is($status, 1, 'a header that is not there');
like($err, qr/include\.c:1:10: .*nowhere\.h/, 'is named with its place');
($status, $out, $err) = compile('notes.txt');
is($status, 1, 'a file of another kind');
{
    local $ENV{PATH} = scratch('empty');
    ($status, $out, $err) = compile($main, $other);
    is($status, 2, 'a tool that is not installed');
    like($err, qr/cannot run cc/, 'is named');
}
done_testing;
