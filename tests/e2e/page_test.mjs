// SPDX-License-Identifier: Apache-2.0
// The page in a real browser against the real binary on a real store: sign in by the one-time link, see a
// ticket arrive live, trace its lot, switch the language, on a desk and on a phone.
//   node page_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "huan-e2e-"));
const store = `sqlite:${join(folder, "huan.db")}`;

function run(...args) {
  const done = spawnSync(huan, args, { encoding: "utf8" });
  assert.equal(done.status, 0, `huan ${args[0]}: ${done.stderr}`);
  return done.stdout;
}

function serve() {
  const server = spawn(huan, ["serve", "--store", store, "--listen", "127.0.0.1:0", "--web", page_folder, "--link"],
    { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const link = text.match(/(http:\/\/\S+)\/#login=(\S+)/);
      if (link) resolve({ server, url: link[1], token: link[2] });
    });
    server.on("exit", (code) => reject(new Error(`huan serve ended with ${code}: ${text}`)));
  });
}

const stationTime = () => new Date(Date.now() - 1000).toISOString().slice(0, 19) + "Z";

function ticket(n, grams) {
  return { id: `0192f8c4-1a2b-7c3d-8e4f-5a6b7c8d9e${String(n).padStart(2, "0")}`, type: "receive", time: stationTime(),
    place: "S-130102-001", from: { origin: "household" },
    outputs: [{ material: "paper.occ", mass_g: grams, lot: `LOT-${n}`, price_fen: 140, per: "kg" }] };
}

async function post(url, token, event) {
  const answer = await fetch(`${url}/api/v1/events`, { method: "POST", body: JSON.stringify(event),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } });
  assert.equal(answer.status, 200, await answer.clone().text());
}

async function shot(page, name) {
  if (shots) await page.screenshot({ path: join(shots, `${name}.png`), fullPage: true });
}

async function check(browser, url, login, token) {
  const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, locale: "zh-CN" });
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && faults.push(message.text()));
  await page.goto(`${url}/#login=${login}`);
  await page.getByRole("heading", { name: "今日各品类收购量" }).waitFor();
  assert.ok(!page.url().includes("login="), "a used link stays in the address");
  await page.getByRole("button", { name: "LOT-1" }).waitFor();
  await post(url, token, ticket(2, 2_500));
  await page.getByRole("button", { name: "LOT-2" }).waitFor({ timeout: 10_000 });  // over the live stream
  await page.waitForFunction(() => document.getElementById("today").textContent.includes("15.0 kg"));
  await page.getByRole("button", { name: "LOT-1" }).click();
  await page.locator("#traceHead").getByText("12.5 kg").waitFor();
  assert.match(await page.locator("#shares").textContent(), /居民/);
  assert.equal(await page.locator("#picture svg rect").count(), 2);
  assert.match(await page.locator("#proof").textContent(), /已在日志中/);
  await shot(page, "page-zh");
  await page.locator("#lot").fill("NO-SUCH");
  await page.getByRole("button", { name: "查询" }).click();
  await page.locator("#traceError").getByText("unknown_lot").waitFor();
  await page.getByRole("button", { name: "English" }).click();
  await page.getByRole("heading", { name: "Received today, by material" }).waitFor();
  await shot(page, "page-en");
  await page.setViewportSize({ width: 390, height: 844 });
  const wide = await page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
  assert.ok(!wide, "the page is wider than a phone");
  await shot(page, "page-phone");
  assert.deepEqual(faults.filter((f) => !f.includes("404") && !f.includes("422")), []);
  const again = await browser.newPage();
  await again.goto(`${url}/#login=${login}`);
  await again.locator("#loginError").getByText("unauthorized").waitFor();  // in a fresh context: once only
}

run("init", "--store", store, "--pack", pack);
const token = JSON.parse(run("token", "--store", store, "--json")).token;
const { server, url, token: login } = await serve();
const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync"] });
try {
  await post(url, token, ticket(1, 12_500));
  await check(browser, url, login, token);
  console.log("page: passed");
} finally {
  await browser.close();
  server.removeAllListeners("exit");
  server.kill("SIGTERM");
  rmSync(folder, { recursive: true, force: true });
}
