/*
 * queens.c - eight queens on a board, none in the way of another
 *
 * A program to watch with the monitor: the chain of calls grows and shrinks,
 * and the board is a variable of C.  found() is called for each solution.
 */
#include <stdbool.h>
#include <stdio.h>

enum { SIZE = 8 };

static int column[SIZE]; /* where the queen of each row stands */
static int solutions;

static bool
safe(int row, int col)
{
    for (int r = 0; r < row; r++) {
        int distance = column[r] - col;

        if (distance == 0 || distance == row - r || distance == r - row)
            return false;
    }
    return true;
}

__attribute__((noinline)) static void
found(void)
{
    solutions++;
}

static void
place(int row)
{
    if (row == SIZE) {
        found();
        return;
    }
    for (int col = 0; col < SIZE; col++) {
        if (safe(row, col)) {
            column[row] = col;
            place(row + 1);
        }
    }
}

int
main(void)
{
    place(0);
    printf("There are %d solutions.\n", solutions);
    return 0;
}
