test { "first-page", image = "work", needs = { "tables", "free-frames" },
  about = "a task gets a page of zeros when it first needs one, and goes on as if nothing had been",
  run = function (m)
    m:blame("page.c:page_fault")
    begin(m, 16, steps(mark(1), fetch(0), stay()))
    m:run { until_symbol = "task_begin", limit_ms = 2000 }
    local before = {}
    for i = 2, 15 do before[i] = m:get("gr" .. i) end
    m:expect("the place of the stack", place(m, 0, STACK), nil)
    m:write(frame_address(m, 0), ("\xA5"):rep(PAGE)) -- what somebody has left there
    local first = m:symbol("task_begin").address
    m:run { until_address = first + 4, limit_ms = 2000 }
    for i = 2, 15 do m:expect("R" .. i .. " after the page fault", m:get("gr" .. i), before[i]) end
    m:expect("page-translation exceptions", page_exceptions(m), 1)
    m:expect_var("page_faults", 1)
    m:expect_var("zero_fills", 1)
    local raddr = place(m, 0, STACK)
    m:check(raddr, "the page is not in the page table")
    m:expect("what was stored on the stack", m:word(raddr + PAGE - 8), 0)
    local page = m:read(raddr, PAGE)
    m:check(not page:find("[^\0]"), "a new page has something else than zeros in it")
    local used = 0
    for f = 0, FRAMES - 1 do
      local fr = frame(m, f)
      if not fr.free then
        used = used + 1
        m:expect("where the page is", raddr, fr.raddr)
      end
    end
    m:expect("frames in use", used, 1)
    -- A fault later on: the task is continued where it was.
    run_to_mark(m, 1)
    local before_fault = page_exceptions(m)
    m:run { until_event = "program interruption 0011", limit_ms = 2000 }
    m:run { until_symbol = "frame_load", limit_ms = 2000 }
    m:expect("page faults between the mark and the next step", page_exceptions(m), before_fault + 1)
    local fault = m:events("program interruption 0011")
    m:expect("the PSW to go on with", ("%016X"):format(m:double(task(m, 1).at + 8 + 64)),
      fault[#fault].psw)
  end }

test { "keys", image = "work", needs = { "first-page" },
  about = "a page has the key of its task in both halves, fetch protection, and is unchanged",
  run = function (m)
    m:blame("frame.c:frame_give")
    begin(m, 16, steps(store(0, 7), fetch(1), mark(1), stay()),
      steps(store(0, 8), fetch(1), mark(2), stay()))
    run_to_mark(m, 1)
    run_to_mark(m, 2)
    for n = 1, 2 do
      for page = 0, 1 do
        local raddr = place(m, n, page)
        m:check(raddr, ("page %d of task %d is nowhere"):format(page, n))
        for half = 0, 1 do
          local k = m:key(raddr + 2048 * half)
          local name = ("page %d of task %d, half %d: "):format(page, n, half)
          m:expect(name .. "access key", k.access, n + 1)
          m:expect(name .. "fetch protection", k.fetch, true)
          m:expect(name .. "changed", k.changed, page == 0 and half == 0)
        end
      end
    end
    m:check(place(m, 1, 0) ~= place(m, 2, 0), "two tasks have the same frame")
    m:expect("page 0 of task 1", m:word(place(m, 1, 0)), 7)
    m:expect("page 0 of task 2", m:word(place(m, 2, 0)), 8)
  end }

test { "not-a-page", image = "work", needs = { "first-page" },
  about = "an address that is no page of the task's is its mistake: it ends, others go on",
  run = function (m)
    m:blame("page.c:page_fault")
    local pool = m:symbol("frame.c:storage").address
    local cases = {
      { fetch_at(0xC0000), 0x10, "a fetch behind the private area" },
      { fetch_at(0x100000), 0x10, "a fetch behind the segment table" },
      { fetch_at(pool), 0x11, "a fetch from a frame by its real address" },
      { store_at(0x60, 0), 4, "a store into the kernel" },
    }
    for i, case in ipairs(cases) do
      local other = i == 1 and m or m:another()
      begin(other, 16, steps(fetch(0), case[1], mark(1)), steps(store(1, 5), compare(1, 5)))
      finish(other)
      other:expect(case[3] .. ": the task's state", task(other, 1).state, "free")
      local codes = {}
      for _, e in ipairs(other:events { what = "interruption", class = "program" }) do
        if e.code ~= 0x11 or case[2] == 0x11 then
          codes[#codes + 1] = e.code
        end
      end
      other:check(#codes > 0, case[3] .. " was no program interruption")
      if case[2] ~= 0x11 then other:expect(case[3] .. ": codes", codes, { case[2] }) end
      other:run { for_ms = 9000 }
      other:expect_console("Task 1 .*program interruption " .. case[2] .. ",")
    end
  end }
