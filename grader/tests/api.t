#!/usr/bin/perl
# What tests can do with a machine, each point in a test of a lab about GOS.
use strict;
use warnings;
use lib 'tools';
use Test::More;
use Kit;

my $labs = scratch('labs');
mkdir $labs;
system('cp', '-r', 'labs/common', "$labs/common");
system('mkdir', '-p', "$labs/gos/tests");
write_file("$labs/gos/mine.c", "int mine = 5;\n");
write_file("$labs/gos/hide.c", <<'END');
static int hidden = 5;
__attribute__((used)) static int inside(void)
{
    static int hidden = 9, only = 7;
    return hidden++ + only++;
}
__attribute__((used)) static int outside(void)
{
    return hidden++;
}
END
my ($gos) = read_file('labs/labs.mk') =~ /^GOS := \$\(addprefix labs\/common\/,(.*?)\)/ms;
my $sources = join ', ', map { "\"common/$_\"" } $gos =~ /[\w.]+/g;
write_file("$labs/gos/lab.lua", <<END);
lab { title = "GOS", files = { "mine.c" }, flags = { "-nostartfiles" },
  image = { $sources, "mine.c", "hide.c" },
  devices = { "0009 3215", "000C 3505 {work}/in.txt ascii eof", "000E 1403 {work}/paper.txt", "0130 3330 {work}/pages" },
  decks = { ["in.txt"] = "FIRST\\nSECOND\\n" },
  volumes = { pages = { type = "3330", cylinders = 2, record_bytes = 2048 } } }
END

my (@names, %account, $tests);
# A test that passes, or whose account is as it says.
sub api
{
    my ($name, $body, $account) = @_;
    push @names, $name;
    $account{$name} = $account // qr/^$name: OK/;
    $tests .= "test { \"$name\", run = function (m)\n$body\nend }\n";
}

api('symbols', <<'END');
  m:run { until_symbol = "kernel_start" }
  m:expect("ia", m:get("ia"), m:symbol("kernel_start").address)
  m:expect("where", m:where(m:get "ia"):match("^(.-):"), "common/start.c")
  m:check(m:symbol("task.c:dispatch") and not m:symbol("nothing"), "static names by file")
  m:expect("size", m:symbol("task").size > 100, true)
  m:expect("not that of a function", m:var("hidden"), 5)
  m:expect("nor with its file", m:var("hide.c:hidden"), 5)
  m:expect("if it is the only one", m:var("only"), 7)
END
api('blame', <<'END', qr/^    expected: mine is 6\n    happened: mine is 5\n    look at: mine\.c:1, int mine$(?!\n    (?:at|replay):)/m);
  m:run { count = 10 }
  m:blame("mine.c", "int mine")
  m:expect("mine", 5, 6)
END
api('blame-file', <<'END', qr/^    look at: mine\.c\n    at: .*^    replay: /ms);
  m:run { count = 10 }
  m:blame("mine.c", "int mine")
  m:blame("mine.c")
  m:expect("mine", 5, 6)
END
api('order', <<'END');
  local keys = {}
  for key in pairs { b = 1, a = 2, [2] = 3, [1] = 4, c = 5 } do keys[#keys + 1] = key end
  m:expect("keys", table.concat(keys, " "), "1 2 a b c")
END
api('console', <<'END');
  m:run { until_read = true }
  m:expect_console("^GOS is ready%.")
  m:expect("in the problem state", m:psw().problem, false)
  m:type("echo hello")
  m:run { until_console = "^hello$" }
  m:run { until_idle = true }
  m:type("quit")
  m:run { until_wait = true }
  m:expect_stop("wait", 0)
  m:expect_psw { wait = true, ec = false, problem = false }
END
api('keys', <<'END');
  m:run { until_read = true }
  m:type("count 99")
  m:run { for_ms = 200 }
  m:attention()
  m:run { until_console = "stopped by the operator" }
  m:expect("read again", m:run { until_read = true, try = true }, "read")
END
api('timer', <<'END');
  m:run { until_read = true }
  m:type("spin")
  m:run { until_console = "spins" }
  m:expect("reason", m:run { for_ms = 500 }, "time")
  m:expect("external interruptions", m:counter "external-interruptions", function (n) return n > 2 end)
  m:expect("reason", m:run { count = 1000 }, "count")
END
api('events', <<'END');
  m:run { until_read = true }
  local list = m:events("^SIO")
  m:expect("devices", list[1].dev, 9)
  m:expect("what", list[1].what .. list[1].cc, "sio0")
  local ccw = m:events("^CCW")[1]
  m:expect("ccw", { ccw.what, ccw.code, ccw.dev }, { "ccw", 9, 9 })
  m:expect("bytes", m:ascii(m:read(ccw.addr, 6)), function (s) return #s == 6 end)
  local svc = m:events("^SVC")[1]
  m:expect("svc", { svc.what, svc.class }, { "interruption", "svc" })
  m:expect("by fields", m:events { what = "interruption", class = "svc" }[1].n, svc.n)
  m:expect("behind it", m:events({ what = "interruption", class = "svc" }, svc.n)[1].n > svc.n, true)
  m:expect("a number", m:events { what = "ccw", dev = 9, code = 9 }[1].n, ccw.n)
  m:expect("none", #m:events { what = "tio", dev = 0x5FF }, 0)
  m:expect("io", m:events("^I/O 0009")[1].unit, 0x0C)
  m:run { until_event = "^external", limit_ms = 60000, try = true }
END
api('calls', <<'END');
  m:run { until_symbol = "console_start" }
  local names = {}
  for i, call in ipairs(m:calls()) do names[i] = call.name or call.where end
  m:expect("calls", table.concat(names, " ", 2), "put kernel_print kernel_start into_c")
  m:run { count = 3 }
  m:expect("calls in a function that has its registers kept", m:calls()[2].name, "put")
  m:run { until_idle = true }
  m:expect("calls in an idle wait", #m:calls(), 0)
END
# TIO 9, and again, for ever.
api('full', <<'END', qr/^full: TIMEOUT.*at most 50000.*there were 60000 /ms);
  m:write(0x2000, "\x9D\0\0\x09\x07\xF2")
  m:set("gr2", 0x2000)
  m:set("psw", 0x2000)
  m:run { count = 120000 }
  m:expect("the last ones are there", #m:events("^TIO", m:event_count() - 50000), 50000)
  m:events()
END
# Filters that find nothing, whatever happens.
my $n = 0;
for (['"^sio"', 'no line of an event has the word "sio"'], ['"^CCW 01a0"', 'has the word "01a0"'],
     ['"machine-check"', 'write "%-"'], ['{ what = "SIO" }', 'no event has what = "SIO"'],
     ['{ what = "sio", code = 9 }', 'an event "sio" has no field "code"'],
     ['{ what = "interruption", class = "supervisor" }', 'no class of interruptions "supervisor"'],
     ['{ what = "ccw", dev = "009" }', 'no event has dev = "009"']) {
    my ($filter, $message) = @$_;
    api('filter' . ++$n, "m:events($filter)", qr/^filter$n: ERROR.*\Q$message\E/ms);
}
api('filter0', 'm:run { until_event = "Program interruption" }', qr/^filter0: ERROR.*has the word "Program"/ms);
api('programs', <<'END');
  m:run { until_read = true }
  m:type("crash 0")
  m:run { until_symbol = "program_interruption" }
  local old = m:psw(0x28)
  m:expect("cause", { old.code, old.problem }, { 4, true })
  m:check(#m:calls() >= 1, "calls")
  m:check(m:where(old.address):find("programs.c", 1, true), "where", m:where(old.address))
END
# Hints that every lab has: the text, and a program at X'2000' that asks for it.
my %hint = (
    # SIO 9 twice: the second finds it busy.
    busy => ['condition code 2', '\x9C\0\0\x09\x9C\0\0\x09\x82\0\x21\0'],
    nodevice => ['condition code 3', '\x9C\0\x05\xFF\x82\0\x21\0'],
    # SIO, BCT until it is done, and a wait that admits nothing.
    masked => ['its interruption is pending', '\x9C\0\0\x09\x46\x60\x20\x04\x82\0\x21\0'],
    # BC 15 to itself, with interruptions masked.
    loop => ['a loop that never ends', '\x47\xF0\x20\x00'],
    # The new PSW for program interruptions leads to what is no instruction.
    again => ['handler itself is interrupted', '\x00\x00'],
);
for my $name (sort keys %hint) {
    my ($text, $code) = @{$hint{$name}};
    $text = join '\s+', split / /, $text;
    my $limit = {again => 'limit_insns = 4000', loop => 'limit_insns = 2000000'}->{$name}
        // 'for_ms = 2000';
    api("hint-$name", <<"END", qr/^hint-$name: (?:FAIL|TIMEOUT).*hint: .*$text/ms);
  m:run { until_symbol = "kernel_start" }
  m:word(0x48, 0x2200)
  m:double(0x2200, 0x0900230020000001) -- WRITE one byte
  m:double(0x2100, 0x0002000000001234)
  m:double(0x68, 0x2000)
  m:set("gr2", 0x2000)
  m:set("gr6", 2000000)
  m:write(0x2000, "$code")
  m:set("psw", 0x2000)
  m:run { until_symbol = "kernel_print", $limit }
END
}
api('negative', 'm:expect("a word", m:word(0x300, 0xFFFFFFFE) or m:word(0x300), 80)',
    qr/^negative: FAIL.*expected: a word is 80 \(X'50'\)\n +happened: a word is -2 \(X'FFFFFFFE'\)/ms);
api('storage', <<'END');
  m:write(0x300, "ABCD")
  m:expect("word", m:word(0x300), 0x41424344)
  m:half(0x302, 0xFFFF)
  m:expect("half", { m:half(0x302), m:byte(0x300), m:sword(0x300) }, { 0xFFFF, 0x41, 0x4142FFFF })
  m:run { until_idle = true }
  m:expect("key", m:key(0x1000).access, 0)
  m:key(0x1000, 0x36)
  m:expect("key", { m:key(0x1000).access, m:key(0x1000).referenced, m:key(0x1000).changed }, { 3, true, true })
  m:expect("ebcdic", m:ebcdic("Az9 "), "\xC1\xA9\xF9\x40")
  m:expect("back", m:ascii(m:ebcdic("It's {a} [test]!")), "It's {a} [test]!")
  m:set("gr5", 77)
  m:expect("gr5", m:get "gr5", 77)
END
api('dat', <<'END');
  -- 64 KiB segments, 4 KiB pages; one segment, page 1 in frame X'7'.
  m:set("cr0", 0x00800000)
  m:set("cr1", 0x00020000)
  m:word(0x20000, 0xF0021000)
  for i = 1, 15 do m:word(0x20000 + 4 * i, 1) end
  for i = 0, 15 do m:half(0x21000 + 2 * i, 8) end
  m:half(0x21002, 0x0070)
  m:expect("page 1", m:translate(0x1234), 0x7234)
  m:expect("page 2", { m:translate(0x2234) or "none", (select(2, m:translate(0x2234))) }, { "none", "page" })
  m:expect("segment 1", select(2, m:translate(0x12345)), "segment")
  m:expect("too far", select(2, m:translate(0x123456)), "length")
  m:expect("entry", { m:page(0x1000).invalid, m:page(0x1000).frame }, { false, 0x7000 })
  m:half(0x2101E, 0x00A0)
  local pages = m:pages(0x21000, 16)
  m:expect("valid pages", pages.list, { 1, 15 })
  m:expect("their frames", { pages.frame[1], pages.frame[15], pages.frame[2] or "none" }, { 0x7000, 0xA000, "none" })
  m:check(m:pages(0x21000, 16, pages) == pages, "the same again")
  m:half(0x21004, 0x0050)
  m:expect("another", m:pages(0x21000, 16, pages).list, { 1, 2, 15 })
  m:set("cr0", 0x00400000)
  m:half(0x21002, 0x0038)
  pages = m:pages(0x21000, 2, pages)
  m:expect("of 2 KiB", { #pages.list, pages.frame[0], pages.frame[1] }, { 2, 0x0800, 0x3800 })
END
api('numbers', <<'END');
  m:write(0x20000, "\xFF\xFE\xFD\xFC\0\0\0\1")
  m:expect("unsigned", { m:byte(0x20000), m:half(0x20000), m:word(0x20000) }, { 0xFF, 0xFFFE, 0xFFFEFDFC })
  m:expect("signed", { m:sword(0x20000), m:sword(0x20004) }, { -0x10204, 1 })
  m:expect("8 bytes", m:double(0x20000), -0x1020400000000 + 1)
  m:sword(0x20004, -2)
  m:double(0x20008, -3)
  m:expect("stored", m:read(0x20004, 12), ("\xFF"):rep(3) .. "\xFE" .. ("\xFF"):rep(7) .. "\xFD")
END
api('numbers-out', 'm:half(0xFFFFFF)', qr/X'FFFFFF' for 2 bytes is not in storage/);
api('blank', <<'END');
  -- The guest writes record 2 of cylinder 1, head 3; the next machine has zeros there.
  local function write(m, text)
    m:write(0x20000, "\0\0\0\1\0\3" .. "\0\0" .. "\0\1\0\3\2" .. "\0\0\0" .. text)
    for i, ccw in ipairs { "\x07\2\0\0\x40\0\0\6", "\x31\2\0\8\x40\0\0\5", "\8\2\1\8\0\0\0\0", "\5\2\0\x10\x20\0\0\5" } do
      m:write(0x20100 + 8 * (i - 1), ccw)
    end
    m:word(0x48, 0x20100)
    m:write(0x800, "\x9C\0\x01\x30\x47\xF0\x08\x04") -- SIO X'130'; B *
    m:set("psw", 0x800)
    m:run { for_ms = 200 }
    m:expect("condition code", m:psw().cc, 0)
  end
  for i = 1, 3 do
    m:expect("record of machine " .. i, m:disk("pages", 1, 3, 2):sub(1, 5), "\0\0\0\0\0")
    write(m, "hello")
    m:expect("written by machine " .. i, m:disk("pages", 1, 3, 2):sub(1, 6), "hello\0")
    if i == 2 then m:disk("pages", 0, 3, 2, "by us") end
    m:close()
    m = m:another {}
    m:expect("record 2 of head 3", m:disk("pages", 0, 3, 2):sub(1, 5), "\0\0\0\0\0")
  end
END
api('disk', <<'END');
  m:expect("zeros", m:disk("pages", 1, 18, 6), ("\0"):rep(2048))
  m:expect("none", m:disk("pages", 1, 18, 7), nil)
  m:disk("pages", 0, 3, 2, "hello")
  m:expect("written", m:disk("pages", 0, 3, 2):sub(1, 6), "hello\0")
  m:fault(0x130, "data-check cylinder=1 count=2")
  m:fault(0x130, "clear")
  m:cards("THIRD\n", 0xC)
  m:expect("paper", m:paper "paper.txt", "")
  m:detach(0xE)
END
api('seeds', <<'END');
  local b = m:another { seed = m.seed + 1 }
  local c = m:another { }
  for _, x in ipairs { m, b, c } do x:run { until_read = true } end
  m:expect("same seed, same time", c:time_ms(), m:time_ms())
  m:expect("instructions", c:count(), m:count())
  m:check(b:get "tod" ~= m:get "tod", "another time of day")
  local d, e = math.random(1000), math.random(1000)
  m:check(d ~= e, "random")
END
api('files', <<'END');
  m:expect("text", submission "mine.c", "int mine = 5;\n")
  m:value("faults", 12)
  m:note("a note")
END

write_file("$labs/gos/tests/api.lua", $tests);
write_file("$labs/gos/points.txt", join '', map { "$_ 1\n" } @names);
my ($status, $out, $err) = run_program('', bin('grade'), "$labs/gos", "$labs/gos");
is("$status$err", '0', 'graded');
for (@names) {
    my ($account) = $out =~ /^($_: .*?)(?=^\w|\z)/ms;
    like($account, $account{$_}, $_);
}
my @hints = map { split /\n/ } $out =~ /^(    hint: .*\n(?: {10}\S.*\n)*)/mg;
is(join("\n", grep { length > 80 } @hints), '', 'hints fit in 80 columns');
like($out, qr/^    hint: \S.{50,70}\n {10}\S/m, '... in several lines');
done_testing;
