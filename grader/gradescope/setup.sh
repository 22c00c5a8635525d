#!/bin/bash
# setup.sh - run once by Gradescope when it makes the container of an
# assignment: installs the packages and builds the kit's programs.
set -e
root=${CPLAB_AUTOGRADER:-/autograder}
if [ "$root" = /autograder ]; then
    export DEBIAN_FRONTEND=noninteractive
    apt-get update -q
    apt-get install -q -y --no-install-recommends @PACKAGES@
fi
make -s -C "$root/source/kit" grade-programs
# The submission's program runs as root here and must not find these.
chmod -R go-rwx "$root/source"
