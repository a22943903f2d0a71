// SPDX-License-Identifier: Apache-2.0
// Repeats a draw from its papers, by docs/inspection.md alone: no code of the program is used. Runs in a browser and in
// node; SHA-256 is the platform's own.
//
//   await check_draw(papers, result)                      → { same, repeated, … }
//   await repeat_draw(papers, { value, size, root })      → the result, to the byte

const encoder = new TextEncoder();
const digest = async (bytes) => new Uint8Array(await globalThis.crypto.subtle.digest("SHA-256", bytes));
const hex = (bytes) => [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
const list = (text) => (text === "-" ? [] : text.split(","));

export function read_papers(text) {
  const lines = text.split("\n");
  let at = 0;
  const after = (word) => {
    const line = lines[at++];
    if (line === undefined || !line.startsWith(word + " ")) throw new Error(`line ${at}: ${word} is expected`);
    return line.slice(word.length + 1);
  };
  if (lines[at++] !== "huan draw 1") throw new Error("not the papers of a draw");
  const papers = { key: after("key"), city: after("city"), item: after("item"), count: Number(after("count")), each: Number(after("each")), skills: list(after("skills")), known_at: after("known_at"), source: after("source") };
  const objects = Number(after("objects"));
  papers.objects = lines.slice(at, at + objects).map((line) => {
    const [id, weight, party, district] = line.split("\t");
    return { id, weight: Number(weight), tags: [id, party, district] };
  });
  at += objects;
  const people = Number(after("people"));
  papers.people = lines.slice(at, at + people).map((line) => {
    const [code, skills, conflicts] = line.split("\t");
    return { code, skills: list(skills), conflicts: list(conflicts), sent: 0 };
  });
  at += people;
  if (lines[at] !== "end" || lines[at + 1] !== "" || lines.length !== at + 2) throw new Error("end is expected");
  return papers;
}

/// Words of eight bytes, in blocks of four.
function stream_of(seed) {
  let block = 0n, words = [];
  return async () => {
    if (!words.length) {
      const bytes = new Uint8Array(40);
      bytes.set(seed);
      new DataView(bytes.buffer).setBigUint64(32, block++);
      const view = new DataView((await digest(bytes)).buffer);
      words = [0, 8, 16, 24].map((from) => view.getBigUint64(from));
    }
    return words.shift();
  };
}

/// Weights as a tree of sums, so that a pool of a hundred thousand is drawn from in a moment. Sums stay below 2⁵³:
/// a hundred thousand objects of a weight of a million each.
class Pool {
  constructor(weights) {
    this.sums = new Float64Array(weights.length + 1);
    weights.forEach((weight, n) => this.add(n, weight));
    this.top = 1 << Math.floor(Math.log2(Math.max(1, weights.length)));
    this.total = weights.reduce((sum, one) => sum + one, 0);
  }
  add(n, weight) {
    for (let at = n + 1; at < this.sums.length; at += at & -at) this.sums[at] += weight;
  }
  /// The first with which the running sum is over r.
  find(r) {
    let at = 0, rest = r;
    for (let step = this.top; step > 0; step >>= 1) {
      if (at + step < this.sums.length && this.sums[at + step] <= rest) { at += step; rest -= this.sums[at]; }
    }
    return at;
  }
}

export async function repeat_draw(text, { value, size, root }) {
  const papers = read_papers(text);
  const hash = hex(await digest(encoder.encode(text)));
  const seed = await digest(encoder.encode(`huan draw seed 1\n${hash}\n${value}\n${size}\n${root}\n`));
  const next = stream_of(seed);
  const below = async (n) => {
    const whole = (1n << 64n) - ((1n << 64n) % n);
    for (;;) {
      const word = await next();
      if (word < whole) return Number(word % n);
    }
  };
  const pool = new Pool(papers.objects.map((one) => one.weight));
  const drawn = [];
  for (let n = 0; n < papers.count; n++) {
    const at = pool.find(await below(BigInt(pool.total)));
    const object = papers.objects[at];
    pool.add(at, -object.weight);
    pool.total -= object.weight;
    drawn.push(object);
  }
  const fit = papers.people.filter((one) => papers.skills.every((skill) => one.skills.includes(skill)));
  const rows = [];
  for (const object of drawn) {
    let free = fit.filter((one) => !one.conflicts.some((what) => object.tags.includes(what)));
    const sent = [];
    for (let n = 0; n < papers.each; n++) {
      const fewest = free.reduce((least, one) => Math.min(least, one.sent), Infinity);
      const least = free.filter((one) => one.sent === fewest);
      const chosen = least[await below(BigInt(least.length))];
      chosen.sent += 1;
      sent.push(chosen.code);
      free = free.filter((one) => one !== chosen);
    }
    rows.push(`${object.id}\t${sent.join(",")}\n`);
  }
  return `huan draw result 1\npapers ${hash}\nvalue ${value}\ncheckpoint ${size} ${root}\nseed ${hex(seed)}\ndrawn ${drawn.length}\n${rows.join("")}end\n`;
}

export function read_result(text) {
  const line = (word) => {
    const found = text.split("\n").find((one) => one.startsWith(word + " "));
    if (found === undefined) throw new Error(`${word} is expected`);
    return found.slice(word.length + 1);
  };
  const [size, root] = line("checkpoint").split(" ");
  return { papers: line("papers"), value: line("value"), size, root, seed: line("seed"), drawn: Number(line("drawn")) };
}

export async function check_draw(papers, result) {
  const said = read_result(result);
  const repeated = await repeat_draw(papers, said);
  return { ...said, same: repeated === result, repeated, pool: read_papers(papers).objects.length };
}
