# The benchmark: the same images on this machine and on Hercules, in turn; what
# cc370 makes of C beside the host's gcc; what CP spends on what it simulates.

DEPS_BENCH := valgrind binutils

BENCH_ASM := empty registers moves decimal floating translation supervisor disk
BENCH_C := crc sieve matrix list search mix
BENCH_IMAGES := $(addprefix $(B)/bench/,$(BENCH_ASM) $(BENCH_C))

$(BENCH_ASM:%=$(B)/bench/%): $(B)/bench/%: bench/images/%.asm \
		$(wildcard machine/sdk/asm/*.inc)
	$(call say,NASM,$<)
	$(Q)mkdir -p $(@D)
	$(Q)nasm -f bin -I machine/sdk/asm/ -o $@ $<

$(BENCH_C:%=$(B)/bench/%): $(B)/bench/%: bench/images/%.c $(B)/bin/cc370 \
		$(SDK_FILES)
	$(call say,CC370,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(B)/bin/cc370 -o $@ $<

.PHONY: bench
bench: deps-check all $(BENCH_IMAGES) ## compare the speed with Hercules, the code with gcc; what CP costs
	$(Q)tools/deps $(DEPS_BENCH)
	$(Q)B=$(B) bench/bench
	@echo
	$(Q)B=$(B) bench/code
	@echo
	$(Q)B=$(B) bench/cp_costs
