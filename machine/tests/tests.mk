# The machine's tests: programs in C that report by TAP, tables, scripts.

MACHINE_TESTS := insn cpu machine_check per execute io_channel io_halt io_devices io_disk \
	io_disk_images io_disk_geometry faults hostile io_tape io_ctca io_random snapshot renew
MACHINE_TEST_PROGRAMS := $(MACHINE_TESTS:%=$(B)/tests/%)

$(MACHINE_TEST_PROGRAMS): $(B)/tests/%: $(B)/obj/machine/tests/%.o \
	$(B)/obj/machine/tests/tap.o $(B)/obj/machine/tests/board.o $(B)/obj/machine/tests/volume.o \
	$(B)/obj/machine/tests/random_guest.o $(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(MACHINE_ZSTD)

$(B)/tests/run_streams: $(B)/obj/machine/tests/hercules/run_streams.o \
	$(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

$(B)/tests/disk_copy: $(B)/obj/machine/tests/disk_copy.o \
	$(B)/obj/machine/tests/board.o $(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

$(B)/tests/driver: machine/tests/hercules/driver.asm \
	$(wildcard machine/sdk/asm/*.inc)
	$(call say,NASM,$<)
	$(Q)mkdir -p $(@D)
	$(Q)nasm -f bin -I machine/sdk/asm/ -o $@ -l $@.lst $<

TEST_PROGRAMS += $(MACHINE_TEST_PROGRAMS) $(B)/tests/run_streams $(B)/tests/driver \
	$(B)/tests/disk_copy
TESTS += $(MACHINE_TEST_PROGRAMS) machine/tests/hercules.t machine/tests/disk.t machine/tests/tape.t machine/tests/devices.t \
	machine/tests/channel.t machine/tests/volumes.t
TESTS_ASAN += $(MACHINE_TEST_PROGRAMS) machine/tests/disk.t machine/tests/channel.t \
	machine/tests/hercules.t
TESTS_LONG += machine/tests/hercules.t
