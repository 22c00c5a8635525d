/* stdnoreturn.h - functions that do not return (C11 7.23) */
#ifndef STDNORETURN_H
#define STDNORETURN_H

#define noreturn _Noreturn

#endif
