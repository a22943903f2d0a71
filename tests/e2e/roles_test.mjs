// SPDX-License-Identifier: Apache-2.0
// Each role in the browser: who logs in sees exactly the menu of what they may, the main page of their day, and is sent
// away from the rest; accounts made on the page, the auditor's list, two plans side by side, the public page of a lot.
//   node roles_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, kPassword, open_browser, session_of, way_of_a_lot } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);

/// What each sees in the menu, in its order; written down here, so that a change of rights is seen.
const kRoles = [
  { role: "regulator_county", limits: ["--district", "130102"], menu: "总览 磅单 发运 追溯 库存 统计 监管 双随机监管 申报 开票与补贴 责任分工 登记 导入表格 规划 上门订单" },
  { role: "province", limits: [], menu: "总览 磅单 发运 追溯 库存 统计 监管 双随机监管 申报 开票与补贴 责任分工 登记" },
  { role: "auditor", limits: [], menu: "总览 磅单 发运 追溯 库存 统计 监管 双随机监管 申报 开票与补贴 责任分工 登记 上门订单 派车 车辆与设备 账号与令牌 个人信息审计" },
  { role: "inspector", limits: ["--district", "130102"], menu: "总览 磅单 发运 追溯 库存 统计 监管 登记 现场检查" },
  { role: "enterprise_admin", limits: ["--organisation", "O-1"], menu: "总览 磅单 发运 追溯 库存 到货与加工 统计 监管 双随机监管 申报 开票与补贴 登记 收购价 导入表格 规划 上门订单 派车 车辆与设备 账号与令牌 站点过磅" },
  { role: "station_clerk", limits: ["--organisation", "O-1", "--place", kStation], menu: "总览 磅单 发运 追溯 库存 统计 登记 导入表格 上门订单 站点过磅" },
  { role: "driver", limits: ["--organisation", "O-1"], menu: "磅单 追溯 登记 上门订单 站点过磅" },
  { role: "processor", limits: ["--organisation", "O-1"], menu: "总览 磅单 发运 追溯 库存 到货与加工 统计 监管 双随机监管 申报 开票与补贴 登记 导入表格 站点过磅" },
];
const kAll = { 总览: "/", 磅单: "/tickets", 发运: "/shipments", 追溯: "/trace", 库存: "/stock", 统计: "/statistics", 到货与加工: "/work", 申报: "/declarations", 开票与补贴: "/money", 责任分工: "/tasks", 监管: "/oversight", 双随机监管: "/supervision", 现场检查: "/inspect", 登记: "/registry", 导入表格: "/import", 收购价: "/prices", 规划: "/plan", 上门订单: "/orders", 派车: "/dispatch", 车辆与设备: "/fleet", 账号与令牌: "/team", 个人信息审计: "/privacy", 站点过磅: "/station" };

/// Nothing is being read any more.
async function settled(page) {
  for (let n = 0; n < 300; ++n) {
    if (!/读取中…|Loading…/.test(await page.locator("main").innerText())) return page.waitForTimeout(100);
    await page.waitForTimeout(100);
  }
  assert.fail(`still reading: ${page.url()}`);
}

async function sees_its_menu(browser, city, one) {
  const { context, page, faults } = await session_of(browser, city, one.role.replace("_", "."), one.once);
  await page.goto(city.url);
  await page.getByRole("navigation", { name: "菜单" }).locator("a").first().waitFor();
  const links = await page.getByRole("navigation", { name: "菜单" }).locator("a").allInnerTexts();
  assert.equal(links.map((text) => text.trim()).join(" "), one.menu, one.role);
  await settled(page);
  await accessible(page, `home of ${one.role}`);
  await camera.shoot(page, `role-${one.role}-zh`);
  for (const name of links.slice(1).map((text) => text.trim())) {
    await page.goto(city.url + kAll[name]);
    await page.getByRole("heading", { level: 1 }).first().waitFor();
  }
  await page.goto(city.url + (one.role === "driver" ? "/tickets" : "/"));
  await settled(page);
  await fits_a_phone(page, one.role);
  await camera.shoot(page, `role-${one.role}-phone`);
  assert.deepEqual(faults.filter((text) => !/status of 403/.test(text)), [], one.role);
  return { context, page };
}

async function a_firm_makes_its_people(page, city) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${city.url}/team`);
  const form = page.locator("[data-of=add-account]");
  await form.getByLabel("账号").fill("xiao.chen");
  await form.getByLabel("姓名").fill("小陈");
  await form.getByLabel("网点编号").fill(kStation);
  await form.getByRole("button", { name: "新建账号" }).click();
  await page.locator("[data-of=once] code").waitFor();
  await page.getByRole("cell", { name: "xiao.chen" }).waitFor();
  await form.getByLabel("角色").selectOption("operator");
  await form.getByLabel("账号").fill("root");
  await form.getByRole("button", { name: "新建账号" }).click();
  await page.getByRole("alert").getByText("forbidden").waitFor();   // nobody gives more than they have
  const tokens = page.locator("[data-of=add-token]");
  await tokens.getByLabel("用途").fill("地磅");
  await tokens.getByRole("button", { name: "新建令牌" }).click();
  await page.locator("[data-of=tokens]").getByRole("cell", { name: "地磅" }).waitFor();
  assert.match(await page.locator("[data-of=once] code").textContent(), /^huan_/);
  await page.locator("[data-of=tokens]").getByRole("button", { name: "作废" }).click();
  await page.locator("[data-of=tokens]").getByRole("button", { name: "确定？再点一次" }).click();
  await page.getByText("还没有令牌").waitFor();
  await accessible(page, "team");
  await camera.shoot(page, "team-zh");
  await fits_a_phone(page, "team");
}

/// A file is tried, corrected where its columns are not understood, recorded, and what is refused goes home with its reason.
async function a_firm_brings_its_tables(page, city) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${city.url}/import?table=places`);
  const drop = (name, text) => page.locator("input[name=file]").setInputFiles({ name, mimeType: "text/csv", buffer: Buffer.from(text) });
  const figure = (part, name) => page.locator(`[data-of=${part}] [data-of=${name}] dd`);
  await drop("places.csv", `网点编号,类型,名称,行政区划,生效日期\nP-OWN,回收站点,东站,130102,2026-01-01\n${kStation},回收站点,别人的站,130102,2026-01-01\n`);
  await figure("trial", "posted").waitFor();
  assert.deepEqual([await figure("trial", "posted").innerText(), await figure("trial", "refused").innerText()], ["1", "1"]);
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await figure("done", "posted").waitFor();
  assert.equal((await city.get("places/P-OWN")).data.operator, "O-1");
  await page.goto(`${city.url}/import`);
  await drop("tickets.csv", "单据,何时,何处,何物,重量(kg)\nA-1,2026-03-03 08:30,P-OWN,paper.occ,12.5\nA-2,2026-03-03 08:40,P-OWN,gold,1\n");
  await page.getByRole("alert").getByText("missing_column").waitFor();
  const columns = page.locator("[data-of=columns]");
  for (const [field, header] of [["time", "何时"], ["place", "何处"], ["material", "何物"], ["mass", "重量(kg)"]]) await columns.locator(`select[name=${field}]`).selectOption(header);
  await columns.locator("select[name=origin_constant]").selectOption("household");
  await columns.getByText("其余字段").click();
  await columns.locator("select[name=ticket]").selectOption("单据");
  await columns.getByRole("button", { name: "按此试算" }).click();
  await page.locator("[data-of=refused-rows]").getByText("unknown_material").waitFor();
  await accessible(page, "import");
  await page.evaluate(() => window.scrollTo(0, 0));
  await camera.shoot(page, "import-zh");
  await fits_a_phone(page, "import");
  await camera.shoot(page, "import-zh-phone");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await page.locator("[data-of=done]").waitFor();
  const [saved] = await Promise.all([page.waitForEvent("download"), page.getByRole("button", { name: "下载错误文件" }).click()]);
  assert.equal(saved.suggestedFilename(), "tickets.errors.csv");
  assert.match(readFileSync(await saved.path(), "utf8"), /3,何物,unknown_material,.*A-2,2026-03-03 08:40,P-OWN,gold,1/);
  assert.equal((await city.get("events?type=receive&place=P-OWN")).items.length, 1);
  await page.goto(`${city.url}/import?table=parties`);  // who sells to them: persons of their own, organisations are the city's
  await page.getByText("本企业的出售人（自然人）").waitFor();
  await drop("sellers.csv", "编号,类型,姓名,手机号\nO1-S1,自然人,王某,13812345678\nO1-S2,企业,某厂,\n");
  await figure("trial", "posted").waitFor();
  assert.deepEqual([await figure("trial", "posted").innerText(), await figure("trial", "refused").innerText()], ["1", "1"]);
  await page.getByRole("button", { name: "导入 1 行" }).click();
  await figure("done", "posted").waitFor();
  await page.locator("[data-of=done]").getByText("存入保险库 2 项").waitFor();
  await page.goto(`${city.url}/registry?of=parties`);
  await page.getByRole("row").filter({ hasText: "O1-S1" }).waitFor();
  assert.equal(await page.getByRole("row").filter({ hasText: "P-77" }).count(), 0, "a person of nobody's");
  await page.goto(city.url);  // what stands on the overview is theirs, and says so
  await page.locator("[data-of=norms] h2").getByText("本企业").waitFor();
  assert.ok(!(await page.locator("main").innerText()).includes("全市"), "the whole city, to a firm");
}

/// Prices of one's own places alone, each change kept; the public page tells the new one.
async function a_firm_sets_its_prices(page, city) {
  await page.goto(`${city.url}/prices`);
  const form = page.locator("[data-of=price-form]");
  await form.locator("select[name=place] option").first().waitFor({ state: "attached" });
  assert.deepEqual(await form.locator("select[name=place] option").evaluateAll((all) => all.map((one) => one.value)), ["P-OWN"]);
  for (const yuan of ["1.35", "1.5"]) {
    await form.locator("select[name=place]").selectOption("P-OWN");
    await form.locator("select[name=material]").selectOption("paper.occ");
    await form.locator("input[name=yuan]").fill(yuan);
    await form.getByRole("button", { name: "保存价格" }).click();
    await page.locator("[data-of=price-history]").getByRole("cell", { name: yuan === "1.5" ? "1.50" : "1.35" }).first().waitFor();
  }
  await page.locator("[data-of=price-history]").getByRole("cell", { name: "0.15" }).waitFor();
  const told = (await city.get("published-prices")).items.find((one) => one.place === "P-OWN");
  assert.deepEqual([told.fen, told.history.length], [150, 2]);
  await accessible(page, "prices");
  await camera.shoot(page, "prices-zh");
  await fits_a_phone(page, "prices");
}

/// Everything of one's own account: a second factor's code, then out on all devices.
async function a_firm_leaves_everywhere(page, city, context) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("link", { name: /我的账号/ }).click();
  await page.locator("[data-of=factor] input[name=password]").fill(kPassword);
  await page.getByRole("button", { name: "启用或更换" }).click();
  await page.getByRole("img", { name: "供验证器应用扫描的二维码" }).waitFor();
  await accessible(page, "account");
  await camera.shoot(page, "account-zh");
  await fits_a_phone(page, "account");
  const other = await context.browser().newContext();
  const login = await other.request.post(`${city.url}/api/v1/session`, { data: { account: "enterprise.admin", password: kPassword } });
  assert.equal(login.status(), 200);
  await page.getByRole("button", { name: "全部退出" }).click();
  await page.getByRole("button", { name: "确定？再点一次" }).click();
  await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
  assert.equal((await other.request.get(`${city.url}/api/v1/session`)).status(), 401);
  await other.close();
}

async function an_auditor_sees_who_looked(page, city) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${city.url}/privacy?action=read`);
  await page.getByText("付款失败核对").first().waitFor();
  assert.ok(!(await page.content()).includes("13812341234"), "the value itself");
  await page.getByLabel("动作").selectOption("put");
  await page.waitForURL(/action=put/);
  await page.getByText("卖方登记").first().waitFor();
  await accessible(page, "privacy");
  await camera.shoot(page, "privacy-zh");
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Privacy audit" }).waitFor();
  await camera.shoot(page, "privacy-en");
  await fits_a_phone(page, "privacy");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("link", { name: "Kept and removed" }).click();
  await page.locator("[data-of=deletions]").getByRole("row").nth(1).waitFor();
  assert.match(await page.locator("[data-of=deletions]").innerText(), /scrap metal register \(2 years\) 1\b[\s\S]*sound, gone/);
  assert.equal(await page.getByRole("button", { name: "Remove what has ended" }).count(), 0, "an auditor looks on");
  const removed = page.locator("[data-of=removed]");
  await page.locator("[data-of=deletions] [data-figure=scrap_registration]").click();  // a count, what it counts, whose it was
  await removed.getByText("1 values of 1 persons").waitFor();
  assert.match(await removed.innerText(), /P-78[\s\S]*202[12]-\d\d-\d\d/);
  await removed.getByRole("link", { name: "P-78" }).click();
  await page.waitForURL(/registry\?of=parties&key=P-78/);
  await page.goBack();
  await page.getByRole("button", { name: "in the log" }).first().click();
  await page.locator("[data-of=proof]").waitFor();
  assert.match(await page.locator("[data-of=kept]").innerText(), /P-77/);
  assert.ok(!(await page.locator("[data-of=kept]").innerText()).includes("P-78"), "whose time has ended");
  await accessible(page, "retention");
  await camera.shoot(page, "retention-en");
  await fits_a_phone(page, "retention");
}

async function two_plans_are_compared(page, city) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${city.url}/plan`);
  await page.getByLabel("数据来自").selectOption("registered");
  for (const p of ["2", "3"]) {
    await page.getByLabel("计算时间（秒）").first().fill("1");
    await page.getByLabel("设几处").fill(p);
    await page.getByRole("button", { name: "开始计算" }).click();
    await page.locator("[data-of=job].done").getByText("下界").waitFor({ timeout: 40_000 });
    if (p === "2") await page.waitForTimeout(100);
  }
  await page.getByLabel("对比").selectOption({ index: 1 });
  const compared = page.locator("[data-of=compare]");
  await compared.getByRole("cell", { name: "目标值" }).waitFor();
  await compared.locator("canvas").waitFor();
  assert.match(page.url(), /with=/);
  await page.waitForTimeout(300);
  await accessible(page, "compare");
  await compared.scrollIntoViewIfNeeded();
  await fits_a_phone(page, "compare");
}

async function anybody_sees_where_it_went(browser, page, city) {
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.goto(`${city.url}/trace?q=LOT-BALE`);
  await page.getByRole("button", { name: "生成公开链接" }).click();
  const path = await page.locator("[data-of=where-link]").getAttribute("href");
  const context = await browser.newContext({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
  const open = await context.newPage();
  const faults = faults_of(open);
  await open.goto(city.url + path);
  await open.locator("[data-of=fates]").getByText("再生利用").waitFor();
  const text = await open.locator("main").innerText();
  for (const name of [kStation, "CS-130102", "U-001", "SHIP-1", "LOT-1"]) assert.ok(!text.includes(name), name);
  assert.equal(await open.getByRole("navigation").count(), 0);
  await accessible(open, "where");
  await camera.shoot(open, "where-zh-phone");
  await fits_a_phone(open, "where");
  await open.getByRole("button", { name: "English" }).click();
  await open.getByRole("heading", { level: 1, name: "Where it went" }).waitFor();
  await camera.shoot(open, "where-en-phone");
  await open.goto(`${city.url}/where#broken.link`);
  await open.reload();
  await open.getByRole("alert").waitFor();
  assert.deepEqual(faults, []);
  await context.close();
}

/// The firm whose people these are, and what an auditor has to find again.
async function somebody_looks(city) {
  const ask = (method, path, body) => fetch(`${city.url}/api/v1/${path}`, { method, body: body && JSON.stringify(body), headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal((await ask("PUT", "parties/O-1", { data: { kind: "enterprise", name: "一号回收公司" } })).status, 201);
  assert.equal((await ask("PUT", "parties/P-77", { data: { kind: "natural_person" } })).status, 201);
  assert.equal((await ask("PUT", `parties/P-77/personal?purpose=${encodeURIComponent("卖方登记")}`, { fields: { phone: "13812341234" }, retention: "scrap_registration" })).status, 200);
  assert.equal((await ask("GET", `parties/P-77/personal?purpose=${encodeURIComponent("付款失败核对")}`)).status, 200);
  assert.equal((await ask("PUT", "parties/P-78", { data: { kind: "natural_person" } })).status, 201);
  assert.equal((await ask("PUT", `parties/P-78/personal?purpose=${encodeURIComponent("补登旧册")}`, { fields: { phone: "13812341235" }, retention: "scrap_registration", registered: "2020-01-01" })).status, 200);
  assert.equal((await (await ask("POST", "personal/deletions")).json()).removed, 1);
  assert.equal((await (await ask("GET", "parties/P-78/personal")).json()).fields.length, 0);
}

const city = new City(huan, pack, page_folder);
for (const one of kRoles) {
  const made = city.run("account", "add", one.role.replace("_", "."), "--json", "--store", city.store, "--role", one.role, "--city", "130100", ...one.limits);
  one.once = JSON.parse(made).password;
}
const chief = JSON.parse(city.run("account", "add", "chief", "--json", "--store", city.store, "--role", "regulator_city", "--city", "130100")).password;
const browser = await open_browser();
try {
  await city.serve();
  await city.post(...way_of_a_lot());
  await somebody_looks(city);
  for (const one of kRoles) {
    const { context, page } = await sees_its_menu(browser, city, one);
    if (one.role === "enterprise_admin") { await a_firm_makes_its_people(page, city); await a_firm_brings_its_tables(page, city); await a_firm_sets_its_prices(page, city); await a_firm_leaves_everywhere(page, city, context); }
    if (one.role === "auditor") await an_auditor_sees_who_looked(page, city);
    await context.close();
  }
  const { page } = await session_of(browser, city, "chief", chief);
  await two_plans_are_compared(page, city);
  await anybody_sees_where_it_went(browser, page, city);
  console.log("roles: passed");
} finally {
  await browser.close();
  await city.end();
}
