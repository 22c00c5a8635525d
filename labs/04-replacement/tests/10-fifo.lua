measured { "fifo-first",
  about = "FIFO: the page that came first has to go, used or not",
  run = function (m)
    m:blame("fifo.c")
    expect_reference(system(m, "fifo", 3), string_of "1 2 3 1 1 4 1 5 2 6", "fifo")
  end }

measured { "fifo", needs = { "fifo-first" },
  about = "FIFO: fault for fault as the policy in plain C",
  run = function (m)
    m:blame("fifo.c")
    local s = system(m, "fifo", 1)
    expect_reference(s, make_string("any", 1, 15), "fifo")
    for i, frames in ipairs { 2, 4, 7 } do
      s = another(s, "fifo", frames)
      expect_reference(s, make_string(i == 2 and "phases" or "any", i, 60), "fifo")
    end
  end }
