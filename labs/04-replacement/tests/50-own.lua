measured { "own-works",
  about = "your own policy: GOS runs with it, whatever the string and the number of frames",
  run = function (m)
    m:blame("own.c")
    local s = system(m, "own", 1)
    count_faults(s, make_string("any", 31, 12))
    s = another(s, "own", 2)
    count_faults(s, with_ticks(make_string("any", 32, 40), 5))
    s = another(s, "own", 24)
    count_faults(s, with_ticks(make_string("phases", 33, 60), 5))
    s.m:expect("faults with a frame for every page", s.faults,
      (replacement("opt", make_string("phases", 33, 60), 24)))
  end }

measured { "own", needs = { "own-works" },
  about = "your own policy: its faults, between those of FIFO and of the optimum",
  run = function (m)
    m:blame("own.c")
    judge_way(system(m, "own", 8), "own",
      { { "phases", 5 }, { "loop", 5 }, { "scan", 5 }, { "skewed", 5 } }, { 10, 18, 26, 32, 38 })
  end }
