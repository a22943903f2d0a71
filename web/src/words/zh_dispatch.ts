// SPDX-License-Identifier: Apache-2.0
// Words of the dispatch board.
export const dispatch = {
  "nav.dispatch": "派车", "plan.rounds": "派车", "board.title": "当日派车", "board.day": "日期", "board.plan": "排线", "board.planning": "正在排线…", "board.seconds": "计算秒数", "board.publish": "下发给司机", "board.published": "已下发", "board.draft": "草稿", "board.closed": "已结束", "board.none": "这一天还没有线路。点“排线”，系统按订单、合同和网点暂存上限生成。",
  "board.rounds": "线路", "board.map": "线路图", "board.time": "时间轴", "board.vehicle": "车辆", "board.driver": "司机", "board.driver.none": "未派司机", "board.assign": "指定", "board.stops": "{n} 站", "board.km": "{n} 公里", "board.left": "未排入", "board.alerts": "暂存预警", "board.idle": "{n} 辆车当天不出车：通行证未生效、停用或无停放点",
  "board.move": "移动 {stop}", "board.to": "移到车辆", "board.up": "提前", "board.down": "推后", "board.out": "移出", "board.in": "排入", "board.keep": "保存调整", "board.undo": "放弃调整", "board.changed": "有未保存的调整", "board.sound": "调整后没有违反任何约束", "board.broken": "违反约束 {n} 处", "board.kept": "已保存",
  "board.kind.order": "上门", "board.kind.visit": "定点", "board.kind.station": "清运", "board.kind.unload": "交货", "board.state.planned": "未到", "board.state.arrived": "已到达", "board.state.weighed": "已称重", "board.state.done": "完成", "board.state.refused": "未收", "board.state.missed": "未去成", "board.state.late": "晚点",
  "board.alert.exceeded": "已超上限", "board.alert.exceeded_age": "存放超期", "board.alert.today": "当天将满", "board.alert.age": "存放到期", "board.alert.tomorrow": "次日将满", "board.by": "{time} 前", "board.why": "原因", "board.place": "网点", "board.holds": "现存",
  "board.help": "拖动站点到别的车或别的位置；或点选站点后用下面的按钮。已开始的站点不能动。", "board.balance": "装 {loaded}，交 {unloaded}，未完成 {open}，晚点 {late}，未去成 {missed}",
  "board.photo": "照片", "board.reason.closed_road": "道路不通", "board.reason.too_late": "来不及", "board.reason.full": "装满了", "board.reason.nobody": "无人在家", "board.reason.wet": "受潮", "board.reason.mixed": "混有杂物", "board.reason.prohibited": "禁收物品", "board.reason.not_there": "没有货",
  "board.because": "{what}（{by}）", "board.and": "；",
  "board.why.no_vehicle": "没有可用车辆", "board.why.skills": "没有车辆具备所需资质或装备", "board.why.capacity": "一车装不下", "board.why.fleet_capacity": "能去的车当天都已装满", "board.why.windows": "赶不上收运时段", "board.why.duration": "超出班次时长",
  "board.why.distance": "超出里程上限", "board.why.travel": "超出行驶时长上限", "board.why.stops": "站点数已到上限", "board.why.load_cap": "超出全班次装载上限", "board.why.facility": "没有可卸的场地或场地已满", "board.why.zone": "限行时段内不能进入",
  "board.why.unreachable": "没有可走的路", "board.why.days": "日期排不到一起", "board.why.prize": "不值得专程前往", "board.why.search": "时间内没排进去，可加长计算时间再排", "board.why.could_fit": "顺路还能排进这辆车", "board.why.by_hand": "人工移出", "board.why.no_location": "没有登记坐标",
  "board.rule.form": "线路不成立", "board.rule.travel_time": "到达早于行驶所需时间", "board.rule.unreachable": "没有可走的路", "board.rule.service_time": "作业时间不足", "board.rule.window_early": "早于收运时段", "board.rule.window_late": "晚于收运时段",
  "board.rule.shift_early": "早于班次开始", "board.rule.shift_late": "晚于班次结束", "board.rule.facility_hours": "场地不在开放时间", "board.rule.facility_allowed": "该车不能在此卸货", "board.rule.facility_material": "场地不收车上的品类",
  "board.rule.facility_capacity": "超出场地当日接收量", "board.rule.empty_at_end": "收车时未卸空", "board.rule.break_missing": "缺少休息", "board.rule.break_early": "休息过早", "board.rule.break_late": "休息过晚", "board.rule.break_duration": "休息时间不足",
  "board.rule.break_load": "休息时载货过多", "board.rule.load": "超载", "board.rule.shift_load": "超出全班次装载上限", "board.rule.distance": "超出里程上限", "board.rule.duration": "超出班次时长", "board.rule.travel": "超出行驶时长上限", "board.rule.stops": "站点数超过上限",
  "board.rule.unloads": "卸货次数超过上限", "board.rule.skills": "车辆缺少所需资质或装备", "board.rule.vehicle": "该车不能服务此站点", "board.rule.release": "货未备好就出车", "board.rule.pair": "取送不成对或顺序不对", "board.rule.zone": "限行时段内进入限行区",
  "board.rule.visits": "上门次数不符", "board.rule.days": "日期安排不符", "board.rule.storage": "网点暂存超过上限", "board.rule.figures": "数字对不上",
};
