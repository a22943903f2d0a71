// SPDX-License-Identifier: Apache-2.0
// Holds the built console to its budgets, in bytes after gzip: what a page loads before it is first painted, and
// each lazy part of its own. Fails the build when one is over.
//   node tools/sizes.mjs <built folder>
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";

const folder = process.argv[2];
const manifest = JSON.parse(readFileSync(join(folder, "manifest.json"), "utf8"));
const kPage = 200 * 1024, kPhone = 150 * 1024, kLazy = 280 * 1024;

const size = (file) => gzipSync(readFileSync(join(folder, file)), { level: 6 }).length;

/// Everything that the given entries import at once, styles included.
function files_of(names, seen = new Set()) {
  const files = new Set();
  const walk = (name) => {
    if (seen.has(name)) return;
    seen.add(name);
    const part = manifest[name];
    files.add(part.file);
    for (const style of part.css ?? []) files.add(style);
    for (const next of part.imports ?? []) walk(next);
  };
  names.forEach(walk);
  return files;
}

const sum = (files) => [...files].reduce((total, file) => total + size(file), 0);
const entry = "index.html";
const words = "src/words/zh.ts";
const pages = Object.keys(manifest).filter((name) => name.endsWith("Page.vue"));
const rows = pages.map((name) => [name, sum(files_of([entry, words, name])) + size("index.html"), kPage]);
for (const [name, part] of Object.entries(manifest)) {
  if (part.isDynamicEntry && !pages.includes(name)) {
    const base = files_of([entry]);
    const own = [...files_of([name])].filter((file) => !base.has(file));
    rows.push([name, sum(own), kLazy]);
  }
}
for (const phone of ["m.html", "driver.html", "open.html"]) rows.push([phone, sum(files_of([phone])) + size(phone), kPhone]);
/// The map is its page's part, the worker's, and what both read.
const beside = readdirSync(join(folder, "assets")).filter((file) => /^map-(shared|worker)-/.test(file)).map((file) => `assets/${file}`);
const map = Object.values(manifest).find((part) => part.file.startsWith("assets/map-"));
if (beside.length !== 2 || !map) throw new Error("the map's parts are not there");
rows.push(["map, with its worker", sum(new Set([map.file, ...(map.css ?? []), ...beside])), kLazy]);
let over = 0;
for (const [name, bytes, budget] of rows) {
  const fits = bytes <= budget;
  over += fits ? 0 : 1;
  if (!fits || process.env.HUAN_SIZES) {
    console.log(`${fits ? "fits" : "OVER"}  ${(bytes / 1024).toFixed(1).padStart(7)} of ${budget / 1024} KB  ${name}`);
  }
}
writeFileSync(join(folder, "sizes.json"), JSON.stringify(Object.fromEntries(rows.map(([n, b]) => [n, b])), null, 1) + "\n");
process.exit(over === 0 ? 0 : 1);
