/*
 * uint128.h - whole numbers of 128 bits: long fractions, 31 decimal digits
 */
#ifndef CPU_UINT128_H
#define CPU_UINT128_H

__extension__ typedef unsigned __int128 uint128;

#endif
