-- Items as bill.asm has them: name, number, price.
function items(m, list)
  local at = m:symbol("ITEMS").address
  m:half(m:symbol("ITEMSN").address, #list)
  for i, item in ipairs(list) do
    m:write(at + 16 * (i - 1), m:ebcdic((item[1] .. (" "):rep(12)):sub(1, 12)))
    m:half(at + 16 * (i - 1) + 12, item[2])
    m:half(at + 16 * (i - 1) + 14, item[3])
  end
end

-- Store what answer 4b says; it must be in the program, not in its data.
function mend(m)
  local where, bytes = answer(m, "4b"):match("^(%x+)%s+(%x[%x%s]*)$")
  m:check(where, "answer 4b is \"" .. answer(m, "4b") .. "\"", nil,
    "an address, a blank, and bytes of two digits")
  bytes = bytes:gsub("%s", "")
  m:check(#bytes % 2 == 0 and #bytes <= 12, "digits of the bytes in answer 4b", #bytes,
    "2 to 12, an even number")
  local at = tonumber(where, 16)
  local from, to = m:symbol("BBEGIN").address, m:symbol("BDONE").address
  m:check(at >= from and at + #bytes // 2 <= to, "answer 4b stores at", where,
    "in the program, BBEGIN to BDONE")
  m:write(at, (bytes:gsub("%x%x", function (two) return string.char(tonumber(two, 16)) end)))
end

-- The bill to its end: the total, and the last line in storage.
function comes_to(m, total)
  m:run { until_wait = true, limit_insns = 4000000 }
  m:expect_stop("wait", 0)
  m:blame("answers.txt")
  m:expect("TOTAL", m:word(m:symbol("TOTAL").address), total)
  m:expect("the last line", m:ascii(m:read(m:symbol("LINE").address, 40)),
    ("%-30s%06d    "):format("TOTAL", total))
end

test { "bill-found", image = "bill",
  about = "4a: the instruction that spoils the total",
  run = function (m)
    local at = numbers(m, "4a", 1)[1]
    local total = m:symbol("TOTAL").address
    m:check(at % 2 == 0 and at < m:symbol("BDONE").address, "answer 4a",
      ("%X"):format(at), "the address of an instruction")
    local stop = m:run { until_address = at, limit_insns = 200000, try = true }
    m:check(stop == "break", "the machine came to the address of answer 4a", "never",
      "the first byte of an instruction that is executed")
    local before = m:byte(total)
    m:run { count = 1 }
    m:check(m:byte(total) ~= before, "what that instruction did to the first byte of TOTAL",
      "nothing", "it stored there")
  end }

test { "bill-mended", image = "bill", needs = { "bill-found" },
  about = "4b: with what you store the bill comes out right",
  run = function (m)
    mend(m)
    comes_to(m, 2000 + 825 + 3700 + 24500 + 615)
    m:expect_console("^COFFEE        000041  000015  000615 *$")
  end }

test { "bill-told", image = false, needs = { "bill-found" },
  about = "4c: what went wrong, and how it was found (staff read it)",
  run = function (m)
    local words = select(2, answer(m, "4c"):gsub("%S+", ""))
    m:check(words >= 25, "words in answer 4c", words, "at least 25")
  end }
