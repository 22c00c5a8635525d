-- Devices: GOS without the essential parts of its drivers.
local kernel = { "common/entry.asm", "common/user.asm", "common/start.c", "common/task.c",
  "common/svc.c", "common/svc_io.c", "common/area.c", "common/program.c", "common/timer.c",
  "io.c", "console.c", "reader.c", "printer.c", "disk.c", "common/page.c", "common/space.c",
  "common/frame.c", "common/slot.c", "common/replace.c" }

local function with(...)
  return { table.unpack(table.move({ ... }, 1, select("#", ...), #kernel + 1,
    table.move(kernel, 1, #kernel, 1, {}))) }
end

lab {
  title = "Devices",
  files = { "io.c", "console.c", "reader.c", "printer.c", "disk.c", "answers.txt" },
  image = with("common/shell.c", "common/programs.c"),
  -- The same kernel with the programs of the tests in place of the shell.
  images = { work = with("work.c", "work_stops.asm") },
  flags = { "-nostartfiles" },
  storage = "256K",
  devices = { "0009 3215", "000C 3505 {work}/deck ascii eof", "000E 1403 {work}/paper",
    "0190 3330 {work}/data" },
  volumes = { data = { type = "3330", cylinders = 20, record_bytes = 4096 } },
  decks = { deck = "CARD 1\nCARD 2\nCARD 3\nCARD 4\nCARD 5\nCARD 6\n",
    -- With control characters in column 1.
    asa = "0TITLE\n+TITLE\n ONE\n0TWO\n-THREE\n3TO CHANNEL 3\n1PAGE 2\n END\n" },
  limit_insns = 40000000,
  limit_ms = 60000,
  hints = {
    { "is_over() is still that of the hand-out (io.c)", wait = 0xEE11 },
    { "start() is still that of the hand-out (io.c)", wait = 0xEE12 },
    { "operation_over() is still that of the hand-out (io.c)", wait = 0xEE13 },
    { "take_status() is still that of the hand-out (io.c)", wait = 0xEE14 },
    { "console_ended() is still that of the hand-out (console.c)", wait = 0xEE15 },
    { "reader_judge() is still that of the hand-out (reader.c)", wait = 0xEE16 },
    { "make_program() is still that of the hand-out (reader.c)", wait = 0xEE17 },
    { "make_program() is still that of the hand-out (printer.c)", wait = 0xEE1A },
    { "printer_judge() is still that of the hand-out (printer.c)", wait = 0xEE1B },
    { "next_request() is still that of the hand-out (disk.c)", wait = 0xEE1C },
    { "make_program() is still that of the hand-out (disk.c)", wait = 0xEE1D },
    { "disk_judge() is still that of the hand-out (disk.c)", wait = 0xEE1E },
    { "a program interruption in the kernel: the old PSW is at X'28'", wait = 0xEE28 },
    { "everybody waits, and no device works: an end was not noticed, or an operation that " ..
      "could not be started was forgotten", idle = true },
  },
}
