-- What the tests of this lab share: the answers, and the program's buffer.

-- The text of an answer, in one line; the test fails if there is none.
function answer(m, number)
  m:blame("answers.txt", "Answer " .. number .. ":")
  local text = submission("answers.txt")
  m:check(text, "answers.txt is not there")
  local found = (text .. "\n#"):match("\n%s*Answer " .. number .. ":(.-)\n%s*#")
  m:check(found, "there is no \"Answer " .. number .. ":\" before a line with #")
  found = found:gsub("%s+", " "):gsub("^ ", ""):gsub(" $", "")
  m:check(found ~= "", "answer " .. number .. " is empty", nil, "text behind the colon")
  return found
end

-- The numbers of an answer, which must be so many; base 16 unless said.  They
-- may be written as C or the manuals do, and stand as the monitor prints them.
function numbers(m, number, count, base)
  local list = {}
  base = base or 16
  for word in answer(m, number):gmatch("[^%s,{}]+") do
    local digits = base == 16 and (word:match("^[Xx]'(%x+)'$") or word:match("^0[Xx](%x+)$"))
    local value = tonumber(digits or word, base)
    m:check(value, "answer " .. number .. ", \"" .. word .. "\" is no number", nil,
      base == 16 and "hexadecimal digits" or "decimal digits")
    list[#list + 1] = value
  end
  m:check(#list == count, "numbers in answer " .. number, #list, count)
  return list
end

-- The machine has said what is right; that is not given away here.
function agree(m, number, yours, machines)
  m:blame("answers.txt", "Answer " .. number .. ":")
  for i, right in ipairs(machines) do
    m:check(yours[i] == right, "answer " .. number ..
      (#machines > 1 and ", number " .. i or ""),
      ("%X (decimal %d)"):format(yours[i], yours[i]), "what the machine has there")
  end
end

-- ---- hexprint.asm ------------------------------------------------------------

PRINTER = 0xE

-- Put bytes into the buffer of hexprint.asm.
function put(m, bytes)
  m:write(m:symbol("TEXT").address, bytes)
  m:half(m:symbol("COUNT").address, #bytes)
end

-- What has to be printed for these bytes, line by line.
function digits(bytes)
  local lines = {}
  for at = 1, #bytes, 64 do
    lines[#lines + 1] = bytes:sub(at, at + 63):gsub(".", function (c)
      return ("%02X"):format(c:byte())
    end)
  end
  return lines
end

-- Run to the end of the program, and compare what the printer has printed.
function prints(m, bytes)
  put(m, bytes)
  m:run { until_wait = true }
  m:expect_stop("wait", 0)
  m:blame("hexprint.asm")
  local want, n = digits(bytes), 0
  for line in (m:paper("paper.txt")):gmatch("([^\n]*)\n") do
    n = n + 1
    m:expect("line " .. n .. " of the paper", line, want[n] or "no more lines")
  end
  m:expect("lines on the paper", n, #want)
  m:check(m:read(m:symbol("TEXT").address, #bytes) == bytes, "the bytes of TEXT",
    "changed", "as they were")
end

-- The commands that the printer got: of this code, or all.
function commands(m, code)
  return m:events { what = "ccw", dev = PRINTER, code = code }
end

-- The channel programs of the printer that moved a line to the end.
function printed(m)
  local list, last = {}, nil
  for _, e in ipairs(m:events()) do
    if e.dev == PRINTER and e.what == "ccw" then last = e end
    if e.dev == PRINTER and e.what == "end" and last and last.code == 0x09 and
      e.unit & 0x02 == 0 then
      list[#list + 1] = last
      last = nil
    end
  end
  return list
end
