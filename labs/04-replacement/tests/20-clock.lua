measured { "clock-first",
  about = "clock: the hand passes who was used, and takes who was not",
  run = function (m)
    m:blame("clock.c")
    -- All are used: the hand goes round once.  Then 1 is used, and 2 is not.
    expect_reference(system(m, "clock", 3), string_of "10 11 12 13 11 14 11 15 16 13", "clock")
  end }

measured { "clock", needs = { "clock-first" },
  about = "clock: fault for fault as the policy in plain C",
  run = function (m)
    m:blame("clock.c")
    local s = system(m, "clock", 1)
    expect_reference(s, make_string("any", 11, 15), "clock")
    for i, frames in ipairs { 2, 4, 6, 9 } do
      s = another(s, "clock", frames)
      expect_reference(s, make_string(i > 2 and "phases" or "any", 10 + i, 60), "clock")
    end
  end }
