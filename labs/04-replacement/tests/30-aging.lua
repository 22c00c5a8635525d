-- References with "t" for ticks; then the page that has to go at the last one.
function expect_victims(m, policy, frames, text, want)
  local s = system(m, policy, frames)
  local gone = {}
  for _, p in ipairs(string_of(text)) do
    if p == "t" then tick(s) else
      local outcome = refer(s, p)
      if outcome ~= "hit" and outcome ~= "room" then gone[#gone + 1] = outcome end
    end
  end
  m:expect(policy .. ", " .. frames .. " frames, " .. text .. " (t: a slice ends): pages that go",
    gone, want)
end

measured { "aging-first",
  about = "aging: the page whose last use is the longest ago has to go",
  run = function (m)
    m:blame("aging.c")
    -- Used in slice 1 only: 3; in 1 and 2: 2.  4 is new and used.
    expect_victims(m, "aging", 3, "1 2 3 t 2 1 t 1 t 4 5", { 3, 2 })
  end }

measured { "aging-ages", needs = { "aging-first" },
  about = "aging: the youngest slice counts most; now is younger than any slice",
  run = function (m)
    m:blame("aging.c")
    m:part(1, "used once lately is younger than used often before", function ()
      expect_victims(m, "aging", 3, "1 2 3 t 1 2 3 t 1 2 t 1 2 t 3 t 3 2 t 4", { 1 })
    end)
    m:close()
    local b = m:another {}
    b:part(1, "used since the last tick", function ()
      expect_victims(b, "aging", 3, "1 2 3 t 2 3 t 1 4 5", { 2, 3 })
    end)
    b:close()
    b = b:another {}
    b:part(1, "eight slices", function ()
      expect_victims(b, "aging", 3, "3 1 2 t 1 t 2 t t t t t 3 t 4 5", { 1, 2 })
    end)
    b:close()
    b = b:another {}
    b:part(1, "a new page has no past", function ()
      expect_victims(b, "aging", 2, "1 2 t 1 t 1 t 3 t 1 t t 4", { 2, 3 })
    end)
  end }

measured { "aging", needs = { "aging-first" },
  about = "aging: its faults, between those of FIFO and of the optimum",
  run = function (m)
    m:blame("aging.c")
    judge_way(system(m, "aging", 8), "aging", { { "phases", 3 }, { "skewed", 3 }, { "scan", 3 } },
      { 15, 25, 30 })
  end }
