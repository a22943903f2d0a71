// SPDX-License-Identifier: Apache-2.0
// Words of the dispatch board.
export const dispatch = {
  "nav.dispatch": "派车", "plan.rounds": "派车", "board.title": "当日派车", "board.day": "日期", "board.plan": "排线", "board.planning": "正在排线…", "board.seconds": "计算秒数", "board.publish": "下发给司机", "board.published": "已下发", "board.draft": "草稿", "board.closed": "已结束", "board.none": "这一天还没有线路。点“排线”，系统按订单、合同和网点暂存上限生成。",
  "board.rounds": "线路", "board.map": "线路图", "board.time": "时间轴", "board.vehicle": "车辆", "board.driver": "司机", "board.driver.none": "未派司机", "board.assign": "指定", "board.stops": "{n} 站", "board.km": "{n} 公里", "board.left": "未排入", "board.alerts": "暂存预警", "board.idle": "{n} 辆车当天不出车：通行证未生效、停用或无停放点",
  "board.move": "移动 {stop}", "board.to": "移到车辆", "board.up": "提前", "board.down": "推后", "board.out": "移出", "board.in": "排入", "board.keep": "保存调整", "board.undo": "放弃调整", "board.changed": "有未保存的调整", "board.sound": "调整后没有违反任何约束", "board.broken": "违反约束 {n} 处", "board.kept": "已保存",
  "board.kind.order": "上门", "board.kind.visit": "定点", "board.kind.station": "清运", "board.kind.unload": "交货", "board.state.planned": "未到", "board.state.arrived": "已到达", "board.state.weighed": "已称重", "board.state.done": "完成", "board.state.refused": "未收", "board.state.missed": "未去成", "board.state.late": "晚点",
  "board.alert.exceeded": "已超上限", "board.alert.exceeded_age": "存放超期", "board.alert.today": "当天将满", "board.alert.age": "存放到期", "board.alert.tomorrow": "次日将满", "board.by": "{time} 前", "board.why": "原因", "board.place": "网点", "board.holds": "现存",
  "board.help": "拖动站点到别的车或别的位置；或点选站点后用下面的按钮。已开始的站点不能动。", "board.balance": "装 {loaded}，交 {unloaded}，未完成 {open}，晚点 {late}，未去成 {missed}",
};
