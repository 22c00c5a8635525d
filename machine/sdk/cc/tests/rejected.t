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
inside('return a + ;', 14, 'expected an expression');
inside('int b = 08; return b;', 11, 'is not a number');
inside('return a @ 1;', 12, 'does not belong into a C program');
inside('for (;; return 0; }', 11, 'expected an expression');
check("int f(void) { return 0;\n", '2', 'but the file ends here');
check("char *s = \"abc;\n", '1:11', 'the closing " is missing');
check("int c = '';\n", '1:9', 'a character constant needs a character');
check("int c = '\\q';\n", '1:9', 'is not an escape sequence');
check("x = 5;\n", '1:1', 'expected a declaration');

# What this C leaves out.
check("float f;\n", '1:1', 'floating point is not part of this C');
check("int x = 1.5;\n", '1:9', 'floating point is not part of this C');
check("_Complex int x;\n", '1:1', '_Complex is not part of this C');
check("_Atomic int x;\n", '1:1', '_Atomic is not part of this C');
check("_Thread_local int x;\n", '1:1', 'there are no threads');
check("int f(int n) { int a[n]; return a[0]; }\n", '1:22',
    'variable-length arrays are not part of this C');
check("int f(a) int b; { return a; }\n", '1:14', '`b\' is not a parameter');
check("int f(a, b);\n", '1:5', 'the types of the parameters are missing');
check("__attribute__((section(\"x\"))) int x;\n", '1:16', 'no sections');
inside('_Alignas(64) char c[4]; return c[0];', 21, 'make it static');
check("int *p = L\"x\";\n", '1:10', 'wide and Unicode characters');

# Names.
inside('return b;', 10, '`b\' is not declared');
inside('return f(1);', 10, 'function `f\' is not declared');
inside('int a = 1; { int c; int c; } return a;', 27, '`c\' is declared already');
check("int f(void);\nlong f(void);\n", '2:6',
    '`f\' is declared as `long \(void\)\', but was `int \(void\)\' before');
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
inside('return *a;', 10, 'needs a pointer, not a `int');
inside('return p * 2;', 12, 'cannot have the operands `int \*\' and `int');
inside('p = 5; return 0;', 5, 'is an integer .* where a pointer');
inside('return p;', 10, 'is a pointer .* where an integer');
inside('5 = a; return a;', 5, 'this cannot be assigned to');
inside('const int c = 1; c = 2; return c;', 22, 'this is const');
inside('return a.x;', 12, 'a `int\' has no members');
inside('a(); return 0;', 4, 'this is not a function');
inside('return g(1);', 10, '`g\' takes 2 arguments, not 1');
inside('return &5;', 10, 'this has no address');
inside('switch (p) { } return 0;', 3, 'a switch needs an integer');
inside('return;', 3, 'must return a `int');
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

# A mistake in a macro is reported where the macro is used.
write_file($file, "#define TWICE(v) ((v) + w)\nint f(int x)\n{\n    return TWICE(x);\n}\n");
($status, $out, $err) = run_program('', bin('cc370'), '-fsyntax-only', $file);
like($err, qr/:4: error: `w' is not declared\n        return TWICE/, 'macro');

# Warnings: status 0, and an error with -Werror; each group can be off.
my %warned = (
    'int f(int a) { int b; return a; }' => 'unused.*variable `b',
    'static void f(void) { }' => 'unused.*static function `f',
    'int f(int a) { if (a) return 1; }' => 'return-type.*end of `f',
    'int f(int a) { if (a = 2) return 1; return 0; }' =>
        'parentheses.*assignment as condition',
    'int f(int a) { return a & a == 1; }' => 'parentheses.*tighter than',
    'char *f(int *p) { return p; }' => 'pointers.*`int \*\' where a `char',
    'char *f(const char *p) { return p; }' => 'pointers.*loses .*const',
    'int f(int a) { return a / 0; }' => 'constants.*division by zero',
    'int f(int a) { return a << 32; }' => 'constants.*shifting',
    'unsigned char c = 1000;' => 'constants.*does not fit',
    'int f(int a) { a == 1; return a; }' => 'unused.*not used',
);
for my $text (sort keys %warned) {
    my ($group, $message) = $warned{$text} =~ /^([a-z-]+)\.\*(.*)$/;
    write_file($file, "$text\n");
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-fsyntax-only', $file);
    is($status, 0, "$text: only a warning");
    like($err, qr/^\Q$file\E:1:\d+: warning: .*$message.*\[-W$group\]/,
        $message);
    ($status, $out, $err) =
        run_program('', bin('cc370'), '-Werror', '-fsyntax-only', $file);
    is($status, 1, "$text: -Werror");
    ($status, $out, $err) =
        run_program('', bin('cc370'), "-Wno-$group", '-fsyntax-only', $file);
    is($err, '', "$text: -Wno-$group");
}
done_testing;
