// SPDX-License-Identifier: Apache-2.0
// Words of declarations.
export const declarations = {
  "nav.declarations": "申报", "report.making": "生成中…", "declare.report": "汇总报表", "declare.notice": "未报通报", "declare.form": "报表", "declare.term": "所属期", "declare.reporter": "填报单位", "declare.due": "截止日期", "declare.nodue": "文件未明确", "declare.late": "逾期 {n} 天", "declare.sum": "{n} 份，待报 {open} 份，逾期 {late} 份",
  "declare.missing": "未填报", "declare.draft": "填报中", "declare.submitted": "已提交", "declare.returned": "已退回", "declare.accepted": "已接收", "declare.none": "没有符合条件的报表。", "declare.noforms": "本市规则中没有报表。", "declare.reconstructed": "表式未公开，按正文重建",
  "declare.cells": "报表单元", "declare.cell": "指标", "declare.filled": "台账取数", "declare.confirmed": "确认数", "declare.why": "差异说明", "declare.take": "采用台账取数", "declare.note": "意见", "declare.history": "办理记录",
  "declare.missing.help": "尚未填报。可由台账和登记信息自动取数，再逐项确认。", "declare.fill": "自动取数", "declare.refill": "重新取数", "declare.save": "保存确认数", "declare.rest": "未填确认数的，按台账取数", "declare.submit": "提交", "declare.return": "退回", "declare.accept": "接收",
};
