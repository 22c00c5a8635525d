-- Steps that end in an endless loop which the test can change: its first step.
function steps_to_change() return steps(count(50), go_to(0)) end

-- Task `number` runs steps_to_change(): from its next turn on it does these steps, once.
function change(m, number, ...)
  local list = steps(count(50), ...)
  list[#list + 1] = stay()
  write_script(m, number, list)
end

-- Run until a frame fulfils the condition just after it was given to the channel.
function run_to_transfer(m, condition)
  for _ = 1, 200 do
    m:run { until_event = "^SIO +01A0", limit_ms = 5000 }
    local fr, f = frame_where(m, condition)
    if fr then return fr, f end
  end
  m:fail("the test did not come to the transfer that it needs")
end

-- Run until nothing is under way any more in that frame as it was.
function run_to_end(m, f, use)
  for _ = 1, 100 do
    if frame(m, f).use ~= use then return end
    m:run { for_ms = 2 }
  end
  m:fail("the transfer does not come to its end")
end

-- No page is in two frames, and no table leads to a frame that is not its own.
local function tables_agree(m)
  for n = 0, 7 do
    if task(m, n).state ~= "free" then
      for page = 0, PRIVATE_PAGES - 1 do
        local raddr = place(m, n, page)
        local held = frame_where(m, function (fr)
          return fr.held and fr.n == n and fr.page == page
        end)
        m:expect(("the place of page %d of task %d"):format(page, n), raddr,
          held and held.raddr or nil)
      end
    end
  end
end

test { "cancelled-reading", image = "work", needs = { "ended" },
  about = "a task is cancelled while its page is read, and its successor knows nothing of that",
  run = function (m)
    m:blame("page.c:page_task_ended")
    begin(m, 6, steps(sweep(9, 1), mark(1), sweep(9, 2)), steps_to_change())
    run_to_mark(m, 1)
    local fr, f = run_to_transfer(m, function (fr) return fr.coming and fr.n == 1 end)
    local page = fr.page
    write_script(m, 3, steps(each(0, 9, function (p) return compare(p, 0, 2052) end),
      store(page, 77), compare(page, 77), mark(3), stay()))
    change(m, 2, cancel(1), spawn(3))
    run_to_end(m, f, fr.use)
    m:expect("the number of the new task", run_to_mark(m, 3), 1)
    tables_agree(m)
  end }

test { "cancelled-writing", image = "work", needs = { "ended" },
  about = "a task is cancelled whose page is being written, and one that waits for the frame",
  run = function (m)
    m:blame("page.c:page_task_ended")
    -- Its page goes out for another task: that one must get the frame.
    begin(m, 6, steps(sweep(7, 1), go_to(0)), steps_to_change(), steps(sweep(7, 2), sweep(7, 3),
      mark(3), stay()))
    local fr, f = run_to_transfer(m, function (fr)
      return fr.leaving and fr.n == 1 and fr.next // PRIVATE_PAGES == 3
    end)
    change(m, 2, cancel(1))
    run_to_end(m, f, fr.use)
    run_to_mark(m, 3)
    nothing_left(m, 1)
    tables_agree(m)
    -- A task that waits for the frame in which another's page still is.
    local o = m:another()
    begin(o, 6, steps(sweep(7, 1), go_to(0)), steps_to_change(), steps(sweep(7, 2), sweep(7, 3),
      mark(3), stay()))
    fr, f = run_to_transfer(o, function (fr)
      return fr.leaving and fr.n == 3 and fr.next // PRIVATE_PAGES == 1
    end)
    change(o, 2, cancel(1))
    run_to_end(o, f, fr.use)
    nothing_left(o, 1)
    run_to_mark(o, 3)
    tables_agree(o)
  end }
