-- judge.lua - verdicts: what a test expects of a machine
--
-- A failed expectation raises a table with `kind` ("fail" or "timeout"),
-- `expected` and `happened`; run.lua catches it and explains it by the state
-- that the machine is in at this moment.

local M = G.Machine

function G.raise(failure)
  failure.failure = true
  error(failure, 0)
end

-- A value for people.  Numbers from 10 on also in hexadecimal; a word that is
-- a little less than 2^32 is what a program in C calls a negative number.
function G.show(value)
  if math.type(value) == "integer" and (value > 9 or value < 0) then
    local signed = value >= 0xFFFF0000 and value <= 0xFFFFFFFF and value - 0x100000000 or value
    return ("%d (X'%X')"):format(signed, value)
  elseif type(value) == "string" then
    return '"' .. value .. '"'
  elseif type(value) == "table" then
    local list = {}
    for i, v in ipairs(value) do list[i] = G.show(v) end
    return "{ " .. table.concat(list, ", ") .. " }"
  end
  return tostring(value)
end

local function same(a, b)
  if type(a) ~= "table" or type(b) ~= "table" then return a == b end
  for k, v in pairs(a) do if not same(v, b[k]) then return false end end
  for k in pairs(b) do if a[k] == nil then return false end end
  return true
end

function M:fail(happened, expected)
  G.current = self
  G.raise { kind = "fail", happened = happened, expected = expected }
end

function M:check(cond, what, got, want)
  if cond then return end
  self:fail(what .. (got ~= nil and ": " .. tostring(got) or ""), want and tostring(want))
end

function M:expect(what, got, want)
  local right
  if type(want) == "function" then right = want(got) else right = same(got, want) end
  if right then return end
  self:fail(what .. " is " .. G.show(got),
    type(want) ~= "function" and what .. " is " .. G.show(want) or nil)
end

function M:expect_var(name, want) self:expect(name, self:var(name), want) end

function M:expect_psw(fields)
  local psw = self:psw()
  local names = {}
  for name in pairs(fields) do names[#names + 1] = name end
  table.sort(names)
  for _, name in ipairs(names) do
    if psw[name] == nil and name ~= "code" then error("a PSW has no field " .. name, 0) end
    self:expect("PSW: " .. name, psw[name], fields[name])
  end
end

function M:expect_stop(kind, code)
  local psw = self:psw()
  local masked = not psw.io and not psw.external
  if kind == "wait" and not (psw.wait and masked) then
    self:fail("the system is at " .. self:where(psw.address), "a disabled wait")
  end
  if code and psw.address ~= code then
    self:fail(("the code of the disabled wait is X'%06X'"):format(psw.address),
      ("code X'%06X'"):format(code))
  end
end

function M:expect_console(pattern, devno)
  local text = self:console(devno)
  for line in (text .. "\n"):gmatch("(.-)\n") do
    if line:find(pattern) then return end
  end
  local last = {}
  for line in text:gmatch("[^\n]+") do
    last[#last + 1] = line
    if #last > 4 then table.remove(last, 1) end
  end
  self:fail(#last == 0 and "the console has printed nothing"
    or "the console's last lines are:\n" .. table.concat(last, "\n"),
    "a line of the console like \"" .. pattern .. "\"")
end

-- Parts with points of their own.  The account of the first that fails is
-- the test's.
function M:part(weight, name, run)
  G.parts_all = G.parts_all + weight
  local good, failure = pcall(run)
  if good then
    G.parts_passed = G.parts_passed + weight
  elseif type(failure) == "table" and failure.failure then
    G.note(name .. ": not yet: " .. failure.happened)
    if not G.part_failure then
      G.part_failure = failure
      failure.context = G.explain(G.current, failure)
    end
  else
    error(failure, 0)
  end
end

function G.note(text)
  if #G.notes < 40 then G.notes[#G.notes + 1] = text end
end
function M:note(text) G.note(text) end
function M:value(name, number) G.values[name] = number end

-- The line of a handed-in file that begins with `text`.
local function line_place(file, text)
  local number = 0
  for line in ((G.submission(file) or "") .. "\n"):gmatch("(.-)\n") do
    number = number + 1
    if line:sub(1, #text) == text then return ("%s:%d, %s"):format(file, number, text) end
  end
  return file
end

-- With the beginning of a line: it is about what is written there, so that no
-- run is to blame.
function M:blame(place, line)
  G.written = line ~= nil
  G.place = line and line_place(place, line) or place
end
