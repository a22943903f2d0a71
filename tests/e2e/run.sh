#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one of these tests from the root of the checkout; fetches what it needs from npm the first time, and again when
# package-lock.json is another. Tests that start together wait for the one that fetches.
set -eu
here=$(dirname "$0")
# On the Node that builds the console: some of what is fetched asks for more than Debian's 18.
PATH=$(dirname "$("$here/../../tools/web.sh" node)"):$PATH
export PATH
kept=$here/node_modules/package-lock.json
exec 9<"$here/package.json"
flock 9
if ! cmp -s "$here/package-lock.json" "$kept"; then
  npm ci --prefix "$here" --no-audit --no-fund --ignore-scripts >/dev/null
  cp "$here/package-lock.json" "$kept"
fi
exec 9<&-
script=$1
shift
exec node "$here/$script" "$@"
