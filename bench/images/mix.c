/*
 * mix.c - a bit of everything that programs do
 *
 * Each round goes over a list of records, multiplies small matrices, lets a
 * state machine read numbers out of a text, and folds all results into a
 * checksum of 16 bits, so that nothing can be left out.
 */
#include <stddef.h>
#include <stdint.h>

enum { RECORDS = 40, SIDE = 8, ROUNDS = 9000 };

struct record {
    struct record *next;
    int16_t key, value;
};

static struct record records[RECORDS];
static int16_t left[SIDE][SIDE], right[SIDE][SIDE];
static const char input[] = "5012,-874,+122,0x1F,1.5e3,T0.3,35,-110,+64.,7";

static uint16_t
fold(uint16_t sum, uint16_t value)
{
    for (int i = 0; i < 16; i++) {
        uint16_t carry = (uint16_t)((sum ^ value) & 1);
        value >>= 1;
        sum >>= 1;
        if (carry)
            sum ^= 0xA001;
    }
    return sum;
}

/* Records in a list, found by key; the found one moves to the front. */
static int
look_up(struct record **list, int key)
{
    struct record **link = list;

    for (; *link != NULL; link = &(*link)->next) {
        struct record *r = *link;
        if (r->key != key)
            continue;
        *link = r->next;
        r->next = *list;
        *list = r;
        return r->value;
    }
    return -1;
}

static int
multiply(int factor)
{
    int total = 0;

    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++) {
            int sum = 0;
            for (int k = 0; k < SIDE; k++)
                sum += left[i][k] * right[k][j];
            right[i][j] = (int16_t)((sum >> 4) + factor);
            total += sum;
        }
    return total;
}

enum state { START, SIGN, WHOLE, FRACTION, EXPONENT, WRONG };

static enum state
step(enum state s, char c)
{
    switch (s) {
    case START:
        if (c == '+' || c == '-')
            return SIGN;
        /* fall through */
    case SIGN:
        return c >= '0' && c <= '9' ? WHOLE : WRONG;
    case WHOLE:
        if (c == '.')
            return FRACTION;
        return c >= '0' && c <= '9' ? WHOLE : WRONG;
    case FRACTION:
        if (c == 'e')
            return EXPONENT;
        return c >= '0' && c <= '9' ? FRACTION : WRONG;
    case EXPONENT:
        return c >= '0' && c <= '9' ? EXPONENT : WRONG;
    default:
        return WRONG;
    }
}

static int
read_numbers(void)
{
    int ended[WRONG + 1] = {0}, sum = 0;
    enum state s = START;

    for (const char *p = input; *p != 0; p++) {
        if (*p == ',') {
            ended[s]++;
            s = START;
        } else {
            s = step(s, *p);
        }
    }
    for (int i = 0; i <= WRONG; i++)
        sum = sum * 3 + ended[i];
    return sum;
}

int
main(void)
{
    struct record *list = NULL;
    uint16_t sum = 0;

    for (int i = 0; i < RECORDS; i++) {
        records[i].key = (int16_t)i;
        records[i].value = (int16_t)(i * i);
        records[i].next = list;
        list = &records[i];
    }
    for (int i = 0; i < SIDE; i++)
        for (int j = 0; j < SIDE; j++)
            left[i][j] = right[i][j] = (int16_t)(i * SIDE + j);
    for (int k = 0; k < ROUNDS; k++) {
        for (int i = 0; i < 8; i++)
            sum = fold(sum, (uint16_t)look_up(&list, (k * 7 + i * 5) % 44));
        sum = fold(sum, (uint16_t)multiply(k & 3));
        sum = fold(sum, (uint16_t)read_numbers());
    }
    return sum == 0;
}
