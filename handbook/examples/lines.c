/*
 * lines.c - a channel program by hand: two lines for the printer at 00E
 *
 * START I/O gives the channel the program; TEST I/O asks until the printer has
 * ended, and fetches what the channel says of it into the CSW.
 */
#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdio.h>

enum { PRINTER = 0x00E };

static char title[] = "squares", ruler[] = "-------";

static struct ccw program[2];

/* Returns the unit status of channel end and device end together. */
static uint8_t
run_program(void)
{
    uint8_t unit = 0;

    LOWCORE->caw = (uint32_t)program;
    if (s370_sio(PRINTER) != 0)
        s370_stop(0x00E); /* not there, or not ready */
    while (!(unit & CSW_DEVICE_END))
        if (s370_tio(PRINTER) == 1) /* a CSW is stored; 2: still at work */
            unit |= LOWCORE->csw.unit;
    return unit;
}

int
main(void)
{
    uint8_t unit;

    program[0] = CCW_MAKE(CCW_PRINT, title, CCW_CC | CCW_SLI, 7);
    program[1] = CCW_MAKE(CCW_PRINT, ruler, CCW_SLI, 7);
    unit = run_program();
    printf("unit status X'%02X'\n", unit);
    return unit & CSW_UNIT_CHECK ? 1 : 0;
}
