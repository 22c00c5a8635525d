# The machine's tests.

# One program per test, in C, linked with the machine.
MACHINE_TEST_PROGRAMS := insn io cpu

$(B)/tests/run_streams: $(B)/obj/machine/tests/hercules/run_streams.o $(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

$(B)/tests/driver: machine/tests/hercules/driver.asm $(wildcard machine/sdk/asm/*.inc)
	$(call say,NASM,$<)
	$(Q)mkdir -p $(@D)
	$(Q)nasm -f bin -I machine/sdk/asm/ -o $@ -l $@.lst $<
