-- From door to door, as the operator goes.
local function door(m, number)
  m:run { until_symbol = "DOOR" .. number, limit_ms = 5000 }
end

local function open(m, number)
  if number == 1 then
    m:word(0x300, m:get "gr5")
  elseif number == 2 then
    m:run { until_idle = true }
    m:external_key()
  else
    m:set("gr7", m:get "gr4")
  end
end

test { "vault-doors", image = "vault",
  about = "1a and 1b: the word of door 1, the PSW that the interrupt key stored",
  run = function (m)
    local other = m:another()
    door(other, 1)
    local word = other:get "gr5"
    for n = 1, 2 do
      open(other, n)
      door(other, n + 1)
    end
    m:part(1, "1a", function ()
      agree(m, "1a", numbers(m, "1a", 1), { word })
    end)
    m:part(1, "1b", function ()
      agree(m, "1b", numbers(m, "1b", 1), { other:word(0x1C) & 0xFFFFFF })
    end)
  end }

test { "vault-treasure", image = "vault",
  about = "1c and 1d: what is in the vault, the code of the last wait",
  run = function (m)
    local other = m:another()
    for n = 1, 3 do
      door(other, n)
      open(other, n)
    end
    other:run { until_symbol = "VAULT" }
    local treasure = other:get "gr9"
    other:run { until_wait = true }
    m:part(1, "1c", function ()
      agree(m, "1c", numbers(m, "1c", 1), { treasure })
    end)
    m:part(1, "1d", function ()
      agree(m, "1d", numbers(m, "1d", 1), { other:psw().address })
    end)
  end }
