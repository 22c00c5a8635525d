/*
 * ctype.c - classes of characters (ctype.h)
 *
 * The table is indexed by the character's code; the compiler, which turns
 * 'A' into its EBCDIC code, puts each entry into its place.
 */
#include <ctype.h>

enum {
    UPPER = 1,
    LOWER = 2,
    DIGIT = 4,
    HEX = 8,
    SPACE = 16,
    PUNCT = 32,
    CONTROL = 64,
    BLANK = 128,
};

static const unsigned char classes[256] = {
    ['a'] = LOWER | HEX,
    ['b'] = LOWER | HEX,
    ['c'] = LOWER | HEX,
    ['d'] = LOWER | HEX,
    ['e'] = LOWER | HEX,
    ['f'] = LOWER | HEX,
    ['g'] = LOWER,
    ['h'] = LOWER,
    ['i'] = LOWER,
    ['j'] = LOWER,
    ['k'] = LOWER,
    ['l'] = LOWER,
    ['m'] = LOWER,
    ['n'] = LOWER,
    ['o'] = LOWER,
    ['p'] = LOWER,
    ['q'] = LOWER,
    ['r'] = LOWER,
    ['s'] = LOWER,
    ['t'] = LOWER,
    ['u'] = LOWER,
    ['v'] = LOWER,
    ['w'] = LOWER,
    ['x'] = LOWER,
    ['y'] = LOWER,
    ['z'] = LOWER,
    ['A'] = UPPER | HEX,
    ['B'] = UPPER | HEX,
    ['C'] = UPPER | HEX,
    ['D'] = UPPER | HEX,
    ['E'] = UPPER | HEX,
    ['F'] = UPPER | HEX,
    ['G'] = UPPER,
    ['H'] = UPPER,
    ['I'] = UPPER,
    ['J'] = UPPER,
    ['K'] = UPPER,
    ['L'] = UPPER,
    ['M'] = UPPER,
    ['N'] = UPPER,
    ['O'] = UPPER,
    ['P'] = UPPER,
    ['Q'] = UPPER,
    ['R'] = UPPER,
    ['S'] = UPPER,
    ['T'] = UPPER,
    ['U'] = UPPER,
    ['V'] = UPPER,
    ['W'] = UPPER,
    ['X'] = UPPER,
    ['Y'] = UPPER,
    ['Z'] = UPPER,
    ['0'] = DIGIT | HEX,
    ['1'] = DIGIT | HEX,
    ['2'] = DIGIT | HEX,
    ['3'] = DIGIT | HEX,
    ['4'] = DIGIT | HEX,
    ['5'] = DIGIT | HEX,
    ['6'] = DIGIT | HEX,
    ['7'] = DIGIT | HEX,
    ['8'] = DIGIT | HEX,
    ['9'] = DIGIT | HEX,
    ['!'] = PUNCT,
    ['"'] = PUNCT,
    ['#'] = PUNCT,
    ['$'] = PUNCT,
    ['%'] = PUNCT,
    ['&'] = PUNCT,
    ['\''] = PUNCT,
    ['('] = PUNCT,
    [')'] = PUNCT,
    ['*'] = PUNCT,
    ['+'] = PUNCT,
    [','] = PUNCT,
    ['-'] = PUNCT,
    ['.'] = PUNCT,
    ['/'] = PUNCT,
    [':'] = PUNCT,
    [';'] = PUNCT,
    ['<'] = PUNCT,
    ['='] = PUNCT,
    ['>'] = PUNCT,
    ['?'] = PUNCT,
    ['@'] = PUNCT,
    ['['] = PUNCT,
    ['\\'] = PUNCT,
    [']'] = PUNCT,
    ['^'] = PUNCT,
    ['_'] = PUNCT,
    ['`'] = PUNCT,
    ['{'] = PUNCT,
    ['|'] = PUNCT,
    ['}'] = PUNCT,
    ['~'] = PUNCT,
    [' '] = SPACE | BLANK,
    ['\t'] = SPACE | BLANK | CONTROL,
    ['\n'] = SPACE | CONTROL,
    ['\v'] = SPACE | CONTROL,
    ['\f'] = SPACE | CONTROL,
    ['\r'] = SPACE | CONTROL,
};

static int
is(int c, int of)
{
    return c >= 0 && c < 256 && (classes[c] & of) != 0;
}

int
isalnum(int c)
{
    return is(c, UPPER | LOWER | DIGIT);
}

int
isalpha(int c)
{
    return is(c, UPPER | LOWER);
}

int
isblank(int c)
{
    return is(c, BLANK);
}

/* In EBCDIC controls are the codes below the blank's, X'40'. */
int
iscntrl(int c)
{
    return (c >= 0 && c < ' ') || is(c, CONTROL);
}

int
isdigit(int c)
{
    return is(c, DIGIT);
}

int
isgraph(int c)
{
    return is(c, UPPER | LOWER | DIGIT | PUNCT);
}

int
islower(int c)
{
    return is(c, LOWER);
}

int
isprint(int c)
{
    return c == ' ' || isgraph(c);
}

int
ispunct(int c)
{
    return is(c, PUNCT);
}

int
isspace(int c)
{
    return is(c, SPACE);
}

int
isupper(int c)
{
    return is(c, UPPER);
}

int
isxdigit(int c)
{
    return is(c, HEX);
}

int
tolower(int c)
{
    return isupper(c) ? c - 'A' + 'a' : c;
}

int
toupper(int c)
{
    return islower(c) ? c - 'a' + 'A' : c;
}
