// SPDX-License-Identifier: Apache-2.0
// kill -9 under load: whatever was acknowledged is there afterwards, nothing is half there, the same batch
// again is one batch, and verify finds nothing.
//   node kill_test.mjs <huan binary> <pack folder> [rounds (20)] [seed (1)]
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const [huan, pack, rounds = "20", seed = "1"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "huan-kill-"));
const store = `sqlite:${join(folder, "huan.db")}`;
const kClients = 8, kBatch = 25, kPlaces = 10;

let draws = 0;
const draw = (n) => createHash("sha256").update(`${seed}/${draws++}`).digest().readUInt32BE(0) % n;

function run(...args) {
  const done = spawnSync(huan, args, { encoding: "utf8", maxBuffer: 1 << 26 });
  assert.equal(done.status, 0, `huan ${args.join(" ")}: ${done.stderr} ${done.stdout}`);
  return done.stdout;
}

function uuid(name) {
  const hex = createHash("sha256").update(`${seed}/${name}`).digest("hex");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

const time = new Date(Date.now() - 60_000).toISOString().slice(0, 19) + "Z";

function batch(round, client, n) {
  return Array.from({ length: kBatch }, (_, i) => ({
    id: uuid(`${round}/${client}/${n}/${i}`), type: "receive", time,
    place: `S-130102-${String(1 + ((client + i) % kPlaces)).padStart(3, "0")}`, from: { origin: "household" },
    outputs: [{ material: "paper.occ", mass_g: 1000 + i }],
  }));
}

function serve() {
  const server = spawn(huan, ["serve", "--store", store, "--listen", "127.0.0.1:0", "--link"],
    { stdio: ["ignore", "pipe", "ignore"] });
  return new Promise((resolve, reject) => {
    let text = "";
    server.stdout.on("data", (chunk) => {
      text += chunk;
      const link = text.match(/(http:\/\/\S+)\/#login/);
      if (link) resolve({ server, url: link[1] });
    });
    server.on("exit", (code, signal) => signal !== "SIGKILL" && reject(new Error(`huan serve ended: ${code} ${text}`)));
  });
}

async function post(url, token, events) {
  const answer = await fetch(`${url}/api/v1/events`, { method: "POST", body: JSON.stringify(events),
    headers: { Authorization: `Bearer ${token}`, "Content-Type": "application/json" } });
  const body = await answer.json();
  assert.equal(answer.status, 200, JSON.stringify(body));
  return body.results;
}

run("init", "--store", store, "--pack", pack);
const token = JSON.parse(run("token", "--store", store, "--json")).token;
const base = JSON.parse(run("verify", "--store", store, "--json")).records;
const acknowledged = [];
const sent = [];

async function client(url, round, c, answered) {
  for (let n = 0; ; ++n) {
    const events = batch(round, c, n);
    sent.push(events);
    try {
      const results = await post(url, token, events);
      assert.ok(results.every((r) => r.status === "posted"), JSON.stringify(results[0]));
      acknowledged.push(events);
      answered();
    } catch (error) {
      if (error instanceof assert.AssertionError) throw error;
      return;  // the server is gone
    }
  }
}

try {
  for (let round = 0; round < Number(rounds); ++round) {
    const { server, url } = await serve();
    // At a random moment after the first answer, however slow the machine: under load, and never before it began.
    let killer = 0;
    const answered = () => { killer ||= setTimeout(() => server.kill("SIGKILL"), draw(400)); };
    await Promise.all(Array.from({ length: kClients }, (_, c) => client(url, round, c, answered)));
    clearTimeout(killer);
  }
  const report = JSON.parse(run("verify", "--store", store, "--json"));
  assert.ok(report.ok, JSON.stringify(report.differences));
  assert.equal((report.records - base) % kBatch, 0, "a batch is half there");
  assert.ok(acknowledged.length > 0, "nothing was acknowledged: the test proves nothing");
  const { server, url } = await serve();
  for (const events of acknowledged) {
    const results = await post(url, token, events);
    assert.ok(results.every((r) => r.status === "duplicate"), "an acknowledged event was lost");
  }
  for (const events of sent) await post(url, token, events);  // what was not acknowledged, again
  server.kill("SIGKILL");
  const last = JSON.parse(run("verify", "--store", store, "--json"));
  assert.ok(last.ok, JSON.stringify(last.differences));
  assert.equal(last.events, sent.length * kBatch, "the same batch again is not one batch");
  console.log(`kill: passed, ${rounds} rounds, ${acknowledged.length} of ${sent.length} batches acknowledged before a kill`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
