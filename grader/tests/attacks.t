#!/usr/bin/perl
# Submissions that want more than a grade.  Each must end as a clear result of
# its own: graded, without points that were not earned, nothing read that is
# not theirs, nothing left behind.
use strict;
use warnings;
use lib 'tools';
use Config;
use Cwd 'abs_path';
use File::Path 'make_path';
use Test::More;
use Kit;

# ---- the lab ------------------------------------------------------------------

mkdir $ENV{TMPDIR} = scratch('tmp');
my $lab = scratch('lab');
make_path("$lab/tests");
write_file("$lab/lab.lua", <<'END');
lab { title = "Attacked", files = { "sum.c", "extra.asm" }, image = { "main.c", "sum.c", "extra.asm" },
  storage = "256K", devices = { "0009 3215", "000E 1403 {work}/paper.txt" },
  limit_insns = 300000, limit_ms = 20000 }
END
write_file("$lab/points.txt", "sum 4\nsays 1\n");
write_file("$lab/tests/a.lua", <<'END');
test { "sum", run = function (m)
  m:var("list[2]", 300)
  m:run { until_wait = true }
  m:expect_var("result", 307)
end }
test { "says", run = function (m)
  m:run { until_wait = true }
  m:expect_console("^never said$")
end }
END
write_file("$lab/main.c", <<'END');
#include <stdio.h>
#include "sum.h"
__attribute__((used)) int list[4] = {1, 2, 3, 4};
__attribute__((used)) int result;
int main(void) { result = sum(list, 4); printf("done\n"); return 0; }
END
write_file("$lab/sum.h", "int sum(const int *list, int length);\n");

my $secret = 'SECRET-' . $$;
my $secret_file = write_file(scratch('secret'), "$secret\n");
my $good = 'int sum(const int *l, int n) { int t = 0; for (int i = 0; i < n; i++) t += l[i]; return t; }';
my $asm = "         ENTRY extra\nextra    DC    F'0'\n";

my $n = 0;

# A folder with these files.
sub folder
{
    my %files = ('extra.asm' => $asm, @_);
    my $dir = scratch('sub' . $n++);
    make_path($dir);
    defined $files{$_} and write_file("$dir/$_", $files{$_}) for keys %files;
    return $dir;
}

# Grade it; what must hold for all.  Returns the text.
sub attack
{
    my ($name, $submission, $like, $score) = @_;
    my ($status, $out, $err) =
        run_program('', bin('grade'), $lab, $submission);
    my @problems;
    push @problems, "status $status" if $status != 0;
    push @problems, "messages" if $err ne '';
    push @problems, "score" if $out !~ /^Score: \Q$score\E\/5$/m;
    push @problems, "tells a secret" if $out =~ /$secret|root:x/;
    push @problems, "control bytes" if $out =~ /[^\n\t\x20-\x7e\x80-\xff]/;
    push @problems, "too long" if length $out > 20000;
    push @problems, "says something else" if $out !~ $like;
    ok(!@problems, "$name: " . (join ', ', @problems))
        or diag(substr("$out$err", 0, 1500));
    return $out;
}

sub code { my ($name, $c, $like, $score) = @_; attack($name, folder('sum.c' => $c), $like, $score) }

my $built = qr/does not build/;

attack('the good one', folder('sum.c' => $good), qr/sum: OK 4\/4/, 4);

# ---- reading what is not theirs -------------------------------------------------

my $in_memory = "/dev/shm/attacks.$$";
END { unlink $in_memory if defined $in_memory }
write_file($in_memory, "int other;\n") if -w '/dev/shm';

sub reading
{
    my ($oracle) = @_;
    code('include of a host file', "#include \"/etc/passwd\"\n$good", $built, 0);
    code('include of a secret', "#include \"$secret_file\"\n$good", $built, 0);
    code('include of a file in memory, where others are graded', "#include \"$in_memory\"\n$good", $built, 0);
    code('include by way of ..', "#include \"../../../../../../../..$secret_file\"\n$good", $built, 0);
    code('include of the environment', "#include \"/proc/self/environ\"\n$good", $built, 0);
    attack("%include of $_, another at each look", folder('sum.c' => $good, 'extra.asm' => "${asm}%include '$_'\n"), qr/this file cannot be read/, 0)
        for '/proc/sys/kernel/random/uuid', '/dev/urandom';
    code('include of the lab\'s points', "#include \"" . abs_path($lab) . "/points.txt\"\n$good", $built, 0);
    code('a message of a file that is not there', "#line 1 \"$secret_file\"\nint x = ;", $built, 0);
    code('has_include as an oracle', "#if __has_include(\"$secret_file\")\n#error there\n#endif\n$good", $oracle, $oracle eq $built ? 0 : 4);
    attack('INCBIN', folder('sum.c' => $good, 'extra.asm' => "${asm}incbin \"$secret_file\"\n"), $built, 0);
    attack('%include', folder('sum.c' => $good, 'extra.asm' => "%include \"$secret_file\"\n"), $built, 0);
    attack('the environment in NASM', folder('sum.c' => $good, 'extra.asm' => "%defstr p %!SECRET\n%error p\n"), $built, 0);
}

reading(qr/sum: OK/);
{
    # Without bubblewrap, by Landlock.
    local $ENV{PATH} = scratch('nothing');
    reading($built);
    attack('the good one under Landlock', folder('sum.c' => $good), qr/sum: OK 4\/4/, 4);
}

# ---- nowhere to hide ----------------------------------------------------------------

# A filter of system calls answers landlock_create_ruleset with "not supported",
# and PATH leads to no bubblewrap.
my %prctl = (x86_64 => 157, aarch64 => 167);
my $no_landlock = write_file(scratch('no_landlock'), <<'END');
my ($prctl, @words) = @ARGV;
my $filter = pack '(SCCL)*', 0x20, 0, 0, 0, 0x15, 0, 1, 444, 0x06, 0, 0, 0x50000 | 95, 0x06, 0, 0, 0x7FFF0000;
syscall($prctl, 38, 1, 0, 0, 0) == 0 && syscall($prctl, 22, 2, pack('S x6 P', 4, $filter)) == 0 or die $!;
exec @words;
END
SKIP: {
    my ($kind) = $Config{archname} =~ /^(\w+)/;
    skip "no number of prctl for $kind", 3 if !$prctl{$kind};
    my @grade = ($^X, $no_landlock, $prctl{$kind}, bin('grade'), $lab, folder('sum.c' => $good));
    local $ENV{PATH} = scratch('nothing');
    my ($status, $out, $err) = run_program('', @grade);
    like("$status$out$err", qr/^2grade: no sandbox can be had here, .*--trusted/, 'without any sandbox the grader refuses');
    ($status, $out, $err) = run_program('', @grade, '--trusted');
    like("$status$out", qr/^0.*^sum: OK 4/ms, '... unless it is told to trust') or diag "$out$err";
    $ENV{PATH} = '/usr/bin:/bin';
    ($status, $out, $err) = run_program('', @grade);
    like("$status$out", qr/^0.*^sum: OK 4/ms, '... or has bubblewrap') or diag "$out$err";
}

# ---- bombs ------------------------------------------------------------------------

code('a source that includes itself', "#include __FILE__\n", $built, 0);
code('a macro bomb', join('', "#define A0 x x x x x x x x x x\n",
     map { my $p = $_ - 1; "#define A$_ " . "A$p " x 10 . "\n" } 1 .. 9) . "A9\n", qr/ERROR|does not build/, 0);
code('a gigabyte of data', "char big[1 << 30] = {1};\n$good", $built, 0);
attack('a gigabyte of zeros', folder('sum.c' => $good, 'extra.asm' => "${asm}times 1000000000 db 0\n"), qr/ERROR|does not build/, 0);
attack('a section far away', folder('sum.c' => $good, 'extra.asm' => "${asm}section .far start=0x50000000\ndb 1\n"), qr/larger than any storage/, 0);
code('a chain of additions', "int sum(const int *l, int n) { return " . 'n + ' x 50000 . "n; }", qr/does not build/, 0);
code('a tower of parentheses', 'int x = ' . '(' x 100000 . '1' . ')' x 100000 . ";\n$good", qr/ERROR|does not build/, 0);
code('ten thousand errors', "int f(void) { " . "y; " x 10000 . "}\n$good", $built, 0);
code('an error message that rules the terminal', "#error \e[2J\e]0;owned\a\n$good", $built, 0);

# ---- files that are none -----------------------------------------------------------

sub odd { my ($make) = @_; my $dir = folder(); $make->("$dir/sum.c"); return $dir }
attack('a symbolic link', odd(sub { symlink $secret_file, $_[0] }), qr/symbolic link/, 0);
attack('a FIFO', odd(sub { system 'mkfifo', $_[0] }), qr/no regular file/, 0);
attack('a folder', odd(sub { mkdir $_[0] }), qr/no regular file/, 0);
attack('a file of 10 GB', odd(sub { open my $f, '>', $_[0]; truncate $f, 10e9 }), qr/too large/, 0);

# ---- archives ------------------------------------------------------------------------

my $packed = folder('sum.c' => $good);
my $tar = scratch('a.tar');
sub tar { unlink $tar; system('tar', '-cf', $tar, @_) == 0 or die; return $tar }
attack('an honest archive', tar('-C', $packed, 'sum.c', 'extra.asm'), qr/sum: OK/, 4);
attack('paths that climb', tar('-P', '-C', $packed, '--transform', 's,^extra,../../../../evil,', 'sum.c', 'extra.asm'), qr/missing: extra.asm/, 0);
my $outside = scratch('outside');
attack('absolute paths', tar('-P', '-C', $packed, '--transform', "s,^extra.asm,$outside,", 'sum.c', 'extra.asm'), qr/missing: extra.asm/, 0);
ok(!-e $outside, '... nothing was written there');
my $links = folder();
symlink $secret_file, "$links/sum.c";
attack('a link in an archive', tar('-C', $links, 'sum.c', 'extra.asm'), qr/no regular file/, 0);
my $hard = folder('sum.c' => $good, 'aaa' => 'x');
link "$hard/aaa", "$hard/zzz"; unlink "$hard/sum.c"; link "$hard/aaa", "$hard/sum.c";
attack('a hard link in an archive', tar('-C', $hard, 'aaa', 'sum.c', 'extra.asm'), qr/no regular file/, 0);
my $detour = scratch('detour');
make_path($detour, $outside);
symlink $outside, "$detour/in";
tar('-C', $detour, 'in');
unlink "$detour/in";
make_path("$detour/in");
write_file("$detour/in/sum.c", $good);
write_file("$detour/in/extra.asm", $asm);
system 'tar', '-rf', $tar, '-C', $detour, 'in/sum.c', 'in/extra.asm';
attack('a link to a folder, and files behind it', $tar, qr/sum: OK/, 4);
is(join(' ', glob "$outside/*"), '', '... nothing was written there');
write_file("$detour/\e[2J\nScore: 5", $good);
attack('a name that rules the terminal', tar('-C', $detour, "\e[2J\nScore: 5"), qr/missing: sum\.c/, 0);
write_file("$detour/sum.c", read_file(tar('-C', $packed, 'sum.c', 'extra.asm')));
attack('an archive in an archive', tar('-C', $detour, 'sum.c'), qr/does not build/, 0);
my $rules = folder('sum.c' => 'int sum(const int *l, int n) { return 0; }', 'points.txt' => "sum 100\n", 'main.c' => 'int main(void) { return 0; }', 'lab.lua' => 'os.exit(0)');
attack('rules of its own', tar('-C', $rules, '.'), qr/sum: FAIL/, 0);
write_file("$tar.bad", substr(read_file(tar('-C', $packed, 'sum.c', 'extra.asm')), 0, 700));
attack('half an archive', "$tar.bad", qr/damaged|unpacked|missing/, 0);
write_file("$tar.bad", join '', map { chr($_ * 7 % 256) } 1 .. 5000);
attack('no archive', "$tar.bad", qr/no tar or zip archive/, 0);
my $zeros = folder('extra.asm' => $asm);
{ open my $f, '>', "$zeros/sum.c"; truncate $f, 100e6 }
system "tar -C $zeros -czf $tar.gz sum.c extra.asm";
attack('a file that unpacks to 100 MB', "$tar.gz", qr/too (large|much)/, 0);

# ---- while it runs --------------------------------------------------------------------

my $lies = join '', map { "printf(\"$_\\n\");" } 'sum: OK 4/4', 'Score: 5/5', '{\"score\": 5}', 'ok 1 - sum';
code('forged verdicts', "#include <stdio.h>\nint sum(const int *l, int n) { $lies return 1; }", qr/sum: FAIL 0\/4/, 0);
code('control characters on the console', "#include <stdio.h>\nint sum(const int *l, int n) { printf(\"\\x27[2J\\x2f\\x07owned\\n\"); return 1; }", qr/sum: FAIL/, 0);
code('an endless loop', 'int sum(const int *l, int n) { volatile int x = 0; for (;;) x++; }', qr/sum: TIMEOUT/, 0);
code('endless recursion', 'int sum(const int *l, int n) { volatile int x = n; return sum(l, n + 1) + x; }', qr/sum: (TIMEOUT|FAIL)/, 0);
code('endless printing', "#include <stdio.h>\nint sum(const int *l, int n) { for (;;) printf(\"Score: 5/5\\n\"); }", qr/sum: TIMEOUT/, 0);
code('an enabled wait for ever', "#include <s370/insn.h>\nint sum(const int *l, int n) { s370_lpsw(0xFF02000000000000ULL); return 0; }", qr/sum: (TIMEOUT|FAIL)/, 0);
code('program interruptions without end', 'int sum(const int *l, int n) { *(volatile int *)0x68 = 0; *(volatile int *)0x6c = 1; __builtin_trap(); return 0; }', qr/sum: |build/, 0);
code('a channel program that never ends', <<'END', qr/sum: (TIMEOUT|FAIL|ERROR)/, 0);
#include <s370/insn.h>
static unsigned long long program[2] = {0x0300000060000001ULL, 0};
int sum(const int *l, int n) {
    program[1] = 0x0800000000000000ULL | (unsigned long long)(unsigned)&program[0] << 32;
    *(volatile unsigned *)0x48 = (unsigned)&program[0];
    s370_sio(0x00E);
    for (;;) s370_tio(0x00E);
}
END
code('storage changed under the test', 'extern int result, list[]; int sum(const int *l, int n) { for (volatile char *p = (char *)0; p < (char *)0x40000; p++) *p = 0; return 307; }', qr/sum: /, 0);

is(join(' ', glob "$ENV{TMPDIR}/grade.*"), '', 'nothing is left behind');
done_testing;
