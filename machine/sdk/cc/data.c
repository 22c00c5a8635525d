/*
 * data.c - the contents of objects in static storage.
 */
#include "program.h"

#include <string.h>

static void
put_bits(struct data *d, const struct init_item *item, uint64_t value)
{
    const struct member *m = item->bits;
    uint64_t mask = (m->width == 64 ? 0 : (uint64_t)1 << m->width) - 1;
    uint8_t *p = d->bytes + item->offset;
    uint64_t unit = 0;

    for (int i = 0; i < m->unit; i++)
        unit = unit << 8 | p[i];
    unit = (unit & ~(mask << m->shift)) | (value & mask) << m->shift;
    for (int i = m->unit - 1; i >= 0; i--) {
        p[i] = (uint8_t)unit;
        unit >>= 8;
    }
}

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

static void
put_value(struct data *d, const struct init_item *item)
{
    uint32_t size = type_size(item->type);
    uint64_t value;
    struct constant c = {.sym = NULL};

    constant_of(item->value, &c);
    value = (uint64_t)c.value;
    if (item->bits != NULL) {
        put_bits(d, item, value);
        return;
    }
    drop_relocs(d, item->offset, size);
    if (c.sym != NULL) {
        struct reloc *r;

        if (d->nreloc == d->cap_reloc)
            d->reloc = cc_grow(d->reloc, &d->cap_reloc, sizeof(*d->reloc));
        r = &d->reloc[d->nreloc++];
        r->offset = item->offset + size - 4;
        r->link = c.sym->link;
        r->addend = (int32_t)c.value;
        value = 0;
    }
    for (uint32_t i = size; i-- > 0; value >>= 8)
        d->bytes[item->offset + i] = (uint8_t)value;
}

static int
by_offset(const struct reloc *a, const struct reloc *b)
{
    return a->offset < b->offset ? -1 : a->offset > b->offset;
}

static void
sort_relocs(struct data *d)
{
    for (int i = 1; i < d->nreloc; i++)
        for (int j = i; j > 0 && by_offset(&d->reloc[j], &d->reloc[j - 1]) < 0;
             j--) {
            struct reloc t = d->reloc[j];

            d->reloc[j] = d->reloc[j - 1];
            d->reloc[j - 1] = t;
        }
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
    sort_relocs(d);
    return d;
}
