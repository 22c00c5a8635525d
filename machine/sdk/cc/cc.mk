# cc370, the C compiler.

CC_O := $(addprefix $(B)/obj/machine/sdk/cc/,main.o diag.o lex.o literal.o type.o \
	const.o parse.o parse_type.o parse_record.o parse_declarator.o \
	parse_decl.o parse_init.o parse_stmt.o parse_expr.o parse_primary.o \
	node.o expr.o check.o uninitialized.o way.o lower.o lower_place.o lower_expr.o \
	lower_condition.o lower_call.o lower_arith.o lower_stmt.o program.o \
	data.o near.o library.o inline.o image.o lines.o link.o tool.o preprocess.o \
	assemble.o kept.o map.o map_type.o map_function.o ir.o live.o opt.o opt_cfg.o \
	opt_value.o opt_simplify.o opt_fold.o opt_loop.o \
	opt_induction.o regalloc.o sel_operand.o select.o emit.o \
	encode.o write.o places.o) \
	$(addprefix $(B)/obj/machine/sdk/asmcheck/,asmfile.o asmcheck.o \
	advice.o complain.o operand.o asmfault.o patch.o) $(B)/obj/machine/io/ebcdic.o

ALL += $(B)/bin/cc370

$(B)/bin/cc370: $(CC_O)
	$(call say,LINK,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

TESTS += $(addprefix machine/sdk/cc/tests/,programs.t constructs.t operators.t \
	calls.t machine.t link.t loops.t large.t uninitialized.t \
	preprocess.t rejected.t csmith.t reproducible.t)
TESTS_ASAN += $(addprefix machine/sdk/cc/tests/,link.t loops.t uninitialized.t \
	preprocess.t rejected.t fuzz.t)
# The same with CSMITH_PROGRAMS=2000 and FUZZ_ROUNDS=500: some twenty minutes.
TESTS_LONG += $(addprefix machine/sdk/cc/tests/,csmith.t fuzz.t)
