/* Lists and ring buffers. */
#include <list.h>
#include <ring.h>

#include "check.h"

struct job {
    int number;
    struct list link;
};

static struct job jobs[6];

/* The numbers of a list, as decimal digits; the same backward must agree. */
static int
digits(const struct list *head)
{
    int forward = 0, backward = 0, power = 1;

    for (const struct list *p = head->next; p != head; p = p->next)
        forward = forward * 10 + LIST_ENTRY(p, struct job, link)->number;
    for (const struct list *p = head->prev; p != head; p = p->prev) {
        backward += LIST_ENTRY(p, struct job, link)->number * power;
        power *= 10;
    }
    return forward == backward ? forward : -1;
}

static void
test_list(void)
{
    static struct list head = LIST_INIT(head), other = LIST_INIT(other);

    for (int i = 0; i < 6; i++)
        jobs[i].number = i + 1;
    CHECK(list_is_empty(&head) && list_length(&head) == 0);
    CHECK(list_take(&head) == NULL);
    list_append(&head, &jobs[1].link);
    list_append(&head, &jobs[2].link);
    list_prepend(&head, &jobs[0].link);
    CHECK(digits(&head) == 123 && list_length(&head) == 3);
    list_insert(&jobs[1].link, &jobs[3].link);
    CHECK(digits(&head) == 1423);
    list_remove(&jobs[3].link);
    list_remove(&jobs[3].link);
    CHECK(digits(&head) == 123);
    list_remove(&jobs[2].link);
    CHECK(digits(&head) == 12);
    list_join(&head, &other);
    CHECK(digits(&head) == 12);
    for (int i = 3; i < 6; i++)
        list_append(&other, &jobs[i].link);
    list_join(&head, &other);
    CHECK(digits(&head) == 12456 && list_is_empty(&other));
    list_join(&other, &head);
    CHECK(digits(&other) == 12456 && list_is_empty(&head));
    LIST_EACH(p, &other)
    {
        struct job *j = LIST_ENTRY(p, struct job, link);

        if (j->number % 2 == 0) {
            list_remove(p);
            list_prepend(&head, p);
        }
    }
    CHECK(digits(&other) == 15 && digits(&head) == 642);
    CHECK(list_take(&head) == &jobs[5].link && digits(&head) == 42);
    CHECK(list_is_empty(&jobs[5].link));
}

static void
test_ring(void)
{
    static unsigned char bytes[8];
    struct ring r;
    unsigned char out[8];
    unsigned put = 0, got = 0;
    int wrong = 0;

    ring_init(&r, bytes, sizeof(bytes));
    CHECK(ring_get(&r) == -1 && ring_used(&r) == 0 && ring_room(&r) == 8);
    CHECK(ring_write(&r, "ABCDE", 5) == 5 && ring_used(&r) == 5);
    CHECK(ring_write(&r, "FGHIJ", 5) == 3 && ring_room(&r) == 0);
    CHECK(!ring_put(&r, 'K'));
    CHECK(ring_read(&r, out, 6) == 6 && memcmp(out, "ABCDEF", 6) == 0);
    CHECK(ring_put(&r, 0xFF) && ring_used(&r) == 3);
    CHECK(ring_get(&r) == 'G' && ring_get(&r) == 'H');
    CHECK(ring_get(&r) == 0xFF && ring_get(&r) == -1);
    CHECK(ring_read(&r, out, 8) == 0);
    /* The positions pass 2**32 without a difference. */
    r.in = r.out = 0xFFFFFFFD;
    for (int i = 0; i < 1000; i++) {
        for (int j = 0; j < i % 5 && ring_put(&r, put & 255); j++)
            put++;
        for (int j = 0; j < i % 7 && ring_used(&r) > 0; j++)
            wrong += ring_get(&r) != (int)(got++ & 255);
        wrong += ring_used(&r) != put - got;
    }
    CHECK(wrong == 0 && put > 1000);
}

int
main(void)
{
    test_list();
    test_ring();
    return checks_failed;
}
