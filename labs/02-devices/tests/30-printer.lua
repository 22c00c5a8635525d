local asa = { "000C 3505 {work}/asa ascii eof", "0009 3215", "000E 1403 {work}/paper" }
-- Lines 3, 3, 4, 6, 9, 13; 1, 2 of the next page.
local sheet = "\n\nTITLE\rTITLE\nONE\n\nTWO\n\n\nTHREE\n\n\n\nTO CHANNEL 3\fPAGE 2\nEND"

test { "paper", image = "work", needs = { "cards" }, devices = asa,
  about = "lines are printed as their control characters say",
  run = function (m)
    m:blame("printer.c:make_program")
    start(m, { { COPY } })
    finish(m)
    m:run { for_ms = 2000 }
    m:expect("the paper", m:paper("paper"), sheet)
    is_never_busy(m, PRINTER)
  end }

test { "paper-once", image = "work", needs = { "paper", "sense" }, devices = asa,
  about = "a printer that refuses a command, or is out of paper: nothing lost, nothing done twice",
  run = function (m)
    m:blame("printer.c:printer_judge")
    m:fault(PRINTER, "equipment-check command=01 after=1 count=1")
    m:fault(PRINTER, "equipment-check command=0B after=1 count=1")
    m:fault(PRINTER, "intervention command=01 after=4 ms=1000")
    start(m, { { COPY } })
    finish(m)
    m:run { for_ms = 3000 }
    m:expect("SENSE commands", count(commands(m, PRINTER), "04"), 3)
    m:expect("the paper", m:paper("paper"), sheet)
  end }

test { "page-end", image = "work", needs = { "paper" },
  about = "behind the line at channel 12 a new page begins, and no line is lost",
  run = function (m)
    m:blame("printer.c:printer_judge, printer.c:make_program")
    start(m, { { PRINT, 70, 0x40, 1 } })
    finish(m, 30000)
    m:run { for_ms = 3000 }
    local paper = m:paper("paper")
    expect_lines(m, "the paper", paper, { 70 })
    local first = paper:match("^(.-)\f")
    m:check(first, "there is only one page", nil, "a skip to channel 1 behind line 61")
    m:expect("lines on the first page", #lines_of(first), 60)
    m:expect("pages", select(2, paper:gsub("\f", "")) + 1, 2)
  end }

test { "printer-busy", image = "work", needs = { "paper" },
  about = "a printer that is busy gets the line when it says that it is not",
  run = function (m)
    m:blame("io.c:start, io.c:take_status")
    m:fault(PRINTER, "busy after=1 ms=400 count=1")
    start(m, { { PRINT, 4, 0x40, 1 } })
    finish(m)
    m:run { for_ms = 2000 }
    expect_lines(m, "the paper", m:paper("paper"), { 4 })
    m:expect("START I/Os: one a line, one that finds the printer busy", #starts(m, PRINTER), 5)
  end }
