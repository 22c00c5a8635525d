/*
 * words.c - taking apart what people type: words, numbers, sizes, dates
 */
#include "front.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

#define SECONDS_PER_DAY 86400
#define TOD_PER_SECOND (UINT64_C(1000000) << 12) /* bit 51 is 1 us */

static bool
is_blank(char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

int
words_split(char *line, char *words[WORDS_MAX], const char **error)
{
    char *p = line, *end;
    int n = 0;

    for (;;) {
        while (is_blank(*p))
            p++;
        if (*p == '\0' || *p == '#')
            return n;
        if (n == WORDS_MAX) {
            *error = "too many words on one line";
            return -1;
        }
        if (*p == '"') {
            end = strchr(++p, '"');
            if (end == NULL) {
                *error = "the closing quote is missing";
                return -1;
            }
            if (end[1] != '\0' && !is_blank(end[1])) {
                *error = "a blank must follow a closing quote";
                return -1;
            }
        } else {
            for (end = p; *end != '\0' && !is_blank(*end);)
                end++;
        }
        words[n++] = p;
        p = end;
        if (*p != '\0')
            *p++ = '\0';
    }
}

static int
digit_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    if (c >= 'a' && c <= 'f')
        return c - 'a' + 10;
    if (c >= 'A' && c <= 'F')
        return c - 'A' + 10;
    return 99;
}

bool
word_number(const char *word, unsigned base, uint64_t max, uint64_t *value)
{
    uint64_t v = 0;
    unsigned digit;

    if (*word == '\0')
        return false;
    for (; *word != '\0'; word++) {
        digit = (unsigned)digit_value(*word);
        if (digit >= base || v > (max - digit) / base || digit > max)
            return false;
        v = v * base + digit;
    }
    *value = v;
    return true;
}

int
word_bytes(const char *word, uint8_t *bytes, size_t room)
{
    size_t len = strlen(word), i;
    char digits[3] = "";
    uint64_t value;

    if (len % 2 != 0 || len / 2 > room)
        return -1;
    for (i = 0; i < len / 2; i++) {
        memcpy(digits, word + 2 * i, 2);
        if (!word_number(digits, 16, 0xFF, &value))
            return -1;
        bytes[i] = (uint8_t)value;
    }
    return (int)(len / 2);
}

bool
word_size(const char *word, uint32_t *bytes)
{
    char digits[16];
    size_t len = strlen(word);
    uint64_t value, unit = 1024 * 1024;

    if (len == 0 || len >= sizeof(digits))
        return false;
    memcpy(digits, word, len + 1);
    switch (digits[len - 1]) {
    case 'K':
    case 'k':
        unit = 1024;
        digits[len - 1] = '\0';
        break;
    case 'M':
    case 'm':
        digits[len - 1] = '\0';
        break;
    default:
        break;
    }
    if (!word_number(digits, 10, UINT32_MAX / unit, &value))
        return false;
    *bytes = (uint32_t)(value * unit);
    return true;
}

const char *
word_shown(const char *word, char buf[WORD_SHOWN + 1])
{
    size_t i;

    for (i = 0; i < WORD_SHOWN && word[i] != '\0'; i++)
        buf[i] = (uint8_t)word[i] < ' ' || word[i] == 0x7F ? '?' : word[i];
    buf[i] = '\0';
    return buf;
}

/* ---- the TOD clock ------------------------------------------------------- */

static bool
leap_year(unsigned year)
{
    return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
}

static unsigned
month_days(unsigned year, unsigned month)
{
    static const unsigned days[] = {31, 28, 31, 30, 31, 30,
                                    31, 31, 30, 31, 30, 31};

    return days[month - 1] + (month == 2 && leap_year(year));
}

/* Seconds since 1900-01-01/00:00:00, the epoch of the clock. */
static uint64_t
date_seconds(const struct tod_date *d)
{
    uint64_t days = d->day - 1;
    unsigned y, m;

    for (y = 1900; y < d->year; y++)
        days += leap_year(y) ? 366 : 365;
    for (m = 1; m < d->month; m++)
        days += month_days(d->year, m);
    return days * SECONDS_PER_DAY + d->hour * 3600 + d->minute * 60 + d->second;
}

struct tod_date
tod_to_date(uint64_t tod)
{
    uint64_t seconds = tod / TOD_PER_SECOND;
    unsigned days = (unsigned)(seconds / SECONDS_PER_DAY);
    unsigned rest = (unsigned)(seconds % SECONDS_PER_DAY);
    struct tod_date d = {1900, 1, 1, rest / 3600, rest / 60 % 60, rest % 60};

    while (days >= (leap_year(d.year) ? 366U : 365U))
        days -= leap_year(d.year++) ? 366U : 365U;
    while (days >= month_days(d.year, d.month))
        days -= month_days(d.year, d.month++);
    d.day = days + 1;
    return d;
}

static bool
host_time(struct tod_date *d)
{
    time_t now = time(NULL);
    struct tm utc;

    if (now == (time_t)-1 || gmtime_r(&now, &utc) == NULL)
        return false;
    d->year = (unsigned)utc.tm_year + 1900;
    d->month = (unsigned)utc.tm_mon + 1;
    d->day = (unsigned)utc.tm_mday;
    d->hour = (unsigned)utc.tm_hour;
    d->minute = (unsigned)utc.tm_min;
    d->second = (unsigned)utc.tm_sec;
    return true;
}

/* Exactly NNNN-NN-NN/NN:NN:NN. */
static bool
date_word(const char *word, struct tod_date *d)
{
    static const char shape[] = "dddd-dd-dd/dd:dd:dd";
    size_t i;

    if (strlen(word) != sizeof(shape) - 1)
        return false;
    for (i = 0; i < sizeof(shape) - 1; i++)
        if (shape[i] == 'd' ? word[i] < '0' || word[i] > '9'
                            : word[i] != shape[i])
            return false;
    return sscanf(word, "%u-%u-%u/%u:%u:%u", &d->year, &d->month, &d->day,
                  &d->hour, &d->minute, &d->second) == 6;
}

bool
word_todclock(const char *word, uint64_t *tod)
{
    struct tod_date d;

    if (strcmp(word, "now") == 0 || strcmp(word, "NOW") == 0) {
        if (!host_time(&d))
            return false;
    } else if (!date_word(word, &d)) {
        return false;
    }
    /* The clock overflows in 2042. */
    if (d.year < 1900 || d.year > 2041 || d.month < 1 || d.month > 12 ||
        d.day < 1 || d.day > month_days(d.year, d.month) || d.hour > 23 ||
        d.minute > 59 || d.second > 60)
        return false;
    *tod = date_seconds(&d) * TOD_PER_SECOND;
    return true;
}
