// SPDX-License-Identifier: Apache-2.0
// A driver's day on a phone, in a real browser against the real binary: the round of the day, one stop after the other,
// with the network cut in the middle and the page loaded again without it; every step arrives once. Then the board of the
// dispatcher: a stop moved by keys, what that breaks, undone. Both languages, a phone's width, axe clean.
//   node dispatch_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, uuid } from "./city.mjs";
import { PushService } from "./push_service.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kPhoto = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgzvMHIgYIBQAU3gMhyntjnAAAAABJRU5ErkJggg==", "base64");  // two by two, green
const kPassword = "Huan-Driver-2026", kZone = { timezoneId: "Asia/Shanghai" };
const kElsewhere = { timezoneId: "America/Los_Angeles" };  // the board shows the city's day there too
const there = new Date(Date.now() + 8 * 3_600_000).toISOString();
const day = there.slice(0, 10), minute = Number(there.slice(11, 13)) * 60 + Number(there.slice(14, 16));
if (minute > 22 * 60) {
  console.log("skipped: no slot of today is left in the city's evening");
  process.exit(0);
}
const clock = (at) => `${String(Math.floor(at / 60)).padStart(2, "0")}:${String(at % 60).padStart(2, "0")}`;

const city = new City(huan, pack, page_folder);
function tell(args, input) {
  const done = spawnSync(huan, [...args, "--store", city.store], { input: typeof input === "string" ? input : JSON.stringify(input ?? {}), encoding: "utf8" });
  assert.ok(done.status === 0 || done.status === 1, `${args.join(" ")}: ${done.stderr}`);
  return done.stdout;
}
tell(["order", "offer"], { notice_min: 0, horizon_days: 2, windows: [{ from: clock(minute + 5), to: "24:00", units: 3 }] });
const key = tell(["order", "book"], { phone: "13800001234", called: "李女士", address: "3-2-501", place: kStation, slot: { day, from: clock(minute + 5) }, lines: [{ material: "paper.occ", estimate_g: 12_000 }] }).split(" ")[0];
const party = JSON.parse(tell(["order", "show", "--key", key, "--json"])).order.party;
const pushes = await PushService.start();
tell(["order", "push"], { services: [pushes.origin] });
tell(["rounds", "rule"], { from: "00:00", to: "24:00" });
const once = JSON.parse(tell(["account", "add", "li.si", "--role", "driver", "--city", "130100", "--organisation", party, "--json"])).password;
await city.serve();
await city.post({ id: uuid("old"), type: "receive", time: new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 19) + "Z", place: kStation, from: { origin: "household" },
  outputs: [{ material: "paper.occ", mass_g: 80_000, lot: "OLD" }] });
const ask = async (method, path, body) => {
  const answer = await fetch(`${city.url}/api/v1/${path}`, { method, ...(body ? { body: JSON.stringify(body) } : {}), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.ok(answer.ok, `${path}: ${await answer.clone().text()}`);
  return answer.json();
};
/// Open whenever the test runs; `more`: of a station, for how many days its lots may lie.
async function opens(place, more = {}) {
  const kept = await fetch(`${city.url}/api/v1/places/${place}`, { headers: { Authorization: `Bearer ${city.token}` } });
  const { data } = await kept.json();
  const put = await fetch(`${city.url}/api/v1/places/${place}`, { method: "PUT", body: JSON.stringify({ data: { ...data, hours: [], ...more } }),
    headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json", "If-Match": kept.headers.get("etag") } });
  assert.ok(put.ok, await put.clone().text());
}
for (const place of [kStation, "S-130102-002"]) await opens(place, { storage_days_max: 2 });
for (const { key: centre } of (await city.get("places?kind=sorting-centre&limit=500")).items) await opens(centre);
const browser = await open_browser();

async function plans_and_publishes() {
  const job = await ask("POST", `rounds?day=${day}&party=${party}&iterations=200`);
  for (let state = job.state; state === "waiting" || state === "running";) state = (await ask("GET", `jobs/${job.id}`)).state;
  const planned = await ask("GET", `rounds?day=${day}&party=${party}`);
  const rounds = planned.rounds.filter((one) => one.round.stops.length);
  assert.equal(planned.sheet.left_out.length, 0, JSON.stringify(planned.sheet.left_out));
  assert.equal(rounds.length, 1, "one truck does it all");
  assert.deepEqual(rounds[0].round.stops.map((one) => one.kind).sort(), ["order", "station", "unload"]);
  await ask("PUT", `rounds/${day}/${rounds[0].round.vehicle}/driver`, { driver: "li.si" });
  await ask("POST", `rounds/publish?day=${day}&party=${party}`);
  return rounds[0].round;
}

/// Six digits as the customer sees them on their own page.
async function door_code() {
  const context = await browser.newContext();
  await context.request.post(`${city.url}/api/v1/residents/code`, { data: { phone: "13800001234" } });
  const { code } = JSON.parse(readFileSync(join(city.folder, "huan.outbox"), "utf8").trim().split("\n").findLast((line) => line.includes("phone_code")));
  await context.request.post(`${city.url}/api/v1/residents/session`, { data: { phone: "13800001234", code } });
  const mine = await (await context.request.get(`${city.url}/api/v1/orders`)).json();
  await context.close();
  return mine.items[0].door_code;
}

/// What the place's own page shows, as a camera sees it: one still picture for ever.
async function films(session, stop, centre, file) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", serviceWorkers: "block", storageState: session, ...kZone });
  const page = await context.newPage();
  const faults = faults_of(page);
  await page.goto(`${city.url}/station`);
  await page.locator("input[name=place]").fill(stop.place);
  await page.locator("form.begin button.primary").click();
  const trucks = page.locator("[data-of=handovers]");
  await trucks.getByRole("button", { name: "出示交接码" }).click();
  await accessible(page, "a place's code");
  await camera.shoot(page, "station-handover-zh");
  const code = page.locator("[data-of=handover-code] svg");
  const size = Number((await code.getAttribute("viewBox")).split(" ")[2]), dark = await code.locator("path").getAttribute("d");
  const width = 640, height = 480, scale = Math.floor(400 / size), frame = Buffer.alloc(width * height, 235);
  for (const [, x, y] of dark.matchAll(/M(\d+) (\d+)h1/g)) {
    for (let row = 0; row < scale; ++row) frame.fill(16, (40 + y * scale + row) * width + 120 + x * scale, (40 + y * scale + row) * width + 120 + (Number(x) + 1) * scale);
  }
  writeFileSync(file, Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F10:1 Ip A1:1 C420jpeg\nFRAME\n`), frame, Buffer.alloc((width * height) / 2, 128)]));
  await page.goto(`${city.url}/work?place=${centre}`);
  await trucks.getByText("来交货").waitFor();
  await trucks.getByRole("button", { name: "出示交接码" }).click();
  await code.waitFor();
  await accessible(page, "a centre's code");
  assert.deepEqual(faults, []);
  await context.close();
}

async function drives(round, session) {
  const film = join(city.folder, "code.y4m");
  await films(session, round.stops.find((one) => one.kind === "station"), round.stops.find((one) => one.kind === "unload").place, film);
  const phone = await open_browser("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream", `--use-file-for-fake-video-capture=${film}`);
  const context = await phone.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN", hasTouch: true, permissions: ["camera", "notifications"], ...kZone });
  await context.addInitScript((given) => { PushManager.prototype.subscribe = async () => ({ toJSON: () => given }); }, pushes.subscription());
  const first = await context.request.post(`${city.url}/api/v1/session`, { data: { account: "li.si", password: once } });
  await context.request.put(`${city.url}/api/v1/session/password`, { data: { password: once, fresh: kPassword }, headers: { "X-CSRF-Token": (await first.json()).csrf } });
  await context.clearCookies();
  const page = await context.newPage();
  const faults = faults_of(page);
  await page.goto(`${city.url}/driver`);
  await accessible(page, "driver's sign-in");
  await page.getByLabel("账号").fill("li.si");
  await page.getByLabel("密码").fill(kPassword);
  await page.getByRole("button", { name: "登录" }).click();
  await page.locator("[data-of=next]").waitFor();
  const notices = page.locator("[data-of=notices]");
  await notices.locator("[data-kind=round_published]").getByText("未读").waitFor();
  await accessible(page, "next stop");
  await fits_a_phone(page, "next stop");
  await camera.shoot(page, "driver-next-zh");
  await notices.getByRole("button", { name: "全部标为已读" }).click();
  await page.waitForFunction(() => !document.querySelector("[data-of=fresh]"));
  await page.getByLabel("在此浏览器上通知我").click();
  await page.waitForFunction(() => document.querySelector("input[name=push]")?.checked);
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => caches.keys()));
  await page.waitForFunction(async () => Boolean(await caches.match("/driver")));
  const code = await door_code();
  const codes = {};
  for (const stop of round.stops) if (stop.kind !== "order") codes[stop.id] = (await ask("GET", `handovers?day=${day}&place=${stop.place}`)).items.find((one) => one.stop === stop.id).code;

  await context.setOffline(true);
  await page.evaluate(() => dispatchEvent(new Event("offline")));
  await page.reload();
  await page.locator("[data-of=next]").waitFor();
  await page.getByText("无网络").waitFor();
  for (const stop of round.stops) {
    await page.locator("[data-of=next] h2").getByText(stop.ref).waitFor();
    await page.getByRole("button", { name: "到达" }).click();
    if (stop.kind !== "unload") {
      await page.getByLabel("品类").selectOption("paper.occ");
      await page.getByLabel("公斤").fill(stop.kind === "order" ? "20" : "80");
    }
    if (stop.kind === "order") {  // more than was announced: with a photo, taken without a network
      await page.locator("input[name=photo]").setInputFiles({ name: "scale.png", mimeType: "image/png", buffer: kPhoto });
      await page.getByText("已附上").waitFor();
      await page.getByRole("button", { name: "称重完成" }).click();
      await page.getByLabel("客户的六位确认码").fill(code);
      await page.getByRole("button", { name: "客户确认，完成" }).click();
    } else {
      if (stop.kind === "station") {  // its code is scanned, a centre's typed
        await page.getByRole("button", { name: "扫对方的码" }).click();
        await page.waitForFunction((code) => document.querySelector("input[name=code]")?.value === code, codes[stop.id]);
      } else await page.getByLabel("对方出示的六位交接码").fill(codes[stop.id]);
      await page.getByRole("button", { name: stop.kind === "station" ? "装车完成" : "交接完成" }).click();
    }
    await page.waitForTimeout(150);
  }
  await page.locator("[data-of=end]").waitFor();
  await page.locator("[data-of=kept]").getByText("7 步未发送").waitFor();
  await accessible(page, "kept without a network");
  await camera.shoot(page, "driver-offline-zh");
  assert.equal((await ask("GET", `rounds/${day}/${round.vehicle}`)).balance.done, 0, "nothing came through the cut");

  await context.setOffline(false);
  await page.evaluate(() => dispatchEvent(new Event("online")));
  await page.waitForFunction(() => !document.querySelector("[data-of=kept]"), null, { timeout: 30_000 });
  assert.equal(await page.locator("[data-of=stuck]").count(), 0);
  await page.getByRole("button", { name: "结束今天" }).click();
  await page.getByText("今天已结束").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByText("The day is over").waitFor();
  await accessible(page, "driver in English");
  await camera.shoot(page, "driver-end-en");
  const kept = await ask("GET", `rounds/${day}/${round.vehicle}`);
  assert.equal(kept.round.state, "closed");
  assert.deepEqual([kept.balance.loaded_g, kept.balance.unloaded_g, kept.on_board], [100_000, 100_000, []]);
  const centre = round.stops.find((one) => one.kind === "unload").place;
  const { items } = await city.get(`lots?place=${centre}`);
  assert.equal(items.reduce((sum, one) => sum + one.mass_g, 0), 100_000, "each step was posted once");
  const { order } = await ask("GET", `orders/${key}`);
  assert.deepEqual(order.weighed.differences, ["more:paper.occ"]);
  const shown = await fetch(`${city.url}/api/v1/orders/${key}/photos/${order.weighed.photo}`, { headers: { Authorization: `Bearer ${city.token}` } });
  assert.equal(shown.headers.get("content-type"), "image/jpeg", "it came with the step");
  assert.deepEqual(faults.filter((text) => !/INTERNET_DISCONNECTED/.test(text)), []);
  await phone.close();
}

/// Tomorrow's round is published: the browser that the driver chose hears of it.
async function is_told_of_tomorrow() {
  const tomorrow = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  const { round } = (await ask("GET", `rounds?day=${tomorrow}`)).rounds.find((one) => one.round.stops.length);
  const told = pushes.next();
  await ask("PUT", `rounds/${tomorrow}/${round.vehicle}/driver`, { driver: "li.si" });
  await ask("POST", `rounds/publish?day=${tomorrow}`);
  const { title, body, url } = (await told).text;
  assert.deepEqual([title, url], ["线路已派", "/driver"]);
  assert.ok(body.includes(tomorrow) && body.includes(round.vehicle), body);
}

/// What presses for storage, with the place's own limit of days against the age of its lots.
async function sees_what_is_full(page) {
  await page.goto(`${city.url}/stock`);
  const alerts = page.locator("[data-of=storage-alerts] li");
  const told = (await ask("GET", "storage-alerts")).items;
  assert.ok(told.length > 0, "a place presses");
  await alerts.first().waitFor();
  assert.equal(await alerts.count(), Math.min(8, told.length));
  await page.goto(`${city.url}/stock?place=S-130102-002&group=${encodeURIComponent("S-130102-002 paper.occ")}`);
  await page.getByText("本网点登记的存放期限 2 天。").waitFor();
  await page.getByRole("row", { name: /LATER/ }).getByText("! 2 天").waitFor();
  await accessible(page, "stock against its limit");
  await camera.shoot(page, "stock-limit-zh");
}

/// Notices of the whole city, unread until they are marked; and whose firm it is lets this browser be told.
async function reads_notices(page) {
  await page.goto(city.url);
  await page.getByRole("link", { name: "消息" }).click();
  const list = page.locator("[data-of=staff-notices]");
  await list.locator("[data-kind=device_full]").getByText("BIN-1").waitFor();
  assert.ok(await list.locator("[data-kind^=storage_]").count() > 0, "a place presses");
  await accessible(page, "notices");
  await camera.shoot(page, "notices-zh");
  await page.getByRole("button", { name: "全部标为已读" }).click();
  await page.waitForFunction(() => !document.querySelector("[data-of=fresh]"));
  await page.reload();
  await list.locator("li").first().waitFor();
  assert.equal(await page.locator("[data-of=fresh]").count(), 0, "the server knows what was read");
}

async function dispatches(storageState) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", serviceWorkers: "block", storageState, ...kElsewhere });
  const page = await context.newPage();
  const faults = faults_of(page);
  await page.goto(city.url);
  await page.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  await sees_what_is_full(page);
  await reads_notices(page);
  await page.goto(`${city.url}/dispatch`);
  assert.equal(await page.getByLabel("日期").inputValue(), day);
  const tomorrow = new Date(Date.parse(`${day}T00:00:00Z`) + 86_400_000).toISOString().slice(0, 10);
  await page.getByLabel("日期").fill(tomorrow);
  await page.getByText("这一天还没有线路").waitFor();
  await page.getByLabel("计算秒数").fill("1");
  await page.getByRole("button", { name: "排线" }).click();
  await page.locator(".lane li").first().waitFor({ timeout: 60_000 });
  await accessible(page, "board");
  await camera.shoot(page, "dispatch-board-zh");
  await page.locator(".lane li button.link").first().click();
  await page.locator("[data-of=keys]").getByRole("button", { name: "移出" }).click();
  await page.locator("[data-of=judged]").waitFor();
  await page.locator("[data-of=left]").getByText("人工移出").waitFor();
  await accessible(page, "board, changed");
  await page.getByRole("button", { name: "放弃调整" }).click();
  await page.waitForFunction(() => !document.querySelector("[data-of=judged]"));
  assert.deepEqual(faults, []);
  await context.close();
}

/// A truck that is a station: its halts are written down, held against each other, taken out and back, and shown to all.
async function lays_down_a_timetable(page, vehicle) {
  const { data } = await city.get(`places/${kStation}`);
  await page.getByRole("link", { name: "流动站时刻表" }).click();
  await page.getByText("还没有流动站").waitFor();
  await ask("PUT", "places/M-1", { data: { ...data, form: "mobile", name: "一号流动回收车" }, time: "2025-01-01T00:00:00Z" });
  await page.reload();
  await page.getByText("还没有停靠点").waitFor();
  const spot = `${data.location.lat_e7 / 1e7}, ${data.location.lng_e7 / 1e7}`, add = page.getByRole("button", { name: "增加停靠点" }), save = page.getByRole("button", { name: "保存时刻表" });
  const halt = page.locator("[data-of=halt]");
  const writes = async (n, fields) => { for (const [name, text] of Object.entries(fields)) await halt.nth(n).locator(`input[name=${name}]`).fill(text); };
  await page.getByLabel("车辆编号").fill(vehicle);
  await add.press("Enter");
  await page.keyboard.type("和平路口");  // where the cursor stands
  await writes(0, { from: "00:00", to: "12:00", spot });
  await add.click();
  await writes(1, { halt: "人民广场", from: "11:00", to: "24:00", spot });
  await save.click();
  await page.getByRole("alert").getByText("at the same time as 和平路口 00:00-12:00").waitFor();
  assert.equal(await halt.nth(1).locator("input[name=halt]").getAttribute("aria-invalid"), "true");
  await accessible(page, "a timetable that is refused");
  await writes(1, { from: "12:00" });
  await page.getByRole("button", { name: "删除 人民广场" }).click();
  assert.equal(await halt.count(), 1);
  await page.getByRole("button", { name: "撤销" }).click();
  assert.equal(await halt.count(), 2);
  page.once("dialog", (asks) => void asks.dismiss());
  await page.getByRole("link", { name: "通行证" }).click();
  assert.equal(await halt.count(), 2, "what is not saved is not left without a question");
  await save.press("Enter");
  await page.getByText("已保存").waitFor();
  await camera.shoot(page, "fleet-timetable-zh");
  const { items } = await (await fetch(`${city.url}/api/v1/directory?q=M-1`)).json();
  assert.deepEqual([items[0].open, items[0].halt.to === "12:00" || items[0].halt.to === "24:00"], [true, true]);
  const csv = await page.request.get(city.url + await page.getByRole("link", { name: "导出 CSV" }).getAttribute("href"));
  assert.match(await csv.text(), new RegExp(`M-1,一号流动回收车,[^\\n]*,${vehicle},1,,1 2 3 4 5 6 7,,12:00,24:00,人民广场`));
  await page.getByLabel("时间").first().selectOption("单日");
  await page.getByLabel("日期").fill(day);
  await page.getByRole("button", { name: "放弃修改" }).click();
  assert.equal(await save.isDisabled(), true);
  await ask("PUT", "mobile-stations/M-1", { version: 1, timetable: { halts: [] } });  // the truck drives its round again
}

/// A pass from application to the police's list, a track beside what was allowed, a bin's door: all on one page.
async function keeps_the_fleet(vehicle) {
  await ask("PUT", "assets/BIN-1", { data: { kind: "device", place: kStation, code: "bin-1", protocol: "mqtt-bin", name: "箱一" }, time: "2025-01-01T00:00:00Z" });
  const now = () => new Date().toISOString().slice(0, 19) + "Z";
  await ask("POST", "device-reports", { devices: [{ device: "BIN-1", heard: now(), doors: [{ door: "1", fill_pct: 96 }], troubles: [{ what: "full", door: "1", since: now() }] }] });
  await ask("PUT", "assets/CAM-1", { data: { kind: "device", place: kStation, code: "cam-1", protocol: "camera", name: "摄像头" }, time: "2025-01-01T00:00:00Z" });
  const sent = await fetch(`${city.url}/api/v1/files`, { method: "POST", body: kPhoto, headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "image/png" } });
  await ask("POST", "device-reports", { devices: [{ device: "CAM-1", heard: now(), snapshot: (await sent.json()).sha256 }] });
  tell(["vehicles", "enrol", "--phone", "13900000000", "--vehicle", vehicle]);
  const gateway = spawn(huan, ["vehicles", "gateway", "--store", city.store, "--listen", "127.0.0.1:0"], { stdio: ["ignore", "pipe", "ignore"] });
  const port = await new Promise((resolve) => gateway.stdout.on("data", (chunk) => { const found = /:(\d+)\s*$/.exec(String(chunk)); if (found) resolve(found[1]); }));
  tell(["vehicles", "simulate", "--port", port, "--count", "1", "--every-ms", "500", "--for-ms", "1600", "--open-door", "3"]);
  gateway.kill("SIGTERM");

  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", serviceWorkers: "block", ...kZone });
  const page = await context.newPage();
  const faults = faults_of(page);
  await page.goto(`${city.url}/#login=${city.login}`);
  await page.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  await page.goto(`${city.url}/fleet`);
  const row = page.locator("[data-of=pass]").filter({ hasText: vehicle });
  await row.getByText("未办理").waitFor();
  await page.getByLabel("车辆或车牌").fill(vehicle);
  const form = page.locator("[data-of=apply]");
  await form.getByLabel("车辆").fill(vehicle);
  await form.getByLabel("用途").fill("清运");
  await form.getByLabel("至").fill(day);
  await form.getByLabel("通行时段").fill("00:00-00:01");
  await form.getByRole("button", { name: "提交申请" }).click();
  await row.getByText("待确认").waitFor();
  await page.getByLabel("车辆或车牌").fill("");
  assert.match((await page.locator("[data-of=pass]").first().textContent()) ?? "", new RegExp(`${vehicle}.*待确认`), "what awaits the bureau comes first");
  await page.getByLabel("车辆或车牌").fill(vehicle);
  await row.getByLabel("编号或理由").fill("130100-17");
  await row.getByRole("button", { name: "确认", exact: true }).click();
  await row.getByRole("button", { name: "已报交警" }).click();
  await row.getByText("即将到期").waitFor();
  await accessible(page, "passes");
  await camera.shoot(page, "fleet-passes-zh");
  await page.getByRole("link", { name: "行驶轨迹" }).click();
  await page.getByRole("button", { name: vehicle }).click();
  await page.locator("[data-of=stretch]").filter({ hasText: "超出通行时段" }).first().waitFor();
  await page.locator("[data-of=track] .map").waitFor();
  // Which door is the box's is stated on the vehicle's record; from then on it is judged.
  await page.locator("[data-of=stretch]").filter({ hasText: "车门打开（未说明用途） 3 号门" }).first().waitFor();
  await page.getByLabel("3 号门").check();
  await page.getByRole("button", { name: "保存货箱门" }).click();
  await page.locator("[data-of=stretch]").filter({ hasText: "货箱打开" }).first().waitFor();
  assert.equal((await page.locator("[data-of=stretch]").filter({ hasText: "未说明用途" }).count()), 0);
  await accessible(page, "tracks");
  await camera.shoot(page, "fleet-tracks-zh");
  await page.getByRole("link", { name: "回收箱与摄像头" }).click();
  await page.locator("[data-of=device]").getByText("已满").waitFor();
  const link = page.locator("[data-of=device]").filter({ hasText: "CAM-1" }).getByRole("link", { name: "最近照片" });
  const picture = await page.request.get(city.url + await link.getAttribute("href"));
  assert.ok(picture.ok() && (await picture.body()).equals(kPhoto), "a camera's last picture");
  await page.getByRole("button", { name: "开门 BIN-1" }).click();
  await page.locator("[data-of=command]").getByText("等待网关").waitFor();
  const { open } = await ask("POST", "device-reports", { fetch: ["BIN-1"] });
  await ask("POST", "device-reports", { commands: [{ command: open[0].command, status: "done" }] });
  await page.locator("[data-of=command]").getByText("门已打开").waitFor();
  await accessible(page, "devices");
  await camera.shoot(page, "fleet-devices-zh");
  await lays_down_a_timetable(page, vehicle);
  assert.deepEqual(faults.filter((text) => !/status of 400/.test(text)), []);  // the timetable that was refused
  const session = await context.storageState();  // the link was for one use
  await context.close();
  return session;
}

try {
  const round = await plans_and_publishes();
  const session = await keeps_the_fleet(round.vehicle);
  await drives(round, session);
  await ask("POST", "events", [{ id: uuid("later"), type: "receive", time: new Date(Date.now() - 2 * 86_400_000).toISOString().slice(0, 19) + "Z", place: "S-130102-002", from: { origin: "household" }, outputs: [{ material: "paper.occ", mass_g: 70_000, lot: "LATER" }] }]);
  await dispatches(session);
  await is_told_of_tomorrow();
} finally {
  pushes.end();
  await browser.close();
  await city.end();
}
