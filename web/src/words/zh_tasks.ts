// SPDX-License-Identifier: Apache-2.0
// Words of the responsibility matrix.
export const tasks = {
  "nav.tasks": "责任分工", "tasks.sum": "{n} 项任务", "tasks.none": "本市规则中没有责任分工。", "tasks.unit": "单位", "tasks.pace": "进度", "tasks.task": "任务", "tasks.lead": "牵头", "tasks.supporting": "配合", "tasks.responsible": "责任", "tasks.shared": "按职责分工", "tasks.deadline": "时限", "tasks.nodate": "未明确", "tasks.progress": "完成 / 应完成", "tasks.deliver": "成果：",
  "tasks.norule": "文件没有写明提醒和通报的阈值：由运营方按来源设定后，才判断快慢。", "tasks.draw": "生成提醒和通报", "tasks.drawn": "已生成 {n} 份文书", "tasks.steps": "有日期的步骤", "tasks.from": "开始",
  "pace.no_date": "无时限", "pace.no_rule": "未设阈值", "pace.on_time": "正常", "pace.slow": "进展缓慢", "pace.seriously_late": "严重滞后", "pace.done": "已完成", "pace.no_report": "未报进度",
  "tasks.notices": "提醒与通报", "tasks.notices.number": "编号", "tasks.notices.day": "日期", "tasks.notices.to": "主送", "tasks.notices.paper": "文书", "tasks.notices.issue": "签发", "tasks.notices.drop": "撤销", "tasks.notices.deliver": "登记送达", "tasks.notices.how": "送达情况（每行：单位，日期，方式）",
  "tasks.of.reminder": "提醒", "tasks.of.notice": "通报", "tasks.notice.drawn_up": "拟制", "tasks.notice.issued": "已印发", "tasks.notice.delivered": "已送达", "tasks.notice.dropped": "已撤销",
};
