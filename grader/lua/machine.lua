-- machine.lua - a machine as tests see it
--
-- Wraps the userdata of bind_machine.c.  All that a test does to a machine is
-- done at an instruction count that only the submission and the seed decide;
-- so a replay is the same test, stopped at a count (run.lua).

G.Machine = {}
local M = G.Machine
M.__index = M

local MACHINES_MAX = 100
local SLICE, FINE_SLICE = 100000, 200

-- ---- making -----------------------------------------------------------------

local function storage_bytes(text)
  local n, unit = tostring(text):match("^(%d+)([KM])$")
  if not n then error("storage = \"" .. tostring(text) .. "\": write 256K or 1M", 0) end
  return tonumber(n) * (unit == "M" and 1048576 or 1024)
end

local function words(text)
  local list = {}
  for word in text:gmatch("%S+") do list[#list + 1] = word end
  return list
end

local function write_file(path, text)
  local f = assert(io.open(path, "wb"))
  f:write(text)
  f:close()
end

-- {work} of machine n, as it is at the start.  A machine that was closed leaves
-- its folder to the next one; its volumes stay.
local function work_folder(n)
  local folder = table.remove(G.folders) or tostring(n)
  local volumes = G.lab.volumes or {}
  native.folder(folder)
  for _, name in ipairs(native.list(folder)) do
    if not volumes[name] then os.remove(folder .. "/" .. name) end
  end
  for name, text in pairs(G.lab.decks or {}) do
    write_file(folder .. "/" .. name, text)
  end
  return folder
end

local blank = {} -- paths of volumes on which nothing was written since they were made

-- {work} in the words of a device.  A volume is formatted when it is first named.
function M:in_work(text)
  for name, v in pairs(G.lab.volumes or {}) do
    if not self.formatted[name] and (text .. " "):find("{work}/" .. name .. " ", 1, true) then
      local path = self.folder .. "/" .. name
      if not blank[path] then native.volume_make(path, v.type, v.cylinders, v.record_bytes) end
      blank[path] = nil
      self.formatted[name] = true
    end
  end
  return (text:gsub("{work}", self.folder))
end

-- Make the volumes blank again that only disks which are still attached can have
-- written on: that is quicker than to make them when the next machine wants them.
function M:restore_volumes()
  if self.others_wrote then return end
  for name in pairs(self.formatted) do
    local path, v = self.folder .. "/" .. name, G.lab.volumes[name]
    for devno, line in pairs(self.attached) do
      if (line .. " "):find(" " .. path .. " ", 1, true) then
        native.volume_restore(self.native, devno, path, v.type, v.cylinders, v.record_bytes)
      end
    end
    blank[path] = true
  end
end

-- What differs with the seed, and nothing else does.
local mips_of_seed = { [0] = 10, 9, 11, 8, 12, 7, 13 }
function G.variant(seed)
  return mips_of_seed[seed % 7], seed % 12
end

-- A file of the image (deck or volume) as a medium of this machine's own.
local function copy_medium(image, ending, folder)
  local from = assert(io.open(image .. ending, "rb"))
  local path = folder .. "/image" .. ending
  write_file(path, from:read("a"))
  from:close()
  return path
end

local known = {} -- by path: the bytes of images
local function bytes_of(image)
  if not known[image] then
    local f = assert(io.open(image, "rb"))
    known[image] = f:read("a")
    f:close()
  end
  return known[image]
end

-- options: image (path), seed, storage, devices, ipl, limit_insns, limit_ms
function M.new(options)
  local n = #G.machines + 1
  if n > MACHINES_MAX then
    error("a test can have " .. MACHINES_MAX .. " machines", 0)
  end
  local mips, hours = G.variant(options.seed)
  local self = setmetatable({ number = n, options = options, seed = options.seed,
    hidden = G.hidden, folder = work_folder(n), attached = {}, formatted = {}, notes = {},
    limit_insns = options.limit_insns, limit_ns = options.limit_ms * 1000000,
    console_seen = {}, events_seen = 0, mips = mips, hours = hours }, M)
  G.machines[n] = self
  self.native = native.create(storage_bytes(options.storage), mips,
    hours * 3600 * 1000000 << 12, options.ipl and "" or bytes_of(options.image))
  for _, line in ipairs(options.devices) do self:attach_line(line) end
  self.symbols = G.Symbols.read(options.image .. ".map")
  if options.ipl then
    self.native:ipl(options.ipl)
  else
    self.native:restart()
  end
  G.current = self
  return self
end

function M:attach_line(line)
  local w = words((self:in_work(line):gsub("{image}(%S+)", function (ending)
    return copy_medium(self.options.image, ending, self.folder)
  end)))
  local devno = tonumber(w[1], 16)
  if not devno or not w[2] then
    error("devices: \"" .. line .. "\": address and type are wanted", 0)
  end
  self:attach(devno, table.unpack(w, 2))
end

function M:attach(devno, kind, ...)
  local args = { ... }
  if #args == 0 and kind:find(" ") then
    args = words(self:in_work(kind))
    kind = table.remove(args, 1)
  end
  self.native:attach(devno, kind, args)
  self.others_wrote = self.others_wrote or self.attached[devno] ~= nil
  self.attached[devno] = ("%04X %s %s"):format(devno, kind, table.concat(args, " "))
  if kind == "3215" then
    self.first_console = self.first_console or devno
    self.native:listen(devno)
  end
end

function M:detach(devno)
  self.native:detach(devno)
  self.attached[devno] = nil
  self.others_wrote = true
end

-- ---- running ----------------------------------------------------------------

local run_fields = { "until_wait", "until_idle", "until_read", "until_symbol", "until_line",
  "until_address", "until_console", "until_event", "count", "for_ms", "limit_insns",
  "limit_ms", "console", "try" }

local function goal_of(o)
  if o.until_wait then return "wait" end
  if o.until_idle then return "idle" end
  if o.until_read then return "read" end
  if o.until_symbol or o.until_line or o.until_address then return "break" end
  if o.until_console then return "console" end
  if o.until_event then return "event" end
end

-- The same for people.
local function goal_text(m, o)
  if o.until_wait then return "a disabled wait" end
  if o.until_idle then return "an enabled wait with nothing under way" end
  if o.until_read then return "a console read that waits for a line" end
  if o.until_symbol then return "execution gets to " .. o.until_symbol end
  if o.until_line then return "execution gets to " .. o.until_line end
  if o.until_address then return "execution gets to " .. m:where(o.until_address) end
  if o.until_console then return "the console prints \"" .. o.until_console .. "\"" end
  if o.until_event then return "an event \"" .. o.until_event .. "\"" end
end

function M:break_address(o)
  local address, why
  if o.until_address then return o.until_address end
  if o.until_line then address, why = self.symbols:line(o.until_line) end
  if o.until_symbol then
    local symbol
    symbol, why = self.symbols:find(o.until_symbol)
    address = symbol and symbol.address
  end
  if why then self:fail(why, "a program that has it") end
  return address
end

-- Lines of a console that are complete and were not looked at before.
function M:new_line_matches(devno, pattern)
  local text = self.native:console(devno)
  local at = self.console_seen[devno] or 1
  while true do
    local stop = text:find("\n", at, true)
    local line = text:sub(at, (stop or #text + 1) - 1)
    if line ~= "" and line:find(pattern) then
      self.console_seen[devno] = stop and stop + 1 or #text + 1
      return true
    end
    if not stop then return false end
    at = stop + 1
    self.console_seen[devno] = at
  end
end

-- Instructions, but in a replay none behind the place that it asks for: there
-- time may pass and inputs may come, until one more would be executed.
function M:execute(insns, until_ns)
  local last = G.last_count
  if not last or last.machine ~= self.number then return self.native:run(insns, until_ns) end
  local left = last.count - self.native:count()
  if left > 0 then return self.native:run(math.min(insns, left), until_ns) end
  G.keep_for_replay(self)
  local stop = self.native:run(1, until_ns)
  if self.native:count() > last.count then
    G.replay.done = true
    G.raise { kind = "replay", happened = "the place is reached" }
  end
  return stop
end

-- Run in slices until something of interest; returns the reason.
function M:run_slices(o, goal, slice)
  local nat = self.native
  local start, began = nat:count(), nat:time()
  local most = math.min(o.limit_insns or math.maxinteger, self.limit_insns - start)
  local count_goal = o.count and o.count <= most
  if o.count then most = math.min(most, o.count) end
  local last_ns = math.min(o.limit_ms and began + o.limit_ms * 1000000 or math.maxinteger,
    self.limit_ns)
  local target = o.for_ms and math.min(began + o.for_ms * 1000000, last_ns)
  local console = o.console or self.first_console
  while true do
    if goal == "console" and self:new_line_matches(console, o.until_console) then
      return "console"
    elseif goal == "event" and self:new_event_matches(o.until_event) then
      return "event"
    end
    local used, now = nat:count() - start, nat:time()
    if target and now >= target and target < last_ns then return "time" end
    if now >= last_ns then return target == last_ns and now < self.limit_ns and "time" or "limit" end
    if used >= most then return count_goal and "count" or "limit" end
    local stop = self:execute(math.min(slice, most - used), target)
    if stop == "idle" then
      if target and nat:time() >= target then return "time" end
      if not ((goal == "console" or goal == "event") and
          (goal == "console" and self:new_line_matches(console, o.until_console) or
          goal == "event" and self:new_event_matches(o.until_event))) then
        if goal == "read" and nat:reading(console) then return "read" end
        return "idle"
      end
      return goal
    elseif stop == "read" then
      if goal == "read" and nat:reading(console) then return "read" end
    elseif stop ~= "limit" then
      if goal == "console" and self:new_line_matches(console, o.until_console) then
        return "console"
      elseif goal == "event" and self:new_event_matches(o.until_event) then
        return "event"
      end
      return stop
    end
  end
end

function M:run(o)
  o = o or {}
  G.check_fields("m:run", o, run_fields)
  G.current = self
  local goal = goal_of(o)
  local address = goal == "break" and self:break_address(o)
  if goal == "read" and self.native:reading(o.console or self.first_console) then
    return "read"
  end
  if address then self.native:break_set(address) end
  self.native:stop_at_read(goal == "read")
  local fine = goal == "console" or goal == "event"
  local reason = self:run_slices(o, goal, fine and FINE_SLICE or SLICE)
  if address then self.native:break_clear(address) end
  self.last_stop = reason
  if o.try then return reason end
  if reason == "limit" then
    G.raise { kind = "timeout", happened = self:stop_text(reason),
      expected = goal_text(self, o) or "the system gets on with its work" }
  elseif goal and reason ~= goal and not (reason == "count" or reason == "time") then
    G.raise { kind = "fail", happened = self:stop_text(reason), expected = goal_text(self, o) }
  elseif goal and reason ~= goal then
    G.raise { kind = "fail", expected = goal_text(self, o),
      happened = reason == "count" and o.count .. " instructions went by without it"
        or o.for_ms .. " ms went by without it" }
  end
  return reason
end

function M:stop_text(reason)
  local psw = self:psw()
  if reason == "wait" then
    return ("the system stopped in a disabled wait, code X'%06X'"):format(psw.address)
  elseif reason == "idle" then
    return "the system waits, and nothing is under way that could end the wait"
  elseif reason == "check" then
    return "the machine is check-stopped"
  elseif reason == "limit" then
    return ("the limit was reached after %d instructions and %d ms of virtual time")
      :format(self:count(), self:time_ms())
  end
  return "it stopped: " .. reason
end

-- ---- registers and storage --------------------------------------------------

function M:count() return self.count_at_end or self.native:count() end
function M:hash() return ("%016X"):format(self.native:hash()) end
function M:time_ns() return self.ns_at_end or self.native:time() end
function M:time_ms() return self:time_ns() // 1000000 end
function M:get(name) return self.native:get(name) end

function M:set(name, value) self.native:set(name, value) end

local function bits(value, first, last)
  return value >> (63 - last) & ((1 << (last - first + 1)) - 1)
end

-- The current PSW, or the one in storage at an address.
function M:psw(address)
  local v = address and self:double(address) or self.native:get("psw")
  local ec = bits(v, 12, 12) == 1
  local p = { value = v, ec = ec, key = bits(v, 8, 11), wait = bits(v, 14, 14) == 1,
    problem = bits(v, 15, 15) == 1, machine_check = bits(v, 13, 13) == 1,
    address = v & 0xFFFFFF, external = bits(v, 7, 7) == 1 }
  if ec then
    p.translate, p.io = bits(v, 5, 5) == 1, bits(v, 6, 6) == 1
    p.cc, p.mask = bits(v, 18, 19), bits(v, 20, 23)
  else
    p.translate, p.io, p.channels = false, bits(v, 0, 6) ~= 0, bits(v, 0, 6)
    p.cc, p.mask, p.code = bits(v, 34, 35), bits(v, 36, 39), bits(v, 16, 31)
  end
  return p
end

function M:read(address, len)
  local bytes = self.native:read(address, len)
  if not bytes then
    self:fail(("X'%06X' for %d bytes is not in storage"):format(address, len))
  end
  return bytes
end

function M:write(address, bytes) self.native:write(address, bytes) end

-- The number at an address, or it becomes `value`.
local function number(self, address, len, value, signed)
  if value ~= nil then
    return self:write(address, string.pack((signed and ">i" or ">I") .. len, value))
  end
  value = self.native:number(address, len) or self:read(address, len)
  if signed and value >> 8 * len - 1 == 1 then value = value - (1 << 8 * len) end
  return value
end

function M:byte(address, value) return number(self, address, 1, value) end
function M:half(address, value) return number(self, address, 2, value) end
function M:word(address, value) return number(self, address, 4, value) end
function M:sword(address, value) return number(self, address, 4, value, true) end
function M:double(address, value) return number(self, address, 8, value, true) end

function M:symbol(name) return (self.symbols:find(name)) end

-- The name and the offset of "name", "name[3]" (words) and "name+8".
local function parse_place(text)
  local name, index = text:match("^(.-)%[(%d+)%]$")
  if name then return { name = name, offset = tonumber(index) * 4 } end
  local offset
  name, offset = text:match("^(.-)%+(%d+)$")
  return { name = name or text, offset = tonumber(offset) }
end

local parsed = setmetatable({}, { __index = function (t, text)
  t[text] = parse_place(text)
  return t[text]
end })

-- Address and size of "name", "name[3]" (words) or "name+8" (a word).
function M:place(text)
  local place = parsed[text]
  local symbol, why = self.symbols:find(place.name)
  if not symbol then self:fail(why, "the variable " .. text) end
  return symbol.address + (place.offset or 0), place.offset and 4 or symbol.size
end

local is_size = { [1] = true, [2] = true, [4] = true, [8] = true }
local function variable(self, text, value, signed)
  local address, size = self:place(text)
  if not is_size[size] then
    error(text .. " has " .. size .. " bytes: use m:symbol and m:read", 0)
  end
  return number(self, address, size, value, signed)
end

function M:var(text, value) return variable(self, text, value, false) end
function M:svar(text) return variable(self, text, nil, true) end

-- "kernel.c:112 (main+X'1C')", or nil: not of the program.  The map is read
-- when somebody asks for the first time.
function M:named(address)
  if not self.mapped then
    self.native:map(self.options.image)
    self.mapped = true
  end
  return self.native:where(address & 0xFFFFFF)
end

function M:where(address)
  return self:named(address) or ("X'%06X'"):format(address & 0xFFFFFF)
end

function M:key(address, value)
  if value then
    return self.native:key_set(address, value)
  end
  local k = self.native:key_get(address)
  return { byte = k, access = k >> 4, fetch = k & 8 ~= 0, referenced = k & 4 ~= 0,
    changed = k & 2 ~= 0 }
end

function M:counter(name)
  local value = self.native:counters()[name]
  if not value then error("there is no counter \"" .. name .. "\"", 0) end
  return value
end

-- ---- code page 037 ----------------------------------------------------------

local to_ebcdic, from_ebcdic = {}, {}
local function row(first, text)
  for c in text:gmatch(".") do
    if not to_ebcdic[c] then to_ebcdic[c] = string.char(first) end
    from_ebcdic[string.char(first)] = c
    first = first + 1
  end
end
row(0x40, " "); row(0x4B, ".<(+|&"); row(0x5A, "!$*);"); row(0x60, "-/")
row(0x6B, ",%_>?"); row(0x79, "`:#@'=\""); row(0x81, "abcdefghi")
row(0x91, "jklmnopqr"); row(0xA1, "~stuvwxyz"); row(0xB0, "^"); row(0xBA, "[]")
row(0xC0, "{ABCDEFGHI"); row(0xD0, "}JKLMNOPQR"); row(0xE0, "\\"); row(0xE2, "STUVWXYZ")
row(0xF0, "0123456789"); row(0x15, "\n"); row(0x05, "\t"); row(0x00, "\0")

function M:ebcdic(text)
  return (text:gsub(".", function (c) return to_ebcdic[c] or "\x6F" end))
end

function M:ascii(bytes)
  return (bytes:gsub(".", function (c) return from_ebcdic[c] or "?" end))
end

function M:text(address, max)
  local bytes = {}
  for i = 0, (max or 256) - 1 do
    local b = self:byte(address + i)
    if b == 0 then break end
    bytes[#bytes + 1] = string.char(b)
  end
  return self:ascii(table.concat(bytes))
end

-- ---- translation (GA22-7000, "Dynamic Address Translation") -----------------

-- By the bits of control register 0 that say the size.
local page_bits_of, segment_bits_of = { [1] = 11, [2] = 12 }, { [0] = 16, [2] = 20 }

-- The page-table entry for vaddr: entry and its address, or nil and why.
local function page_entry(self, vaddr, cr1)
  local cr0 = self:get("cr0")
  cr1 = cr1 or self:get("cr1")
  local page_bits, segment_bits = page_bits_of[cr0 >> 22 & 3], segment_bits_of[cr0 >> 19 & 3]
  if not page_bits or not segment_bits then return nil, "format" end
  local segment = vaddr >> segment_bits
  if segment >> 4 > cr1 >> 24 then return nil, "length" end
  local at = (cr1 & 0xFFFFC0) + 4 * segment
  local bytes = self.native:read(at & 0xFFFFFF, 4)
  if not bytes then return nil, "format" end
  local ste = string.unpack(">I4", bytes)
  if ste & 1 ~= 0 then return nil, "segment" end
  local page = (vaddr & (1 << segment_bits) - 1) >> page_bits
  if page >> (segment_bits - page_bits - 4) > ste >> 28 then return nil, "length" end
  at = (ste & 0xFFFFF8) + 2 * page
  bytes = self.native:read(at & 0xFFFFFF, 2)
  if not bytes then return nil, "format" end
  return string.unpack(">I2", bytes), at, page_bits
end

function M:translate(vaddr, cr1)
  local entry, at, page_bits = page_entry(self, vaddr, cr1)
  if not entry then return nil, at end
  local invalid, bad, frame = self.native:page_frame(entry, page_bits)
  if invalid then return nil, "page" end
  if bad then return nil, "format" end
  return frame + (vaddr & (1 << page_bits) - 1)
end

function M:page(vaddr, cr1)
  local entry, at, page_bits = page_entry(self, vaddr, cr1)
  if not entry then return nil, at end
  local invalid, _, frame = self.native:page_frame(entry, page_bits)
  return { entry = entry, invalid = invalid, frame = frame, at = at }
end

-- Of the n entries of a page table, `list`: the numbers of the valid ones, and
-- `frame`: the addresses of their frames by number.  When nothing has changed
-- since this was asked `before` the answer is that one.
function M:pages(address, n, before)
  local bits = page_bits_of[self:get("cr0") >> 22 & 3]
  if not bits then self:fail("control register 0 names no size of pages") end
  local known = before and before.bits == bits and before.bytes
  local bytes, list, frame = self.native:pages(address, n, bits, known or nil)
  if not bytes then self:read(address, 2 * n) end
  return list and { bits = bits, bytes = bytes, list = list, frame = frame } or before
end

-- ---- devices ----------------------------------------------------------------

function M:type(text, devno)
  devno = devno or self.first_console
  self.native:type(devno, text)
end

function M:attention(devno)
  devno = devno or self.first_console
  self.native:attention(devno)
end

function M:cancel(devno) self.native:cancel(devno or self.first_console) end

function M:external_key() self.native:external_key() end

function M:console(devno) return self.native:console(devno or self.first_console) end

function M:fault(devno, text)
  self.native:fault(devno, words(text))
end

function M:cards(text, devno)
  self.card_files = (self.card_files or 0) + 1
  local path = self.folder .. "/more" .. self.card_files
  write_file(path, text)
  self.native:attach(devno, "3505", { path, "ascii", "eof" })
end

function M:paper(name)
  local f = io.open(self.folder .. "/" .. name, "rb")
  if not f then return "" end
  local text = f:read("a")
  f:close()
  return text
end

function M:disk(name, cylinder, head, record, bytes)
  local v = G.lab.volumes and G.lab.volumes[name]
  if not v then error("lab.lua has no volume \"" .. name .. "\"", 0) end
  self:in_work("{work}/" .. name)
  self.others_wrote = self.others_wrote or bytes ~= nil
  return native.volume_record(self.folder .. "/" .. name, v.type, cylinder, head,
    record, bytes)
end

-- A machine that is not wanted any more: its storage is free for others.
function M:close()
  if self.count_at_end then return end
  local native = self.native
  self.count_at_end, self.ns_at_end = native:count(), native:time()
  self:restore_volumes()
  for devno in pairs(self.attached) do native:detach(devno) end
  native:close()
  G.folders[#G.folders + 1] = self.folder
  self.native = setmetatable({}, { __index = function ()
    error("machine " .. self.number .. " is closed", 0)
  end })
  if G.current == self then G.current = nil end
end

-- One more machine from the same submission.
function M:another(o)
  o = o or {}
  G.check_fields("m:another", o, { "image", "seed", "storage", "devices", "ipl", "limit_insns",
    "limit_ms" })
  local options = {}
  for k, v in pairs(self.options) do options[k] = v end
  for k, v in pairs(o) do options[k] = v end
  if o.image then options.image = G.job.images .. "/" .. o.image end
  return M.new(options)
end
