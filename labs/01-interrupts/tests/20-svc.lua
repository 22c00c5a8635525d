-- The probe is the first task and alone: registers as in probe.asm, condition code 2.
local function at_svc(m)
  m:var("plan[0]", PROBE)
  m:run { until_symbol = "probe_before" }
end

test { "svc-returns", image = "work", needs = { "first-task" },
  about = "a task goes on behind its SVC, with the result in R15",
  run = function (m)
    m:blame("svc.c:svc_interruption")
    at_svc(m)
    m:run { until_symbol = "probe_after", limit_ms = 1000 }
    m:expect("R15, the result of SVC 3", m:get "gr15", 0)
  end }

test { "svc-keeps", image = "work", needs = { "svc-returns" },
  about = "an SVC changes nothing of a task but R15: registers, PSW",
  run = function (m)
    m:blame("entry.asm:svc_first")
    at_svc(m)
    local before, psw = {}, m:psw()
    for i = 0, 14 do before[i] = m:get("gr" .. i) end
    m:run { until_symbol = "probe_after" }
    for i = 0, 14 do m:expect("R" .. i, m:get("gr" .. i), before[i]) end
    m:expect_psw { problem = true, key = psw.key, cc = 2, external = true, io = true }
  end }

test { "svc-unknown", image = "work", needs = { "svc-returns" },
  about = "an SVC of a number that is no service answers -1",
  run = function (m)
    m:blame("svc.c:svc_interruption")
    at_svc(m)
    m:run { until_symbol = "probe_unknown", limit_ms = 1000 }
    m:expect("R15, the result of SVC 200", m:get "gr15", 0xFFFFFFFF)
  end }
