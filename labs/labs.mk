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
	svc_io.c area.c program.c timer.c io.c console.c reader.c printer.c disk.c \
	page.c space.c frame.c slot.c replace.c shell.c \
	programs.c)
$(B)/labs/gos: $(GOS) $(wildcard labs/common/*.h) $(B)/bin/cc370 $(SDK_FILES)
	$(call say,CC370,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(B)/bin/cc370 -nostartfiles -o $@ $(GOS)
$(B)/labs/gos.deck: $(B)/labs/gos $(B)/bin/mkdeck
	$(call say,DECK,$@)
	$(Q)$(B)/bin/mkdeck --userid '*' --name GOS -o $@ $<

ALL += $(B)/labs/gos.deck
TESTS += labs/tests/gos.t labs/tests/paging.t labs/tests/devices.t

# The labs.  LAB says which one, as for make grade; DIR is the folder that has
# the files which a student edits: the lab's own unless said.
lab = $(patsubst %/,%,$(dir $(lab_folder)))
lab_dir = $(or $(DIR),$(lab))

.PHONY: lab handin student-release
lab: deps ## IPL a lab's system: LAB=NN [DIR=...] [BARE=1 on the bare machine under the monitor, or BARE=console] [IMAGE=...]
	$(Q)$(say_which_lab)
	$(Q)$(MAKE) --no-print-directory -s $(B)/bin/cc370 $(B)/bin/mkdeck \
	    $(B)/bin/mkdasd $(B)/bin/console $(B)/bin/machine \
	    $(if $(BARE),,$(B)/cp/cpres.ckd) >&2
	$(Q)tools/lab run $(lab) '$(lab_dir)' \
	    $(if $(BARE),$(if $(filter console,$(BARE)),bare,monitor),cp) "$(IMAGE)"
handin: deps-grade ## grade and pack a lab: LAB=NN [DIR=...]
	$(Q)$(say_which_lab)
	$(Q)$(MAKE) --no-print-directory -s $(GRADE_PROGRAMS) >&2
	$(Q)tools/lab handin $(lab) '$(lab_dir)' $(B)/handin/$(notdir $(lab)).tar.gz
student-release: ## write the tree that students get: [TO=build/student]
	$(Q)tools/lab release '$(or $(TO),$(B)/student)'

# The sessions that the handout of lab 00 asks for.
TESTS += labs/tests/orientation.t

# What only staff have is not in the students' tree, and not tested there.
TESTS += $(wildcard labs/tests/solutions.t labs/tests/frame.t \
	labs/tests/replacement.t)
