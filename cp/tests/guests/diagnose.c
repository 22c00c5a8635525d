/*
 * diagnose.c - guest program: asks CP who it is, and has console functions
 * executed with DIAGNOSE
 */
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#define TO_BUFFER 0x40000000u

struct command {
    const char *text;
    char *reply;
    uint32_t len, room; /* Ry and Ry+1 */
};

int diagnose_00(void *to, uint32_t *room);
int diagnose_08(struct command *c);

static void
run(const char *text, uint32_t flags, uint32_t room)
{
    static char reply[512];
    struct command c = {text, reply, flags | (uint32_t)strlen(text), room};
    int cc;

    memset(reply, 0, sizeof reply);
    cc = diagnose_08(&c);
    printf("%s: code %u", text, c.len);
    if (flags & TO_BUFFER)
        printf(" cc %d length %u reply (%.40s)", cc, c.room, reply);
    printf("\n");
}

int
main(void)
{
    static struct {
        _Alignas(8) char system[8];
        uint8_t rest[8];
        char userid[8], more[16];
    } id;
    uint32_t room = sizeof id;

    diagnose_00(&id, &room);
    printf("%.8s %.8s, %u bytes\n", id.system, id.userid,
           (uint32_t)sizeof id - room);
    run("QUERY READER", 0, 0);
    run("FOO", 0, 0);
    run("QUERY READER", TO_BUFFER, 100);
    run("QUERY VIRTUAL 00C", TO_BUFFER, 10);
    run("FOO", TO_BUFFER, 100);
    run("QUERY PRINTER\x15QUERY PUNCH", TO_BUFFER, 100);
    return 0;
}
