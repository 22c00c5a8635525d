# libmachine.a: the whole machine as a library.

# Programs that use snapshots or records link libzstd besides.
MACHINE_ZSTD := -lzstd
MACHINE_WHOLE := machine state snapshot
MACHINE_CPU := cpu_state counters psw storage translate interrupt machine_check timer decode run per general logic \
	branch character longmove convert packed decimal edit float float_load \
	control inout
MACHINE_IO := io_state media events channel ccw csw attach fault fault_words ipl ebcdic deck card_code dev_console \
	dev_reader aws reel dev_tape dev_ctca ctca_line forms dev_printer dev_punch dev_disk disk_data disk_write \
	disk_locate disk_sense ckd_types ckd_image ckd_track
MACHINE_FRONT := record record_file replay machine_file words map map_named map_read map_type map_places frame routine registers trace disassemble

MACHINE_OBJECTS := $(MACHINE_WHOLE:%=$(B)/obj/machine/%.o) \
	$(MACHINE_CPU:%=$(B)/obj/machine/cpu/%.o) \
	$(MACHINE_IO:%=$(B)/obj/machine/io/%.o) \
	$(MACHINE_FRONT:%=$(B)/obj/machine/front/%.o)

$(MACHINE_OBJECTS): CFLAGS += $(LTO)
$(B)/libmachine.a: $(MACHINE_OBJECTS)
	$(call say,AR,$@)
	$(Q)rm -f $@
	$(Q)$(AR) rcs $@ $^

ALL += $(B)/libmachine.a
