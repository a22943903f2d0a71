// SPDX-License-Identifier: Apache-2.0
export const station = {
  "station.title": "站点过磅", "station.place": "本站编号", "station.place.help": "输入本站编号（如 S-130102-001），此设备会记住。", "station.begin": "开始过磅",
  "station.change": "换站", "station.materials": "品类（按 1–9）", "station.weight": "重量（kg）", "station.price": "单价（元/{unit}）", "station.amount": "应付（元）", "station.pieces": "件数",
  "station.origin": "来源", "station.seller": "出售人主体编号", "station.seller.help": "收购生产性废旧金属须登记出售人。", "station.save": "保存（回车）", "station.saveonly": "保存",
  "handover.title": "今日来车", "handover.station": "来清运", "handover.unload": "来交货", "handover.here": "已到", "handover.show": "出示交接码", "handover.qr": "给司机扫的交接码", "handover.help": "核对货物后请司机扫码，或报这六位数：出示即为本方确认。", "handover.done": "已交接 {mass}", "handover.not": "未交接",
  "station.other": "其他品类", "station.last": "最近磅单", "station.till": "今日现金", "station.till.lines": "{n} 张磅单，{mass}", "station.saved": "已保存 {ticket}",
  "station.waiting": "{n} 张磅单尚未上传，联网后自动补传", "station.offline": "当前离线，磅单保存在本机", "station.refused": "{n} 张磅单被退回，请处理", "station.sent": "已上传", "station.kept": "待上传", "station.back": "被退回",
  "station.need.material": "请先选品类", "station.need.weight": "请输入重量", "station.keys.scale": "按 1–9 选品类 → 回车取重 → 回车保存；也可直接输入重量；Esc 清空", "station.need.seller": "请填写出售人", "station.weight.max": "单张不能超过 {max} kg",
  "station.receipt": "磅单", "station.receipt.print": "打印小票", "station.receipt.width": "纸宽", "station.receipt.thanks": "扫码可查去向", "station.receipt.keep": "请妥善保管本单",
  "station.drop": "作废", "station.again": "重试", "station.keys": "按 1–9 选品类 → 输入重量 → 回车保存；Esc 清空", "station.none": "还没有磅单。选品类，输入重量，回车。",
  "station.confirm.heavy": "重量较大，再按一次回车确认", "station.pay": "付款方式", "pay.cash": "现金", "pay.bank": "银行", "pay.none": "不付款", "station.ready": "可离线使用", "station.cancelled": "已作废", "station.mm": "{n} 毫米",
  "scale.connect": "连接电子秤", "scale.leave": "断开电子秤", "scale.name": "电子秤", "scale.take": "取重（回车）", "scale.rests": "已稳定", "scale.moves": "未稳定", "scale.silent": "秤无信号", "scale.range": "超出量程", "scale.lost": "与电子秤断开，正在重连；可手工输入重量",
  "scale.unreachable": "本机没有找到电子秤", "scale.unreachable.advice": "请在本机启动 huan edge（端口 8790），或手工输入重量。", "scale.taken": "取自电子秤 {scale}，序号 {serial}",
  "scale.no_zero_return": "上次称重后秤未回零", "scale.indicators_differ": "两个仪表读数不一致", "scale.tare_outside_band": "皮重超出历史范围", "scale.tare_expired": "皮重已过期", "scale.serial_gap": "仪表序号有缺号", "scale.serial_again": "仪表序号重复",
  "station.number": "磅单号", "station.per.kg": "kg", "station.per.piece": "件",
  "register.title": "生产性废旧金属收购登记", "register.unit": "出售单位及证明", "register.item": "物品名称", "register.quantity": "数量", "register.specification": "规格", "register.state": "新旧程度", "register.worn": "旧", "register.new": "新", "register.handler": "经办人", "register.handler.new": "新经办人…",
  "register.handler_name": "经办人姓名", "register.handler_id_number": "身份证号", "register.handler_address": "住址", "register.person.help": "经办人信息加密保存，只登记一次；本机上传后不再保留。", "register.need": "请补登记：{field}", "register.later": "补登记", "register.do": "登记并上传",
};
