-- No frame may have a page of task n, or bring one; all frames are as they should be.
function nothing_left(m, n)
  for f = 0, FRAMES - 1 do
    local fr = frame(m, f)
    m:check(fr.n ~= n, ("frame %d still has page %s of task %d"):format(f, tostring(fr.page), n))
    if fr.free then
      for half = 0, 1 do
        m:expect(("frame %d, half %d, which is free: access key"):format(f, half),
          m:key(fr.raddr + 2048 * half).access, 0)
      end
    end
  end
  for page = 0, PRIVATE_PAGES - 1 do
    m:expect(("the slot of page %d of task %d"):format(page, n), slot(m, n, page), nil)
    m:expect(("the place of page %d of task %d"):format(page, n), place(m, n, page), nil)
  end
end

test { "ended", image = "work", needs = { "page-in" },
  about = "a task that ends leaves nothing: its frames and slots are free",
  run = function (m)
    m:blame("page.c:page_task_ended")
    begin(m, 8, steps(each(0, 11, function (p) return store(p, 1) end)))
    m:run { until_symbol = "work_started", limit_ms = 2000 }
    local slots = slots_taken(m)
    finish(m)
    nothing_left(m, 1)
    m:expect("slots taken", slots_taken(m), slots)
    local free = 0
    for f = 0, 7 do free = free + (frame(m, f).free and 1 or 0) end
    m:check(free >= 6, "free frames of eight, as one task is left", free, "6 or 7")
  end }
