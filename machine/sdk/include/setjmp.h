/* setjmp.h - jumps out of functions (C11 7.13): R2-R14 are kept */
#ifndef SETJMP_H
#define SETJMP_H

typedef unsigned int jmp_buf[13];

int setjmp(jmp_buf env);
void longjmp(jmp_buf env, int value) __attribute__((noreturn));

#endif
