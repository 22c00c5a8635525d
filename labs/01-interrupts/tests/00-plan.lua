-- What the tests of this lab share: plans (work.c), and the task table.

SPIN, PROBE, YIELD, READ = 2, 3, 4, 5
RETURN, STORE, PRIVILEGED, DIVIDE, ADDRESS, ASK = 1, 6, 7, 8, 9, 10

-- Store the plan and start; comes back when all its tasks have been made.
function start(m, ...)
  for i = 0, 7 do m:var(("plan[%d]"):format(i), select(i + 1, ...) or 0) end
  m:run { until_symbol = "work_started" }
end

-- Task n as task.h has it.
local states = { [0] = "free", "ready", "writing", "reading", "waiting" }
function task(m, n)
  local table_ = m:symbol("task")
  local at = table_.address + n * (table_.size // 8)
  return { at = at, state = states[m:word(at)] or m:word(at),
    gr = function (i) return m:word(at + 8 + 4 * i) end,
    awaited = m:word(at + 92), dispatched = m:word(at + 100),
    preempted = m:word(at + 104) }
end

-- The number of the task that runs; nil when none does.
function running(m)
  local current = m:var("current")
  local table_ = m:symbol("task")
  if current == 0 then return nil end
  return (current - table_.address) // (table_.size // 8)
end

function is_spoilt(m, ms)
  m:blame("entry.asm")
  local stop = m:run { until_symbol = "spin_bad", for_ms = ms, try = true }
  m:check(stop ~= "break", "a register of task " .. tostring(running(m)) ..
    " is not what it was before an interruption",
    nil, "all registers as they were (see probe.asm for which one it is)")
  m:expect("why the machine stops", stop, "time")
end

-- Interruptions of a class since event `from`, with this code if one is given.
function interruptions(m, class, code, from)
  local list = {}
  for _, e in ipairs(m:events({ what = "interruption", class = class }, from)) do
    if not code or e.code & code ~= 0 then list[#list + 1] = e end
  end
  return list
end
