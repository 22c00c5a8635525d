# Programs with mistakes: each gets its message, at the right line and column,
# and exit status 1.
use strict;
use warnings;
use lib 'tools';
use Kit;
use Test::More;

my $file = scratch('wrong.c');

sub check
{
    my ($text, $place, $message) = @_;
    write_file($file, $text);
    my ($status, $out, $err) =
        run_program('', bin('cc370'), '-fsyntax-only', $file);
    is($status, 1, "$message: status");
    like($err, qr/^\Q$file\E:$place: error: .*$message/m, $message);
}

# In a function of its own: line 2.
sub inside { check("int g(int a, int *p)\n{ $_[0] }\n", "2:$_[1]", $_[2]) }

# Syntax.
check("int x\nint y;\n", '2:1', 'expected `;\' behind the declaration, not `int');
inside('return a', 12, 'expected `;\' behind return');
inside('return (a;', 12, 'expected `\)\' behind the expression');
inside('if a) return 1;', 6, 'expected `\(\' behind if');
inside('whlie (a) a--; return a;', 3, 'function `whlie\' is not declared: did you mean `while\'\?');
inside('contniue; return a;', 3, '`contniue\' is not declared: did you mean `continue\'\?');
inside('return a + ;', 14, 'expected an expression');
inside('int b = 08; return b;', 11, 'is not a number');
inside('return a @ 1;', 12, 'does not belong into a C program');
inside('for (;; return 0; }', 11, 'expected an expression');
check("int f(void) { return 0;\n", '2', 'but the file ends here');
check("char *s = \"abc;\n", '1:11', 'the closing " is missing');
check("int c = '';\n", '1:9', 'a character constant needs a character');
check("int c = '\\q';\n", '1:9', 'is not an escape sequence');
check("x = 5;\n", '1:1', 'expected a declaration');

check("typedef int p; char *p = 0;\n", '1:22', 'declared again as something else');
check("enum { A }; int A = 3;\n", '1:17', 'declared again as something else');
check("alignas(8) int x;\n", '1:1', 'is #include <stdalign.h> missing');
check("noreturn void f(void);\n", '1:1', 'is #include <stdnoreturn.h> missing');
inside('return a and p;', 12, 'is #include <iso646.h> missing');
check("enum { A = 0x7fffffffffffffffLL, B };\n", '1:8', 'is not an int');
check("int y[sizeof(z)]; int z;\n", '1:14', 'is not declared');

# What would need more storage than there is for calls within the compiler.
check('int f(int *n) { return ' . 'n[' x 1000 . "0;\n", '1:\d+', 'nested more than 400 deep');
for ('+ n', '&& n', ', n', '- f(n)') {
    check('int f(int n) { return n' . " $_" x 100000 . "; }\n", '1:\d+', 'more than 5000 operators follow each other');
}
check('struct s { struct s *p; } *q; int f(void) { return q' . '->p' x 100000 . " != 0; }\n", '1:\d+',
    'more than 5000 operators follow each other');
write_file($file, 'int t[] = {' . '1 + 2, ' x 20000 . "};\nint f(int n) { " . 'n = n + 1; ' x 9000 . "return n; }\n");
is((run_program('', bin('cc370'), '-fsyntax-only', $file))[0], 0, 'long tables and functions are not meant');

# Words of macros: the place of what stands in the line, else of the macro.
for (["#define M x\nint f(int x) { return M + x + y + M; }\n", '2:31', 'y'],
    ["#define M x\nint f(int y) { return M; }\n", '2:23', 'x'],
    ["#define N(a) ((a) + q)\nint f(int x) { return N(x) + x; }\n", '2:23', 'q'],
    ["#define N(a) ((a) + q)\n#define q a\nint f(int x) { return N(x + N(r)) + a; }\n", '3:31', 'r'],
    ["#define SET(a, b) do { if (a) b = 0; } while (0)\nint f(int x) { SET(x, x); SET(x,\n y); return x; }\n", '2:27', 'y'],
    ["#define NOTHING\n/* y\n*/ int f(void) { NOTHING return /* y */ \"y\"[0] + y NOTHING + 'y'; }\n", '3:50', 'y']) {
    check($_->[0], $_->[1], "`$_->[2]' is not declared");
}

# One long line: the time for a word does not depend on those in front of it.
check('char *s = ' . '"abcdef" ' x 100000 . ";\nint x = " . '1 + ' x 4000 . "y;\n", '2:16009', '`y\' is not declared');

# An unclosed string is one mistake, also for the preprocessor; what else that
# says is shown.
write_file(scratch('wrong.h'), "#define UNUSED \"a\nconst char *s = \"abc;\n");
write_file($file, "#include \"wrong.h\"\n#warning again\nint f(const char *);\n"
    . "int x(void) { return 1; }\nint g(void) { return f(\"abc);\n}\n");
my (undef, undef, $messages) =
    run_program('', bin('cc370'), '-fsyntax-only', $file);
is(join('; ', $messages =~ /^(\S+: \w+: .*)$/mg), join('; ',
    "$file:2:2: warning: #warning again [-Wcpp]",
    scratch('wrong.h') . ':2:17: error: the closing " is missing',
    "$file:5:24: error: the closing \" is missing"), 'an unclosed string');
unlike($messages, qr/included from/, 'no word of the file that includes it');

# What this C leaves out.
check("float f;\n", '1:1', 'floating point is not part of this C');
check("int x = 1.5;\n", '1:9', 'floating point is not part of this C');
check("int *_Atomic x;\n", '1:6', '_Atomic is not part of this C');
check("int f(int a[static _Atomic 3]);\n", '1:20', '_Atomic is not part of this C');
check("_Imaginary int x;\n", '1:1', '_Imaginary is not part of this C');
check("int x __asm__(\"y\");\n", '1:7', 'assembler goes into a file of its own');
check("_Complex int x;\n", '1:1', '_Complex is not part of this C');
check("_Atomic int x;\n", '1:1', '_Atomic is not part of this C');
check("_Thread_local int x;\n", '1:1', 'there are no threads');
check("int f(int n) { int a[n]; return a[0]; }\n", '1:22',
    'variable-length arrays are not part of this C');
check("void f(int n, int a[n]);\n", '1:21', 'variable-length arrays are not');
check("void f(int n, int a[][n]) { a[0][n] = 1; }\n", '1:23',
    'variable-length arrays are not');
check("_Atomic(int) *f(void);\n", '1:1', '_Atomic is not part of this C');
check("int gr\xc3\xb6\xc3\x9fe = gr\xc3\xb6\xc3\x9f;\n", '1:15', 'is not declared');
check("char *p = \xe2\x80\x9cx\xe2\x80\x9d;\n", '1:11', 'does not belong into a C program: quotes are straight');
check("int a = 3 \xe2\x80\x93 1;\n", '1:11', ': a minus is -');
check("int a\xc2\xa0= 3;\n", '1:6', ': it is a blank of another kind');
check("int \xc3\xa9\xe2\x86\x92x;\n", '1:7', 'does not belong into a C program');
check("int y\\u20;\n", '1:6', '`\\\\\' does not belong into a C program');
check("int f(int a, char a);\n", '1:19', "two parameters are called `a'");
check("int f(a, a) int a; { return a; }\n", '1:10', "two parameters are called `a'");
check("int x = 0x1p3;\n", '1:9', 'floating point is not part of this C');
check("int f(a, b) int b; { return a + b; }\n", '1:7', "`a' has no type");
check("struct s { int a; } x;\nvoid f(void) { struct s y = 3; x = y; }\n", '2:29',
    'is an `int\' where a `struct s\' is expected');
check("int f(a) int b; { return a; }\n", '1:14', '`b\' is not a parameter');
check("int f(a, b);\n", '1:5', 'the types of the parameters are missing');
inside('int x __attribute__((section("a"))); return x;', 7, 'is not static');
check("__attribute__((section(\"a-b\"))) int x;\n", '1:24', 'letters, digits and _');
check("__attribute__((section(a))) int x;\n", '1:24', 'the section in quotes');
inside('_Alignas(64) char c[4]; return c[0];', 21, 'make it static');

# Literals.
check("void *p = L\"a\" \"b\" u\"c\";\n", '1:20', 'strings side by side have different prefixes');
check("void *p = u8\"a\" U\"c\";\n", '1:17', 'strings side by side have different prefixes');
check("char s[] = u8\"a\xff\";\n", '1:12', 'this text is not in UTF-8');
check("int c = '\xe4';\n", '1:9', 'this text is not in UTF-8');
for ("\xc0\x80", "\xe2\x82", "\xed\xa0\x80", "\xf4\x90\x80\x80", "\xf8\x88\x80\x80\x80", "\x80") {
    check("unsigned s[] = U\"$_\";\n", '1:16', 'this text is not in UTF-8');
}
check("void *p = \"\xe2\x82\xac\";\n", '1:11', 'EBCDIC code page 037 does not have');
check("int c = L'\xe2\x82\xac';\n", '1:9', 'EBCDIC code page 037 does not have');
check("char c = '\\x100';\n", '1:10', 'a hexadecimal character above \\\\xFF');
check("char c = '\\400';\n", '1:10', 'an octal character above \\\\377');
check("void *p = u8\"\\x100\";\n", '1:11', 'a hexadecimal character above \\\\xFF');
check("int c = u'\\x10000';\n", '1:9', 'a hexadecimal character above \\\\xFFFF');
check("void *p = U\"\\x100000000\";\n", '1:11', 'a hexadecimal character above \\\\xFFFFFFFF');
check("void *p = u\"\\u12g\";\n", '1:11', '4 hexadecimal digits must follow \\\\u');
check("void *p = u\"\\U0001F60\";\n", '1:11', '8 hexadecimal digits must follow \\\\U');
check("void *p = u\"\\uD800\";\n", '1:11', 'there is no character \\\\uD800');
check("void *p = U\"\\U00110000\";\n", '1:11', 'there is no character \\\\U00110000');
check("void *p = \"\\u0041\";\n", '1:11', '\\\\u0041 is not for this character');
check("int c = u'ab';\n", '1:9', 'a character constant with u has one character, of 16 bits');
check("int c = u'\\U0001F600';\n", '1:9', 'a character constant with u has one character, of 16 bits');
check("int c = L'ab';\n", '1:9', 'a character constant with L has one character, of 32 bits');
check("int c = U'';\n", '1:9', 'a character constant needs a character');
check("void *s = L\"abc;\n", '1:11', 'the closing " is missing');
check("int c = u8'a';\n", '1:9', '`u8\' is not declared');
check("char s[] = L\"x\";\n", '1:12', 'this is a string of `int\'');
check("short s[] = u\"x\";\n", '1:13', 'this is a string of `unsigned short\'');
check("int s[] = \"x\";\n", '1:11', 'this is a string of `char\'');

check("char c; struct { unsigned a : 24; } s = {(unsigned)&c};\n", '1:42',
    'an address cannot be put into a bit-field');

# Names.
inside('return b;', 10, '`b\' is not declared');
inside('return f(1);', 10, 'function `f\' is not declared');
inside('int a = 1; { int c; int c; } return a;', 27, '`c\' is declared already');
check("int f(void);\nlong f(void);\n", '2:6',
    '`f\' is declared as `long \(void\)\', but was `int \(void\)\' before');
check("static int n;\ninline int f(void) { return n; }\n", '2:29', "`n' is static, but is used in `f', which is inline and not static");
check("inline int *f(void) { static const int m = 3; static int n[2]; return n + m; }\n", '1:58', "`n' is static, but is used in `f'");
check("struct s { struct { const int a[3]; } b; } x, y;\nvoid f(void) { x = y; }\n", '2:18', 'this is const');
check("int f(int a[static]);\n", '1:19', 'expected an expression, not `]');
check("struct s { int a, b; union { char c; struct { int d, b; }; }; };\n", '1:54', 'there is a member `b\' already');
check("typedef struct { int a[3]; } __attribute__((aligned(8))) t;\nt ok[2];\ntypedef struct { int a[3]; } u __attribute__((aligned(8)));\nu b[2];\n", '4:4', 'elements of 12 bytes cannot each be aligned to 8');
inside('return __builtin_va_arg(p, int);', 27, 'not a va_list');
check("struct s { struct s { int a; } b; };\n", '1:19', '`struct s\' is defined twice');
check("int f(struct s *p);\nint f(struct s *p) { return p != 0; }\n", '2:5',
    'before: a tag that a list of parameters declares is unknown outside of it');
check("int f(void) { return 1; }\nint f(void) { return 2; }\n", '2:5',
    '`f\' is defined twice');
check("int x = 1;\nint x = 2;\n", '2:5', '`x\' is initialized twice');
check("struct s { int a; };\nstruct s { int b; };\n", '2:8', 'is defined twice');
check("enum e { A, B, A };\n", '1:16', '`A\' is declared already');
check("static int f(void);\nint g(void) { return f(); }\n", '1:12',
    'is used but defined nowhere');
inside('goto nowhere; return 0;', 8, 'label `nowhere\' is not defined');
inside('l: a++; l: return a;', 11, 'label `l\' is defined twice');

# Types.
inside('return *a;', 10, 'needs a pointer, not an `int');
inside('return p * 2;', 12, 'cannot have the operands `int \*\' and `int');
inside('p = 5; return 0;', 5, 'is an integer .* where a pointer');
inside('return p;', 10, 'is a pointer .* where an integer');
inside('5 = a; return a;', 5, 'this cannot be assigned to');
inside('const int c = 1; c = 2; return c;', 22, 'this is const');
inside('return a.x;', 12, 'an `int\' has no members');
inside('a(); return 0;', 4, 'this is not a function');
inside('return g(1);', 10, '`g\' takes 2 arguments, not 1');
inside('return &5;', 10, 'this has no address');
inside('switch (p) { } return 0;', 3, 'a switch needs an integer');
inside('return;', 3, 'must return an `int');
inside('struct t x; return 0;', 12, 'is not complete');
inside('return sizeof(struct t);', 10, 'has no known size');
inside('int b[2] = {1, 2, 3}; return b[0];', 21, 'more initializers');
inside('int b[] = 5; return b[0];', 13, 'an array is initialized by a list');
check("struct s { int a; };\nint f(struct s *p) { return p->b; }\n", '2:32',
    '`struct s\' has no member `b\'');
check("struct s { int a; };\nint f(struct s *p) { return p.a; }\n", '2:31',
    'use -> instead of .');
check("struct s { int a, a; };\n", '1:19', 'a member `a\' already');
check("struct s { int a : 33; };\n", '1:20', 'has 0 to 32 bits, not 33');
check("struct s { unsigned a : 3; } s;\nunsigned *p = &s.a;\n", '2:15',
    'a bit-field has no address');
check("void v;\n", '1:6', 'an object cannot be void');
check("int a[-1];\n", '1:7', 'cannot have -1 elements');
check("int f(void)[3];\n", '1:6', 'cannot return');
check("void f(void);\nint x = f();\n", '2:9', 'has no value');

# Statements and constants.
inside('break; return 0;', 3, '`break\' outside a loop');
inside('continue; return 0;', 3, '`continue\' outside a loop');
inside('case 1: return 0;', 3, '`case\' outside a switch');
inside('switch (a) { case 1: case 1: return 0; } return 1;', 24,
    'this case is there already');
inside('switch (a) { case a: return 0; } return 1;', 21,
    'the value of a case must be an integer constant');
inside('switch (a) { case 1: } return 1;', 24, 'a statement behind the label');
check("int f(void);\nint x = f() + 1;\n", '2:9', 'must be constant');
check("_Static_assert(1 > 2, \"order\");\n", '1:1', 'does not hold: "order"');
check("int x = 12345678901234567890123;\n", '1:9', 'more than 64 bits');
check("char big[0x1000000];\n", '1:10', 'cannot have|16 MiB');
check("int a;\nint b = _Generic(a, long: 1);\n", '2:9', 'no choice of _Generic');

# What students write.
inside('return a +* 2;', 13, '`*\' needs a pointer' =~ s/\*/\\*/r);
inside('return (int a);', 15, 'a name does not belong into a type');
inside('if (a) a++; a--; else return a;', 20, 'expected an if in front of else');
inside('while (a { a--; } return a;', 12, 'expected `\)\' behind the condition');
inside('do a--; while (a) return a;', 21, 'behind do ... while');
inside('int b[3] = {1, 2, 3; return b[a];', 22, 'behind the initializers');
inside('return a[1];', 11, '`\[\' needs a pointer');
inside('return a->c;', 11, '`->\' needs a pointer');
inside('int x; int *q = x; return *q;', 19, 'is an integer');
inside('a + 1 = 3; return a;', 9, 'cannot be assigned to');
inside('a++++; return a;', 6, 'cannot be assigned to');
inside('return ~p;', 10, '`~\' cannot have the operand');
inside('return -p;', 10, '`-\' cannot have the operand');
inside('return p % 2;', 12, '`%\' cannot have the operands');
inside('return g;', 10, 'is a pointer');
inside('goto 3;', 8, 'expected a label');
inside('switch (a) { default: return 1; default: return 2; }', 35,
    'a second default');
inside('switch (a) { case 1 ... 3: return 1; } return 0;', 23,
    'a range of cases is an extension of GNU C that cc370 does not have');
inside('asm("nop"); return 0;', 3, 'assembler goes into a file of its own, which asm');
inside('register int r = a; return *&r;', 32, '`r\' is register: it has no address');
inside('register int r[2] = {a}; return r[0];', 35, '`r\' is register');
inside('register struct { int x[2]; } r = {{a}}; return *r.x;', 52, '`r\' is register');
check("int f(register int a) { return *&a; }\n", '1:34', '`a\' is register');
check("int f(a) register int a; { return *&a; }\n", '1:37', '`a\' is register');
check("_Alignas(2) int x;\n", '1:1', 'an `int\' is aligned to 4 already');
check("struct s { _Alignas(char) short x; };\n", '1:12', 'a `short\' is aligned to 2');
check($_->[0], "1:$_->[1]", '_Alignas aligns objects and members, not types')
    for ["typedef _Alignas(8) int t;\n", 9], ["struct s { _Alignas(8) int x : 3; };\n", 12],
    ["int f(_Alignas(8) int x);\n", 7], ["_Alignas(8) int f(void);\n", 1],
    ["void f(void) { register _Alignas(8) int x = 1; (void)x; }\n", 25];
check("int a[2147483647 * 2 + 3];\n", '1:18', "the result of `\\*' does not fit into `int'");
check("enum { A = -2147483647 - 2 };\n", '1:24', "the result of `-' does not fit into `int'");
check("typedef int v __attribute__((vector_size(16)));\n", '1:30', "attribute `vector_size' would change what the program does");
check("int f(void) { __attribute__((__cleanup__(g))) int x = 1; return x; }\n", '1:30', "attribute `__cleanup__' would change");
inside('return ({ int x = a; x; });', 11, 'a block as an expression is an extension of GNU C');
inside('return a ?: 1;', 13, '`\?:\' without a value in the middle is an extension of GNU C');
inside('typeof(a) x = a; return x;', 3, 'typeof is an extension of GNU C');
inside('return (__typeof__(a))1;', 11, '__typeof__ is an extension of GNU C');
check("int a;\n__typeof(a) b;\n", '2:1', '__typeof is an extension of GNU C');
inside('return sizeof;', 16, 'expected an expression');
inside('return sizeof(g);', 10, 'has no known size');
inside('_Static_assert(a, "x"); return 0;', 18, 'must be an integer constant');
inside('return __builtin_va_arg(a, int);', 27, 'not a va_list');
inside('void x; return 0;', 8, 'an object cannot be void');
inside('int a; { int a; } return "x" * 2;', 32, 'cannot have the operands');
inside('static extern int y; return y;', 10, 'only one storage class');
inside('int b[2] = {[3] = 1}; return b[0];', 15, 'no element 3');
check("struct s { int a }; int x;\n", '1:18', 'expected `;\' behind the member');
check("struct s { int a; }\nint x;\n", '2:1',
    'expected `;\' behind the declaration');
check("enum e { A, B C };\n", '1:15', 'expected `,\' between the constants, not `C\'');
check("enum e { A, 5 };\n", '1:13', 'the name of a constant');
check("enum e { A 5 };\n", '1:12', 'behind the constants');
inside('(*p)->x = 1; return 0;', 7, '`->\' needs a pointer, not an `int\'');
check("struct s { int a; };\nint f(struct s x) { return x->a; }\n", '2:29', 'use . instead of ->');
inside('char c = "x"; return c;', 12, 'a character has single quotes');
inside('return f2(\'ab cd\');', 13, 'a string has double quotes');
inside('return *p == "x";', 13, '`==\' .*; a character has single quotes');
inside('int b[2]; b = a; return 0;', 15, 'an array cannot be assigned to, only its elements');
inside('int[] b = {1}; return b[0];', 9, 'expected the name in front of `\[\'');
check("f(int a)\n{ return a; }\n", '1:1', '`f\' has no type: put `int\' or');
check("Int x;\n", '1:1', 'the type `Int\' is not declared: did you mean `int\'\?');
check("int f(int a)\nreturn a;\n", '2:1', 'expected `\{\' or `;\' behind the function, not `return\'');
check("int f(int a, int a) { return a; }\n", '1:18', 'two parameters are');
check("int f(int, int b) { return b; }\n", '1:7', 'needs a name');
check("int f(void x) { return 1; }\n", '1:7', 'a parameter cannot be void');
check("typedef int T;\nint f(T a) { return T; }\n", '2:21', 'not `T\'');
check("const int c = 1;\nvoid f(void) { c++; }\n", '2:17', 'this is const');
check("void f(const char *p) { *p = 1; }\n", '1:28', 'this is const');
check("struct s { const int a; };\nvoid f(struct s *p) { p->a = 1; }\n", '2:28',
    'this is const');
check("struct s { int a; } x;\nint f(void) { return x; }\n", '2:22',
    'is a `struct s\' where an `int\' is expected');
check("struct s { int a; } x;\nint f(void) { if (x) return 1; return 0; }\n",
    '2:19', 'a condition is a number or a pointer');
check("struct s { int a; } x, y;\nint f(void) { return x == y; }\n", '2:24',
    'cannot have the operands');
check("int a[3];\nvoid f(void) { a = 0; }\n", '2:18', 'cannot be assigned to');
check("void f(void) { return 1; }\n", '1:23', 'returns nothing');
check("void g(void);\nint f(void) { return g(); }\n", '2:22', 'has no value');
check("extern int x;\nstatic int x;\n", '2:12', 'is static here');
check("register int x;\n", '1:14', 'are for variables in functions');
check("long short x;\n", '1:1', 'are not a type');
check("unsigned struct s { int a; } x;\n", '1:1', 'two types in one');
check("int x = {1, 2};\n", '1:13', 'an `int\' has one value only');
check("struct s { int a; } x = {.b = 1};\n", '1:27', 'has no member `b\'');
check("struct s { int a; } x = {[1] = 1};\n", '1:26', 'this is not an array');
check("struct s { struct s x; };\n", '1:21', 'is not complete');
check("struct s { int f(void); };\n", '1:16', 'cannot be a function');
check("struct s { int c, a[]; int b; };\n", '1:28', 'flexible array');
check("struct s { char *a : 3; };\n", '1:22', 'has an integer type');
check("long double x;\n", '1:6', 'floating point is not part');
check("int x = 0b12;\n", '1:9', 'is not a number');
check("int g(int);\nint f(void) { return g(); }\n", '2:22', 'takes 1 argument,');
check("int (*p)(int);\nint f(void) { return p(1, 2); }\n", '2:22',
    'takes 1 argument, not 2');
check("int x[2][];\n", '1:6', 'the elements of an array cannot be');
check("int f(...) { return 1; }\n", '1:7', 'a parameter must stand before');
check("inline int x;\n", '1:1', 'only a function can be inline');
check("_Noreturn int x;\n", '1:1', 'only a function can be _Noreturn');
check("int f(int x) { int x; return x; }\n", '1:20', 'is declared already');
check("int f(void) { int g(void) { return 1; } return g(); }\n", '1:19',
    'a function within a function is an extension of GNU C');
check("#error stop\n", '1:2', 'stop');

# Constraints of C11 that other compilers keep only if they are asked to.
check("struct s { int a; } x;\nvoid f(void) { (void)(struct s)x; }\n", '2:22', 'cannot be cast to `struct s\'');
check("void f(int a) { +a = 1; }\n", '1:20', 'cannot be assigned to');
check("int f(int *p) { return p > 0; }\n", '1:26', 'cannot have the operands `int \*\' and `int\'');
check("void f(void (*p)(void)) { p++; }\n", '1:28', 'the type of a function, which has no size');
check("int a[0];\n", '1:7', 'an array cannot have 0 elements');
check("int a[2] = {};\n", '1:13', 'expected an expression');
check("int a = 0x;\n", '1:9', '`x\' does not belong there');
check("int a = 0x+1;\n", '1:9', '`x\' does not belong there');
check("struct s { };\n", '1:12', 'needs a member that has a name');
check("union u { int : 3; };\n", '1:20', 'needs a member that has a name');
check("enum e { };\n", '1:10', 'expected the name of a constant');
check("struct s { int a[]; };\n", '1:16', 'a flexible array is the last of several members');
check("union u { int a; char b[]; };\n", '1:23', 'a flexible array is the last of several members');
check("struct s { int n, a[]; } x[2];\n", '1:27', 'there are no arrays of it');
check("struct s { int n, a[]; };\nstruct t { struct s x; };\n", '2:21', 'it is no part of something else');
check("struct s { struct t { int a; }; int b; } x;\nint f(void) { return x.a; }\n", '2:24', 'has no member `a\'');
check("restrict int a;\n", '1:1', 'only a pointer to an object can be restrict');
check("int (*restrict p)(void);\n", '1:6', 'only a pointer to an object can be restrict');
check("typedef _Noreturn void f(void);\n", '1:9', 'only a function can be _Noreturn');
check("void f(inline void g(void));\n", '1:8', 'only a function can be inline');
check("struct s { int a; inline void (*f)(void); };\n", '1:19', 'only a function can be inline');
check("int a = sizeof(static int);\n", '1:16', 'does not belong into a type');
check("int a = sizeof(_Alignas(8) int);\n", '1:16', '_Alignas aligns objects');
check("_Alignas(struct s) int a;\n", '1:1', 'is not complete');
check("_Alignas(int(void)) int a;\n", '1:1', 'which has no size');
check("int a, b = _Alignof(a);\n", '1:20', '_Alignof of something else than a type');
check("int a, b = _Alignof a;\n", '1:21', '_Alignof of something else than a type');
check("int a = _Generic(1, int: 1, struct s: 2);\n", '1:29', 'is not complete');
check("int a = _Generic(1, int: 1, int(void): 2);\n", '1:29', 'which has no size');
check("int a[static 3];\n", '1:1', 'in the first \[\] of a parameter');
check("void f(int a[2][const 3]);\n", '1:13', 'in the first \[\] of a parameter');
check("void f(int (*a)[static 3]);\n", '1:13', 'in the first \[\] of a parameter');
check("void f(int a[const 3]) { a = 0; }\n", '1:28', 'this is const');
check("register void f(void) { }\n", '1:15', 'are for variables in functions');
check("void f(void) { static int g(void); }\n", '1:27', 'is not static');
check("static int a;\nint a;\n", '2:5', '`a\' is not static here, but was before');
check("static int a[];\n", '1:12', 'the length of the array `int \[\]\' is missing');
check("int f(), f(char);\n", '1:10', 'is declared as `int \(char\)\', but was `int \(\)\'');
check("extern int a[2];\nvoid f(void) { extern int a[3]; }\n", '2:27', 'but was `int \[2\]\'');
check("typedef int f(void);\nf g { return 1; }\n", '2:3', 'a typedef will not do');
check("void f(void) { for (static int a; ; ) ; }\n", '1:32', 'for declares variables of the loop only');
check("void f(void) { for (struct s { int a; } b; ; ) ; }\n", '1:28', 'for declares variables of the loop only');

# One mistake, one message.
for ('{ a: int i = 1; i++; }', '{ extern int i = 1; }', '{ goto a; { a: } }', '{ { i = 1; } { i++; } if (i) i--; }', 'struct s { int a[]; int b; }') {
    write_file($file, "void f(void) { $_; }\n");
    (undef, undef, $messages) = run_program('', bin('cc370'), '-fsyntax-only', $file);
    is(() = $messages =~ /error:/g, 1, "one message: $_") or diag $messages;
}

# Names that are nearly right.
check("int count;\nint f(void) { return cuont; }\n", '2:22',
    '`cuont\' is not declared: did you mean `count\'\?');
check("int print(int);\nint f(void) { return pirnt(1); }\n", '2:22',
    'function `pirnt\' is not declared: did you mean `print\'\?');
check("struct s { int total; };\nint f(struct s *p) { return p->totl; }\n",
    '2:32', 'no member `totl\': did you mean `total\'\?');
check("struct s { union { int low; int high; }; } x = {.hihg = 1};\n", '1:50',
    'no member `hihg\': did you mean `high\'\?');
check("#include <stdint.h>\nunit32_t x;\n", '2:1',
    'the type `unit32_t\' is not declared: did you mean `uint32_t\'\?');
check("int f(nosuch x, int y) { return y; }\n", '1:7',
    'the type `nosuch\' is not declared');
check("struct s { word x; int y; };\nint f(struct s *p) { return p->z; }\n",
    '1:12', 'the type `word\' is not declared');
inside('retrun a;', 3, '`retrun\' is neither a type nor a keyword: did you mean'
    . ' `return\'');
check("struct node { node *next; };\n", '1:15', 'the type `node\' is not declared: did you mean `struct node\'\?');
check("void f(int n, queue *q);\n", '1:15', 'the type `queue\' is not declared');
inside('Node *n = p; return 0;', 3, 'the type `Node\' is not declared');
check("struct node *p;\nint f(void) { return p->next; }\n", '2:25',
    'is not complete');

inside('return strlen("a");', 10,
    'function `strlen\' is not declared: is #include <string.h> missing');
inside('bool b = 1; return b;', 3, 'is #include <stdbool.h> missing');
inside('return p == NULL;', 15, 'is #include <stddef.h> missing|<stdio.h>');
inside('uint8_t b = 1; return b;', 3, 'is #include <stdint.h> missing');
inside('LOWCORE->caw = 0; return 1;', 3, 'is #include <s370/lowcore.h> missing');
inside('return s370_sio(9);', 10, 'is #include <s370/insn.h> missing');

# Constants stay what they are.
inside('"abc"[0] = 1; return 0;', 12, 'a string literal is constant');
inside('*"abc" = 1; return 0;', 10, 'a string literal is constant');
inside('("abc" + 1)[1]++; return 0;', 17, 'a string literal is constant');
inside('const int c = 1; int *q = &c; *q = 2; (&c)[0] = 5; return 0;', 49,
    'this is const');
inside('static const int t[2] = {1, 2}; t[1]--; return 0;', 39, 'this is const');
check("struct s { const int a[2]; } x;\nvoid f(void) { x.a[1] = 0; }\n", '2:23',
    'this is const');
check("struct s { const int a; } x, y;\nvoid f(void) { x = y; }\n", '2:18',
    'this is const');
check("void f(const volatile int *p) { (*p)++; }\n", '1:37', 'this is const');

# Each construct of the language, misused.
check("int a[3] = {[0] = 1, [-1] = 2};\n", '1:22', 'no element -1');
check("int a[] = {[x] = 1};\n", '1:13', 'not declared');
inside('return (int[2]){1, 2, 3}[0];', 25, 'more initializers');
inside('return ((struct q){1}).a;', 21, 'is not complete');
check("struct f { int a[]; };\n", '1:16', 'flexible');
check("struct b { int x : 0; };\n", '1:20', 'of width 0 has no name');
check("struct b { int x : -1; };\n", '1:20', 'not -1');
check("struct b { long long x : 65; };\n", '1:26', 'has 0 to 64 bits, not 65');
check("struct b { char x : 9; };\n", '1:21', 'has 0 to 8 bits, not 9');
check("struct b { int x : 3; } y;\nint n = sizeof(y.x);\n", '2:9', 'bit-field');
check("struct a { struct { int x; }; int x; };\n", '1:35', 'a member `x\' already');
check("_Static_assert(1;\n", '1:17', 'expected');
check("_Static_assert(sizeof(int) == 8, \"64 bits\");\n", '1:1', '"64 bits"');
check("_Alignas(3) int x;\n", '1:1', 'a power of two');
check("int x = _Alignof(void);\n", '1:9', 'no known size');
inside('return _Generic(a, int: 1, int: 2);', 30,
    '`int\' is a choice of this _Generic already');
inside('return _Generic(a, default: 1, default: 2);', 34, 'a second default');
inside('return _Generic(a, char *: 1);', 10, 'no choice of _Generic');
check("int (*p)(int) = 5;\n", '1:17', 'is an integer');
check("int f(int);\nint (*p)(void) = f;\nint x = p(1);\n", '3:9',
    'takes 0 arguments');
check("int a[2](int);\n", '1:6', 'the elements of an array cannot be');
check("int f(void)(int);\n", '1:6', 'cannot return');
check("struct s { struct t *p; } x;\nint y = sizeof(*x.p);\n", '2:9',
    'no known size');
check("int f(int n, ...) { return __builtin_va_arg(n, int); }\n", '1:45',
    'not a va_list');
inside('goto l; { l: ; } l: return 0;', 20, 'defined twice');
inside('for (int i = 0; i < 3; i++) ; return i;', 40, '`i\' is not declared');
inside('if (a) int b = 1; return a;', 10, 'a declaration needs a block');
inside('l: int b = 1; return b;', 6, 'a declaration is none');
check("inline int f(void) { return 1; }\ninline int f(void) { return 2; }\n",
    '2:12', 'defined twice');
check("static x;\n", '1:1', 'a type is missing here');
check("int x = 'abcde';\n", '1:9', 'a character constant');
check("char c = '\\x100';\n", '1:10', 'a hexadecimal character above');
check("__attribute__((aligned(5))) int x;\n", '1:16', 'a power of two');
check("typedef int w __attribute__((aligned(8)));\nw a[2];\n", '2:4',
    'elements of 4 bytes cannot each be aligned to 8');
check("__attribute__((packed int x;\n", '1:23', 'expected `\)\'');
check("int x = __builtin_offsetof(int, a);\n", '1:33', 'has no members');
check("struct s { int a; };\nint x = __builtin_offsetof(struct s, b);\n", '2:38',
    'no member `b\'');
check("struct s { int a : 2; };\nint x = __builtin_offsetof(struct s, a);\n",
    '2:9', 'a bit-field has no address');
check("int x = __builtin_expect(1);\n", '1:27', 'expected');
check("asm(\"LR 1,2\");\n", '1:5', 'expected the name of an assembler file');
check("asm(\"none.asm\");\nint x = y;\n", '1:5', 'cannot read .*/none\.asm: No such file');
check("double d;\n", '1:1', 'floating point is not part of this C');
check("int f(double d) { return 0; }\n", '1:7', 'floating point is not part');
check("int x = 1e3;\n", '1:9', 'floating point is not part');
check("void f(int n) { struct { int a[n]; } x; }\n", '1:32',
    'variable-length');
check("int x = sizeof(int[f()]);\nint f(void);\n", '1:20', 'not declared');
check("_Thread_local static int x;\n", '1:1', 'there are no threads');
check("int f(_Atomic int *p) { return *p; }\n", '1:7', '_Atomic is not part');
check("typedef int T;\ntypedef long T;\n", '2:14', '`T\' is declared as `long\'');
check("enum { A = 1 << 31, B = 0x100000000 };\n", '1:21', '4294967296 is not an int');
check("enum e;\n", '1:1', '`enum e\' is not declared');
check("union u { int a; } x = {.a = 1, .a = 2, .b = 3};\n", '1:42',
    'has no member `b\'');
check("int x = (1, 2;\n", '1:14', 'expected `\)\'');
check("extern int f(void) = 5;\n", '1:20', 'expected');
check("int f(void) { return 1 }\n", '1:24', 'expected `;\' behind return');
check("int f(void) { int a[2] = {1, 2}, return a[0]; }\n", '1:34', 'expected');
check("int f(void) { int x = 5 return x; }\n", '1:25', 'expected `;\'');
check("int f(void) { if (1) { return 1; }\n", '2', 'but the file ends here');
check("int f(void) { return 1; } }\n", '1:27', 'expected a declaration');
check("#if 1\nint x;\n", '1', 'unterminated');

# Several mistakes in one run; the column of a tab and of a second `x'.
write_file($file, <<'END');
int f(int x)
{
	return x + y;
}
int g(int x) { return x + x x; }
int h(void) { return z; }
END
my ($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only',
    $file);
is(() = $err =~ /error:/g, 3, 'three mistakes, three messages');
like($err, qr/:3:13: error: `y' is not declared\n    \treturn x \+ y;\n    \t           \^\n/,
    'source line and caret');
like($err, qr/:5:29: error: expected `;'/, 'the third x of its line');
like($err, qr/:6:22: error: `z'/, 'goes on after a syntax error');

# A missing `;' at the end of a line or block, and a mistake inside the braces
# of an initializer, hide nothing of what follows.
write_file($file, <<'END');
struct s { int a; }
static int n
union u { int i; };
int f(void)
{
    union u v = {.j = 1};
    struct { int a } w = {2};
    n = v.i
    return n + w.a }
int g(int x) { retrun 0; }
int h(void) { return z;
END
($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
is(join(' ', $err =~ /^\Q$file\E:([\d:]+): (?:error|note)/mg),
    '2:1 3:1 6:19 7:20 9:5 9:20 10:16 11:22 12 11:13',
    'every mistake once, none that is not there');
like($err, qr/:10:16: error: `retrun' is .* did you mean `return'\?/, 'retrun');
like($err, qr/:11:13: note: the block begins here/, 'the brace that is open');

# One message for a mistake, and what follows is read as it should be.
my %once = (
    "int f(int a)\n{\n    while (a) {\n        a--;\n    return a;\n}\nint g(int b)\n{\n    return b;\n}\nint h = z;\n" =>
        "7:5 `g' begins within `f': a `}' is missing in front of it|11:9",
    "int f(int a)\n{\n    if (a) a = 1;\n    }\n    while (a) { a--; }\n    a = 5;\n    return a;\n}\nint h = z;\n" =>
        "5:5 expected a declaration (are the braces above right?), not `while'|9:9",
    "int f(int a)\n{\n    int t = 0;\n    for (int i = 0, i < a, i++) { t += i; }\n    return t;\n}\nint h = z;\n" =>
        "4:19 expected `;' in front of `i', which is declared, not `,'|7:9",
    "int f(int a)\n{\n    switch (a)\n    case 1: a = 2; break;\n    case 2: a = 3; break;\n    default: a = 4;\n    return a;\n}\nint h = z;\n" =>
        "4:20 only one statement belongs to a switch without `{', not this `break'|9:9",
    "int f(int a)\n{\n    switch (a)\n    case 1: return 2;\n    case 2: return 3;\n    return a;\n}\nint h = z;\n" =>
        "5:5 only one statement belongs to a switch without `{', not this `case'|8:9",
    "int f(int a)\n{\n    int g(int b) { return a + b; }\n    auto int k(int b)\n    {\n        if (b) { a++; }\n        return b;\n    }\n    return g(2) + k(3);\n}\nint h = z;\n" =>
        "3:9 a function within a function is an extension of GNU C|4:14|11:9",
    "int x = 1 ? 2147483647 + 1 : 0;\nint h = z;\n" => "1:24 the result of `+' does not fit into `int'|2:9",
    "double _Complex x;\nint h = z;\n" => "1:1 floating point is not part of this C|2:9",
    "int x[] = {1 ? 2 : 3 / 0, 4 / 0};\nint h = z;\n" => "1:29 division by zero|2:9",
    "struct s { int b : 1 << 40; };\nint h = z;\n" => "1:22 shifting an `int' by 40 bits|2:9",
    "typedef struct { int a = 0; int b; struct { int 5; int c[; int q; } d; } t;\nint f(t *p) { return p->a + p->b + p->d.q + (int)sizeof(t); }\nint h = z;\n" =>
        "1:24 expected `;' behind the member, not `='|1:49 expected a name, not `5'|1:58 expected an expression, not `;'|3:9",
    "struct s {\n    int a;\nint f(struct s *p)\n{\n    return 1;\n}\nint h = z;\n" => "3:5 `f' begins within a structure: a `}' is missing|7:9",
    "int f(int a)\n    int b = a;\n    return b;\n}\nint g(int a)\n    return a;\n}\nint h = z;\n" =>
        "2:5 expected `{' at the start of the function, not `int'|6:5 expected `{'|8:9",
    "int f(int a)\n{\n    for int i = 0; i < 3; i++) { a++; }\n    for int i = 0; i < 3; i++ { a++; }\n    return a;\n}\nint h = z;\n" =>
        "3:9 expected `(' behind for, not `int'|4:9 expected `(' behind for|7:9",
    "int f(void);\nint f(void void)\n{\n    return 1;\n}\nint h = z;\n" => "2:7 these words together are not a type|6:9",
    "int f(int a; int b)\n{\n    int[] c = {1, 2};\n    return a + b + c[0];\n}\nint g = f(1, 2);\nint h = z;\n" =>
        "1:12 expected `,' between the parameters, not `;'|3:11 expected the name in front of `[', not behind `]'|6:9|7:9",
    "int f(int a)\n{\n    for i in range(a) { a++; }\n    if (a) { a = 1; } else if { a = 2; }\n    return a;\n}\nint h = z;\n" =>
        "3:9 expected `(' behind for, not `i'|4:31 expected `(' behind if, not `{'|7:9",
    "int f(int a);\n{\n    return a;\n}\nint h = z;\n" => "2:1 no `;' belongs between a function and its block|5:9",
    "int f(void) { int a[2] = {1, 2; int b = 3; return a[b]; }\nint h = z;\n" => "1:31 expected `}' behind the initializers, not `;'|2:9",
    "struct s { int a, int b; }; int f(struct s *p) { return p->b; }\nint h = z;\n" =>
        "1:19 expected a name behind `,', not `int'|2:9",
    "int f(void) { int a = 1, int b = 2; return a + b; }\nint h = z;\n" =>
        "1:26 expected a name behind `,', not `int'|2:9",
    "int f(int a)\n{\n    if a > 0\n        return 1;\n    else\n        return 2;\n}\nint h = z;\n" =>
        "3:8 expected `(' behind if, not `a'|8:9",
    "int f(int a) { switch (a) { case 1: a++; case \"a\": a = 2; } return a; }\nint h = z;\n" =>
        "1:47 the value of a case must be|2:9",
    "void f(int a, int *p);\nvoid g(void) { f(g); }\nint h = z;\n" => "2:16 `f' takes 2 arguments, not 1|3:9",
    "int f(int a)\n{\n    a = 'a;\n    return a;\n}\nint h = z;\n" => "3:9 the closing ' is missing|6:9",
    "enum { A, B C; D }; int k = C;\nint h = z;\n" => "1:13 expected `,' between the constants, not `C'|1:14|2:9",
    "int f(int a)\n{\n    if (a) then\n        return 1;\n    return 0;\n}\nint h = z;\n" => "3:12 `then' is not declared|7:9",
    "int f(int a) { return f('hello') + a; }\nint h = z;\n" => "1:25 a character constant has|2:9",
    "int puts(const char *);\nvoid f(void) { puts \"x\"; }\nint h = z;\n" => "2:21 expected `;' behind the expression|3:9",
    "char s[] = \"\xe4\xfc\";\nint h = z;\n" => "1:12 this text is not in UTF-8|2:9",
    "void f(int a) { f(; a = 2; }\nint h = z;\n" => "1:19 expected an expression|2:9",
);
for my $text (sort keys %once) {
    my ($first, @rest) = split /\|/, $once{$text};
    write_file($file, $text);
    ($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
    my @found = $err =~ /^\Q$file\E:(\S+: (?:error|warning): .*)/mg;
    s/: (?:error|warning): / / for @found;
    is(scalar @found, 1 + @rest, "$first: one message") or diag($err);
    is(substr($found[0], 0, length $first), $first, $first);
    is(substr($found[$_ + 1], 0, length $rest[$_]), $rest[$_], 'and what follows') for 0 .. $#rest;
}

# What stands behind the mistake in the same statement is no other one; nor is
# what has to do with a name whose declaration was wrong.
sub told
{
    write_file($file, $_[0]);
    my (undef, undef, $err) = run_program('', bin('cc370'), '-w', '-fsyntax-only', $file);
    is(join('', map { s/ is an extension of GNU C that cc370 does not have/: GNU C/r }
            $err =~ /^\Q$file\E:([\d:]+ (?:error|note): .*\n)/mg), $_[1], $_[2]);
}
told(<<'END', <<'TOLD', 'nothing follows from a mistake in a statement');
int g(int a, int b);
int branches(int a)
{
    if (a == = 1) { g(a, 1); } else { g(a, 2); }
    if (a 1) g(a, 1); else if (a == 2) g(a, 2); else { g(a, 3); }
    g(*(int[]){a 1}, 2);
    return g(({ int x = a; x * 2; }), 1);
}
void jumps(int n) { __label__ l; void *p = &&l; goto *p; l: g(n, 1); }
int complex(void) { __complex__ int x; return __real__ x; }
struct { int i, j; } colon = {i: 1, j: 2};
__int128 wide; long unsigned __int128 wider;
void instructions(void) { __asm__ volatile ("nop"); asm("nop"); }
void unclosed(int a)
{
    if (a) {
int next(int n) { return n; }
int last(int n) { return next(n); }
END
4:14: error: expected an expression, not `='
5:11: error: expected `)' behind the condition, not `1'
6:18: error: expected `}' behind the initializers, not `1'
7:15: error: a block as an expression: GNU C
9:21: error: __label__: GNU C
9:44: error: the address of a label: GNU C
9:54: error: goto to an address: GNU C
10:21: error: _Complex is not part of this C: cc370 has only integers
10:47: error: __real__: GNU C
11:31: error: `i:' for `.i =': GNU C
12:1: error: __int128: GNU C
12:30: error: __int128: GNU C
13:27: error: assembler goes into a file of its own, which asm("FILE.asm"); outside of functions takes in
13:53: error: assembler goes into a file of its own, which asm("FILE.asm"); outside of functions takes in
17:5: error: `next' begins within `unclosed': a `}' is missing in front of it
TOLD
told(<<'END', <<'TOLD', 'nor from one in a declaration');
static unknown1 a;
const unknown2 *b;
void param(unknown3 *p, int n) { p += n; *p = *b + a; }
unknown4 **c[2], *result(void);
typedef unknown5 t;
struct { unknown6 width : 70; t u; } r;
enum late; enum late { SOON };
int old(a, b) float a; float *b; { return a > *b; }
nothing(int n) { return n; }
older(n) int n; { return n; }
END
1:8: error: the type `unknown1' is not declared
2:7: error: the type `unknown2' is not declared
3:12: error: the type `unknown3' is not declared
4:1: error: the type `unknown4' is not declared
5:9: error: the type `unknown5' is not declared
6:10: error: the type `unknown6' is not declared
7:1: error: `enum late' is not declared
8:15: error: floating point is not part of this C: cc370 has only integers
8:24: error: floating point is not part of this C: cc370 has only integers
9:1: error: `nothing' has no type: put `int' or `void' in front of it
10:1: error: `older' has no type: put `int' or `void' in front of it
TOLD

# A column is that of a token: what it is called also stands in strings,
# comments, longer operators and words.
for (['y += 1; return x == 1 + s;', 25], ['y++; f("+", + s);', 15], ['/* s */ return \'s\' + ss + s;', 27],
    ['x <<= 1; return y << 1 < s;', 26], ['return x-- - s;', 14], ['return f("s = %d", s < 1);', 24],
    ['return f("\\\\" ">", s > 1);', 24]) {
    check("struct s { int a; } s;\nint f(const char *, ...);\nint g(int x, int y, int ss)\n{ $_->[0] }\n",
        "4:$_->[1]", 'cannot have the operand');
}

# A mistake in a macro is reported where the macro is used.
write_file($file, "#define TWICE(v) ((v) + w)\nint f(int x)\n{\n    return TWICE(x);\n}\n");
($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
like($err, qr/:4:12: error: `w' is not declared\n        return TWICE/, 'macro');

# Warnings: status 0, and an error with -Werror; each group can be off.
my %warned = (
    'void *f(void) { return f; }' => 'pointers.*the result is a `void \*\(\*\)\(void\)\' where a `void \*\' is',
    'int f(int *p, void *q) { return p < q; }' => 'pointers.*an `int \*\' and a `void \*\' have no order',
    'int **f(int *restrict *p) { return p; }' => 'pointers.*loses the qualifier `restrict\'',
    'void f(void) { return f(); }' => 'return-type.*this belongs in front of the return',
    'unsigned long long f = 9223372036854775808LL;' => 'constants.*is more than a long long holds',
    'struct s { int a; enum { B } c; int; };' => 'unused.*this declares no member',
    'int f(int a) { int b; return a; }' => 'unused.*variable `b',
    'int f(int a) { int b; b = a; return a; }' =>
        'unused.*`b\' is set, but never used',
    'void f(int a) { int b = 0; for (; a > 0; a--, b += 2) b++; }' =>
        'unused.*`b\' is set, but never used',
    'int f(int a) { out: return a; }' => 'unused.*label `out\' is not used',
    'void f(int a) { switch (a) { case 1: f(2); break; defualt: f(1); } }' =>
        'unused.*label `defualt\' is not used: did you mean `default',
    'void f(void) { f; }' => 'unused.*the result of this is not used',
    'void f(char *p) { *p++; }' => 'unused.*the result of this is not used',
    'int *s = L"wide";' => 'pointers.*a `const int \*\' should point to it',
    'int f(const char *p) { return p == "yes"; }' =>
        'pointers.*strcmp\(\) compares what is in them',
    'void f(int a) { while (a > 0); { f(0); } }' =>
        'empty-body.*all that the loop repeats',
    'short s = 40000;' => 'constants.*40000 does not fit into `short',
    'struct { unsigned a : 4; } s = {16};' => 'constants.*fit into 4 bits',
    'struct { int a : 3; } s; void f(void) { s.a = 5; }' =>
        'constants.*fit into 3 bits, one of which is the sign',
    "#pragma pack(1)\nstruct s { int a; };" => 'attributes.*#pragma pack means nothing here: __attribute',
    'static void f(void) { }' => 'unused.*static function `f',
    'int f(int a) { if (a) return 1; }' => 'return-type.*end of `f',
    'int f(int a) { if (a = 2) return 1; return 0; }' =>
        'parentheses.*assignment as condition',
    'int f(int a) { return a & a == 1; }' => 'parentheses.*tighter than',
    'char *f(int *p) { return p; }' => 'pointers.*`int \*\' where a `char',
    'int f(void) { return 2147483647 + 1; }' => 'constants.*the result of `\+\' does not fit into `int',
    'int f(void) { return -(-2147483647 - 1); }' => 'constants.*the result of `-\' does not',
    'long long f(void) { return 0x7fffffffffffffff * 2; }' => 'constants.*fit into `long long',
    'int *f(unsigned *p) { return p; }' => 'pointers.*`unsigned \*\' where an `int',
    'unsigned char *f(char *p) { return p; }' => 'pointers.*where an `unsigned char',
    'int f(int *p, unsigned *q) { return p == q; }' => 'pointers.*comparing an `int',
    'char *f(const char *p) { return p; }' => 'pointers.*loses .*const',
    'char *f(void) { return "abc"; }' => 'pointers.*a string literal, which is',
    'void g(void *p); void f(void) { g("abc"); }' =>
        'pointers.*argument 1 of `g\' is a string literal',
    'static char *s = "x"; char *f(void) { return s; }' =>
        'pointers.*the initializer is a string literal',
    'int f(int a) { switch (a) { case 1LL << 40: return 1; } return 0; }' =>
        'constants.*does not fit into `int',
    'static int x = 1;' => 'unused.*static variable `x\' is not used',
    'static int x;' => 'unused.*static variable `x\' is not used',
    'int *f(void) { int a = 1; return &a; }' =>
        'pointers.*address of a variable that ends with',
    'struct s { int a[3]; }; int *f(struct s x) { return x.a + 1; }' =>
        'pointers.*address of a variable that ends with',
    'int f(char c) { return c == -1; }' =>
        'constants.*`==\' is never true: the left side is 0 to 255',
    'int f(unsigned u) { return u >= 0; }' => 'constants.*`>=\' is always true',
    'int f(unsigned u) { return 0 > u; }' =>
        'constants.*`>\' is never true: the right side is 0',
    'int f(short s) { return s < 40000; }' => 'constants.*always true',
    'int f(unsigned long long u) { return u < 0; }' =>
        'constants.*never true: the left side is 0 or more',
    'int f(int a) { return (!a) == 2; }' => 'constants.*left side is 0 to 1',
    'int f(int a) { return !a == 2; }' => 'parentheses.*`!\' binds tighter than `==\'',
    'int f(int a) { return !a & 4; }' => 'parentheses.*`!\' binds tighter than `&\'',
    'int f(int a) { return a << 8 + a; }' => 'parentheses.*`\+\' binds tighter than `<<\'',
    'int f(int a) { return a & 15 + \'0\'; }' => 'parentheses.*`\+\' binds tighter than `&\'',
    'int f(int a) { return 0 < a < 9; }' => 'parentheses.*result of `<\', which is 0 or 1',
    'int f(int a) { if (a) if (a > 1) return 1; else return 2; return 3; }' =>
        'parentheses.*else further down belongs',
    'int f(void) { if (f) return 1; return 0; }' => 'constants.*a function is always true: `f\(\)\' calls',
    'int f(int a) { a = a++; return a; }' => 'unused.*both `=\' and `\+\+\' set `a',
    'int f(char *p) { return p == \'\\0\'; }' => 'pointers.*compares a pointer with a character',
    'int f(void) { return 3 << 31; }' => 'constants.*the result of `<<\' does not fit into `int',
    'struct b { unsigned x : 3; }; int f(struct b *p) { return p->x == 8; }' =>
        'constants.*left side is 0 to 7',
    'int f(void) { int a[3] = {0}; return a[3]; }' =>
        'constants.*has 3 elements, none of them at 3',
    'int f(void) { static int a[3]; return a[-1]; }' =>
        'constants.*none of them at -1',
    'int f(int a) { if (a); return 1; }' => 'empty-body.*all that the if',
    "int f(int a) {\nfor (; a < 9; a++);\n  f(a); return 1; }" => 'empty-body.*all that belongs to the `for',
    "int f(int a) { a = 1;\nif (a)\n  a++;\n  a++; return a; }" =>
        'misleading-indentation.*does not belong to the `if',
    "int f(int a) {\n\tif (a)\n\t\ta++;\n\telse\n\t\ta--;\n                a++; return a; }" =>
        'misleading-indentation.*does not belong to the `else',
    'int f(int a) { return a & 1 == 0; }' => 'parentheses.*`==\' binds tighter than `&',
    'int f(int a) { return !a & 1; }' => 'parentheses.*`!\' binds tighter than `&',
    'int f(int a) { return a / 0; }' => 'constants.*division by zero',
    'int f(int a) { return a << 32; }' => 'constants.*shifting',
    'char s[2] = u8"\xe2\x82\xac";' => 'constants.*the string has 3 characters, the array only 2',
    'int s[2] = L"abc";' => 'constants.*the string has 3 characters, the array only 2',
    'unsigned short s[1] = {u"ab" "c"};' => 'constants.*has 3 characters, the array only 1',
    'int f(const char *, ...) __attribute__((format(printf, 1, 2))); int g(void) { return f(u"%d"); }' => 'pointers.*argument 1',
    'unsigned char c = 1000;' => 'constants.*does not fit',
    'typedef struct { char a; int b; } t __attribute__((packed));' =>
        'attributes.*packed does nothing here',
    '__attribute__((packed)) struct { char a; int b; } x;' =>
        'attributes.*packed does nothing here',
    'enum { A } __attribute__((packed)) e;' => 'attributes.*packed does nothing here',
    'int *__attribute__((aligned(16))) p;' => 'attributes.*aligned does nothing here',
    'int f(int a) { a == 1; return a; }' => 'unused.*not used',
    'char f(int a) { return a; }' => 'conversion.*keeps only the lower 8 bits',
    'int f(long long a) { int b = a; return b; }' =>
        'conversion.*keeps only the lower 32 bits',
    'int g(char); int f(int a) { return g(a); }' => 'conversion.*argument 1',
    'void f(char *c, int a) { *c = *c + a; }' => 'conversion.*lower 8 bits',
    'void f(unsigned short *u) { *u = *u + 100000; }' => 'conversion.*lower 16 bits',
    'void f(unsigned short *u) { *u += 100000; }' => 'constants.*100000 does not fit',
    'void f(unsigned char *c) { *c |= 0x100; }' => 'constants.*256 does not fit',
    'void f(int *i, long long w) { *i -= w; }' => 'conversion.*lower 32 bits',
    'void f(struct { unsigned a : 3; } *p) { p->a += 9; }' => 'constants.*fit into 3 bits',
    'int f(int a, unsigned b) { return a < b; }' =>
        'sign-compare.*compares an `int\' with an `unsigned',
    'int f(int n) { return n == 0xffffffff; }' => 'sign-compare.*compares an `int',
    'int f(int a) { return a == sizeof(int); }' => 'sign-compare.*compares',
    'int f(void) { int a; return a; }' => 'uninitialized.*`a\' is used here',
    'int f(int n) { int s; while (n--) s += n; return s; }' =>
        'uninitialized.*`s\' is used here',
    map({ ('#include <stdio.h>' . "\n" . "void f(char *s, long long w, int i)"
            . " { (void)s, (void)w, (void)i; $_->[0]; }" => "format.*$_->[1]") }
        ['printf("%d\n", s)', '`%d\' is for an integer'],
        ['printf("%s\n", i)', '`%s\' is for a `char \*\''],
        ['printf("%d\n", w)', '`%d\' is for an `int\''],
        ['printf("%lld\n", i)', '`%lld\' is for a `long long\''],
        ['printf("%d %d\n", i)', 'has no argument for `%d\''],
        ['printf("%d\n", i, i)', 'does not use this argument'],
        ['printf("%*d\n", w, i)', 'is for an `int\''],
        ['printf("%n", &i)', '`%n\' is not a conversion'],
        ['printf("%5.2f\n", i)', '`%5.2f\' is not a conversion of `printf\': there is no floating point'],
        ['printf("100%\n")', '`%\' is not a conversion of `printf\': %% prints a percent sign'],
        ['printf("%lu\n", w)', '`%lu\' is for a `long\', this is a `long long'],
        ['printf(i ? "%d" : "%s\n", i)', '`%s\' is for a `char \*\''],
        ['snprintf(s, 5, "%y")', '`%y\' is not a conversion']),
);

# And what is meant: no warning.
my @clean = (
    'int f(int n, char a[sizeof(n)]) { return n + a[0]; }',
    'int f(int n) { __attribute__((unused)) int x = 3; int y = n, __attribute__((unused)) z; return y; }',
    'int f(int n) { switch (n) { case 1: n++; __attribute__((fallthrough)); default: n--; } return n; '
        . 'out: __attribute__((unused)); return n; }',
    'struct s { int a; }; int f(void) { struct s x = {1}, y = x; return y.a; }',
    'int f(int a) { if (a) ; else return 2; return 1; }',
    'int a[3]; int *f(void) { return &a[3]; }',
    'int *f(int *p) { static int x; return p ? p + 1 : &x; }',
    'int f(char c) { return c >= 128 && c < 255; }',
    'int f(int n) { return n == (int)0xffffffff; }',
    'int f(unsigned u) { return u > 0 && 1 <= u && u != 0xffffffff; }',
    'int f(signed char c) { return c < 0 || c == -128; }',
    'int f(unsigned long long u) { return (long long)u == -1 || u >> 53 == 2047 || u / 2 > 0x7ffffffffffffffe; }',
    'int f(unsigned long long u) { return u > 0x7fffffffffffffff || u == 0x7fffffffffffffff; }',
    'int f(int a, int b) { return !a == !b || (a < b) == 1 || !a == (a < b); }',
    'int f(int a, int b) { return (a & -1) << (b - 1) | 1 << 31 | 0xf0 << 24; }',
    "int f(int a) {\n while (a--)\n  ;\n while (f(a));\n f(a);\n if (a) a--;\n if (a)\n  a++;\n"
        . " do\n  a++;\n  while (a < 9);\n switch (a) {\n case 1: while (a);\n   break; }\n return a; }",
    'int f(int a) { if (a) { if (a > 1) return 1; else return 2; } return 3; }',
    'int f(long long a) { return a < 0 || a > 0xffffffffffLL; }',
    'enum e { A, B }; int f(enum e e) { return e < B || e >= A; }',
    'const char *f(void) { return "abc"; }',
    "int f(int a)\n    ;\nint g(int a)\n    , h(void)\n    ;",
    'unsigned f(void) { char s[] = "abc"; s[1] = 5; return sizeof(s) + s[1]; }',
    'void g(const void *p); void f(void) { g("abc"); }',
    'void g(char *p); void f(void) { g((char *)"abc"); }',
    'unsigned char f(int a) { return a & 0xff; }',
    'struct s { unsigned a : 4; int b : 4; }; void f(struct s *p) { p->a = ~1; p->b = -1; p->a |= ~3; }',
    'unsigned char f(unsigned a) { return a >> 24; }',
    'char f(int a) { return a % 10; }',
    'void f(char *c, int a) { *c += a; *c = *c + 1; *c <<= a; *c = ~*c; *c &= 0xfff; }',
    'unsigned short f(unsigned char *p) { return p[0] << 8 | p[1]; }',
    "#include <ctype.h>\nvoid f(char *s) { *s = toupper(*s); }",
    'void f(short *s, short t, int a) { *s = -t; *s = *s % a; t *= 3; *s = t << 1; }',
    'void f(char *s, int a) { s[0] = \'0\' + a; s[1] = a < 10 ? \'0\' + a : \'a\' + a - 10; }',
    'int f(unsigned char a, unsigned b) { return a < b; }',
    'int f(unsigned b) { return b > 5 && b != 0; }',
    'int f(int n) { int x; for (int i = 0; i < n; i++) { if (i == 0) x = 5;'
        . ' else x++; if (x == n) n--; } return n; }',
    'int f(int n) { volatile int x; x = n; volatile int *p = &x; *p; n = 2;'
        . ' return n; }',
    'struct s { int a; } static x; int f(void) { return x.a; }',
    'short a = 0xffff; unsigned short b = 65535; struct { int c : 2; } d = {-2};',
    'int f(int n) { int x, *p = &x; x = n; return *p; }',
    'int f(int n) { int x; if (n) x = 1; if (n) return x; return 0; }',
    'int f(int a) { if ((a = 2)) return 1; return 0; }',
    'int f(int a) { if (a) return 1; __builtin_unreachable(); }',
    '_Noreturn void g(void); int f(int a) { if (a) return 1; g(); }',
    'int f(void) { int a = 5; (void)a; return 0; }',
    'int a[1 ? 3 : -2147483647 - 1]; unsigned u = 0xffffffff + 1u;',
    'static __attribute__((unused)) int f(void) { return 0; }',
    "#include <stdio.h>\nvoid f(unsigned u, const char *s) { printf(\"%-5.2s"
        . " %08X %% %c %lld %p\\n\", s, u, 'x', 1LL, (void *)s); }",
);
for my $text (@clean) {
    write_file($file, "$text\n");
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-fsyntax-only', $file);
    is($status . $err, '0', "no warning: $text");
}
for my $text (sort keys %warned) {
    my ($group, $message) = $warned{$text} =~ /^([a-z-]+)\.\*(.*)$/;
    write_file($file, "$text\n");
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-fsyntax-only', $file);
    is($status, 0, "$text: only a warning");
    like($err, qr/^\Q$file\E:\d:\d+: warning: .*$message.*\[-W$group\]/,
        $message);
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-Werror', '-fsyntax-only', $file);
    is($status, 1, "$text: -Werror");
    ($status, $out, $err) =
        run_program('', bin('cc370'), "-Wno-$group", '-fsyntax-only', $file);
    is($err, '', "$text: -Wno-$group");
}
done_testing;
