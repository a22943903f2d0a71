// SPDX-License-Identifier: Apache-2.0
// Words of a centre's work: arrivals, processing, what leaves.
export const work = {
  "nav.work": "到货与加工", "work.place": "本场所编号", "work.open.place": "打开", "work.choose": "先输入本场所编号（如 CS-130102-001）。", "work.arrive": "到货", "work.process": "分拣加工", "work.ship": "发运", "work.sell": "销售",
  "work.coming": "在途到本场所", "work.none": "没有发往本场所的在途货物。", "work.weigh": "到货复磅", "work.assent": "按发运量填写", "work.accepted": "实收（kg）", "work.refused": "拒收（kg）", "work.difference": "差异", "work.doubt": "与发运量相差超过 2%：请核对后再保存，保存后会提示两端差异。", "work.arrive.do": "确认收货", "work.arrived": "已收货 {shipment}，{mass}",
  "work.in": "投入", "work.out": "产出", "work.taken": "取用", "work.stands": "库存", "work.kg": "重量（kg）", "work.price": "单价（元/kg）", "work.all": "全部", "work.nostock": "本场所没有库存。", "work.badmass": "重量不对", "work.toomuch": "最多 {most}",
  "work.line": "加一行", "work.line.gone": "删除此行", "work.loss": "损耗（kg）", "work.rest": "余量计为损耗", "work.yield": "产出率", "work.lossrate": "损耗率", "work.process.kind": "工艺", "work.balanced": "投入与产出平衡", "work.empty": "请填写投入和产出", "work.open": "还有 {mass} 未说明去向", "work.over": "产出比投入多 {mass}", "work.process.do": "保存加工记录", "work.processed": "已记录加工：投入 {in}，产出 {out}，损耗 {loss}",
  "process.sort": "分拣", "process.dismantle": "拆解", "process.shred": "破碎", "process.bale": "打包", "process.wash": "清洗", "process.melt": "熔炼",
  "work.to": "发往（场所编号）", "work.vehicle": "车辆编号（可不填）", "work.buyer": "买方主体编号", "work.fate": "用途", "work.amount": "金额", "work.ship.do": "确认发运", "work.sell.do": "确认销售", "work.shipped": "已发运 {mass}，运单号 {shipment}", "work.sold": "已销售 {mass}，¥ {yuan}",
  "work.see": "查看记录", "work.undo": "撤销", "work.undo.reason": "录入有误，撤销",
};
