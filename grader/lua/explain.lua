-- explain.lua - a failure for the person who has to find its cause
--
-- Where the machine stands, in the student's source; who called whom, from
-- the save areas; the last events; a hint if the picture is a known one.

local M = G.Machine

local EVENTS_SHOWN, RECENT_EVENTS = 8, 8

local causes = { [1] = "operation", [2] = "privileged operation", [3] = "execute",
  [4] = "protection", [5] = "addressing", [6] = "specification", [7] = "data",
  [8] = "fixed-point overflow", [9] = "fixed-point divide", [0x10] = "segment translation",
  [0x11] = "page translation", [0x12] = "translation specification" }

-- ---- calls ------------------------------------------------------------------

-- In a wait the first is that which R14 tells; an idle one has none.
function M:calls()
  self:named(0) -- the map is there
  local list = self.native:calls()
  for _, call in ipairs(list) do call.where = self:where(call.real) end
  return list
end

-- ---- where ------------------------------------------------------------------

-- The program interruption that led here, if one did: older ones were part of
-- the system's normal work.
local function program_interruption(m)
  return m:last_event(function (e)
    return e.what == "interruption" and e.class == "program" end, RECENT_EVENTS)
end

-- A disabled wait or a wait says nothing about the place; the program
-- interruption before it does.
local function place_lines(m, lines)
  local psw = m:psw()
  if psw.wait then
    lines[#lines + 1] = ("at: a wait, PSW %016X, count %d"):format(psw.value, m:count())
    local last = m:named((m:get("gr14") - 2) & 0xFFFFFF)
    if last then lines[#lines + 1] = "    the last call (R14) was at " .. last end
  else
    lines[#lines + 1] = ("at: %s, PSW %016X, count %d"):format(m:where(psw.address),
      psw.value, m:count())
    local real = psw.translate and m:translate(psw.address) or psw.address
    local code = real and m.native:read(real & 0xFFFFFE, 6)
    if code then
      local _, text = m.native:disassemble(code)
      lines[#lines + 1] = "    before " .. text
    end
  end
  local e = program_interruption(m)
  if e then
    lines[#lines + 1] = ("last program interruption: X'%04X', %s, before %s"):format(e.code,
      causes[e.code & 0xFF] or "see the list of causes", m:where(e.address))
  end
end

local function event_lines(m, lines)
  local n = m:event_count()
  if n > 0 then lines[#lines + 1] = "events (of " .. n .. "):" end
  for i = math.max(1, n - EVENTS_SHOWN + 1), n do
    local line, count = m.native:event(i)
    lines[#lines + 1] = ("    %9d  %s"):format(count, line)
  end
end

-- The account as a list of lines; taken at once, before the test goes on.
function G.explain(m, failure)
  local lines = {}
  if G.place then lines[#lines + 1] = "look at: " .. G.place end
  if G.written or not m or not m.native then return { lines = lines } end
  G.replay_if_here(m)
  place_lines(m, lines)
  local calls = m:calls()
  local psw = m:psw()
  -- The first one was told: it is the place itself or, in a wait, that of R14.
  local first = (psw.wait or calls[1] and calls[1].at == psw.address) and 2 or 1
  for i = first, #calls do
    lines[#lines + 1] = (i == first and "called from: " or "             ") .. calls[i].where
  end
  event_lines(m, lines)
  return { lines = lines, hint = G.hint(m, failure),
    machine = m.number, count = m:count() }
end

-- ---- hints ------------------------------------------------------------------

local function place_of(m)
  local psw = m:psw()
  local e = program_interruption(m)
  return m:where(e and psw.wait and e.address or psw.address)
end

local conditions = {
  wait = function (m, code) return m.last_stop == "wait" and m:psw().address == code end,
  program = function (m, code)
    local e = program_interruption(m)
    return e and e.code & 0xFF == code
  end,
  at = function (m, text) return place_of(m):find(text, 1, true) end,
  idle = function (m) return m.last_stop == "idle" end,
  limit = function (m) return m.last_stop == "limit" end,
  console = function (m, pattern) return m:console():find(pattern) end,
  when = function (m, f) return f(m) end,
}

local function holds(m, hint)
  for name, value in pairs(hint) do
    if type(name) == "string" then
      if not conditions[name] then error("a hint has no condition " .. name, 0) end
      if not conditions[name](m, value) then return false end
    end
  end
  return true
end

-- The last START I/O of a device whose end nobody has taken since.
local function end_not_taken(m)
  local taken = {}
  local n = m:event_count()
  for i = n, math.max(1, n - 500), -1 do
    local e = G.event(m.native, i)
    if e.what == "io" then taken[e.dev] = true end
    if e.what == "end" and not taken[e.dev] then return e.dev end
  end
end

local general = {
  { "the program interruption handler itself is interrupted: does the new PSW at X'68' lead "
    .. "where you think, and does the handler touch only storage that it may?",
    when = function (m)
      local e = program_interruption(m)
      return e and m:counter("program-interruptions") > 1000 and
        m:counter("program-interruptions") * 100 > m:count() end },
  { "it has executed more than a million instructions without being interrupted or admitting "
    .. "an interruption: a loop that never ends, at the place above or in what called it",
    when = function (m)
      local psw = m:psw()
      local e = m:last_event(function (e) return e.what == "interruption" end)
      return m.last_stop == "limit" and not psw.wait and not psw.io and not psw.external and
        m:count() - (e and e.count or 0) > 1000000 end },
  { "a device has ended its work and its interruption is pending, but the PSW that the system "
    .. "runs or waits with does not admit it: look at the channel masks (bits 0-6 of a BC PSW; "
    .. "bit 6 and control register 2 in EC mode)",
    when = function (m) return not m:psw().io and end_not_taken(m) ~= nil and
      (m.last_stop == "wait" or m.last_stop == "limit") end },
  { "START I/O found the device or channel busy (condition code 2): the end of the operation "
    .. "before must be awaited first",
    when = function (m)
      local e = m:last_event(function (e) return e.what == "sio" end)
      return e and e.cc == 2 end },
  { "START I/O found no such device (condition code 3): is the device address right?",
    when = function (m)
      local e = m:last_event(function (e) return e.what == "sio" end)
      return e and e.cc == 3 end },
}

function G.hint(m)
  for _, list in ipairs { G.test.hints or {}, G.lab.hints or {}, general } do
    for _, hint in ipairs(list) do
      if holds(m, hint) then return hint[1] end
    end
  end
end
