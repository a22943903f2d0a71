#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Prints the figures of each benchmark: the programs named *_bench, then those of the product itself.
set -eu
cd "$(dirname "$0")/.."
for program in build/release/bin/*_bench; do
  [ -x "$program" ] && "$program"
done
for name in ${HUAN_BENCHES:-}; do
  build/release/huan bench "$name" --json
done
