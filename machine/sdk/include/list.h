/*
 * list.h - doubly linked lists of anything
 *
 * A list is a ring of links: a `struct list` that is its head, and one inside
 * of each element.  So nothing is allocated, an element can be taken out
 * without knowing the list that it is in, and no operation has a special case
 * for the first or last.  An element that is to be in two lists at once has two
 * links.
 *
 *     struct job { int number; struct list link; };
 *     struct list jobs = LIST_INIT(jobs);
 *
 *     list_append(&jobs, &j->link);
 *     LIST_EACH (p, &jobs)
 *         printf("%d\n", LIST_ENTRY(p, struct job, link)->number);
 *
 * None of these functions sleeps or calls another; a list that an interruption
 * handler also changes has to be changed with the interruption disabled.
 */
#ifndef LIST_H
#define LIST_H

#include <stdbool.h>
#include <stddef.h>

struct list {
    struct list *next, *prev; /* head: first and last element, or itself */
};

#define LIST_INIT(head)  \
    {                    \
        &(head), &(head) \
    }

/* The structure of this type whose `member` is *link. */
#define LIST_ENTRY(link, type, member) \
    ((type *)(void *)((char *)(link)-offsetof(type, member)))

/* For each link of the list; *link may be removed in the body, no other. */
#define LIST_EACH(link, head)                                         \
    for (struct list *link = (head)->next, *link##_next = link->next; \
         link != (head); link = link##_next, link##_next = link->next)

/* Make a head an empty list, or a link an element that is in no list. */
static inline void
list_init(struct list *l)
{
    l->next = l;
    l->prev = l;
}

static inline bool
list_is_empty(const struct list *head)
{
    return head->next == head;
}

/* Put `link`, which is in no list, before the element `at`; before a head is
 * the end of its list. */
static inline void
list_insert(struct list *at, struct list *link)
{
    link->next = at;
    link->prev = at->prev;
    at->prev->next = link;
    at->prev = link;
}

static inline void
list_append(struct list *head, struct list *link)
{
    list_insert(head, link);
}

static inline void
list_prepend(struct list *head, struct list *link)
{
    list_insert(head->next, link);
}

/* Take an element out.  Doing so again is harmless. */
static inline void
list_remove(struct list *link)
{
    link->prev->next = link->next;
    link->next->prev = link->prev;
    list_init(link);
}

/* Take the first element out; NULL if the list is empty. */
static inline struct list *
list_take(struct list *head)
{
    struct list *link = head->next;

    if (link == head)
        return NULL;
    list_remove(link);
    return link;
}

/* The number of elements; looks at each. */
static inline size_t
list_length(const struct list *head)
{
    size_t n = 0;

    for (const struct list *p = head->next; p != head; p = p->next)
        n++;
    return n;
}

/* Put all elements of `from` at the end of `head`; `from` is empty then. */
static inline void
list_join(struct list *head, struct list *from)
{
    if (list_is_empty(from))
        return;
    from->next->prev = head->prev;
    from->prev->next = head;
    head->prev->next = from->next;
    head->prev = from->prev;
    list_init(from);
}

#endif
