# Fuzzing: `make fuzz TIME=60` lets libFuzzer (clang) look for a minute at each
# target; `make check` runs the inputs that are kept, without clang.

FUZZ_TARGETS := cpu channel config disk tape snapshot record
FUZZ_PROGRAMS := $(FUZZ_TARGETS:%=$(B)/tests/fuzz_%)
FUZZ_SOURCES := $(MACHINE_OBJECTS:$(B)/obj/%.o=%.c) machine/tests/volume.c
TIME ?= 60

$(FUZZ_PROGRAMS): $(B)/tests/fuzz_%: $(B)/obj/fuzz/%.o $(B)/obj/fuzz/fuzz.o \
	$(B)/obj/fuzz/driver.o $(B)/obj/machine/tests/volume.o $(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(MACHINE_ZSTD)

# All of the machine in one go, seen by the fuzzer.
build/fuzz/%: fuzz/%.c fuzz/fuzz.c fuzz/fuzz.h $(FUZZ_SOURCES)
	$(call say,CLANG,$@)
	$(Q)mkdir -p $(@D)
	$(Q)clang $(CPPFLAGS) -std=c11 -O1 -g \
		-fsanitize=fuzzer,address,undefined \
		-fno-sanitize-recover=undefined -o $@ \
		$< fuzz/fuzz.c $(FUZZ_SOURCES) $(MACHINE_ZSTD)

# New inputs go to build/fuzz/TARGET.found, one that fails to build/fuzz.
.PHONY: fuzz fuzz-deps
fuzz-deps:
	$(Q)tools/deps $(DEPS_RUN) clang libclang-rt-14-dev
fuzz: fuzz-deps $(FUZZ_TARGETS:%=build/fuzz/%) ## look for inputs that crash, TIME=seconds each
	$(Q)for t in $(FUZZ_TARGETS); do \
	    mkdir -p build/fuzz/$$t.found && \
	    build/fuzz/$$t -max_total_time=$(TIME) -timeout=20 -max_len=8192 \
		-print_final_stats=1 -artifact_prefix=build/fuzz/$$t- \
		build/fuzz/$$t.found fuzz/corpus/$$t || exit 1; \
	done

TEST_PROGRAMS += $(FUZZ_PROGRAMS)
TESTS += fuzz/fuzz.t
TESTS_ASAN += fuzz/fuzz.t
