#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs each libFuzzer target for some seconds, starting from its corpus in git; what it finds new stays in build/fuzz.
set -eu
cd "$(dirname "$0")/.."
seconds=${1:-60}
cmake --preset fuzz >/dev/null
cmake --build --preset fuzz --target huan_fuzzers
for target in build/fuzz/bin/*_fuzz; do
  name=$(basename "$target" _fuzz)
  found=build/fuzz/found/$name
  mkdir -p "$found"
  echo "fuzzing $name for $seconds s"
  "$target" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=4096 -print_final_stats=0 -verbosity=0 \
    -artifact_prefix="$found/crash-" "$found" "fuzz/corpus/$name" ||
    { echo "fuzz: $name fails on $found/crash-*; put the input into fuzz/corpus/$name with the fix" >&2; exit 1; }
done
