/*
 * query.h - the parts of QUERY (cmd_query*.c), and answers that other
 * functions give as well
 */
#ifndef CP_QUERY_H
#define CP_QUERY_H

#include <stdbool.h>
#include <stdint.h>

#include "command.h"
#include "spool.h"
#include "vm.h"

/* cmd_query.c.  "CONNECT= hh:mm:ss VIRTCPU= mmm:ss.hs TOTCPU= mmm:ss.hs" */
void query_times(struct vm *vm);

/* cmd_query_virtual.c.  The words after QUERY VIRTUAL. */
void query_virtual(struct vm *vm, struct words *w);

/* cmd_query_spool.c.  The words after QUERY READER, PRINTER or PUNCH. */
void query_spool(struct vm *vm, enum spool_kind kind, struct words *w);
/* "FILES: 0002 RDR, NO PRT, NO PUN"; when there are none, only if `always`. */
void query_files(struct vm *vm, bool always);
/* RDR, PRT or PUN of READER, PRINTER, PUNCH and their abbreviations. */
bool word_spool_kind(const char *word, enum spool_kind *kind);

#endif
