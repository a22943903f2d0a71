// SPDX-License-Identifier: Apache-2.0
// A quarter's ledger handed in, in a real browser against the real binary: filled in from the record, a figure that
// differs is asked for its reason, submitted, sent back with a remark, handed in again, accepted. And the
// responsibility matrix: who is behind by the operator's threshold, and the reminders drawn up for them.
//   node declarations_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { accessible, Camera, City, faults_of, fits_a_phone, kStation, open_browser, prints_whole, receive } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const now = new Date();
const term = `${now.getUTCFullYear()}-Q${1 + Math.floor(now.getUTCMonth() / 3)}`;

async function fills_in(page, city) {
  await page.goto(`${city.url}/#login=${city.login}`);
  await page.getByRole("link", { name: "申报" }).click();
  await page.getByRole("combobox", { name: /^报表/ }).selectOption("quarterly");
  await page.getByLabel("所属期").fill(term);
  await page.getByLabel("所属期").press("Enter");
  await page.getByRole("button", { name: "长安区" }).click();
  await page.getByText("尚未填报").waitFor();
  await accessible(page, "declarations");
  await page.getByRole("button", { name: "自动取数" }).click();
  await page.getByRole("button", { name: "采用台账取数 回收量·废纸" }).getByText("2.5").waitFor();
  await camera.shoot(page, "declarations-zh");
}

async function differs_with_a_reason(page) {
  await page.getByLabel("回收量·废纸 确认数").fill("2.6");
  await page.getByLabel("已完成任务 确认数").fill("3");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("alert").waitFor();  // no reason was given
  await page.getByLabel("回收量·废纸 差异说明").fill("一车次日补录");
  await page.getByLabel("已完成任务 差异说明").fill("按责任分解表统计");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("button", { name: "接收" }).waitFor();
  await accessible(page, "a declaration");
}

async function goes_back_and_forth(page, city) {
  await page.getByLabel("意见").fill("请核对废纸");
  await page.getByRole("button", { name: "退回" }).click();
  await page.getByText("意见: 请核对废纸").waitFor();
  await page.getByRole("button", { name: "采用台账取数 回收量·废纸" }).click();
  await page.getByLabel("回收量·废纸 差异说明").fill("");
  await page.getByRole("button", { name: "提交" }).click();
  await page.getByRole("button", { name: "接收" }).click();
  await page.getByRole("button", { name: "接收" }).waitFor({ state: "detached" });
  await camera.shoot(page, "declarations-done-zh");
  const kept = await city.get(`declarations/shijiazhuang.quarterly.${term}.130102`);
  assert.equal(kept.state, "accepted");
  const paper = kept.lines.find((line) => line.code === "collected.paper");
  assert.deepEqual([paper.filled, paper.confirmed], [2_500_000, 2_500_000]);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits_a_phone(page, "declarations");
}

async function sees_who_is_behind(page, city) {
  await page.setViewportSize({ width: 1400, height: 900 });
  await page.getByRole("link", { name: "责任分工" }).click();
  await page.getByText("28 项任务").waitFor();
  await page.getByRole("row", { name: /回收网点.*各县（市、区）/ }).getByText("进展缓慢").waitFor();
  await page.getByRole("row", { name: /标准化分拣中心/ }).getByText("严重滞后").waitFor();
  await accessible(page, "tasks");
  await camera.shoot(page, "tasks-zh");
  await page.getByRole("button", { name: "生成提醒和通报" }).click();
  await page.getByText("已生成 2 份文书").waitFor();
  await brings_a_notice_on(page, city);
  await page.getByLabel("单位").selectOption({ label: "市供销社" });
  const rows = page.getByRole("region", { name: "责任分工" }).locator("tbody tr");
  const all = await rows.count();
  assert.ok(all > 0 && all < 28, "one unit's tasks");
  await page.getByLabel("进度").selectOption("seriously_late");
  assert.equal(await rows.count(), 1);
  await page.setViewportSize({ width: 390, height: 844 });
  await fits_a_phone(page, "tasks");
}

/// What a button makes, as bytes.
async function made_by(page, button) {
  const [file] = await Promise.all([page.waitForEvent("download", { timeout: 90_000 }), button.click()]);
  return { name: file.suggestedFilename(), bytes: await readFile(await file.path()) };
}

/// A report as it is printed: every table of it whole on its paper.
async function prints_a_report(page, city, path, has) {
  const html = await (await fetch(`${city.url}/api/v1/reports/${path}`, { headers: { Authorization: `Bearer ${city.token}` } })).text();
  const sheet = await page.context().newPage();
  await sheet.setContent(html);
  await sheet.getByText(has).first().waitFor();
  await prints_whole(sheet, path);
  await sheet.close();
}

/// Signed, delivered, and a paper to send; the page on paper has no menu and all of its tables.
async function brings_a_notice_on(page, city) {
  const notices = page.locator("[data-of=notices]");
  const first = notices.locator("tbody tr").first();
  await first.getByText("拟制").waitFor();
  assert.equal(await notices.locator("tbody tr").count(), 2);
  await first.getByRole("button", { name: "签发" }).click();
  await first.getByText("已印发").waitFor();
  const paper = await made_by(page, first.getByRole("button", { name: "文书 PDF" }));
  assert.match(paper.name, /^notice-.*\.pdf$/);
  assert.equal(paper.bytes.subarray(0, 5).toString(), "%PDF-");
  const table = await made_by(page, first.getByRole("button", { name: "文书 XLSX" }));
  assert.equal(table.bytes.subarray(0, 2).toString(), "PK");
  await first.getByRole("button", { name: "登记送达" }).click();
  await first.getByLabel(/送达情况/).fill("市商务局，当日，专人");
  await first.getByRole("button", { name: "登记送达" }).click();
  await first.getByText("已送达").waitFor();
  await accessible(page, "notices");
  assert.equal(await prints_whole(page, "tasks"), await page.locator("tbody tr").count());
  const kept = await city.get("dossiers?kind=notice&limit=1000");
  await prints_a_report(page, city, `notice?document=${encodeURIComponent(kept.items[0].key)}`, "通报");
  await prints_a_report(page, city, `dossier?subject=${kStation}`, kStation);
}

const city = new City(huan, pack, page_folder);
const browser = await open_browser();
try {
  const today = now.toISOString().slice(0, 10);
  city.run("dossier", "set", "--store", city.store, "--pack", pack, "--at", today, "--key", "RULE", "--type", "dispatch_rule", "--about", "city:130100", "--state", "in_force", "--set", "reminder_lag_ppm=100000",
    "--set", "notice_lag_ppm=600000", "--set", "stale_days=100", "--evidence", "会议纪要");
  for (const [task, progress] of [["1", "800000"], ["2", "100000"]]) city.run("dispatch", "report", "--store", city.store, "--pack", pack, "--task", task, "--progress-ppm", progress, "--at", today);
  await city.serve();
  await city.post(receive("LOT-1", 2_500_000));
  const page = await (await browser.newContext({ viewport: { width: 1400, height: 900 }, locale: "zh-CN", serviceWorkers: "block" })).newPage();
  const faults = faults_of(page);
  await fills_in(page, city);
  await differs_with_a_reason(page);
  await goes_back_and_forth(page, city);
  await sees_who_is_behind(page, city);
  assert.deepEqual(faults.filter((fault) => !/status of 400/.test(fault)), []);
  console.log("declarations: passed");
} finally {
  await browser.close();
  await city.end();
}
