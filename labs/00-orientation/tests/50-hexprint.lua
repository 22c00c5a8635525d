test { "hex-letters",
  about = "a few bytes: two digits each, 0 to 9 and A to F, printed once",
  run = function (m)
    prints(m, "\x01\x23\x45\x67\x89\xAB\xCD\xEF")
    local other = m:another()
    prints(other, other:ebcdic("Hello"))
  end }

test { "hex-lines", needs = { "hex-letters" },
  about = "lines of 64 bytes; the last one as long as what is left",
  run = function (m)
    for i, n in ipairs { 64, 65, 127 } do
      local other = i == 1 and m or m:another()
      prints(other, ("\xC1\x5B\xF0"):rep(50):sub(1, n))
    end
  end }

test { "hex-all", needs = { "hex-lines" },
  about = "every byte from X'00' to X'FF'",
  run = function (m)
    local all = {}
    for i = 0, 255 do all[i + 1] = string.char(i) end
    prints(m, table.concat(all))
  end }

test { "hex-empty", needs = { "hex-letters" },
  about = "no bytes: nothing is printed, code 0",
  run = function (m)
    prints(m, "")
    m:expect("commands to the printer", #commands(m), 0)
  end }

test { "hex-waits", needs = { "hex-lines" }, seeds = 3,
  about = "the printer is started when it is done with the line before, and waited for",
  run = function (m)
    prints(m, ("\x5A"):rep(256))
    m:blame("PUTLINE")
    m:check(m:count() < 20000, "instructions executed", m:count(), "some 8,000: the CPU " ..
      "waits for the interruption, it does not ask again and again")
    local open = false
    for _, e in ipairs(m:events()) do
      if e.dev == PRINTER and e.what == "sio" then
        m:check(not open, "START I/O, instruction " .. e.count,
          "before device end of the line before", "after it")
        m:expect("its condition code", e.cc, 0)
        open = true
      elseif e.dev == PRINTER and e.what == "io" and e.unit & 0x04 ~= 0 then
        open = false
      end
    end
    m:check(not open, "when the machine stops, device end of the last line", "is not taken",
      "has come")
  end }

test { "hex-busy", needs = { "hex-waits" },
  about = "a printer that is busy at first gets every line once",
  run = function (m)
    for i, after in ipairs { 0, 2 } do
      local other = i == 1 and m or m:another()
      other:fault(PRINTER, "busy ms=5 after=" .. after)
      prints(other, ("\xAB\x12"):rep(100))
    end
  end }

test { "hex-no-printer", needs = { "hex-letters" },
  about = "no printer at 00E: code E01",
  run = function (m)
    m:detach(PRINTER)
    m:run { until_wait = true }
    m:expect_stop("wait", 0xE01)
  end }
