-- events.lua - trace lines as tables
--
-- The machine's trace (letters x, o, c) is the log of what channels and
-- devices really did; a guest cannot write into it.  It can push old events
-- out of the log, for that is bounded: a test that asks for what is lost fails
-- by a limit, and does not go on as if nothing had been.
--
-- A filter that no event can ever pass is a mistake in the test, and an error:
-- such a test would find that nothing forbidden has happened.

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

-- ---- filters ----------------------------------------------------------------

local function set_of(text)
  local set = {}
  for word in text:gmatch("%S+") do set[word] = true end
  return set
end

-- By `what`: the fields of such events, and what their lines have in common.
local kinds = {
  ccw = { set_of "dev at code flags addr len", "CCW " },
  ["end"] = { set_of "dev unit channel len", "END " },
  io = { set_of "dev csw unit channel", "I/O " },
  interruption = { set_of "class code psw address", " interruption " },
}
for _, name in ipairs { "sio", "siof", "tio", "clrio", "hio", "hdv", "tch" } do
  kinds[name] = { set_of "dev cc", name:upper() .. " " }
end
local classes = set_of "external svc program i/o machine-check"
local is_text = set_of "class psw csw"

local function check_fields(filter)
  local kind = kinds[filter.what]
  if not kind then error("no event has what = " .. G.show(filter.what), 0) end
  for name, value in G.ordered_pairs(filter) do
    if name ~= "what" and not kind[1][name] then
      error(("an event \"%s\" has no field \"%s\""):format(filter.what, name), 0)
    elseif name == "class" and not classes[value] then
      error("there is no class of interruptions " .. G.show(value), 0)
    elseif name ~= "what" and (math.type(value) == "integer") == (is_text[name] or false) then
      error(("no event has %s = %s"):format(name, G.show(value)), 0)
    end
  end
end

-- All words of all lines, but hexadecimal numbers and what a FAULT says.
local vocabulary = " external SVC program I/O machine-check interruption old PSW SIO SIOF TIO "
  .. "CLRIO HIO HDV TCH cc CSW CCW TIC data chain END unit channel count "

local checked = {}
local function check_pattern(pattern)
  if checked[pattern] or pattern:find("FAULT", 1, true) then return end
  local text = pattern:gsub("%%b..", " "):gsub("%%.", " "):gsub("%[%^?%]?[^%]]*%]", " ")
  if text:find("%w%-") then
    error("an event \"" .. pattern .. "\": \"-\" repeats what is before it; write \"%-\"", 0)
  end
  for word in text:gsub(".[*?]", " "):gmatch("[%w/]+") do
    if not vocabulary:find(word, 1, true) and not word:find("^[%dA-F]+$") then
      error(("an event \"%s\": no line of an event has the word \"%s\""):format(pattern, word), 0)
    end
  end
  checked[pattern] = true
end

-- What finds a line, and whether it is to be found as it is.
local function finder(filter)
  if type(filter) == "table" then
    check_fields(filter)
    return kinds[filter.what][2], true
  end
  if filter then check_pattern(filter) end
  return filter, false
end

local function passes(e, filter)
  for name, value in pairs(filter) do if e[name] ~= value then return false end end
  return true
end

-- ---- the log ----------------------------------------------------------------

function M:event_count() return self.native:event_count() end

-- The number of the last event; those from `first` on must all be there.
function M:events_since(first)
  local n = self:event_count()
  if first <= n - native.events_kept then
    G.current = self
    G.raise { kind = "timeout", happened = ("the machine's log is full: there were %d " ..
      "interruptions, I/O instructions, and channel commands"):format(n),
      expected = ("at most %d of them"):format(native.events_kept) }
  end
  return n
end

-- Those that the filter lets through, a pattern or a table of fields, behind
-- event number `from`.
function M:events(filter, from)
  local text, plain = finder(filter)
  local list = {}
  local first = (from or 0) + 1
  for i = first, self:events_since(first) do
    if not text or self.native:event(i):find(text, 1, plain) then
      local e = G.event(self.native, i)
      if not plain or passes(e, filter) then list[#list + 1] = e end
    end
  end
  return list
end

-- Is there one among those that were not looked at before?
function M:new_event_matches(pattern)
  check_pattern(pattern)
  local first = self.events_seen + 1
  for i = first, self:events_since(first) do
    self.events_seen = i
    if self.native:event(i):find(pattern) then return true end
  end
  return false
end

-- The last event for which test(e) holds, among the last `depth`.
function M:last_event(test, depth)
  local n = self:event_count()
  for i = n, math.max(1, n - (depth or 2000) + 1), -1 do
    local e = G.event(self.native, i)
    if e and test(e) then return e end
  end
end
