test { "disk-moves", image = "work", needs = { "console-lines" },
  about = "records are written to the disk and read from it",
  run = function (m)
    m:blame("disk.c:make_program")
    local words = {}
    for i = 0, 1023 do words[i + 1] = string.pack(">I4", 70000 + i) end
    m:disk("data", 3, 18, 3, table.concat(words))
    start(m, { { WRITE, record(7, 5, 2), 1000 }, { READ, record(3, 18, 3) },
      { READ, record(7, 5, 2) } })
    finish(m)
    local r = results(m, 1)
    m:expect("what svc_disk_write() returned", r[1], 0)
    m:expect("the first word of cylinder 7, head 5, record 2 of the volume",
      first_word(m, 7, 5, 2), 1000)
    m:expect("what svc_disk_read() of cylinder 3, head 18, record 3 returned", r[2], 0)
    m:expect("the first word of what it read", r[3], 70000)
    m:expect("what svc_disk_read() of the record that was written returned", r[5], 0)
    m:expect("the first word of what it read", r[6], 1000)
    m:expect("wrong words in it", r[4] + r[7], 0)
    is_never_busy(m, DISK)
  end }

test { "scan", image = "work", needs = { "disk-moves" },
  about = "the arm goes one way as long as somebody waits there, then it turns",
  run = function (m)
    m:blame("disk.c:next_request")
    local plan = {}
    for n, cylinder in ipairs { 10, 8, 16, 6, 13, 19, 2 } do
      plan[n] = { { WRITE, record(cylinder), 1000 * n } }
    end
    start(m, table.unpack(plan))
    local order = table.concat(seeks(m, 7), " ")
    m:check(order == "10 13 16 19 8 6 2",
      "the first request is for cylinder 10; 8, 16, 6, 13, 19, 2 come meanwhile; seeks to",
      order, "10 13 16 19 8 6 2")
    finish(m)
    m:expect("seeks", count(commands(m, DISK), "07"), 7)
    for n = 1, 7 do m:expect("what task " .. n .. "'s write returned", results(m, n)[1], 0) end
  end }

test { "disk-data-check", image = "work", needs = { "disk-moves", "sense" },
  about = "a record that can be read at the third try is read",
  run = function (m)
    m:blame("disk.c:disk_judge")
    m:fault(DISK, "data-check cylinder=5 count=2")
    start(m, { { WRITE, record(5, 2, 3), 500 }, { READ, record(5, 2, 3) } })
    finish(m)
    local r = results(m, 1)
    m:expect("what svc_disk_read() returned", r[2], 0)
    m:expect("the first word of what it read", r[3], 500)
    m:expect("SENSE commands", count(commands(m, DISK), "04"), 2)
  end }

test { "disk-busy", image = "work", needs = { "disk-moves" },
  about = "a drive that is busy gets the request when it says that it is not",
  run = function (m)
    m:blame("io.c:start, io.c:take_status")
    m:fault(DISK, "busy ms=200 count=1")
    start(m, { { WRITE, record(4), 400 } }, { { WRITE, record(9), 900 } })
    finish(m)
    m:expect("what the writes returned", results(m, 1)[1] + results(m, 2)[1], 0)
    m:expect("on cylinder 4", first_word(m, 4), 400)
    m:expect("on cylinder 9", first_word(m, 9), 900)
    m:expect("START I/Os: one a request, one that finds the drive busy", #starts(m, DISK), 3)
  end }
