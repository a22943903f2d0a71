// SPDX-License-Identifier: Apache-2.0
// The public site and its counterpart in the console, in a real browser against the real binary: an office commits to a
// draw, enters the seed, draws; anybody repeats it in their own browser, and finds out when the result is another; what
// was published is found by words and in the feed; a complaint is filed without a name, answered by the office, followed
// by its number; an unlicensed site has its fate, a document its file, a credit score its points and a hint its events.
// No person stands anywhere. A phone's width, axe clean, both languages.
//   node open_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, uuid, way_of_a_lot } from "./city.mjs";

const [huan, given, page_folder, shots] = process.argv.slice(2);
// The city's own rules beside those of its document: what it awards.
const packs = mkdtempSync(join(tmpdir(), "huan-open-"));
for (const one of ["base", basename(given)]) cpSync(join(dirname(given), one), join(packs, one), { recursive: true, dereference: true });
const pack = join(packs, basename(given));
writeFileSync(join(pack, "campaigns.toml"), `[[award]]
code = "malls"
clause = "made up, to try it"
zh = "无废商场"
en = "waste-free malls"
criteria = ["垃圾分类设施"]
`);
const camera = new Camera(shots);

const kPassword = "Huan-Open-2026";
const city = new City(huan, pack, page_folder);
const once = {};
for (const name of ["wang.li", "zhao.min"]) once[name] = JSON.parse(city.run("account", "add", name, "--json", "--store", city.store, "--role", "inspector", "--city", "130100", "--district", "130102")).password;
for (const name of ["wang.li", "zhao.min"]) city.run("dossier", "set", "--store", city.store, "--pack", pack, "--key", `I-${name}`, "--type", "inspector", "--about", "city:130100", "--state", "on_duty", "--set", `account=${name}`);
city.run("declare", "due", "--store", city.store, "--pack", pack, "--form", "base.enterprise_ledger", "--day", "10");  // what no document states: ledgers of two months ago were due last month
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
  // The field drops seconds that are none, and refuses to be filled with what it would not show.
  const local = new Date(known.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace(/:00$/, "");
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
  await rows.getByText("回收站点经营规范").waitFor();
  await rows.getByText(local.slice(11, 16)).waitFor();
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
  await draw.getByText("回收站点经营规范").waitFor();
  await page.locator("header").getByText("模拟数据").waitFor();
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
  await page.locator("[data-of=plan] [data-figure=published]").click();  // a figure of the plan, what it counts, its record
  await page.locator("[data-of=counted]").waitFor();
  await page.getByRole("button", { name: "D-1:1" }).click();
  await page.locator("[data-of=matter]").getByRole("link", { name: "D-1", exact: true }).click();  // and the draw behind it
  await page.locator("[data-of=matter] [data-field=count]").waitFor();
  assert.equal((await city.get("inspections?plan=station.order&counted=late_visits")).items.length, 0);
}

async function the_public_finds_them(page) {
  await page.goto(`${city.url}/open`);
  await page.locator("[data-of=published] li").filter({ hasText: "抽查通报" }).first().waitFor();
  const bulletin = page.locator("[data-of=published] li").filter({ hasText: "抽查通报" }).first();
  await bulletin.locator("[data-of=figures]").getByRole("link", { name: "抽查 1 家" }).click();  // a bulletin's figure leads to its results
  await page.locator("[data-of=counted]").waitFor();
  await page.locator("[data-of=published] > li").filter({ hasText: "未发现问题" }).locator("[data-of=answers] summary").click();
  await page.locator("[data-of=answers]").getByText("证照与公示").waitFor();
  await accessible(page, "results of a bulletin");
  await page.locator("[data-of=published]").getByRole("link", { name: "D-1", exact: true }).click();  // and a result to its draw
  await page.locator("[data-of=draws] li[data-key='D-1']").waitFor();
  await page.goto(`${city.url}/open#/bulletin`);
  await page.locator("[data-of=figures]").getByRole("link", { name: "发现问题 0 家" }).click();
  await page.getByText("没有公示内容。").waitFor();
  await page.goto(`${city.url}/open#/results`);
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

/// An unlicensed site from its finding to its fate, on the map; goods that are held, reported and released.
async function sites_and_goods(office) {
  await office.goto(`${city.url}/supervision?of=sites`);
  const found = office.locator("[data-of=found]");
  await found.getByLabel("站点名称").fill("铁道边无名收购点");
  await found.getByLabel("区县").selectOption("130102");
  await found.getByLabel("位置").fill("丰收路铁道口");
  await found.getByLabel("经纬度（纬度, 经度）").fill("不知道");
  await found.getByLabel("依据（来源）").fill("巡查记录 7");
  await found.getByLabel("照片或文件").setInputFiles({ name: "site.png", mimeType: "image/png", buffer: await office.screenshot() });
  await found.getByRole("button", { name: "登记发现" }).click();
  await found.getByText("经纬度应写作").waitFor();
  await found.getByLabel("经纬度（纬度, 经度）").fill("38.031234, 114.53");
  await found.getByRole("button", { name: "登记发现" }).click();
  const site = office.locator("[data-of=site]").filter({ hasText: "铁道边无名收购点" });
  await site.getByText("已发现").waitFor();
  await office.getByRole("region", { name: "无证站点分布图" }).locator("canvas").waitFor({ timeout: 20_000 });
  await site.getByLabel("依据（来源）").fill("责令通知书 3");
  await site.getByRole("button", { name: "责令停止" }).click();
  await site.getByText("已责令").waitFor();
  await site.getByLabel("依据（来源）").fill("现场照片");
  await site.getByLabel("处置").selectOption("closed_down");
  await site.getByRole("button", { name: "了结" }).click();
  await site.getByText("处置完毕").waitFor();
  const [kept] = (await city.get("case-files?type=unlicensed_site")).items;
  assert.deepEqual([kept.data.fields.lat_e6, kept.data.fields.lon_e6, kept.data.fields.fate, kept.data.evidence.length], [38_031_234, 114_530_000, "closed_down", 3]);
  assert.match(kept.data.evidence[0].file, /^[0-9a-f]{64}$/);
  const held = office.locator("[data-of=held]");
  await held.getByLabel("网点编号").fill(kStation);
  await held.getByLabel("物品").fill("井盖 3 块");
  await held.getByLabel("依据（来源）").fill("站点报告");
  await held.getByRole("button", { name: "暂存" }).click();
  const row = office.locator("[data-of=goods-row]").filter({ hasText: "井盖" });
  await row.getByLabel("报告对象").fill("长安分局");
  await row.getByLabel("依据（来源）").fill("回执 9");
  await row.getByRole("button", { name: "已报告" }).click();
  await row.getByLabel("处理结果").fill("查无可疑");
  await row.getByLabel("依据（来源）").fill("回函 2");
  await row.getByRole("button", { name: "解除暂存" }).click();
  await row.getByText("已解除").waitFor();
  await accessible(office, "sites");
  await camera.shoot(office, "supervision-sites-zh");
}

/// A document's file, with its hash, from the office to a reader without a login.
async function a_document_is_published(page) {
  const text = "再生资源回收体系建设方案\n";
  const upload = await fetch(`${city.url}/api/v1/files?name=plan.txt`, { method: "POST", body: text, headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "text/plain" } });
  const { sha256 } = await upload.json();
  assert.equal((await fetch(`${city.url}/api/v1/published-files/${sha256}`)).status, 404, "it is on record, not published");
  await city.put("dossiers/DOC-1", { type: "deliverable", about: { kind: "city", id: "130100" }, title: "建设方案", state: "issued", fields: { day: "2026-03-01", doc_no: "石商〔2026〕3号" }, evidence: [{ source: "方案全文", file: sha256 }] });
  await page.goto(`${city.url}/open#/deliverable`);
  const document = page.locator("[data-of=published] li").filter({ hasText: "石商〔2026〕3号" });
  await document.getByText(sha256).waitFor();
  const [download] = await Promise.all([page.waitForEvent("download"), document.getByRole("link", { name: "方案全文" }).click()]);
  assert.equal(readFileSync(await download.path(), "utf8"), text);
}

/// What the city awards and to whom; the catalogue of open data, whose files are what their sums say.
async function awards_and_open_data(page) {
  await page.goto(`${city.url}/open#/awards`);
  const malls = page.locator("[data-of=malls]");
  await malls.getByText("还没有命名的单位").waitFor();
  await city.put("dossiers/MALL-1", { type: "award", about: { kind: "place", id: kStation }, title: "示例商场", state: "applied", fields: { award: "malls", year: 2026 } });
  const checked = await fetch(`${city.url}/api/v1/dossiers/MALL-1`, { method: "PUT", headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json", "If-Match": '"1"' },
    body: JSON.stringify({ data: { type: "award", about: { kind: "place", id: kStation }, title: "示例商场", state: "checked", fields: { award: "malls", year: 2026, criteria_met: ["1"] }, evidence: [{ source: "现场核查" }] } }) });
  assert.equal(checked.status, 200, await checked.text());
  await ask("POST", "dossiers/MALL-1/signatures", { role: "awarder", state: "awarded" });
  await page.reload();
  await malls.getByRole("link", { name: "示例商场" }).waitFor();
  await malls.getByText("垃圾分类设施").waitFor();
  await accessible(page, "awards");
  await fits_a_phone(page, "awards");
  await camera.shoot(page, "open-awards-zh");
  await city.put("settings/open-data", { publisher: "示例市商务局", licence: "https://creativecommons.org/licenses/by/4.0/" });
  const period = String(new Date().getUTCFullYear() - 1);
  await ask("POST", "open-data", { period }, 201);
  await page.getByRole("navigation").getByRole("link", { name: "开放数据" }).click();
  await page.getByText("示例市商务局").waitFor();
  await page.locator("[data-of=datasets] li").filter({ hasText: period }).getByRole("link").first().waitFor();
  await accessible(page, "catalogue");
  await fits_a_phone(page, "catalogue");
  await camera.shoot(page, "open-data-zh");
  const catalogue = await (await fetch(`${city.url}/api/v1/open-catalogue`)).json();
  const files = catalogue["dcat:dataset"].flatMap((one) => one["dcat:distribution"]).filter((one) => one["dcat:downloadURL"]);
  assert.ok(files.length >= 2);
  for (const file of files) {
    const bytes = Buffer.from(await (await fetch(city.url + file["dcat:downloadURL"])).arrayBuffer());
    assert.equal(createHash("sha256").update(bytes).digest("hex"), file["spdx:checksum"]["spdx:checksumValue"]);
    assert.equal(bytes.length, file["dcat:byteSize"]);
  }
}

async function a_case_credit_and_hints(office) {
  await city.put("parties/E-1", { kind: "enterprise", name: "示例回收公司" });  // a firm with a form to hand in
  await city.put("places/W-1", { kind: "station", name: "示例站", district: "130102", operator: "E-1", status: "active" });
  const open = office.locator("[data-of=open-case]");
  await open.getByLabel("网点编号").fill(kStation);
  await open.getByLabel("违法事实（分号隔开）").fill("超范围收购");
  await open.getByLabel("证据记录（事件编号或 类别:编号）").fill(uuid("ship"));
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
  await credit.locator("[data-figure=score]").click();  // a score, the points that make it, the case behind one, its record
  await credit.locator("[data-of=sum]").getByText(/基础分 80，有效分值 .*-30，合计 \d+/).waitFor();
  await credit.getByRole("row").filter({ hasText: "行政处罚" }).locator("[data-figure=points]").click();
  const matter = office.locator("[data-of=matter]");
  await matter.getByText("超范围收购", { exact: true }).waitFor();
  await matter.getByRole("link", { name: uuid("ship") }).click();
  await office.waitForURL(/tickets\?event=/);
  await office.goto(`${city.url}/supervision?of=credit`);
  const proposal = office.locator("[data-of=proposal]").filter({ hasText: "企业台账" }).first(), firm = await proposal.locator("td").first().innerText();
  await proposal.getByRole("button", { name: "登记" }).click();  // as it was computed: who has handed nothing in
  await office.locator("[data-of=credit]").filter({ hasText: firm }).getByRole("row").filter({ hasText: "逾期申报" }).waitFor();
  assert.equal(await office.locator("[data-of=proposal]").filter({ has: office.getByText(firm, { exact: true }) }).count(), 0);
  await accessible(office, "credit");
  await camera.shoot(office, "supervision-credit-zh");
  await fits_a_phone(office, "credit");
  await office.setViewportSize({ width: 1280, height: 900 });
  await office.goto(`${city.url}/supervision?of=hints`);
  await office.getByRole("button", { name: "查找异常" }).click();
  await office.getByText(/条线索（/).waitFor({ timeout: 20_000 });
  const hint = office.locator("[data-of=hint]").filter({ hasText: "无轨迹发运" });
  await hint.locator("[data-figure=shipments]").click();  // a figure, the events that add up to it, one of them
  await hint.getByText("无凭证发运 2：下列记录逐笔相加。").waitFor();
  await hint.locator("[data-of=parts] tbody tr").nth(1).waitFor();  // the text stands before the rows have come
  assert.equal(await hint.locator("[data-of=parts] tbody tr").count(), 2);
  await accessible(office, "hint");
  await hint.locator("[data-of=parts] tbody a").first().click();
  await office.waitForURL(/tickets\?event=/);
  await office.getByText("SHIP-1").first().waitFor();
  await office.goBack();  // to what was found, without looking again
  await office.locator("[data-of=hint]").filter({ hasText: "无轨迹发运" }).waitFor();
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
  await sites_and_goods(office);
  await a_document_is_published(page);
  await awards_and_open_data(page);
  await office.goto(`${city.url}/supervision?of=cases`);
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
  rmSync(packs, { recursive: true, force: true });
}
