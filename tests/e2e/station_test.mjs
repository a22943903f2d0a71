// SPDX-License-Identifier: Apache-2.0
// A day at a station's counter, in a real browser against the real binary: tickets by keyboard with their time, then
// the server is gone and the browser is closed and opened again without it, then all comes back: every ticket is there
// once. At the end a refused one, the receipt, and a scale beside the counter (a simulated indicator on a real edge).
//   node station_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots] [tickets (30; 100 in `make soak`)]
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { accessible, Camera, City, faults_of, kStation, prints_whole, receive, sheets_of } from "./city.mjs";

const [huan, pack, page_folder, shots, wanted = "30"] = process.argv.slice(2);
const camera = new Camera(shots);
const kKeysMax = 12, kSecondsMax = 30, kOffline = 3, kRegistered = 2;

const open_device = (city) => chromium.launchPersistentContext(join(city.folder, "device"), {
  executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", viewport: { width: 1280, height: 720 }, locale: "zh-CN",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"] });

/// As a clerk types it: a digit for the material, the weight, Enter.
async function weigh(page, key, kg) {
  const before = await page.evaluate(() => performance.now());
  await page.keyboard.press(key);
  await page.locator("input[name=weight]:focus").waitFor();
  await page.keyboard.type(kg);
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => document.querySelector("input[name=weight]").value === "");
  const seconds = ((await page.evaluate(() => performance.now())) - before) / 1000;
  assert.ok(1 + kg.length + 1 <= kKeysMax);
  assert.ok(seconds < kSecondsMax, `a ticket took ${seconds} s`);
  return seconds;
}

const till = (page) => page.locator("[data-of=till]").textContent();
const band = (page, text) => page.locator("[data-of=band]").getByText(text).waitFor({ timeout: 20_000 });
const sent = (page) => page.waitForFunction(() => !document.querySelector("[data-of=band]"), undefined, { timeout: 30_000 });

async function opens_the_counter(page, city) {
  await page.goto(`${city.url}/#login=${city.login}`);
  await page.getByRole("link", { name: "站点过磅" }).click();
  await page.getByLabel("本站编号").fill("S-NO-SUCH");
  await page.getByRole("button", { name: "开始过磅" }).click();
  await page.getByRole("alert").waitFor();
  await page.getByLabel("本站编号").fill(kStation);
  await page.getByRole("button", { name: "开始过磅" }).click();
  await page.getByText("棉一东社区回收站").waitFor();
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await page.waitForFunction(() => caches.match("/station").then((kept) => kept !== undefined));
}

async function weighs_by_keyboard(page, tickets) {
  const times = [];
  for (let n = 0; n < tickets; ++n) times.push(await weigh(page, String(1 + (n % 4)), `${10 + n}.5`));
  await sent(page);
  assert.equal(await page.locator("section.refused").count(), 0, "a ticket was refused");
  times.sort((a, b) => a - b);
  return times;
}

async function holds_what_is_wrong(page) {
  await page.keyboard.press("1");
  await page.locator("input[name=weight]:focus").waitFor();
  await page.keyboard.type("900");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("再按一次回车确认").waitFor();  // heavy: not saved by one Enter
  await page.keyboard.press("Escape");
  await page.keyboard.press("5");
  await page.locator("input[name=weight]:focus").waitFor();
  await page.getByLabel("来源").selectOption("industrial");
  await page.locator("input[name=weight]").fill("20");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("请填写出售人").waitFor();  // metal from a firm: the seller first
  await camera.shoot(page, "counter-seller-zh");
  await page.keyboard.press("Escape");
}

/// Steel of a factory: Enter leads through what is missing; the second time all but the specification is known already.
async function registers_scrap_of_a_factory(page, city) {
  const kNumber = "11010519491231002X";
  const begin = async (kg) => {
    await page.keyboard.press("5");
    await page.locator("input[name=weight]:focus").waitFor();
    await page.keyboard.type(kg);
    await page.getByLabel("来源").selectOption("industrial");
    await page.getByLabel("出售人主体编号").fill("F-1");
    await page.keyboard.press("Enter");
  };
  const fill = async (name, text) => {
    await page.locator(`[data-of=register] input[name=${name}]:focus`).waitFor();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  };
  const saved = () => page.waitForFunction(() => document.querySelector("input[name=weight]").value === "");
  await begin("20");
  await page.locator("input[name=handler_name]:focus").waitFor();
  assert.equal(await page.locator("input[name=unit]").inputValue(), "示例机械厂");
  await accessible(page, "registration");
  await camera.shoot(page, "counter-register-zh");
  await fill("handler_name", "张三");
  await fill("handler_id_number", "110105194912310020");  // the last digit is wrong: that comes back
  await fill("handler_address", "示例路 1 号");
  await fill("specification", "钢板 6 mm");
  await saved();
  const back = page.locator("section.refused");
  await back.getByRole("button", { name: "补登记" }).click();
  await back.locator("input[name=handler_id_number]").fill(kNumber);
  await back.getByRole("button", { name: "登记并上传" }).click();
  await page.waitForFunction(() => !document.querySelector("section.refused"));
  await sent(page);
  await begin("30.5");
  await fill("specification", "钢筋");
  await saved();
  await sent(page);
  assert.equal(await page.locator("section.refused").count(), 0, "the second was refused");
  const { items } = await city.get("buying/registrations");
  assert.deepEqual(items.map((one) => [one.seller, one.quantity, one.specification]), [["F-1", "20.0 kg", "钢板 6 mm"], ["F-1", "30.5 kg", "钢筋"]]);
  assert.equal(items[0].handler, items[1].handler);
  const { fields } = await city.get(`parties/${items[0].handler}/personal`);
  assert.deepEqual(fields.map((one) => one.field).sort(), ["address", "id_number", "name"]);
  assert.ok(fields.every((one) => one.keep_until > new Date().toISOString()));  // two years, by the law
  const left = await page.evaluate(() => new Promise((resolve) => {
    indexedDB.open("huan-station").onsuccess = ({ target }) => { target.result.transaction("tickets").objectStore("tickets").getAll().onsuccess = (all) => resolve(JSON.stringify(all.target.result)); };
  }));
  assert.ok(left.includes("钢筋") && !left.includes(kNumber) && !left.includes("张三"), "the handler's data stays on the device");
}

async function goes_on_without_network(city, first) {
  const port = new URL(city.url).port;
  await city.stop();
  for (let n = 0; n < kOffline; ++n) await weigh(first.pages()[0], "1", "7");
  await band(first.pages()[0], `${kOffline} 张磅单尚未上传`);
  await camera.shoot(first.pages()[0], "counter-offline-zh");
  await first.close();  // the power is gone, too
  const device = await open_device(city);
  const page = device.pages()[0] ?? (await device.newPage());
  await page.goto(`http://127.0.0.1:${port}/station`);
  await band(page, `${kOffline} 张磅单尚未上传`);
  await weigh(page, "3", "2");
  await band(page, `${kOffline + 1} 张磅单尚未上传`);
  await city.serve(`127.0.0.1:${port}`);
  const login = page.getByRole("button", { name: "登录" });
  await Promise.race([sent(page), login.waitFor({ timeout: 30_000 })]);
  if (await login.isVisible()) {  // the session ended with the browser: sign in, and the tickets go
    await login.click();
    await page.getByText("用一次性登录码").click();
    await page.getByLabel("登录码").fill(city.login);
    await page.getByRole("button", { name: "进入" }).last().click();
  }
  await sent(page);
  return { device, page };
}

/// The server refuses a number that was there before: the clerk sees which, why, and what can be done.
async function shows_a_refusal_and_a_receipt(page, city) {
  const last = (await page.getByRole("button", { name: /^磅单 / }).first().getAttribute("aria-label")).split(" ")[1];
  const [, device, number] = /^(.*)-(\d+)$/.exec(last);
  await city.post({ ...receive("TAKEN", 1_000), ticket: `${device}-${String(Number(number) + 1).padStart(4, "0")}` });
  await weigh(page, "2", "4");
  await page.getByRole("alert").getByText("number_range").waitFor({ timeout: 20_000 });
  await camera.shoot(page, "counter-refused-zh");
  await page.getByRole("button", { name: "作废" }).click();
  await page.waitForFunction(() => !document.querySelector("section.refused"));
  await page.getByRole("button", { name: /^磅单 / }).first().click();
  await page.locator("[data-of=receipt]").getByText("应付").waitFor();
  assert.ok((await page.locator("[data-of=receipt] svg path").getAttribute("d")).length > 500, "the receipt has a code");
  await accessible(page, "receipt");
  await camera.shoot(page, "counter-receipt-zh");
  for (const width of [80, 58]) {  // one slip of its roll, whole, with nothing else of the page
    await page.getByLabel("纸宽").selectOption(String(width));
    await prints_whole(page, `receipt of ${width} mm`, Math.floor(((width - 4) / 25.4) * 96));
    const sheets = await sheets_of(page);
    assert.equal(sheets.length, 1, `one slip: ${JSON.stringify(sheets)}`);
    assert.ok(Math.abs(sheets[0][0] - width) < 1 && sheets[0][1] > 60 && sheets[0][1] < 250, `a slip of ${sheets[0]} mm`);
  }
  await page.getByRole("button", { name: "关闭" }).click();
}

/// Takes what rests on the scale; loads come and go, so that one may be gone before the hand is there: then the next.
async function takes_a_load(page, take) {
  for (let n = 0; n < 8 && !(await page.locator("[data-of=taken]").isVisible()); ++n) {
    await page.locator("[data-of=scale].rests").getByText("12.34 kg").waitFor({ timeout: 20_000 });
    await Promise.all([page.waitForResponse(/\/scale\/weighings$/), take()]);
    await page.locator("[data-of=taken]").or(page.getByRole("alert")).first().waitFor();
  }
  assert.equal(await page.locator("input[name=weight]").inputValue(), "12.34");
}

/// The weight of what rests on the scale stands on the ticket with its proof; typed over, it is the clerk's own.
async function weighs_with_a_scale(page, city) {
  await page.getByRole("button", { name: "连接电子秤" }).click();
  await page.getByRole("alert").getByText("没有找到电子秤").waitFor();
  const edge = spawn(huan, ["edge", "--server", city.url, "--token", city.token, "--scale", "SC-1", "--folder", join(city.folder, "edge"), "--simulate", "12340", "--start-g", "100"], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await new Promise((resolve, reject) => { edge.stdout.once("data", resolve); edge.once("exit", () => reject(new Error("huan edge ended"))); });
    await page.getByRole("button", { name: "连接电子秤" }).click();
    await page.keyboard.press("1");
    await page.locator("input[name=weight]:focus").waitFor();
    await takes_a_load(page, () => page.keyboard.press("Enter"));
    await page.locator("[data-of=taken]").getByText(/SC-1-\d+/).waitFor();
    await accessible(page, "station with a scale");
    await camera.shoot(page, "counter-scale-zh");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelector("input[name=weight]").value === "");
    await page.keyboard.press("1");
    await takes_a_load(page, () => page.getByRole("button", { name: "取重" }).click());
    await page.locator("input[name=weight]").fill("12");
    await page.locator("[data-of=taken]").waitFor({ state: "detached" });
    await page.keyboard.press("Enter");
    await sent(page);
  } finally {
    edge.kill("SIGTERM");
  }
  await page.locator("[data-of=scale].silent").waitFor({ timeout: 20_000 });  // gone: weights can be typed
  const { items } = await city.get(`events?type=receive&place=${kStation}&limit=1000`);
  const proofs = items.map((one) => one.record.event).filter((one) => one.weighings);
  assert.equal(proofs.length, 1, "one ticket carries the scale's word");
  assert.equal(proofs[0].outputs[0].mass_g, 12_340);
  assert.deepEqual([proofs[0].weighings[0].gross_g, proofs[0].weighings[0].scale, proofs[0].weighings[0].stable], [12_340, "SC-1", true]);
}

const city = new City(huan, pack, page_folder);
let device;
try {
  await city.serve();
  device = await open_device(city);
  const page = device.pages()[0];
  const faults = faults_of(page);
  await opens_the_counter(page, city);
  const times = await weighs_by_keyboard(page, Number(wanted));
  await holds_what_is_wrong(page);
  await city.put("parties/F-1", { kind: "enterprise", name: "示例机械厂" });
  await registers_scrap_of_a_factory(page, city);
  await accessible(page, "station");
  await camera.shoot(page, "counter-zh");
  const money = await till(page);
  assert.deepEqual(faults.filter((text) => !/status of 400/.test(text)), []);  // the number that was mistyped
  const after = await goes_on_without_network(city, device);
  device = after.device;
  assert.notEqual(await till(after.page), money, "the till counts what was weighed offline");
  await shows_a_refusal_and_a_receipt(after.page, city);
  const { items } = await city.get(`events?type=receive&place=${kStation}&limit=1000`);
  const numbers = new Set(items.map((one) => one.record.event.ticket));
  assert.equal(items.length, Number(wanted) + kRegistered + kOffline + 1 + 1, "each ticket is there once");
  assert.equal(numbers.size, items.length, "no number twice");
  await weighs_with_a_scale(after.page, city);
  console.log(`station: passed; ${times.length} tickets by keyboard, median ${times[times.length >> 1].toFixed(2)} s, slowest ${times.at(-1).toFixed(2)} s`);
} finally {
  await device?.close();
  await city.end();
}
