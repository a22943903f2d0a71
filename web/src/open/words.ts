// SPDX-License-Identifier: Apache-2.0
// What the public site says; a word that one language lacks does not compile. The language is the residents' pages' own.
import { is_zh } from "../resident/words.ts";

const zh = {
  title: "公示公开", synthetic: "模拟数据", skip: "跳到正文", menu: "栏目", results: "公示", draws: "双随机抽取", numbers: "统计数据", awards: "无废商场", data: "开放数据", places: "网点名录", prices: "回收价格", learn: "分类知识", complain: "投诉举报", feed: "订阅（RSS）", book: "预约上门",
  wait: "请稍候…", find: "按标题、名称或编号查找", type: "类别", all: "全部", search: "查询", nothing: "没有公示内容。", key: "编号", state: "状态", published: "公示日期", about: "对象", period: "期间", sum: "共 {n} 条",
  inspection: "抽查结果", rectification: "整改销号", bulletin: "抽查通报", deliverable: "政策文件", award: "命名创建", title_list: "称号名单", notice: "通报", case: "行政处罚", draw: "双随机抽取",
  in_order: "未发现问题", wanting: "发现问题", refused: "拒绝检查", not_found: "未找到对象", articles: "条款", penalty: "处罚", yuan: "{n} 元", doc_no: "文号", number: "编号", result: "结果", visited: "检查日期", inspected_n: "抽查 {n} 家", wanting_n: "发现问题 {n} 家", counted: "以下各项构成通报", problem: "发现问题的", answers: "检查内容（{n} 项）", pass: "合格", fail: "不合格", not_applicable: "不适用", not_seen: "未查",
  draws_help: "抽取前，名录库和规则的摘要已经封存；种子取自事先约定、当时无人知晓的外部数值，并与日志根混合。点“自行验证”，由您的浏览器从公开底稿重做一遍抽取，不依赖本服务器的结论。底稿中的检查人员以本次抽取专用代码表示。",
  item: "抽查事项", pool: "名录库", count: "抽取数", source: "种子来源", value: "种子值", known_at: "公布时间", papers: "底稿", result_text: "结果文本", verify: "自行验证", verifying: "正在重做抽取…", same: "一致：从 {pool} 个对象重做抽取，{n} 个结果逐字节相同（{ms} 毫秒）。", other: "不一致：重做的结果与公布的不同。", committed: "与封存摘要相符", not_committed: "底稿与封存摘要不符", no_subtle: "此浏览器须在 https 下打开本页才能计算摘要。", not_drawn: "尚未抽取。", own_seed: "种子", root: "日志根（{size} 条）",
  numbers_help: "按季度、年度发布的汇总数据；涉及少数主体的格已做隐藏。", term: "{from} 至 {to}", table: "表", csv: "下载 CSV", json: "JSON", no_numbers: "还没有发布统计数据。",
  price_help: "各网点公布价；以网点当日公示为准。", material: "品类", price: "价格（元）", per: "单位", since: "自", place: "网点", city_wide: "全市", kg: "公斤", piece: "件",
  awards_help: "创建标准和各年目标数按本市方案，名单按已命名的公示记录。", no_awards: "本市方案没有规定创建命名。", criteria: "创建标准", quotas: "目标数", quota: "{year} 年 {n} 个", awarded: "已命名（{n}）", nobody_awarded: "还没有命名的单位。", year: "年度", district: "地区", clause: "依据",
  data_help: "按 DCAT 3 标准编制的目录，可供数据平台自动采集。已发布的统计附文件大小和 SHA-256，下载后可自行核对。", catalogue: "目录（JSON-LD）", publisher: "发布单位", licence: "使用许可", no_licence: "发布单位未说明使用许可", file: "文件", size: "大小", hash: "SHA-256", standing: "随时更新",
  learn_help: "查一件东西该放哪里，或看看常见问题。", lessons: "常见问题",
  complain_help: "可匿名反映无证收购、污染、价格欺诈等。请写明时间、地点和情况；不要写姓名、电话、证件号等个人信息（系统会拒收）。", what: "情况说明", where: "网点编号（可不填）", send: "提交", tracking: "查询编号", tracking_help: "只显示这一次，请抄下。凭它查询处理情况。", follow: "查询处理情况", filed: "已受理", looked_into: "核查中", answered: "已答复", answer: "答复", too_short: "请至少写一句话。",
};
export type OpenWords = typeof zh;
const en: OpenWords = {
  title: "Published", synthetic: "Simulated data", skip: "To the content", menu: "Sections", results: "Published", draws: "Random draws", numbers: "Statistics", awards: "Waste-free malls", data: "Open data", places: "Places", prices: "Prices", learn: "What goes where", complain: "Complain", feed: "Feed (RSS)", book: "Book a collection",
  wait: "A moment…", find: "Part of a title, name or number", type: "Kind", all: "all", search: "Search", nothing: "Nothing is published.", key: "Key", state: "State", published: "Published", about: "About", period: "Period", sum: "{n} in all",
  inspection: "inspections", rectification: "put right", bulletin: "bulletins", deliverable: "policies and documents", award: "awards", title_list: "titles", notice: "notices", case: "penalties", draw: "draws",
  in_order: "in order", wanting: "found wanting", refused: "refused", not_found: "not found", articles: "Articles", penalty: "Penalty", yuan: "{n} yuan", doc_no: "Document no.", number: "Number", result: "Result", visited: "Visited", inspected_n: "{n} inspected", wanting_n: "{n} found wanting", counted: "What the bulletin sums up:", problem: "all but in order", answers: "What was looked at ({n})", pass: "passed", fail: "failed", not_applicable: "not applicable", not_seen: "not seen",
  draws_help: "Before a draw, the hash of its pool and rule is on record. Its seed is an outside value that was named before anybody knew it, mixed with the root of the log. Press “Repeat it”: your own browser repeats the draw from the published papers and relies on nothing that this server says. Inspectors stand there by codes of this draw alone.",
  item: "Item", pool: "In the pool", count: "To be drawn", source: "Seed from", value: "Value", known_at: "Known at", papers: "Papers", result_text: "Result", verify: "Repeat it", verifying: "Drawing again…", same: "The same: drawn again from {pool}, all {n} are equal to the byte ({ms} ms).", other: "NOT the same: drawn again, the result is another.", committed: "The papers are those that were committed to", not_committed: "The papers are NOT those that were committed to", no_subtle: "This browser computes hashes on https pages only.", not_drawn: "Not drawn yet.", own_seed: "Seed", root: "Root of the log ({size} records)",
  numbers_help: "Sums by quarter and year; cells that would show single firms are left out.", term: "{from} to {to}", table: "Table", csv: "CSV", json: "JSON", no_numbers: "No statistics are published yet.",
  price_help: "As the places publish them; what hangs at the place on the day counts.", material: "Material", price: "Price (yuan)", per: "per", since: "Since", place: "Place", city_wide: "whole city", kg: "kg", piece: "piece",
  awards_help: "Criteria and numbers aimed at are those of the city's plan; the list is what was awarded and published.", no_awards: "The city's plan names no award.", criteria: "Criteria", quotas: "Aimed at", quota: "{n} in {year}", awarded: "Awarded ({n})", nobody_awarded: "Nobody has been awarded yet.", year: "Year", district: "District", clause: "Basis",
  data_help: "A catalogue by DCAT 3, for data platforms to harvest. Released statistics have the size and SHA-256 of each file, to be compared after a download.", catalogue: "Catalogue (JSON-LD)", publisher: "Publisher", licence: "Licence", no_licence: "The publisher has stated no licence", file: "File", size: "Size", hash: "SHA-256", standing: "kept current",
  learn_help: "Look up where a thing goes, or read what is often asked.", lessons: "Often asked",
  complain_help: "Tell us, without a name, of unlicensed trade, pollution or cheating. Say when, where and what; no names, phone or id numbers (they are refused).", what: "What happened", where: "Id of the place (if you know it)", send: "Send", tracking: "Tracking number", tracking_help: "Shown this once: write it down. It is all that is needed to follow.", follow: "What became of it", filed: "received", looked_into: "being looked into", answered: "answered", answer: "Answer", too_short: "Write a sentence at least.",
};

export const tell = (key: keyof OpenWords, values: Record<string, string | number> = {}): string =>
  (is_zh() ? zh : en)[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
export const tell_or = (key: string): string => { const words: Record<string, string> = is_zh() ? zh : en; return words[key] ?? key; };
