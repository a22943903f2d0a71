#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Builds the residents' mini-program for WeChat and its H5 form into mp/dist/build, when sources are others than the
# last time. HUAN_SERVER is the origin that the mini-program asks (H5 asks its own).
set -eu
cd "$(dirname "$0")/../mp"
exec 9<package.json
flock 9
../tools/web.sh  # the types of the server's doors, and the checker
PATH=$(dirname "$(../tools/web.sh node)"):$PATH
export PATH
cmp -s package-lock.json node_modules/.installed || {
  npm ci --loglevel=error >/dev/null
  cp package-lock.json node_modules/.installed
}
stamp=$({ echo "${HUAN_SERVER:-}"; cat ../src/http/openapi.yaml package-lock.json vite.config.mts tsconfig.json index.html
          find src ../web/src/resident -type f | LC_ALL=C sort | xargs sha256sum; } | sha256sum)
[ "$(cat dist/.stamp 2>/dev/null)" = "$stamp" ] && exit 0
node ../web/node_modules/vue-tsc/bin/vue-tsc.js --noEmit -p tsconfig.json
VITE_HUAN_SERVER=${HUAN_SERVER:-} node node_modules/.bin/uni build -p mp-weixin >/dev/null
node node_modules/.bin/uni build >/dev/null
echo "$stamp" >dist/.stamp
