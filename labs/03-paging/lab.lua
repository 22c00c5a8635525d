-- Paging: GOS without its translation tables, storage keys, fault handler and page-out.
local kernel = { "common/entry.asm", "common/user.asm", "common/start.c", "common/task.c",
  "common/svc.c", "common/svc_io.c", "common/area.c", "common/program.c", "common/timer.c",
  "common/io.c", "common/console.c", "common/reader.c", "common/printer.c", "common/disk.c",
  "page.c", "space.c", "frame.c", "common/slot.c", "common/replace.c" }

local function with(...)
  return { table.unpack(table.move({ ... }, 1, select("#", ...), #kernel + 1,
    table.move(kernel, 1, #kernel, 1, {}))) }
end

lab {
  title = "Paging",
  files = { "space.c", "frame.c", "page.c", "answers.txt" },
  image = with("common/shell.c", "common/programs.c"),
  -- The same kernel with the programs of the tests in place of the shell.
  images = { work = with("work.c", "script.asm") },
  flags = { "-nostartfiles" },
  storage = "512K",
  devices = { "0009 3215", "01A0 3330 {work}/pages" },
  volumes = { pages = { type = "3330", cylinders = 5, record_bytes = 4096 } },
  limit_insns = 40000000,
  limit_ms = 60000,
  hints = {
    { "space_make() is still that of the hand-out (space.c)", wait = 0xEE31 },
    { "space_enter(), space_map() or space_unmap() is still that of the hand-out (space.c)",
      wait = 0xEE32 },
    { "frame_give() is still that of the hand-out (frame.c)", wait = 0xEE33 },
    { "frame_referenced(), frame_clear_reference() or frame_changed() is still that of the " ..
      "hand-out (frame.c)", wait = 0xEE34 },
    { "replace() or page_moved() is still that of the hand-out (page.c)", wait = 0xEE35 },
    { "page_fault() is still that of the hand-out (page.c)", wait = 0xEE36 },
    { "the replacement algorithm has no frame to offer: was it told of all that came and went " ..
      "(loaded(), freed())?", wait = 0xEE43 },
    { "the replacement algorithm named a frame that holds no page, or a pinned one: was it told " ..
      "of all that came and went (loaded(), freed())?", wait = 0xEE44 },
    { "a program interruption in the kernel itself: look at the old PSW at X'28'", wait = 0xEE28 },
    { "a task found in a page what it had not stored there: R1 leads to the word, R2 is what " ..
      "should be in it", when = function (m)
        local bad = m:symbol("script_bad")
        return bad and m:psw().problem and m:psw().address == bad.address
      end },
    { "a task was ended by a program interruption, as the console says. What was at X'90', in " ..
      "the tables, in the keys? Or was it a page fault, and page_fault() said no?",
      idle = true, console = "Task %d[^\n]* ended: program" },
    { "nobody is ready, and no interruption will come: was a page forgotten that somebody " ..
      "waits for?", idle = true },
  },
}
