#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# clang-tidy-19 over the sources below src, the latest changed first, until all are done or the time is up.
#   tools/lint.sh all              every source
#   tools/lint.sh changed 720      what the last commits changed, for at most 720 s
# Exits 1 when something was found. What was not reached in time is counted and said. A unit in which nothing was found is
# not read again until it or a header of it changes, or the checks do.
set -eu
cd "$(dirname "$0")/.."
scope=${1:-changed}
limit_s=${2:-36000}
tidy=${CLANG_TIDY:-clang-tidy-19}
command -v "$tidy" >/dev/null 2>&1 || { echo "no $tidy here: tools/bootstrap.sh test installs it" >&2; exit 4; }
if "$tidy" --dump-config 2>&1 >/dev/null | grep -n .; then  # it would go on with checks of its own choice
  echo ".clang-tidy is not readable"
  exit 4
fi
cmake --preset tidy >/dev/null

# A changed header is checked through the source of its name; one without a source through nothing here.
by_age() {
  git log -n 400 --format= --name-only "$@" -- 'src/*.cpp' 'src/*.hpp' |
    sed 's|/include/huan/[^/]*/|/src/|; s|\.hpp$|.cpp|' | awk '!seen[$0]++'
}
since() {  # the commit that the work at hand began from
  if [ -n "${HUAN_LINT_SINCE:-}" ]; then
    echo "$HUAN_LINT_SINCE"
  elif base=$(git merge-base HEAD origin/HEAD 2>/dev/null) && [ "$base" != "$(git rev-parse HEAD)" ]; then
    echo "$base"
  else
    git rev-list HEAD | sed -n 41p
  fi
}
case "$scope" in
  all) by_age; git ls-files 'src/*.cpp' ;;
  changed)
    base=$(since)
    git diff --name-only HEAD -- 'src/*.cpp'
    by_age ${base:+"$base..HEAD"} ;;
  *) echo "usage: tools/lint.sh all|changed [seconds]" >&2; exit 2 ;;
esac >build/tidy/lint.changed

# What is compiled together is read together (cmake/huan_module.cmake): reading headers is most of the work. A unit for each
# line of lint.units: the file that clang-tidy is given, and a source in it.
sed -n 's/^ *"file": "\(.*\)",\{0,1\}$/\1/p' build/tidy/compile_commands.json | sort -u | while read -r unit; do
  case "$unit" in
    */Unity/*) sed -n "s|^#include \"\(.*\)\"|$unit \1|p" "$unit" ;;
    *) echo "$unit $unit" ;;
  esac
done | sed -n "s|^\([^ ]*\) $PWD/\(src/.*\.cpp\)$|\1 \2|p" >build/tidy/lint.units
awk 'NR == FNR { unit[$2] = $1; next } $1 in unit && !seen[unit[$1]]++ { print unit[$1] }' \
  build/tidy/lint.units build/tidy/lint.changed >build/tidy/lint.list

HUAN_DEADLINE=$(($(date +%s) + limit_s)) HUAN_TIDY=$tidy HUAN_CHECKS=$({ "$tidy" --version; cat .clang-tidy; } | sha256sum)
export HUAN_DEADLINE HUAN_TIDY HUAN_CHECKS
rm -f build/tidy/lint.late build/tidy/lint.found
touch build/tidy/lint.late build/tidy/lint.found build/tidy/lint.passed
xargs -r -n 1 -P "$(nproc)" tools/lint_unit.sh <build/tidy/lint.list
total=$(wc -l <build/tidy/lint.list) late=$(wc -l <build/tidy/lint.late) found=$(wc -l <build/tidy/lint.found)
echo "clang-tidy: $((total - late)) of $total units read, $found with findings, $late not reached in $limit_s s"
[ "$found" -eq 0 ]
