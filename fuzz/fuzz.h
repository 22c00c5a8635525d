/*
 * fuzz.h - what the fuzzing targets share
 *
 * A target is a file with LLVMFuzzerTestOneInput().  `make fuzz` builds it
 * with clang and libFuzzer and lets it look for inputs that crash the machine;
 * `make check` builds it with driver.c and the sanitizers and runs the inputs
 * that are kept in fuzz/corpus.  Each input finds a cleared machine without
 * devices; only its virtual time has gone on, since making one takes longer
 * than most inputs do.
 */
#ifndef FUZZ_FUZZ_H
#define FUZZ_FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "machine.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* The machine of 64 KiB, cleared, without the devices that were attached. */
struct machine *fuzz_machine(void);
/* The name of a file in a folder of this process; written anew with `size`
 * bytes. */
const char *fuzz_file(const char *name, const void *bytes, size_t size);
/* A CKD image of two cylinders of a 3330, formatted, with `size` bytes of data
 * from `offset` on. */
const char *fuzz_volume(const uint8_t *data, size_t size, size_t offset);
/* False: the machine does not take it. */
bool fuzz_attach(struct machine *m, uint16_t devno, const char *type,
                 const char *word1, const char *word2);
/* A new machine with a device of each kind, at work, and media of its own. */
struct machine *fuzz_busy_machine(void);
/* The folder of this process's files. */
const char *fuzz_folder(void);
/* Would an input that names files or adapters reach out of that folder? */
bool fuzz_reaches_out(const uint8_t *data, size_t size);
/* Execute one I/O instruction on a device, then let some time pass. */
void fuzz_io(struct machine *m, unsigned operation, uint16_t devno);

#endif
