test { "builds",
  about = "the program runs to its end",
  run = function (m)
    m:run { until_wait = true }
  end }

test { "sum", needs = { "builds" }, seeds = 2,
  about = "sum() adds up the list",
  run = function (m)
    m:var("list[2]", 300)
    m:run { until_wait = true }
    m:expect_var("result", 307)
    m:expect_stop("wait", 0)
  end }

test { "parts",
  about = "short lists and answers",
  run = function (m)
    m:run { until_symbol = "main" }
    m:var("length", 1)
    m:run { until_wait = true }
    m:part(3, "one number", function () m:expect_var("result", 1) end)
    m:part(2, "the answer", function ()
      m:check(submission("answers.txt"), "answers.txt is not there")
    end)
  end }
