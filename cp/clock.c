/*
 * clock.c - from the TOD clock to date and time (see clock.h)
 */
#include "clock.h"

#include <s370/insn.h>
#include <stdbool.h>
#include <stdio.h>

uint64_t
tod_now(void)
{
    uint64_t tod = 0;

    s370_stck(&tod);
    return tod;
}

static bool
leap_year(uint32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

void
tod_civil(uint64_t tod, struct civil *c)
{
    static const uint8_t days_in[12] = {31, 28, 31, 30, 31, 30,
                                        31, 31, 30, 31, 30, 31};
    uint32_t seconds = (uint32_t)(tod / TOD_SECOND % 86400);
    uint32_t days = (uint32_t)(tod / TOD_SECOND / 86400);
    uint32_t length;

    c->hour = seconds / 3600;
    c->minute = seconds / 60 % 60;
    c->second = seconds % 60;
    c->weekday = (days + 1) % 7; /* 1900-01-01 was a Monday */
    for (c->year = 1900; days >= (length = leap_year(c->year) ? 366 : 365);
         c->year++)
        days -= length;
    for (c->month = 1;; c->month++) {
        length = days_in[c->month - 1];
        if (c->month == 2 && leap_year(c->year))
            length++;
        if (days < length)
            break;
        days -= length;
    }
    c->day = days + 1;
}

char *
tod_time_text(uint64_t tod, char text[9])
{
    struct civil c;

    tod_civil(tod, &c);
    snprintf(text, 9, "%02u:%02u:%02u", c.hour, c.minute, c.second);
    return text;
}

char *
tod_date_text(uint64_t tod, char text[9])
{
    struct civil c;

    tod_civil(tod, &c);
    snprintf(text, 9, "%02u/%02u/%02u", c.month, c.day, c.year % 100);
    return text;
}

const char *
tod_weekday(uint64_t tod)
{
    static const char *const names[7] = {"SUNDAY",    "MONDAY",   "TUESDAY",
                                         "WEDNESDAY", "THURSDAY", "FRIDAY",
                                         "SATURDAY"};
    struct civil c;

    tod_civil(tod, &c);
    return names[c.weekday];
}

char *
tod_stamp(uint64_t tod, char text[40])
{
    char time[9], date[9];

    snprintf(text, 40, "%s GMT %s %s", tod_time_text(tod, time),
             tod_weekday(tod), tod_date_text(tod, date));
    return text;
}
