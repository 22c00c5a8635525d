# The SDK's tools; its library is compiled with each guest program.

SDK_O := $(B)/obj/machine/sdk

# What cc370 takes from the SDK when it builds an image.
SDK_FILES := $(wildcard machine/sdk/lib/* machine/sdk/asm/*.inc \
	machine/sdk/include/*.h machine/sdk/include/s370/*.h)

ALL += $(B)/bin/mkdeck $(B)/bin/mkdasd $(B)/bin/run370

# The IPL loaders, as the bytes of a C array.
$(SDK_O)/%_loader.inc: machine/sdk/%_loader.asm machine/sdk/loader_io.inc \
		$(wildcard machine/sdk/asm/*.inc)
	$(call say,NASM,$<)
	$(Q)mkdir -p $(@D)
	$(Q)nasm -f bin -I machine/sdk/asm/ -I machine/sdk/ -o $(@:.inc=.bin) $<
	$(Q)od -An -v -tx1 $(@:.inc=.bin) | sed 's/ \(..\)/0x\1,/g' >$@

$(SDK_O)/mkdeck.o: CPPFLAGS += -I$(SDK_O)
$(SDK_O)/mkdeck.o: $(SDK_O)/deck_loader.inc
$(SDK_O)/mkdasd.o: CPPFLAGS += -I$(SDK_O)
$(SDK_O)/mkdasd.o: $(SDK_O)/disk_loader.inc

$(B)/bin/mkdeck: $(SDK_O)/mkdeck.o $(SDK_O)/loader.o \
		$(B)/obj/machine/io/ebcdic.o
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(B)/bin/mkdasd: $(SDK_O)/mkdasd.o $(SDK_O)/loader.o \
		$(B)/obj/machine/io/ebcdic.o $(B)/obj/machine/io/ckd_types.o
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(B)/bin/run370: $(SDK_O)/run370.o $(B)/libmachine.a
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

TESTS += $(addprefix machine/sdk/tests/,library.t deck.t volume.t run370.t)
TESTS_ASAN += $(addprefix machine/sdk/tests/,deck.t volume.t run370.t)
