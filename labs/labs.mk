# hello: the first guest, alone in its machine.  Its deck is for every student.
$(B)/labs/hello: labs/hello/hello.asm $(wildcard machine/sdk/asm/*.inc)
	$(call say,NASM,$<)
	$(Q)mkdir -p $(@D)
	$(Q)nasm -f bin -I machine/sdk/asm/ -o $@ -l $@.lst $<
$(B)/labs/hello.deck: $(B)/labs/hello $(B)/bin/mkdeck
	$(call say,DECK,$@)
	$(Q)$(B)/bin/mkdeck --userid '*' --name HELLO -o $@ $<

ALL += $(B)/labs/hello.deck
TESTS += labs/tests/hello.t

# GOS, the start of the students' operating system.
GOS := $(addprefix labs/common/,entry.asm user.asm start.c task.c svc.c \
	program.c timer.c console.c shell.c programs.c)
$(B)/labs/gos: $(GOS) $(wildcard labs/common/*.h) $(B)/bin/cc370 $(SDK_FILES)
	$(call say,CC370,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(B)/bin/cc370 -nostartfiles -o $@ $(GOS)
$(B)/labs/gos.deck: $(B)/labs/gos $(B)/bin/mkdeck
	$(call say,DECK,$@)
	$(Q)$(B)/bin/mkdeck --userid '*' --name GOS -o $@ $<

ALL += $(B)/labs/gos.deck
TESTS += labs/tests/gos.t
