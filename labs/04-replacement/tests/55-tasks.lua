local policies = { "fifo", "clock", "aging", "workset", "own" }

local function each_policy(m, run)
  for i, policy in ipairs(policies) do
    if i > 1 then m = m:another {} end
    m:part(1, policy, function ()
      m:blame(policy .. ".c")
      run(m, policy)
    end)
    m:close()
  end
end

-- ---- a task ends ------------------------------------------------------------

-- The first task runs, ends, and another begins, with its stack in page 63.
local function next_task(s)
  tell(s, SPAWN)
  tell(s, EXIT)
  s.m:expect("the running task", s.turn, 1)
  s.m:expect("pages in storage of the task that has ended", resident(s, 0), {})
end

-- What was in a frame before must not count.  Here page 4 was used a lot, and
-- then page 3 of the next task is in its frame.
local function no_inheritance(m)
  local s = system(m, "aging", 4)
  for _, p in ipairs(string_of "1 2 3 4 t 4 t 4 t 4 t") do
    if p == "t" then tick(s) else refer(s, p) end
  end
  next_task(s)
  local text = "1 2 t 1 2 3 t 63 t 4"
  for _, p in ipairs(string_of(text)) do
    tell(s, p == "t" and YIELD or FETCH, tonumber(p))
  end
  m:expect("aging, 4 frames, a new task, 63 " .. text .. ": pages in storage", resident(s, 1),
    { 1, 2, 4, 63 })
end

measured { "ended",
  about = "a task ends: its frames go to another, and the policy is right about them",
  run = function (m)
    each_policy(m, function (m, policy)
      local s = system(m, policy, 4)
      for p = 1, 6 do refer(s, p) end
      next_task(s)
      for p = 1, 3 do tell(s, FETCH, p) end
      m:expect("pages in storage of the task that runs", resident(s, 1), { 1, 2, 3, 63 })
      for p = 4, 12 do
        tell(s, p % 2 == 0 and STORE or FETCH, p)
        if policy == "fifo" then
          m:expect("FIFO: pages in storage when page " .. p .. " has come", resident(s, 1),
            { p - 3, p - 2, p - 1, p })
        end
      end
      for p = 4, 12 do tell(s, FETCH, p) end
      m:check(#resident(s, 1) <= 4, "pages in storage", #resident(s, 1), "at most 4")
    end)
    local b = m:another {}
    b:part(1, "aging: the past of a frame", function ()
      b:blame("aging.c")
      no_inheritance(b)
    end)
  end }

-- ---- pinned pages -----------------------------------------------------------

-- Let the other task compute while this one waits.
local function on(s, n, op, page)
  tell(s, op, page)
  for _ = 1, 1000 do
    if s.turn == n then return end
    tell(s, SPIN)
  end
  s.m:fail("a task that waits for a page never runs again")
end

-- Two tasks in fewer frames than they have pages: while the page of one comes
-- from the disk, the other needs a frame too.
local function two_at_once(m, policy)
  local s = system(m, policy, 2, 2)
  local next_page = { [0] = 0, 0 }
  for i = 1, 40 do
    local n = s.turn
    next_page[n] = (next_page[n] + 1) % 4
    tell(s, i % 2 == 0 and STORE or FETCH, 10 * n + next_page[n])
    local there = #resident(s, 0) + #resident(s, 1)
    m:check(there <= 2, "pages in storage", there, "at most 2, the number of frames")
  end
end

-- The page of a task comes while the other one computes.  Until the first one
-- has run it must stay, however many pages the other one wants.
local function comes_and_waits(m, policy)
  local s = system(m, policy, 3, 2)
  local a, b = s.turn, 1 - s.turn
  local fresh = 10
  on(s, a, STORE, 1)
  while table.concat(resident(s, a), " "):find("%f[%d]1%f[%D]") do
    m:check(fresh < 60, "page 1 stays in storage, though it is not used any more and 50 others were")
    on(s, a, FETCH, fresh)
    fresh = fresh + 1
  end
  tell(s, FETCH, 1)
  while s.turn == b and resident(s, a)[1] ~= 1 do tell(s, SPIN) end
  for page = 20, 27 do
    if s.turn ~= b then return end
    tell(s, FETCH, page)
    m:expect("is the page there for which the other task has waited, and which it has not used yet",
      resident(s, a)[1] == 1, true)
  end
end

measured { "pinned", seeds = 2,
  about = "a page that is pinned is never a victim: two tasks, and a page that has just come",
  run = function (m)
    each_policy(m, function (m, policy)
      two_at_once(m, policy)
      m:close()
      local b = m:another {}
      comes_and_waits(b, policy)
      b:close()
    end)
  end }
