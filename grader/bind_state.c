/*
 * bind_state.c - registers, storage and devices of a machine for Lua
 *
 * The methods of a machine that look at it and change it while it stands
 * still.  All of them are machine.h's functions; nothing is kept here, so the
 * userdata of bind_machine.c is seen only through bind_machine.h.
 */
#include <lauxlib.h>
#include <string.h>

#include "bind_machine.h"
#include "machine.h"

enum { WORDS = 32, PAGES_MAX = 512, CALLS_MAX = 12 };

/* ---- registers and storage ----------------------------------------------- */

static int
native_get(lua_State *lua)
{
    uint64_t value;

    if (machine_get(machine_at(lua), luaL_checkstring(lua, 2), &value) != 0)
        return result_or_error(lua, -1);
    lua_pushinteger(lua, (lua_Integer)value);
    return 1;
}

static int
native_set(lua_State *lua)
{
    return result_or_error(
        lua, machine_set(machine_at(lua), luaL_checkstring(lua, 2),
                         (uint64_t)luaL_checkinteger(lua, 3)));
}

/* read(addr, len): bytes, or nil when they are not all there. */
static int
native_read(lua_State *lua)
{
    uint32_t raddr = address_at(lua, 2);
    lua_Integer len = luaL_checkinteger(lua, 3);
    luaL_Buffer b;

    luaL_argcheck(lua, len >= 0 && len <= 0x1000000, 3, "a length is wanted");
    if (machine_read(machine_at(lua), raddr,
                     luaL_buffinitsize(lua, &b, (size_t)len), (size_t)len) != 0)
        return 0;
    luaL_pushresultsize(&b, (size_t)len);
    return 1;
}

/* number(addr, len): the unsigned number of up to 8 bytes, or nil. */
static int
native_number(lua_State *lua)
{
    uint8_t bytes[8];
    lua_Integer len = luaL_checkinteger(lua, 3);
    uint64_t value = 0;

    luaL_argcheck(lua, len >= 1 && len <= 8, 3, "1 to 8 bytes are wanted");
    if (machine_read(machine_at(lua), address_at(lua, 2), bytes, (size_t)len) !=
        0)
        return 0;
    for (lua_Integer i = 0; i < len; i++)
        value = value << 8 | bytes[i];
    lua_pushinteger(lua, (lua_Integer)value);
    return 1;
}

/* A page-table entry for pages of 11 or 12 bits (GA22-7000, "Page-Table
 * Entry"): the frame's address, an invalid bit, and others that must be 0. */
static uint32_t
page_frame(unsigned entry, unsigned bits, bool *invalid, bool *bad)
{
    unsigned shift = bits == 12 ? 4 : 3, bit = 1U << (shift - 1);

    *invalid = (entry & bit) != 0;
    *bad = (entry & (bit - 1) & ~1U) != 0;
    return entry >> shift << bits;
}

/* page_frame(entry, bits) -> invalid, bad, frame */
static int
native_page_frame(lua_State *lua)
{
    bool invalid, bad;
    uint32_t frame =
        page_frame((unsigned)luaL_checkinteger(lua, 2),
                   (unsigned)luaL_checkinteger(lua, 3), &invalid, &bad);

    lua_pushboolean(lua, invalid);
    lua_pushboolean(lua, bad);
    lua_pushinteger(lua, frame);
    return 3;
}

/* pages(addr, n, bits, known): of n page-table entries at addr, for pages of
 * that many bits: their bytes, the numbers of those that are valid, as a list,
 * and the addresses of their frames by number.  Nothing else than the bytes
 * when they are `known`, nil when they are not all in storage. */
static int
native_pages(lua_State *lua)
{
    uint8_t entries[2 * PAGES_MAX];
    uint32_t raddr = address_at(lua, 2);
    lua_Integer n = luaL_checkinteger(lua, 3);
    unsigned bits = (unsigned)luaL_checkinteger(lua, 4);
    size_t len;
    const char *known = luaL_optlstring(lua, 5, NULL, &len);
    lua_Integer page[PAGES_MAX], frame[PAGES_MAX];
    int valid = 0;

    luaL_argcheck(lua, n >= 0 && n <= PAGES_MAX, 3, "up to 512 entries");
    if (machine_read(machine_at(lua), raddr, entries, 2 * (size_t)n) != 0)
        return 0;
    if (known != NULL && len == 2 * (size_t)n &&
        memcmp(known, entries, len) == 0) {
        lua_pushvalue(lua, 5);
        return 1;
    }
    lua_pushlstring(lua, (const char *)entries, 2 * (size_t)n);
    for (lua_Integer i = 0; i < n; i++) {
        unsigned entry = (unsigned)entries[2 * i] << 8 | entries[2 * i + 1];
        bool invalid, bad;

        frame[i] = page_frame(entry, bits, &invalid, &bad);
        if (!invalid)
            page[valid++] = i;
    }
    lua_createtable(lua, valid, 0);
    lua_createtable(lua, 0, valid);
    for (int i = 0; i < valid; i++) {
        lua_pushinteger(lua, page[i]);
        lua_rawseti(lua, -3, i + 1);
        lua_pushinteger(lua, frame[page[i]]);
        lua_rawseti(lua, -2, page[i]);
    }
    return 3;
}

static int
native_write(lua_State *lua)
{
    size_t len;
    const char *bytes = luaL_checklstring(lua, 3, &len);

    return result_or_error(
        lua, machine_write(machine_at(lua), address_at(lua, 2), bytes, len));
}

static int
native_key_get(lua_State *lua)
{
    uint8_t key;

    if (machine_key_get(machine_at(lua), address_at(lua, 2), &key) != 0)
        return result_or_error(lua, -1);
    lua_pushinteger(lua, key);
    return 1;
}

static int
native_key_set(lua_State *lua)
{
    return result_or_error(lua,
                           machine_key_set(machine_at(lua), address_at(lua, 2),
                                           (uint8_t)luaL_checkinteger(lua, 3)));
}

static void
add_counter(void *ctx, const char *name, uint64_t value)
{
    lua_pushinteger(ctx, (lua_Integer)value);
    lua_setfield(ctx, -2, name);
}

static int
native_counters(lua_State *lua)
{
    struct machine *m = machine_at(lua);

    lua_newtable(lua);
    machine_counters(m, add_counter, lua);
    return 1;
}

static int
native_where(lua_State *lua)
{
    char text[200];

    if (!machine_map_where(machine_at(lua), address_at(lua, 2), text,
                           sizeof(text)))
        return 0;
    lua_pushstring(lua, text);
    return 1;
}

/* calls(): the calls, innermost first, as {at =, real =, name =}. */
static int
native_calls(lua_State *lua)
{
    struct machine_call list[CALLS_MAX];
    int n = machine_calls(machine_at(lua), list, CALLS_MAX);

    lua_createtable(lua, n, 0);
    for (int i = 0; i < n; i++) {
        lua_createtable(lua, 0, 3);
        lua_pushinteger(lua, list[i].at);
        lua_setfield(lua, -2, "at");
        lua_pushinteger(lua, list[i].raddr);
        lua_setfield(lua, -2, "real");
        lua_pushstring(lua, list[i].name);
        lua_setfield(lua, -2, "name");
        lua_rawseti(lua, -2, i + 1);
    }
    return 1;
}

static int
native_disassemble(lua_State *lua)
{
    uint8_t bytes[6] = {0};
    char text[100];
    size_t len;
    const char *given = luaL_checklstring(lua, 2, &len);

    memcpy(bytes, given, len < 6 ? len : 6);
    lua_pushinteger(lua, machine_disassemble(bytes, text, sizeof(text)));
    lua_pushstring(lua, text);
    return 2;
}

/* ---- devices ------------------------------------------------------------- */

/* The strings of the table at `index` (kept alive by it). */
static int
words_at(lua_State *lua, int index, char *word[WORDS])
{
    int n = (int)luaL_len(lua, index);

    luaL_argcheck(lua, n <= WORDS, index, "too many words");
    for (int i = 0; i < n; i++) {
        lua_rawgeti(lua, index, i + 1);
        word[i] = (char *)(uintptr_t)luaL_checkstring(lua, -1);
        lua_pop(lua, 1);
    }
    return n;
}

static int
native_attach(lua_State *lua)
{
    struct machine *m = machine_at(lua);
    char *word[WORDS];
    int n = words_at(lua, 4, word);

    return result_or_error(lua,
                           machine_attach(m, device_at(lua, 2),
                                          luaL_checkstring(lua, 3), n, word));
}

static int
native_detach(lua_State *lua)
{
    return result_or_error(lua,
                           machine_detach(machine_at(lua), device_at(lua, 2)));
}

static int
native_fault(lua_State *lua)
{
    struct machine *m = machine_at(lua);
    char *word[WORDS];
    int n = words_at(lua, 3, word);

    return result_or_error(lua, machine_fault(m, device_at(lua, 2), n, word));
}

static int
native_type(lua_State *lua)
{
    return result_or_error(lua, machine_type(machine_at(lua), device_at(lua, 2),
                                             luaL_checkstring(lua, 3)));
}

static int
native_attention(lua_State *lua)
{
    return result_or_error(
        lua, machine_attention(machine_at(lua), device_at(lua, 2)));
}

static int
native_cancel(lua_State *lua)
{
    return result_or_error(lua,
                           machine_cancel(machine_at(lua), device_at(lua, 2)));
}

static int
native_external_key(lua_State *lua)
{
    machine_external_key(machine_at(lua));
    return 0;
}

static int
native_reading(lua_State *lua)
{
    lua_pushboolean(
        lua, machine_console_waiting(machine_at(lua), device_at(lua, 2)));
    return 1;
}

static const luaL_Reg methods[] = {
    {"get", native_get},
    {"set", native_set},
    {"read", native_read},
    {"number", native_number},
    {"page_frame", native_page_frame},
    {"pages", native_pages},
    {"write", native_write},
    {"key_get", native_key_get},
    {"key_set", native_key_set},
    {"counters", native_counters},
    {"where", native_where},
    {"calls", native_calls},
    {"disassemble", native_disassemble},
    {"attach", native_attach},
    {"detach", native_detach},
    {"fault", native_fault},
    {"type", native_type},
    {"attention", native_attention},
    {"cancel", native_cancel},
    {"external_key", native_external_key},
    {"reading", native_reading},
    {NULL, NULL},
};

void
bind_state(lua_State *lua)
{
    luaL_setfuncs(lua, methods, 0);
}
