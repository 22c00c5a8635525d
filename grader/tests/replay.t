#!/usr/bin/perl
# The command that a failure names brings the monitor to the same instruction
# of the same machine, whatever the test did to it; and machines that are IPLed.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

mkdir $ENV{TMPDIR} = scratch('tmp');
my $lab = scratch('lab');
mkdir $_ for $lab, "$lab/tests";

# A program that takes in what it can get: lines, a record of a disk, cards.
write_file("$lab/main.c", <<'END');
#include <s370/ccw.h>
#include <s370/console.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>

__attribute__((used)) int turns;
__attribute__((used)) unsigned sum = 1;
static char line[100], sector[64], card[80];
static const struct { uint16_t bin, cylinder, head; } seek = {0, 0, 3};
static const struct { uint16_t cylinder, head; uint8_t record; } id = {0, 3, 2};

static void
run(unsigned device, const struct ccw *program)
{
    LOWCORE->caw = (uint32_t)program;
    s370_sio(device);
    while (s370_tio(device) == 2)
        ;
}

static void
add(const char *bytes, int len)
{
    for (int i = 0; i < len; i++)
        sum = sum * 31 + (unsigned char)bytes[i];
}

__attribute__((noinline)) void
turn(int len)
{
    struct ccw disk[] = {CCW_MAKE(CCW_DISK_SEEK, &seek, CCW_CC, 6),
        CCW_MAKE(CCW_DISK_SEARCH_ID, &id, CCW_CC, 5), CCW_MAKE(CCW_TIC, &disk[1], 0, 1),
        CCW_MAKE(CCW_DISK_READ, sector, CCW_SLI, sizeof(sector))};
    struct ccw reader[] = {CCW_MAKE(CCW_CARD_READ, card, CCW_SLI, sizeof(card))};

    run(0x130, disk);
    run(0x00C, reader);
    if (len > 0)
        add(line, len);
    add(sector, sizeof(sector));
    add(card, sizeof(card));
    turns++;
}

int
main(void)
{
    for (;;) {
        turn(console_read(line, sizeof(line)));
        printf("%d %d\n", turns, (int)sum);
    }
}
END
my $devices = '"0009 3215", "000C 3505 {work}/cards ascii eof", "0130 3330 {work}/pages"';
write_file("$lab/mine.c", "int mine;\n");
write_file("$lab/lab.lua", <<"END");
lab { title = "Inputs", files = { "mine.c" }, image = { "main.c", "mine.c" }, storage = "256K",
  devices = { $devices }, decks = { cards = "ONE\\nTWO\\n" },
  volumes = { pages = { type = "3330", cylinders = 1, record_bytes = 2048 } } }
END
write_file("$lab/points.txt", "inputs 1\ndeck 1\ndisk 1\nruns 1\n");
write_file("$lab/tests/a.lua", <<'END');
local function say(m, idle) m:note(("AT %d %s"):format(m:count(), idle or m:hash())) end

-- Every kind of input, each with the state before the next instruction.
local function inputs(m)
  m:run { until_read = true }
  m:type("a line")
  m:run { until_symbol = "turn" }
  m:run { count = 777 }
  say(m)
  m:run { count = 1 }
  m:disk("pages", 0, 3, 2, "changed while it ran")
  m:run { until_read = true }
  m:cancel()
  m:run { until_symbol = "turn" }
  say(m)
  m:cards("THREE\nFOUR\n", 0xC)
  m:fault(0x130, "data-check count=1")
  m:run { until_read = true }
  m:attention()
  m:external_key()
  m:key(0x3000, 0x36)
  m:set("fr2", 0x4110000000000000)
  m:var("sum", 5)
  m:type("again")
  m:run { count = 99 }
  m:attach(0xE, "1403 {work}/paper")
  m:detach(0xC)
  say(m)
  m:run { for_ms = 500 }
  m:type("last")
  say(m, "idle") -- the time is that of the next instruction
  m:part(1, "first", function ()
    m:run { until_symbol = "turn" }
    say(m)
    m:fail("something")
  end)
  m:var("sum", 7)
  m:run { count = 50000 }
end
test { "inputs", seeds = 2, run = function (m)
  if m.seed == 1 then inputs(m) end
end }
test { "deck", ipl = 0x00F,
  devices = { "0009 3215", "000C 3505 {work}/cards ascii eof", "000F 3505 {image}.deck", "0130 3330 {work}/pages" },
  run = function (m) m:run { until_symbol = "main" } m:expect_var("sum", 1) inputs(m) end }
test { "disk", ipl = 0x150,
  devices = { "0009 3215", "000C 3505 {work}/cards ascii eof", "0130 3330 {work}/pages", "0150 3330 {image}.disk" },
  run = function (m)
    m:expect("the image is not there yet", m:var("sum"), 0)
    m:run { until_symbol = "main" }
    inputs(m)
  end }
test { "runs", run = function (m)
  local b = m:another { }
  b:run { until_read = true }
  b:type("in the second machine")
  m:part(1, "the other machine", function ()
    b:run { count = 3000 }
    say(b)
    b:fail("something")
  end)
end }
END

my ($status, $out, $err) = run_program('', bin('grade'), $lab, $lab);
is("$status$err", '0', 'graded');
for my $test (qw(inputs deck disk runs)) {
    my ($account) = $out =~ /^($test: .*?)(?=^\w|\z)/ms;
    like($account, qr/^\s*happened: something/m, "$test: fails where it shall") or diag $account;
    my ($seed, $machine, $count) = $account =~ /--replay (\d):(\d):(\d+)$/m;
    is($seed, $test eq 'inputs' ? 1 : 0, '... with that seed');
    my @places = $account =~ /AT (\d+) (\w+)/g;
    is($places[-2], $count, '... at that count');
    splice @places, 0, @places - 2 if $test eq 'deck'; # the inner ones are as above
    while (my ($at, $hash) = splice @places, 0, 2) {
        my ($s, $o, $e) = run_program("hash\nquit\n", bin('grade'), $lab, $lab, '--test', $test,
                                      '--replay', "$seed:$machine:$at");
        my $state = $hash eq 'idle' ? qr/count=$at$/m : qr/^HASH $hash count=$at$/m;
        like($o, $state, "... and a replay to $at finds the same machine") or diag "$o$e";
    }
}

# The monitor knows the program, goes on from there, and has the media.
my ($at) = $out =~ /^inputs:.*?--replay (\S+)$/ms;
($status, $out, $err) = run_program("where\nlist main.c:30\nbreak 0\nprint sum\nrun 2000\nquit\n", bin('grade'), $lab, $lab,
                                    '--test', 'inputs', '--replay', $at);
like($out, qr/main\.c:\d+/, 'the monitor knows lines');
like($out, qr/^ +30> +(?=\S)/m, '... and has the sources');
like($out, qr/sum.*=/, '... and variables') or diag "$out$err";
like($out, qr/^STOP limit .*count=\d+$/m, '... and goes on');

# At a terminal one has the monitor's own prompt, and a line can be edited.
my $typed = `printf 'hx\\010ash\\nquit\\n' | script -qec '${\ bin('grade')} $lab $lab --test inputs --replay $at' /dev/null`;
like($typed, qr/^machine> .*^HASH \w+ count=\d+/ms, 'at a terminal lines can be edited') or diag $typed;

# Wrong media.
write_file("$lab/lab.lua", read_file("$lab/lab.lua") =~ s/000C 3505 \{work\}\/cards/000C 3505 {image}.tape/r);
($status, $out, $err) = run_program('', bin('grade'), $lab, $lab);
like("$status$err", qr/^1.*\{image\}\.deck or \{image\}\.disk is wanted/, 'a medium that is not made of images');

done_testing;
