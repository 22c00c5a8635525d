-- symbols.lua - the .map of an image: names and lines to addresses
--
-- machine/front/map_read.c describes the format.  A name that several files have
-- (static ones) is found as "file.c:name"; without the file it must be the
-- only one.  Static variables inside functions count only if there is nothing
-- else of the name.

G.Symbols = {}
G.Symbols.__index = G.Symbols

local known = {} -- by path: all tests of an image, and their machines, ask the same

function G.Symbols.read(path)
  if known[path] then return known[path] end
  local f = io.open(path)
  local self = setmetatable({ text = "\n" .. (f and f:read "a" or "") .. "\n", found = {}, same = {} },
    G.Symbols)
  if f then f:close() end
  for addr, size, kind, name, file in
      self.text:gmatch("\nsym (%x+) (%x+) (%a+) (%S+) ?([^\n]*)") do
    local same = self.same[name] or {}
    same[#same + 1] = { address = tonumber(addr, 16), size = tonumber(size, 16), kind = kind,
      name = name, file = file }
    self.same[name] = same
  end
  self:hide_inner()
  known[path] = self
  return self
end

-- Drop the variables of functions of whose names there are others.
function G.Symbols:hide_inner()
  local inner, names = {}, {}
  for name, addr in self.text:gmatch("\nvar %d+ (%S+) %S+ %d+%-%d+ s(%x+)%f[\n]") do
    inner[name .. " " .. tonumber(addr, 16)] = true
    names[name] = true
  end
  for name in pairs(names) do
    local outer = {}
    for _, symbol in ipairs(self.same[name] or {}) do
      if not inner[name .. " " .. symbol.address] then outer[#outer + 1] = symbol end
    end
    if #outer > 0 then self.same[name] = outer end
  end
end

-- All lines "file.c:12" that instructions come from, with the lowest address.
function G.Symbols:addresses()
  if not self.lines then
    self.lines = {}
    for addr, key in self.text:gmatch("\nline (%x+) ([^\n]-:%d+)%f[\n]") do
      local a = tonumber(addr, 16)
      if not self.lines[key] or a < self.lines[key] then self.lines[key] = a end
    end
  end
  return self.lines
end

local function file_matches(file, wanted)
  return file == wanted or file:sub(-#wanted - 1) == "/" .. wanted
end

-- The symbol, or nil and why.
function G.Symbols:find(text)
  local symbol, why = self.found[text], nil
  if not symbol then
    symbol, why = self:search(text)
    self.found[text] = symbol
  end
  return symbol, why
end

function G.Symbols:search(text)
  local file, name = text:match("^(.-):([^:]+)$")
  local same = self.same[name or text] or {}
  if #same == 0 then return nil, "the program has no name \"" .. text .. "\"" end
  if not file then
    if #same > 1 then
      return nil, "\"" .. text .. "\" is in several files: say file.c:" .. text
    end
    return same[1]
  end
  for _, symbol in ipairs(same) do
    if file_matches(symbol.file, file) then return symbol end
  end
  return nil, "the program has no name \"" .. text .. "\""
end

-- The address of a line "file.c:12".
function G.Symbols:line(text)
  local file, line = text:match("^(.-):(%d+)$")
  if not file then return nil, "\"" .. text .. "\": write file.c:12" end
  local lines = self:addresses()
  if lines[text] then return lines[text] end
  local first -- of the files that end so, by name: pairs() has no order
  for key in pairs(lines) do
    local f, l = key:match("^(.-):(%d+)$")
    if l == line and file_matches(f, file) and (not first or key < first) then first = key end
  end
  if first then return lines[first] end
  return nil, text .. " is no line that instructions come from"
end
