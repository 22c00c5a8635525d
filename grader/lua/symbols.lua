-- symbols.lua - the .map of an image: names and lines to addresses
--
-- machine/front/map_read.c describes the format.  A name that several files have
-- (static ones) is found as "file.c:name"; without the file it must be the
-- only one.

G.Symbols = {}
G.Symbols.__index = G.Symbols

local known = {} -- by path: the machines of a test mostly run the same image

-- A test asks for a few of thousands of names, so the text is looked through
-- for each instead of being taken apart.
function G.Symbols.read(path)
  if known[path] then return known[path] end
  local f = io.open(path)
  local self = setmetatable({ text = "\n" .. (f and f:read "a" or "") .. "\n", found = {} }, G.Symbols)
  if f then f:close() end
  known[path] = self
  return self
end

-- The symbols of this name, in a list.
function G.Symbols:named(name)
  local same, at = {}, 1
  local text, word = self.text, " " .. name
  while not name:find "%s" do
    local from, to = text:find(word, at, true)
    if not from then break end
    local addr, size, kind = text:sub(math.max(1, from - 80), from - 1):match("\nsym (%x+) (%x+) (%a+)$")
    local file = text:match("^ ([^\n]*)", to + 1) or text:match("^()\n", to + 1) and ""
    if addr and file then
      same[#same + 1] = { address = tonumber(addr, 16), size = tonumber(size, 16), kind = kind,
        name = name, file = file }
    end
    at = from + 1
  end
  return same
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
  local same = self:named(name or text)
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
