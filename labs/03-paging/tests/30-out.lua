test { "taken-away", image = "work", needs = { "first-page" },
  about = "a page that left is not there any more: the next access is a page fault",
  run = function (m)
    m:blame("page.c:replace")
    -- Nothing is stored but the parameter list of the two tasks, so nothing but that is written.
    begin(m, 4, steps(each(0, 5, fetch), mark(1), each(0, 5, fetch), mark(2)))
    local number = run_to_mark(m, 1)
    m:blame("space.c:space_unmap")
    local there = 0
    for page = 0, 5 do there = there + (place(m, number, page) and 1 or 0) end
    m:expect("of six pages that were used, in four frames are", there, 4)
    local before = page_exceptions(m)
    m:expect("why the machine stops, if the lookaside buffer is purged (PTLB)",
      m:run { until_symbol = "s370_ptlb", for_ms = 50, try = true }, "break")
    local still = 0
    for page = 0, 5 do still = still + (place(m, number, page) and 1 or 0) end
    m:expect("valid entries when it is purged because of one that has become invalid", still, 3)
    run_to_mark(m, 2)
    m:expect("page faults of the same six pages once more, first in, first out",
      page_exceptions(m) - before, 6)
    m:blame("page.c:replace")
    m:expect("pages read, as all are zeros still", transfers(m, 0x06), 0)
  end }

test { "bits", image = "work", needs = { "taken-away" },
  about = "reference and change bits are seen, in either half, and not spoilt by looking",
  run = function (m)
    m:blame("frame.c:frame_referenced")
    m:var("replacement", m:symbol("replace_look").address)
    begin(m, 6, steps(fetch(0), store(1, 1), store(2, 1, 2048), fetch(3), yield(),
      fetch(0, 2048), store(1, 2, 4), count(100), fetch(4), mark(1), fetch(5), fetch(6), fetch(7)))
    for _ = 1, 3 do
      m:run { until_symbol = "look_victim", limit_ms = 9000 }
      local keys = {}
      for f = 0, FRAMES - 1 do
        local a = frame_address(m, f)
        keys[f] = { m:key(a), m:key(a + 2048) }
      end
      m:run { until_symbol = "work_seen", limit_ms = 9000 }
      local seen = { referenced = m:symbol("seen_referenced").address,
        changed = m:symbol("seen_changed").address }
      for f = 0, FRAMES - 1 do
        if frame(m, f).held then
          for _, bit in ipairs { "referenced", "changed" } do
            local want = (keys[f][1][bit] or keys[f][2][bit]) and 1 or 0
            m:expect(("frame %d: %s"):format(f, bit), m:word(seen[bit] + 4 * f), want)
          end
          for half = 0, 1 do
            local k = m:key(frame_address(m, f) + 2048 * half)
            m:expect(("frame %d, half %d: the key after looking at it"):format(f, half), k.byte,
              keys[f][half + 1].byte)
          end
        end
      end
    end
  end }

test { "page-out", image = "work", needs = { "taken-away" },
  about = "a page that was changed is written to its slot; one that was not is not",
  run = function (m)
    m:blame("page.c:replace")
    begin(m, 5, steps(store(0, 11), store(1, 22, 4092), fetch(2), mark(1), each(10, 16, fetch),
      mark(2), fetch(0), fetch(1), each(10, 16, fetch), mark(3)))
    local n = run_to_mark(m, 1)
    local writes = transfers(m, 0x05)
    run_to_mark(m, 2)
    local s0, record0 = slot(m, n, 0)
    local s1, record1 = slot(m, n, 1)
    m:check(s0 and s1 and s0 ~= s1, "two pages have no slots of their own")
    m:expect("the first word of the record of page 0", string.unpack(">I4", record0), 11)
    m:check(not record0:sub(5):find("[^\0]"), "the record of page 0 has more than that in it")
    m:expect("the last word of the record of page 1", string.unpack(">I4", record1, 4093), 22)
    m:expect("where page 0 is", place(m, n, 0), nil)
    -- Beside these two only stacks were changed: the shell's, and the task's.
    m:check(transfers(m, 0x05) - writes <= 4, "pages written", transfers(m, 0x05) - writes,
      "2, and at most 2 of stacks")
    writes = transfers(m, 0x05)
    run_to_mark(m, 3)
    m:expect("pages written after they were only looked at", transfers(m, 0x05) - writes, 0)
  end }

test { "page-in", image = "work", needs = { "page-out" },
  about = "twelve pages in five frames keep what is stored in them",
  run = function (m)
    m:blame("page.c:page_moved")
    begin(m, 5, steps(sweep(11, 1), sweep(11, 2)))
    finish(m)
    m:expect("pages read", transfers(m, 0x06), m:var("page_ins"))
    m:expect("pages written", transfers(m, 0x05), m:var("page_outs"))
    m:check(m:var("page_ins") >= 36, "pages read", m:var("page_ins"), "36 at least")
    m:expect("page faults", page_exceptions(m) <= m:var("page_faults"), true)
  end }

test { "others-run", image = "work", needs = { "page-in" },
  about = "while a page is under way its task waits, and another one runs",
  run = function (m)
    m:blame("page.c:page_fault")
    begin(m, 5, steps(sweep(7, 1), mark(1), sweep(7, 2)), steps(count(1000), go_to(0)))
    run_to_mark(m, 1)
    local looked = 0
    for _ = 1, 8 do
      m:run { until_event = "^SIO +01A0", limit_ms = 5000 }
      m:run { for_ms = 4 }
      if task(m, 1).state == "paging" then
        looked = looked + 1
        m:expect("the running task", running(m), 2)
        m:expect_psw { problem = true, wait = false }
      end
    end
    m:check(looked >= 4, "times that the task was seen waiting", looked, "4 or more")
  end }

test { "two-tasks", image = "work", needs = { "page-in" }, seeds = 2,
  about = "three tasks fault at the same time, and each has its own pages",
  run = function (m)
    m:blame("page.c:page_moved")
    begin(m, 5, steps(sweep(6, 1), sweep(6, 2)), steps(sweep(6, 3), sweep(6, 4)),
      steps(sweep(6, 5), sweep(6, 6)))
    finish(m, 40000)
  end }
