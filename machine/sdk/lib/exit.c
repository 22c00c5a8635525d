/*
 * exit.c - the end of a program before main() returns (stdlib.h)
 */
#include <s370/insn.h>
#include <stdlib.h>

void
exit(int status)
{
    s370_stop((unsigned)status);
}

void
abort(void)
{
    s370_stop(0xABE);
}
