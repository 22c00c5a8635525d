/*
 * puts.c - plain text for the console (stdio.h)
 */
#include <s370/console.h>
#include <stdio.h>
#include <string.h>

int
puts(const char *s)
{
    console_write(s, strlen(s));
    console_write("\n", 1);
    return 0;
}

int
putchar(int c)
{
    char text = (char)c;

    console_write(&text, 1);
    return (unsigned char)c;
}
