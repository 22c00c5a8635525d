-- run.lua - one test with one seed, in the process of the tests
--
-- Returns the row that goes into the record.  A Lua error that is no failed
-- expectation is a mistake in the test: status "error", no fault of the
-- student.

local M = G.Machine

function G.submission(name)
  for _, known in ipairs(G.lab.files or {}) do
    if known == name then
      local f = io.open(G.job.files .. "/" .. name, "rb")
      if not f then return nil end
      local text = f:read("a")
      f:close()
      return text
    end
  end
  error("submission: \"" .. name .. "\" is not in `files` of lab.lua", 0)
end

-- For tests without a machine: only judging, no looking.
local function paper_machine(seed)
  return setmetatable({ seed = seed, hidden = G.hidden }, M)
end

local function first_machine(t, job)
  if not t.image then return paper_machine(job.seed) end
  return M.new { image = job.images .. "/" .. t.image, seed = job.seed,
    storage = t.storage or G.lab.storage or "1M",
    devices = t.devices or G.lab.devices or { "0009 3215" },
    ipl = t.ipl or G.lab.ipl, limit_insns = t.limit_insns, limit_ms = t.limit_ms }
end

-- ---- replay -----------------------------------------------------------------
--
-- The test is run again, and the machine kept as a snapshot where it fails at
-- the count that is asked for.  When it does not fail there it is run once
-- more, and goes no further than that.  Whatever the test does to a machine,
-- to its devices and their media is so in the snapshot.

local function config_of(m)
  local lines = { "MAINSIZE " .. m.options.storage:gsub("M$", ""),
    "CPUSPEED " .. m.mips, ("TODCLOCK 1972-08-02/%02d:00:00"):format(9 + m.hours) }
  local addresses = {}
  for devno in pairs(m.attached) do addresses[#addresses + 1] = devno end
  table.sort(addresses)
  for _, devno in ipairs(addresses) do lines[#lines + 1] = m.attached[devno] end
  return table.concat(lines, "\n") .. "\n"
end

function G.keep_for_replay(m)
  if G.replay.done then return end
  m.native:save("snapshot")
  G.replay.config = config_of(m)
  G.replay.script = "# the machine of this test, as it was\n" ..
    "load " .. m.options.image .. " 0\nsnapshot load snapshot\n"
end

-- Only the first failure counts: a test may go on behind it (m:part).
function G.replay_if_here(m)
  local r = G.replay
  if r and r.machine == m.number and r.count == m:count() then
    G.keep_for_replay(m)
    r.done = true
  end
end

-- ---- the row ----------------------------------------------------------------

local function indent(text) return (text:gsub("\n", "\n          ")) end

-- A word of a command that is to be typed.
local function quoted(word)
  if not word:find("[^%w%._/@%%+=:,-]") then return word end
  return "'" .. word:gsub("'", "'\\''") .. "'"
end

local function tell(row, failure, job)
  local context = failure.context
  local lines = {}
  if failure.expected then lines[#lines + 1] = "expected: " .. indent(failure.expected) end
  lines[#lines + 1] = "happened: " .. indent(failure.happened)
  for _, line in ipairs(context.lines) do lines[#lines + 1] = line end
  for _, note in ipairs(G.notes) do lines[#lines + 1] = "note: " .. note end
  row.reason = failure.happened:match("[^\n]*")
  if failure.expected then row.reason = row.reason .. "; expected: " .. failure.expected:match("[^\n]*") end
  row.detail = table.concat(lines, "\n")
  row.hint = context.hint
  if context.machine then
    row.replay = ("build/bin/grade %s%s %s --test %s --replay %d:%d:%d"):format(
      G.hidden and "--hidden " or "", quoted(job.lab_folder), quoted(job.submission), job.test,
      job.seed, context.machine, context.count)
  end
end

-- Run the test: whether it passes, or else what failed.
local function run_once(t, job)
  G.machines, G.folders, G.notes, G.values = {}, {}, {}, {}
  G.parts_all, G.parts_passed, G.part_failure, G.place = 0, 0, nil, nil
  G.current, G.written = nil, false
  math.randomseed(job.seed + 1)
  local good, failure = xpcall(function ()
    local m = first_machine(t, job)
    t.run(m)
    if G.part_failure then error(G.part_failure, 0) end
  end, function (e)
    if type(e) == "table" and e.failure then
      e.context = e.context or G.explain(G.current, e)
      return e
    end
    return { ours = tostring(e), trace = debug.traceback("", 2) }
  end)
  if not good and type(failure) ~= "table" then
    failure = { ours = tostring(failure) }
  end
  return good, failure
end

local function replay(t, job)
  G.replay = { machine = job.replay_machine, count = job.replay_count }
  run_once(t, job)
  if not G.replay.config then
    G.last_count = G.replay
    run_once(t, job)
  end
  local m = G.machines[job.replay_machine]
  if not m then return { reason = "the test made no machine " .. job.replay_machine } end
  G.keep_for_replay(m) -- when the test came to its end before
  return { config = G.replay.config, script = G.replay.script }
end

-- Global names are in every run what the lab's files have made them.
local globals
local function set_globals()
  if not globals then
    globals = {}
    for name, value in pairs(G.env) do globals[name] = value end
  end
  for name in pairs(G.env) do G.env[name] = nil end
  for name, value in pairs(globals) do G.env[name] = value end
end

function G.run(job)
  set_globals()
  local t = G.tests[job.test]
  G.job, G.test = job, t
  if job.replay_machine > 0 then return replay(t, job) end
  local row = { status = "pass" }
  local good, failure = run_once(t, job)
  if not good and failure.ours then
    row.status, row.reason = "error", "the test itself fails: " .. failure.ours
  elseif not good then
    row.status = failure.kind
    if failure == G.part_failure and G.parts_passed > 0 then row.status = "partial" end
    tell(row, failure, job)
  elseif #G.notes > 0 then
    row.detail = table.concat(G.notes, "\n")
  end
  if G.part_failure and failure ~= G.part_failure then G.parts_passed = 0 end
  row.parts_all, row.parts_passed = G.parts_all, G.parts_passed
  row.values = next(G.values) and G.values or nil
  row.instructions, row.ns = 0, 0
  for _, m in ipairs(G.machines) do
    row.instructions = row.instructions + m:count()
    row.ns = row.ns + m:time_ns()
    m:close()
  end
  return row
end
