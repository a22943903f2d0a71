// SPDX-License-Identifier: Apache-2.0
// Money and lawful buying in a real browser against the real binary: a purchase becomes an invoice at a tax platform that
// refuses one first, its evidence, forms with and without names, a red one; glass that was melted earns its subsidy once;
// a vehicle has its file; figures of statistics and indicators open the events that add up to them.
//   node money_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { accessible, Camera, City, faults_of, open_browser, receive, session_of } from "./city.mjs";

const [huan, given, page_folder, shots] = process.argv.slice(2);
// The city's own rules beside those of its document: rates of the subsidy, which no document states, and an indicator.
const packs = mkdtempSync(join(tmpdir(), "huan-money-"));
for (const one of ["base", basename(given)]) cpSync(join(dirname(given), one), join(packs, one), { recursive: true, dereference: true });
const pack = join(packs, basename(given));
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

[[indicator]]
code = "places"
number = "97"
zh = "在营网点"
en = "places open"
unit = "个"
base = "1"
base_year = 2021
targets = [{ value = "1", comparator = ">=", deadline = "2025-06-30" }, { value = "1", comparator = ">=", deadline = "2025-12-31" }]
responsible_reason = "made up, to try it"
clause = "made up, to try it"
to = "2025-12-31"
formula = { measure = { source = "registry", quantity = "number" } }
`);
const camera = new Camera(shots);

/// What translates to the tax platform: the first that is sent is refused by a code, the second in words, the rest are issued.
const sent = [], kRefusals = ["over_quota", "<b>张三</b>的证件 11010519491231002X 未通过\n核验"];
const platform = createServer((request, response) => {
  let text = "";
  request.on("data", (chunk) => { text += chunk; });
  request.on("end", () => {
    if (request.method === "GET") { response.writeHead(404).end("{}"); return; }
    const one = JSON.parse(text);
    sent.push(one);
    response.writeHead(200).end(JSON.stringify(sent.length <= kRefusals.length ? { state: "refused", reason: kRefusals[sent.length - 1] } : { state: "issued", number: `2613000${sent.length}` }));
  });
});
await new Promise((resolve) => platform.listen(0, "127.0.0.1", resolve));

const city = new City(huan, pack, page_folder);
const kPeople = { "firm.one": ["enterprise_admin", "--organisation", "E-1"], "firm.two": ["enterprise_admin", "--organisation", "E-2"], "clerk.one": ["station_clerk", "--organisation", "E-1", "--place", "W-1"], "inspector.one": ["inspector", "--district", "130102"], auditor: ["auditor"] };
const once = {};
for (const [name, [role, ...limits]] of Object.entries(kPeople)) once[name] = JSON.parse(city.run("account", "add", name, "--json", "--store", city.store, "--role", role, "--city", "130100", ...limits)).password;
await city.serve("127.0.0.1:0", "--invoicing", `http://127.0.0.1:${platform.address().port}`);
const browser = await open_browser();

async function ask(method, path, body, expected = 200) {
  const answer = await fetch(`${city.url}/api/v1/${path}`, { method, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal(answer.status, expected, `${method} ${path}: ${await answer.clone().text()}`);
  return answer.json();
}

/// A purchase becomes an invoice on the page: limit, consent, evidence that is missing and attached, forms, a red one.
async function an_invoice_and_its_evidence(office) {
  await city.put("parties/E-1", { kind: "enterprise", name: "示例回收公司", district: "130102", qualifications: [{ kind: "commerce_filing", number: "1", from: "2020-01-01" }] });
  await city.put("parties/P-1", { kind: "natural_person" });
  await city.put("places/W-1", { kind: "station", name: "示例站", district: "130102", operator: "E-1", status: "active" });
  await ask("PUT", "parties/P-1/personal?purpose=registration", { fields: { name: "张三", id_number: "11010519491231002X", phone: "13812341234" } });
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
  await office.getByText("被开票平台拒绝：超出开票额度").waitFor();  // and counts no more
  await room.locator("[data-of=left]").getByText("剩余额度 5,000,000.00 元").waitFor();
  await office.locator("[data-of=refused]").getByText("开票平台拒绝：超出开票额度").waitFor();
  await room.locator("tbody input[type=checkbox]").check();
  await room.getByRole("button", { name: "开票 1 笔，1,400.00 元" }).click();
  await office.locator("[data-of=refused]").getByText("开票平台拒绝：「<b>●</b>的证件 ● 未通过 核验」（平台原文）").waitFor();  // quoted, and nobody in it
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
  const named = list.locator("[data-of=named]").first();
  const [form] = await Promise.all([office.waitForEvent("download"), named.getByLabel("用途（留痕）").fill("代办申报").then(() => named.getByRole("button").click())]);
  assert.match(readFileSync(await form.path(), "utf8"), /P-1,张三,11010519491231002X,1,1386\.14/);
  assert.equal((await city.get("personal/accesses?party=P-1&action=read")).items.filter((one) => one.purpose === "代办申报").length, 3, "what was read of the person, once");
  assert.deepEqual(sent.map((one) => one.seller.name), ["张三", "张三", "张三"]);
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
  await office.goto(`${city.url}/statistics?by=place&second=material`);
  const whole = await office.locator("[data-figure=total]").innerText();
  await office.locator("[data-figure=total]").click();  // the sum of all of them too
  await office.getByText(`合计 ${whole}`).waitFor();
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
  const places = (await city.get("indicators?limit=1000")).items.find((one) => one.id === "shijiazhuang.places").standing;  // of a plan that has ended: its end, and each target's own day
  const all = await (await fetch(`${city.url}/api/v1/indicators/shijiazhuang.places/counted?at=2025-06-30&format=csv`, { headers: { Authorization: `Bearer ${city.token}` } })).text();
  assert.deepEqual([places.expired, places.at, places.targets[0].value], [true, "2025-12-31", all.trim().split("\n").length - 1]);
  await office.goto(`${city.url}/oversight?of=indicators&indicator=shijiazhuang.places`);
  await office.locator("[data-of=then]").click();
  await office.waitForURL(/counted=shijiazhuang\.places&at=2025-06-30/);
  await counted.locator("tbody tr").first().waitFor();
  assert.equal(await counted.locator("tbody tr").count(), Math.min(200, places.targets[0].value));
  await office.goto(`${city.url}/oversight?of=indicators&indicator=shijiazhuang.places`);
  await card.getByRole("link").first().click();
  await office.waitForURL(/counted=shijiazhuang\.places&at=2025-12-31/);
  await counted.locator("tbody tr").first().waitFor();
  const day = new Date(Date.parse(sold.time) + 8 * 3_600_000).toISOString().slice(0, 10);
  await office.goto(`${city.url}/oversight?of=indicators&at=${day}&indicator=shijiazhuang.taken_in`);
  const sum = (await city.get(`indicators?at=${day}&limit=1000`)).items.find((one) => one.id === "shijiazhuang.taken_in").standing.basis[0].value;
  await card.getByRole("link", { name: / 至 .* 的记录$/ }).click();  // what it sums: the events, which add up to it
  await office.waitForURL(/tickets\?indicator=shijiazhuang\.taken_in/);
  await office.getByText(`合计 ${(sum / 1000).toLocaleString("en-US")}`).waitFor();
  await office.getByRole("table", { name: "磅单与事件" }).getByText("GLASS-1").first().click();
  await office.waitForURL(/trace\?q=GLASS-1/);
}

/// Who sees what: a firm itself, with names where its own form asks for them; others neither; nobody a person without saying what for.
async function each_sees_their_own(browser) {
  const month = new Date().toISOString().slice(0, 7), form = (party) => `invoices/filing/named?party=${party}&month=${month}&form=agent_return&purpose=${encodeURIComponent("代办申报")}`;
  for (const [name, sees, of_one, of_two] of [["firm.one", 2, 200, 404], ["firm.two", 0, 404, 200], ["clerk.one", null, 403, 403], ["inspector.one", 2, 200, 404], ["auditor", 2, 403, 403]]) {
    const { context, page, faults } = await session_of(browser, city, name, once[name]);
    const get = (path) => context.request.get(`${city.url}/api/v1/${path}`);
    const list = await get("invoices?state=issued");
    assert.equal(list.status() === 200 ? (await list.json()).items.length : null, sees, name);
    assert.deepEqual([(await get(form("E-1"))).status(), (await get(form("E-2"))).status()], [of_one, of_two], name);
    const credit = await get("credit?party=E-1");
    assert.equal(credit.status() === 200 ? (await credit.json()).items.length > 0 : credit.status(), { "firm.one": true, "firm.two": false, "clerk.one": 403, "inspector.one": true, auditor: true }[name], name);
    if (name.startsWith("firm")) {
      await page.goto(`${city.url}/money`);
      const rows = page.locator("[data-of=invoices] tbody tr");
      if (name === "firm.one") await rows.first().waitFor();
      else await page.locator("[data-of=invoices]").getByText("没有").first().waitFor();
      assert.equal(await page.locator("[data-of=named]").count() > 0, true, "its own forms");
      assert.ok(!(await page.locator("main").innerText()).includes("张三"), "a name on the page");
      await page.goto(`${city.url}/supervision?of=credit`);
      assert.equal(await page.getByRole("link", { name: "异常线索" }).count(), 0, "hints are for inspectors");
      await page.goto(`${city.url}/money?of=buying`);
      await accessible(page, `buying of ${name}`);
    }
    assert.deepEqual(faults, [], name);
    await context.close();
  }
}

try {
  const desk = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: "zh-CN", serviceWorkers: "block" });
  const office = await desk.newPage();
  const faults = faults_of(office);
  await office.goto(`${city.url}/#login=${city.login}`);
  await office.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  await an_invoice_and_its_evidence(office);
  await a_subsidy_is_paid(office);
  await a_vehicle_has_its_file(office);
  await each_sees_their_own(browser);
  assert.deepEqual(faults, []);
  console.log("money: passed");
} finally {
  await browser.close();
  await city.end();
  platform.close();
  rmSync(packs, { recursive: true, force: true });
}
