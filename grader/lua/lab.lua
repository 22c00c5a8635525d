-- lab.lua - reading a lab: lab.lua, points.txt, tests
--
-- G.load(folder, hidden) gives the C side what it has to know, and keeps the
-- tests' functions for G.run.  Whatever is wrong is an error with the file's
-- name: staff see it at once, and no student gets a grade by half a lab.

G.tests = {} -- by name

local DEFAULT_INSNS, DEFAULT_MS = 20000000, 600000

local test_fields = { "about", "needs", "image", "seeds", "storage", "devices",
  "ipl", "limit_insns", "limit_ms", "hints", "tags", "run" }
local lab_fields = { "title", "files", "image", "flags", "images", "storage",
  "devices", "ipl", "volumes", "decks", "limit_insns", "limit_ms", "hints" }

local sets = setmetatable({}, { __mode = "k" }) -- of lists of fields

function G.check_fields(what, t, known)
  local is_known = sets[known]
  if not is_known then
    is_known = {}
    for _, name in ipairs(known) do is_known[name] = true end
    sets[known] = is_known
  end
  local unknown -- the first by name: pairs() has no order
  for name in pairs(t) do
    if not is_known[name] and type(name) == "string" and not (unknown and unknown < name) then
      unknown = name
    end
  end
  if unknown then error(what .. ": there is no field \"" .. unknown .. "\"", 0) end
end

-- pairs() with the keys in order, numbers before texts before all else: Lua's
-- own order is another in each process.
local rank = { number = 1, string = 2 }
local function before(a, b)
  local x, y = rank[type(a)] or 3, rank[type(b)] or 3
  if x == y and x < 3 then return a < b end
  return x < y
end

function G.ordered_pairs(t)
  local keys, n = {}, 0
  for key in pairs(t) do keys[#keys + 1] = key end
  table.sort(keys, before)
  return function ()
    repeat n = n + 1 until keys[n] == nil or t[keys[n]] ~= nil
    return keys[n], t[keys[n]]
  end
end

-- What tests may use.  They are ours, but must give the same result anywhere:
-- no clock, no files, no environment, no order of keys that changes.
local function environment()
  local env = { string = string, table = table, math = math, utf8 = utf8 }
  for _, name in ipairs { "assert", "error", "ipairs", "pcall", "select",
      "tonumber", "tostring", "type", "setmetatable", "getmetatable",
      "rawget", "rawset", "rawequal", "rawlen" } do
    env[name] = _G[name]
  end
  env.print = function () end
  env.pairs = G.ordered_pairs
  env.replacement = native.replacement
  return env
end

local function exists(path)
  local f = io.open(path)
  if f then f:close() end
  return f ~= nil
end

local function chunk(path, env)
  local run, message = loadfile(path, "t", env)
  if not run then error(message, 0) end
  run()
end

-- Names of the .lua files of a folder, in order.  A shell is not at hand
-- everywhere: the C side lists folders.
local function scripts(folder)
  local names = native.list(folder)
  table.sort(names)
  local found = {}
  for _, name in ipairs(names) do
    if name:match("%.lua$") then found[#found + 1] = folder .. "/" .. name end
  end
  return found
end

-- ---- points -----------------------------------------------------------------

local function read_points(path)
  local points = {}
  if not exists(path) then error(path .. ": a lab needs this file", 0) end
  local n = 0
  for line in io.lines(path) do
    n = n + 1
    local text = line:gsub("#.*", ""):match("^%s*(.-)%s*$")
    if text ~= "" then
      local name, whole, part, rest =
        text:match("^([%w%-]+)%s+(%d+)%.?(%d?%d?)%s*(%a*)$")
      if not name or rest ~= "" and rest ~= "hidden" then
        error(path .. ":" .. n .. ": not a line of test, points [hidden]", 0)
      end
      if points[name] then
        error(path .. ":" .. n .. ": " .. name .. " has points already", 0)
      end
      points[name] = { hidden = rest == "hidden", line = n,
        value = tonumber(whole) * 100 + tonumber((part .. "00"):sub(1, 2)) }
    end
  end
  return points
end

-- ---- images -----------------------------------------------------------------

local function images_of(lab)
  local flags = lab.flags or {}
  local images = {}
  if lab.image then images.image = { flags = flags, sources = lab.image } end
  for name, sources in G.ordered_pairs(lab.images or {}) do
    if not name:match("^[%w_]+$") then
      error("lab.lua: image name \"" .. name .. "\": letters and digits", 0)
    end
    images[name] = { flags = sources.flags or flags, sources = { table.unpack(sources) } }
  end
  for name, image in G.ordered_pairs(images) do
    for _, source in ipairs(image.sources) do
      if source:sub(1, 1) == "-" or source:find("..", 1, true) then
        error("lab.lua: image " .. name .. ": \"" .. source .. "\" is no source", 0)
      end
    end
    if #image.flags == 0 then image.flags = nil end
  end
  return images
end

-- The media of the image that devices ask for: { deck = "3505", disk = "3330" },
-- each with the type of its device.
local is_medium = { [".deck"] = true, [".disk"] = true }
local function media_of(devices)
  local media = {}
  for _, line in ipairs(devices) do
    local kind, ending = line:match("^%s*%x+%s+(%S+)%s.*{image}(%S*)")
    if kind then
      if not is_medium[ending] then
        error("lab.lua: \"" .. line .. "\": {image}.deck or {image}.disk is wanted", 0)
      end
      media[ending:sub(2)] = kind
    end
  end
  return next(media) and media or nil
end

-- ---- tests ------------------------------------------------------------------

local function check_test(t, path, images)
  local what = path .. ": test " .. tostring(t[1])
  if type(t[1]) ~= "string" or not t[1]:match("^[%w%-]+$") then
    error(path .. ": a test's name is of letters, digits and -", 0)
  end
  G.check_fields(what, t, test_fields)
  if G.tests[t[1]] then error(what .. ": the name is used twice", 0) end
  if type(t.run) ~= "function" then error(what .. ": run is no function", 0) end
  for _, name in ipairs(t.needs or {}) do
    if not G.tests[name] then
      error(what .. ": needs " .. name .. ", which no test before it is", 0)
    end
  end
  if t.image == nil then t.image = "image" end
  if t.image and not images[t.image] then
    error(what .. ": the lab has no image \"" .. tostring(t.image) .. "\"", 0)
  end
end

local function load_tests(folder, env, visibility, images, list)
  for _, path in ipairs(scripts(folder)) do
    env.test = function (t)
      check_test(t, path, images)
      t.visibility = visibility
      G.tests[t[1]] = t
      list[#list + 1] = t
    end
    chunk(path, env)
  end
end

local function give_points(folder, tests, points, hidden)
  local path = folder .. "/points.txt"
  local left = 0
  for _, t in ipairs(tests) do
    local p = points[t[1]]
    if not p then error(path .. ": test " .. t[1] .. " has no points", 0) end
    if p.hidden ~= (t.visibility == "hidden") then
      error(path .. ":" .. p.line .. ": " .. t[1] .. " is a " .. t.visibility .. " test", 0)
    end
    t.points = p.value
  end
  for name, p in pairs(points) do
    if not G.tests[name] then
      if not p.hidden then
        error(path .. ":" .. p.line .. ": there is no test " .. name, 0)
      end
      left = left + p.value
    end
  end
  return left
end

function G.load(folder, hidden)
  folder = folder:gsub("(.)/+$", "%1")
  local path = folder .. "/lab.lua"
  if not exists(path) then
    error(folder .. ": no folder of a lab: it has no lab.lua", 0)
  end
  local env = environment()
  local lab
  env.lab = function (t) lab = t end
  chunk(path, env)
  if not lab then error(path .. ": it says no lab { ... }", 0) end
  G.check_fields(path, lab, lab_fields)
  G.lab, G.env, G.hidden = lab, env, hidden
  env.submission = function (name) return G.submission(name) end
  local images = images_of(lab)
  local tests = {}
  load_tests(folder .. "/tests", env, "visible", images, tests)
  if hidden then load_tests(folder .. "/hidden", env, "hidden", images, tests) end
  if #tests == 0 then error(folder .. "/tests: there are no tests", 0) end
  local left = give_points(folder, tests, read_points(folder .. "/points.txt"), hidden)
  local rows = {}
  for i, t in ipairs(tests) do
    rows[i] = { name = t[1], about = t.about or t[1], max = t.points,
      needs = t.needs and #t.needs > 0 and t.needs or nil,
      image = t.image, media = media_of(t.devices or lab.devices or {}), seeds = t.seeds or 1,
      visibility = t.visibility, tags = t.tags }
    t.limit_insns = t.limit_insns or lab.limit_insns or DEFAULT_INSNS
    t.limit_ms = t.limit_ms or lab.limit_ms or DEFAULT_MS
  end
  return { name = folder:match("([^/]+)$"), title = lab.title or "", files = lab.files or {},
    images = images, tests = rows, hidden_points = left }
end
