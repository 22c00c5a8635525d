local function transfers_under_way(m)
  local n = 0
  for f = 0, FRAMES - 1 do
    local fr = frame(m, f)
    if fr.coming or fr.leaving then n = n + 1 end
  end
  return n
end

-- A head of cylinder 0 on whose track all slots are those of task 1's pages.
local function own_head(m)
  local of = {}
  for page = 0, PRIVATE_PAGES - 1 do
    local s = slot(m, 1, page)
    if s then of[s] = page end
  end
  for head = 1, 18 do
    if of[3 * head] and of[3 * head + 1] and of[3 * head + 2] then return head end
  end
  m:fail("task 1 has no track of its own on the paging disk")
end

test { "read-fails", image = "work", needs = { "ended" },
  about = "a page cannot be read: its task is ended, and no other",
  run = function (m)
    m:blame("page.c:page_moved")
    -- The last step would be wrong: the task must not come to it.
    begin(m, 5, steps(sweep(9, 1), mark(1), sweep(9, 2), compare(0, 1)),
      steps(sweep(5, 3), sweep(5, 4), sweep(5, 5)))
    run_to_mark(m, 1)
    m:fault(0x1A0, "data-check command=06 cylinder=0 head=" .. own_head(m))
    finish(m)
    m:run { for_ms = 6000 }
    m:expect_console("Task 1 .* ended: ")
  end }

test { "write-fails", image = "work", needs = { "ended" },
  about = "a page cannot be written: its task is ended, and no other",
  run = function (m)
    m:blame("page.c:page_moved")
    begin(m, 10, steps(each(0, 5, function (p) return store(p, p) end), mark(1),
      each(6, 20, function (p) return store(p, p) end), sweep(5, 1), compare(0, 1)),
      steps(sweep(5, 3), sweep(5, 4), sweep(5, 5)))
    run_to_mark(m, 1)
    m:fault(0x1A0, "equipment-check command=05 cylinder=0 head=" .. own_head(m))
    finish(m)
    m:run { for_ms = 6000 }
    m:expect_console("Task 1 .* ended: ")
    -- The task is gone before the write fails: nobody gets that slot.
    local o = m:another()
    begin(o, 6, steps(sweep(7, 1), go_to(0)), steps_to_change(), steps(sweep(7, 2), sweep(7, 3),
      mark(3), stay()))
    local fr = run_to_transfer(o, function (fr)
      return fr.leaving and fr.n == 1 and transfers_under_way(o) == 1
    end)
    local bad = slot(o, 1, fr.page)
    o:fault(0x1A0, "equipment-check command=05 count=6")
    o:fault(0x1A0, "busy ms=300")
    write_script(o, 4, steps(each(0, 9, function (p) return store(p, p) end), mark(4), stay()))
    change(o, 2, cancel(1), spawn(4))
    o:expect("the number of the new task", run_to_mark(o, 4), 1)
    for page = 0, 8 * PRIVATE_PAGES - 1 do
      o:check(slot(o, 0, page) ~= bad, "a page has a slot that failed", page)
    end
  end }

test { "disk-full", image = "work", needs = { "ended" },
  about = "the disk is full: who wants one page more is ended, and its slots are free again",
  run = function (m)
    m:blame("page.c:page_task_ended")
    -- Five tasks of 57 pages each and the shell: one page more than there are slots.
    local list = steps(each(0, 55, function (p) return store(p, p) end), mark(1), stay())
    begin(m, 8, list, list, list, list, list)
    for _ = 1, 4 do
      run_to_mark(m, 1)
      m:run { count = 1 }
    end
    m:run { for_ms = 3000 }
    local left = 0
    for n = 1, 5 do left = left + (task(m, n).state ~= "free" and 1 or 0) end
    m:expect("tasks of five that are left", left, 4)
    m:check(slots_taken(m) >= 4 * 57 + 1 and slots_taken(m) <= 4 * 57 + 2, "slots taken",
      slots_taken(m), "57 for each, and those of the shell")
  end }

test { "services", image = "work", needs = { "page-in" },
  about = "a service finds what a task names in pages that are on the disk",
  run = function (m)
    m:blame("page.c:page_moved")
    -- "PAGED OUT" and the end of a line, over the border of two pages.
    local text = m:ebcdic("PAGED OUT  \n")
    local word = { string.unpack(">I4I4I4", text) }
    begin(m, 4, steps(store(0, word[1], 4092), store(1, word[2], 0), store(1, word[3], 4),
      each(10, 16, function (p) return store(p, p) end), write(0, 4092, 12),
      each(10, 16, function (p) return store(p, p) end), info(0, 4090), fetch(0), mark(1)))
    run_to_mark(m, 1)
    m:expect("the name of task 0, as SVC_INFO told it", m:read(place(m, 1, 0) + 4090, 5),
      m:ebcdic("SHELL"))
    finish(m)
    m:run { for_ms = 4000 }
    m:expect_console("PAGED OUT")
  end }

test { "few-frames", image = "work", needs = { "two-tasks" }, seeds = 2,
  about = "seven tasks in three frames get on, if slowly",
  run = function (m)
    m:blame("page.c:replace")
    local scripts = {}
    for n = 1, 7 do scripts[n] = steps(sweep(2, n), sweep(2, n + 10)) end
    begin(m, 3, table.unpack(scripts))
    finish(m, 60000)
  end }
