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

    for (int i = 0; i < d->nreloc; i++)
        if (d->reloc[i].offset + 4 <= from ||
            d->reloc[i].offset >= from + bytes)
            d->reloc[kept++] = d->reloc[i];
    d->nreloc = kept;
}

/* A number, a bit-field in its unit, or an address: X'00' and a relocation. */
static void
put_value(struct data *d, const struct init_item *item)
{
    const struct member *bits = item->bits;
    uint32_t size = bits != NULL ? (uint32_t)bits->unit : type_size(item->type);
    uint8_t *p = d->bytes + item->offset;
    struct constant c = {.sym = NULL};
    uint64_t value;

    constant_of(item->value, &c);
    value = (uint64_t)c.value;
    if (bits != NULL) {
        uint64_t mask =
            (bits->width == 64 ? 0 : (uint64_t)1 << bits->width) - 1;
        uint64_t unit = 0;

        for (uint32_t i = 0; i < size; i++)
            unit = unit << 8 | p[i];
        value = (unit & ~(mask << bits->shift)) | (value & mask) << bits->shift;
    } else
        drop_relocs(d, item->offset, size);
    if (c.sym != NULL) {
        d->reloc = cc_room(d->reloc, d->nreloc, sizeof(*d->reloc));
        d->reloc[d->nreloc++] = (struct reloc){item->offset + size - 4,
                                               c.sym->link, (int32_t)c.value};
        value = 0;
    }
    for (uint32_t i = size; i-- > 0; value >>= 8)
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
