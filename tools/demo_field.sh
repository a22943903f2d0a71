#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Collection in the demonstration city of Shijiazhuang, through the doors that stations, institutions, gateways and
# dispatchers use: a standing contract, a truck that is a station, rewards, tomorrow's rounds with a driver, a truck that
# reports where it is and whether its box is open, a bin that is full and a camera with its picture. All of it is made up.
#   tools/demo_field.sh      HUAN_STORE  HUAN_BIN (build/release/huan)
set -eu
cd "$(dirname "$0")/.."
huan=${HUAN_BIN:-build/release/huan}
folder=$(mktemp -d)
running=
trap 'kill $running 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"' EXIT
today=$(TZ=CST-8 date +%F) tomorrow=$(TZ=CST-8 date -d tomorrow +%F)
listens() { for _ in $(seq 600); do grep -qso '127\.0\.0\.1:[0-9]*' "$1" && break; sleep 0.1; done; grep -o '127\.0\.0\.1:[0-9]*' "$1" | head -1; }
put() { curl -fs -o "$folder/answer" -X "${3:-PUT}" ${4:+-H "If-Match: $4"} -H "Authorization: Bearer $token" -H 'Content-Type: application/json' -d "$2" "http://$url/api/v1/$1"; }

echo '{"zh":"（示例）香皂","en":"(sample) soap","place":"S-130102-001","points":30,"stock":100}' | "$huan" points reward --key demo-soap >/dev/null
printf '编号,名称,类型,形式,区划代码,运营单位\nM-1,（示例）一号流动回收车,站点,流动,130102,E-001\n' >"$folder/mobile.csv"
"$huan" import "$folder/mobile.csv" --kind places >/dev/null
echo '{"vehicle":"V-274","halts":[{"from":"08:00","to":"11:30","name":"棉一东社区门口","lat_e7":380666640,"lng_e7":1145221077},
 {"from":"13:30","to":"20:00","name":"建北街道办门口","lat_e7":380640000,"lng_e7":1145180000}]}' | "$huan" order halts --place M-1 --file - >/dev/null

token=$("$huan" token --role operator --label demo --days 1 2>/dev/null)
"$huan" serve --listen 127.0.0.1:0 >"$folder/serve" 2>&1 & running=$!
url=$(listens "$folder/serve")
put contracts/demo-school '{"data":{"party":"E-002","place":"S-130102-001","materials":["paper"],"visits":[{"days":[1,2,3,4,5,6,7],"from":"15:00","to":"17:00"}]},"time":"'"$today"'T00:00:00+08:00"}'
put assets/demo-bin '{"data":{"kind":"device","code":"demo-bin","name":"（示例）回收箱","place":"S-130102-001","protocol":"mqtt-bin"}}'
put assets/demo-camera '{"data":{"kind":"device","code":"demo-camera","name":"（示例）摄像头","place":"S-130102-001","protocol":"camera"}}'
picture=$(curl -fs -H "Authorization: Bearer $token" -H 'Content-Type: image/png' --data-binary @docs/page.png "http://$url/api/v1/files" | grep -o '"sha256":"[0-9a-f]*"' | cut -d'"' -f4)
now=$(date -u +%FT%TZ)
put device-reports '{"devices":[{"device":"demo-bin","heard":"'"$now"'","doors":[{"door":"1","fill_pct":97}],"troubles":[{"what":"full","door":"1","since":"'"$now"'"}]},{"device":"demo-camera","heard":"'"$now"'","snapshot":"'"$picture"'"}]}' POST

"$huan" vehicles enrol --phone 13900000000 --vehicle V-001 >/dev/null
put assets/V-001 '{"data":{"box_doors":[3],"capacity_g":3000000,"kind":"vehicle","number":"001","party":"E-001","status":"active","synthetic":true}}' PUT '"1"'
"$huan" vehicles gateway --listen 127.0.0.1:0 >"$folder/gateway" 2>&1 & running="$running $!"
"$huan" vehicles simulate --port "$(listens "$folder/gateway" | cut -d: -f2)" --count 1 --every-ms 1000 --for-ms 4000 --open-door 3 >/dev/null
kill $running
wait 2>/dev/null || true
running=
sed -n '/First start/,/^$/p' "$folder/serve"  # the operator's password is shown once: to whoever starts the demonstration. Said by now: the server has ended
"$huan" order standing --day "$tomorrow" >/dev/null 2>&1 || true
"$huan" rounds plan --day "$tomorrow" --party E-001 --seconds 2 >/dev/null || true
"$huan" account add demo.driver --role driver --city 130100 --organisation E-001 >/dev/null 2>&1
"$huan" rounds assign --day "$tomorrow" --vehicle V-001 --driver demo.driver >/dev/null
"$huan" rounds publish --day "$tomorrow" --party E-001 >/dev/null
