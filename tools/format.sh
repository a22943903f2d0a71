#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang-format-19 over all C++ sources: `apply`, or `check` (names what is not as .clang-format says and exits 1).
set -eu
cd "$(dirname "$0")/.."
format=${CLANG_FORMAT:-clang-format-19}
command -v "$format" >/dev/null 2>&1 || { echo "no $format here: tools/bootstrap.sh test installs it" >&2; exit 4; }

sources() {
  for folder in src tests fuzz bench; do
    [ -d "$folder" ] && find "$folder" -type f \( -name '*.cpp' -o -name '*.hpp' \) -print0
  done | sort -z
}

case "${1:-check}" in
  apply) sources | xargs -0 -r "$format" -i ;;
  check)
    wrong=$(sources | xargs -0 -r "$format" --dry-run 2>&1 | sed -n 's/^\([^:]*\):[0-9]*:[0-9]*: .*clang-format.*/\1/p' | sort -u)
    [ -z "$wrong" ] && { echo "format: every source is as .clang-format says"; exit 0; }
    printf '%s\n' "format: run \`make format\`; it changes:" "$wrong"
    exit 1 ;;
  *) echo "usage: tools/format.sh apply|check" >&2; exit 2 ;;
esac
