-- What the tests of this lab share: references one by one, and what came of
-- each.  Whether a page is in storage is read from the tables by which the
-- machine finds it; faults and victims are what changed there.

FETCH, STORE, YIELD, EXIT, SPAWN, SPIN = 0, 1, 2, 3, 4, 5
local PRIVATE, PAGES, PAGE_BYTES = 0x080000, 64, 4096

-- A test on the system that is made to be measured.
function measured(t)
  t.image, t.devices = "measure", { "0009 3215", "01A0 3330 {work}/small" }
  test(t)
end

-- ---- a system ---------------------------------------------------------------

-- Pages of task n that are in storage: their list, and the frame of each.
local function pages_there(s, n)
  local there = s.m:pages(s.table + 2 * PAGES * n, PAGES, s.there[n])
  s.there[n] = there
  return there
end

-- The number of the task that is about to make a reference.
local function whose_turn(s)
  return (s.m:word(s.current) - s.tasks_at) // s.task_bytes
end

-- GOS with this policy and so many frames, at the first reference of its first
-- task.
function system(m, policy, frames, tasks)
  m:var("replacement", m:symbol("replace_" .. policy).address)
  m:var("paging_frames", frames)
  m:var("measured_tasks", tasks or 1)
  m:run { until_symbol = "refer_next" }
  local task = m:symbol("task")
  local s = { m = m, policy = policy, frames = frames, tasks = tasks or 1, there = {},
    table = m:symbol("space.c:private_entry").address, stored = {}, times = 0, faults = 0,
    current = m:symbol("current").address, tasks_at = task.address, task_bytes = task.size // 8 }
  s.turn = whose_turn(s)
  m:expect("where the machine finds the pages of the task", m:page(PRIVATE).at,
    s.table + 2 * PAGES * s.turn)
  return s
end

-- The same in a machine of its own; what was there before is given back.
function another(s, policy, frames, tasks)
  s.m:close()
  return system(s.m:another {}, policy, frames, tasks)
end

local to_next = { until_symbol = "refer_next", limit_ms = 5000 }

-- Tell the task whose turn it is what to do; comes back when one, perhaps
-- another, is ready for its next reference.
function tell(s, op, page)
  local m = s.m
  s.times = s.times + 1
  m:set("gr6", op)
  if op == SPIN then m:set("gr5", 20000) end -- 2 ms
  if page then
    local place = page * 2 + s.times % 2 -- one half of a page or the other
    m:set("gr4", PRIVATE + place * (PAGE_BYTES // 2))
    m:set("gr5", s.times)
    s.last = s.last or {}
    s.last[s.turn] = { op = op, place = s.turn * 1000 + place, page = page }
    if op == STORE then s.stored[s.turn * 1000 + place] = s.times end
  end
  m:run(to_next)
  s.turn = whose_turn(s)
  local last = s.last and s.last[s.turn]
  if last and last.op == FETCH then
    local got, want = m:get "gr7" & 0xFFFFFFFF, s.stored[last.place] or 0
    if got ~= want then m:expect("what is in page " .. last.page, got, want) end
  end
end

-- One reference of the only task.  Returns "hit", "room" (a fault, and a free
-- frame), the number of the page that had to go, or several in a list.
function refer(s, page, op)
  local m = s.m
  local before = pages_there(s, 0)
  tell(s, op or FETCH, page)
  local after = pages_there(s, 0)
  local was_there = before.frame[page] ~= nil
  if was_there and after == before then return "hit" end
  local gone, owner = {}, {}
  for _, p in ipairs(before.list) do
    if not after.frame[p] then gone[#gone + 1] = p end
  end
  for _, p in ipairs(after.list) do
    local frame = after.frame[p]
    if owner[frame] then m:fail(("pages %d and %d are in the same frame"):format(owner[frame], p)) end
    owner[frame] = p
  end
  if #after.list > s.frames then
    m:fail("pages in storage: " .. #after.list, "at most " .. s.frames .. ", the number of frames")
  end
  if not was_there then s.faults = s.faults + 1 end
  if #gone == 0 then return was_there and "hit" or "room" end
  return #gone == 1 and gone[1] or gone
end

function tick(s) tell(s, YIELD) end

-- Pages in storage, in order.
function resident(s, n)
  return pages_there(s, n or 0).list
end

-- ---- strings ----------------------------------------------------------------

-- A string is a list of pages; "t" in it is the end of a slice.
function string_of(text)
  local list = {}
  for word in text:gmatch("%S+") do list[#list + 1] = tonumber(word) or word end
  return list
end

function references(plan)
  local list = {}
  for _, p in ipairs(plan) do if p ~= "t" then list[#list + 1] = p end end
  return list
end

-- The end of a slice behind every n references.
function with_ticks(pages, n)
  local plan = {}
  for i, p in ipairs(pages) do
    plan[#plan + 1] = p
    if i % n == 0 then plan[#plan + 1] = "t" end
  end
  return plan
end

local function below(state, n)
  state[1] = (state[1] * 1103515245 + 12345) & 0x7FFFFFFF
  return (state[1] >> 12) % n
end

-- Kinds of programs.
local kinds = {
  -- A few pages for a while, then others.
  phases = function (r, add)
    local base = {}
    for i = 1, 6 do base[i] = below(r, 30) end
    for _ = 1, 28 do add(below(r, 12) > 0 and base[1 + below(r, 6)] or below(r, 30)) end
  end,
  -- A loop that needs a little more storage than there is.
  loop = function (r, add)
    for p = 0, 9 do
      add(p)
      if below(r, 3) == 0 then add(20 + below(r, 3)) end
    end
  end,
  -- Pages that are read once, and a few in between that are used all the time.
  scan = function (r, add)
    for p = 6, 29 do
      for _ = 1, 3 do add(below(r, 5)) end
      add(p)
    end
  end,
  -- Some pages are used far more often than others.
  skewed = function (r, add)
    for _ = 1, 20 do
      local p = below(r, 24)
      for _ = 1, 3 do if p > 0 then p = below(r, p + 1) end end
      add(below(r, 4) == 0 and below(r, 24) or p)
    end
  end,
  -- Anything.
  any = function (r, add) for _ = 1, 10 do add(below(r, 9)) end end,
}

function make_string(kind, seed, length)
  local r, list = { seed * 7919 + 17 }, {}
  while #list < length do
    kinds[kind](r, function (p) if #list < length then list[#list + 1] = p end end)
  end
  return list
end

-- ---- judging ----------------------------------------------------------------

local function told(outcome)
  if outcome == "hit" then return "the page is in storage: no fault" end
  if outcome == "room" then return "a fault, and a free frame takes the page" end
  if type(outcome) == "table" then
    return "a fault, and the pages " .. table.concat(outcome, ", ") .. " are gone"
  end
  return "a fault, and page " .. outcome .. " has to go"
end

-- Reference by reference the outcomes of the policy in plain C (the grader's).
function expect_reference(s, pages, policy)
  local faults, want = replacement(policy, pages, s.frames)
  for i, page in ipairs(pages) do
    local got = refer(s, page, i % 3 == 0 and STORE or FETCH)
    if got ~= want[i] then
      s.m:fail(("%s, %d frames, reference %d of the string, page %d: %s\nthe string up to there: %s")
        :format(policy, s.frames, i, page, told(got), table.concat(pages, " ", 1, i)), told(want[i]))
    end
  end
  s.m:expect("page faults that GOS has counted", s.m:var("page_faults"), faults)
end

-- How many faults the policy has with a string and ticks.
function count_faults(s, plan)
  for _, p in ipairs(plan) do
    if p == "t" then tick(s) else refer(s, p) end
  end
  return s.faults
end

-- Faults with all strings, { kind, seed } each, between FIFO's and the optimum:
-- 0 is FIFO, 100 is Belady's optimum.
function way_to_optimum(s, policy, strings)
  local mine, fifo, best = 0, 0, 0
  for i, kind in ipairs(strings) do
    local pages = make_string(kind[1], kind[2], 110)
    if i > 1 then s = another(s, policy, s.frames) end
    local faults = count_faults(s, with_ticks(pages, 6))
    local f, o = replacement("fifo", pages, s.frames), replacement("opt", pages, s.frames)
    s.m:note(("%s, string \"%s\": %d faults; FIFO %d, clock %d, LRU %d, optimum %d"):format(policy,
      kind[1], faults, f, replacement("clock", pages, s.frames), replacement("lru", pages, s.frames), o))
    mine, fifo, best = mine + faults, fifo + f, best + o
  end
  return (fifo - mine) * 100 // (fifo - best), mine, s.m
end

-- Points by steps of the way.
function judge_way(s, policy, strings, steps)
  local way, faults, m = way_to_optimum(s, policy, strings)
  m:value(policy .. " faults", faults)
  m:value(policy .. " way", way)
  for _, step in ipairs(steps) do
    m:part(1, step .. " % of the way from FIFO to the optimum", function ()
      m:check(way >= step, "the way from FIFO to the optimum", way .. " %", "at least " .. step .. " %")
    end)
  end
end
