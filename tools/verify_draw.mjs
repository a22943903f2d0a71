#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Repeats a draw from its papers, by docs/inspection.md alone: no code of the program is used.
//
//   node tools/verify_draw.mjs PAPERS RESULT          says whether the result is the papers' draw
//   node tools/verify_draw.mjs PAPERS --value V --size N --root HEX        prints the result
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';

const sha256 = (bytes) => createHash('sha256').update(bytes).digest();
const list = (text) => (text === '-' ? [] : text.split(','));

function readPapers(text) {
  const lines = text.split('\n');
  let at = 0;
  const after = (word) => {
    const line = lines[at++];
    if (!line.startsWith(word + ' ')) throw new Error(`line ${at}: ${word} is expected`);
    return line.slice(word.length + 1);
  };
  if (lines[at++] !== 'huan draw 1') throw new Error('not the papers of a draw');
  for (const word of ['key', 'city', 'item']) after(word);
  const papers = { count: Number(after('count')), each: Number(after('each')), skills: list(after('skills')) };
  after('known_at');
  after('source');
  const objects = Number(after('objects'));
  papers.objects = lines.slice(at, at + objects).map((line) => {
    const [id, weight, party, district] = line.split('\t');
    return { id, weight: BigInt(weight), tags: [id, party, district] };
  });
  at += objects;
  const people = Number(after('people'));
  papers.people = lines.slice(at, at + people).map((line) => {
    const [code, skills, conflicts] = line.split('\t');
    return { code, skills: list(skills), conflicts: list(conflicts), sent: 0 };
  });
  at += people;
  if (lines[at] !== 'end' || lines[at + 1] !== '' || lines.length !== at + 2) throw new Error('end is expected');
  return papers;
}

function* words(seed) {
  for (let n = 0n; ; n += 1n) {
    const counter = Buffer.alloc(8);
    counter.writeBigUInt64BE(n);
    const block = sha256(Buffer.concat([seed, counter]));
    for (let at = 0; at < 32; at += 8) yield block.readBigUInt64BE(at);
  }
}

function draw(text, value, size, root) {
  const papers = readPapers(text);
  const hash = sha256(Buffer.from(text)).toString('hex');
  const seed = sha256(Buffer.from(`huan draw seed 1\n${hash}\n${value}\n${size}\n${root}\n`));
  const stream = words(seed);
  const below = (n) => {
    const whole = (1n << 64n) - ((1n << 64n) % n);
    for (;;) {
      const word = stream.next().value;
      if (word < whole) return word % n;
    }
  };
  const left = papers.objects.slice();
  let total = left.reduce((sum, one) => sum + one.weight, 0n);
  const drawn = [];
  for (let n = 0; n < papers.count; n++) {
    let r = below(total);
    const at = left.findIndex((one) => {
      if (r < one.weight) return true;
      r -= one.weight;
      return false;
    });
    total -= left[at].weight;
    drawn.push(left.splice(at, 1)[0]);
  }
  const fit = papers.people.filter((one) => papers.skills.every((skill) => one.skills.includes(skill)));
  let out = `huan draw result 1\npapers ${hash}\nvalue ${value}\ncheckpoint ${size} ${root}\n`;
  out += `seed ${seed.toString('hex')}\ndrawn ${drawn.length}\n`;
  for (const object of drawn) {
    let free = fit.filter((one) => !one.conflicts.some((what) => object.tags.includes(what)));
    const sent = [];
    for (let n = 0; n < papers.each; n++) {
      const fewest = Math.min(...free.map((one) => one.sent));
      const least = free.filter((one) => one.sent === fewest);
      const chosen = least[Number(below(BigInt(least.length)))];
      chosen.sent += 1;
      sent.push(chosen.code);
      free = free.filter((one) => one !== chosen);
    }
    out += `${object.id}\t${sent.join(',')}\n`;
  }
  return out + 'end\n';
}

const [papersFile, ...rest] = process.argv.slice(2);
const papersText = readFileSync(papersFile, 'utf8');
if (rest[0] === '--value') {
  const [, value, , size, , root] = rest;
  process.stdout.write(draw(papersText, value, size, root));
} else {
  const said = readFileSync(rest[0], 'utf8');
  const line = (word) => said.split('\n').find((one) => one.startsWith(word + ' ')).slice(word.length + 1);
  const [size, root] = line('checkpoint').split(' ');
  const same = draw(papersText, line('value'), size, root) === said;
  console.log(same ? 'the result is the draw of these papers' : 'NOT the draw of these papers');
  process.exitCode = same ? 0 : 1;
}
