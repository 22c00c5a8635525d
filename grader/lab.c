/*
 * lab.c - what a lab is made of, as C sees it
 *
 * The Lua side of the grader (grader/lua) is read into one Lua state; its
 * function load() reads lab.lua, points.txt and the tests, checks them, and
 * returns a table of what the C side has to know.  Labs are written by staff
 * and trusted; all that a lab says wrong ends in a message that names the file.
 */
#include <lauxlib.h>
#include <lualib.h>
#include <string.h>

#include "grade.h"

enum { PAUSE_PERCENT = 400 };

static const char *const parts[] = {"lab",   "symbols", "machine", "events",
                                    "judge", "explain", "run"};

static json_t *
table_json(lua_State *lua, int index)
{
    json_t *value;

    lua_rawgeti(lua, index, 1);
    bool list = !lua_isnil(lua, -1);
    lua_pop(lua, 1);
    value = list ? json_array() : json_object();
    if (list) {
        for (lua_Integer i = 1; i <= (lua_Integer)lua_rawlen(lua, index); i++) {
            lua_rawgeti(lua, index, i);
            json_array_append_new(value, lua_json(lua, lua_gettop(lua)));
            lua_pop(lua, 1);
        }
        return value;
    }
    lua_pushnil(lua);
    while (lua_next(lua, index) != 0) {
        if (lua_type(lua, -2) == LUA_TSTRING)
            json_object_set_new(value, lua_tostring(lua, -2),
                                lua_json(lua, lua_gettop(lua)));
        lua_pop(lua, 1);
    }
    return value;
}

json_t *
lua_json(lua_State *lua, int index)
{
    const char *text;
    size_t len;

    switch (lua_type(lua, index)) {
    case LUA_TBOOLEAN:
        return json_boolean(lua_toboolean(lua, index));
    case LUA_TNUMBER:
        if (lua_isinteger(lua, index))
            return json_integer(lua_tointeger(lua, index));
        return json_real(lua_tonumber(lua, index));
    case LUA_TSTRING:
        text = lua_tolstring(lua, index, &len);
        return record_text(text, len, len + 1);
    case LUA_TTABLE:
        luaL_checkstack(lua, 8, "a table in tables in tables");
        return table_json(lua, index);
    default:
        return json_null();
    }
}

/* Each part of grader/lua is a chunk that adds to the table `G`. */
static void
load_parts(struct grade *g)
{
    char path[PATH_BYTES + 64];
    size_t i;

    for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
        snprintf(path, sizeof(path), "%s/grader/lua/%s.lua", g->root, parts[i]);
        if (luaL_dofile(g->lua, path) != LUA_OK)
            broken("%s", lua_tostring(g->lua, -1));
    }
}

void
lab_load(struct grade *g)
{
    lua_State *lua = luaL_newstate();

    if (lua == NULL)
        broken("no memory for Lua");
    g->lua = lua;
    luaL_openlibs(lua);
    bind_machine(lua);
    bind_volume(lua);
    bind_replacement(lua);
    lua_newtable(lua);
    lua_setglobal(lua, "G");
    load_parts(g);
    lua_getglobal(lua, "G");
    lua_getfield(lua, -1, "load");
    lua_pushstring(lua, g->lab_folder);
    lua_pushboolean(lua, g->hidden);
    if (lua_pcall(lua, 2, 1, 0) != LUA_OK)
        wrong_use("%s", lua_tostring(lua, -1));
    g->lab = lua_json(lua, lua_gettop(lua));
    lua_pop(lua, 2);
    /* Few tests make so much garbage that to look for it is worth it. */
    lua_gc(lua, LUA_GCSETPAUSE, PAUSE_PERCENT);
}
