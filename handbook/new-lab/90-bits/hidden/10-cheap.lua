test { "cheap", needs = { "all" },
  about = "a word with one bit is counted faster than one of ones",
  run = function (m)
    local _, one = bits_on(m, 0x80000000)
    local _, ones = bits_on(m:another(), 0xFFFFFFFF)
    m:note(("%d instructions for one bit, %d for 32"):format(one, ones))
    m:check(one * 3 < ones, "instructions for one bit", one, "less than a third of " .. ones)
  end }
