# The assembler is NASM with s370.inc: nothing to build, only to test.
DEPS_CHECK += binutils-s390x-linux-gnu
TESTS += $(addprefix machine/sdk/asm/tests/,encodings.t operands.t data.t \
	mistakes.t student.t)
TESTS_ASAN += machine/sdk/asm/tests/student.t
