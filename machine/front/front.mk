# The programs `machine` and `console`, and their tests.  The files of front/
# that are part of libmachine.a are listed in machine/machine.mk.

FRONT_SHARED := stop options sheet
FRONT_MACHINE := cli monitor command_table commands_state commands_run \
	commands_device commands_whole commands_debug c_value c_name c_expr
FRONT_SCREEN := session keys screen paper editor pace panel_model \
	panel_source panel_act panel_keys panel_draw line_input
FRONT_CONSOLE := console line_mode

front_objects = $(patsubst %,$(B)/obj/machine/front/%.o,$(1))

$(B)/bin/machine: $(call front_objects,$(FRONT_MACHINE) $(FRONT_SCREEN) \
	$(FRONT_SHARED)) \
	$(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS_MACHINE) -o $@ $^ -ledit \
	    -lncursesw -ltinfo $(MACHINE_ZSTD)

$(B)/bin/console: $(call front_objects,$(FRONT_CONSOLE) $(FRONT_SCREEN) \
	$(FRONT_SHARED)) \
	$(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS_MACHINE) -o $@ $^ -lncursesw -ltinfo $(MACHINE_ZSTD)

ALL += $(B)/bin/machine $(B)/bin/console

FRONT_TESTS := $(addprefix machine/front/tests/,monitor.t debug.t routines.t translated.t named.t expressions.t locals.t look.t cli.t line_mode.t)
TESTS += $(FRONT_TESTS) machine/front/tests/screen.t machine/front/tests/memory.t \
	machine/front/tests/panel.t \
	machine/front/tests/course.t machine/front/tests/record.t
TESTS_ASAN += $(FRONT_TESTS) machine/front/tests/record.t

$(B)/tests/disassemble: $(B)/obj/machine/front/tests/disassemble.o \
	$(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

TEST_PROGRAMS += $(B)/tests/disassemble
TESTS += machine/front/tests/disassemble.t
