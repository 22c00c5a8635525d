-- Interruptions: GOS without its ways in and without its dispatcher.
local kernel = { "entry.asm", "common/user.asm", "common/start.c", "task.c", "svc.c",
  "common/svc_io.c", "common/area.c", "program.c", "timer.c", "common/io.c", "common/console.c",
  "common/reader.c", "common/printer.c", "common/disk.c", "common/page.c", "common/space.c",
  "common/frame.c", "common/slot.c", "common/replace.c" }

local function with(...)
  return { table.unpack(table.move({ ... }, 1, select("#", ...), #kernel + 1,
    table.move(kernel, 1, #kernel, 1, {}))) }
end

lab {
  title = "Interruptions",
  files = { "entry.asm", "svc.c", "program.c", "timer.c", "task.c", "answers.txt" },
  image = with("common/shell.c", "common/programs.c"),
  -- The same kernel with the programs of the tests in place of the shell.
  images = { work = with("work.c", "probe.asm") },
  flags = { "-nostartfiles" },
  storage = "256K",
  devices = { "0009 3215" },
  limit_insns = 40000000,
  limit_ms = 60000,
  hints = {
    { "the new PSW for SVCs is still that of the hand-out (entry.asm)", wait = 0xEE20 },
    { "the new PSW for external interruptions is still that of the hand-out (entry.asm)",
      wait = 0xEE18 },
    { "svc_interruption() is still that of the hand-out (svc.c)", wait = 0xEE01 },
    { "program_interruption() is still that of the hand-out (program.c)", wait = 0xEE02 },
    { "dispatch() is still that of the hand-out (task.c)", wait = 0xEE03 },
    { "external_interruption() is still that of the hand-out (timer.c)", wait = 0xEE04 },
    { "a program interruption in the kernel itself: look at the old PSW at X'28'; or the new " ..
      "PSW for program interruptions is still that of the hand-out", wait = 0xEE28 },
    { "nobody is ready, or the dispatcher does not find who is", idle = true },
  },
}
