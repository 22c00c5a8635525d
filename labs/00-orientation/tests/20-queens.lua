test { "queens", image = "queens",
  about = "2a and 2b: the third solution, the instructions between two stops",
  run = function (m)
    local other = m:another()
    local board, at = {}, {}
    for n = 1, 3 do
      other:run { until_symbol = "found", limit_insns = 1000000 }
      at[n] = other:count()
      if n < 3 then other:run { count = 1 } end
    end
    local column = other:symbol("queens.c:column").address
    for row = 0, 7 do board[row + 1] = other:word(column + 4 * row) end
    m:part(1, "2a", function ()
      agree(m, "2a", numbers(m, "2a", 8), board)
    end)
    m:part(1, "2b", function ()
      agree(m, "2b", numbers(m, "2b", 1, 10), { at[2] - at[1] })
    end)
  end }
