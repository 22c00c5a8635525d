test { "program-ends", image = "work", needs = { "svc-returns" },
  about = "a task that fails is ended, and who waits for it goes on",
  run = function (m)
    m:blame("program.c:program_interruption")
    local kinds = { { STORE, 4 }, { DIVIDE, 9 }, { PRIVILEGED, 2 }, { ADDRESS, 5 } }
    for i, kind in ipairs(kinds) do
      local other = i == 1 and m or m:another()
      start(other, kind[1])
      other:run { until_symbol = "work_done", limit_ms = 3000 }
      other:expect("program interruptions", #interruptions(other, "program"), 1)
      other:expect("the state of the task that failed", task(other, 1).state, "free")
      other:expect("what svc_wait() returned", other:word(other:get "gr1"), 0)
      other:run { for_ms = 8000 } -- the console types fifteen characters a second
      other:expect_console("Task 1 .*program interruption " .. kind[2] .. ",")
    end
  end }
