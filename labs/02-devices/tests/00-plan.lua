-- What the tests of this lab share: plans and reports (work.c), device logs.

CARDS, COPY, PRINT, SAY, LISTEN, WRITE, READ, FORMAT, SPIN = 2, 3, 4, 5, 6, 7, 8, 9, 10
CONSOLE, READER, PRINTER, DISK = 0x009, 0x00C, 0x00E, 0x190
BUSY = 0x10
FAILED = 0xFFFFFFFF

local STEPS = 6

-- Records of the disk: three a track, nineteen tracks a cylinder.
function record(cylinder, head, number)
  return cylinder * 57 + (head or 0) * 3 + (number or 1) - 1
end

-- Each argument is what one task does: a list of steps { WORK, a, b, c }.  The tasks
-- have the numbers 1, 2, ...  Comes back when they have been made.
function start(m, ...)
  for n, steps in ipairs { ... } do
    for i, s in ipairs(steps) do
      for j = 1, 4 do
        m:var(("plan[%d]"):format((n * STEPS + i - 1) * 4 + j - 1), s[j] or 0)
      end
    end
  end
  m:run { until_symbol = "shell" }
  local report = m:symbol("report").address
  for n = 0, 7 do m:key(report + n * 2048, n + 1 << 4) end
  m:run { until_symbol = "work_started", limit_ms = 2000 }
end

function finish(m, ms) m:run { until_symbol = "work_done", limit_ms = ms or 20000 } end

-- What task n has found out.
function results(m, n)
  local at = m:symbol("report").address + n * 2048
  local list = {}
  for i = 1, m:word(at) do list[i] = m:word(at + 4 * i) end
  return list
end

-- The START I/Os for a device since event `from`.
function starts(m, dev, from)
  return m:events({ what = "sio", dev = dev }, from)
end

-- The command codes that a device got, in hexadecimal, in order.
function commands(m, dev, from)
  local list = {}
  for _, e in ipairs(m:events({ what = "ccw", dev = dev }, from)) do
    list[#list + 1] = ("%02X"):format(e.code)
  end
  return list
end

function count(list, value)
  local n = 0
  for _, v in ipairs(list) do if v == value then n = n + 1 end end
  return n
end

function is_never_busy(m, dev)
  for _, e in ipairs(starts(m, dev)) do
    local unit = tonumber(e.line:match("CSW %x+ (%x%x)") or "0", 16)
    m:check(e.cc ~= 2 and unit & BUSY == 0,
      ("a START I/O for %03X finds it working: "):format(dev) .. e.line, nil,
      "the operation before it is awaited to its device end")
  end
end

-- Run to the next seek of the disk; the cylinder.
function next_seek(m)
  m:run { until_event = "^CCW 0190%s+%x+%s+07 ", limit_ms = 2000 }
  local seeks = m:events("^CCW 0190%s+%x+%s+07 ")
  return m:half(seeks[#seeks].addr + 2)
end

function seeks(m, n)
  local list = {}
  for i = 1, n do list[i] = next_seek(m) end
  return list
end

-- The first words of a record of the volume.
function first_word(m, cylinder, head, number)
  return (string.unpack(">I4", m:disk("data", cylinder, head or 0, number or 1)))
end

-- Lines "LINE c.i" of a text.
function lines_of(text)
  local list = {}
  for c, i in text:gmatch("LINE (%d+)%.(%d+)") do
    list[#list + 1] = { c = tonumber(c), i = tonumber(i) }
  end
  return list
end

-- Of each writer in `want` (c = lines) all lines, each once, in order.
function expect_lines(m, what, text, want)
  local seen = {}
  for _, l in ipairs(lines_of(text)) do
    local last = seen[l.c] or 0
    m:check(l.i == last + 1, ("%s: behind LINE %d.%d comes"):format(what, l.c, last),
      ("LINE %d.%d"):format(l.c, l.i), ("LINE %d.%d"):format(l.c, last + 1))
    seen[l.c] = l.i
  end
  for c, lines in pairs(want) do
    m:expect(("%s: lines of writer %d"):format(what, c), seen[c] or 0, lines)
  end
end
