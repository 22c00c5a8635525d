# CP: its directory, its image (a guest program, made by cc370) and the volume
# that the course machine is IPLed from.

CP_C := $(addprefix cp/,start.c panic.c dispatch.c trap.c reflect.c sim.c \
	sim_psw.c sim_storage.c sim_control.c sim_io.c diagnose.c vtimer.c \
	vm.c guest.c shadow.c vaccess.c frame.c clock.c \
	realio.c volume.c terminal.c cpread.c vdevice.c vccw.c vconsole.c \
	vreader.c vpunch.c vdisk.c ccwtrans.c vspool.c spool.c realreader.c realoutput.c separator.c \
	user.c command.c word.c operand.c \
	cmd_adstop.c cmd_begin.c cmd_device.c cmd_display.c cmd_external.c cmd_ipl.c \
	cmd_logon.c cmd_msg.c cmd_purge.c cmd_query.c cmd_query_spool.c \
	cmd_query_virtual.c cmd_set.c cmd_shutdown.c cmd_sleep.c cmd_spool.c \
	cmd_store.c cmd_system.c)

ALL += $(B)/cp/cpres.ckd $(B)/cp/user01.ckd

$(B)/bin/mkdirect: $(B)/obj/cp/mkdirect.o $(B)/obj/cp/mkdirect_read.o
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(B)/cp/directory.c: cp/directory.direct $(B)/bin/mkdirect
	$(call say,DIRECT,$<)
	$(Q)mkdir -p $(@D)
	$(Q)$(B)/bin/mkdirect -o $@ $<

# cp.lst and cp.map come with it.
$(B)/cp/cp: cp/entry.asm $(CP_C) $(B)/cp/directory.c $(wildcard cp/*.h) \
		$(B)/bin/cc370 $(SDK_FILES)
	$(call say,CC370,$@)
	$(Q)$(B)/bin/cc370 -I . -nostartfiles -o $@ cp/entry.asm $(CP_C) \
	    $(B)/cp/directory.c

$(B)/cp/cpres.ckd: $(B)/cp/cp $(B)/bin/mkdasd
	$(call say,MKDASD,$@)
	$(Q)$(B)/bin/mkdasd --type 3330 --volser CPRES -o $@ $<

# The users' minidisks.  What is on them stays when CP is built again.
$(B)/cp/user01.ckd: | $(B)/bin/mkdasd
	$(call say,MKDASD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(B)/bin/mkdasd --type 3330 --volser USER01 --cylinders 81 \
	    --records 4096 --minidisk 5 -o $@

TESTS += $(addprefix cp/tests/,directory.t busy.t commands.t adstop.t display.t spool.t \
	decks.t users.t evening.t same.t stops.t isolation.t determinism.t \
	hercules.t diagnose.t shares.t minidisk.t \
	levels.t)
TESTS_ASAN += cp/tests/directory.t
