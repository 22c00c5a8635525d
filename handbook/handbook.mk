# The handbook is text; its test keeps it in step with the sources.
TESTS += handbook/tests/handbook.t handbook/tests/new-lab.t
