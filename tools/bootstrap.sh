#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Installs from Debian what is missing of tools/packages.txt and asks for nothing else; does nothing when all is there.
#   tools/bootstrap.sh run    what building and running need
#   tools/bootstrap.sh test   and what the tests and checks need
set -eu
cd "$(dirname "$0")/.."

section() { sed -n "/^\[$1\]/,/^\[/p" tools/packages.txt | grep -v '^[[#]' | grep . || true; }

packages=$(section run)
if [ "${1:-run}" = test ]; then
  packages="$packages $(section test)"
fi
if ! command -v node >/dev/null 2>&1 || ! command -v npm >/dev/null 2>&1; then
  packages="$packages $(section node)"
fi

stop() {
  printf '%s\n' "$@" >&2
  exit 4
}

system=unknown
if [ -r /etc/os-release ]; then
  system=$(. /etc/os-release && printf '%s %s' "${ID:-unknown}" "${VERSION_ID:-}")
fi
case "$system" in
  "debian 12"*) ;;
  *) stop "This script installs packages on Debian 12 only; this system says it is: $system." \
          "Install the equivalents of tools/packages.txt yourself (g++ 12 or later, CMake 3.25 or later)," \
          "then use \`make run\` and \`make test\`, which install nothing." ;;
esac

# shellcheck disable=SC2086  # the list is meant to be split
missing=$({
  printf 'want %s\n' $packages
  dpkg-query -W -f='have ${Package} ${db:Status-Status}\n' $packages 2>/dev/null || true
} | awk '$1 == "want" { want[$2] } $1 == "have" && $3 == "installed" { delete want[$2] }
         END { for (package in want) print package }' | sort)
[ -n "$missing" ] || exit 0
missing=$(printf '%s ' $missing)

as_root=
if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null 2>&1 ||
    stop "These packages are missing, and this user is neither root nor has sudo. As root:" \
         "  apt-get update && apt-get install -y --no-install-recommends $missing"
  as_root="sudo"
fi
apt() {
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 \
    -o Dpkg::Use-Pty=0 "$@"
}
echo "installing: $missing"
apt update >/dev/null || echo "apt-get update failed; trying with the lists that are there" >&2
# shellcheck disable=SC2086
apt install -y --no-install-recommends $missing >/dev/null ||
  stop "Installing the packages failed (see above). Check the network and /etc/apt/sources.list, then run this again."
