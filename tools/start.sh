#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Fills the demonstration store once and serves it. The store is filled aside and moved in place when it is whole, so
# that an interrupted first start begins again, or goes on with moving.
#   HUAN_LISTEN (127.0.0.1:8080)  HUAN_PACK (packs/shijiazhuang)  HUAN_DAYS (30)  HUAN_SCALE (0.05)
set -eu
cd "$(dirname "$0")/.."
huan=build/release/huan
filling=data/filling

if [ ! -e data/huan.db ]; then
  if [ ! -e "$filling/.whole" ]; then
    rm -rf "$filling"
    mkdir -p "$filling"
    echo "Filling data/huan.db with a simulated month (once) ..."
    "$huan" init --store "sqlite:$filling/huan.db" --pack "${HUAN_PACK:-packs/shijiazhuang}"
    "$huan" simulate --store "sqlite:$filling/huan.db" --days "${HUAN_DAYS:-30}" --scale "${HUAN_SCALE:-0.05}" --seed 1
    # Every station collects at the door, and visits earn points: figures of the demonstration.
    "$huan" order offer --store "sqlite:$filling/huan.db" <<'SERVICE'
{"windows":[{"from":"09:00","to":"12:00","units":6},{"from":"14:00","to":"18:00","units":8}]}
SERVICE
    # Some callers book tomorrow at stations of E-001, so that /dispatch has a day to plan.
    day=$(TZ=CST-8 date -d tomorrow +%F)
    for n in 1 2 3 4 5; do
      "$huan" order book --store "sqlite:$filling/huan.db" --file - >/dev/null <<ORDER || break
{"phone":"1380000000$n","called":"演示用户$n","address":"$n 号楼 101","place":"S-130102-00$n","slot":{"day":"$day","from":"09:00"},
 "lines":[{"material":"paper","estimate_g":$((n * 8))000}]}
ORDER
    done
    "$huan" points rule --store "sqlite:$filling/huan.db" <<'RULE'
{"cap_per_visit":100,"per_kg":[{"material":"paper","points":1},{"material":"plastic","points":2}],"per_visit":5,"visits_per_day":2}
RULE
    # Collection and oversight, in the city whose places they name. The city stands without them.
    case ${HUAN_PACK:-packs/shijiazhuang} in
      */shijiazhuang)
        for part in field oversight; do
          HUAN_STORE="sqlite:$filling/huan.db" HUAN_BIN="$huan" tools/demo_$part.sh "${HUAN_PACK:-packs/shijiazhuang}" ||
            echo "tools/demo_$part.sh did not come to its end: some pages will be empty." >&2
        done ;;
    esac
    : >"$filling/.whole"
  fi
  for part in "$filling"/*; do  # keys and files first, the store itself last: its presence says that all is there
    [ "$part" = "$filling/huan.db" ] || mv "$part" data/
  done
  mv "$filling/huan.db" data/huan.db
  rm -rf "$filling"
fi
exec "$huan" serve --store sqlite:data/huan.db --listen "${HUAN_LISTEN:-127.0.0.1:8080}" --demo
