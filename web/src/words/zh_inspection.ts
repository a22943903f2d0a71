// SPDX-License-Identifier: Apache-2.0
// Words of inspections on the phone and of their oversight.
export const inspection = {
  "nav.inspect": "现场检查", "inspect.title": "现场检查", "inspect.refresh": "刷新", "inspect.none": "没有抽取给您的检查任务。抽取完成后会出现在这里。", "inspect.due": "期限", "inspect.item": "抽查事项", "inspect.with": "检查人员",
  "inspect.begun": "已答 {n} 项", "inspect.checks": "共 {n} 项", "inspect.kept": "已答 {n}/{all}，已存本机", "inspect.offline": "当前离线，检查记录保存在本机。", "inspect.waiting": "{n} 份检查记录尚未上传，联网后自动补传", "inspect.returned": "{n} 份检查记录被退回，请处理",
  "inspect.way": "怎么去", "inspect.way.label": "{name} 与周边网点示意图", "inspect.way.unknown": "本机位置未知，图中只标目的地。", "inspect.way.from": "在您{where}方向，直线 {far}", "inspect.way.scale": "图宽半边约 {far}", "inspect.way.go": "用手机地图导航", "inspect.way.none": "该对象没有登记坐标。",
  "inspect.way.n": "北", "inspect.way.ne": "东北", "inspect.way.e": "东", "inspect.way.se": "东南", "inspect.way.s": "南", "inspect.way.sw": "西南", "inspect.way.w": "西", "inspect.way.nw": "西北", "inspect.metres": "{n} 米", "inspect.km": "{n} 公里",
  "inspect.own": "抽查事项清单", "inspect.clause": "条款原文", "inspect.known": "系统已知：", "inspect.note": "说明", "inspect.photo": "拍照", "inspect.photo.again": "重拍", "answer.pass": "符合", "answer.fail": "不符合", "answer.not_applicable": "不适用", "answer.not_seen": "未查看",
  "inspect.end": "结束检查", "inspect.result": "检查结果", "inspect.result.in_order": "未发现问题", "inspect.result.wanting": "发现问题（{n} 项）", "inspect.result.refused": "拒绝检查", "inspect.result.not_found": "未找到该对象", "result.in_order": "未发现问题", "result.wanting": "发现问题", "result.refused": "拒绝检查", "result.not_found": "未找到",
  "inspect.hand": "被检查方手写签名区", "inspect.hand.again": "重签", "inspect.hand.have": "已签名，存于本机。", "inspect.hand.help": "请被检查方核对记录后在下方手写签名。", "inspect.hand.under": "检查 {n} 项，不符合 {fail} 项。", "inspect.refuses": "被检查方拒绝签字", "inspect.refusal": "拒签或拒检的原因、见证人", "inspect.sign.help": "提交即为您本人签字；另一名检查人员在自己的手机上签字。",
  "inspect.finish": "提交并签字", "inspect.need.answers": "还有 {n} 项没有回答", "inspect.need.hand": "请被检查方签名，或勾选拒绝签字", "inspect.need.refusal": "请写明拒签原因和见证人", "inspect.to_sign": "等您签字", "inspect.sign": "签字", "inspect.done": "已检查", "inspect.orders": "责令改正", "inspect.proof": "整改情况：", "inspect.evidence": "附件 {n}",
  "inspect.recheck": "复查意见", "inspect.close": "复查合格，销号", "inspect.send_back": "未改到位，退回",
  "matter.assigned": "待检查", "matter.visited": "已检查", "matter.signed": "已签字", "matter.signed_without": "拒签", "matter.published": "已公示", "matter.ordered": "已责令", "matter.proof_sent": "已报整改", "matter.closed": "已办结", "matter.not_met": "逾期未改", "matter.committed": "已封存", "matter.seeded": "已取种", "matter.drawn": "已抽取", "matter.given_up": "作废",
};
