/*
 * diagnose.c - DIAGNOSE, by which a virtual machine speaks to CP (compare
 * DMKHVC; GC20-1807, "DIAGNOSE Instruction in a Virtual Machine")
 *
 * The second operand's address is the code.  Codes that CP does not have, and
 * those that are not a multiple of 4, are specification exceptions.
 */
#include <s370/insn.h>
#include <string.h>

#include "command.h"
#include "frame.h"
#include "sim.h"
#include "vpsw.h"

#define COMMAND_MAX 132
#define REPLY_TO_BUFFER 0x40000000u /* bit 1 of Ry */
#define NEW_LINE 0x15

/* ---- X'00': store extended-identification code --------------------------- */

struct identification {
    char system[8];
    uint8_t zero[3];
    uint8_t version; /* of the CPU that CP runs on: X'FF' is a virtual one */
    uint16_t logout; /* length of the machine-check extended logout */
    uint16_t cpu;    /* address of the CPU */
    char userid[8];
    uint8_t products[8];
};
_Static_assert(sizeof(struct identification) == 32, "as VM/370 stores it");

/* Rx: where, on a doubleword; Ry: how many bytes there is room for, from which
 * what was stored is taken away. */
static void
store_identification(struct vm *vm, const struct insn *in)
{
    struct identification id;
    struct insn at = *in;
    uint32_t room = vm->gr[in->r3], len = sizeof id;
    uint64_t cpu;

    if ((int32_t)room <= 0) {
        sim_program(vm, in, PGM_SPECIFICATION);
        return;
    }
    s370_stidp(&cpu);
    memset(&id, 0, sizeof id);
    memcpy(id.system, "CP-LAB  ", 8);
    id.version = (uint8_t)(cpu >> 56);
    memset(id.userid, ' ', 8);
    memcpy(id.userid, vm->userid, strlen(vm->userid));
    if (len > room)
        len = room;
    at.real = true;
    at.laddr = vm->gr[in->r1] & 0xFFFFFF;
    if (sim_store(vm, &at, &id, len, 8))
        vm->gr[in->r3] = room - len;
}

/* ---- X'08': virtual console function ------------------------------------- */

/* Run the console functions of a buffer, which new-line codes part. */
static void
run_commands(struct vm *vm, const char *text, uint32_t len)
{
    const char *end = text + len;

    while (text < end && !(vm->state & VM_LOGOFF)) {
        const char *stop = memchr(text, NEW_LINE, (size_t)(end - text));

        if (stop == NULL)
            stop = end;
        command_run(vm, text, (uint32_t)(stop - text));
        text = stop + 1;
    }
}

/* Give the reply to the buffer of Rx+1, whose length is in Ry+1: the length
 * stored, condition code 0; or what had no room, condition code 1. */
static void
store_reply(struct vm *vm, const struct insn *in, const struct capture *reply)
{
    uint32_t *size = &vm->gr[in->r3 + 1];
    uint32_t len = reply->len < *size ? reply->len : *size;
    struct insn at = *in;

    at.real = true;
    at.laddr = vm->gr[in->r1 + 1] & 0xFFFFFF;
    if (!sim_store(vm, &at, reply->text, len, 1))
        return;
    *size = len < reply->len ? reply->len - len : len;
    vm->psw = vpsw_with_cc(vm->psw, len < reply->len);
}

/* Rx: address of the command; Ry: flags(8) length(24), and afterwards the
 * number of the error reply, 0 for none. */
static void
console_function(struct vm *vm, const struct insn *in)
{
    char text[COMMAND_MAX];
    uint32_t flags = vm->gr[in->r3], len = flags & 0xFFFFFF;
    bool to_buffer = (flags & REPLY_TO_BUFFER) != 0;
    struct capture reply = {.size = FRAME_SIZE};
    struct insn at = *in;

    at.real = true;
    at.laddr = vm->gr[in->r1] & 0xFFFFFF;
    if (len > COMMAND_MAX ||
        (to_buffer && (in->r1 == 15 || in->r3 == 15 || in->r1 == in->r3 ||
                       in->r1 + 1 == in->r3 || in->r3 + 1 == in->r1))) {
        sim_program(vm, in, PGM_SPECIFICATION);
        return;
    }
    if (!sim_fetch(vm, &at, text, len, 1))
        return;
    vm->error_number = 0;
    if (to_buffer) {
        reply.text = block_get(FRAME_SIZE);
        vm->capture = reply.text != NULL ? &reply : NULL;
    }
    run_commands(vm, text, len);
    vm->capture = NULL;
    vm->gr[in->r3] = vm->error_number;
    if (reply.text == NULL)
        return;
    store_reply(vm, in, &reply);
    block_put(reply.text, FRAME_SIZE);
}

void
sim_diagnose(struct vm *vm, const struct insn *in)
{
    switch (in->laddr) {
    case 0x00:
        store_identification(vm, in);
        break;
    case 0x08:
        console_function(vm, in);
        break;
    default:
        sim_program(vm, in, PGM_SPECIFICATION);
        break;
    }
}
