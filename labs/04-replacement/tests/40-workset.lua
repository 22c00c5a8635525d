local WINDOW = 4

-- What must be resident, by the rule in workset.c's head.
local function model()
  local w = { ticks = 0, last = {}, used = {} }
  function w.refer(page)
    if not w.last[page] then w.last[page] = w.ticks + 1 end
    w.used[page] = true
  end
  function w.tick()
    w.ticks = w.ticks + 1
    for page, last in pairs(w.last) do
      if w.used[page] then w.last[page] = w.ticks
      elseif last + WINDOW <= w.ticks then w.last[page] = nil end
    end
    w.used = {}
  end
  function w.resident()
    local list = {}
    for page in pairs(w.last) do list[#list + 1] = page end
    table.sort(list)
    return list
  end
  return w
end

-- The resident set at the end of every slice; there are enough frames.
function expect_working_sets(s, plan)
  local w = model()
  for i, p in ipairs(plan) do
    if p == "t" then
      tick(s)
      w.tick()
      s.m:expect(("slice %d ends, up to there %s: the resident set"):format(w.ticks,
        table.concat(plan, " ", 1, i)), resident(s), w.resident())
    else
      local fault = not w.last[p]
      w.refer(p)
      s.m:expect("a fault at page " .. p, refer(s, p, i % 4 == 0 and STORE or FETCH) ~= "hit", fault)
    end
  end
end

measured { "workset-first",
  about = "working set: a page that is not used in four slices is given up at the fourth tick",
  run = function (m)
    m:blame("workset.c")
    expect_working_sets(system(m, "workset", 8), string_of "1 2 3 t 1 t 1 2 t 1 t 1 t 3 1 t 1 t 1 t")
  end }

measured { "workset", needs = { "workset-first" },
  about = "working set: resident sets of a program with phases, slice by slice",
  run = function (m)
    m:blame("workset.c")
    expect_working_sets(system(m, "workset", 24), with_ticks(make_string("phases", 21, 80), 4))
  end }

measured { "workset-victim", needs = { "workset-first" },
  about = "working set: when it does not fit, the page goes whose last use is the longest ago",
  run = function (m)
    m:blame("workset.c")
    expect_victims(m, "workset", 3, "1 2 3 t 1 3 t 3 t 4 5", { 2, 1 })
  end }
