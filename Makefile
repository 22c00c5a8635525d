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
CPPFLAGS += -Imachine/include -D_DEFAULT_SOURCE
CFLAGS += -std=c11 -O2 -g $(WARN) -MMD -MP
ifdef SANITIZE
B := build/asan
CFLAGS += -fsanitize=address,undefined -fno-sanitize-recover=undefined
LDFLAGS += -fsanitize=address,undefined
endif
Q := $(if $(V),,@)
say = @printf '  %-8s %s\n' $(1) $(2)

ALL :=
TESTS :=
DEPS_RUN := gcc make nasm libncurses-dev libedit-dev
DEPS_CHECK := perl tmux hercules libcmocka-dev csmith gcc-multilib

include machine/machine.mk
include machine/sdk/sdk.mk
include machine/sdk/cc/cc.mk
include machine/tests/tests.mk
include cp/cp.mk
include labs/labs.mk

.PHONY: all
all: $(ALL)

# Host objects.
$(B)/obj/%.o: %.c
	$(call say,CC,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

-include $(shell test -d $(B)/obj && find $(B)/obj -name '*.d')

.PHONY: clean
clean: ## remove everything that was built
	rm -rf build
