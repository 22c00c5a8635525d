test { "program-alone", image = "work", needs = { "program-ends", "turns" },
  about = "the other tasks of a task that fails take no harm",
  run = function (m)
    start(m, SPIN, STORE, PRIVILEGED, SPIN, DIVIDE, ADDRESS)
    is_spoilt(m, 1500)
    m:blame("program.c:program_interruption, task.c:next_ready")
    for _, n in ipairs { 2, 3, 5, 6 } do
      m:expect("the state of task " .. n .. ", which failed", task(m, n).state, "free")
    end
    for _, n in ipairs { 1, 4 } do
      m:expect("the state of task " .. n, task(m, n).state, "ready")
    end
  end }
