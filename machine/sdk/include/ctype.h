/*
 * ctype.h - classes of characters (C11 7.4), in EBCDIC
 *
 * In code page 037 the letters are not one range: A-I, J-R and S-Z have gaps
 * between them.  c is an unsigned char or EOF, -1, which is in no class.  Only
 * the characters of ASCII are letters, digits or punctuation; the controls are
 * the codes below the blank's, X'40'.  The is... functions return 0, or another
 * number for yes; tolower() and toupper() return what is no letter as it is.
 */
#ifndef CTYPE_H
#define CTYPE_H

int isalnum(int c);
int isalpha(int c);
int isblank(int c);
int iscntrl(int c);
int isdigit(int c);
int isgraph(int c);
int islower(int c);
int isprint(int c);
int ispunct(int c);
int isspace(int c);
int isupper(int c);
int isxdigit(int c);
int tolower(int c);
int toupper(int c);

#endif
