-- What the tests of this lab share: scripts (script.asm), and the kernel's view of pages.

PRIVATE, PAGE, PRIVATE_PAGES, FRAMES = 0x80000, 4096, 64, 24
STACK = 63 -- the private page where a stack begins
local FREE, HELD, COMING, LEAVING = 0, 1, 2, 3

function address(page, offset) return PRIVATE + PAGE * page + (offset or 0) end

-- ---- steps ------------------------------------------------------------------

-- `page` is one of the task's private pages, 0 to 63.
function store(page, value, offset) return { 1, address(page, offset), value } end
function compare(page, value, offset) return { 2, address(page, offset), value } end
function fetch(page, offset) return { 3, address(page, offset), 0 } end
function store_at(addr, value) return { 1, addr, value } end
function fetch_at(addr) return { 3, addr, 0 } end
function count(n) return { 4, 0, n } end
function mark(n) return { 5, 0, n } end
function yield() return { 6, 0, 0 } end
function info(page, offset) return { 7, address(page, offset), 0 } end
function move(to, from) return { 9, to, from } end
function go_to(step) return { 10, 0, step } end
function cancel(number) return { 12, 0, number } end
function spawn(script) return { 13, 0, script } end
function write(page, offset, len) return { 8, address(page, offset), len } end
function stay() return { 10, 0, "here" } end -- go to this step, for ever

-- Steps, or lists of them, in one list.
function steps(...)
  local list = {}
  for _, s in ipairs { ... } do
    if type(s[1]) == "table" then
      for _, t in ipairs(s) do list[#list + 1] = t end
    else
      list[#list + 1] = s
    end
  end
  return list
end

-- make(i) for i from a to b
function each(a, b, make)
  local list = {}
  for i = a, b do list[#list + 1] = make(i) end
  return list
end

-- Pages 0 to last, a word in each; then look at them again.
function sweep(last, round)
  return steps(each(0, last, function (p) return store(p, 1000 * round + p, 2052) end),
    each(0, last, function (p) return compare(p, 1000 * round + p, 2052) end))
end

-- Scripts of tasks 1, 2, ... and how many frames there are.
function begin(m, frames, ...)
  m:var("paging_frames", frames)
  for n, list in ipairs { ... } do
    write_script(m, n, list)
  end
end

function write_script(m, n, list)
  local bytes = {}
  for i, step in ipairs(list) do
    bytes[i] = string.pack(">I4I4I4", step[1], step[2], step[3] == "here" and i - 1 or step[3])
  end
  bytes[#bytes + 1] = string.pack(">I4", 0)
  m:write(m:symbol("script").address + 1024 * n, table.concat(bytes))
end

-- Run until all scripts have ended; none may say that something is wrong.
function finish(m, ms)
  local stop = m:run { until_symbol = "work_done", limit_ms = ms or 20000, try = true }
  at_end(m, stop, "work_done", "that all tasks come to their end")
end

-- Run until a task is at mark(n); returns the task's number.
function run_to_mark(m, n, ms)
  for _ = 1, 200 do
    local stop = m:run { until_symbol = "script_mark", limit_ms = ms or 20000, try = true }
    at_end(m, stop, "script_mark", "that a task comes to its mark")
    if m:get "gr2" == n then return running(m) end
    m:run { count = 1 }
  end
  m:fail("the mark " .. n .. " was not reached")
end

function at_end(m, stop, name, want)
  if stop == "wait" then
    m:fail(("the system stopped in a disabled wait, code X'%06X'"):format(m:get "ia"), want)
  end
  if stop ~= "break" or m:get "ia" ~= m:symbol(name).address then
    local t = {}
    for n = 0, 7 do t[#t + 1] = task(m, n).state end
    local said = m:console():match(".*(Task %d[^\n]* ended: [^\n]*)")
    m:fail("the machine stops (" .. stop .. ") with tasks " .. table.concat(t, ", ") ..
      (said and "; the console's last word on a task: " .. said or ""), want)
  end
end

-- ---- the kernel's tables ----------------------------------------------------

local states = { [0] = "free", "ready", "writing", "reading", "waiting", "paging" }

function task(m, n)
  local table_ = m:symbol("task")
  local at = table_.address + n * (table_.size // 8)
  return { at = at, state = states[m:word(at)] or m:word(at) }
end

-- The number of the task that runs; nil when none does.
function running(m)
  local current, table_ = m:var("current"), m:symbol("task")
  if current == 0 then return nil end
  return (current - table_.address) // (table_.size // 8)
end

function cr1_of(m, n) return m:symbol("segment_table").address + 64 * n end

function frame_address(m, f) return m:symbol("frame.c:storage").address + PAGE * f end

-- The frame as frame.h has it; n and page: whose page, nil if nobody's.
function frame(m, f)
  local table_ = m:symbol("frames")
  local at = table_.address + f * (table_.size // FRAMES) + 20
  local page = m:word(at + 4)
  local mine = page < 8 * PRIVATE_PAGES
  return { use = m:word(at), number = page, next = m:word(at + 8), raddr = frame_address(m, f),
    free = m:word(at) == FREE, held = m:word(at) == HELD, coming = m:word(at) == COMING,
    leaving = m:word(at) == LEAVING,
    n = mine and page // PRIVATE_PAGES or nil, page = mine and page % PRIVATE_PAGES or nil }
end

-- Where page `page` of task n is in real storage, as the machine would find it.
function place(m, n, page) return m:translate(address(page), cr1_of(m, n)) end

-- The first frame of which condition(frame) holds, and its number.
function frame_where(m, condition)
  for f = 0, FRAMES - 1 do
    local fr = frame(m, f)
    if condition(fr) then return fr, f end
  end
end

-- The slot of a page, and its record on the disk; nil if it has none.
function slot(m, n, page)
  local at = m:symbol("page.c:backing").address + 4 * (n * PRIVATE_PAGES + page)
  local s = m:half(at)
  if s >= 285 then return nil end
  return s, m:disk("pages", s // 57, s // 3 % 19, s % 3 + 1)
end

function slots_taken(m)
  local taken = m:symbol("slot.c:taken")
  return select(2, m:read(taken.address, taken.size):gsub("[^\0]", ""))
end

-- Channel commands of a kind that move a frame from or to the paging disk: READ is 06, WRITE 05.
function transfers(m, code)
  local n, first, last = 0, frame_address(m, 0), frame_address(m, FRAMES - 1)
  for _, e in ipairs(m:events { what = "ccw", dev = 0x1A0, code = code }) do
    if e.addr >= first and e.addr <= last then n = n + 1 end
  end
  return n
end

function page_exceptions(m)
  return #m:events { what = "interruption", class = "program", code = 0x11 }
end
