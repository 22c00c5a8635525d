/*
 * lowcore.h - the first 512 bytes of storage, where the CPU and the channels
 * look for PSWs and leave what a program must know
 *
 * Source: GA22-7000, "Assigned Main-Storage Locations".  Fields marked EC are
 * stored by interruptions in EC mode only: in BC mode the same codes are in
 * the old PSW.
 */
#ifndef S370_LOWCORE_H
#define S370_LOWCORE_H

#include <stddef.h>
#include <stdint.h>

#include <s370/ccw.h>
#include <s370/psw.h>

struct lowcore {
    psw_t restart_new;     /* X'00' also the PSW that IPL loads */
    psw_t restart_old;     /* X'08' */
    uint8_t ipl_ccw2[8];   /* X'10' */
    psw_t ext_old;         /* X'18' */
    psw_t svc_old;         /* X'20' */
    psw_t pgm_old;         /* X'28' */
    psw_t mck_old;         /* X'30' */
    psw_t io_old;          /* X'38' */
    struct csw csw;        /* X'40' */
    uint32_t caw;          /* X'48' key(4) 0(4) address of the first CCW */
    uint32_t unused_4c;    /* */
    uint32_t timer;        /* X'50' interval timer; one is 1/76800 second */
    uint32_t unused_54;    /* */
    psw_t ext_new;         /* X'58' */
    psw_t svc_new;         /* X'60' */
    psw_t pgm_new;         /* X'68' */
    psw_t mck_new;         /* X'70' */
    psw_t io_new;          /* X'78' */
    uint32_t unused_80;    /* */
    uint16_t ext_cpu;      /* X'84' EC: address of the CPU that signalled */
    uint16_t ext_code;     /* X'86' EC */
    uint8_t unused_88;     /* */
    uint8_t svc_ilc;       /* X'89' EC: length of the SVC in bytes */
    uint16_t svc_code;     /* X'8A' EC */
    uint8_t unused_8c;     /* */
    uint8_t pgm_ilc;       /* X'8D' EC */
    uint16_t pgm_code;     /* X'8E' EC */
    uint32_t pgm_address;  /* X'90' of a translation exception */
    uint8_t unused_94;     /* */
    uint8_t monitor_class; /* X'95' of MONITOR CALL */
    uint16_t per_code;     /* X'96' */
    uint32_t per_address;  /* X'98' */
    uint32_t monitor_code; /* X'9C' */
    uint8_t unused_a0[8];  /* */
    uint32_t channel_id;   /* X'A8' by STIDC */
    uint32_t ioel_address; /* X'AC' I/O extended logout goes there */
    uint32_t channel_log;  /* X'B0' limited channel logout */
    uint32_t unused_b4;    /* */
    uint16_t unused_b8;    /* */
    uint16_t io_address;   /* X'BA' EC: the device that interrupts */
    uint8_t unused_bc[28]; /* */
    uint8_t mck_save[296]; /* X'D8' machine check: registers, logout */
};
_Static_assert(sizeof(struct lowcore) == 512, "assigned locations");
_Static_assert(offsetof(struct lowcore, ext_old) == 0x18, "assigned");
_Static_assert(offsetof(struct lowcore, csw) == 0x40, "assigned");
_Static_assert(offsetof(struct lowcore, timer) == 0x50, "assigned");
_Static_assert(offsetof(struct lowcore, io_new) == 0x78, "assigned");
_Static_assert(offsetof(struct lowcore, ext_code) == 0x86, "assigned");
_Static_assert(offsetof(struct lowcore, pgm_code) == 0x8E, "assigned");
_Static_assert(offsetof(struct lowcore, monitor_code) == 0x9C, "assigned");
_Static_assert(offsetof(struct lowcore, channel_id) == 0xA8, "assigned");
_Static_assert(offsetof(struct lowcore, io_address) == 0xBA, "assigned");
_Static_assert(offsetof(struct lowcore, mck_save) == 0xD8, "assigned");

/* The program's own low storage.  The CPU and the channels change it only in
 * instructions that the compiler sees as calls (insn.h) and at interruptions;
 * who waits for an interruption in a loop reads through a volatile pointer. */
#define LOWCORE ((struct lowcore *)0)

/* The same locations as addresses, for those who look into the low storage of
 * somebody else. */
enum {
    LOW_RESTART_NEW = 0x00,
    LOW_RESTART_OLD = 0x08,
    LOW_EXT_OLD = 0x18,
    LOW_SVC_OLD = 0x20,
    LOW_PGM_OLD = 0x28,
    LOW_MCK_OLD = 0x30,
    LOW_IO_OLD = 0x38,
    LOW_CSW = 0x40,
    LOW_CAW = 0x48,
    LOW_TIMER = 0x50,
    LOW_EXT_NEW = 0x58,
    LOW_SVC_NEW = 0x60,
    LOW_PGM_NEW = 0x68,
    LOW_MCK_NEW = 0x70,
    LOW_IO_NEW = 0x78,
    LOW_EXT_CPU = 0x84,
    LOW_EXT_CODE = 0x86,
    LOW_SVC_ILC = 0x88, /* a word: 0 ILC code(2) */
    LOW_PGM_ILC = 0x8C, /* the same */
    LOW_PGM_ADDRESS = 0x90,
    LOW_MONITOR_CLASS = 0x94, /* a halfword */
    LOW_PER_CODE = 0x96,
    LOW_PER_ADDRESS = 0x98,
    LOW_MONITOR_CODE = 0x9C,
    LOW_CHANNEL_ID = 0xA8,
    LOW_IO_ADDRESS = 0xBA, /* the word at X'B8' is 0 address(2) */
};

#endif
