-- Orientation: four programs to look into, and one to write.
lab {
  title = "Orientation",
  files = { "hexprint.asm", "answers.txt" },
  image = { "hexprint.asm" },
  images = {
    vault = { "vault.asm", "say.asm" },
    bill = { "bill.asm", "say.asm" },
    tower = { "tower.asm" },
    queens = { "queens.c", flags = {} },
  },
  flags = { "-nostartfiles" },
  storage = "256K",
  devices = { "0009 3215", "000E 1403 {work}/paper.txt" },
  limit_insns = 5000000,
  limit_ms = 60000,
  hints = {
    { "CONVERT is still that of the hand-out", wait = 0xEE01 },
    { "PUTLINE is still that of the hand-out", wait = 0xEE02 },
    { "condition code 3: is the address in SIO that of the printer?", wait = 0xE01 },
    { "a program check in the channel: look at the CSW at X'40' and at the CCW before the " ..
      "address in it", wait = 0xE02 },
    { "unit check; was SENSE given before the next command?", wait = 0xE03 },
    { "a program interruption, whose old PSW is at X'28': low storage leads to no handler " ..
      "here", wait = 0xEE28 },
    { "DEVICE is not 000E any more, so SLEEP passes over the printer's interruptions: something " ..
      "was stored behind the end of LINE", idle = true, when = function (m)
        local at = m:symbol("DEVICE")
        return at and m:half(at.address) ~= 0xE
      end },
    { "it waits for an interruption that does not come: what was taken already by SIO with " ..
      "condition code 1 does not interrupt any more", idle = true },
    { "it never ends: is a count register that a loop counts down used by what the loop calls?",
      limit = true },
  },
}
