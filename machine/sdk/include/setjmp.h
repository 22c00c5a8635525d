/* setjmp.h - jumps out of functions (C11 7.13) */
#ifndef SETJMP_H
#define SETJMP_H

typedef unsigned int jmp_buf[13];

/* Keep R2 to R14 in env; 0.  It returns a second time after longjmp(), which
 * may come from an interruption handler, but not after the caller of setjmp()
 * has returned: then with `value`, 1 for 0.  The PSW's masks stay as they are.
 * Variables of the caller that changed meanwhile must be volatile. */
int setjmp(jmp_buf env);
_Noreturn void longjmp(jmp_buf env, int value);

#endif
