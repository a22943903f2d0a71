// SPDX-License-Identifier: Apache-2.0
// What goes where: a word of everyday language to a kind of the catalogue, by name, by what people call it, by pinyin
// or its initials, with one slip of the finger. All on the phone: an answer with each key pressed.
import type { Material } from "./booking.ts";

/// Fewest edits that turn `wanted` into some part of `text` (Sellers 1980).
export function nearest_part(text: string, wanted: string): number {
  const letters = [...wanted];
  let row = letters.map((_, i) => i + 1);
  row.unshift(0);
  let best = row[letters.length] ?? 0;
  for (const letter of text) {
    let diagonal = row[0] ?? 0;
    for (let i = 1; i <= letters.length; ++i) {
      const above = row[i] ?? 0;
      row[i] = Math.min(diagonal + (letters[i - 1] === letter ? 0 : 1), above + 1, (row[i - 1] ?? 0) + 1);
      diagonal = above;
    }
    best = Math.min(best, row[letters.length] ?? 0);
  }
  return best;
}

/// Lower is better; undefined: no match.
function rank(text: string, wanted: string): number | undefined {
  const at = text.indexOf(wanted);
  if (at >= 0) return text === wanted ? 0 : at === 0 ? 1 : 2;
  const slips = wanted.length >= (/^[a-z]+$/.test(wanted) ? 4 : 3) ? 1 : 0;
  return slips > 0 && nearest_part(text, wanted) <= slips ? 4 : undefined;
}

export interface Found { material: Material; by: string; rank: number }

export function find(materials: Material[], words: string): Found[] {
  const wanted = words.trim().toLowerCase().replace(/\s+/g, "");
  if (!wanted) return [];
  const found: Found[] = [];
  for (const material of materials) {
    const called = [material.zh, material.en, ...material.called];
    let best: Found | undefined;
    called.forEach((name, n) => {
      for (const form of name.toLowerCase().split(" ").concat(name.toLowerCase().replaceAll(" ", ""))) {
        const r = rank(form, wanted);
        if (r !== undefined && (!best || r + (n > 1 ? 0.5 : 0) < best.rank)) best = { material, by: n > 1 ? name.split(" ")[0] ?? "" : "", rank: r + (n > 1 ? 0.5 : 0) };
      }
    });
    if (best) found.push(best);
  }
  const leaf = (code: string) => materials.every((one) => one.parent !== code);
  return found.sort((a, b) => a.rank - b.rank || Number(leaf(b.material.code)) - Number(leaf(a.material.code)) || a.material.code.localeCompare(b.material.code)).slice(0, 12);
}
