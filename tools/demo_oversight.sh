#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# What offices and inspectors would have done by today in the demonstration city, through the same commands as theirs:
# a draw with its visits, orders and results, a bulletin, complaints, a joint case, unlicensed sites, a month's figures. All
# of it is made up and says so.
#   tools/demo_oversight.sh PACK      HUAN_STORE  HUAN_BIN (build/release/huan)
set -eu
pack=$1
huan=${HUAN_BIN:-build/release/huan}
city=$(sed -n 's/^city = "\(.*\)"/\1/p' "$pack/pack.toml" | head -1)
day() { TZ=CST-8 date -d "$1" +%F; }
keep() { "$huan" dossier set --pack "$pack" "$@" >/dev/null; }
draw() { verb=$1; shift; "$huan" draw "$verb" --pack "$pack" --key demo-draw "$@" >/dev/null; }
inspect() { verb=$1; shift; "$huan" inspect "$verb" --pack "$pack" "$@" >/dev/null; }

# The papers of the draw first; the value that decides is known after them.
for n in 1 2 3 4; do
  keep --key "demo-inspector-$n" --type inspector --about "city:$city" --state on_duty --set "account=inspector/demo.$n"
done
known=$(date -u -d '+3 seconds' +%FT%TZ)
draw commit --item centre.order --count 6 --source 演示用数字 --known-at "$known"

# Meanwhile: what the public told, what was found without a licence, what was held, two departments on one case.
keep --key demo-complaint-1 --type complaint --about "city:$city" --state filed --set "day=$(day '-6 days')" --set what=（示例）回收车夜间作业噪声
keep --key demo-complaint-1 --state answered --set answer=（示例）已改为七点以后作业
keep --key demo-complaint-2 --type complaint --about "city:$city" --state filed --set "day=$(day '-1 day')" --set what=（示例）路口堆放废纸未清
keep --key demo-site-1 --type unlicensed_site --about district:130102 --of-district 130102 --title （示例）无证站点 --state found \
  --set location=（示例）某村村口 --set lon_e6=114548000 --set lat_e6=38058000 --evidence 巡查照片（示例）
keep --key demo-site-1 --state settled --set fate=taken_over --evidence 接管协议（示例）
keep --key demo-site-2 --type unlicensed_site --about district:130108 --of-district 130108 --title （示例）无证站点 --state found \
  --set location=（示例）城中村北侧 --set lon_e6=114533000 --set lat_e6=38006000 --evidence 巡查照片（示例）
keep --key demo-goods --type suspected_goods --about place:S-130102-001 --of-district 130102 --state held \
  --set "day=$(day '-2 days')" --set what=（示例）带有单位标识的电缆 --evidence 过磅照片（示例）
keep --key demo-goods --state reported --set reported_to=（示例）属地公安机关 --evidence 报告回执（示例）
keep --key demo-case --type case --about place:S-130108-001 --of-district 130108 --title （示例）焚烧电缆 --state opened \
  --set "day=$(day '-10 days')" --set facts=（示例）焚烧电缆取铜 --set "units=生态环境局;公安局" --set records=place:S-130108-001

# The value, the draw, the visits: two in order and two wanting, one order put right and closed; two still to be visited.
while [ "$(date -u +%FT%TZ)" \< "$known" ]; do sleep 0.2; done
draw seed --value "03 07 11 19 22 30" --evidence 演示值，不是开奖结果
draw run
for n in 1 2 3 4; do
  last=pass note=
  [ "$n" -le 2 ] || { last=fail; note=" （示例）消防通道堆物"; }
  one=demo-draw:$n
  pair=$("$huan" dossier show --pack "$pack" --key "$one" --json | grep -o '"inspectors":\[[^]]*' | tail -1 | grep -o 'inspector/demo.[0-9]')
  set -- $pair
  inspect visit --key "$one" --answer "centre.order/1 pass -" --answer "centre.order/2 pass -" --answer "centre.order/3 pass -" \
    --answer "centre.order/4 $last -$note" --as "$1"
  inspect sign --key "$one" --sign inspector --as "$1"
  inspect sign --key "$one" --sign second --as "$2"
  inspect sign --key "$one" --sign subject --as firm --state signed
  inspect publish --key "$one"
done
keep --key demo-draw:3:order --state proof_sent --set proof=（示例）通道已清空 --evidence 现场照片（示例）
keep --key demo-draw:3:order --state closed --set recheck=（示例）复查合格 --evidence 复查记录（示例）
inspect bulletin --key demo-bulletin --from "$(day '-30 days')" --to "$(day today)"
keep --key demo-bulletin --state issued --sign issuer

# The month's figures, small cells blank.
"$huan" publish --pack "$pack" --period "$(TZ=CST-8 date -d '-30 days' +%Y-%m)" --release >/dev/null
