/*
 * bind_replacement.c - the policies of replacement.c for Lua
 */
#include <lauxlib.h>
#include <stdlib.h>

#include "grade.h"
#include "replacement.h"

enum { REFERENCES_MAX = 100000 };

/* The whole numbers of the list at `index`: pages of a string, as user data
 * so that they go when Lua forgets them. */
static int32_t *
pages_at(lua_State *lua, int index, size_t *n)
{
    int32_t *page;

    luaL_checktype(lua, index, LUA_TTABLE);
    *n = lua_rawlen(lua, index);
    luaL_argcheck(lua, *n <= REFERENCES_MAX, index, "too many references");
    page = lua_newuserdatauv(lua, (*n + 1) * sizeof(*page), 0);
    for (size_t i = 0; i < *n; i++) {
        lua_Integer number;

        lua_rawgeti(lua, index, (lua_Integer)i + 1);
        number = luaL_checkinteger(lua, -1);
        luaL_argcheck(lua, number >= 0 && number <= INT32_MAX, index,
                      "pages are numbers from 0 on");
        page[i] = (int32_t)number;
        lua_pop(lua, 1);
    }
    return page;
}

/* replacement(policy, pages, frames): the number of faults, and a list with
 * what each reference led to: "hit", "room", or the page that had to go. */
static int
native_replacement(lua_State *lua)
{
    enum replacement_policy policy = (enum replacement_policy)luaL_checkoption(
        lua, 1, NULL, replacement_names);
    lua_Integer frames = luaL_checkinteger(lua, 3);
    int32_t *page, *outcome;
    size_t n;

    luaL_argcheck(lua, frames >= 1 && frames <= FRAMES_MAX, 3,
                  "1 to 256 frames are wanted");
    page = pages_at(lua, 2, &n);
    outcome = lua_newuserdatauv(lua, (n + 1) * sizeof(*outcome), 0);
    lua_pushinteger(lua, (lua_Integer)replacement_run(
                             policy, page, n, (unsigned)frames, outcome));
    lua_createtable(lua, (int)n, 0);
    for (size_t i = 0; i < n; i++) {
        if (outcome[i] == REPLACE_HIT)
            lua_pushliteral(lua, "hit");
        else if (outcome[i] == REPLACE_ROOM)
            lua_pushliteral(lua, "room");
        else
            lua_pushinteger(lua, outcome[i]);
        lua_rawseti(lua, -2, (lua_Integer)i + 1);
    }
    return 2;
}

void
bind_replacement(lua_State *lua)
{
    lua_getglobal(lua, "native");
    lua_pushcfunction(lua, native_replacement);
    lua_setfield(lua, -2, "replacement");
    lua_pop(lua, 1);
}
