// SPDX-License-Identifier: Apache-2.0
// A sorting centre's day in a real browser against the real binary: a load arrives and is weighed again, is sorted with
// yield and balance as one types, a mistake is taken back, a part is shipped on and a part sold; the ledger has it all.
//   node work_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, receive, time_ago, uuid } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kCentre = "CS-130102-001";
const stock_at = async (city, material) => (await city.get(`stock?place=${kCentre}`)).items.find((one) => one.material === material)?.mass_g ?? 0;
const done = (page, text) => page.locator("[data-of=done]").getByText(text).waitFor();

async function weighs_what_arrives(page, city) {
  await page.goto(`${city.url}/#login=${city.login}`);
  await page.getByRole("link", { name: "到货与加工" }).click();
  await page.getByLabel("本场所编号").fill(kCentre);
  await page.getByRole("button", { name: "打开" }).click();
  await page.getByRole("button", { name: /SHIP-9/ }).click();
  const accepted = page.getByLabel("废黄板纸（纸箱） 实收（kg）");
  await accepted.fill("90");
  await page.getByText("-10.0%").waitFor();
  await page.getByText("与发运量相差超过 2%").waitFor();
  await accepted.fill("99.5");
  await page.getByText("与发运量相差超过 2%").waitFor({ state: "detached" });
  await accessible(page, "arrivals");
  await camera.shoot(page, "work-arrive-zh");
  await page.getByRole("button", { name: "确认收货" }).click();
  await done(page, "已收货 SHIP-9，99.5 kg");
  await page.getByText("没有发往本场所的在途货物").waitFor();
  assert.equal(await stock_at(city, "paper.occ"), 99_500);
}

/// Both weights of what came, and what they differ by.
async function sees_both_weights(page, city) {
  await page.goto(`${city.url}/shipments?state=closed&shipment=SHIP-9`);
  const row = page.getByRole("row").filter({ hasText: "SHIP-9" });
  await row.getByText("−500 g").or(row.getByText("−0.5 kg")).waitFor();
  await row.getByText("100.0 kg").waitFor();
  await row.getByText("99.5 kg").waitFor();
  await page.goto(`${city.url}/work?place=${kCentre}`);
}

async function sorts(page, city) {
  await page.getByRole("button", { name: "分拣加工" }).click();
  const taken = page.getByLabel("废黄板纸（纸箱） 重量（kg）");
  await taken.fill("120");
  await page.getByText("最多 99.5 kg").waitFor();
  await taken.fill("80");
  const balance = page.locator("[data-of=balance]"), save = page.getByRole("button", { name: "保存加工记录" });
  await balance.getByText("还有 80.0 kg 未说明去向").waitFor();
  await page.getByLabel("品类").selectOption("paper.occ");
  await page.getByLabel("重量（kg）", { exact: true }).fill("81");
  await balance.getByText("产出比投入多 1.0 kg").waitFor();
  assert.ok(await save.isDisabled(), "more cannot come out than went in");
  await page.getByLabel("重量（kg）", { exact: true }).fill("70");
  await page.getByRole("button", { name: "加一行" }).click();
  await page.getByLabel("品类").last().selectOption("paper.mixed");
  await page.getByLabel("重量（kg）", { exact: true }).last().fill("8");
  await page.getByRole("button", { name: "余量计为损耗" }).click();
  await balance.getByText("97.5%").waitFor();
  await balance.getByText("平衡").waitFor();
  await accessible(page, "processing");
  await camera.shoot(page, "work-process-zh");
  await save.click();
  await done(page, "投入 80.0 kg，产出 78.0 kg，损耗 2.0 kg");
  assert.equal(await stock_at(city, "paper.mixed"), 8_000);
  await page.getByRole("button", { name: "撤销" }).click();
  await page.locator("[data-of=done]").waitFor({ state: "detached" });
  assert.equal(await stock_at(city, "paper.mixed"), 0);
  assert.equal(await stock_at(city, "paper.occ"), 99_500);
}

async function lets_go(page, city) {
  await page.getByRole("button", { name: "发运", exact: true }).click();
  await page.getByLabel("发往（场所编号）").fill("NO-SUCH");
  await page.getByLabel("废黄板纸（纸箱） 重量（kg）").fill("20");
  await page.getByRole("button", { name: "确认发运" }).click();
  await page.getByRole("alert").getByText("unknown_place").waitFor();
  await page.getByLabel("发往（场所编号）").fill(kStation);
  await page.getByRole("button", { name: "确认发运" }).click();
  await done(page, "已发运 20.0 kg");
  await page.getByRole("button", { name: "销售", exact: true }).click();
  await page.getByLabel("买方主体编号").fill("U-001");
  await page.getByLabel("废黄板纸（纸箱） 重量（kg）").fill("50.5");
  await page.getByLabel("废黄板纸（纸箱） 单价（元/kg）").fill("1.60");
  await page.getByRole("status").getByText("¥ 80.80").waitFor();
  await camera.shoot(page, "work-sell-zh");
  await page.getByRole("button", { name: "确认销售" }).click();
  await done(page, "已销售 50.5 kg，¥ 80.80");
  assert.equal(await stock_at(city, "paper.occ"), 99_500 - 20_000 - 50_500);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits_a_phone(page, "work");
  await camera.shoot(page, "work-sell-zh-phone");
  await page.setViewportSize({ width: 1280, height: 800 });
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { level: 1, name: "Arrivals and processing" }).waitFor();
  await accessible(page, "sales in English");
}

const city = new City(huan, pack, page_folder);
const browser = await open_browser();
try {
  await city.serve();
  await city.post(receive("LOT-9", 100_000), { id: uuid("ship-9"), type: "ship", time: time_ago(300), place: kStation, to: { place: kCentre }, shipment: "SHIP-9", inputs: [{ lot: "LOT-9", mass_g: 100_000 }] });
  const page = await (await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block" })).newPage();
  const faults = faults_of(page);
  await weighs_what_arrives(page, city);
  await sees_both_weights(page, city);
  await sorts(page, city);
  await lets_go(page, city);
  assert.deepEqual(faults, []);
  const types = (await city.get("events?limit=100")).items.map((one) => one.record.event.type);
  assert.deepEqual(types, ["receive", "ship", "accept", "transform", "correct", "ship", "sell"]);
  console.log("work: passed");
} finally {
  await browser.close();
  await city.end();
}
