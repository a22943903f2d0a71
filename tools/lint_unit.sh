#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# One unit for tools/lint.sh, which sets the environment: reads it with clang-tidy unless it passed as it stands, comments
# included, under the same checks. Names go to build/tidy/lint.found or, when the time is up, to lint.late.
set -eu
unit=$1
entry=$(grep -F -B1 "\"file\": \"$unit\"" build/tidy/compile_commands.json)
command=$(printf '%s\n' "$entry" | sed -n 's/^ *"command": "\(.*\)",$/\1/p' | sed 's/\\\(.\)/\1/g')
state=
if (cd build/tidy && eval "$command -E -P -C -o -") >"build/tidy/lint.$$" 2>/dev/null; then
  state=$({ echo "$HUAN_CHECKS ${unit#"$PWD"/}"; cat "build/tidy/lint.$$"; } | sha256sum | cut -d' ' -f1)
fi
rm -f "build/tidy/lint.$$"
if [ -n "$state" ] && grep -qx "$state" build/tidy/lint.passed; then exit 0; fi
if [ "$(date +%s)" -ge "$HUAN_DEADLINE" ]; then
  echo "$unit" >>build/tidy/lint.late
  exit 0
fi
if out=$("$HUAN_TIDY" --quiet --checks=-bugprone-suspicious-include -p build/tidy "$unit" 2>/dev/null) && [ -z "$out" ]; then
  [ -z "$state" ] || echo "$state" >>build/tidy/lint.passed
  exit 0
fi
printf '%s\n' "${out:-$unit: $HUAN_TIDY could not read it}"
echo "$unit" >>build/tidy/lint.found
