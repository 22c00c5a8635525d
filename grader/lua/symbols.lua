-- symbols.lua - the .map of an image: names and lines to addresses
--
-- machine/front/map_read.c describes the format.  A name that several files have
-- (static ones) is found as "file.c:name"; without the file it must be the
-- only one.

G.Symbols = {}
G.Symbols.__index = G.Symbols

local known = {} -- by path: the machines of a test mostly run the same image

function G.Symbols.read(path)
  if known[path] then return known[path] end
  local self = setmetatable({ names = {}, lines = {}, found = {} }, G.Symbols)
  known[path] = self
  local f = io.open(path)
  if not f then return self end
  for line in f:lines() do
    local addr, size, kind, name, file =
      line:match("^sym (%x+) (%x+) (%a+) (%S+) ?(.*)$")
    if addr then
      local symbol = { address = tonumber(addr, 16), size = tonumber(size, 16),
        kind = kind, name = name, file = file }
      local same = self.names[name]
      if not same then same = {}; self.names[name] = same end
      same[#same + 1] = symbol
    else
      addr, file, line = line:match("^line (%x+) (.-):(%d+)$")
      if addr then
        local key = file .. ":" .. line
        local a = tonumber(addr, 16)
        if not self.lines[key] or a < self.lines[key] then self.lines[key] = a end
      end
    end
  end
  f:close()
  return self
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
  local same = self.names[name or text]
  if not same then return nil, "the program has no name \"" .. text .. "\"" end
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
  if self.lines[text] then return self.lines[text] end
  for key, address in pairs(self.lines) do
    local f, l = key:match("^(.-):(%d+)$")
    if l == line and file_matches(f, file) then return address end
  end
  return nil, text .. " is no line that instructions come from"
end
