// SPDX-License-Identifier: Apache-2.0
// What residents read, on the phone page and in the mini-program: a word that one language lacks does not compile.
// Pure: who shows it keeps which language is spoken.

const zh = {
  title: "再生资源回收", language: "English", places: "网点", sort: "怎么分", book: "约上门", mine: "我的",
  find: "按名称、街道或编号查找", here: "用我的位置", open: "营业中", closed: "已打烊", only_open: "只看营业中", takes: "回收：", all_kinds: "各类可回收物",
  metres: "{n} 米", km: "{n} 公里", none: "没有找到，换个说法试试。", synthetic: "演示数据，非真实网点", locating: "正在定位…", no_position: "无法取得位置，请按名称查找。",
  book_here: "约这里上门", open_data: "网点数据下载（CSV）", hours: "营业时间", history: "变更记录", since: "自 {day}",
  what: "什么东西？如：纸箱、zhixiang、旧空调", go: "去向", price: "回收价 {yuan} 元/{per}", no_price: "不计价，可免费交投", prohibited: "禁止个人出售给回收站", hazard: "有害垃圾：请送有害垃圾收集点，勿与可回收物混放", kg: "公斤", piece: "件", was: "此前 {yuan} 元（{day}）",
  step_place: "谁来收", step_kinds: "收什么（大概重量）", step_when: "什么时候", step_who: "怎么找到您", change: "更换", pick_place: "先选一个网点",
  no_slots: "该网点近期没有可约时段，请换一个网点。", full: "已满", floor: "楼层", lift: "有电梯", dismantle: "需要拆解", bulky_help: "大件需要人手，请填写楼层。",
  called: "称呼", address: "地址（楼栋、单元、门牌）", phone: "手机号", code: "验证码", send: "发送验证码", sent: "已发送，{n} 秒后可重发", privacy: "电话和地址加密保存，只有上门人员在完成前能看到，每次查看都有记录。",
  confirm: "确认预约", about: "按今日锁定价约 {yuan} 元；以上门称重为准", booked: "预约成功", door_code: "上门确认码", door_qr: "出示二维码给上门人员扫", door_help: "称重无误后，把这六位数告诉上门人员即为确认。", fill: "请先完成：{what}",
  sign_in: "登录", sign_help: "用手机号和验证码登录，查看预约和积分。", sign_out: "退出", no_orders: "还没有预约。", cancel: "取消预约", move: "改时间", save: "改到这个时段", accept: "重量无误，同意", dispute: "有异议", giveback: "不卖了，退还物品",
  differs: "与预约不同", paid: "合计 {yuan} 元", where: "查看去向", more: "多于预估", less: "少于预估", other: "未预约的品类", absent: "未见到", wait: "请稍候…", offline: "无法连接服务器，请检查网络后重试。", points: "积分", redeem: "兑换（{n} 分）", redeemed: "已兑换，请到 {place} 领取。剩余 {n} 分。", left: "剩 {n} 件",
  payout: "提现", owed: "待付货款 {yuan} 元", payout_of: "提现项目", payout_owed: "待付货款", payout_points: "提现积分（1 分起，不设门槛）", payout_yuan: "提现金额（元）", payout_rate: "每分 {yuan} 元，合计 {sum} 元", payout_to: "付到尾号账户 {account}", payout_account: "收款银行账号", payout_other: "换一个账号（不换则留空）", payout_name: "户名", payout_do: "申请提现", payout_asked: "已申请，付款结果会显示在下方；未付成会原数退回。", payout_cancel: "撤回", yuan: "元",
  map: "地图", map_of: "{n} 个网点的位置图，点开后可逐个查看", map_help: "共 {n} 个网点。点圆点看详情，点空白处查那里附近。空心为演示位置，虚线为已打烊。", map_chosen: "所选网点见下方", map_nearer: "少一些", map_further: "多一些", photo: "照片（选填，便于派车）", photo_away: "去掉照片", tip: "再用一次：", expires: "{n} 分可用至 {day} 零点", no_rule: "本市尚未公布积分规则，暂不累计积分。", demo_rates: "演示规则",
  notices: "消息", notices_none: "还没有消息。预约、上门、称重、提现的每一步都会出现在这里。", notices_set: "接收设置", notices_by: "发送到", by_sms: "短信", by_wechat: "微信服务通知（需关注公众号）", by_none: "只在本页显示", by_push: "本机浏览器通知", push_denied: "此浏览器未允许通知，请在浏览器设置中允许后再保存。", push_none: "此浏览器没有可用的推送服务，请改选其他方式。", notices_which: "发送哪些", quiet_from: "免打扰从", quiet_to: "到", quiet_help: "免打扰时段内的消息等时段结束再发送；起止相同即不设免打扰。", notices_save: "保存设置", notices_saved: "设置已保存。",
  again: "请重试", halt_now: "流动回收车：现在停在 {name}，到 {to}", halt_next: "流动回收车：下一站 {day} {from} {name}", mon: "一", tue: "二", wed: "三", thu: "四", fri: "五", sat: "六", sun: "日", today: "今天", tomorrow: "明天", week: "周",
};
export type Words = typeof zh;
const en: Words = {
  title: "Recycling", language: "中文", places: "Places", sort: "What goes where", book: "Book", mine: "Mine",
  find: "Name, street or id of a place", here: "Use my position", open: "open now", closed: "closed now", only_open: "Open now only", takes: "Takes: ", all_kinds: "all recyclables",
  metres: "{n} m", km: "{n} km", none: "Nothing found: try another word.", synthetic: "Demonstration data, not a real place", locating: "Looking for your position…", no_position: "No position; search by name.",
  book_here: "Book from here", open_data: "All places as CSV", hours: "Hours", history: "What changed", since: "since {day}",
  what: "What is it? box, bottle, zhixiang…", go: "Goes to", price: "{yuan} yuan per {per}", no_price: "taken free of charge", prohibited: "Must not be sold by persons", hazard: "Hazardous: to a hazardous waste point, never with recyclables", kg: "kg", piece: "piece", was: "{yuan} yuan before ({day})",
  step_place: "Who comes", step_kinds: "What (about how much)", step_when: "When", step_who: "How to find you", change: "Change", pick_place: "Choose a place first",
  no_slots: "Nothing can be booked there soon: choose another place.", full: "full", floor: "Floor", lift: "There is a lift", dismantle: "Has to be taken apart", bulky_help: "Bulky goods take hands: which floor?",
  called: "How to call you", address: "Address (building, door)", phone: "Mobile number", code: "Code", send: "Send a code", sent: "Sent; again in {n} s", privacy: "Phone and address are kept sealed; only who comes sees them, until it is done, and each look is recorded.",
  confirm: "Book", about: "About {yuan} yuan at prices locked today; what is weighed at the door counts", booked: "Booked", door_code: "Code for the door", door_qr: "Show it as a code to scan", door_help: "When the weight is right, tell the driver these six digits: that is your word.", fill: "Still open: {what}",
  sign_in: "Sign in", sign_help: "With your phone and a code, to see your orders and points.", sign_out: "Sign out", no_orders: "No orders yet.", cancel: "Cancel", move: "Other time", save: "Move it there", accept: "Right, I agree", dispute: "I object", giveback: "No sale, give it back",
  differs: "Differs from the booking", paid: "{yuan} yuan in all", where: "Where it went", more: "more than expected", less: "less than expected", other: "not announced", absent: "not there", wait: "A moment…", offline: "The server cannot be reached; check the network and try again.", points: "Points", redeem: "Take it ({n} points)", redeemed: "Yours: fetch it at {place}. {n} points are left.", left: "{n} left",
  payout: "Payout", owed: "{yuan} yuan are owed to you", payout_of: "What", payout_owed: "What is owed", payout_points: "Points (from one on)", payout_yuan: "Amount in yuan", payout_rate: "{yuan} yuan a point, {sum} yuan in all", payout_to: "To the account {account}", payout_account: "Bank account", payout_other: "Another account (or leave empty)", payout_name: "Holder's name", payout_do: "Have it paid out", payout_asked: "Asked for; what became of it stands below. What cannot be paid comes back whole.", payout_cancel: "Withdraw", yuan: "yuan",
  map: "Map", map_of: "Where {n} places are; tap one to read about it", map_help: "{n} places. Tap a mark to read, the ground to look near there. Hollow: demonstration, dashed: closed now.", map_chosen: "The place is below", map_nearer: "Fewer", map_further: "More", photo: "Photo (if you like: it helps to send the right truck)", photo_away: "Without a photo", tip: "A second life: ", expires: "{n} points end on {day}", no_rule: "The city has published no rule yet: nothing is earned for now.", demo_rates: "demonstration rates",
  notices: "Notices", notices_none: "None yet. Each step of a booking, a collection or a payout shows here.", notices_set: "What is sent to you", notices_by: "Sent by", by_sms: "text message", by_wechat: "WeChat (follow the official account)", by_none: "nothing: on this page alone", by_push: "this browser's notifications", push_denied: "This browser does not let the page notify you: allow it in the browser's settings and save again.", push_none: "This browser has no push service that can be used: choose another way.", notices_which: "Which", quiet_from: "Quiet from", quiet_to: "to", quiet_help: "What falls between waits for the end; the same time twice: never quiet.", notices_save: "Save", notices_saved: "Saved.",
  again: "Try again", halt_now: "Mobile station: now at {name}, until {to}", halt_next: "Mobile station: next {day} {from} at {name}", mon: "Mon", tue: "Tue", wed: "Wed", thu: "Thu", fri: "Fri", sat: "Sat", sun: "Sun", today: "today", tomorrow: "tomorrow", week: "",
};

const sayings = { "zh-CN": zh, en };
export type Language = keyof typeof sayings;
export type Say = (key: keyof Words, values?: Record<string, string | number>) => string;

export const phrase = (language: Language, key: keyof Words, values: Record<string, string | number> = {}): string =>
  sayings[language][key].replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));

/// Several words as one line of the language.
export const in_line = (language: Language, items: string[]): string => items.join(language === "en" ? ", " : "、");
export const yuan = (fen: number): string => (fen / 100).toFixed(2);
export const away = (say: Say, metres: number): string => (metres < 1000 ? say("metres", { n: metres }) : say("km", { n: (metres / 1000).toFixed(1) }));

export function named_day(say: Say, day: string): string {
  const date = new Date(`${day}T00:00:00`);
  const today = new Date();
  const ahead = Math.round((date.getTime() - new Date(today.getFullYear(), today.getMonth(), today.getDate()).getTime()) / 86_400_000);
  const names = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"] as const;
  return ahead === 0 ? say("today") : ahead === 1 ? say("tomorrow") : `${day.slice(5)} ${say("week")}${say(names[date.getDay()] ?? "sun")}`;
}

/// Of a mobile station: where it stands, or will next.
export const standing = (say: Say, one: { open: boolean; halt?: { day: string; from: string; to: string; name: string } | undefined }): string =>
  (one.halt ? say(one.open ? "halt_now" : "halt_next", { ...one.halt, day: named_day(say, one.halt.day) }) : "");
