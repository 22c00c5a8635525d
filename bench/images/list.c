/* list.c - a linked list reversed, summed up and sorted by merging */
#include <stddef.h>

enum { NODES = 500, ROUNDS = 400 };

struct node {
    struct node *next;
    int value;
};

static struct node nodes[NODES];

static struct node *
reverse(struct node *p)
{
    struct node *done = NULL;

    while (p != NULL) {
        struct node *next = p->next;
        p->next = done;
        done = p;
        p = next;
    }
    return done;
}

static struct node *
merge(struct node *a, struct node *b)
{
    struct node head, *tail = &head;

    while (a != NULL && b != NULL) {
        struct node **least = a->value <= b->value ? &a : &b;
        tail->next = *least;
        tail = *least;
        *least = tail->next;
    }
    tail->next = a != NULL ? a : b;
    return head.next;
}

static struct node *
sort(struct node *p)
{
    struct node *slow = p, *fast, *half;

    if (p == NULL || p->next == NULL)
        return p;
    for (fast = p->next; fast != NULL && fast->next != NULL;
         fast = fast->next->next)
        slow = slow->next;
    half = slow->next;
    slow->next = NULL;
    return merge(sort(p), sort(half));
}

int
main(void)
{
    int wrong = 0;

    for (int k = 0; k < ROUNDS; k++) {
        struct node *list = NULL;
        for (int i = 0; i < NODES; i++) {
            nodes[i].value = (i * 173 + k) % 1009;
            nodes[i].next = list;
            list = &nodes[i];
        }
        list = sort(reverse(list));
        for (; list->next != NULL; list = list->next)
            wrong += list->value > list->next->value;
    }
    return wrong;
}
