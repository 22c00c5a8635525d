-- A machine after the run of which dump.txt shows the end.
local function fallen(m)
  local other = m:another()
  other:run { until_wait = true }
  return other
end

-- The save area that register 13 leads to, and those above it.
local function chain(m)
  local list = {}
  local area = m:get "gr13"
  while area ~= 0 do
    list[#list + 1] = area
    area = m:word(area + 4)
  end
  return list
end

test { "dump-cause", image = "tower",
  about = "3a to 3c: which interruption, at which instruction, and why",
  run = function (m)
    local other = fallen(m)
    local old = other:double(0x28)
    local length = (old >> 30 & 3) * 2
    local at = (old & 0xFFFFFF) - length
    m:part(1, "3a", function ()
      agree(m, "3a", numbers(m, "3a", 1), { old >> 32 & 0xFFFF })
    end)
    m:part(1, "3b", function ()
      agree(m, "3b", numbers(m, "3b", 1), { at })
    end)
    m:part(1, "3c", function ()
      local register = other:byte(at + 1) & 15
      agree(m, "3c", numbers(m, "3c", 2, 10), { other:get("gr" .. register), register })
    end)
  end }

test { "dump-chain", image = "tower", needs = { "dump-cause" },
  about = "3d and 3e: the chain of save areas, and what the routines were given",
  run = function (m)
    local other = fallen(m)
    local areas = chain(other)
    m:part(2, "3d", function ()
      local back = {}
      for i, area in ipairs(areas) do back[i] = other:word(area + 12) & 0xFFFFFF end
      agree(m, "3d", numbers(m, "3d", 3), back)
    end)
    m:part(1, "3e", function ()
      -- R1 in the save area of who called.
      local wall, layer = other:word(areas[3] + 24), other:word(areas[2] + 24)
      agree(m, "3e", numbers(m, "3e", 4, 10),
        { other:word(wall), other:word(wall + 4), other:word(layer), other:word(layer + 4) })
    end)
  end }
