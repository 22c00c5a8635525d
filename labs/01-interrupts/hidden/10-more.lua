test { "kernel-stops", image = "work", needs = { "program-ends" },
  about = "a program interruption in the kernel stops the machine with code EE28",
  run = function (m)
    m:blame("program.c:program_interruption")
    start(m, SPIN)
    m:set("psw", 0x0000000000FFFFF0) -- as if the kernel had gone astray
    m:run { until_wait = true, limit_ms = 500 }
    m:expect_stop("wait", 0xEE28)
  end }

test { "fresh-slice", image = "work", needs = { "timer-preempts" },
  about = "a task that gets the CPU from one that yields has a whole slice",
  run = function (m)
    m:blame("task.c:dispatch")
    start(m, SPIN, YIELD)
    m:run { for_ms = 200 }
    for _ = 1, 5 do
      m:run { until_symbol = "external_interruption", limit_ms = 500 }
      m:run { until_symbol = "frame_load" }
      m:run { until_symbol = "svc_interruption", limit_ms = 500 }
      m:run { until_symbol = "frame_load" }
      m:expect("the running task", running(m), 1)
      m:check(m:word(0x50) > 1536 - 256 and m:word(0x50) <= 1536, "what is left of its slice",
        m:word(0x50), "1536 (20 ms)")
      m:run { count = 100 }
    end
  end }

test { "key-is-no-slice", image = "work", needs = { "timer-preempts" },
  about = "the interrupt key ends no time slice; it ends svc_wait()",
  run = function (m)
    m:blame("timer.c:external_interruption")
    start(m, SPIN, SPIN)
    m:run { for_ms = 105 }
    m:expect("the state of the first task", task(m, 0).state, "waiting")
    local from = m:event_count()
    local before = task(m, 1).preempted + task(m, 2).preempted
    for _ = 1, 5 do
      m:external_key()
      m:run { until_symbol = "external_interruption", limit_ms = 500 }
      m:run { until_symbol = "frame_load" }
      m:run { for_ms = 1 }
    end
    local slices = #interruptions(m, "external", 0x80, from)
    m:expect("preemptions by the timer and the key", task(m, 1).preempted + task(m, 2).preempted,
      before + slices)
    m:run { for_ms = 200 }
    m:expect("the task that the first one waits for, as the key ended its first svc_wait()",
      task(m, 0).awaited, 2)
  end }

test { "only-the-ready", image = "work", needs = { "timer-preempts" },
  about = "a task that waits for a line does not run until there is one",
  run = function (m)
    m:blame("task.c:next_ready")
    start(m, READ, SPIN)
    m:run { for_ms = 500 }
    m:expect("the state of the task that reads", task(m, 1).state, "reading")
    local times = task(m, 1).dispatched
    m:run { for_ms = 500 }
    m:expect("times that it got the CPU meanwhile", task(m, 1).dispatched - times, 0)
  end }

test { "slice-goes-on", image = "work", needs = { "timer-preempts" },
  about = "a task that goes on behind an SVC keeps what is left of its slice, and no more",
  run = function (m)
    m:blame("task.c:dispatch")
    start(m, ASK, SPIN)
    m:run { for_ms = 1000 }
    m:expect("times in a second that the CPU was taken from the task that makes SVCs",
      task(m, 1).preempted, function (times) return times > 10 end)
  end }
