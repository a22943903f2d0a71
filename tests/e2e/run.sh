#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Runs one of these tests from the root of the checkout; fetches what it needs from npm the first time.
set -eu
here=$(dirname "$0")
if [ ! -e "$here/node_modules/.package-lock.json" ]; then
  npm ci --prefix "$here" --no-audit --no-fund --ignore-scripts >/dev/null
fi
script=$1
shift
exec node "$here/$script" "$@"
