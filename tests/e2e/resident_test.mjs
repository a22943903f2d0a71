// SPDX-License-Identifier: Apache-2.0
// A resident with a phone, in a real browser against the real binary: finds what goes where, a place that is open,
// books as a newcomer by a code that came to their phone, with the time it takes at a thumb's speed; moves the order,
// then the truck comes, weighs, and they accept. Both languages, a phone's width, axe clean.
//   node resident_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { PushService } from "./push_service.mjs";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kPhoto = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgzvMHIgYIBQAU3gMhyntjnAAAAABJRU5ErkJggg==", "base64");  // two by two, green
const kThumb = { delay: 180 }, kBookingMax = 60, kClerk = { delay: 120 }, kCallMax = 40;  // milliseconds a key: slow

const city = new City(huan, pack, page_folder);
const offer = { notice_min: 0, horizon_days: 5, windows: [{ from: "09:00", to: "12:00", units: 3 }, { from: "14:00", to: "18:00", units: 3 }] };
assert.equal(spawnSync(huan, ["order", "offer", "--store", city.store], { input: JSON.stringify(offer) }).status, 0);
const pushes = await PushService.start();
assert.equal(spawnSync(huan, ["order", "push", "--store", city.store], { input: JSON.stringify({ sender: "mailto:desk@city.example", services: [pushes.origin] }) }).status, 0);
const once = JSON.parse(city.run("account", "add", "kefu", "--role", "enterprise_admin", "--city", "130100", "--organisation", "O-1", "--store", city.store, "--json")).password;
await city.serve("127.0.0.1:0", "--payments", "simulated:0");
const lines_of = (name) => readFileSync(join(city.folder, name), "utf8").trim().split("\n").map((line) => JSON.parse(line));
const code_of = () => lines_of("huan.outbox").filter((line) => line.code).at(-1).code;
const browser = await open_browser();
const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN", hasTouch: true });
await context.addInitScript((given) => {  // a browser without a push service behind it: what it would be given comes from the test
  PushManager.prototype.subscribe = async (options) => {
    if (!options.userVisibleOnly || new Uint8Array(options.applicationServerKey).length !== 65) throw new TypeError("not as browsers ask");
    return { toJSON: () => given };
  };
}, pushes.subscription());
const page = await context.newPage();
const faults = faults_of(page);

async function finds_things() {
  // A vehicle that is a station, and stands somewhere all week.
  const { data } = await (await fetch(`${city.url}/api/v1/places/${kStation}`, { headers: { Authorization: `Bearer ${city.token}` } })).json();
  const put = (path, body) => fetch(`${city.url}/api/v1/${path}`, { method: "PUT", body: JSON.stringify({ data: body, time: "2025-01-01T00:00:00Z" }), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal((await put("places/M-1", { ...data, form: "mobile", name: "一号流动回收车" })).status, 201);
  assert.equal((await put("settings/halts:M-1", { halts: [{ from: "00:00", to: "24:00", name: "和平路口", lat_e7: data.location.lat_e7, lng_e7: data.location.lng_e7 }] })).status, 201);
  await page.goto(`${city.url}/m`);
  await page.locator("[data-of=places] li").first().waitFor();
  await accessible(page, "places");
  await fits_a_phone(page, "places");
  await camera.shoot(page, "resident-places-zh");
  await page.getByRole("searchbox").fill("流动回收车");
  await page.getByRole("searchbox").press("Enter");
  await page.locator("[data-of=places] li").filter({ hasText: "一号流动回收车" }).getByText("现在停在 和平路口，到 24:00").waitFor();
  await page.getByRole("searchbox").fill("");
  await page.getByRole("searchbox").press("Enter");
  await page.locator("[data-of=places] li").nth(1).waitFor();
  await page.getByRole("button", { name: "地图" }).click();
  const marks = page.locator("[data-of=map] .mark");
  await marks.nth(19).waitFor();
  await marks.first().dispatchEvent("click");
  const place = await marks.first().getAttribute("data-place");
  await page.locator("[data-of=places] li").getByRole("button", { name: "约这里上门" }).waitFor();
  assert.equal(await page.locator("[data-of=places] li").count(), 1, `the place ${place} alone`);
  await page.getByRole("button", { name: "多一些" }).click();
  await marks.nth(59).waitFor();
  await accessible(page, "map");
  await fits_a_phone(page, "map");
  await camera.shoot(page, "resident-map-zh");
  await page.getByRole("link", { name: "怎么分" }).click();
  const box = page.getByRole("searchbox");
  for (const [typed, means] of [["纸箱", "废黄板纸"], ["zhixang", "废黄板纸"], ["bx", "废冰箱"], ["laptop", "废电脑"], ["沙发", "废旧家具"]]) {
    await box.fill(typed);
    await page.locator("[data-of=found] li").first().getByText(means).waitFor({ timeout: 5_000 });
  }
  await box.fill("灯管");
  await page.getByText("请送有害垃圾收集点").waitFor();
  await box.fill("课本");
  await page.locator("[data-of=tip]").first().getByText("换书角").waitFor();
  await accessible(page, "what goes where");
  await box.fill("纸箱");
  await page.locator("[data-of=found] li").first().getByText("回收价").waitFor();
  await camera.shoot(page, "resident-sort-zh");
}

/// As a newcomer does it, from the first tap; what it takes in seconds.
async function books() {
  const before = performance.now();
  await page.getByRole("link", { name: "约上门" }).click();
  const find = page.getByRole("searchbox");
  await find.pressSequentially("棉一东", kThumb);
  await find.press("Enter");
  await page.locator("[data-of=places] li").filter({ hasText: "棉一东社区回收站" }).getByRole("button", { name: "约这里上门" }).click();
  for (let n = 0; n < 5; ++n) await page.getByRole("button", { name: "+ 废纸" }).click({ delay: 120 });
  await page.getByRole("button", { name: "+ 废旧家具" }).click();
  await page.locator("input[name=photo]").setInputFiles({ name: "sofa.png", mimeType: "image/png", buffer: kPhoto });
  await page.locator("[data-of=slots] button").filter({ hasText: "明天" }).first().click();
  await page.getByLabel("称呼").pressSequentially("李女士", kThumb);
  await page.getByLabel("地址（楼栋、单元、门牌）").pressSequentially("3-2-501", kThumb);
  await page.getByLabel("手机号").pressSequentially("13800001234", kThumb);
  await page.getByRole("button", { name: "发送验证码" }).click();
  await page.getByText("秒后可重发").waitFor();
  await page.waitForTimeout(4_000);  // until the message is there and read
  await page.getByLabel("验证码").pressSequentially(code_of(), kThumb);
  const confirm = page.getByRole("button", { name: "确认预约" });
  await page.waitForFunction(() => [...document.querySelectorAll("button.primary")].some((one) => !one.disabled));
  await accessible(page, "booking");
  await camera.shoot(page, "resident-book-zh");
  await confirm.click();
  await page.locator("[data-of=booked]").waitFor();
  const seconds = (performance.now() - before) / 1000;
  assert.match(await page.locator("[data-of=booked] .big").textContent(), /^\d{6}$/);
  await fits_a_phone(page, "booked");
  await camera.shoot(page, "resident-booked-zh");
  assert.ok(seconds < kBookingMax, `a newcomer's booking took ${seconds} s`);
  return seconds;
}

/// Somebody rings up for the first time: the desk takes the order while they speak, and later moves it; the first in seconds.
async function takes_a_call() {
  const desk = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  const page = await desk.newPage(), faults = faults_of(page);
  await page.goto(`${city.url}/#login=${city.login}`);
  await page.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  await page.getByRole("link", { name: "上门订单" }).click();
  await page.locator("[data-of=caller]").waitFor();
  const before = performance.now();
  await page.getByLabel("来电号码").pressSequentially("13700009876", kClerk);
  await page.keyboard.press("Enter");
  await page.getByText("首次来电").waitFor();
  await page.getByLabel("网点").pressSequentially("棉一东", kClerk);
  await page.keyboard.press("Enter");
  await page.locator("select[name=slot] option").first().waitFor({ state: "attached" });
  await page.waitForFunction(() => document.querySelector("select[name=slot]")?.value);
  await page.getByLabel("品类").selectOption("paper.occ");
  await page.getByLabel("约重（公斤）").pressSequentially("15", kClerk);
  await page.getByLabel("称呼").pressSequentially("王先生", kClerk);
  await page.getByLabel("地址").pressSequentially("棉一东社区 5-1-302", kClerk);
  await page.getByRole("button", { name: "下单" }).click();
  await page.getByText("已下单").waitFor();
  const seconds = (performance.now() - before) / 1000;
  assert.ok(seconds < kCallMax, `the desk took ${seconds} s for a call`);
  const row = page.locator("[data-of=orders] tbody tr").first();
  await row.getByRole("button", { name: "改时间" }).click();
  await page.locator("select[name=other]").selectOption({ index: 1 });
  await accessible(page, "a call at the desk");
  await page.getByRole("button", { name: "改到此时段" }).click();
  await page.getByText("已改到").waitFor();
  await row.waitFor();
  assert.deepEqual(faults, []);
  await desk.close();
  return seconds;
}

/// Who works for a firm lets this browser be told on the page of their notices, and takes it back.
async function staff_is_told() {
  const staff = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", permissions: ["notifications"] });
  await staff.addInitScript((given) => { PushManager.prototype.subscribe = async () => ({ toJSON: () => given }); }, pushes.subscription());
  const page = await staff.newPage(), faults = faults_of(page), fresh = "Huan-Staff-2026";
  const first = await staff.request.post(`${city.url}/api/v1/session`, { data: { account: "kefu", password: once } });
  await staff.request.put(`${city.url}/api/v1/session/password`, { data: { password: once, fresh }, headers: { "X-CSRF-Token": (await first.json()).csrf } });
  await page.goto(`${city.url}/notices`);
  const told = async () => (await (await staff.request.get(`${city.url}/api/v1/push-subscriptions`)).json()).items.length;
  const box = page.getByLabel("在此浏览器上通知我");
  await box.click();
  await page.waitForFunction(() => document.querySelector("input[name=push]")?.checked);
  assert.equal(await told(), 1);
  await accessible(page, "staff's notices");
  await page.reload();
  await box.click();
  await page.waitForFunction(() => document.querySelector("input[name=push]")?.checked === false && !document.querySelector("input[name=push]").disabled);
  assert.equal(await told(), 0);
  assert.deepEqual(faults, []);
  await staff.close();
}

/// In this browser, too: through a push service that cannot read it, to the page's worker. A browser that wants no more is forgotten.
async function is_pushed() {
  for (let left = 100; !lines_of("huan.outbox").some((line) => line.notice === "order_moved"); --left) { assert.ok(left > 0, "the first move is told"); await page.waitForTimeout(100); }
  await context.grantPermissions(["notifications"]);
  const notices = page.locator("[data-of=notices]");
  await page.reload();
  await notices.getByText("接收设置").click();
  await notices.getByLabel("发送到").selectOption("push");
  await notices.getByRole("button", { name: "保存设置" }).click();
  await notices.getByText("设置已保存").waitFor();
  const moves_to = async (n) => { await page.locator("[data-of=orders] li").first().getByRole("button", { name: "改时间" }).click(); await page.locator(".chips button").nth(n).click(); await page.waitForFunction(() => !document.querySelector(".chips")); };
  const told_of = pushes.next();
  await moves_to(0);
  const { text, claims } = await told_of;
  assert.deepEqual([text.title, text.url], ["改期", "/m#/mine"]);
  assert.match(text.body, /上门时间已改为/);
  assert.deepEqual([claims.aud, claims.sub], [pushes.origin, "mailto:desk@city.example"]);
  const pupil = await context.newCDPSession(page), scope = `${city.url}/teller`;
  const found = new Promise((resolve) => pupil.on("ServiceWorker.workerRegistrationUpdated", ({ registrations }) => { const one = registrations.find(({ scopeURL }) => scopeURL === scope); if (one) resolve(one.registrationId); }));
  await pupil.send("ServiceWorker.enable");
  await pupil.send("ServiceWorker.deliverPushMessage", { origin: city.url, registrationId: await found, data: JSON.stringify(text) });
  await page.waitForFunction(async ([where, title]) => (await (await navigator.serviceWorker.getRegistration(where)).getNotifications()).some((one) => one.title === title), [scope, text.title]);
  pushes.status = 410;
  const gone = pushes.next();
  await moves_to(1);
  await gone;
  for (let left = 100; (await page.evaluate(() => fetch("/api/v1/push-subscriptions").then((one) => one.json()))).items.length > 0; --left) { assert.ok(left > 0, "a browser that is gone stays"); await page.waitForTimeout(100); }
  await notices.getByLabel("发送到").selectOption("wechat");
  await notices.getByRole("button", { name: "保存设置" }).click();
  await notices.getByText("设置已保存").waitFor();
}

async function ask_server(path, body) {
  const answer = await fetch(`${city.url}/api/v1/${path}`, { method: "POST", body: JSON.stringify(body),
    headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal(answer.status, 200, await answer.clone().text());
  return answer.json();
}

/// By WeChat, never quiet, but not on the way; what was booked is told at once.
async function chooses_notices() {
  const notices = page.locator("[data-of=notices]");
  await notices.getByText("上门回收已约好").waitFor();
  await notices.getByText("接收设置").click();
  await notices.getByLabel("发送到").selectOption("wechat");
  await notices.getByLabel("上门途中").uncheck();
  await notices.getByLabel("免打扰从").fill("00:00");
  await notices.getByLabel("到", { exact: true }).fill("00:00");
  await accessible(page, "notices");
  await fits_a_phone(page, "notices");
  await camera.shoot(page, "resident-notices-zh");
  await notices.getByRole("button", { name: "保存设置" }).click();
  await notices.getByText("设置已保存").waitFor();
}

/// A line of the outbox for each step that is wanted, within the seconds that the server takes.
async function was_told() {
  const told = () => lines_of("huan.outbox").filter((line) => line.kind === "notice").map((line) => line.notice);
  for (let left = 200; !told().includes("payout_paid") || !told().includes("order_done"); --left) {
    assert.ok(left > 0, told().join(" "));
    await page.waitForTimeout(100);
  }
  assert.ok(told().includes("order_booked") && told().includes("order_moved") && !told().includes("order_on_way"), told().join(" "));
  const done = lines_of("huan.outbox").find((line) => line.notice === "order_done");
  assert.deepEqual([done.channel, done.phone], ["wechat", "13800001234"]);
}

async function moves_and_completes() {
  await page.getByRole("link", { name: "我的" }).first().click();
  const card = page.locator("[data-of=orders] li").first();
  await card.getByText("已预约").waitFor();
  const photo = card.locator("img.thumb");
  await photo.waitFor();
  assert.equal(await photo.evaluate((one) => one.decode().then(() => one.naturalWidth)), 2);
  assert.equal((await fetch(city.url + await photo.getAttribute("src"))).status, 401, "a photo is nobody else's");
  await card.getByText("出示二维码给上门人员扫").click();
  await card.getByRole("img", { name: "出示二维码给上门人员扫" }).waitFor();
  await chooses_notices();
  await card.getByRole("button", { name: "改时间" }).click();
  await card.locator(".chips button").last().click();
  await page.waitForFunction(() => !document.querySelector(".chips"));
  await accessible(page, "orders");
  await camera.shoot(page, "resident-orders-zh");
  await is_pushed();
  await staff_is_told();
  const { items } = await ask_server("callers", { phone: "13800001234" });
  const key = items[0].key;
  await ask_server(`orders/${key}/moves/on_way`, {});
  await ask_server(`orders/${key}/moves/weighed`, { weighed: { lines: [{ material: "paper.occ", mass_g: 10_400 }, { material: "bulky.furniture", mass_g: 30_000, pieces: 1 }] } });
  await page.reload();
  await card.getByText("10.4 公斤").waitFor();
  assert.equal(await card.getByRole("button", { name: "取消预约" }).count(), 0, "too late to cancel");
  await card.getByRole("button", { name: "重量无误，同意" }).click();
  await card.getByText("已完成").waitFor();
  const { items: lots } = await city.get(`lots?place=${kStation}`);
  assert.equal(lots.reduce((sum, one) => sum + one.mass_g, 0), 40_400);
  await is_paid_out();
  await was_told();
  await page.getByRole("button", { name: "English" }).click();
  await card.getByText("done").waitFor();
  await accessible(page, "orders in English");
  await camera.shoot(page, "resident-orders-en");
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
}

/// Points from the first one on, and what the sale left owing; the bank is told once for each.
async function is_paid_out() {
  const payouts = page.locator("[data-of=payouts]");
  await page.locator("[data-of=points]").getByText("演示规则").waitFor();
  await page.locator("[data-of=expiring]").first().getByText("分可用至").waitFor();
  await payouts.getByLabel("提现积分").fill("1");
  await payouts.getByLabel("收款银行账号").fill("6222021234567890128");
  await payouts.getByLabel("户名").fill("李女士");
  await accessible(page, "payout");
  await fits_a_phone(page, "payout");
  await payouts.getByRole("button", { name: "申请提现" }).click();
  await payouts.locator("li").filter({ hasText: "0.01" }).getByText("已到账").waitFor();
  await payouts.getByLabel("提现项目").selectOption("owed");
  await payouts.getByLabel("提现金额").fill("0.5");
  await payouts.getByRole("button", { name: "申请提现" }).click();
  await payouts.locator("li").filter({ hasText: "0.50" }).getByText("已到账").waitFor();
  await payouts.getByText("****0128").waitFor();
  assert.deepEqual(lines_of("huan.payments").map((one) => one.fen), [1, 50]);
  await camera.shoot(page, "resident-payout-zh");
}

try {
  await finds_things();
  const seconds = await books();
  await moves_and_completes();
  assert.deepEqual(faults, []);
  const call = await takes_a_call();
  console.log(`booked in ${seconds.toFixed(1)} s; at the desk in ${call.toFixed(1)} s`);
} finally {
  await browser.close();
  await city.end();
  pushes.end();
}
