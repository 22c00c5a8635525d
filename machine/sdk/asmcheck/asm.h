/*
 * asm.h - assembler files: what cc370 must know of them, what is wrong in
 * them, and what ORG sends back.
 *
 * NASM assembles them.  It does not say which names a file has, explains few
 * mistakes, and writes an image from its beginning to its end: the rest is
 * done here, in front of NASM and behind it.
 */
#ifndef ASMCHECK_ASM_H
#define ASMCHECK_ASM_H

#include "machine/sdk/cc/cc.h"

/* ---- asmfile.c: assembler files ------------------------------------------ */

struct asm_name {
    const char *name;
    struct asm_file *file;
    int line;
    bool is_entry, is_label, is_external; /* external: EXTRN, V(), A() */
    bool is_section, is_data;             /* the statement that it labels */
};

struct asm_file {
    struct asm_file *next;
    const char *path; /* as the map and messages show it */
    const char *copy; /* what NASM reads instead, or NULL */
    int file;         /* its number */
    bool library;     /* of the SDK: shown without its folder */
    struct asm_name *name;
    int nnames;
};

/* Read and scan one; false, with a message, if it cannot be read. */
bool asm_add(const char *path, bool library);
struct asm_file *asm_files(void);
/* Does one of them have this word anywhere? */
bool asm_mentions(const char *word);
/* What is known of this label or ENTRY; NULL: there is none. */
const struct asm_name *asm_defines(const char *name);

/* ---- asmcheck.c: statements that NASM cannot explain --------------------- */

/* Look through all files, with the macros of asm_folder/s370.inc. */
void asm_check(const char *asm_folder, const char *lib_folder);
/* NASM has no end of giving values to labels: note those whose value comes from
 * itself.  False: there are none. */
bool asm_stuck(void);
/* Have faulty lines been found since the last asm_write_copies()? */
bool asm_more(void);
/* If so, or if it is the first time, write copies of the files that have some
 * into a folder, with statements instead that only keep the labels, and of
 * those that have macros with labels of their own: NASM has to read these. */
void asm_write_copies(const char *folder);
/* Write what lets the file have macros that are named like words of NASM's. */
void asm_free_macros(FILE *out, const struct asm_file *f);
/* Report all that was found, in order; false if it is nothing. */
bool asm_report(void);

/* ---- complain.c ---------------------------------------------------------- */

/* NASM's message about a line, in the words of asm_check(). */
void asm_complain(struct asm_file *f, int line, const char *text);

/* ---- patch.c ------------------------------------------------------------- */

/* Of what NASM has written, bring what ORG has sent back to its place in the
 * first `length` bytes.  False, after a message: there is something else. */
bool asm_patch(uint8_t *bytes, size_t size, uint32_t length);

#endif
