test { "idle", image = "work", needs = { "first-task" },
  about = "with nothing to do the CPU waits, ready for interruptions",
  run = function (m)
    m:blame("task.c:dispatch")
    start(m, READ)
    m:run { until_read = true }
    m:run { until_idle = true, limit_ms = 2000 }
    m:expect_psw { wait = true, external = true, io = true, problem = false }
    m:expect("the running task", running(m), nil)
    m:type("")
    m:run { until_read = true, limit_ms = 2000 }
  end }
