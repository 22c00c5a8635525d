-- A lab for the grader's own tests: add up a list, and end.
lab {
  title = "Sums",
  files = { "sum.c", "answers.txt" },
  image = { "main.c", "sum.c" },
  storage = "256K",
  devices = { "0009 3215", "000E 1403 {work}/paper.txt", "0130 3330 {work}/pages" },
  volumes = { pages = { type = "3330", cylinders = 1, record_bytes = 2048 } },
  limit_insns = 2000000,
  hints = {
    { "the sum is kept in an int of its own, which must begin with zero", program = 99 },
    { "main() has not been told the sum: it ends with code 1", wait = 1 },
  },
}
