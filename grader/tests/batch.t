#!/usr/bin/perl
# A class: every hand-in once, a gradebook, going on after a kill.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

# Graders that are killed leave their work folder there.
mkdir $ENV{TMPDIR} = scratch('tmp');
my $lab = 'grader/tests/lab-sum';
my $class = scratch('class');
my $book = scratch('grades.sqlite');
mkdir $class;
system('cp', '-r', 'grader/tests/good', "$class/ada");
system('cp', '-r', $lab, "$class/bob");
system('tar', '-C', 'grader/tests/good', '-czf', "$class/eve.tar.gz", '.');
mkdir "$class/nil";
symlink '/etc', "$class/zed";

sub batch { return run_program('', bin('grade'), 'batch', $lab, $class, '-g', $book, @_) }
sub sql { my ($s, $o) = run_program('', 'sqlite3', $book, $_[0]); return $o }

my ($status, $out, $err) = batch('--jobs', 2);
is("$status$err", '0', 'a class is graded');
my $table = <<'END';
ada                         7.5/7.5
bob                           1/7.5  missing: answers.txt
eve                         7.5/7.5
nil                           0/7.5  missing: sum.c answers.txt
zed                           0/7.5  missing: sum.c answers.txt
5 graded, 0 errors, mean 3.2/7.5

test                       pass partly   fail   skip  error
builds                        3      0      2      0      0
sum                           2      0      1      2      0
parts                         2      0      3      0      0
END
is($out, $table, '... with a summary');
is(sql("select name, earned from handin where status = 'graded' order by name"),
   "ada|750\nbob|100\neve|750\nnil|0\nzed|0\n", '... and a gradebook');
is(sql("select count(*) from result where test = 'sum' and status = 'pass'"), "2\n", '... test by test');

# What is there already is not done again; what is new or changed is.
sql("update handin set earned = 333 where name = 'ada'; delete from handin where name = 'bob'");
($status, $out) = batch();
like($out, qr/^ada +3\.33\/7\.5$/m, 'what was graded stays');
like($out, qr/^bob +1\/7\.5  missing/m, 'what was not is graded');
sleep 1;
write_file("$class/ada/sum.c", read_file("$lab/sum.c"));
($status, $out) = batch();
like($out, qr/^ada +[^3]\S*\/7\.5$/m, 'a changed hand-in is graded again');

# What is wrong with a hand-in as a whole is seen at once, whatever its name.
my $odd = scratch('odd');
mkdir $_ for $odd, "$odd/J\xC3\xB6rg M\xC3\xBCller";
write_file("$odd/a.zip", "PK");
write_file("$odd/J\xC3\xB6rg M\xC3\xBCller/$_", read_file("grader/tests/good/$_")) for qw(sum.c answers.txt);
system('cp', '-r', "$odd/J\xC3\xB6rg M\xC3\xBCller", "$odd/z");
write_file("$odd/z/sum.c", "int x = ;\n");
($status, $out, $err) = run_program('', bin('grade'), 'batch', $lab, $odd, '-g', "$odd/.book");
like($out, qr/^J\xC3\xB6rg M\xC3\xBCller {17}7\.5\/7\.5\na {29}0\/7\.5  no tar or zip archive.*^z .*  does not build: sum\.c:1:/ms,
     'a name that is not ASCII, no archive, what does not build');

# A folder also has what is no hand-in; an archive is one however it is named,
# and whatever is in it.
my $full = scratch('full');
mkdir $_ for $full, "$full/.git", "$full/ada";
system('cp', 'grader/tests/good/sum.c', 'grader/tests/good/answers.txt', "$full/ada");
write_file("$full/$_", "name,mark\n") for 'README', '.DS_Store', 'grades.csv', "two\nlines\e[2J.txt";
system('mkfifo', "$full/pipe");
symlink 'nowhere', "$full/link";
write_file("$full/cut.zip", "PK\3\4 cut off");
write_file("$full/not.TAR.GZ", "no archive\n");
write_file("$full/old.rar", "Rar!");
system('tar', '-C', 'grader/tests/good', '-czf', "$full/plain", '.');
system('tar', '-C', 'grader/tests/good', '-cf', "$full/plain2", '.');
system("cd grader/tests/good && zip -q $full/Upper.ZIP *");
system("cd grader/tests/good && zip -q - * > $full/\$(printf 'bell\\007')");
my @full = (bin('grade'), 'batch', $lab, $full, '-g', "$full/grades.sqlite");
($status, $out, $err) = run_program('', @full);
is("$status$err", '0', 'a folder with all sorts of things');
is($out =~ s/\n\ntest .*?\n\n/\n\n/sr, <<'END', '... of which folders and archives are hand-ins');
Upper                       7.5/7.5
ada                         7.5/7.5
bell                        7.5/7.5
cut                           0/7.5  a damaged archive, or no tar or zip
not                           0/7.5  no tar or zip archive that can be read
old                           0/7.5  no tar or zip archive that can be read
plain                       7.5/7.5
plain2                      7.5/7.5
8 graded, 0 errors, mean 4.68/7.5

passed over, for a hand-in is a folder or an archive with no dot in front:
    .DS_Store
    .git
    README
    grades.csv
    link
    pipe
    two?lines[2J.txt
END
is((run_program('', @full))[1], $out, '... the second time as well, with the gradebook there');
mkdir "$full/upper", mkdir "$full/cut";
like((run_program('', @full))[2], qr/cut and \S*cut\.zip are both hand-ins of cut: remove one$/m, 'two of one name');

# On a terminal one sees how far it is; nowhere else.
my $bar = `script -qec '${\ bin('grade')} batch $lab $class -g $book --again' /dev/null </dev/null`;
like($bar, qr/\r\[\.{40}\] 0 of 5\r.*\r\[#{16}\.{24}\] 2 of 5\r.*\r\[#{40}\] 5 of 5\r\n/s, 'a progress bar on a terminal');
($status, $out, $err) = batch('--again');
is($err, '', '... and nowhere else');

# Killed and started again.
unlink $book;
my $pid = fork() // die;
if ($pid == 0) {
    open STDOUT, '>', '/dev/null';
    exec bin('grade'), 'batch', $lab, $class, '-g', $book, '--jobs', 1;
}
for (1 .. 1000) {
    select undef, undef, undef, 0.02;
    last if -e $book && sql('select count(*) from handin') =~ /^[1-9]/;
}
kill 'KILL', $pid;
waitpid $pid, 0;
my @left = glob "$ENV{TMPDIR}/grade.*";
is(scalar(@left), 1, 'a batch that is killed leaves its folder');
mkdir "$ENV{TMPDIR}/grade.ABCDEF"; # nobody's that we know
($status, $out) = batch();
like($out, qr/^5 graded, 0 errors/m, '... and goes on');
is(join(' ', glob "$ENV{TMPDIR}/grade.*"), "$ENV{TMPDIR}/grade.ABCDEF", '... when its folder is removed, and no other');

# What cannot be graded is told, with the cause, and tried again.
my $wrong = scratch('wrong');
system('cp', '-r', $lab, $wrong);
write_file("$wrong/tests/z.lua", 'test { "wrong", image = false, run = function (m) local s = submission "sum.c" or "" ' .
    'if s:find("kaputt") then error("no way") end end }');
write_file("$wrong/points.txt", read_file("$wrong/points.txt") . "wrong 1\n");
my $some = scratch('some');
system("mkdir -p $some/one $some/two; cp grader/tests/good/* $some/one; cp grader/tests/good/* $some/two");
write_file("$some/two/sum.c", read_file("$some/one/sum.c") . "/* kaputt */\n");
my @two = (bin('grade'), 'batch', $wrong, $some, '-g', $book, '--patience', 300);
($status, $out, $err) = run_program('', @two);
is($status, 2, 'a hand-in that cannot be graded makes the status 2');
like($err, qr/^two is not graded: test wrong: the test itself fails: .*no way$/m, '... and is told with the cause');
like($out, qr/^1 graded, 1 errors/m, '... and counted');
($status, $out, $err) = run_program('', @two);
like("$status$err", qr/^2two is not graded/, 'it is tried again, and it alone');
system('cp', "$some/one/sum.c", "$some/two/sum.c");
($status, $out, $err) = run_program('', @two);
is("$status$err", '0', '... until it is graded');
write_file("$wrong/points.txt", "sum 1\n");
($status, $out, $err) = run_program('', @two, '--again');
is($status, 2, 'a lab that is wrong grades nobody');
like($err, qr/^two is not graded: grade: .*points\.txt: test builds has no points$/m, '... and is told by its grader');
($status, $out, $err) = run_program('', @two, '--patience', 'none');
like("$status$err", qr/^1.*--patience "none": a number/, 'patience that is no number');

mkdir "$class/eve";
($status, $out, $err) = batch();
like("$status$err", qr/^1.*both hand-ins of eve/, 'two hand-ins of one name');
($status, $out, $err) = run_program('', bin('grade'), 'batch', 'labs', $class);
like("$status$err", qr/^1.*no lab\.lua/, 'no lab');

done_testing;
