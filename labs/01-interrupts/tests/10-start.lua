test { "new-psws", image = "work",
  about = "three new PSWs lead into the kernel: supervisor state, key 0, disabled",
  run = function (m)
    m:blame("entry.asm, new PSWs")
    local seen = {}
    for _, p in ipairs { { 0x58, "external" }, { 0x60, "SVC" }, { 0x68, "program" } } do
      local name = "the new PSW for " .. p[2] .. " interruptions, "
      local left, right = m:word(p[1]), m:word(p[1] + 4)
      m:expect(name .. "its wait bit", left >> 17 & 1, 0)
      m:expect(name .. "its problem-state bit", left >> 16 & 1, 0)
      m:expect(name .. "its mask of I/O and external interruptions", left >> 24, 0)
      m:expect(name .. "its key", left >> 20 & 15, 0)
      m:check(not seen[right], name .. "its address is that of another kind")
      m:check(right >= 0x200 and right % 2 == 0 and right < 0x10000,
        name .. "its address", ("X'%06X'"):format(right), "a first-level handler")
      seen[right] = true
    end
  end }

test { "first-task", image = "work",
  about = "dispatch() gives the CPU to the first task, in the problem state",
  run = function (m)
    m:blame("task.c:dispatch")
    m:run { until_symbol = "shell" }
    m:expect_psw { problem = true, wait = false, external = true, io = true, key = 1 }
    m:expect("the running task", running(m), 0)
  end }
