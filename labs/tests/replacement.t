#!/usr/bin/perl
# The policies of lab 04's solution on the machine, and the same in plain C for
# the host: fault for fault, victim for victim, over many strings and numbers of
# frames; and GOS's own counters.  Likewise LRU and the optimum, of which the one
# gets more from the machine, and the other from the test, than any policy that
# is to be written in the lab.
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

# LRU, in the place of the student's own, and the optimum, in that of the working
# set.  A slice ends behind each reference, so LRU knows the order of all.
my $handin = scratch('handin');
system('cp', '-r', 'solutions/04-replacement', $handin);
write_file("$handin/own.c", <<'END');
#include "policies.h"
static uint32_t last[FRAMES_AT_MOST], now;
static bool used[FRAMES_AT_MOST];
static void start(uint32_t frames) { (void)frames; }
static void loaded(uint32_t frame, uint32_t page) { (void)page, used[frame] = true, last[frame] = ++now; }
static void freed(uint32_t frame) { used[frame] = false; }
static void
tick(void)
{
    for (uint32_t f = 0; f < FRAMES_AT_MOST; f++)
        if (used[f] && frame_referenced(f)) {
            last[f] = ++now;
            frame_clear_reference(f);
        }
}
static uint32_t
victim(void)
{
    uint32_t best = FRAMES_AT_MOST;
    for (uint32_t f = 0; f < FRAMES_AT_MOST; f++)
        if (used[f] && !frame_pinned(f) && (best == FRAMES_AT_MOST || last[f] < last[best]))
            best = f;
    return best;
}
const struct replacement replace_own = {"lru", start, loaded, freed, tick, victim};
END
write_file("$handin/workset.c", <<'END');
#include "policies.h"
__attribute__((used)) uint32_t future[128], future_end; /* the test's */
static uint32_t page_in[FRAMES_AT_MOST], frames, at;
static bool used[FRAMES_AT_MOST];
static void start(uint32_t n) { frames = n; at = 0; }
static void loaded(uint32_t frame, uint32_t page) { used[frame] = true; page_in[frame] = page; }
static void freed(uint32_t frame) { used[frame] = false; }
static void tick(void) { at++; }
static uint32_t
victim(void)
{
    uint32_t best = 0, best_next = 0;
    for (uint32_t f = 0; f < frames; f++) {
        uint32_t next = at + 1;
        while (next < future_end && future[next] != page_in[f])
            next++;
        if (used[f] && next > best_next) {
            best_next = next;
            best = f;
        }
    }
    return best;
}
const struct replacement replace_workset = {"opt", start, loaded, freed, tick, victim};
END

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
for my $kind (qw(any phases loop scan skewed)) {
    $points .= "lru-$kind 1\nopt-$kind 1\n";
    $tests .= <<"END";
for _, both in ipairs { { "lru", "own" }, { "opt", "workset" } } do
local policy, place = table.unpack(both)
measured { policy .. "-$kind", limit_insns = 100000000, run = function (m)
  local s
  for i, frames in ipairs { 1, 2, 3, 4, 5, 6, 8, 11, 16, 24 } do
    s = s and another(s, place, frames) or system(m, place, frames)
    local pages = make_string("$kind", 200 + i, 90)
    local at = s.m:symbol("future").address
    for k, page in ipairs(pages) do s.m:word(at + 4 * k - 4, page) end
    s.m:var("future_end", #pages)
    local faults, want = replacement(policy, pages, frames)
    for k, page in ipairs(pages) do
      s.m:expect("reference " .. k, refer(s, page), want[k])
      tick(s)
    end
    s.m:expect("page faults that GOS has counted", s.m:var("page_faults"), faults)
  end
end }
end
END
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

my ($status, $out, $err) = run_program('', bin('grade'), "$labs/04", $handin);
is("$status$err", '0', 'graded');
for my $name ($points =~ /^(\S+)/mg) {
    my ($account) = $out =~ /^($name: .*?)(?=^\w|\z)/ms;
    like($account, qr/^$name: OK/, $name eq 'anomaly' ? 'Belady\'s anomaly on the machine'
        : "$name: ten numbers of frames, each fault and victim as in plain C");
}
done_testing;
