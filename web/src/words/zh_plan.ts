// SPDX-License-Identifier: Apache-2.0
// Whole networks, and what if something of a plan were otherwise.
export const plan = {
  "plan.whole": "全市分级网络（按规划规则）", "plan.whole.help": "按在册规则（社区村、规范条款、现有设施）规划从投放点到加工企业的整个网络；结果须通过独立校验。", "plan.relax": "同时计算每条规则的代价",
  "plan.yuan": "年成本（元）", "plan.sites.cost": "设施（元/年）", "plan.ways.cost": "运输（元/年）", "plan.covered": "服务户数", "plan.uncovered": "未覆盖户数", "plan.infeasible": "这些规则不能同时满足", "plan.infeasible.help": "放宽其中一条，或撤回改动后再算。原因：{reason}",
  "plan.rules": "规则执行情况", "plan.rule": "规则", "plan.rule.asked": "要求", "plan.rule.found": "方案", "plan.rule.shared": "{n}（相邻共用，计 {times} 处）", "plan.rule.binds": "起约束的区域", "plan.rule.saves": "放宽一步可省（元/年）", "plan.changed": "含 {n} 处改动",
  "plan.tiered": "分级网络",
  "standing.free": "新建", "standing.existing": "现有", "standing.closable": "现有，可关", "standing.required": "必设", "standing.forbidden": "不设",
  "whatif.title": "如果这样改", "whatif.help": "在图上或表中点选设施，撤掉或移动它，或新增一处；重算从当前方案出发，完成后与当前方案对比。", "whatif.help.route": "在图上或表中点选停靠点，撤掉或移动它，新增一处，或改变车辆数；重算后与当前方案对比。",
  "whatif.group": "层级", "whatif.line": "线路", "whatif.line.of": "线路 {n}", "whatif.find": "编号或名称", "whatif.list": "可改的设施", "whatif.list.route": "停靠点", "whatif.shown": "显示 {n} / {all}，用筛选找到其余", "whatif.nothing": "没有符合条件的。换一个层级、区县或编号。",
  "whatif.chosen": "已选：{name}", "whatif.drop": "撤掉", "whatif.move": "移到…", "whatif.add": "新增一处", "whatif.place": "在图上点一下位置，或填经纬度：", "whatif.lng": "经度", "whatif.lat": "纬度", "whatif.here": "就放这里", "whatif.stop": "取消", "whatif.kg": "重量（千克）",
  "whatif.steps": "改动", "whatif.steps.none": "还没有改动。", "whatif.dropped": "撤掉 {name}", "whatif.moved": "移动 {name} 到 {at}", "whatif.added": "新增 {group}，位于 {at}", "whatif.undo": "撤回", "whatif.again": "按改动重算", "whatif.lost": "本页没有保留这个任务的问题数据（刷新后不保留文件任务），请重新计算后再改。",
  "whatif.unserved": "不服务",
};
