#!/usr/bin/env node
// SPDX-License-Identifier: Apache-2.0
// Repeats a draw from its papers, by docs/inspection.md alone: no code of the program is used. The public page of draws
// runs the same lines (web/src/open/repeat_draw.mjs).
//
//   node tools/verify_draw.mjs PAPERS RESULT          says whether the result is the papers' draw
//   node tools/verify_draw.mjs PAPERS --value V --size N --root HEX        prints the result
import { webcrypto } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { check_draw, repeat_draw } from '../web/src/open/repeat_draw.mjs';

globalThis.crypto ??= webcrypto;
const [papersFile, ...rest] = process.argv.slice(2);
const papers = readFileSync(papersFile, 'utf8');
if (rest[0] === '--value') {
  const [, value, , size, , root] = rest;
  process.stdout.write(await repeat_draw(papers, { value, size, root }));
} else {
  const { same } = await check_draw(papers, readFileSync(rest[0], 'utf8'));
  console.log(same ? 'the result is the draw of these papers' : 'NOT the draw of these papers');
  process.exitCode = same ? 0 : 1;
}
