measured { "fifo-more", needs = { "fifo" },
  about = "FIFO: other strings, other numbers of frames; a page that comes again is the youngest",
  run = function (m)
    m:blame("fifo.c")
    local s = system(m, "fifo", 3)
    expect_reference(s, make_string("loop", 41, 50), "fifo")
    s = another(s, "fifo", 12)
    expect_reference(s, make_string("phases", 42, 100), "fifo")
  end }

measured { "clock-more", needs = { "clock" },
  about = "clock: other strings, other numbers of frames",
  run = function (m)
    m:blame("clock.c")
    local s = system(m, "clock", 3)
    expect_reference(s, make_string("any", 43, 60), "clock")
    for i, frames in ipairs { 5, 13, 24 } do
      s = another(s, "clock", frames)
      expect_reference(s, make_string(i == 2 and "skewed" or "phases", 43 + i, 100), "clock")
    end
  end }

measured { "aging-more", needs = { "aging-first" },
  about = "aging: other strings, fewer frames",
  run = function (m)
    m:blame("aging.c")
    judge_way(system(m, "aging", 6), "aging", { { "phases", 51 }, { "scan", 52 }, { "skewed", 53 } },
      { 12, 20 })
  end }

measured { "workset-more", needs = { "workset-first" },
  about = "working set: resident sets of other programs",
  run = function (m)
    m:blame("workset.c")
    expect_working_sets(system(m, "workset", 24), with_ticks(make_string("skewed", 61, 60), 3))
  end }

measured { "own-more", needs = { "own-works" },
  about = "your own policy with strings that you do not know",
  run = function (m)
    m:blame("own.c")
    judge_way(system(m, "own", 8), "own",
      { { "phases", 71 }, { "loop", 72 }, { "scan", 73 }, { "skewed", 74 } }, { 10, 18, 26, 32, 38 })
  end }
