#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds a sanitizer preset and runs the tests of the given labels; only what those tests need is built.
#   tools/sanitize.sh asan unit contract fuzz
set -eu
cd "$(dirname "$0")/.."
preset=$1
shift
targets= labels=
for label in "$@"; do
  targets="$targets huan_tests_$label"
  labels="${labels:+$labels|}^$label\$"
done
cmake --preset "$preset" >/dev/null
# shellcheck disable=SC2086  # the list is meant to be split
cmake --build --preset "$preset" --target $targets
ctest --preset "$preset" --label-regex "$labels"
