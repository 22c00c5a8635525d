test { "timer-preempts", image = "work", needs = { "svc-returns" },
  about = "a task that never gives up the CPU is interrupted, and others run",
  run = function (m)
    m:blame("timer.c, task.c:dispatch")
    start(m, READ, SPIN)
    m:run { for_ms = 1000 }
    local n = #interruptions(m, "external", 0x80)
    m:check(n > 10, "interruptions by the interval timer in a second", n, "about 45")
    m:expect("the state of task 1", task(m, 1).state, "reading")
    local times = task(m, 1).dispatched
    m:type("")
    m:run { for_ms = 1000 }
    m:expect("times that task 1 got the CPU since there is a line for it",
      task(m, 1).dispatched - times, function (more) return more > 0 end)
    m:expect("preemptions of task 2", task(m, 2).preempted, function (k) return k > 10 end)
  end }

test { "turns", image = "work", needs = { "timer-preempts" },
  about = "the tasks that can run get the CPU in turn",
  run = function (m)
    m:blame("task.c:next_ready")
    start(m, SPIN, SPIN, SPIN)
    m:run { for_ms = 100 } -- the first task waits now
    local got = {}
    for i = 1, 9 do
      m:run { until_symbol = "external_interruption", limit_ms = 500 }
      m:run { until_symbol = "frame_load" }
      got[i] = running(m)
    end
    for i = 2, 9 do
      m:check(got[i] == got[i - 1] % 3 + 1, "the tasks that ran are", table.concat(got, " "),
        "1 2 3 in turn")
    end
  end }

test { "timer-keeps", image = "work", needs = { "turns" }, seeds = 3,
  about = "a preempted task goes on where it was, with its registers",
  run = function (m)
    start(m, SPIN, SPIN, SPIN)
    is_spoilt(m, 1000)
    local before = {}
    for n = 1, 3 do before[n] = task(m, n).gr(2) end
    is_spoilt(m, 1000)
    m:blame("timer.c:external_interruption")
    for n = 1, 3 do
      local now = task(m, n).gr(2)
      m:check(now > before[n] + before[n] // 2, "task " .. n .. " had counted to " ..
        before[n] .. ", a second later to", now, "about twice as far")
    end
  end }

test { "timer-slice", image = "work", needs = { "timer-preempts" },
  about = "a slice is 20 ms, as near as the timer's steps allow",
  run = function (m)
    m:blame("timer.c:timer_start")
    start(m, SPIN, SPIN)
    m:run { for_ms = 100 }
    local from = m:event_count()
    m:run { for_ms = 1000 }
    m:expect("time slices in a second", #interruptions(m, "external", 0x80, from),
      function (n) return n >= 40 and n <= 50 end)
  end }
