-- What bits_on() makes of a word, and the instructions that it took.
function bits_on(m, word)
  m:var("input", word)
  m:run { until_symbol = "bits_on" }
  local from = m:count()
  m:run { until_symbol = "done" }
  return m:var("result"), m:count() - from
end

test { "few",
  about = "words with few bits",
  run = function (m)
    m:blame("bits.c")
    for i, pair in ipairs { { 0, 0 }, { 1, 1 }, { 0x00010100, 2 } } do
      local other = i == 1 and m or m:another()
      m:expect(("bits_on(X'%08X')"):format(pair[1]), bits_on(other, pair[1]), pair[2])
    end
  end }

test { "all", needs = { "few" },
  about = "a word of ones",
  run = function (m)
    m:expect("bits_on(X'FFFFFFFF')", bits_on(m, 0xFFFFFFFF), 32)
  end }
