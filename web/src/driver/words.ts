// SPDX-License-Identifier: Apache-2.0
// What the driver's page says; a word that one language lacks does not compile.
import { ref } from "vue";

const zh = {
  title: "司机", language: "English", account: "账号", password: "密码", enter: "登录", leave: "退出", kept: "{n} 步未发送，有网络后自动发送", offline: "无网络：照常操作，联网后自动发送",
  none: "今天没有派给您的线路。", reload: "刷新", next: "下一站", stops: "全部站点", order: "上门", visit: "定点收运", station: "清运网点", unload: "交货", planned: "未到", arrived: "已到达", weighed: "已称重", done: "已完成", refused: "未收", missed: "未去成",
  arrive: "到达", way: "打开地图", kilos: "公斤", kind: "品类", add: "再加一类", weigh: "称重完成", agree: "客户确认，完成", door_code: "客户的六位确认码", load: "装车完成", handed: "交接完成", place_code: "对方出示的六位交接码", refuse: "不收", miss: "去不了", because: "原因",
  wet: "受潮", mixed: "混有杂物", prohibited: "禁收物品", not_there: "没有货", nobody: "无人在家", closed_road: "道路不通", too_late: "来不及", full: "装满了", back: "返回", on_board: "车上", nothing: "空", day_done: "所有站点已完成", close: "结束今天", closed: "今天已结束", loaded: "装 {mass}", unloaded: "交 {mass}", receipt: "本站收", differs: "与预约相差较大时须有照片", photo: "照片", photo_there: "已附上，随这一步发送", photo_why: "选填：拍下不收或没去成的原因", photo_none: "照片读不出来，请重拍。",
  codes: "编码（多件用空格隔开）",
  notices: "消息", notices_none: "没有消息。线路派出或变动时会出现在这里。", notices_new: "未读", notices_read: "全部标为已读",
  push: "浏览器通知", push_help: "线路派出或变动时，不打开页面也会收到通知。", push_here: "在此浏览器上通知我", push_denied: "浏览器没有允许通知，请在浏览器设置里允许后再试。", push_none: "这个浏览器收不到通知（没有推送服务）。",
  scan: "扫对方的码", scan_other: "这个码不是本站的，请核对。", scan_failed: "用不了摄像头，请输入六位数。",
  problem: "未被接受：{what}", drop: "撤掉这一步", again: "再发一次", expected: "约 {mass}", window: "{from}–{to}", contact: "地址和电话", late: "晚点", wrong: "请重试", must_change: "首次登录请先在控制台修改密码。", cash: "已付现金",
};
export type Words = typeof zh;
const en: Words = {
  title: "Driver", language: "中文", account: "Account", password: "Password", enter: "Sign in", leave: "Sign out", kept: "{n} steps are not sent yet; they go when there is a network", offline: "No network: go on, all is sent later",
  none: "No round is yours today.", reload: "Load again", next: "Next stop", stops: "All stops", order: "At the door", visit: "Fixed collection", station: "Clear a station", unload: "Hand over", planned: "ahead", arrived: "arrived", weighed: "weighed", done: "done", refused: "not taken", missed: "missed",
  arrive: "I am there", way: "Show on a map", kilos: "kg", kind: "Kind", add: "Another kind", weigh: "Weighed", agree: "The customer agrees: done", door_code: "The customer's six digits", load: "Loaded", handed: "Handed over", place_code: "The six digits that they show you", refuse: "Do not take it", miss: "Cannot go there", because: "Why",
  wet: "wet", mixed: "mixed with rubbish", prohibited: "prohibited goods", not_there: "nothing there", nobody: "nobody at home", closed_road: "road closed", too_late: "too late", full: "the truck is full", back: "Back", on_board: "On board", nothing: "empty", day_done: "All stops have ended", close: "End the day", closed: "The day is over", loaded: "{mass} loaded", unloaded: "{mass} handed over", receipt: "Taken here", differs: "What differs much from the order needs a photo", photo: "Photo", photo_there: "attached, goes with this step", photo_why: "if you like: why it was not taken", photo_none: "This is no picture: take another.",
  codes: "Codes, a space between",
  notices: "Notices", notices_none: "None. When your round is published or changed, it shows here.", notices_new: "new", notices_read: "Mark all as read",
  push: "Browser notifications", push_help: "When your round is published or changed you hear of it, with no page open.", push_here: "Notify me in this browser", push_denied: "The browser does not allow notifications: allow them in its settings and try again.", push_none: "This browser cannot be notified: it has no push service.",
  scan: "Scan their code", scan_other: "This code belongs to another stop.", scan_failed: "The camera cannot be used: type the six digits.",
  problem: "Not accepted: {what}", drop: "Drop this step", again: "Send again", expected: "about {mass}", window: "{from}–{to}", contact: "Address and phone", late: "late", wrong: "Try again", must_change: "Change your first password on the console before you begin.", cash: "Paid in cash",
};

const current = ref<"zh-CN" | "en">("zh-CN");
export const language = () => current.value;

function speak(wanted: "zh-CN" | "en"): void {
  current.value = wanted;
  document.documentElement.lang = wanted;
  document.title = `${(wanted === "en" ? en : zh).title} · Huan 环`;
}
export function start(): void {
  let known: string | null = null;
  try { known = localStorage.getItem("huan.language"); } catch { /* a browser that keeps nothing */ }
  speak(known === "en" || (known === null && !navigator.language.startsWith("zh")) ? "en" : "zh-CN");
}
export function other_language(): void {
  speak(current.value === "en" ? "zh-CN" : "en");
  try { localStorage.setItem("huan.language", current.value); } catch { /* asked again next time */ }
}
export const say = (key: keyof Words, values: Record<string, string | number> = {}): string =>
  (current.value === "en" ? en : zh)[key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
export const mass_text = (g: number): string => `${(g / 1000).toLocaleString("en", { maximumFractionDigits: 3 })} ${say("kilos")}`;
