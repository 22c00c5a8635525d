/*
 * timer.h - the interval timer and the time of day
 */
#ifndef GOS_TIMER_H
#define GOS_TIMER_H

#include <stdbool.h>

/* A new time slice begins. */
void timer_start(void);
/* May the interval timer interrupt?  Not while no task runs. */
void timer_enable(bool on);
/* Seconds since midnight, by the TOD clock. */
int time_of_day(void);

#endif
