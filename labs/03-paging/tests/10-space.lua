local function hex(n) return ("X'%06X'"):format(n) end

-- What translate() says of an address; a real address, or why not.
local function at(m, vaddr, n)
  local raddr, why = m:translate(vaddr, cr1_of(m, n))
  return raddr and hex(raddr) or "nowhere, " .. tostring(why)
end

test { "tables", image = "work",
  about = "each task has tables: the image where it is, a private area, nothing else",
  run = function (m)
    m:blame("space.c:space_make")
    begin(m, 16)
    m:run { until_symbol = "task_begin", limit_ms = 2000 }
    m:expect_psw { ec = true, problem = true, key = 1 }
    m:expect("control register 1, the origin", m:get "cr1" & 0xFFFFFF, cr1_of(m, 0))
    m:expect("control register 1, the length", m:get "cr1" >> 24, 0)
    local pool = m:symbol("frame.c:storage")
    for vaddr = 0, pool.address + pool.size - 1, PAGE do
      local is_frame = vaddr >= pool.address
      m:expect("the place of address " .. hex(vaddr) .. (is_frame and ", a frame" or ""),
        at(m, vaddr, 0), is_frame and "nowhere, page" or hex(vaddr))
    end
    for page = 0, PRIVATE_PAGES - 1 do
      m:expect("the place of private page " .. page .. ", never used", at(m, address(page), 0),
        "nowhere, page")
    end
    for vaddr = 0xC0000, 0xFFFFF, 0x10000 do
      m:expect("the place of address " .. hex(vaddr), at(m, vaddr, 0), "nowhere, segment")
    end
  end }

test { "free-frames", image = "work",
  about = "a frame that is nobody's has the kernel's key, in both halves, and cannot be read",
  run = function (m)
    m:blame("frame.c:set_keys")
    begin(m, 16)
    m:run { until_symbol = "task_begin", limit_ms = 2000 }
    for f = 0, FRAMES - 1 do
      for half = 0, 1 do
        local k = m:key(frame_address(m, f) + 2048 * half)
        local name = ("frame %d, half %d: "):format(f, half)
        m:expect(name .. "access key", k.access, 0)
        m:expect(name .. "fetch protection", k.fetch, true)
      end
    end
  end }
