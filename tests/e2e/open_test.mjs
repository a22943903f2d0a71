// SPDX-License-Identifier: Apache-2.0
// The public site and its counterpart in the console, in a real browser against the real binary: an office commits to a
// draw, enters the seed, draws; anybody repeats it in their own browser, and finds out when the result is another; what
// was published is found by words and in the feed; a complaint is filed without a name, answered by the office, followed
// by its number. No person stands anywhere. A phone's width, axe clean, both languages.
//   node open_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, way_of_a_lot } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);

const kPassword = "Huan-Open-2026";
const city = new City(huan, pack, page_folder);
const once = {};
for (const name of ["wang.li", "zhao.min"]) once[name] = JSON.parse(city.run("account", "add", name, "--json", "--store", city.store, "--role", "inspector", "--city", "130100", "--district", "130102")).password;
for (const name of ["wang.li", "zhao.min"]) city.run("dossier", "set", "--store", city.store, "--pack", pack, "--key", `I-${name}`, "--type", "inspector", "--about", "city:130100", "--state", "on_duty", "--set", `account=${name}`);
await city.serve();
await city.post(...way_of_a_lot());
const browser = await open_browser();

async function ask(method, path, body, expected = 200) {
  const answer = await fetch(`${city.url}/api/v1/${path}`, { method, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal(answer.status, expected, `${method} ${path}: ${await answer.clone().text()}`);
  return answer.json();
}

async function the_office_draws(page) {
  await page.goto(`${city.url}/supervision?of=draws`);
  const form = page.locator("[data-of=commit]");
  await form.getByLabel("编号").fill("D-1");
  await form.getByLabel("抽查事项").selectOption("station.order");
  await form.getByLabel("区县").fill("130102");
  await form.getByLabel("抽取数").fill("2");
  await form.getByLabel("种子来源").fill("双色球 2026135");
  const known = new Date(Date.now() + 4000);
  const local = new Date(known.getTime() - known.getTimezoneOffset() * 60_000).toISOString().slice(0, 19);
  await form.getByLabel("公布时间").fill(local);
  await form.getByRole("button", { name: "封存" }).click();
  await page.getByText("已封存，公布后录入种子值。").waitFor();
  await accessible(page, "draws");
  await camera.shoot(page, "supervision-draws-zh");
  await page.waitForTimeout(Math.max(0, known.getTime() - Date.now()) + 1200);
  const rows = page.locator("[data-of=draws]");
  await rows.getByLabel("种子值").fill("03 07 11 18 24 31 09");
  await rows.getByLabel("出处（网址）").fill("https://example.org");
  await rows.getByRole("button", { name: "录入种子" }).click();
  await rows.getByRole("button", { name: "抽取" }).click();
  await rows.getByRole("link", { name: "自行验证" }).waitFor();
  await rows.getByRole("button", { name: "D-1" }).click();  // the second click: every version on record
  await page.locator("[data-of=matter]").getByText("已封存").waitFor();
  await fits_a_phone(page, "draws");
  await page.setViewportSize({ width: 1280, height: 900 });
}

async function anybody_repeats_it(page) {
  await page.goto(`${city.url}/open#/draws`);
  const draw = page.locator("[data-of=draws] li");
  await draw.getByRole("button", { name: "自行验证" }).click();
  await draw.getByText("逐字节相同").waitFor();
  await draw.getByText("与封存摘要相符").waitFor();
  await accessible(page, "draws in public");
  await fits_a_phone(page, "draws in public");
  await camera.shoot(page, "open-draws-zh");
  const text = await page.locator("main").innerText();
  for (const name of ["wang.li", "zhao.min"]) assert.ok(!text.includes(name), "an inspector's account");
  await page.route("**/published-draws/D-1/result", async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, body: (await answer.text()).replace(/\np?(S-\d+-)(\d+)\t/, (_, a, b) => `\n${a}${String(Number(b) + 1).padStart(3, "0")}\t`) });
  });
  await draw.getByRole("button", { name: "自行验证" }).click();
  await draw.getByText("不一致").waitFor();  // a server that lies is found out
  await page.unroute("**/published-draws/D-1/result");
}

/// As somebody who is signed in.
async function signs(name, key, role) {
  const { request } = await browser.newContext();
  const first = await (await request.post(`${city.url}/api/v1/session`, { data: { account: name, password: once[name] } })).json();
  const own = await (await request.put(`${city.url}/api/v1/session/password`, { data: { password: once[name], fresh: kPassword }, headers: { "X-CSRF-Token": first.csrf } })).json();
  const signed = await request.post(`${city.url}/api/v1/inspections/${encodeURIComponent(key)}/signatures`, { data: { role }, headers: { "X-CSRF-Token": own.csrf } });
  assert.equal(signed.status(), 200, await signed.text());
}

async function results_come_out(page) {
  await ask("POST", "inspections/D-1:1/visit", { answers: ["station.order/1 pass -"], refusal: "负责人不在场，社区见证" });
  const [one] = (await city.get("inspections?state=visited")).items;
  for (const [name, role] of [["wang.li", "inspector"], ["zhao.min", "second"]]) await signs(name, one.key, role);
  await ask("POST", "inspections/D-1:1/signatures", { state: "signed_without" });
  await page.goto(`${city.url}/supervision`);
  await page.locator("[data-of=inspections]").getByRole("button", { name: "公示" }).click();
  await page.getByRole("button", { name: "已公示 1" }).waitFor();
  await accessible(page, "inspections");
  await camera.shoot(page, "supervision-inspections-zh");
  await page.goto(`${city.url}/supervision?of=draws`);
  const today = new Date(Date.now() + 86_400_000).toISOString().slice(0, 10);
  await page.locator("[data-of=draft]").getByLabel("至").fill(today);
  await page.locator("[data-of=draft]").getByRole("button", { name: "起草通报" }).click();
  await page.getByRole("button", { name: "签发" }).click();
  await page.getByText("已签发并公示。").waitFor();
}

async function the_public_finds_them(page) {
  await page.goto(`${city.url}/open`);
  await page.locator("[data-of=published] li").filter({ hasText: "抽查通报" }).first().waitFor();
  await page.getByLabel("类别").selectOption("inspection");
  await page.locator("[data-of=published] li").filter({ hasText: "未发现问题" }).waitFor();
  await accessible(page, "results");
  await fits_a_phone(page, "results");
  await camera.shoot(page, "open-results-zh");
  const feed = await (await fetch(`${city.url}/api/v1/published/feed`)).text();
  assert.match(feed, /^<\?xml[^]*<rss version="2.0">[^]*抽查[^]*<\/rss>\n$/);
  assert.equal(await page.evaluate((text) => new DOMParser().parseFromString(text, "text/xml").querySelectorAll("parsererror").length, feed), 0);
  const all = await (await fetch(`${city.url}/api/v1/published?limit=500`)).text();
  for (const name of ["wang.li", "zhao.min", "负责人", "account/"]) assert.ok(!all.includes(name), name);
  for (const [section, sign] of [["统计数据", "还没有发布统计数据"], ["网点名录", "棉一东社区回收站"], ["回收价格", "价格（元）"], ["分类知识", "常见问题"]]) {
    await page.getByRole("navigation").getByRole("link", { name: section }).click();
    if (section === "网点名录") await page.getByRole("searchbox").fill("棉一东"), await page.getByRole("searchbox").press("Enter");
    await page.locator("main").getByText(sign).first().waitFor();
    await accessible(page, section);
    await fits_a_phone(page, section);
  }
  await page.getByLabel("按标题、名称或编号查找").fill("电池");
  await page.locator("[data-of=lessons]").getByText("鼓包").waitFor();
  await camera.shoot(page, "open-learn-zh");
}

async function somebody_complains(page, office) {
  await page.getByRole("navigation").getByRole("link", { name: "投诉举报" }).click();
  const form = page.locator("[data-of=complain]");
  await form.getByLabel("情况说明").fill("请打 13800001234 联系我");
  await form.getByRole("button", { name: "提交" }).click();
  await page.getByRole("alert").waitFor();  // a phone number is refused
  await form.getByLabel("情况说明").fill("夜里焚烧电线，气味很大");
  await form.getByLabel("网点编号").fill(kStation);
  await form.getByRole("button", { name: "提交" }).click();
  const tracking = (await page.locator("[data-of=tracking]").textContent()).trim();
  assert.match(tracking, /^[a-z2-9]{20}$/);
  await accessible(page, "complain");
  await fits_a_phone(page, "complain");
  await camera.shoot(page, "open-complain-zh");
  await office.goto(`${city.url}/supervision?of=cases`);
  const file = office.locator("[data-of=case]").filter({ hasText: "焚烧电线" });
  await file.getByLabel("答复").fill("已现场核查并责令停止");
  await file.getByRole("button", { name: "答复" }).click();
  await file.getByText("已答复").waitFor();
  await accessible(office, "cases");
  await camera.shoot(office, "supervision-cases-zh");
  await page.locator("[data-of=follow]").getByLabel("查询编号").fill(tracking);
  await page.locator("[data-of=follow]").getByRole("button", { name: "查询" }).click();
  await page.getByText("已现场核查并责令停止").waitFor();
}

async function a_case_credit_and_hints(office) {
  const open = office.locator("[data-of=open-case]");
  await open.getByLabel("网点编号").fill(kStation);
  await open.getByLabel("违法事实（分号隔开）").fill("超范围收购");
  await open.getByRole("button", { name: "立案" }).click();
  const file = office.locator("[data-of=case]").filter({ hasText: "超范围收购" });
  await file.getByLabel("适用条款").fill("第十五条");
  await file.getByLabel("处罚").fill("罚款 2000 元");
  await file.getByRole("button", { name: "作出处罚并签字" }).click();
  await file.getByText("已处罚").waitFor();
  const [download] = await Promise.all([office.waitForEvent("download"), file.getByRole("link", { name: "导出证据包" }).click()]);
  const path = await download.path();
  const key = city.run("case", "key", "--store", city.store).trim();
  assert.match(city.run("case", "verify", path, "--public-key", key), /records, all in the log/);
  await office.goto(`${city.url}/supervision?of=credit`);
  const credit = office.locator("[data-of=credit]").first();
  await credit.getByText("行政处罚").waitFor();
  await credit.getByRole("row").filter({ hasText: "行政处罚" }).getByRole("button").first().click();  // the dossier behind the point
  await office.locator("[data-of=matter]").getByText("超范围收购", { exact: true }).waitFor();
  await accessible(office, "credit");
  await camera.shoot(office, "supervision-credit-zh");
  await fits_a_phone(office, "credit");
  await office.setViewportSize({ width: 1280, height: 900 });
  await office.goto(`${city.url}/supervision?of=hints`);
  await office.getByRole("button", { name: "查找异常" }).click();
  await office.getByText(/条线索（/).waitFor({ timeout: 20_000 });
  await accessible(office, "hints");
  await camera.shoot(office, "supervision-hints-zh");
}

try {
  const desk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", serviceWorkers: "block" });
  const office = await desk.newPage();
  const faults = faults_of(office);
  await office.goto(`${city.url}/#login=${city.login}`);
  await office.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  await the_office_draws(office);
  const phone = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const page = await phone.newPage();
  const public_faults = faults_of(page);
  await anybody_repeats_it(page);
  await results_come_out(office);
  await the_public_finds_them(page);
  await somebody_complains(page, office);
  await a_case_credit_and_hints(office);
  await page.goto(`${city.url}/open#/draws`);
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Published" }).waitFor();
  await page.getByRole("button", { name: "Repeat it" }).waitFor();
  await camera.shoot(page, "open-draws-en");
  await office.getByRole("button", { name: "English" }).click();
  await office.getByRole("heading", { level: 1, name: "Supervision" }).waitFor();
  assert.deepEqual(faults, []);
  assert.deepEqual(public_faults.filter((text) => !/status of 400/.test(text)), []);
  console.log("open: passed");
} finally {
  await browser.close();
  await city.end();
}
