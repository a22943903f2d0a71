// SPDX-License-Identifier: Apache-2.0
// 25 years of a real city's recyclables, imported by the real binary: stock, statistics by month, verify and
// growth against a base year equal sums that are taken here from the CSV alone, to the gram; the same file
// again changes nothing.
//   node nyc_test.mjs <huan binary>
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const huan = process.argv[2];
const file = "tests/data/nyc/monthly_tonnage_1990_2015.csv";
const folder = mkdtempSync(join(tmpdir(), "huan-nyc-"));
const store = `sqlite:${join(folder, "huan.db")}`;
const kBaseYear = 2005, kYear = 2014;
const materials = { PAPERTONSCOLLECTED: "paper.mixed", MGPTONSCOLLECTED: "mixed.mgp" };

/// Short tons of 907184.74 g in exact decimals, half away from zero a cell.
function grams(text) {
  const [whole, fraction = ""] = text.split(".");
  const scale = 10n ** BigInt(fraction.length);
  const product = BigInt(whole + fraction) * 90718474n;
  const divisor = scale * 100n;
  return (product * 2n + divisor) / (divisor * 2n);
}

function sums() {
  const [head, ...rows] = readFileSync(file, "utf8").replace(/^\uFEFF/, "").trim().split(/\r?\n/).map((l) => l.split(","));
  const column = (name) => head.indexOf(name);
  const result = { total: 0n, material: {}, month: {}, year: {}, cells: 0 };
  const add = (table, key, g) => { table[key] = (table[key] ?? 0n) + g; };
  for (const row of rows) {
    const [year, month] = row[column("MONTH")].split("/").map((part) => part.trim());
    for (const [name, code] of Object.entries(materials)) {
      const cell = row[column(name)].trim();
      if (cell === "" || grams(cell) === 0n) continue;  // a blank is not zero, and of nothing there is no ticket
      const g = grams(cell);
      result.total += g;
      result.cells += 1;
      add(result.material, code, g);
      add(result.month, `${year}-${month.padStart(2, "0")} ${code}`, g);
      add(result.year, year, g);
    }
  }
  return result;
}

function run(...args) {
  const done = spawnSync(huan, [...args, "--store", store, "--json"], { encoding: "utf8", maxBuffer: 1 << 27 });
  assert.equal(done.status, 0, `huan ${args.join(" ")}: ${done.stderr}`);
  return JSON.parse(done.stdout);
}

function serve() {
  const server = spawn(huan, ["serve", "--store", store, "--listen", "127.0.0.1:0", "--link"], { stdio: ["ignore", "pipe", "inherit"] });
  return new Promise((resolve) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const link = text.match(/(http:\/\/\S+)\/#login/);
      if (link) resolve({ server, url: link[1] });
    });
  });
}

async function statistics(url, token, parameters) {
  const items = [];
  for (let after = ""; after !== null;) {
    const query = new URLSearchParams({ ...parameters, limit: "1000", ...(after ? { after } : {}) });
    const answer = await fetch(`${url}/api/v1/statistics?${query}`, { headers: { Authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 200);
    const body = await answer.json();
    items.push(...body.items);
    after = body.next;
  }
  return items;
}

try {
  const own = sums();
  run("init", "--pack", "packs/x-nyc");
  const mapping = ["--mapping", "packs/x-nyc/import/tonnage.toml"];
  const first = run("import", file, ...mapping);
  assert.equal(first.posted, own.cells);
  const again = run("import", file, ...mapping);
  assert.deepEqual([again.posted, again.duplicate, again.refused], [0, own.cells, 0]);
  const stock = run("stock");
  assert.equal(BigInt(stock.total_g), own.total);
  const report = run("verify");
  assert.ok(report.ok, JSON.stringify(report.differences));
  assert.equal(report.events, own.cells);
  const { token } = run("token");
  const { server, url } = await serve();
  try {
    const months = await statistics(url, token, { by: "month,material", flow: "receive" });
    const kept = Object.fromEntries(months.map((row) => [`${row.month} ${row.material}`, BigInt(row.mass_g)]));
    assert.deepEqual(kept, own.month);
    const year = (y) => months.filter((row) => row.month.startsWith(`${y}-`)).reduce((a, row) => a + BigInt(row.mass_g), 0n);
    const growth = (now, base) => Number((now - base) * 1_000_000n / base) / 1e6;
    assert.equal(growth(year(kYear), year(kBaseYear)), growth(own.year[kYear], own.year[kBaseYear]));
    console.log(`nyc: passed, ${own.cells} cells, ${own.total} g, growth ${kBaseYear}-${kYear} ${growth(year(kYear), year(kBaseYear))}`);
  } finally {
    server.kill("SIGTERM");
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
