/*
 * assert.h - diagnostics (C11 7.2)
 *
 * A failed assertion calls __assert_fail(), which prints what and where, the
 * registers, the chain of calls and the storage of their frames, and stops as
 * abort() does.  It prints by printf(), and so wherever console_write()
 * (s370/console.h) writes to.  A program may define a function of its own.
 */
#undef assert
#ifdef NDEBUG
#define assert(e) ((void)0)
#else
#define assert(e) ((e) ? (void)0 : __assert_fail(#e, __FILE__, __LINE__))
#endif

#ifndef ASSERT_H
#define ASSERT_H

#define static_assert _Static_assert
_Noreturn void __assert_fail(const char *expression, const char *file,
                             int line);

#endif
