-- Page replacement: GOS without its replacement algorithms.
local kernel = { "common/entry.asm", "common/user.asm", "common/task.c", "common/svc.c",
  "common/svc_io.c", "common/area.c", "common/program.c", "common/timer.c", "common/io.c",
  "common/console.c", "common/reader.c", "common/printer.c", "common/disk.c", "common/page.c",
  "common/space.c", "common/frame.c", "common/slot.c", "policies.c", "fifo.c", "clock.c",
  "aging.c", "workset.c", "own.c" }

local function with(...)
  return { table.unpack(table.move({ ... }, 1, select("#", ...), #kernel + 1,
    table.move(kernel, 1, #kernel, 1, {}))) }
end

lab {
  title = "Page replacement",
  files = { "fifo.c", "clock.c", "aging.c", "workset.c", "own.c", "answers.txt" },
  image = with("common/start.c", "common/shell.c", "common/programs.c"),
  -- The same kernel with tasks that refer to pages as a test tells them.
  images = { measure = with("refer.asm", "measure.c") },
  flags = { "-nostartfiles" },
  storage = "512K",
  devices = { "0009 3215", "01A0 3330 {work}/paging" },
  volumes = { paging = { type = "3330", cylinders = 5, record_bytes = 4096 },
    -- For the tests, which use less, in many machines.
    small = { type = "3330", cylinders = 2, record_bytes = 4096 } },
  limit_insns = 20000000,
  limit_ms = 600000,
  hints = {
    { "fifo_victim() is still that of the hand-out (fifo.c)", wait = 0xEE51 },
    { "clock_victim() is still that of the hand-out (clock.c)", wait = 0xEE52 },
    { "aging_victim() is still that of the hand-out (aging.c)", wait = 0xEE53 },
    { "workset_victim() is still that of the hand-out (workset.c)", wait = 0xEE54 },
    { "own_victim() is still that of the hand-out (own.c)", wait = 0xEE55 },
    { "victim() named a frame that holds no page, or one that is pinned (frame_pinned())",
      wait = 0xEE44 },
    { "a program interruption in the kernel itself: look at the old PSW at X'28'", wait = 0xEE28 },
    { "nobody is ready: is a frame given up that no task can get again?", idle = true },
  },
}
