#!/usr/bin/perl
# handbook.t - the handbook against the tree: links lead somewhere, files that
# it names exist, what people can type is described, its examples print what
# it says
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;
use File::Basename;

my @pages = (glob('handbook/*.md'), glob('handbook/reference/*.md'));
my %text = map { $_ => read_file($_) } @pages, 'README.md';
my $book = join '', values %text;

# A heading as a link names it.
sub anchor
{
    my ($heading) = @_;
    $heading = lc $heading;
    $heading =~ s/[^\w\- ]//g;
    $heading =~ s/ /-/g;
    return $heading;
}

my %anchors;
for my $page (keys %text) {
    $anchors{$page}{anchor($1)} = 1 while $text{$page} =~ /^#+ +(.*)$/mg;
    $anchors{$page}{$1} = 1 while $text{$page} =~ /<a id="([^"]*)">/g;
}

# ---- links ------------------------------------------------------------------

my @broken;
for my $page (sort keys %text) {
    while ($text{$page} =~ /\]\(([^)\s]+)\)/g) {
        my $link = $1;
        next if $link =~ /^https?:/;
        my ($file, $place) = split /#/, $link, 2;
        my $path = $file eq '' ? $page : dirname($page) . "/$file";
        $path =~ s{[^/]+/\.\./}{}g;
        $path =~ s{^\./}{};
        if (!-e $path) {
            push @broken, "$page: $link: no such file";
        } elsif (defined $place && !$anchors{$path}{$place}) {
            push @broken, "$page: $link: no such heading";
        }
    }
}
is("@broken", '', 'every link leads to a file and a heading');

# ---- files and targets ------------------------------------------------------

# What `make` says of itself; files that are only built count as their rules.
my %target = map { $_ => 1 }
    map { read_file($_) =~ /^([a-z-]+):/mg } 'Makefile',
    read_file('Makefile') =~ /^include (\S+)/mg;
my $folders = join '|', qw(machine cp labs handbook tools build grader);
my (@missing, @unknown);
for my $page (sort keys %text) {
    while ($text{$page} =~ /`([^`\n]+)`/g) {
        my $code = $1;
        next if $code =~ /\.\.\./; # a part is left out
        if ($code =~ m{^((?:$folders)/[\w./-]*)(?=$|[\s,])}) {
            my $path = $1;
            next if $path =~ m{^build/(?:handin|lab)/}; # made on demand
            $path =~ s{^build/}{build('')}e;
            push @missing, "$page: $path" unless -e $path || $path =~ /asan/;
        }
        push @unknown, "$page: make $1"
            if $code =~ /^make(?: -s| V=1| SANITIZE=1)* ([a-z][a-z-]*)/ &&
            !$target{$1};
    }
}
is("@missing", '', 'every file that is named exists');
is("@unknown", '', 'every target that is named exists');

# ---- what people can type ---------------------------------------------------

# Names that are in a file by a pattern and in the pages given as a word.
sub described
{
    my ($what, $source, $pattern, @in) = @_;
    my $text = join '', map { $text{$_} } @in;
    my @names = read_file($source) =~ /$pattern/mg;
    cmp_ok(scalar @names, '>', 0, "$source has $what");
    my @left = grep { $text !~ /(?<!\w)(?<!\w-)\Q$_\E(?![\w-])/i } @names;
    is("@left", '', "every one of $what is described");
}

described('the console functions', 'cp/command.c',
          qr/^    \{"(\w+)", \d+, /m, 'handbook/04-cp.md');
described('the operands of SET', 'cp/cmd_set.c', qr/^    \{"(\w+)", \d, /m,
          'handbook/04-cp.md');
described('the operands of QUERY', 'cp/cmd_query.c', qr/\{"(\w+)", \d, query/m,
          'handbook/04-cp.md');
described('the commands of the monitor', 'machine/front/command_table.c',
          qr/^    \{"([a-z-]+)", "/m, 'handbook/02-machine.md');
described('the statements of a configuration', 'machine/front/machine_file.c',
          qr/^    \{"([A-Z]+)", set_/m, 'handbook/02-machine.md');
described('the monitor program\'s options', 'machine/front/cli.c',
          qr/^    \{"([a-z-]+)", (?:'|OPT)/m, 'handbook/02-machine.md');
described('the console program\'s options', 'machine/front/console.c',
          qr/^    \{"([a-z-]+)", (?:'|OPT)/m, 'handbook/02-machine.md');
described("the options of $_", "machine/sdk/$_.c", qr/^    \{"([a-z-]+)", '/m,
          'handbook/03-programming.md') for qw(run370 mkdeck mkdasd);
described('the library\'s functions', "machine/sdk/include/$_",
          qr/^(?!typedef)[a-z_][\w ]*?[ *]([a-z]\w+)\(/m, 'handbook/03-programming.md')
    for qw(ctype.h string.h stdio.h stdlib.h setjmp.h ring.h crc.h ebcdic.h
           s370/insn.h s370/console.h);
described('the library\'s lists', 'machine/sdk/include/list.h',
          qr/^(list_\w+)\(/m, 'handbook/03-programming.md');
described('the groups of warnings', 'machine/sdk/cc/diag.c',
          qr/"((?!no-)[a-z]+-[a-z]+|unused|pointers|constants|conversion|format)"/m,
          'handbook/03-programming.md');

# Every file of the compiler has its place in the page about it.
is(join(' ', grep { $text{'handbook/compiler.md'} !~ /`\Q$_\E`/ }
        map { basename($_) } glob('machine/sdk/{cc,asmcheck}/*.[ch]')),
   '', 'every file of cc370 is described');
# So many lines as the page says, within a tenth.
{
    my ($page) = $text{'handbook/compiler.md'};
    my @wrong;
    my $lines = sub {
        return scalar(() = join('', map { read_file($_) } @_) =~ /\n/g);
    };
    my ($all) = $page =~ /about ([\d,]+) lines/;
    my @rows = map { [/`([^`]+)`/g, /\| ([\d,]+) \|/] }
        $page =~ /^(\| .*`.*\| [\d,]+ \|.*)$/mg;
    cmp_ok(scalar @rows, '>', 10, 'the way through cc370 has steps');
    for my $row ([map({ basename($_) } glob 'machine/sdk/cc/*.[ch]'), $all],
        @rows) {
        my $said = pop(@$row) =~ s/,//r;
        my $is = $lines->(map { m{/} ? glob "$_/*" : "machine/sdk/cc/$_" }
            @$row);
        push @wrong, "$row->[0]...: $is, not $said"
            if abs($is - $said) > $said / 10 + 10;
    }
    is("@wrong", '', 'the files have as many lines as the page says');
}

# cc370's options have letters, with the rest of their name behind.
{
    my $source = read_file('machine/sdk/cc/main.c');
    my @options = map { "-$_->[0]" . ($_->[1] // '') }
        map { /'(\w)', "([a-z-]+)"/ ? [$1, $2] : /'(\w)'/ ? [$1] : () }
        $source =~ /^    \{NULL, ('\w', (?:"[^"]*"|NULL))/mg;
    push @options, map { "--$_" } $source =~ /^    \{"([a-z-]+)", OPT/mg;
    cmp_ok(scalar @options, '>', 8, 'cc370 has options');
    my @left = grep { $text{'handbook/03-programming.md'} !~ /\Q$_\E\b/ }
        @options;
    is("@left", '', 'every option of cc370 is described');
}

# Messages of CP have numbers; the handbook tells what to do about each.
{
    my %number;
    for my $file (glob 'cp/*.c') {
        my $source = read_file($file);
        $number{$1} = 1
            while $source =~ /"(?:DMK[A-Z]{3})?(\d{3})[A-Z][ "]/g;
    }
    my @left = grep { $text{'handbook/04-cp.md'} !~ /$_/ } sort keys %number;
    is("@left", '', 'every message of CP is described');
}

# ---- examples ---------------------------------------------------------------

# A line of the chapter's transcripts.
sub shown { return $text{'handbook/03-programming.md'} =~ /^    \Q$_[0]\E$/m }

my $examples = 'handbook/examples';
my ($status, $out, $err) =
    run_program("Ada\n", bin('run370'), "$examples/hello.c");
is("$status$err", '0', 'hello.c runs');
ok(shown($_), "... and prints what the book says: $_") for split /\n/, $out;

($status, $out, $err) =
    run_program('', bin('run370'), "$examples/total.c", "$examples/sum.asm");
is("$status$err", '0', 'total.c and sum.asm run');
ok(shown($_), "... and print what the book says: $_") for split /\n/, $out;

# The compiler's page follows sum.c through it.
($status, $out, $err) = run_program('', bin('run370'), "$examples/sum.c");
is("$out$err$status", 42, 'sum.c adds up');
{
    run_program('', bin('cc370'), '-o', scratch('sum'), "$examples/sum.c");
    my $listing = read_file(scratch('sum.lst'));
    my @lines = $text{'handbook/compiler.md'} =~ /^    ([0-9A-F]{8} .*|; hand.*)$/mg;
    cmp_ok(scalar @lines, '>', 4, 'the page shows instructions');
    is(join("\n", grep { $listing !~ /^\Q$_\E/m } @lines), '',
       'they are what cc370 makes of sum.c');
}

my ($image, $deck, $paper) = map { scratch($_) } qw(driver driver.deck paper);
($status, $out, $err) =
    run_program('', bin('cc370'), '-o', $image, "$examples/driver.c",
                "$examples/entry.asm");
is("$status$err", '0', 'driver.c and entry.asm are compiled');
{
    my ($listing) = read_file("$image.lst");
    my ($lines) = $text{'handbook/03-programming.md'} =~
        /^    ; handbook\S+driver.c:(?:.*\n)((?:    [0-9A-F]{8} .*\n)+)/m;
    my @left = grep { $listing !~ /^\w{8} \Q$_\E$/m }
        $lines =~ /^    \w{8} (.*)$/mg;
    is("@left", '', 'the instructions that it shows are in the listing');
}
run_program('', bin('mkdeck'), '-o', $deck, $image);
my $conf = write_file(scratch('conf'),
                      "0009 3215\n000C 3505 $deck\n000E 1403 $paper\n");
run_program('', bin('cc370'), '-o', "$image.lines", "$examples/lines.c");
run_program('', bin('mkdeck'), '-o', "$deck.lines", "$image.lines");
write_file("$conf.lines",
           "0009 3215\n000C 3505 $deck.lines\n000E 1403 $paper\n");
($status, $out, $err) =
    run_program('', bin('machine'), '-f', "$conf.lines", '--ipl', 'C');
is("$status$err", '0', 'the channel program by hand runs');
ok(shown($out =~ s/\n//r), '... and shows its unit status');
is(read_file($paper), "squares\n-------\n", '... and prints two lines');
($status, $out, $err) = run_program('', bin('machine'), '-f', $conf, '--ipl', 'C');
is("$status$err", '0', 'the driver runs');
ok(shown($out =~ s/\n//r), '... and counts its interruptions');
my @printed = split /\n/, read_file($paper);
is(scalar @printed, 10, '... prints ten lines');
ok(shown($printed[$_]), "... as the book says: $printed[$_]") for 0, 1;

# The functions that the chapter shows are those of the file.
for my $file (glob "$examples/*") {
    my $source = read_file($file);
    my @lines = map { "    $_" =~ s/ +$//r }
        grep { !/^\s*$/ && !m{^\s*/?\*} } split /\n/, $source;
    my $n = grep { $book =~ /^\Q$_\E$/m } @lines;
    cmp_ok($n, '>', @lines / 4, "$file is shown") unless $file =~ /total\.c/;
}

done_testing();
