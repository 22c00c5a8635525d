-- All six cards, each once, and the end of the deck.
function expect_cards(m, list, spoilt)
  local at = 1
  for card = 1, 6 do
    if card == spoilt then
      m:expect("what svc_card() returned for card " .. card, list[at], FAILED)
      at = at + 1
    else
      m:expect("what svc_card() returned for card " .. card, list[at], 80)
      m:expect("the number on card " .. card, list[at + 1], card)
      at = at + 2
    end
  end
  m:expect("what svc_card() returned behind the last card", list[at], 0)
end

test { "cards", image = "work", needs = { "start-io" },
  about = "the deck is read, card by card, to its end",
  run = function (m)
    m:blame("reader.c")
    start(m, { { CARDS } })
    finish(m)
    expect_cards(m, results(m, 1))
    is_never_busy(m, READER)
  end }

test { "card-data-check", image = "work", needs = { "cards", "sense" },
  about = "a card that can be read at the third try is read once, and none is lost",
  run = function (m)
    m:blame("reader.c:reader_judge, reader.c:make_program")
    m:fault(READER, "data-check after=2 count=2")
    start(m, { { CARDS } })
    finish(m)
    m:expect("SENSE commands", count(commands(m, READER), "04"), 2)
    expect_cards(m, results(m, 1))
  end }

test { "card-intervention", image = "work", needs = { "cards", "sense" },
  about = "intervention required: the operator is told, and the reader waited for",
  run = function (m)
    m:blame("reader.c:reader_judge, io.c:take_status")
    m:fault(READER, "intervention command=C2 after=2 ms=3000")
    start(m, { { CARDS } })
    m:run { for_ms = 2000 }
    m:expect_console("00C intervention required")
    local before = #starts(m, READER)
    m:run { for_ms = 500 }
    m:expect("START I/Os for the reader while it is not ready", #starts(m, READER) - before, 0)
    finish(m)
    expect_cards(m, results(m, 1))
  end }
