/*
 * data.c - the contents of objects in static storage.
 */
#include "program.h"

#include <stdlib.h>
#include <string.h>

/* What was there before is overridden. */
static void
drop_relocs(struct data *d, uint32_t from, uint32_t bytes)
{
    int kept = 0;

    if (from >= d->last)
        return;
    for (int i = 0; i < d->nreloc; i++)
        if (d->reloc[i].offset + 4 <= from ||
            d->reloc[i].offset >= from + bytes)
            d->reloc[kept++] = d->reloc[i];
    d->nreloc = kept;
}

/* A number, a bit-field, or an address: X'00' and a relocation. */
static void
put_value(struct data *d, const struct init_item *item)
{
    const struct member *bits = item->bits;
    uint8_t *p = d->bytes + item->offset;
    struct constant c = {.sym = NULL};
    uint64_t value;

    constant_of(item->value, &c);
    value = (uint64_t)c.value;
    for (int i = 0; bits != NULL && i < bits->width; i++, value >>= 1) {
        int at = 8 * bits->unit - bits->shift - 1 - i;
        uint8_t bit = (uint8_t)(0x80 >> at % 8);

        p[at / 8] = (uint8_t)((p[at / 8] & ~bit) | (value & 1 ? bit : 0));
    }
    if (bits != NULL)
        return;
    drop_relocs(d, item->offset, item->size);
    if (c.sym != NULL) {
        d->reloc = cc_room(d->reloc, d->nreloc, sizeof(*d->reloc));
        d->reloc[d->nreloc++] = (struct reloc){item->offset + item->size - 4,
                                               c.sym->link, (int32_t)c.value};
        if (d->last < item->offset + item->size)
            d->last = item->offset + item->size;
        value = 0;
    }
    for (uint32_t i = item->size; i-- > 0; value >>= 8)
        p[i] = (uint8_t)value;
}

static int
by_offset(const void *a, const void *b)
{
    const struct reloc *x = a, *y = b;

    return x->offset < y->offset ? -1 : x->offset > y->offset;
}

struct data *
data_build(const struct symbol *s)
{
    struct data *d = cc_alloc(sizeof(*d));
    bool zero = true;

    d->size = type_size(s->type);
    d->align = type_align(s->type);
    if (s->align > d->align)
        d->align = s->align;
    if (s->init == NULL)
        return d;
    /* A flexible array at the end makes the object longer. */
    if (s->init->extent > d->size)
        d->size = s->init->extent;
    d->bytes = cc_alloc(d->size + 8);
    for (const struct init_item *i = s->init->first; i != NULL; i = i->next) {
        uint32_t size = type_size(i->type);

        if (i->value != NULL) {
            put_value(d, i);
            continue;
        }
        drop_relocs(d, i->offset, size);
        memset(d->bytes + i->offset, 0, size);
        if (i->nbytes > 0)
            memcpy(d->bytes + i->offset, i->bytes, i->nbytes);
    }
    for (uint32_t i = 0; i < d->size && zero; i++)
        zero = d->bytes[i] == 0;
    if (zero && d->nreloc == 0)
        d->bytes = NULL;
    if (d->nreloc > 0)
        qsort(d->reloc, (size_t)d->nreloc, sizeof(*d->reloc), by_offset);
    return d;
}
