// SPDX-License-Identifier: Apache-2.0
// Two inspectors with a phone each, in a real browser against the real binary: what a draw gave is there and nothing
// else; the network is cut and the page opened again without it; every check is answered, one fails with a photo, the
// subject signs on the glass; the network is back, all is sent once; the second signs; the firm puts right, and it is
// rechecked and closed. A phone's width, axe clean, both languages; how soon a checklist is ready.
//   node inspection_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { accessible, Camera, City, faults_of, fits_a_phone, open_browser } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kPassword = "Huan-Inspect-2026", kReadyMax = 200, kAsked = 20;

const city = new City(huan, pack, page_folder);
const once = {};
for (const name of ["insp.a", "insp.b", "insp.z"]) {
  once[name] = JSON.parse(city.run("account", "add", name, "--json", "--store", city.store, "--role", "inspector", "--city", "130100", "--district", "130102")).password;
  if (name !== "insp.z") city.run("dossier", "set", "--store", city.store, "--pack", pack, "--key", `I-${name}`, "--type", "inspector", "--about", "city:130100", "--state", "on_duty", "--set", `account=${name}`);
}
await city.serve();
const browser = await open_browser();

async function ask(method, path, body, expected = 200) {
  const answer = await fetch(`${city.url}/api/v1/${path}`, { method, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal(answer.status, expected, `${method} ${path}: ${await answer.clone().text()}`);
  return answer.json();
}

async function a_draw_gives_two() {
  const known = new Date(Date.now() + 2500).toISOString().slice(0, 19) + "Z";
  await ask("POST", "draws", { key: "D-1", item: "station.order", district: "130102", count: 2, source: "双色球 2026135", known_at: known }, 201);
  await new Promise((resolve) => setTimeout(resolve, Date.parse(known) - Date.now() + 1100));
  await ask("POST", "draws/D-1/seed", { value: "03 07 11 18 24 31 09", evidence: "https://example.org" });
  return (await ask("POST", "draws/D-1/run", {})).drawn;
}

async function phone_of(name) {
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN", hasTouch: true, permissions: ["geolocation"], geolocation: { latitude: 38.03, longitude: 114.53, accuracy: 9 } });
  const first = await context.request.post(`${city.url}/api/v1/session`, { data: { account: name, password: once[name] } });
  assert.equal(first.status(), 200);
  const own = await context.request.put(`${city.url}/api/v1/session/password`, { data: { password: once[name], fresh: kPassword }, headers: { "X-CSRF-Token": (await first.json()).csrf } });
  assert.equal(own.status(), 200);
  const page = await context.newPage();
  return { context, page, faults: faults_of(page) };
}

/// Opens the task and says after how many milliseconds its first check can be answered.
async function opens(page, key) {
  await page.locator("[data-of=tasks] button", { hasText: key }).first().waitFor();  // read from what the device keeps
  const ms = await page.evaluate(async (wanted) => {
    const button = [...document.querySelectorAll("[data-of=tasks] button")].find((one) => one.textContent.includes(wanted));
    const before = performance.now();
    button.click();
    while (!document.querySelector("[data-of=visit] fieldset input[type=radio]")) await new Promise((resolve) => requestAnimationFrame(resolve));
    return performance.now() - before;
  }, key);
  assert.ok(ms <= kReadyMax, `the checklist took ${ms} ms`);
  return ms;
}

async function answers_without_a_network(page, photo) {
  const fields = page.locator("[data-of=visit] fieldset");
  const count = await fields.count();
  for (let n = 0; n < count; ++n) await fields.nth(n).locator("label.pass").click();
  await fields.first().locator("label.fail").click();  // of a norm
  await fields.first().getByLabel("说明").fill("与许可不符");
  await fields.last().locator("label.fail").click();
  await fields.last().getByLabel("说明").fill("灭火器过期");
  await fields.last().locator("input[type=file]").setInputFiles({ name: "photo.png", mimeType: "image/png", buffer: photo });
  await fields.last().getByText("重拍").waitFor({ timeout: 10_000 });
  await page.getByRole("button", { name: "提交并签字" }).click();
  await page.getByRole("alert").getByText("请被检查方签名").waitFor();
  const glass = page.locator("[data-of=glass]");
  await glass.scrollIntoViewIfNeeded();
  const box = await glass.boundingBox();
  await page.mouse.move(box.x + 40, box.y + 30);
  await page.mouse.down();
  for (let n = 1; n < 8; ++n) await page.mouse.move(box.x + 40 + 30 * n, box.y + 30 + (n % 2) * 40);
  await page.mouse.up();
  await page.getByText("已签名，存于本机").waitFor();
  return count;
}

const median = (all) => all.sort((a, b) => a - b)[all.length >> 1];
async function server_checklist_ms() {
  const all = [];
  for (let n = 0; n < kAsked; ++n) {
    const before = performance.now();
    await city.get("inspections/D-1:1/checklist");
    all.push(performance.now() - before);
  }
  return { median: median(all), slowest: all.at(-1) };
}

try {
  const drawn = await a_draw_gives_two();
  assert.equal(drawn.length, 2);
  const server = await server_checklist_ms();
  const a = await phone_of("insp.a");
  await a.page.goto(`${city.url}/inspect`);
  await a.page.locator("[data-of=tasks] li").nth(1).waitFor();
  await a.page.evaluate(() => navigator.serviceWorker.ready.then(() => undefined));
  await a.page.waitForFunction(() => caches.match("/inspect").then((kept) => kept !== undefined));
  await accessible(a.page, "the day");
  await fits_a_phone(a.page, "the day");
  await camera.shoot(a.page, "inspect-day-zh");
  const z = await phone_of("insp.z");
  await z.page.goto(`${city.url}/inspect`);
  await z.page.getByText("没有抽取给您的检查任务").waitFor();  // nothing was drawn for them
  await z.context.close();

  await a.context.setOffline(true);
  await a.page.reload();  // from what the device keeps
  await a.page.locator("[data-of=band]").getByText("当前离线").waitFor({ timeout: 20_000 });
  const ready = await opens(a.page, "D-1:1");
  await a.page.locator("[data-of=way] svg").waitFor();
  await a.page.locator("[data-of=visit] .facts").getByText("回收站点经营规范").waitFor();
  await accessible(a.page, "a visit");
  await fits_a_phone(a.page, "a visit");
  await camera.shoot(a.page, "inspect-visit-zh");
  const checks = await answers_without_a_network(a.page, await a.page.screenshot());
  await camera.shoot(a.page, "inspect-end-zh");
  await a.page.reload();  // the power is gone: nothing that was entered is lost
  await a.page.locator("[data-of=visit] fieldset label.on").nth(checks - 1).waitFor();
  await a.page.getByRole("button", { name: "提交并签字" }).click();
  await a.page.locator("[data-of=band]").getByText("1 份检查记录尚未上传").waitFor();
  await camera.shoot(a.page, "inspect-offline-zh");
  assert.equal((await city.get("inspections?state=assigned")).items.length, 2, "nothing was sent");

  await a.context.setOffline(false);
  await a.page.waitForFunction(() => !document.querySelector("[data-of=band]"), undefined, { timeout: 40_000 });
  const visited = (await city.get("inspections?state=visited")).items;
  assert.equal(visited.length, 1, "it was sent");
  const record = visited[0].data;
  assert.equal(record.fields.answers.length, checks);
  assert.equal(record.fields.result, "wanting");
  const [, , photo] = record.fields.answers.find((text) => / fail [0-9a-f]{64}/.test(text)).split(" ");
  const file = await fetch(`${city.url}/api/v1/files/${photo}`, { headers: { Authorization: `Bearer ${city.token}` } });
  assert.equal(createHash("sha256").update(Buffer.from(await file.arrayBuffer())).digest("hex"), photo, "the photo is what was hashed");
  assert.match(file.headers.get("content-disposition"), /20\d\d-\d\d-\d\dT.*38\.03000,114\.53000/, "with its time and place");
  const roles = record.signatures.map((one) => one.role).sort();
  assert.equal(roles.length, 2);
  assert.match(record.signatures.find((one) => one.role === "subject").by, /^account\/insp\.a\/hand:[0-9a-f]{64}$/);

  const b = await phone_of("insp.b");
  await b.page.goto(`${city.url}/inspect`);
  await b.page.locator("[data-of=to-sign]").getByRole("button", { name: "签字" }).click();
  await b.page.locator("[data-of=to-sign]").waitFor({ state: "detached" });
  assert.equal((await city.get("inspections?state=signed")).items.length, 1, "both sides signed");

  const [order] = (await city.get("rectifications?state=ordered")).items;
  assert.match(order.data.fields.articles.join(), /灭火器过期/);
  order.data.state = "proof_sent";
  order.data.fields.proof = ["已更换灭火器"];
  order.data.evidence = [{ source: "receipt" }];
  await ask("PUT", `rectifications/${encodeURIComponent(order.key)}`, { data: order.data, version: order.version });
  await b.page.getByRole("button", { name: "刷新" }).click();
  const pane = b.page.locator("[data-of=order]");
  await pane.getByText("已更换灭火器").waitFor();
  const [norm] = (await city.get("inspections/D-1:1/checklist")).findings, [check] = norm.checks;
  await pane.locator("li").filter({ hasText: `${norm.article} ${check.zh || norm.zh}（${norm.norm}/${check.check}）：与许可不符` }).waitFor();  // by its name
  await pane.getByLabel("复查意见").fill("已改正");
  await accessible(b.page, "an order");
  await fits_a_phone(b.page, "an order");
  await camera.shoot(b.page, "inspect-order-zh");
  await pane.getByRole("button", { name: "复查合格，销号" }).click();
  await pane.waitFor({ state: "detached" });
  assert.equal((await city.get("rectifications?state=closed")).items.length, 1);

  await b.page.getByRole("button", { name: "English" }).click();
  await b.page.getByRole("heading", { level: 1, name: "Inspections" }).waitFor();
  await camera.shoot(b.page, "inspect-day-en");
  assert.deepEqual([...a.faults, ...b.faults].filter((text) => !/INTERNET_DISCONNECTED/.test(text)), []);
  console.log(`inspection: passed; ${checks} checks, ready ${ready.toFixed(0)} ms after the touch; the server's answer: median ${server.median.toFixed(1)} ms, slowest ${server.slowest.toFixed(1)} ms of ${kAsked}`);
} finally {
  await browser.close();
  await city.end();
}
