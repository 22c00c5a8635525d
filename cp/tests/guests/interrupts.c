/*
 * interrupts.c - guest program: external, input/output and supervisor-call
 * interruptions, in BC and EC mode, out of a wait and out of a loop.  What
 * they stored is printed, the same on the bare machine and under CP.
 */
#include <s370/ccw.h>
#include <s370/dat.h>
#include <s370/insn.h>
#include <s370/lowcore.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

#define TOD_MS 4096000ull

void await(psw_t psw, uint32_t new_at);
extern uint8_t await_loop[];

static volatile struct lowcore *const low = LOWCORE;
static bool ec;

/* The PSW to wait or to loop under, admitting what `bits` says. */
static psw_t
waiting(bool wait, psw_t bits)
{
    return bits | (ec ? PSW_EC : 0) | (wait ? PSW_WAIT : (uint32_t)await_loop);
}

static void
set_cr0(uint32_t bits)
{
    s370_lctl(0, 0, &bits);
}

static void
show(const char *what, psw_t old, uint32_t word)
{
    printf("%s %s old %08X %08X", ec ? "EC" : "BC", what, (uint32_t)(old >> 32),
           (uint32_t)old);
    if (ec)
        printf(" word %08X", word);
    printf("\n");
}

static void
external(const char *what, bool wait)
{
    await(waiting(wait, PSW_EXTERNAL), LOW_EXT_NEW);
    show(what, low->ext_old, low->ext_code);
}

static void
clocks(bool wait)
{
    const int64_t soon = 2 * TOD_MS, never = INT64_MAX;
    uint64_t tod;

    set_cr0(CR0_INTERVAL_TIMER);
    low->timer = 76; /* a millisecond */
    external("interval timer", wait);
    low->timer = INT32_MAX;

    set_cr0(CR0_CPU_TIMER);
    s370_spt(&soon);
    external("CPU timer", wait);
    s370_spt(&never);

    set_cr0(CR0_CLOCK_COMPARATOR);
    s370_stck(&tod);
    tod += 2 * TOD_MS;
    s370_sckc(&tod);
    external("clock comparator", wait);

    /* Both at once: the comparator is first, and stays. */
    set_cr0(CR0_CLOCK_COMPARATOR | CR0_CPU_TIMER | CR0_INTERVAL_TIMER);
    low->timer = 0;
    s370_spt(&soon);
    for (volatile uint32_t i = 0; i < 20000; i++)
        ; /* until all are pending */
    external("all clocks", wait);
    external("all clocks", wait);
    tod = UINT64_MAX;
    s370_sckc(&tod);
    external("all clocks", wait);
    s370_spt(&never);
    low->timer = INT32_MAX;
    set_cr0(0);
}

static void
io(const char *what, bool wait)
{
    uint32_t caw = low->caw;
    struct csw csw;

    await(waiting(wait, ec ? PSW_IO : PSW_BC_CHANNEL(0)), LOW_IO_NEW);
    csw = *(struct csw *)LOW_CSW; /* printf() is I/O too */
    show(what, low->io_old, low->io_address);
    printf("   CSW key %02X addr +%X unit %02X channel %02X count %u\n",
           csw.key, csw.addr - caw, csw.unit, csw.channel, csw.count);
}

static void
console(bool wait)
{
    static const char text[] = "written by hand";
    static struct ccw program[2];
    int cc;

    low->caw = (uint32_t)program;
    program[0] = CCW_MAKE(CCW_CONSOLE_WRITE_CR, text, 0, sizeof text - 1);
    cc = s370_sio(0x009);
    io("write", wait);
    printf("   cc %d\n", cc);
    program[0] = CCW_MAKE(CCW_CONSOLE_WRITE, text, CCW_CD, 7);
    program[1] = CCW_MAKE(0, text + 7, CCW_SLI, sizeof text - 1 - 7);
    low->caw = (uint32_t)program;
    cc = s370_sio(0x009);
    io("chained data", wait);
    program[0] = CCW_MAKE(CCW_NOP, 0, CCW_CC | CCW_SLI, 1);
    program[1] = CCW_MAKE(CCW_CONSOLE_WRITE_CR, text, CCW_SLI, 7);
    low->caw = (uint32_t)program;
    cc = s370_sio(0x009);
    io("chained command", wait);
    program[1] = CCW_MAKE(CCW_CONSOLE_WRITE_CR, text, 3, 7);
    low->caw = (uint32_t)program;
    cc = s370_sio(0x009);
    io("bad CCW", wait);
    program[0] = CCW_MAKE(CCW_CONSOLE_WRITE_CR, 0xFFFFF0, 0, 80);
    low->caw = (uint32_t)program;
    cc = s370_sio(0x009);
    io("bad address", wait);
}

/* What SIO itself reports. */
static void
start(const char *what, struct ccw ccw, uint32_t caw_bits)
{
    static struct ccw program[2];
    struct csw csw;
    int cc, tests = 0;

    program[0] = ccw;
    low->csw.unit = low->csw.channel = 0;
    low->caw = (uint32_t)program | caw_bits;
    cc = s370_sio(0x009);
    while (cc == 0 && s370_tio(0x009) == 2 && tests < 100000)
        tests++;
    csw = *(struct csw *)LOW_CSW;
    printf("%s: cc %d unit %02X channel %02X\n", what, cc, csw.unit,
           csw.channel);
}

static void
starts(void)
{
    static uint8_t sense;

    start("no-operation", CCW_MAKE(CCW_NOP, 0, CCW_SLI, 1), 0);
    start("reject", CCW_MAKE(0x77, 0, CCW_SLI, 1), 0);
    start("sense", CCW_MAKE(CCW_SENSE, &sense, 0, 1), 0);
    printf("   sense byte %02X\n", sense);
    start("TIC first", CCW_MAKE(CCW_TIC, 0, 0, 1), 0);
    start("count 0", CCW_MAKE(CCW_NOP, 0, 0, 0), 0);
    start("CAW odd", CCW_MAKE(CCW_NOP, 0, 0, 1), 4);
    start("CAW bits", CCW_MAKE(CCW_NOP, 0, 0, 1), 0x04000000);
}

int
main(void)
{
    int round;

    for (round = 0; round < 4; round++) {
        ec = round % 2 == 1;
        printf("-- %s, %s\n", ec ? "EC" : "BC", round < 2 ? "wait" : "loop");
        clocks(round < 2);
        console(round < 2);
    }
    starts();
    return 0;
}
