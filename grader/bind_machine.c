/*
 * bind_machine.c - libmachine for Lua
 *
 * The table `native` has create(); a machine is a userdata whose methods are
 * machine.h's functions with plain arguments.  They raise a Lua error where
 * libmachine reports one.  What makes a test readable is built on them in
 * grader/lua/machine.lua.  Here a machine is made, runs and ends;
 * bind_state.c has the methods that look at it and change it.
 *
 * Beside the machine a userdata keeps what happened: the text of consoles and
 * the last events (trace letters x, o, c), both bounded, because a guest can
 * print and interrupt for ever.
 */
#include <dirent.h>
#include <errno.h>
#include <lauxlib.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "bind_machine.h"
#include "grade.h"
#include "machine.h"

enum {
    EVENTS_KEPT = 50000,
    EVENTS_FIRST = 256, /* room for so many at the start */
    EVENT_BYTES = 88,
    CONSOLE_BYTES_MAX = 256 * 1024,
    CONSOLES_MAX = 40,
};

#define TYPE_NAME "machine"

struct event {
    uint64_t count, ns;
    char line[EVENT_BYTES];
};

struct console {
    uint16_t devno;
    char *text;
    size_t len, room;
};

struct guest {
    struct machine *m;
    struct event *events; /* a ring, once it has room for all that are kept */
    uint64_t nevents;
    size_t events_room;
    struct console console[CONSOLES_MAX];
    unsigned nconsoles;
};

/* As luaL_checkudata() finds the metatable, but not by its name: every method
 * asks for it. */
static const void *metatable;

static struct guest *
guest_at(lua_State *lua)
{
    struct guest *g = lua_touserdata(lua, 1);

    if (g == NULL || !lua_getmetatable(lua, 1) ||
        lua_topointer(lua, -1) != metatable)
        luaL_checkudata(lua, 1, TYPE_NAME);
    lua_pop(lua, 1);
    if (g->m == NULL)
        luaL_error(lua, "this machine is gone");
    return g;
}

struct machine *
machine_at(lua_State *lua)
{
    return guest_at(lua)->m;
}

int
result_or_error(lua_State *lua, int result)
{
    if (result != 0)
        return luaL_error(lua, "%s", machine_error(machine_at(lua)));
    return 0;
}

uint32_t
address_at(lua_State *lua, int index)
{
    lua_Integer value = luaL_checkinteger(lua, index);

    luaL_argcheck(lua, value >= 0 && value <= 0xFFFFFF, index,
                  "an address from 0 to 0xFFFFFF is wanted");
    return (uint32_t)value;
}

uint16_t
device_at(lua_State *lua, int index)
{
    lua_Integer value = luaL_checkinteger(lua, index);

    luaL_argcheck(lua, value >= 0 && value <= 0xFFF, index,
                  "a device address from 0 to 0xFFF is wanted");
    return (uint16_t)value;
}

/* ---- what happens -------------------------------------------------------- */

static void
more_room_for_events(struct guest *g)
{
    size_t room = g->events_room == 0 ? EVENTS_FIRST : 4 * g->events_room;
    struct event *more;

    room = room < EVENTS_KEPT ? room : EVENTS_KEPT;
    more = realloc(g->events, room * sizeof(*more));
    if (more == NULL)
        broken("no memory for the events of a machine");
    g->events = more;
    g->events_room = room;
}

static void
on_event(void *ctx, const char *line)
{
    struct guest *g = ctx;
    struct event *e;
    size_t len;

    if (g->nevents == g->events_room && g->events_room < EVENTS_KEPT)
        more_room_for_events(g);
    e = &g->events[g->nevents++ % g->events_room];
    e->count = machine_count(g->m);
    e->ns = machine_time(g->m);
    len = strnlen(line, sizeof(e->line) - 1);
    memcpy(e->line, line, len);
    e->line[len] = 0;
}

static void
on_print(void *ctx, const char *text, size_t len)
{
    struct console *c = ctx;
    char *more;

    if (len > CONSOLE_BYTES_MAX - c->len)
        len = CONSOLE_BYTES_MAX - c->len;
    if (c->len + len > c->room) {
        c->room = 2 * (c->len + len);
        more = realloc(c->text, c->room);
        if (more == NULL)
            broken("no memory for a console");
        c->text = more;
    }
    memcpy(c->text + c->len, text, len);
    c->len += len;
}

static int
native_listen(lua_State *lua)
{
    struct guest *g = guest_at(lua);
    struct console *c = &g->console[g->nconsoles];

    if (g->nconsoles == CONSOLES_MAX)
        return luaL_error(lua, "more than %d consoles", CONSOLES_MAX);
    c->devno = device_at(lua, 2);
    g->nconsoles++;
    return result_or_error(lua,
                           machine_console_listen(g->m, c->devno, on_print, c));
}

static int
native_console(lua_State *lua)
{
    struct guest *g = guest_at(lua);
    uint16_t devno = device_at(lua, 2);

    for (unsigned i = 0; i < g->nconsoles; i++)
        if (g->console[i].devno == devno) {
            lua_pushlstring(lua, g->console[i].text, g->console[i].len);
            return 1;
        }
    return luaL_error(lua, "no console is at X'%03X'", devno);
}

static int
native_event_count(lua_State *lua)
{
    lua_pushinteger(lua, (lua_Integer)guest_at(lua)->nevents);
    return 1;
}

/* event(i): line, count, ns of event i (from 1); nil when it is not kept. */
static int
native_event(lua_State *lua)
{
    const struct guest *g = guest_at(lua);
    lua_Integer i = luaL_checkinteger(lua, 2);
    const struct event *e;

    if (i < 1 || (uint64_t)i > g->nevents ||
        g->nevents - (uint64_t)i >= EVENTS_KEPT)
        return 0;
    e = &g->events[(uint64_t)(i - 1) % EVENTS_KEPT];
    lua_pushstring(lua, e->line);
    lua_pushinteger(lua, (lua_Integer)e->count);
    lua_pushinteger(lua, (lua_Integer)e->ns);
    return 3;
}

/* ---- running ------------------------------------------------------------- */

static const char *const stop_names[] = {
    [STOP_LIMIT] = "limit", [STOP_WAIT] = "wait",   [STOP_IDLE] = "idle",
    [STOP_CHECK] = "check", [STOP_BREAK] = "break", [STOP_DEVICE] = "read"};

/* run(insns [, until_ns]) */
static int
native_run(lua_State *lua)
{
    lua_Integer insns = luaL_checkinteger(lua, 2);
    uint64_t until = lua_isnoneornil(lua, 3)
                         ? UINT64_MAX
                         : (uint64_t)luaL_checkinteger(lua, 3);

    lua_pushstring(
        lua, stop_names[machine_run(machine_at(lua), (uint64_t)insns, until)]);
    return 1;
}

static int
native_count(lua_State *lua)
{
    lua_pushinteger(lua, (lua_Integer)machine_count(machine_at(lua)));
    return 1;
}

static int
native_time(lua_State *lua)
{
    lua_pushinteger(lua, (lua_Integer)machine_time(machine_at(lua)));
    return 1;
}

static int
native_hash(lua_State *lua)
{
    lua_pushinteger(lua, (lua_Integer)machine_hash(machine_at(lua)));
    return 1;
}

static int
native_restart(lua_State *lua)
{
    return result_or_error(lua, machine_restart(machine_at(lua)));
}

static int
native_stop_at_read(lua_State *lua)
{
    machine_stop_at_read(machine_at(lua), lua_toboolean(lua, 2));
    return 0;
}

static int
native_break_set(lua_State *lua)
{
    return result_or_error(
        lua, machine_break_set(machine_at(lua), address_at(lua, 2)));
}

static int
native_break_clear(lua_State *lua)
{
    machine_break_clear(machine_at(lua), address_at(lua, 2));
    return 0;
}

/* ---- making -------------------------------------------------------------- */

/* map(image): names and lines for where(); few tests need them. */
static int
native_map(lua_State *lua)
{
    return result_or_error(
        lua, machine_map_find(machine_at(lua), luaL_checkstring(lua, 2), 0));
}

static int
native_ipl(lua_State *lua)
{
    return result_or_error(lua,
                           machine_ipl(machine_at(lua), device_at(lua, 2)));
}

static int
native_save(lua_State *lua)
{
    return result_or_error(
        lua, machine_save_file(machine_at(lua), luaL_checkstring(lua, 2)));
}

/* The last machine that was closed: to begin with it is quicker than to make
 * one, and most tests want one machine after the other. */
static struct machine *spare;

/* A machine with `image` in storage. */
static void
make(struct guest *g, lua_State *lua, const struct machine_options *opt,
     const char *image, size_t len)
{
    char message[300];

    if (spare != NULL && machine_storage_size(spare) == opt->storage_bytes) {
        g->m = spare;
        spare = NULL;
        if (machine_renew(g->m, opt, image, len) != 0)
            luaL_error(lua, "%s", machine_error(g->m));
        return;
    }
    g->m = machine_create(opt, message, sizeof(message));
    if (g->m == NULL)
        luaL_error(lua, "%s", message);
    else if (machine_write(g->m, 0, image, len) != 0)
        luaL_error(lua, "%s", machine_error(g->m));
}

/* create(storage_bytes, mips, tod_start, image): `image` are the bytes that are
 * in storage from address 0. */
static int
native_create(lua_State *lua)
{
    struct machine_options opt;
    size_t len;
    const char *image = luaL_checklstring(lua, 4, &len);
    struct guest *g = lua_newuserdatauv(lua, sizeof(*g), 0);

    memset(g, 0, sizeof(*g));
    luaL_setmetatable(lua, TYPE_NAME);
    machine_options_default(&opt);
    opt.storage_bytes = (uint32_t)luaL_checkinteger(lua, 1);
    opt.cpu_mips = (uint32_t)luaL_checkinteger(lua, 2);
    opt.tod_start += (uint64_t)luaL_checkinteger(lua, 3);
    make(g, lua, &opt, image, len);
    if (machine_trace(g->m, "xoc", on_event, g) != 0)
        return luaL_error(lua, "%s", machine_error(g->m));
    return 1;
}

static int
native_gc(lua_State *lua)
{
    struct guest *g = luaL_checkudata(lua, 1, TYPE_NAME);

    if (g->m != NULL) {
        machine_destroy(spare);
        spare = g->m;
    }
    g->m = NULL;
    free(g->events);
    g->events = NULL;
    for (unsigned i = 0; i < g->nconsoles; i++)
        free(g->console[i].text);
    g->nconsoles = 0;
    return 0;
}

/* list(folder): the names in it that do not begin with a period; an empty list
 * when there is no such folder. */
static int
native_list(lua_State *lua)
{
    DIR *dir = opendir(luaL_checkstring(lua, 1));
    const struct dirent *entry;
    lua_Integer n = 0;

    lua_newtable(lua);
    while (dir != NULL && (entry = readdir(dir)) != NULL) {
        if (entry->d_name[0] == '.')
            continue;
        lua_pushstring(lua, entry->d_name);
        lua_rawseti(lua, -2, ++n);
    }
    if (dir != NULL)
        closedir(dir);
    return 1;
}

/* folder(name): make it, if it is not there. */
static int
native_folder(lua_State *lua)
{
    const char *name = luaL_checkstring(lua, 1);

    if (mkdir(name, 0755) != 0 && errno != EEXIST)
        return luaL_error(lua, "%s: %s", name, strerror(errno));
    return 0;
}

static const luaL_Reg methods[] = {
    {"listen", native_listen},
    {"console", native_console},
    {"event_count", native_event_count},
    {"event", native_event},
    {"run", native_run},
    {"count", native_count},
    {"hash", native_hash},
    {"time", native_time},
    {"restart", native_restart},
    {"stop_at_read", native_stop_at_read},
    {"break_set", native_break_set},
    {"break_clear", native_break_clear},
    {"map", native_map},
    {"ipl", native_ipl},
    {"save", native_save},
    {"close", native_gc},
    {NULL, NULL},
};

void
bind_machine(lua_State *lua)
{
    luaL_newmetatable(lua, TYPE_NAME);
    metatable = lua_topointer(lua, -1);
    luaL_newlib(lua, methods);
    bind_state(lua);
    lua_setfield(lua, -2, "__index");
    lua_pushcfunction(lua, native_gc);
    lua_setfield(lua, -2, "__gc");
    lua_pop(lua, 1);
    lua_newtable(lua);
    lua_pushcfunction(lua, native_create);
    lua_setfield(lua, -2, "create");
    lua_pushcfunction(lua, native_list);
    lua_setfield(lua, -2, "list");
    lua_pushcfunction(lua, native_folder);
    lua_setfield(lua, -2, "folder");
    lua_pushinteger(lua, EVENTS_KEPT);
    lua_setfield(lua, -2, "events_kept");
    lua_setglobal(lua, "native");
}
