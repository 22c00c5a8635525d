test { "hex-paper", needs = { "hex-waits" },
  about = "a printer that needs its operator gets the line when it is ready again",
  run = function (m)
    for i, after in ipairs { 0, 1, 3 } do
      local other = i == 1 and m or m:another()
      other:fault(PRINTER, ("intervention after=%d ms=2000"):format(after))
      prints(other, ("\x9F\x00"):rep(128))
    end
  end }

test { "hex-broken", needs = { "hex-waits" },
  about = "a printer that does not work: code E03, and the reason was asked for",
  run = function (m)
    m:fault(PRINTER, "equipment-check after=1")
    put(m, ("\x11"):rep(200))
    m:run { until_wait = true }
    m:expect_stop("wait", 0xE03)
    m:expect("SENSE commands", #commands(m, 0x04), 1)
    m:expect("lines printed", #printed(m), 1)
  end }

test { "hex-limits", needs = { "hex-lines" },
  about = "one byte; as many as there is room for",
  run = function (m)
    prints(m, "\xFA")
    local other = m:another()
    local all = {}
    for i = 1, 512 do all[i] = string.char(i * 7 & 255) end
    prints(other, table.concat(all))
  end }

test { "bill-others", image = "bill", needs = { "bill-mended" },
  about = "other bills come out right too",
  run = function (m)
    local lists = {
      { { "TAPE", 1, 1 } },
      { { "DRUM", 2, 32000 }, { "BOLT", 32000, 1 }, { "A LONG NAME..", 300, 300 } },
      { { "A", 1, 2 }, { "B", 3, 4 }, { "C", 5, 6 }, { "D", 7, 8 }, { "E", 9, 10 },
        { "F", 11, 12 }, { "G", 13, 14 }, { "H", 15, 16 } },
    }
    for i, list in ipairs(lists) do
      local other = i == 1 and m or m:another()
      local total = 0
      mend(other)
      items(other, list)
      for _, item in ipairs(list) do total = total + item[2] * item[3] end
      comes_to(other, total)
    end
  end }
