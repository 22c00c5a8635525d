# CP-Lab: the one Makefile.  `make help` lists what it can do.
#
# Each folder adds a fragment that extends the lists below; all output goes
# under $(B).  `make SANITIZE=1 ...` builds the same tree with ASan and UBSan
# under build/asan.

.DEFAULT_GOAL := all
SHELL := /bin/bash
.DELETE_ON_ERROR:

B ?= build
CC ?= cc
WARN := -Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Werror
CPPFLAGS += -I. -Imachine/include -D_DEFAULT_SOURCE
CFLAGS += -std=c11 -O2 -g $(WARN) -MMD -MP
ifdef SANITIZE
override B := build/asan
# The sanitizers hide from gcc what -Wconversion would have to know.
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined \
	-Wno-conversion
LDFLAGS += -fsanitize=address,undefined
else
# gcc optimizes the machine as a whole, for a channel program goes through many
# files.  Tests are linked without, which is quicker.  A -fno-lto anywhere on a
# line keeps gcc from it, even before a -flto.
ifneq ($(findstring Free Software Foundation,$(shell $(CC) --version)),)
LTO := -flto=auto -ffat-lto-objects
LDFLAGS += -fno-lto
endif
endif
# What links the programs that run the machine.
LDFLAGS_MACHINE = $(filter-out -fno-lto,$(LDFLAGS)) $(LTO)
Q := $(if $(V),,@)
say = @printf '  %-8s %s\n' $(1) $(2)

# Filled by the fragments: what to build; what tests need built besides; tests
# (TAP, run from this folder); those that are run with the sanitizers as well;
# those that `make check-long` runs.
ALL :=
TEST_PROGRAMS :=
TESTS :=
TESTS_ASAN :=
TESTS_LONG :=
# Debian packages: for `make run`, and what `make check` needs besides.
DEPS_RUN := gcc libc6-dev make nasm libncurses-dev libedit-dev libzstd-dev
DEPS_CHECK := perl tmux hercules csmith libcsmith-dev \
	gcc-multilib clang clang-format lld libgcc-12-dev-arm64-cross \
	libc6-dev-arm64-cross qemu-user

include machine/machine.mk
include machine/front/front.mk
include machine/sdk/sdk.mk
include machine/sdk/cc/cc.mk
include machine/sdk/asm/asm.mk
include machine/tests/tests.mk
include fuzz/fuzz.mk
include cp/cp.mk
include labs/labs.mk
include grader/grader.mk
include bench/bench.mk
include handbook/handbook.mk

.PHONY: all
all: $(ALL)

# Host objects.
$(B)/obj/%.o: %.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

-include $(shell test -d $(B)/obj && find $(B)/obj -name '*.d')

.PHONY: deps deps-check
deps: ## install the packages that `make run` needs
	$(Q)tools/deps $(DEPS_RUN)
deps-check: ## install the packages that `make check` needs
	$(Q)tools/deps $(DEPS_RUN) $(DEPS_CHECK)

.PHONY: run
run: deps ## build everything and open the course machine
	$(Q)$(MAKE) --no-print-directory -s all >&2
	$(Q)build/bin/console -f cp/course.conf --map build/cp/cp.map --ipl 130

.PHONY: panel
panel: deps ## build everything and open the course machine's panel
	$(Q)$(MAKE) --no-print-directory -s all >&2
	$(Q)build/bin/machine -f cp/course.conf --panel --ipl 130

# Each test is run from this folder with B set to the build it tests.
.PHONY: check check-normal check-asan check-long
check: deps-check ## run every test
	$(Q)$(MAKE) --no-print-directory check-normal
	$(Q)$(MAKE) --no-print-directory SANITIZE=1 check-asan
check-normal: $(ALL) $(TEST_PROGRAMS)
	$(Q)B=$(B) prove -j2 --timer $(TESTS)
check-long: $(ALL) $(TEST_PROGRAMS) ## run what takes long: thousands of random programs
	$(Q)B=$(B) CSMITH_PROGRAMS=2000 FUZZ_ROUNDS=500 INSTRUCTIONS=5000000 prove --timer $(TESTS_LONG)
check-asan: $(ALL) $(TEST_PROGRAMS) ## run the tests that look for memory errors
	$(Q)B=$(B) prove -j2 --timer $(TESTS_ASAN)

FORMATTED = $(shell git ls-files '*.c' '*.h' | grep -v '/tests/programs/')
.PHONY: format
format: ## lay out all C as .clang-format says
	$(Q)clang-format -i $(FORMATTED)

.PHONY: pictures
pictures: all ## make the handbook's pictures again, from real runs
	$(Q)B=$(B) tools/pictures

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build

.PHONY: help
help: ## list the targets
	@sed -n 's/^\([a-z-]*\):[^#]*## \(.*\)/\1:\2/p' $(MAKEFILE_LIST) | \
	    sort | awk -F: '{printf "  make %-12s %s\n", $$1, $$2}'
