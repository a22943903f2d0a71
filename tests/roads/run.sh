#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs the test of roads from the root of the checkout: run.sh HUAN. Fetches Valhalla from npm the first time, and again
# when package-lock.json is another.
set -eu
here=$(dirname "$0")
# On the Node that builds the console: some of what is fetched asks for more than Debian's 18.
PATH=$(dirname "$("$here/../../tools/web.sh" node)"):$PATH
export PATH
kept=$here/node_modules/package-lock.json
if ! cmp -s "$here/package-lock.json" "$kept"; then
  npm ci --prefix "$here" --no-audit --no-fund --ignore-scripts >/dev/null
  cp "$here/package-lock.json" "$kept"
fi
exec node "$here/roads_test.mjs" "$@"
