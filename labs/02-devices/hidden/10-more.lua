test { "card-passes", image = "work", needs = { "card-data-check" },
  about = "a card that cannot be read is given up after five more tries, and goes by",
  run = function (m)
    m:blame("reader.c:reader_judge")
    m:fault(READER, "data-check after=2 count=6")
    start(m, { { CARDS } })
    finish(m)
    expect_cards(m, results(m, 1), 3)
  end }

test { "feed-refused", image = "work", needs = { "card-data-check" },
  about = "a FEED that is refused is done again, and no card is lost",
  run = function (m)
    m:blame("reader.c:reader_judge")
    m:fault(READER, "equipment-check command=23 after=1 count=2")
    start(m, { { CARDS } })
    finish(m)
    expect_cards(m, results(m, 1))
  end }

test { "line-once", image = "work", needs = { "paper-once" },
  about = "a line in which a character was missing is printed, and not once more",
  run = function (m)
    m:blame("printer.c:printer_judge")
    m:fault(PRINTER, "data-check command=01 after=1 count=1")
    start(m, { { PRINT, 5, 0x40, 1 } })
    finish(m)
    m:run { for_ms = 2000 }
    expect_lines(m, "the paper", m:paper("paper"), { 5 })
    m:expect("lines of paper that went by", select(2, m:paper("paper"):gsub("\n", "")), 5)
  end }

test { "channel-9", image = "work", needs = { "page-end" },
  about = "spacing past channel 9 is no error: the line is printed",
  run = function (m)
    m:blame("printer.c:printer_judge")
    -- Lines 2, 3, 6, 9, ... 60, 63, of a form whose channel 12 is at 61, channel 9 at 63.
    start(m, { { PRINT, 2, 0x40, 1 }, { PRINT, 20, 0x60, 2 }, { PRINT, 1, 0x40, 3 } })
    finish(m, 30000)
    m:run { for_ms = 3000 }
    local paper = m:paper("paper")
    expect_lines(m, "the paper", paper, { 2, 20, 1 })
    m:check(paper:find("LINE 2.20\n*\fLINE 3.1", 1), "the line behind it does not begin a page")
  end }

test { "same-cylinder", image = "work", needs = { "scan" },
  about = "requests for one cylinder are done in the order in which they came",
  run = function (m)
    m:blame("disk.c:next_request")
    start(m, { { WRITE, record(9), 1 } }, { { WRITE, record(15, 1), 200 } },
      { { WRITE, record(15, 1), 300 } }, { { WRITE, record(15, 1), 400 } },
      { { WRITE, record(2, 1), 500 } }, { { WRITE, record(2, 1), 600 } })
    finish(m)
    m:expect("what is on cylinder 15, written with 200, 300, 400", first_word(m, 15, 1), 400)
    m:expect("what is on cylinder 2, written with 500, 600", first_word(m, 2, 1), 600)
  end }

test { "disk-gives-up", image = "work", needs = { "disk-data-check" },
  about = "a record that cannot be read is given up after five more tries; others are done",
  run = function (m)
    m:blame("disk.c:disk_judge")
    m:fault(DISK, "data-check cylinder=5")
    start(m, { { READ, record(5) } }, { { WRITE, record(8), 800 } },
      { { WRITE, record(2), 200 } })
    finish(m)
    m:expect("what svc_disk_read() returned", results(m, 1)[1], FAILED)
    m:expect("reads", count(commands(m, DISK), "06"), 6)
    m:expect("on cylinder 8", first_word(m, 8), 800)
    m:expect("on cylinder 2", first_word(m, 2), 200)
  end }

test { "disk-refused", image = "work", needs = { "disk-data-check" },
  about = "what the disk refuses, as a cylinder that is not there, is not tried again",
  run = function (m)
    m:blame("disk.c:disk_judge")
    start(m, { { READ, record(300) }, { WRITE, record(3), 33 } })
    finish(m)
    m:expect("what svc_disk_read() returned", results(m, 1)[1], FAILED)
    m:expect("seeks, with that of the next request", count(commands(m, DISK), "07"), 2)
    m:expect("what the next request returned", results(m, 1)[4], 0)
  end }

test { "lost-arm", image = "work", needs = { "disk-data-check" },
  about = "after an equipment check the arm goes back to cylinder 0 first",
  run = function (m)
    m:blame("disk.c:disk_judge")
    m:fault(DISK, "equipment-check command=31 count=1")
    start(m, { { WRITE, record(6), 600 } })
    finish(m)
    m:expect("what svc_disk_write() returned", results(m, 1)[1], 0)
    local text = table.concat(commands(m, DISK), " ")
    m:check(text:find("^07 31 04 13 07 31"), "the commands that the disk got", text,
      "07 31, which is refused; 04 (SENSE); 13 (RECALIBRATE) 07 31 ...")
    m:expect("on cylinder 6", first_word(m, 6), 600)
  end }

-- Stop where START I/O for this device is next; returns the address of the CCW.
local function before_start(m, dev)
  for _ = 1, 20 do
    m:run { until_symbol = "s370_sio", limit_ms = 5000 }
    if m:word(m:get "gr1") == dev then return m:word(0x48) & 0xFFFFFF end
    m:run { count = 1 }
  end
  m:fail(("there is no START I/O for %03X"):format(dev))
end

-- START I/O (the second instruction of s370_sio) is answered by us.
local function answer(m, cc, unit)
  local at = m:symbol("s370_sio").address
  m:set("gr1", m:word(m:get "gr1"))
  if unit then m:half(0x44, unit << 8) end
  m:set("psw", m:get "psw" & ~0x30FFFFFF | cc << 28 | at + 8)
  local again = m:run { until_symbol = "s370_sio", for_ms = 20, try = true }
  m:check(again ~= "break", "START I/O is repeated at once", nil,
    "nothing, until an interruption says that it may be of use")
end

test { "channel-busy", image = "work", needs = { "disk-moves" },
  about = "a channel that is busy gets the program when an interruption says that it may be free",
  run = function (m)
    m:blame("io.c:start")
    start(m, { { WRITE, record(6), 600 } }, { { SPIN, 100 } })
    before_start(m, DISK)
    answer(m, 2)
    m:attention()
    finish(m)
    m:expect("what svc_disk_write() returned", results(m, 1)[1], 0)
    m:expect("on cylinder 6", first_word(m, 6), 600)
  end }

test { "control-unit-busy", image = "work", needs = { "disk-busy" },
  about = "a busy control unit gets the program when it says control unit end",
  run = function (m)
    m:blame("io.c:start")
    start(m, { { WRITE, record(6), 600 } }, { { SPIN, 100 } })
    before_start(m, DISK)
    answer(m, 1, 0x50) -- status modifier, busy
    m:run { until_idle = true, limit_ms = 2000 }
    -- An I/O interruption by another device of that control unit, in the BC mode.
    m:double(0x38, m:get "psw" & ~(0xFFFF << 32) | 0x191 << 32)
    m:double(0x40, 0x20 << 24)
    m:set("psw", m:double(0x78))
    finish(m)
    m:expect("what svc_disk_write() returned", results(m, 1)[1], 0)
    m:expect("on cylinder 6", first_word(m, 6), 600)
  end }

test { "ready-early", image = "work", needs = { "card-intervention" },
  about = "device end that START I/O for SENSE meets is the operator's: nobody waits for it again",
  run = function (m)
    m:blame("io.c:start, io.c:operation_over")
    m:fault(READER, "intervention command=C2 after=1")
    start(m, { { CARDS } })
    for _ = 1, 20 do
      local ccw = before_start(m, READER)
      if m:byte(ccw) == 0x04 then break end
      m:run { count = 1 }
    end
    m:fault(READER, "clear")
    finish(m)
    expect_cards(m, results(m, 1))
  end }

test { "all-at-once", image = "work", seeds = 3,
  needs = { "paper-once", "scan", "disk-data-check", "card-data-check", "printer-busy" },
  about = "all devices at once, and all have faults: everything is done, and once",
  run = function (m)
    m:fault(CONSOLE, "equipment-check command=09 after=3 count=3")
    m:fault(READER, "data-check after=1 count=2")
    m:fault(READER, "busy after=7 ms=30 count=2")
    m:fault(PRINTER, "intervention after=9 ms=900")
    m:fault(PRINTER, "busy after=2 ms=50 count=3")
    m:fault(DISK, "data-check cylinder=12 count=3")
    m:fault(DISK, "equipment-check command=05 after=2 count=2")
    m:fault(DISK, "busy after=3 ms=60 count=3")
    start(m, { { SAY, 8, 0, 1 }, { WRITE, record(12), 100 }, { READ, record(12) } },
      { { CARDS }, { SAY, 3, 0, 2 } },
      { { PRINT, 12, 0x40, 3 }, { WRITE, record(1), 300 } },
      { { WRITE, record(19), 400 }, { READ, record(19) }, { SAY, 4, 0, 4 } },
      { { PRINT, 12, 0xF0, 5 }, { READ, record(2) } },
      { { WRITE, record(12), 600 }, { SPIN, 20 }, { WRITE, record(7), 601 } })
    finish(m, 50000)
    m:run { until_read = true, limit_ms = 20000 }
    m:run { for_ms = 2000 }
    expect_lines(m, "the console", m:console(), { 8, 3, nil, 4 })
    expect_lines(m, "the paper", m:paper("paper"), { [3] = 12, [5] = 12 })
    expect_cards(m, results(m, 2))
    for _, r in ipairs { { 1, 1 }, { 1, 2 }, { 3, 2 }, { 4, 1 }, { 4, 2 }, { 5, 2 }, { 6, 1 },
        { 6, 2 } } do
      m:expect(("result %d of task %d"):format(r[2], r[1]), results(m, r[1])[r[2]], 0)
    end
    m:expect("on cylinder 1", first_word(m, 1), 300)
    m:expect("on cylinder 19", first_word(m, 19), 400)
    m:expect("on cylinder 7", first_word(m, 7), 601)
    m:expect("writes, with two that were refused", count(commands(m, DISK), "05"), 7)
  end }
