-- events.lua - trace lines as tables
--
-- The machine's trace (letters x, o, c) is the log of what channels and
-- devices really did; a guest cannot write into it.

local function hex(text) return tonumber(text, 16) end

local readers = {
  { "^(%u+)%s+(%x%x%x%x)%s+cc=(%d)", function (e, op, dev, cc)
    e.what, e.dev, e.cc = op:lower(), hex(dev), tonumber(cc) end },
  { "^CCW (%x%x%x%x)%s+(%x+)%s+(%x%x) (%x%x)%s+(%x+) (%d+)",
    function (e, dev, at, code, flags, addr, len)
      e.what, e.dev, e.at, e.code, e.flags, e.addr, e.len = "ccw", hex(dev),
        hex(at), hex(code), hex(flags), hex(addr), tonumber(len) end },
  { "^END (%x%x%x%x)%s+unit (%x%x) channel (%x%x) count (%d+)",
    function (e, dev, unit, channel, len)
      e.what, e.dev, e.unit, e.channel, e.len = "end", hex(dev), hex(unit),
        hex(channel), tonumber(len) end },
  { "^I/O (%x%x%x%x)%s+CSW (%x+) (%x+)", function (e, dev, one, two)
    e.what, e.dev, e.csw = "io", hex(dev), one .. two
    e.unit, e.channel = hex(two:sub(1, 2)), hex(two:sub(3, 4)) end },
  { "^(.-) interruption (%x+), old PSW (%x+)", function (e, class, code, psw)
    e.what, e.class, e.code, e.psw = "interruption", class:lower(), hex(code), psw
    e.address = hex(psw:sub(-6)) end },
}

function G.event(native_machine, i)
  local line, count, ns = native_machine:event(i)
  if not line then return nil end
  local e = { n = i, line = line, count = count, ms = ns // 1000000, what = "other" }
  for _, reader in ipairs(readers) do
    local found = { line:match(reader[1]) }
    if found[1] then
      reader[2](e, table.unpack(found))
      break
    end
  end
  return e
end

local M = G.Machine

function M:event_count() return self.native:event_count() end

function M:events(pattern)
  local list = {}
  local n = self:event_count()
  for i = math.max(1, n - 49999), n do
    local line = self.native:event(i)
    if not pattern or line:find(pattern) then
      list[#list + 1] = G.event(self.native, i)
    end
  end
  return list
end

-- The last event for which test(e) holds, among the last `depth`.
function M:last_event(test, depth)
  local n = self:event_count()
  for i = n, math.max(1, n - (depth or 2000) + 1), -1 do
    local e = G.event(self.native, i)
    if e and test(e) then return e end
  end
end
