-- Bits: a lab of one function, the example of the handbook's chapter 9.
lab {
  title = "Bits",
  files = { "bits.c" },
  image = { "main.c", "bits.c" },
  storage = "64K",
  limit_insns = 100000,
  hints = { { "bits_on() is still that of the hand-out (bits.c)", wait = 0xEE01 } },
}
