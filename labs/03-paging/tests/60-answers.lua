test { "answers", image = false,
  about = "answers.txt answers each question in 15 words or more (staff read them)",
  run = function (m)
    m:blame("answers.txt")
    local text = submission("answers.txt")
    m:check(text, "answers.txt is not there")
    for n = 1, 4 do
      m:part(1, "question " .. n, function ()
        m:blame("answers.txt", "Answer " .. n .. ":")
        local answer = (text .. "\n#"):match("\n%s*Answer " .. n .. ":(.-)\n#")
        m:check(answer, "there is no \"Answer " .. n .. ":\" before a line with #")
        local words = select(2, answer:gsub("%S+", ""))
        m:check(words >= 15, "words in answer " .. n, words, "at least 15")
      end)
    end
  end }
