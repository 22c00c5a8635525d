/* hello.c - a C program alone in a System/370 */
#include <s370/console.h>
#include <stdio.h>

int
main(void)
{
    char name[40];

    printf("Who are you?\n");
    if (console_read(name, sizeof(name)) < 0)
        return 1;
    printf("Hello, %s.\n", name);
    return 0;
}
