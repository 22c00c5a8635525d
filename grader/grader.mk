# The grader.  Its packages are installed by the targets that grade.
DEPS_GRADE := liblua5.4-dev libjansson-dev libarchive-dev libseccomp-dev \
	libmd-dev libsqlite3-dev linux-libc-dev bubblewrap

GRADE_OBJECTS := $(patsubst %,$(B)/obj/grader/%.o,main lab submission sandbox \
	confine build run tester bind_machine bind_state volume replacement bind_replacement record render_text render_json \
	render_gradescope render_junit render_tap render_csv batch handins gradebook \
	work)

$(GRADE_OBJECTS): CPPFLAGS += -isystem /usr/include/lua5.4
$(B)/bin/grade: $(GRADE_OBJECTS) $(B)/libmachine.a
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(CFLAGS) $(LDFLAGS_MACHINE) -o $@ $^ -l:liblua5.4.a -ljansson -larchive \
		-lseccomp -lmd -lsqlite3 -lm $(MACHINE_ZSTD)

# What grading needs besides the sources that it reads.
GRADE_PROGRAMS := $(addprefix $(B)/bin/,grade cc370 machine mkdeck mkdasd)

.PHONY: deps-grade grade grade-programs gradescope
grade-programs: $(GRADE_PROGRAMS)
deps-grade:
	$(Q)tools/deps $(DEPS_RUN) $(DEPS_GRADE)

# LAB is a number or the beginning of a lab's name;
# another folder can be named by its path.
lab_folder = $(if $(LAB),$(firstword $(wildcard $(LAB)/lab.lua \
	labs/$(LAB)*/lab.lua labs/0$(LAB)-*/lab.lua) none))
say_which_lab = test -f '$(lab_folder)' || \
	{ echo "Say which lab, as in: make $@ LAB=04"; echo "There are:" \
	  $(patsubst labs/%/lab.lua,%,$(wildcard labs/*/lab.lua)); exit 1; } >&2
grade: deps-grade ## grade a lab: LAB=NN [DIR=...]
	$(Q)$(say_which_lab)
	$(Q)$(MAKE) --no-print-directory -s $(GRADE_PROGRAMS) >&2
	$(Q)build/bin/grade $(GRADE_FLAGS) $(dir $(lab_folder)) \
	    '$(or $(DIR),$(dir $(lab_folder)))'

# What Gradescope wants: setup.sh and run_autograder at the top of a zip file,
# with the kit, the lab and its hidden tests beside them.
lab_name = $(notdir $(patsubst %/lab.lua,%,$(lab_folder)))
GRADESCOPE = build/gradescope/$(lab_name)
# The folders that the Makefile is made of; of labs only one goes along.
KIT_FOLDERS = $(filter-out labs,$(sort $(foreach f,$(filter %.mk, \
	$(MAKEFILE_LIST)),$(firstword $(subst /, ,$f)))))
gradescope: ## write build/gradescope/.../autograder.zip: LAB=NN
	$(Q)$(say_which_lab)
	$(Q)tools/deps zip
	$(Q)rm -rf $(GRADESCOPE)
	$(Q)mkdir -p $(GRADESCOPE)/kit/labs
	$(Q)sed 's/@PACKAGES@/$(DEPS_RUN) $(DEPS_GRADE)/' \
	    grader/gradescope/setup.sh >$(GRADESCOPE)/setup.sh
	$(Q)sed 's/@LAB@/$(lab_name)/' grader/gradescope/run_autograder \
	    >$(GRADESCOPE)/run_autograder
	$(Q)chmod 755 $(GRADESCOPE)/setup.sh $(GRADESCOPE)/run_autograder
	$(Q)cp -r Makefile tools $(KIT_FOLDERS) $(GRADESCOPE)/kit
	$(Q)cp -r $(wildcard labs/*.mk labs/common) $(dir $(lab_folder)) \
	    $(GRADESCOPE)/kit/labs
	$(Q)cd $(GRADESCOPE) && zip -q -r autograder.zip setup.sh \
	    run_autograder kit
	@echo "$(GRADESCOPE)/autograder.zip is ready to be uploaded"

$(B)/tests/replacement: $(B)/obj/grader/tests/replacement.o \
	$(B)/obj/grader/replacement.o $(B)/obj/machine/tests/tap.o
	$(call say,LD,$@)
	$(Q)mkdir -p $(@D)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^

.PHONY: bench-grader
bench-grader: deps-check all $(GRADE_PROGRAMS) ## submissions a minute, seconds and storage for one
	$(Q)B=$(B) grader/bench

TEST_PROGRAMS += $(GRADE_PROGRAMS) $(B)/tests/replacement
DEPS_CHECK += $(DEPS_GRADE) libxml2-utils sqlite3 zip unzip
TESTS += $(B)/tests/replacement $(addprefix grader/tests/,grade.t load.t replay.t api.t attacks.t batch.t gradescope.t)
TESTS_ASAN += $(B)/tests/replacement grader/tests/grade.t grader/tests/api.t grader/tests/replay.t
