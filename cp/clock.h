/*
 * clock.h - time of day for people
 *
 * The TOD clock counts from 1900-01-01 00:00 (GA22-7000, "Time-of-Day
 * Clock") in Greenwich, and CP tells Greenwich time.
 */
#ifndef CP_CLOCK_H
#define CP_CLOCK_H

#include <stdint.h>

#define TOD_US 4096ull /* TOD units in a microsecond */
#define TOD_SECOND (1000000ull * TOD_US)

struct civil {
    uint32_t year, month, day; /* 1976, 1-12, 1-31 */
    uint32_t hour, minute, second;
    uint32_t weekday; /* 0 Sunday */
};

uint64_t tod_now(void);
void tod_civil(uint64_t tod, struct civil *c);
/* "19:02:11", "11/24/76", "TUESDAY": VM/370's forms; buffers of 9 and 10. */
char *tod_time_text(uint64_t tod, char text[9]);
char *tod_date_text(uint64_t tod, char text[9]);
const char *tod_weekday(uint64_t tod);
/* "19:02:11 GMT TUESDAY 11/24/76", the form of LOGON AT and TIME IS. */
char *tod_stamp(uint64_t tod, char text[40]);

#endif
