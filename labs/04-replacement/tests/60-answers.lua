-- Belady's anomaly, in a string that is yours.
local belady = string_of "1 2 3 4 1 2 5 1 2 3 4 5"

-- The same string when pages get new names?
local function same_but_names(a, b)
  local names, back = {}, {}
  if #a ~= #b then return false end
  for i = 1, #a do
    if (names[a[i]] or b[i]) ~= b[i] or (back[b[i]] or a[i]) ~= a[i] then return false end
    names[a[i]], back[b[i]] = b[i], a[i]
  end
  return true
end

local function numbers(m, text, name)
  m:blame("answers.txt", name .. ":")
  local line = text and text:match("\n" .. name .. ":([^\n]*)")
  m:check(line, "answers.txt has no line \"" .. name .. ":\"")
  m:check(not line:find("[^%d%s]"), "\"" .. name .. ":\" in answers.txt has something else than numbers")
  local list = {}
  for n in line:gmatch("%d+") do list[#list + 1] = tonumber(n) end
  return list
end

measured { "anomaly", needs = { "fifo" },
  about = "Belady's anomaly: your string has more faults with a frame more, on your system",
  run = function (m)
    m:blame("answers.txt")
    local text = submission("answers.txt")
    local pages = numbers(m, text, "String")
    m:check(#pages >= 5 and #pages <= 100, "the length of the string", #pages, "5 to 100 references")
    for _, p in ipairs(pages) do m:check(p < 32, "a page of the string", p, "pages from 0 to 31") end
    m:check(not same_but_names(pages, belady), "that is Belady's own string; find another")
    local frames = numbers(m, text, "Frames")
    m:check(#frames == 1 and frames[1] >= 1 and frames[1] <= 20, "\"Frames:\" wants one number from 1 to 20")
    local faults = numbers(m, text, "Faults")
    m:check(#faults == 2, "\"Faults:\" wants two numbers: with that many frames, and with one more")
    m:blame("answers.txt")
    local few = count_faults(system(m, "fifo", frames[1]), pages)
    local b = m:another {}
    local more = count_faults(system(b, "fifo", frames[1] + 1), pages)
    b:check(more > few, ("faults with %d frames: %d; with %d"):format(frames[1], few, frames[1] + 1), more,
      "more than " .. few)
    b:expect("\"Faults:\" in answers.txt", faults, { few, more })
  end }

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
