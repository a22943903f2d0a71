// SPDX-License-Identifier: Apache-2.0
// The console in a real browser against the real binary on a real store: sign in by the one-time link, see a ticket
// arrive live, go down to a place, trace a lot and check its proof, ask what a plan would be without a station; every page in both languages, on a desk and on a
// phone, in the dark, held to axe.
//   node console_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { appendFileSync, cpSync, mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, prints_whole, receive, time_ago, uuid, way_of_a_lot } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kRunning = "stations, the next step", kNextYear = new Date(Date.now() + 8 * 3_600_000).getUTCFullYear() + 1;

/// What the map takes over the wire, its worker included: what both read is fetched once.
function weigh_the_map(page) {
  const weighed = [];
  page.on("requestfinished", (request) => /\/assets\/map-/.test(request.url()) && weighed.push(request.sizes().then((sizes) => [request.url(), sizes.responseBodySize])));
  return async () => {
    const parts = await Promise.all(weighed);
    const bytes = parts.reduce((sum, [, size]) => sum + size, 0);
    assert.ok(parts.some(([url]) => url.includes("map-shared")) && bytes > 100_000 && bytes <= 280 * 1024, `the map takes ${bytes} bytes: ${parts.join(" ")}`);
    console.log(`console: the map takes ${(bytes / 1024).toFixed(1)} KB over the wire in ${parts.length} files`);
  };
}

async function sees_today_live(page, city) {
  const weighed = weigh_the_map(page);
  await page.getByRole("heading", { name: "今日各品类收购量" }).waitFor();
  assert.ok(!page.url().includes("login="), "a used link stays in the address");
  await page.getByRole("link", { name: "LOT-2", exact: true }).first().waitFor();
  await page.locator("[data-of=mass]").getByText("51.0").waitFor();
  await city.post(receive("LOT-LIVE", 2_500));
  await page.getByRole("link", { name: "LOT-LIVE", exact: true }).waitFor({ timeout: 15_000 });  // over the live stream
  await page.locator("[data-of=mass]").getByText("53.5").waitFor();
  await page.locator("[data-drawn=yes]").waitFor({ timeout: 30_000 });
  await weighed();
}

/// Coverage, targets, what is overdue, broken norms: a card each, one click from its page and from there to the facts.
async function sees_how_it_stands(page, city) {
  const card = (name) => page.locator(`[data-of=${name}]`);
  const reach = await city.get("coverage"), { items } = await city.get("indicators?limit=1000"), scores = await city.get("scores");
  const [reached, all] = ["households_reached", "households"].map((what) => reach.districts.reduce((sum, row) => sum + row[what], 0));
  await card("coverage").getByRole("link", { name: `${((100 * reached) / all).toFixed(1)}%` }).waitFor();
  await card("coverage").getByText("步行 500 米").waitFor();
  const missed = items.filter((one) => one.status === "missed");
  assert.ok(missed.length > 0 && scores.total.total.fail > 0, "this pack has targets that were missed and norms that are broken");
  await card("targets").getByRole("link", { name: `未达标 ${missed.length}`, exact: true }).waitFor();
  await card("targets").getByText(`${items.filter((one) => one.standing.expired).length} 项目标期限已过`).waitFor();
  await sees_the_pace(card("targets"), items);
  await card("overdue").getByRole("link").first().waitFor();
  await card("norms").getByRole("link", { name: `不符合 ${scores.total.total.fail} 项`, exact: true }).waitFor();
  const [worst] = scores.total.articles.sort((a, b) => b.tally.fail - a.tally.fail);
  const row = card("norms").locator("li").first();
  await row.getByText(`${worst.tally.fail} 个对象`).waitFor();
  await row.getByRole("link").click();
  await page.waitForURL(/of=findings.*norm=/);
  await page.getByRole("button", { name: /取消筛选/ }).waitFor();
  await page.getByText(/^✕ 不符合$/).first().click();
  await page.getByRole("table", { name: "所用事实" }).getByText("不符合").first().waitFor();
  await page.goBack();
  await card("targets").getByRole("link", { name: `未达标 ${missed.length}`, exact: true }).click();
  await page.getByText("期限已过").first().waitFor();
  assert.equal(await page.locator("section.one").count(), missed.length);
  await page.getByRole("link", { name: "覆盖率" }).click();
  assert.equal(await page.locator("[data-of=reached]").first().waitFor().then(() => page.locator("[data-of=reached]").count()), reach.districts.length);
  await page.getByLabel("步行距离（米）").selectOption("2000");
  await page.getByText("步行 2000 米内算覆盖").waitFor();
  await page.getByRole("link", { name: "总览" }).click();
}

/// A target whose day is to come stands first, with what each 30 days must bring: reckoned here once more.
async function sees_the_pace(card, items) {
  const { standing } = items.find((one) => one.standing.en === kRunning);
  const [target] = standing.targets;
  assert.equal(target.deadline, `${kNextYear}-12-31`);
  const today = Date.parse(new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10));  // as the city counts
  const paces = [0, 1].map((ago) => Math.ceil(((Number(target.target_text) - Number(standing.value_text)) * 30 * 86_400_000) / (Date.parse(target.deadline) - today + ago * 86_400_000)));
  const row = card.locator("li").first();
  await row.getByRole("link", { name: "再生资源回收站点（下一步）" }).waitFor();
  await row.getByText(new RegExp(`每 30 天还需 (${paces.join("|")}) 个`)).waitFor();  // midnight may lie between
  await row.getByText(`${standing.value_text} / ${target.target_text} 个`).waitFor();
}

async function goes_down_to_a_place(page) {
  await page.getByRole("button", { name: "长安区" }).click();
  await page.getByRole("heading", { name: "街道（乡镇）" }).waitFor();
  await page.getByRole("button", { name: "建北街道" }).click();
  await page.getByRole("button", { name: /棉一东社区回收站/ }).click();
  await page.waitForURL(new RegExp(`place=${kStation}`));
  await page.locator("[data-of=mass]").getByText("53.5").waitFor();
  await page.goBack();
  await page.getByRole("button", { name: /棉一东社区回收站/ }).waitFor();
  await page.goto(new URL(`/registry?of=places&key=${kStation}`, page.url()).href);  // what it is, who runs it, how its norms stand
  await page.getByRole("link", { name: "E-001" }).waitFor();
  await page.locator("[data-of=norms-here]").getByRole("link", { name: /^情况不明 \d+$/ }).click();
  await page.waitForURL(/of=findings/);
  await page.getByText(/^\? 情况不明$/).first().click();
  await page.getByText("所用事实").waitFor();
  await page.goto(new URL("/", page.url()).href);
}

async function traces_a_lot(page) {
  await page.getByRole("link", { name: "追溯" }).click();
  await page.getByLabel("批次号 / 磅单号 / 编码").fill("LOT-BALE");
  await page.getByRole("button", { name: "查询" }).click();
  await page.locator("[data-of=lot]").getByText("19.8").waitFor();
  assert.match(await page.locator("[data-of=sources]").textContent(), /居民.*份额合计 19\.8 kg/);
  assert.match(await page.locator("[data-of=fates]").textContent(), /再生利用.*15\.0 kg.*尚在库.*4\.8 kg/);
  await page.locator("[data-of=proof].checked").getByText("本浏览器已验证").waitFor();
  await page.locator("[data-of=way] canvas").waitFor();
  const folded = page.locator("svg g[aria-expanded=false]").first();
  const boxes = () => page.locator("svg g rect:not(.under)").count();
  const before = await boxes();
  await folded.focus();
  await page.keyboard.press("Enter");
  for (let n = 0; n < 50 && (await boxes()) <= before; ++n) await page.waitForTimeout(50);
  assert.ok((await boxes()) > before, "opening a folded box shows what is in it");
  await camera.shoot(page, "trace-zh");
  await page.getByLabel("批次号 / 磅单号 / 编码").fill("NO-SUCH");
  await page.getByRole("button", { name: "查询" }).click();
  await page.getByRole("alert").getByText("unknown_lot").waitFor();
}

/// A plate leads to what that vehicle carried.
async function traces_a_vehicle(page, city) {
  const put = await fetch(`${city.url}/api/v1/assets/V-1`, { method: "PUT", body: JSON.stringify({ id: uuid("van"), time: time_ago(3600), data: { kind: "vehicle", name: "van", plate: "冀A12345" } }),
    headers: { Authorization: `Bearer ${city.token}`, "Content-Type": "application/json" } });
  assert.equal(put.status, 201, await put.clone().text());
  await city.post({ id: uuid("carried"), type: "ship", time: time_ago(10), place: kStation, to: { place: "CS-130102-001" }, shipment: "SHIP-3", vehicle: "V-1", inputs: [{ lot: "LOT-2", mass_g: 500 }] });
  await page.goto(`${city.url}/trace?q=${encodeURIComponent("冀A·12345")}`);
  await page.getByRole("link", { name: "LOT-2" }).waitFor();
}

async function goes_by_keyboard(page) {
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "搜索或跳转" }).fill("总览");
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/$/);
  await page.getByRole("heading", { name: "网络图" }).or(page.getByRole("region", { name: "网络图" })).first().waitFor();
}

/// A siting of a district's stations, watched until it has ended, with its bound and its map.
async function plans(page) {
  await page.getByRole("link", { name: "规划" }).click();
  await page.getByLabel("数据来自").selectOption("registered");
  await page.getByLabel("计算时间（秒）").fill("2");
  await page.getByLabel("设几处").fill("2");
  await page.getByRole("button", { name: "开始计算" }).click();
  await page.locator("[data-of=job].done").waitFor({ timeout: 40_000 });
  await page.locator("[data-of=job]").getByText("下界").waitFor();
  await page.locator("[data-of=job] canvas").waitFor();
  await camera.shoot(page, "plan-done-zh");
  await page.getByLabel("类型").selectOption("route");
  await page.getByLabel("区县").selectOption("130102");
  await page.getByRole("button", { name: "开始计算" }).click();
  await page.locator("[data-of=job].done").getByText("总里程").waitFor({ timeout: 40_000 });
  // What if that stop were not served: from the problem that this tab has kept.
  const pane = page.locator("[data-of=what-if]");
  await pane.getByRole("button", { name: "长安区建北街道棉一东社区回收站" }).click();
  await pane.getByRole("button", { name: "移到…" }).click();
  await pane.getByLabel("经度").fill("114.52");
  await pane.getByLabel("纬度").fill("38.06");
  await pane.getByRole("button", { name: "就放这里" }).click();
  await pane.getByLabel("计算时间（秒）").fill("1");
  await pane.getByRole("button", { name: "按改动重算" }).click();
  const distance = page.locator("[data-of=compare] tr", { hasText: "总里程" });
  await distance.waitFor({ timeout: 40_000 });
  assert.doesNotMatch((await distance.textContent()) ?? "", /(^|\D)0\.0$/, "a stop that is moved changes the way");
}

/// The city's whole network, then without one of its stations and with a new one: solved again from there, side by side.
async function asks_what_if(page) {
  await page.getByLabel("类型").selectOption("site");
  await page.getByLabel("计算时间（秒）").first().fill("2");
  await page.getByRole("button", { name: "开始计算" }).click();
  await page.locator("[data-of=job].done").getByText("服务户数").waitFor({ timeout: 60_000 });
  const cost = (await page.locator("[data-of=job] dd").first().textContent()) ?? "";
  const pane = page.locator("[data-of=what-if]");
  await pane.locator("[data-drawn=yes]").waitFor({ timeout: 30_000 });
  await pane.getByLabel("层级").selectOption("station");
  await pane.getByLabel("编号或名称").fill(kStation);
  await pane.getByRole("button", { name: "长安区建北街道棉一东社区回收站" }).click();
  await pane.getByRole("button", { name: "撤掉" }).click();
  await pane.getByRole("button", { name: "新增一处" }).click();
  await pane.locator("canvas").click({ position: { x: 200, y: 200 } });
  await pane.getByText("新增 回收站点，位于").waitFor();
  await camera.shoot(page, "plan-what-if-zh");
  await pane.getByLabel("计算时间（秒）").fill("2");
  await pane.getByRole("button", { name: "按改动重算" }).click();
  await page.getByText("含 2 处改动").first().waitFor({ timeout: 60_000 });
  const compared = page.locator("[data-of=compare]");
  await compared.locator("tr", { hasText: "年成本" }).getByText(/^[+-][\d,]+$/).waitFor({ timeout: 60_000 });
  assert.ok(cost.startsWith((await compared.locator("tr", { hasText: "年成本" }).locator("td").nth(1).textContent()) ?? "?"), "the plan before is the one compared with");
  await compared.getByText("长安区建北街道棉一东社区回收站").waitFor();  // in the plan before alone
  await accessible(page, "what if");
  await compared.scrollIntoViewIfNeeded();
  await camera.shoot(page, "plan-compare-zh");
}

async function counts(page) {
  await page.getByRole("link", { name: "统计" }).click();
  await page.locator("select[name=by]").selectOption("material");
  await page.waitForURL(/by=material/);
  await page.getByRole("cell", { name: "PET 瓶（饮料瓶）" }).waitFor();
  const csv = await page.evaluate(async () => (await fetch(document.querySelector("a[download][href*=csv]").href)).text());
  assert.match(csv, /plastic\.pet,31000,/);
  const sheet = await page.evaluate(async () => [...new Uint8Array(await (await fetch(document.querySelector("a[download][href*=xlsx]").href)).arrayBuffer()).slice(0, 2)]);
  assert.deepEqual(sheet, [0x50, 0x4b], "the spreadsheet is one");
  const shown = await page.locator("tbody tr").count();
  assert.equal(await prints_whole(page, "statistics"), shown);
  const wears = (media, name) => page.emulateMedia({ media, colorScheme: "dark" }).then(() => page.waitForFunction((wanted) => document.documentElement.dataset.theme === wanted, name));
  await wears("screen", "dark");
  await wears("print", "light");  // charts colour themselves: not in light ink on white
  await page.emulateMedia({ media: null, colorScheme: null });
  await page.goto(new URL("/tickets", page.url()).href);
  await page.getByRole("row").nth(1).waitFor();
  const { items } = JSON.parse(await page.evaluate(async () => (await fetch("/api/v1/events?limit=1000")).text()));
  assert.equal(await prints_whole(page, "tickets"), items.length);  // those out of sight, too
}

const kPages = [
  { name: "overview", path: "/", zh: "总览", en: "Overview" },
  { name: "station", path: "/station", zh: "站点过磅", en: "Weigh-in" },
  { name: "tickets", path: "/tickets", zh: "磅单与事件", en: "Tickets and events" },
  { name: "shipments", path: "/shipments?state=all&shipment=SHIP-1", zh: "发运", en: "Shipments" },
  { name: "registry", path: `/registry?of=places&key=${kStation}`, zh: "登记", en: "Registry" },
  { name: "stock", path: "/stock?group=CS-130102-001%20paper.occ", zh: "库存", en: "Stock" },
  { name: "statistics", path: "/statistics?by=material&second=flow&flow=receive", zh: "统计", en: "Statistics" },
  { name: "oversight", path: "/oversight", zh: "监管", en: "Oversight" },
  { name: "findings", path: "/oversight?of=findings&verdict=not_known", zh: "监管", en: "Oversight" },
  { name: "coverage", path: "/oversight?of=coverage", zh: "监管", en: "Oversight" },
  { name: "plan", path: "/plan", zh: "规划", en: "Plans" },
  { name: "work", path: "/work?place=CS-130102-001&do=process", zh: "到货与加工", en: "Arrivals and processing" },
  { name: "declarations-page", path: "/declarations", zh: "申报", en: "Declarations" },
  { name: "tasks-page", path: "/tasks", zh: "责任分工", en: "Responsibilities" },
  { name: "trace", path: "/trace?q=LOT-BALE", zh: "追溯", en: "Trace" },
  { name: "supervision", path: "/supervision", zh: "双随机监管", en: "Supervision" },
  { name: "money", path: "/money", zh: "开票与补贴", en: "Invoices and subsidy" },
  { name: "prices-page", path: "/prices", zh: "收购价", en: "Prices paid" },
  { name: "import-page", path: "/import", zh: "导入表格", en: "Import a table" },
  { name: "orders", path: "/orders", zh: "上门订单", en: "Orders" },
  { name: "dispatch", path: "/dispatch", zh: "当日派车", en: "The day's trucks" },
  { name: "team-page", path: "/team", zh: "账号与令牌", en: "Accounts" },
  { name: "privacy-page", path: "/privacy", zh: "个人信息审计", en: "Privacy audit" },
  { name: "inspect", path: "/inspect", zh: "现场检查", en: "Inspections" },
  { name: "account-page", path: "/account", zh: "我的账号", en: "My account" },
];

/// A view under a name: found again in a fresh page, by the palette, with its filters.
async function names_a_view(page) {
  await page.goto(new URL("/tickets?type=ship", page.url()).href);
  await page.getByRole("button", { name: "视图" }).click();
  await page.getByLabel("把当前页面和筛选条件存为").fill("今天的发运记录");
  await page.getByRole("button", { name: "保存" }).click();
  await page.getByRole("link", { name: "今天的发运记录" }).waitFor();
  await accessible(page, "views");
  await camera.shoot(page, "views-zh");
  await page.goto(new URL("/stock", page.url()).href);
  await page.getByRole("heading", { level: 1, name: "库存" }).waitFor();
  await page.keyboard.press("Control+k");
  await page.getByRole("combobox", { name: "搜索或跳转" }).fill("发运记录");
  await page.getByRole("option", { name: /今天的发运记录/ }).waitFor();
  await page.keyboard.press("Enter");
  await page.waitForURL(/\/tickets\?type=ship$/);
}

/// Nothing is being read any more.
async function settled(page) {
  await page.waitForFunction(() => !/读取中…|Loading…/.test(document.body.innerText));
  await page.locator(".network:not([data-drawn])").waitFor({ state: "detached" });
  await page.waitForTimeout(100);
}

/// Each page in both languages, light and dark, desk and phone.
async function every_page(page) {
  for (const language of ["zh", "en"]) {
    if (language === "en") {
      await page.getByRole("button", { name: "English" }).click();
      await page.getByRole("button", { name: /Theme/ }).click();  // light
      await page.getByRole("button", { name: /Theme/ }).click();  // dark
    }
    for (const one of kPages) {
      await page.setViewportSize({ width: 1280, height: 800 });
      await page.goto(new URL(one.path, page.url()).href);
      await page.getByRole("heading", { level: 1, name: one[language] }).waitFor();
      await settled(page);
      await accessible(page, `${one.name} ${language}`);
      await camera.shoot(page, `${one.name}-${language}`);
      await fits_a_phone(page, one.name);
      await camera.shoot(page, `${one.name}-${language}-phone`);
    }
  }
}

/// A service of tiles: one picture for all of them, refused or never sent when told so.
async function tile_service(png) {
  const asked = [];
  const service = { asked, answer: "picture" };
  const server = createServer((request, response) => {
    asked.push({ url: request.url, cookie: request.headers.cookie, referer: request.headers.referer });
    if (service.answer === "never") return;
    response.writeHead(service.answer === "picture" ? 200 : 503, { "Content-Type": "image/png", "Access-Control-Allow-Origin": "*" });
    response.end(service.answer === "picture" ? png : "");
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  service.url = `http://127.0.0.1:${server.address().port}`;
  service.end = () => { server.closeAllConnections(); server.close(); };
  return service;
}

const kMagenta = [255, 0, 255];

/// How much of what is drawn on the map has the colour of the tiles, in hundredths.
async function coloured(page, [red, green, blue]) {
  await page.evaluate(() => document.querySelectorAll(".legend, .map-label, .maplibregl-control-container").forEach((one) => { one.style.opacity = "0"; }));
  const seen = (await page.locator(".network canvas").screenshot()).toString("base64");
  await page.evaluate(() => document.querySelectorAll(".legend, .map-label, .maplibregl-control-container").forEach((one) => { one.style.opacity = ""; }));
  return page.evaluate(async ([seen, red, green, blue]) => {
    const image = new Image();
    image.src = `data:image/png;base64,${seen}`;
    await image.decode();
    const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
    const pen = canvas.getContext("2d");
    pen.drawImage(image, 0, 0);
    const { data } = pen.getImageData(0, 0, image.width, image.height);
    let hits = 0;
    for (let n = 0; n < data.length; n += 4) hits += data[n] === red && data[n + 1] === green && data[n + 2] === blue;
    return Math.round((hits * 400) / data.length);
  }, [seen, red, green, blue]);
}

/// The operator's tiles: beneath the network with who made them, off by a switch that is remembered, and no loss when they do not come.
async function lays_tiles(browser, city) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  const png = Buffer.from(await page.evaluate(([red, green, blue]) => {
    const canvas = Object.assign(document.createElement("canvas"), { width: 256, height: 256 });
    const pen = canvas.getContext("2d");
    pen.fillStyle = `rgb(${red} ${green} ${blue})`;
    pen.fillRect(0, 0, 256, 256);
    return canvas.toDataURL("image/png").split(",")[1];
  }, kMagenta), "base64");
  const service = await tile_service(png);
  try {
    await city.stop();
    await city.serve("127.0.0.1:0", "--tiles", `${service.url}/{z}/{x}/{y}.png?key=k`, "--tiles-attribution", "© 测试 <b>底图</b>");
    await page.goto(`${city.url}/#login=${city.login}`);
    await page.locator(".network[data-drawn=yes]").waitFor({ timeout: 30_000 });
    assert.ok(service.asked.length > 0, "tiles are asked for");
    for (const one of service.asked) {
      const [z, x, y] = (one.url.match(/^\/(\d+)\/(\d+)\/(\d+)\.png\?key=k$/) ?? assert.fail(one.url)).slice(1).map(Number);
      const edge = (at) => [(at / 2 ** z) * 360 - 180, ((at + 1) / 2 ** z) * 360 - 180];
      assert.ok(edge(x)[0] < 118 && edge(x)[1] > 111 && y < 2 ** z, `a tile of elsewhere: ${one.url}`);
      assert.deepEqual([one.cookie, one.referer], [undefined, undefined], "nobody is told who looks");
    }
    await page.getByText("© 测试 <b>底图</b>").waitFor();
    const share = await coloured(page, kMagenta);
    assert.ok(share > 10 && share < 95, `the tiles are seen, and the network upon them: ${share} %`);
    await accessible(page, "tiles");
    await camera.shoot(page, "overview-tiles-zh");
    const toggle = page.getByRole("button", { name: "底图" });
    assert.equal(await toggle.getAttribute("aria-pressed"), "true");
    await toggle.click();
    await page.getByText("© 测试 <b>底图</b>").waitFor({ state: "hidden" });
    const before = service.asked.length;
    await page.reload();
    await page.locator(".network[data-drawn=yes]").waitFor({ timeout: 30_000 });
    assert.equal(await toggle.getAttribute("aria-pressed"), "false", "it is remembered");
    assert.equal(await coloured(page, kMagenta), 0);
    assert.equal(service.asked.length, before, "what is off is not asked for");
    service.answer = "refusal";
    await toggle.click();
    await page.getByText("底图暂时取不到，现只显示本市网络。").waitFor();
    service.answer = "never";
    await page.reload();
    await page.locator(".network .map-label", { hasText: "长安区" }).waitFor({ timeout: 30_000 });  // the network waits for no tile
  } finally {
    service.end();
    await context.close();
  }
}

async function check(browser, city) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  const faults = faults_of(page);
  const outside = [];
  page.on("request", (request) => /^https?:/.test(request.url()) && !request.url().startsWith(`${city.url}/`) && outside.push(request.url()));
  await page.goto(`${city.url}/#login=${city.login}`);
  await sees_today_live(page, city);
  await sees_how_it_stands(page, city);
  await goes_down_to_a_place(page);
  await traces_a_lot(page);
  await plans(page);
  await asks_what_if(page);
  await counts(page);
  await traces_a_vehicle(page, city);
  await goes_by_keyboard(page);
  await names_a_view(page);
  await every_page(page);
  assert.deepEqual(faults, []);
  assert.deepEqual(outside.filter((url) => !url.startsWith("http://127.0.0.1:8790/")), [], "nothing but our server and the scale beside it is asked");
  const again = await (await browser.newContext({ locale: "zh-CN" })).newPage();
  await again.goto(`${city.url}/#login=${city.login}`);
  await again.getByRole("alert").getByText("unauthorized").waitFor();  // in a fresh context: once only
  await again.getByLabel("账号").fill("operator");
  await again.getByLabel("密码").fill(city.password);
  await again.getByRole("button", { name: "进入" }).first().click();
  await again.getByRole("heading", { name: "设置新密码" }).waitFor();
  await again.getByLabel("现在的密码").fill(city.password);
  await again.getByLabel("新密码").fill("Huan-Test-2026-own");
  await again.getByRole("button", { name: "保存并进入" }).click();
  await again.getByRole("heading", { level: 1, name: "总览" }).waitFor();
  await again.getByRole("button", { name: "退出登录" }).click();
  await again.getByRole("heading", { level: 1, name: "登录" }).waitFor();
  await accessible(again, "sign in");
  await camera.shoot(again, "sign-in-zh");
}

/// The pack, with one more target: one whose day has not come, whenever this is run.
function pack_with_a_running_target() {
  const folder = mkdtempSync(join(tmpdir(), "huan-packs-"));
  for (const name of ["base", basename(pack)]) cpSync(join(dirname(pack), name), join(folder, name), { recursive: true });
  appendFileSync(join(folder, basename(pack), "indicators.toml"), `
[[indicator]]
code = "running"
number = "99"
zh = "再生资源回收站点（下一步）"
en = "${kRunning}"
unit = "个"
base = "1570"
base_year = 2021
targets = [{ value = "9000", comparator = "=", deadline = "${kNextYear}" }]
responsible_reason = "made up for a test"
clause = "made up for a test"
formula = { measure = { source = "registry", quantity = "number", place_kinds = ["station"] } }
`);
  return { folder, path: join(folder, basename(pack)) };
}

const running = pack_with_a_running_target();
const city = new City(huan, running.path, page_folder);
const browser = await open_browser();
try {
  await city.serve();
  await city.post(...way_of_a_lot());
  await check(browser, city);
  await lays_tiles(browser, city);
  console.log("console: passed");
} finally {
  await browser.close();
  await city.end();
  rmSync(running.folder, { recursive: true, force: true });
}
