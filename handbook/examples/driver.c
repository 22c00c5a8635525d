/*
 * driver.c - a printer driver with interruptions, and a program that goes on
 * computing while its lines are printed
 *
 * A line is put into a queue; printer_start() hands the first one to the
 * channel and comes back.  When the printer has printed it there is an I/O
 * interruption (entry.asm), which takes the line out and starts the next.
 */
#include <s370/ccw.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

enum { PRINTER = 0x00E, LINES = 4, COLUMNS = 132 };
enum { CHANNEL_0 = 0x80 }; /* of the system mask, BC mode */

void io_first(void); /* entry.asm */

static char queue[LINES][COLUMNS];
static uint32_t length[LINES], first;
static volatile uint32_t queued; /* the interruption changes it */
static volatile unsigned interruptions;
static bool busy;
static struct ccw program;

/* Called with channel 0 disabled. */
static void
printer_start(void)
{
    if (busy || queued == 0)
        return;
    program = CCW_MAKE(CCW_PRINT, queue[first], CCW_SLI, length[first]);
    LOWCORE->caw = (uint32_t)&program;
    if (s370_sio(PRINTER) != 0)
        s370_stop(0x00E); /* not there, or not ready */
    busy = true;
}

/* Called by entry.asm; everything is disabled. */
void
io_interruption(void)
{
    uint8_t unit = LOWCORE->csw.unit;

    interruptions++;
    if (unit & (CSW_UNIT_CHECK | CSW_UNIT_EXCEPTION))
        s370_stop(0x10E);
    if (!(unit & CSW_DEVICE_END))
        return; /* channel end alone: the line has been fetched */
    busy = false;
    first = (first + 1) % LINES;
    queued--;
    printer_start();
}

static void
print_line(const char *text)
{
    uint32_t at;

    while (queued == LINES)
        ; /* an interruption makes room */
    s370_ssm(0);
    at = (first + queued) % LINES;
    length[at] = strlen(text);
    memcpy(queue[at], text, length[at]);
    queued++;
    printer_start();
    s370_ssm(CHANNEL_0);
}

static bool
is_prime(int n)
{
    for (int d = 2; d * d <= n; d++)
        if (n % d == 0)
            return false;
    return true;
}

int
main(void)
{
    char line[COLUMNS];
    int found = 0;

    LOWCORE->io_new = (uint32_t)io_first; /* BC mode, disabled */
    s370_ssm(CHANNEL_0);
    for (int n = 2; found < 1000; n++)
        if (is_prime(n) && ++found % 100 == 0) {
            snprintf(line, sizeof(line), "prime %4d is %d", found, n);
            print_line(line);
        }
    while (queued > 0)
        ;
    s370_ssm(0);
    printf("%d primes, %u I/O interruptions\n", found, interruptions);
    return 0;
}
