test { "start-io", image = "work",
  about = "START I/O gives the console its first line",
  run = function (m)
    m:blame("io.c:start")
    m:run { until_event = "^SIO ", limit_ms = 500 }
    local sio = m:events("^SIO ")[1]
    m:expect("the device", sio.dev, CONSOLE)
    m:expect("the condition code", sio.cc, 0)
    m:run { for_ms = 2000 }
    m:expect_console("^GOS is ready")
  end }

test { "console-lines", image = "work", needs = { "start-io" },
  about = "the end of each line starts the next: none is lost, none is printed twice",
  run = function (m)
    m:blame("io.c:take_status, console.c:console_ended")
    start(m, { { SAY, 9, 0, 1 } }, { { SAY, 9, 0, 2 } }, { { SAY, 9, 0, 3 } })
    finish(m)
    m:run { until_read = true, limit_ms = 10000 }
    expect_lines(m, "the console", m:console(), { 9, 9, 9 })
    is_never_busy(m, CONSOLE)
  end }

test { "console-read", image = "work", needs = { "start-io" },
  about = "a line that is read has the length that the CSW's count tells; the cancel key voids it",
  run = function (m)
    m:blame("console.c:console_ended")
    start(m, { { LISTEN, 20 }, { LISTEN, 3 }, { LISTEN, 20 }, { LISTEN, 20 } })
    for _, line in ipairs { "ABCDEFG", "PQRSTU", false, "Z" } do
      m:run { until_read = true, limit_ms = 5000 }
      if line then m:type(line) else m:cancel() end
      if line ~= "Z" then m:run { for_ms = 10 } end
    end
    finish(m)
    local r = results(m, 1)
    m:expect("the length of ABCDEFG", r[1], 7)
    m:expect("its first word, in EBCDIC", r[2], 0xC1C2C3C4)
    m:expect("the length of PQRSTU, of which 3 are wanted", r[3], 3)
    m:expect("what svc_read() returns when the line is cancelled", r[5], FAILED)
    m:expect("the length of Z", r[7], 1)
  end }

test { "attention", image = "work", needs = { "console-lines" },
  about = "the request key is noticed, also when it comes together with a START I/O",
  run = function (m)
    m:blame("io.c:take_status, io.c:start")
    start(m, { { SPIN, 2000 }, { SAY, 1, 0, 1 }, { SPIN, 500 } })
    m:run { for_ms = 900 }
    m:expect("times that svc_wait() was ended by the operator", count(results(m, 0), FAILED), 0)
    m:attention()
    m:run { for_ms = 50 }
    m:expect("the same, after the request key", count(results(m, 0), FAILED), 1)
    m:run { until_symbol = "s370_sio", limit_ms = 10000 }
    m:attention()
    m:run { for_ms = 2000 }
    m:expect("the same, after the request key at START I/O", count(results(m, 0), FAILED), 2)
    expect_lines(m, "the console", m:console(), { 1 })
  end }

test { "sense", image = "work", needs = { "console-lines" },
  about = "a unit check is followed by SENSE, and then the line is printed after all",
  run = function (m)
    m:blame("io.c:operation_over")
    m:fault(CONSOLE, "unit-check sense=20 command=09 after=2 count=1")
    start(m, { { SAY, 5, 0, 1 } })
    finish(m)
    m:run { until_read = true, limit_ms = 10000 }
    local text = table.concat(commands(m, CONSOLE), " ")
    m:check(text:find("^09 09 09 04 09"), "the commands that the console got", text,
      "09 09 09, of which the last is refused; 04 (SENSE); 09 once more")
    expect_lines(m, "the console", m:console(), { 5 })
  end }
