// SPDX-License-Identifier: Apache-2.0
// What the page says, in both languages. Codes of the ledger are translated here once.
export const words = {
  zh: {
    synthetic: "模拟数据", offline: "未连接", online: "实时", loginTitle: "登录",
    loginHelp: "请打开 huan serve 打印的一次性链接，或粘贴 huan token 生成的令牌。", token: "令牌", enter: "进入",
    todayTitle: "今日各品类收购量", csv: "下载 CSV", ticketsTitle: "最新磅单", time: "时间", kind: "类型", place: "网点",
    material: "品类", mass: "重量", lot: "批次", noTickets: "还没有磅单。可用 huan simulate 生成，或通过接口提交。",
    traceTitle: "批次追溯", direction: "方向", up: "来源", down: "去向", search: "查询",
    traceEmpty: "输入批次编号，或点击上方磅单中的批次。", cut: "图中只显示离该批次最近的部分，下表为全部份额。",
    share: "占比", where: "来自 / 去往", total: "合计", working: "查询中…", none: "今日暂无收购。", other: "English", more: "其余 {n} 项合计",
    scope: "{day} · 城市 {city} · 流向：收购 · 来源：台账汇总", inLog: "已在日志中：第 {seq} 条，校验点共 {size} 条",
    receive: "收购", accept: "接收", ship: "发运", transform: "分拣/加工", sell: "销售", dispose: "处置", adjust: "盘点",
    correct: "更正", settle: "结算", source: "来源", sink: "去向", loss: "损耗", variance: "差异", imbalance: "未平",
    abroad: "外市", standing: "现存", gain: "盘盈", unknown: "来源不明", booked_off: "核销", outside: "外部",
    break_cycle: "追溯中断（循环）", break_unknown: "追溯中断（未知）", break_unbalanced: "追溯中断（不平）",
    household: "居民", commercial: "商业", industrial: "工业", agricultural: "农业", medical: "医疗",
    construction: "建筑", "public-institution": "公共机构", recycle: "再生利用", reuse: "再使用", energy: "能源利用",
    landfill: "填埋", incineration: "焚烧", storage: "贮存", hazardous: "危废处置", sold: "已售", disposed: "已处置",
    sort: "分拣", failed: "请求失败（{code}）", unreachable: "无法连接服务器，正在重试",
  },
  en: {
    synthetic: "synthetic data", offline: "not connected", online: "live", loginTitle: "Sign in",
    loginHelp: "Open the one-time link that huan serve printed, or paste a token made by huan token.", token: "Token",
    enter: "Enter", todayTitle: "Received today, by material", csv: "Download CSV", ticketsTitle: "Latest tickets",
    time: "Time", kind: "Type", place: "Place", material: "Material", mass: "Mass", lot: "Lot",
    noTickets: "No tickets yet. Make some with huan simulate, or send them to the API.", traceTitle: "Trace a lot",
    direction: "Direction", up: "where from", down: "what became of it", search: "Search",
    traceEmpty: "Type a lot's id, or click a lot in the tickets above.",
    cut: "The picture shows only what is nearest to the lot; the table has all shares.", share: "Share",
    where: "From / to", total: "total", working: "Searching…", none: "Nothing received today yet.", other: "中文", more: "{n} more, together",
    scope: "{day} · city {city} · flow: receive · from the ledger's roll-ups",
    inLog: "in the log as record {seq}, under a checkpoint of {size} records",
    receive: "receive", accept: "accept", ship: "ship", transform: "sort/process", sell: "sell", dispose: "dispose",
    adjust: "count", correct: "correct", settle: "settle", source: "source", sink: "to", loss: "loss",
    variance: "variance", imbalance: "imbalance", abroad: "another city", standing: "standing", gain: "gain",
    unknown: "origin unknown", booked_off: "booked off", outside: "outside", break_cycle: "trace breaks (cycle)",
    break_unknown: "trace breaks (unknown)", break_unbalanced: "trace breaks (unbalanced)",
    failed: "The request failed ({code})", unreachable: "The server cannot be reached; trying again",
  },
};

let language = localStorage.getItem("huan.language") ?? (navigator.language.startsWith("zh") ? "zh" : "en");

export const current = () => language;

export function say(key, values = {}) {
  const text = words[language][key] ?? words.en[key] ?? key;
  return text.replace(/\{(\w+)\}/g, (_, name) => values[name] ?? "");
}

export function toggle() {
  language = language === "zh" ? "en" : "zh";
  localStorage.setItem("huan.language", language);
}
