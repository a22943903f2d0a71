// SPDX-License-Identifier: Apache-2.0
// A small city for the tests of the console: the real binary on a real store, with the way of one lot from a
// household to a sale, and a browser to look at it.
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
export const kStation = "S-130102-001";

export function uuid(name) {
  const hex = createHash("sha256").update(name).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-7${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

export const time_ago = (s) => new Date(Date.now() - s * 1000).toISOString().slice(0, 19) + "Z";

export class City {
  constructor(huan, pack, page_folder) {
    this.huan = huan;
    this.page_folder = page_folder;
    this.folder = mkdtempSync(join(tmpdir(), "huan-e2e-"));
    this.store = `sqlite:${join(this.folder, "huan.db")}`;
    this.run("init", "--store", this.store, "--pack", pack);
    this.token = JSON.parse(this.run("token", "--store", this.store, "--json")).token;
  }

  run(...args) {
    const done = spawnSync(this.huan, args, { encoding: "utf8" });
    assert.equal(done.status, 0, `huan ${args[0]}: ${done.stderr}`);
    return done.stdout;
  }

  async serve(listen = "127.0.0.1:0", ...more) {
    this.server = spawn(this.huan, ["serve", "--store", this.store, "--listen", listen, "--web", this.page_folder, "--link", ...more],
      { stdio: ["ignore", "pipe", "inherit"] });
    await new Promise((resolve, reject) => {
      let text = "";
      this.server.stdout.on("data", (chunk) => {
        text += chunk;
        this.password ??= text.match(/account `operator` has the password\s+(\S+)/)?.[1];
        const link = text.match(/(http:\/\/\S+)\/#login=(\S+)/);
        if (link) { [, this.url, this.login] = link; resolve(); }
      });
      this.server.on("exit", (code) => reject(new Error(`huan serve ended with ${code}: ${text}`)));
    });
  }

  async stop() {
    if (!this.server) return;
    this.server.removeAllListeners("exit");
    const gone = new Promise((resolve) => this.server.on("exit", resolve));
    this.server.kill("SIGTERM");
    await gone;
    this.server = undefined;
  }

  async end() {
    await this.stop();
    rmSync(this.folder, { recursive: true, force: true });
  }

  async post(...events) {
    const answer = await fetch(`${this.url}/api/v1/events`, { method: "POST", body: JSON.stringify(events),
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" } });
    assert.equal(answer.status, 200, await answer.clone().text());
  }

  async put(path, data) {
    const answer = await fetch(`${this.url}/api/v1/${path}`, { method: "PUT", body: JSON.stringify({ data, time: "2025-01-01T00:00:00Z" }),
      headers: { Authorization: `Bearer ${this.token}`, "Content-Type": "application/json" } });
    assert.ok(answer.ok, await answer.clone().text());
  }

  async get(path) {
    const answer = await fetch(`${this.url}/api/v1/${path}`, { headers: { Authorization: `Bearer ${this.token}` } });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer.json();
  }
}

export const receive = (name, grams, material = "paper.occ", place = kStation) => ({
  id: uuid(name), type: "receive", time: time_ago(600), place, from: { origin: "household" },
  outputs: [{ material, mass_g: grams, lot: name, price_fen: 140, per: "kg" }] });

/// From two households over a station and a sorting centre to a buyer; one gram in a hundred is lost in sorting.
export const way_of_a_lot = () => [
  receive("LOT-1", 12_500), receive("LOT-1B", 7_500),
  { id: uuid("ship"), type: "ship", time: time_ago(500), place: kStation, to: { place: "CS-130102-001" }, shipment: "SHIP-1",
    inputs: [{ lot: "LOT-1", mass_g: 12_500 }, { lot: "LOT-1B", mass_g: 7_500 }] },
  { id: uuid("accept"), type: "accept", time: time_ago(400), place: "CS-130102-001", shipment: "SHIP-1", final: true,
    lines: [{ material: "paper.occ", accepted_g: 20_000, lot: "LOT-IN" }] },
  { id: uuid("sort"), type: "transform", time: time_ago(300), place: "CS-130102-001", inputs: [{ lot: "LOT-IN", mass_g: 20_000 }],
    outputs: [{ material: "paper.occ", mass_g: 19_800, lot: "LOT-BALE" }], loss_g: 200 },
  { id: uuid("sell"), type: "sell", time: time_ago(200), place: "CS-130102-001", inputs: [{ lot: "LOT-BALE", mass_g: 15_000 }],
    to: { party: "U-001", class: "recycle" } },
  receive("LOT-2", 31_000, "plastic.pet"),
  { id: uuid("late"), type: "ship", time: time_ago(30), place: kStation, to: { place: "CS-130102-001" }, shipment: "SHIP-2", inputs: [{ lot: "LOT-2", mass_g: 1_000 }] },
];

export const open_browser = (...more) => chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync", ...more] });

/// What a page must not do, collected: exceptions and errors of the console, but for answers that are refusals.
export function faults_of(page) {
  const faults = [];
  page.on("pageerror", (error) => faults.push(error.message));
  page.on("console", (message) => message.type() === "error" && !/status of (401|404|422)/.test(message.text()) && faults.push(message.text()));
  page.on("requestfailed", (request) => !/ERR_ABORTED|INTERNET_DISCONNECTED|CONNECTION_REFUSED/.test(request.failure()?.errorText ?? "") && faults.push(`${request.url()} ${request.failure()?.errorText}`));
  return faults;
}

export const kPassword = "Huan-Roles-2026";
/// A session by the doors, as the sign-in page makes it.
export async function session_of(browser, city, account, once) {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 }, locale: "zh-CN", serviceWorkers: "block" });
  const page = await context.newPage();
  const first = await context.request.post(`${city.url}/api/v1/session`, { data: { account, password: once } });
  assert.equal(first.status(), 200);
  const own = await context.request.put(`${city.url}/api/v1/session/password`, { data: { password: once, fresh: kPassword }, headers: { "X-CSRF-Token": (await first.json()).csrf } });
  assert.equal(own.status(), 200, await own.text());
  return { context, page, faults: faults_of(page) };
}

export class Camera {
  constructor(folder) {
    this.folder = folder;
    if (folder) mkdirSync(folder, { recursive: true });
  }
  async shoot(page, name) {
    if (this.folder) await page.screenshot({ path: join(this.folder, `${name}.png`) });
  }
}

/// No violation of WCAG 2.1 A and AA, found by axe in the page itself.
export async function accessible(page, name) {
  await page.evaluate(axe);
  const found = await page.evaluate(() => globalThis.axe.run(document, { runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"], resultTypes: ["violations"] }));
  assert.deepEqual(found.violations.map((one) => `${name}: ${one.id}: ${one.nodes.slice(0, 3).map((node) => `${node.html.slice(0, 160)} ${node.failureSummary?.replace(/\s+/g, " ").slice(0, 160)}`).join(" | ")}`), []);
}

export async function fits_a_phone(page, name) {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.waitForTimeout(150);
  const wider = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(wider <= 0, `${name}: ${wider} px wider than a phone`);
}

/// On paper of so many CSS pixels (A4 upright less its margins): no menu, nothing to press, nothing cut, nothing beside the sheet.
export async function prints_whole(page, name, width = 718) {
  const screen = page.viewportSize();
  await page.emulateMedia({ media: "print" });
  await page.setViewportSize({ width, height: 1000 });
  await page.waitForTimeout(150);
  const wrong = await page.evaluate(() => {
    const called = (one) => `${one.tagName.toLowerCase()}.${one.className?.baseVal ?? one.className} ${(one.textContent ?? "").trim().slice(0, 40)}`;
    const seen = [...document.body.querySelectorAll("*")].filter((one) => one.checkVisibility() && one.getClientRects().length && !one.closest("svg"));
    const hides = (one, way) => /auto|scroll|hidden|clip/.test(getComputedStyle(one)[way]);
    return [
      ...seen.filter((one) => one.matches("header.top, nav.menu, button:not(.link), .button, .no-print")).map((one) => `stands there: ${called(one)}`),
      ...seen.filter((one) => (hides(one, "overflowX") && one.scrollWidth > one.clientWidth + 1) || (hides(one, "overflowY") && one.scrollHeight > one.clientHeight + 1)).map((one) => `is cut: ${called(one)}`),
      ...seen.filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1).map((one) => `beside the sheet: ${called(one)}`),
    ].slice(0, 5);
  });
  assert.deepEqual(wrong, [], `${name} on paper`);
  const rows = await page.locator("tbody tr:visible, .ground > [role=row]:visible").count();
  await page.emulateMedia({ media: null });
  if (screen) await page.setViewportSize(screen);
  return rows;
}

/// The sheets of a PDF as Chromium prints it, each [width, height] in millimetres.
export async function sheets_of(page) {
  const text = (await page.pdf({ preferCSSPageSize: true })).toString("latin1");
  return [...text.matchAll(/\/MediaBox\s*\[\s*0\s+0\s+([\d.]+)\s+([\d.]+)\s*\]/g)].map(([, width, height]) => [width, height].map((points) => (Number(points) / 72) * 25.4));
}
