/*
 * bind_machine.h - what the methods of a machine for Lua have in common
 *
 * A method's first argument is the machine, a userdata that bind_machine.c
 * makes.  These functions take arguments and results between Lua and
 * libmachine; what is wrong with an argument becomes a Lua error, which does
 * not come back to the caller.
 */
#ifndef GRADER_BIND_MACHINE_H
#define GRADER_BIND_MACHINE_H

#include <lua.h>
#include <stdint.h>

struct machine;

/* The machine that is argument 1; it belongs to its userdata.  An error when
 * it is none, or was closed. */
struct machine *machine_at(lua_State *lua);

/* Arguments: an address in real storage, 0 to X'FFFFFF'; the address of a
 * device, 0 to X'FFF'. */
uint32_t address_at(lua_State *lua, int index);
uint16_t device_at(lua_State *lua, int index);

/* How a method without results ends: 0, the number of its results, after
 * libmachine's result 0; otherwise an error with the message of the machine
 * that is argument 1. */
int result_or_error(lua_State *lua, int result);

/* bind_state.c: add the methods for registers, storage and devices to the
 * table on top of the stack. */
void bind_state(lua_State *lua);

#endif
