/*
 * timer.h - the interval timer and the time of day
 */
#ifndef GOS_TIMER_H
#define GOS_TIMER_H

/* A new time slice begins. */
void timer_start(void);
/* Seconds since midnight, by the TOD clock. */
int time_of_day(void);

#endif
