#!/usr/bin/perl
# The policies of lab 04's solution on the machine, and the same in plain C for
# the host: fault for fault, victim for victim, over many strings and numbers of
# frames; and GOS's own counters.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

# The lab with other tests, and with the solution as what is given: one machine
# for each policy, kind of string and number of frames.
my $labs = scratch('labs');
mkdir $labs;
system('cp', '-r', 'labs/common', "$labs/common");
system('cp', '-r', 'labs/04-replacement', "$labs/04");
unlink grep { !/00-refer/ } glob("$labs/04/tests/*.lua"), glob("$labs/04/hidden/*.lua");

my ($tests, $points) = ('', '');
for my $policy (qw(fifo clock)) {
    for my $kind (qw(any phases loop scan skewed)) {
        my $name = "$policy-$kind";
        $points .= "$name 1\n";
        $tests .= <<"END";
measured { "$name", limit_insns = 100000000, run = function (m)
  local s
  for i, frames in ipairs { 1, 2, 3, 4, 5, 6, 8, 11, 16, 24 } do
    s = s and another(s, "$policy", frames) or system(m, "$policy", frames)
    local pages = make_string("$kind", 100 + i, 90)
    expect_reference(s, pages, "$policy")
    local changed = s.m:var("page_outs")
    s.m:check(s.m:var("page_ins") + s.m:var("zero_fills") == s.m:var("page_faults"),
      "pages read and pages begun do not add up to the faults")
    s.m:check(changed <= #pages, "pages written", changed, "not more than references")
  end
end }
END
    }
}
# Belady's anomaly, as the paper has it.
$points .= "anomaly 1\n";
$tests .= <<'END';
measured { "anomaly", run = function (m)
  local pages = string_of "1 2 3 4 1 2 5 1 2 3 4 5"
  local few = count_faults(system(m, "fifo", 3), pages)
  local more = count_faults(system(m:another {}, "fifo", 4), pages)
  m:expect("faults with 3 and 4 frames", { few, more }, { 9, 10 })
end }
END
write_file("$labs/04/tests/10-all.lua", $tests);
write_file("$labs/04/points.txt", $points);

my ($status, $out, $err) = run_program('', bin('grade'), "$labs/04", 'solutions/04-replacement');
is("$status$err", '0', 'graded');
for my $name ($points =~ /^(\S+)/mg) {
    my ($account) = $out =~ /^($name: .*?)(?=^\w|\z)/ms;
    like($account, qr/^$name: OK/, $name eq 'anomaly' ? 'Belady\'s anomaly on the machine'
        : "$name: ten numbers of frames, each fault and victim as in plain C");
}
done_testing;
