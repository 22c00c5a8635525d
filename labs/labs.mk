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

