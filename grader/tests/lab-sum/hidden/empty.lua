test { "empty",
  about = "an empty list has the sum 0",
  run = function (m)
    m:var("length", 0)
    m:run { until_wait = true }
    m:expect_var("result", 0)
  end }
