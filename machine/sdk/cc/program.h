/*
 * program.h - the program as a whole: the units, what of them goes into the
 * image, and the NASM source.
 *
 * Order of work: every C file is parsed and every assembler file scanned;
 * program_select() follows references from what the assembler files mention,
 * adds library members for names that are defined nowhere else, and compiles
 * the functions that are reached; link_image() has NASM assemble, and writes
 * image, listing and map.
 */
#ifndef CC_PROGRAM_H
#define CC_PROGRAM_H

#include "emit.h"
#include "tree.h"

#include "machine/sdk/asmcheck/asm.h"

#include <sys/types.h>

/* ---- program.c ----------------------------------------------------------- */

/* A piece of the image in the order of the image. */
struct piece {
    struct piece *next;
    struct symbol *sym;
    struct ir_func *ir;   /* a function, lowered */
    struct ir_func *body; /* what may take the place of its calls */
    bool prepared;        /* calls in it were replaced */
    struct code *code;    /* the same, compiled; NULL: not reached */
    struct data *data;    /* an object */
    uint32_t size, align; /* of both */
    bool reached, placed; /* it is in the image; image.c has put it there */
};

/* The contents of an object: bytes and addresses in them. */
struct reloc {
    uint32_t offset;
    const char *link;
    int32_t addend;
};

struct data {
    uint32_t size, align;
    uint8_t *bytes; /* NULL: all zero */
    struct reloc *reloc;
    int nreloc;
    uint32_t last; /* where the last one of them ends */
};

/* A symbol with a link name that a unit defines. */
void program_define(struct symbol *s);
/* An external name that a unit uses without defining it. */
void program_use(const char *link, const struct token *tok);
/* A name of external linkage that a unit declares.  Error: another unit
 * declares it with another type. */
void program_declare(const struct symbol *s);
/* Lower every function: finds what is wrong in those that nobody calls. */
void program_check(void);
/* Decide what goes into the image.  Errors: undefined names. */
void program_select(bool dump_ir);
struct piece *program_pieces(void);
/* The address of a name, which NASM has told; false: it has none.  What is not
 * in the image, a number or an offset in a DSECT, is one as well: its value. */
void program_place(const char *name, uint32_t addr, bool in_image);
bool program_address(const char *name, uint32_t *addr);
bool program_in_image(const char *name);
/* The name in the source of what has this link name. */
const char *program_name(const char *link);
/* A name of the source in EBCDIC. */
void program_ebcdic(const char *text, uint8_t **bytes, int *n);
/* Definitions from now on come from the library: the program's own of the
 * same name are preferred. */
void program_library(bool on);

/* ---- data.c -------------------------------------------------------------- */

struct data *data_build(const struct symbol *s);

/* ---- library.c ----------------------------------------------------------- */

/* Add the member that defines this name; false if there is none. */
bool library_add(const char *name);
/* The paths of the members that end in `kind', in order. */
const char **library_members(const char *kind, int *n);
/* The header of the library that declares this name; NULL if none does. */
const char *library_header(const char *name);

/* ---- main.c -------------------------------------------------------------- */

/* Preprocess and parse one C file; false after a message. */
bool unit_add(const char *path);

/* ---- image.c ------------------------------------------------------------- */

/* Files of a run of NASM, in a folder of its own: what it reads, what it writes
 * of the image, its listing, and the names. */
#define IMAGE_SOURCE "image.asm"
#define IMAGE_HEAD "image"
#define IMAGE_LISTING "listing"
#define IMAGE_SYMBOLS "symbols"

/* What a NASM source is for. */
enum source {
    SOURCE_ALL,         /* -S: the whole image, for one who knows the SDK */
    SOURCE_WHOLE,       /* all that NASM must know of C */
    SOURCE_FIRST_MARKS, /* the same with made-up addresses: see kept.c */
    SOURCE_SECOND_MARKS
};

/* Find out where everything is, from the end of the assembler files on. */
void image_layout(void);
/* Write a NASM source, for a run in `folder`. */
void image_source(FILE *out, const char *folder, enum source kind);
/* The k-th name of C that NASM is told, or NULL. */
const char *image_told(int k);
/* Give C its addresses, behind assembler files of so many bytes; returns where
 * it begins. */
uint32_t image_place(uint32_t asm_end);
/* All of C. */
void image_items(struct lines *l);

/* ---- link.c -------------------------------------------------------------- */

/* Write the image, its listing and its map; keep, kept: NULL or folders for
 * kept.c.  Ends the run after messages. */
void link_image(const char *image, const char *keep, const char *kept);

/* ---- tool.c: programs that cc370 runs ------------------------------------ */

/* A program that is running; what it writes goes to files. */
struct tool {
    const char *program;
    pid_t pid;
    FILE *output, *messages;
};

/* The folder for what is temporary: that of TMPDIR, or /tmp. */
const char *tool_temporary(void);
/* A file without a name there, to be written and read; fatal if there is no
 * place. */
FILE *tool_file(void);

/* Start a program, which reads from `input`, or from our own standard input
 * (-1). */
struct tool tool_start(char *const argv[], int input);
/* Wait for its end; returns its standard output, and its messages. */
char *tool_finish(struct tool *tool, int *status, char **messages);

/* ---- preprocess.c: the preprocessor -------------------------------------- */

/* One more option for all that follows. */
void preprocess_option(char *text);
/* Begin to preprocess files that preprocess() will be asked for, or perhaps
 * not. */
void preprocess_ahead(const char *const path[], int n);
/* What `cc -E` makes of a file; NULL after its messages. */
char *preprocess(const char *path);

/* ---- assemble.c: NASM ---------------------------------------------------- */

/* Run NASM in the folder, several times if there are mistakes in assembler
 * files; false after messages. */
bool assemble(const char *folder);
/* Run it once; false, without messages, if there is anything wrong. */
bool assemble_marked(const char *folder, enum source kind);

/* ---- kept.c: what NASM has made, for other programs ---------------------- */

/* The first or second made-up address of the k-th name of C. */
uint32_t kept_mark(int k, bool second);
/* Leave there what NASM makes, if that can be; after assemble(). */
void kept_write(const char *keep);
/* Does what is there fit this program? */
bool kept_fits(const char *kept);
/* Put C's addresses into an image of n bytes, if what NASM has made of it comes
 * from such a folder.  False: it is spoilt. */
bool kept_addresses(const char *folder, uint8_t *image, size_t n);

/* ---- map_type.c, map_function.c: items of the map ------------------------ */

/* The text of a type; structures and enumerations in it are numbered. */
const char *map_type(struct type *t);
/* The name of a type at file scope. */
void map_typedef(struct symbol *s);
/* A record with a tag, or an enumeration, that has been completed. */
void map_defined(struct type *t);
/* All these, and what else was numbered. */
void map_types(FILE *out);
/* A compiled function at addr, with its variables. */
char *map_function(const struct piece *p, uint32_t addr);

/* ---- map.c --------------------------------------------------------------- */

void map_write(const char *image, const char *listing);

#endif
