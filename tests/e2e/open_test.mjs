// SPDX-License-Identifier: Apache-2.0
// The public site and its counterpart in the console, in a real browser against the real binary: an office commits to a
// draw, enters the seed, draws; anybody repeats it in their own browser, and finds out when the result is another; what
// was published is found by words and in the feed; a complaint is filed without a name, answered by the office, followed
// by its number; an unlicensed site has its fate, a document its file, a purchase its invoice. No person stands anywhere. A phone's width, axe clean, both languages.
//   node open_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, receive, way_of_a_lot } from "./city.mjs";

const [huan, given, page_folder, shots] = process.argv.slice(2);
// The city's own rules beside those of its document: what it awards, and rates of the subsidy, which no document states.
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
writeFileSync(join(pack, "subsidy.toml"), [["county", "县级补贴", 5000], ["city", "市级补贴", 2000]].map(([code, zh, rate]) => `[[tier]]
code = "${code}"
zh = "${zh}"
en = "${code}"
fates = ["recycle", "reuse"]
rate_fen_per_t = ${rate}
from = "2020-01-01"
source = "made up, to try it"
`).join("\n"));
appendFileSync(join(pack, "indicators.toml"), `
[[indicator]]
code = "taken_in"
number = "98"
zh = "收购量"
en = "taken in"
unit = "吨"
base = "1"
base_year = 2021
targets = [{ value = "9000", comparator = ">=", deadline = "2099-12-31" }]
responsible_reason = "made up, to try it"
clause = "made up, to try it"
to = "2099-12-31"
formula = { window = "since_counts_from", counts_from = "2026-01-01", measure = { source = "ledger", quantity = "mass", flows = ["receive"] } }
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
  const local = new Date(known.getTime() - known.getTimezoneOffset() * 60_000).toISOString().slice(0, 19).replace(/:00$/, "");
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

/// A purchase becomes an invoice on the page: limit, consent, evidence that is missing and attached, forms, a red one.
async function an_invoice_and_its_evidence(office) {
  await city.put("parties/E-1", { kind: "enterprise", name: "示例回收公司", qualifications: [{ kind: "commerce_filing", number: "1", from: "2020-01-01" }] });
  await city.put("parties/P-1", { kind: "natural_person" });
  await city.put("places/W-1", { kind: "station", name: "示例站", district: "130102", operator: "E-1", status: "active" });
  await ask("PUT", "parties/P-1/personal?purpose=registration", { fields: { id_number: "11010519491231002X", phone: "13812341234" } });
  await city.put("dossiers/RIGHT", { type: "invoicing_right", about: { kind: "enterprise", id: "E-1" }, party: "E-1", state: "granted", from: "2025-01-01", fields: { method: "simple" }, evidence: [{ source: "税务机关受理回执" }] });
  const bought = receive("INV-1", 1_000_000, "paper.occ", "W-1");
  await city.post({ ...bought, from: { origin: "household", party: "P-1" }, weighings: [{ gross_g: 1_200_000, tare_g: 200_000 }] });
  await office.goto(`${city.url}/money`);
  const room = office.locator("[data-of=room]");
  await room.getByLabel("出售者编号").fill("P-1");
  await room.getByRole("button", { name: "查询" }).click();
  await room.locator("[data-of=left]").getByText("剩余额度 5,000,000.00 元").waitFor();
  await room.locator("[data-of=consent]").getByLabel("出售者同意书").fill("同意书 12 号");
  await room.locator("[data-of=consent]").getByLabel("开票企业").fill("E-1");
  await room.getByRole("button", { name: "登记同意" }).click();
  await office.getByText("已登记出售者同意").waitFor();
  await room.locator("tbody input[type=checkbox]").check();
  await room.getByRole("button", { name: "开票 1 笔，1,400.00 元" }).click();
  const list = office.locator("[data-of=invoices]");
  await list.getByRole("cell", { name: "1,386.14" }).waitFor();  // without VAT of one in a hundred
  await room.locator("[data-of=left]").getByText("剩余额度 4,998,613.86 元").waitFor();
  await accessible(office, "invoices");
  await camera.shoot(office, "money-invoices-zh");
  await list.locator("tbody button.link").click();
  await list.locator("[data-of=withheld]").getByText(/个人所得税 6\.93；应付出售者 1,393\.07 元/).waitFor();
  await list.getByRole("combobox", { name: "证据" }).selectOption("contract");
  await list.getByLabel("文件名称和编号").fill("收购合同 7");
  await list.getByRole("button", { name: "补充证据" }).click();
  await list.locator("tbody td.there").nth(2).waitFor();  // the ticket, the ledger and now the contract
  const file = async (name) => readFileSync(await (await Promise.all([office.waitForEvent("download"), list.getByRole("link", { name }).click()]))[0].path(), "utf8");
  assert.match(await file("导出退税证据清单"), /P-1,138614,1386,693,true,false,true,false,true,transport payment,true,false/);
  assert.match(await file(/^代办税费报告表/), /P-1,1,1386\.14/);
  await list.getByLabel("红冲原因").fill("货物退回");
  await list.getByRole("button", { name: "开红字发票" }).click();
  await list.getByText("已红冲").waitFor();
  await office.goto(`${city.url}/money?of=subsidies`);
  await office.getByText("还没有结算单").waitFor();
  await accessible(office, "subsidies");
}

/// What is due with which authority, the registers, and the file of a vehicle with its parts.
async function a_vehicle_has_its_file(office) {
  await office.goto(`${city.url}/money?of=buying`);
  await office.locator("[data-of=filings]").getByRole("row").filter({ has: office.getByRole("link", { name: "E-1", exact: true }) }).getByText("商务主管部门").waitFor();
  const vin = "1M8GDM9AXKP042788", day = (n) => new Date(Date.now() - (90 - n) * 60_000).toISOString().slice(0, 19) + "Z";
  await ask("PUT", "parties/E-2", { data: { kind: "enterprise", name: "示例拆解公司", qualifications: [{ kind: "elv", number: "2", from: "2020-01-01" }] }, time: "2026-01-01T00:00:00Z" }, 201);
  await ask("PUT", "places/W-2", { data: { kind: "elv-dismantler", name: "示例拆解厂", district: "130102", operator: "E-2", status: "active" }, time: "2026-01-01T00:00:00Z" }, 201);
  await city.post({ id: crypto.randomUUID(), type: "receive", time: day(1), place: "W-2", from: { origin: "household" }, outputs: [{ lot: "ELV-1", material: "vehicle.elv", mass_g: 1_200_000, pieces: 1, items: [{ code: vin, kind: "vehicle" }] }] },
    { id: crypto.randomUUID(), type: "transform", time: day(2), place: "W-2", process: "dismantle", inputs: [{ lot: "ELV-1", mass_g: 1_200_000 }], outputs: [{ lot: "ELV-1.1", material: "metal.steel", mass_g: 1_200_000, items: [{ code: "FR-1", kind: "frame", parent: vin }] }] });
  const paper = office.locator("[data-of=file]");
  await paper.getByLabel("车辆识别代号或产品编号").fill(vin);
  await paper.getByRole("button", { name: "查询" }).click();
  await paper.getByText("车辆识别代号校验通过").waitFor();
  await paper.getByText("档案缺少：发动机、方向机、变速器、前后桥、报废机动车回收证明").waitFor();
  await accessible(office, "buying");
  await paper.getByRole("link", { name: "ELV-1.1" }).click();
  await office.waitForURL(/trace\?q=ELV-1\.1/);
}

/// Glass that was melted earns the firm its subsidy, tier by tier, once: a statement, its lots and their way, an appeal, the payment.
async function a_subsidy_is_paid(office) {
  const sold = { ...receive("GLASS-1", 2_000_000, "glass.clear", "W-1") };
  delete sold.outputs[0].price_fen, delete sold.outputs[0].per;
  await city.post(sold, { id: crypto.randomUUID(), type: "sell", time: new Date(Date.parse(sold.time) + 60_000).toISOString().slice(0, 19) + "Z", place: "W-1", inputs: [{ lot: "GLASS-1", mass_g: 1_500_000 }], to: { party: "U-001", class: "recycle" } });
  const year = new Date(Date.parse(sold.time) + 8 * 3_600_000).getUTCFullYear();
  for (const [tier, amount] of [["county", "75.00"], ["city", "30.00"]]) {
    const due = office.locator("[data-of=due]");
    await due.getByLabel("层级").selectOption(tier);
    await due.getByLabel("申领企业").fill("E-1");
    await due.getByLabel("年度").fill(String(year));
    await due.getByRole("button", { name: "测算" }).click();
    await due.getByText(`应付 ${amount} 元，此前 0.00 元，本次 ${amount} 元；涉及 1 个批次`).waitFor();
    await due.getByRole("button", { name: "生成结算单" }).click();
    const row = office.locator("[data-of=statements]").getByRole("row").filter({ hasText: `${tier}.${year}.E-1.1` });
    await row.getByText("待支付").waitFor();
    await due.getByRole("button", { name: "测算" }).click();
    await due.getByText("目前没有可结算的数量。").waitFor();  // no gram twice
  }
  await office.getByRole("button", { name: `county.${year}.E-1.1` }).click();
  const statement = office.locator("[data-of=statement]");
  await statement.getByLabel("说明").fill("少计 500 公斤");
  await statement.getByRole("button", { name: "提出异议" }).click();
  await statement.getByText("有异议").waitFor();
  const [download] = await Promise.all([office.waitForEvent("download"), statement.getByRole("link", { name: "导出结算材料" }).click()]);
  assert.deepEqual(JSON.parse(readFileSync(await download.path(), "utf8")).data.lines.map((one) => [one.lot, one.now_g]), [["GLASS-1", 1_500_000]]);
  await accessible(office, "statement");
  await camera.shoot(office, "money-subsidy-zh");
  await statement.getByRole("button", { name: "支付" }).click();
  await statement.getByText("已支付").waitFor();
  await statement.getByRole("link", { name: "GLASS-1" }).click();  // the second click: the events behind the sum
  await office.waitForURL(/trace\?q=GLASS-1/);
  await office.locator("[data-of=proof]").waitFor();
  await office.goto(`${city.url}/statistics?by=place&second=material`);  // a sum of the statistics, then its events, then one of them
  await office.getByRole("row").filter({ hasText: "示例站" }).filter({ hasText: "2,000" }).getByRole("link").click();
  await office.waitForURL(/tickets\?.*place=W-1/);
  const tickets = office.getByRole("table", { name: "磅单与事件" });
  await tickets.getByText("GLASS-1").first().waitFor();
  assert.ok(!(await tickets.innerText()).includes("INV-1"), "another material's");
  await office.getByText(/合计 2,000/).waitFor();  // what the events add up to is the sum itself
  await office.goto(`${city.url}/oversight?of=indicators`);  // and an indicator: its card leads to what it counts, that to its records
  const card = office.locator("[data-of=basis]");
  await card.getByRole("link", { name: "回收站点" }).first().click();
  const counted = office.locator("[data-of=counted]");
  const [sheet] = await Promise.all([office.waitForEvent("download"), counted.getByRole("link", { name: "CSV" }).click()]);
  const { counted: id, at, part } = Object.fromEntries(new URL(office.url()).searchParams);
  const standing = (await city.get(`indicators?at=${at}&limit=1000`)).items.find((one) => one.id === id).standing;
  const lines = readFileSync(await sheet.path(), "utf8").trim().split("\n").slice(1);
  assert.equal(lines.length, standing.basis.find((one) => one.denominator === (part === "denominator")).value, "just those that it counts");
  assert.ok(lines.some((one) => one.includes("W-1,示例站")));
  await accessible(office, "counted");
  await counted.getByRole("row").nth(1).getByRole("link").click();
  await office.waitForURL(/registry\?of=places&key=/);
  const day = new Date(Date.parse(sold.time) + 8 * 3_600_000).toISOString().slice(0, 10);
  await office.goto(`${city.url}/oversight?of=indicators&at=${day}&indicator=shijiazhuang.taken_in`);
  const sum = (await city.get(`indicators?at=${day}&limit=1000`)).items.find((one) => one.id === "shijiazhuang.taken_in").standing.basis[0].value;
  await card.getByRole("link", { name: / 至 .* 的记录$/ }).click();  // what it sums: the events, which add up to it
  await office.waitForURL(/tickets\?indicator=shijiazhuang\.taken_in/);
  await office.getByText(`合计 ${(sum / 1000).toLocaleString("en-US")}`).waitFor();
  await office.getByRole("table", { name: "磅单与事件" }).getByText("GLASS-1").first().click();
  await office.waitForURL(/trace\?q=GLASS-1/);
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
  await an_invoice_and_its_evidence(office);
  await a_subsidy_is_paid(office);
  await a_vehicle_has_its_file(office);
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
