/* search.c - words searched in a text, letter by letter */
#include <string.h>

enum { ROUNDS = 3000 };

static const char text[] =
    "The program status word contains the information required for proper "
    "program execution. It includes the instruction address, the condition "
    "code, and other fields. In general, it is used to control instruction "
    "sequencing and to hold and indicate the status of the system in relation "
    "to the program being executed at the time of the interruption.";

static const char *const words[] = {"interruption", "sequencing", "relation",
                                    "storage", "condition code"};

static int
find(const char *in, const char *word)
{
    int len = (int)strlen(word);

    for (int i = 0; in[i] != 0; i++) {
        int k = 0;
        while (k < len && in[i + k] == word[k])
            k++;
        if (k == len)
            return i;
    }
    return -1;
}

int
main(void)
{
    int found = 0;

    for (int k = 0; k < ROUNDS; k++)
        for (int i = 0; i < 5; i++)
            found += find(text, words[i]) >= 0;
    return found != 4 * ROUNDS;
}
