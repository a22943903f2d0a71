#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A whole day of a city through the real doors: residents book by the code of their phone, the day is planned and
# published, and then runs many times as fast: drivers step by step, clerks at their scales, bins over MQTT through a
# broker, trucks over JT/T 808. Each is a process of its own (huan simulate-day, huan bins, huan vehicles). At the end the
# day is reviewed and the store verified. Everything stands in one folder, which is thrown away by whoever made it.
#   tools/simulate_day.sh FOLDER          exit code 1: something was not as it should be
#   HUAN_BIN (build/release/huan) HUAN_PACK (packs/shijiazhuang) HUAN_ORDERS (3000) HUAN_VEHICLES (200) HUAN_BINS (806)
#   HUAN_STATIONS (1570) HUAN_FIRMS (40) HUAN_TICKETS (12000) HUAN_DEPOSITS (6, of each bin) HUAN_SPEED (60)
#   HUAN_MOBILE (2) HUAN_PLAN_S (90) HUAN_DAY (2026-11-23) HUAN_PORTS (8300: server, then bins, vehicles and broker)
set -eu
cd "$(dirname "$0")/.."
PATH=$PATH:/usr/sbin  # where Debian keeps the broker: not in the path of everybody
mkdir -p "$1"
folder=$(cd "$1" && pwd)
huan=$(realpath "${HUAN_BIN:-build/release/huan}")
day=${HUAN_DAY:-2026-11-23} speed=${HUAN_SPEED:-60} orders=${HUAN_ORDERS:-3000}
port=${HUAN_PORTS:-8300}
url=http://127.0.0.1:$port
store=sqlite:$folder/huan.db
export HUAN_STORE="$store"
running=
trap 'kill $running 2>/dev/null || true; wait 2>/dev/null || true' EXIT
trap 'exit 130' INT TERM

say() { echo "== $*"; }
until_up() { for _ in $(seq 300); do curl -fs "$1" >/dev/null && return 0; sleep 0.1; done; echo "nobody answers at $1" >&2; exit 4; }
clock() { export HUAN_CLOCK="$1 $(date +%s) $2"; }                # all processes started from here on
serve() { "$huan" serve --store "$store" --listen "127.0.0.1:$port" --proxy 127.0.0.1 >>"$folder/serve.log" 2>&1 & server=$!; running="$running $server"; until_up "$url/healthz"; }
role() { name=$1; shift; "$huan" simulate-day "$name" --server "$url" --day "$day" --json "$@"; }

say "the network: ${HUAN_STATIONS:-1570} stations, ${HUAN_BINS:-806} bins, ${HUAN_VEHICLES:-200} vehicles of ${HUAN_FIRMS:-40} firms"
pack=${HUAN_PACK:-packs/shijiazhuang}
mkdir -p "$folder/packs"
cp -r "$pack/../base" "$pack" "$folder/packs/"
made=$folder/packs/$(basename "$pack")
awk -v firms="${HUAN_FIRMS:-40}" -v stations="${HUAN_STATIONS:-1570}" -v vehicles="${HUAN_VEHICLES:-200}" '
  /^\[\[/ { of = "" } /^prefix = /{ of = $3 }
  /^count = / && of == "\"E\"" { $0 = "count = " firms }
  /^count = / && of == "\"S\"" { $0 = "count = " stations }
  /^count = / && of == "\"V\"" { $0 = "count = " vehicles }
  { print }' "$pack/pack.toml" >"$made/pack.toml"
cat >>"$made/pack.toml" <<PLACES

[[generate.place]]
prefix = "G"
count = ${HUAN_BINS:-806}
kind = "smart-bin"
label = "智能回收箱"
parties = "E"
attach = "community"
materials = ["paper", "plastic", "metal", "glass", "textile"]
PLACES
"$huan" init --pack "$made"
before=$(date -d "$day - 1 day" +%F)
"$huan" simulate --days 3 --scale "${HUAN_SCALE:-0.1}" --seed 1 --from "$(date -d "$day - 4 days" +%F)" >"$folder/history.txt"
"$huan" rounds rule >/dev/null <<'RULE'
{"from":"07:00","speed_km_h":25,"to":"18:00"}
RULE
"$huan" order offer >/dev/null <<'SERVICE'
{"horizon_days":3,"notice_min":0,"windows":[{"from":"08:00","to":"10:00","units":2},{"from":"10:00","to":"12:00","units":2},{"from":"13:00","to":"15:00","units":2},{"from":"15:00","to":"17:00","units":2}]}
SERVICE

say "the evening before: $orders orders over HTTP, the plan"
clock "${before}T18:00:00+08:00" 1
HUAN_TOKEN=$("$huan" token --role operator --label day 2>/dev/null)
export HUAN_TOKEN
serve
role network --station-days 2 --station-limit-g "${HUAN_LIMIT_G:-1500000}" --bin-limit-g 400000 --mobile "${HUAN_MOBILE:-2}"
role book --orders "$orders" --outbox "$folder/huan.outbox"
role plan --seconds "${HUAN_PLAN_S:-90}" >"$folder/plan.json"
cat "$folder/plan.json"
kill "$server"; wait "$server" || true

say "the day, $speed times as fast"
clock "${day}T06:40:00+08:00" "$speed"
minutes=740                                                       # until 19:00
real_ms=$((minutes * 60000 / speed))
serve
role trucks --list >"$folder/trucks.txt"
while read -r phone vehicle; do "$huan" vehicles enrol --phone "$phone" --vehicle "$vehicle" >/dev/null; done <"$folder/trucks.txt"
"$huan" vehicles gateway --listen "127.0.0.1:$((port + 2))" >"$folder/vehicles.log" 2>&1 & running="$running $!"

cat >"$folder/mosquitto.conf" <<BROKER
listener $((port + 3)) 127.0.0.1
allow_anonymous false
password_file $folder/passwords
acl_file $folder/acl
max_queued_messages 100000
persistence false
user root
BROKER
printf 'user gateway\ntopic read huan/v1/+/up/#\ntopic write huan/v1/+/down/#\npattern write huan/v1/%%u/up/#\npattern read huan/v1/%%u/down/#\n' >"$folder/acl"
bins=$(curl -fs -H "Authorization: Bearer $HUAN_TOKEN" "$url/api/v1/assets?kind=device&limit=1000&format=csv" | tail -n +2 | cut -d, -f1 | tr -d '\r')
{ for bin in $bins; do echo "$bin:$bin-secret"; done; echo "gateway:gateway-secret"; } >"$folder/passwords"
mosquitto_passwd -U "$folder/passwords"
chmod 0600 "$folder/passwords"
mosquitto -c "$folder/mosquitto.conf" >"$folder/broker.log" 2>&1 & running="$running $!"
echo gateway-secret >"$folder/gateway.pw"
"$huan" bins gateway --server "$url" --folder "$folder/bins" --broker-port $((port + 3)) --user gateway \
  --password-file "$folder/gateway.pw" --port $((port + 1)) >"$folder/bins.log" 2>&1 & running="$running $!"
until_up "http://127.0.0.1:$port/healthz"

"$huan" bins simulate --broker-port $((port + 3)) --devices "$(echo $bins | tr ' ' ',')" --deposits "${HUAN_DEPOSITS:-6}" \
  --every-ms $((real_ms * 7 / 10 / ${HUAN_DEPOSITS:-6})) --seconds $((real_ms / 1000 + 60)) --material paper.mixed --json >"$folder/bins.json" 2>&1 & b=$!
role trucks --port $((port + 2)) --every-ms $((30000 / speed > 100 ? 30000 / speed : 100)) --for-ms $((real_ms * 9 / 10)) >"$folder/trucks.json" 2>&1 & t=$!
role station --tickets "${HUAN_TICKETS:-12000}" --until 19:00 >"$folder/stations.json" 2>&1 & s=$!
role home --orders "$orders" --outbox "$folder/huan.outbox" --until 23:30 >"$folder/residents.json" 2>&1 & r=$!
role drive --until 23:59 >"$folder/drivers.json" 2>&1 & d=$!
running="$running $b $t $s $r $d"
failed=
for one in "drivers $d" "residents $r" "stations $s" "trucks $t" "bins $b"; do
  set -- $one
  wait "$2" || failed="$failed $1"
  echo "$1: $(cat "$folder/$1.json")"
done

say "afterwards"
curl -fs -H "Authorization: Bearer $HUAN_TOKEN" "$url/api/v1/tracks?day=$day&limit=1000&format=csv" >"$folder/tracks.csv" || failed="$failed tracks"
echo "boxes: of $(grep -c box_open "$folder/tracks.csv" || true) trucks seen open, of $(grep -c box_open_away "$folder/tracks.csv" || true) away from their stops"
grep -q box_opened "$folder/tracks.csv" || failed="$failed boxes"
! grep -q box_open_away "$folder/tracks.csv" || failed="$failed boxes"
kill $running 2>/dev/null || true
wait 2>/dev/null || true
running=
"$huan" points payouts | awk '{ print $2 }' | sort | uniq -c >"$folder/payouts.txt" || failed="$failed payouts"
notices=$(grep -c '"kind":"notice"' "$folder/huan.outbox" || true)
echo "notices sent: $notices; payouts: $(tr '\n' ' ' <"$folder/payouts.txt")"
[ "$notices" -gt 0 ] || failed="$failed notices"
"$huan" rounds review --day "$day" --json >"$folder/review.json" || failed="$failed review"
cut -c1-600 "$folder/review.json"
"$huan" verify --json >"$folder/verify.json" || failed="$failed verify"
cut -c1-300 "$folder/verify.json"
[ -z "$failed" ] || { echo "not as it should be:$failed" >&2; exit 1; }
