// SPDX-License-Identifier: Apache-2.0
// The picture of a lot's way: the lot in the middle, sources to the left, fates to the right, a column for each step.
// What stands at one place in one step is folded into one box until it is opened, so that thousands of sources stay
// readable. Pure: traces in, boxes and bands out.
import type { Schema } from "../api/client.ts";

type Picture = Schema["TracePicture"];
type Point = Picture["points"][number];

export interface Box { key: string; column: number; points: Point[]; grams: number; x: number; y: number; folded: boolean; centre: boolean; more: boolean }
export interface Band { from: Box; to: Box; grams: number; types: Set<string>; times: [string, string] }
export interface Lineage { boxes: Box[]; bands: Band[]; width: number; height: number; columns: number[] }

export const kBoxWidth = 172, kBoxHeight = 44;
const kColumn = 246, kRow = 58, kMargin = 10, kTop = 26;

/// How much of each point belongs to the lot asked for, mixing in proportion; the exact shares are the server's.
export function belonging(picture: Picture, up: boolean): { point: Float64Array; flows: { from: number; to: number; grams: number; step: number }[] } {
  const { points, steps, edges } = picture;
  const near = steps.map(() => [] as { point: number; grams: number }[]);  // on the lot's side of a step
  const far = steps.map(() => [] as { point: number; grams: number }[]);
  const steps_of = points.map(() => [] as { step: number; grams: number }[]);  // steps away from the lot
  const waiting = new Int32Array(points.length);
  for (const edge of edges) {
    const away = edge.into_step === up;
    (away ? far : near)[edge.step]!.push(edge);
    if (away) waiting[edge.point]! += 1;
    else steps_of[edge.point]!.push(edge);
  }
  const part = new Float64Array(points.length);
  if (points.length) part[0] = points[0]!.mass_g ?? 0;
  const arrived = steps.map(() => 0), left = near.map((side) => side.length);
  const flows: { from: number; to: number; grams: number; step: number }[] = [];
  const done = new Uint8Array(points.length);
  const spread = (p: number) => {
    done[p] = 1;
    const out = steps_of[p]!;
    const whole = Math.max(out.reduce((sum, one) => sum + one.grams, 0), up ? 0 : points[p]!.mass_g ?? 0) || 1;
    for (const one of out) {
      arrived[one.step]! += (part[p]! * one.grams) / whole;
      left[one.step]! -= 1;
      if (left[one.step] === 0) pass(one.step);
    }
  };
  const pass = (s: number) => {
    const total = far[s]!.reduce((sum, one) => sum + one.grams, 0) || 1;
    for (const one of far[s]!) {
      const grams = (arrived[s]! * one.grams) / total;
      part[one.point]! += grams;
      for (const side of near[s]!) {
        const whole = near[s]!.reduce((sum, other) => sum + other.grams, 0) || 1;
        flows.push(up ? { from: one.point, to: side.point, grams: (grams * side.grams) / whole, step: s }
                      : { from: side.point, to: one.point, grams: (grams * side.grams) / whole, step: s });
      }
      waiting[one.point]! -= 1;
      if (waiting[one.point] === 0) queue.push(one.point);
    }
    left[s] = -1;
  };
  const queue: number[] = points.length ? [0] : [];
  while (queue.length) spread(queue.shift()!);
  // What a cut or a cycle keeps waiting goes on from what has arrived, nearest first.
  points.map((point, p) => [point.depth, p] as const).filter(([, p]) => !done[p]).sort((a, b) => a[0] - b[0]).forEach(([, p]) => {
    if (done[p]) return;
    spread(p);
    while (queue.length) { const next = queue.shift()!; if (!done[next]) spread(next); }
    left.forEach((open, s) => { if (open > 0 && arrived[s]! > 0 && near[s]!.every((one) => done[one.point])) pass(s); });
  });
  return { point: part, flows };
}

/// What is folded together: the same kind of thing at the same place in the same step.
const fold_key = (column: number, point: Point) =>
  `${column}|${kind_of(point)}|${point.place ?? ""}|${point.name ?? ""}|${point.class ?? ""}`;

const kAtMost = 10;
const kind_of = (point: Point) => point.of ?? (point.run ? "run" : point.shipment ? "shipment" : "lot");

/// Of a column with many places the largest stand alone; the others are one box for each kind, until it is opened.
function fold_keys(picture: Picture, part: Float64Array, column_of: (n: number) => number, opened: ReadonlySet<string>): string[] {
  const keys = picture.points.map((point, n) => (n === 0 ? "0" : fold_key(column_of(n), point)));
  const grams = new Map<number, Map<string, number>>();
  keys.forEach((key, n) => {
    const column = grams.get(column_of(n)) ?? new Map<string, number>();
    grams.set(column_of(n), column.set(key, (column.get(key) ?? 0) + part[n]!));
  });
  const alone = new Set<string>(["0"]);
  for (const column of grams.values()) {
    const largest = [...column].sort((a, b) => b[1] - a[1]);
    largest.slice(0, column.size > kAtMost ? kAtMost - 2 : kAtMost).forEach(([key]) => alone.add(key));
  }
  return keys.map((key, n) => {
    const rest = `${column_of(n)}|rest|${kind_of(picture.points[n]!)}||`;
    return alone.has(key) || opened.has(rest) ? key : rest;
  });
}

function order(boxes: Box[], bands: Band[]) {
  const columns = new Map<number, Box[]>();
  for (const box of boxes) columns.set(box.column, [...(columns.get(box.column) ?? []), box]);
  const row = new Map<Box, number>();
  const joined = new Map<Box, Box[]>();
  for (const band of bands) {
    joined.set(band.from, [...(joined.get(band.from) ?? []), band.to]);
    joined.set(band.to, [...(joined.get(band.to) ?? []), band.from]);
  }
  for (const column of [...columns.keys()].sort((a, b) => Math.abs(a) - Math.abs(b))) {
    const mean = (box: Box) => {
      const known = (joined.get(box) ?? []).filter((other) => row.has(other)).map((other) => row.get(other)!);
      return known.length ? known.reduce((a, b) => a + b, 0) / known.length : 0;
    };
    const here = columns.get(column)!.map((box) => [mean(box), box] as const).sort((a, b) => a[0] - b[0] || b[1].grams - a[1].grams);
    here.forEach(([, box], n) => row.set(box, n - (here.length - 1) / 2));
  }
  return { columns, row };
}

export function lineage(up: Picture | undefined, down: Picture | undefined, opened: ReadonlySet<string>): Lineage {
  const boxes = new Map<string, Box>();
  const bands = new Map<string, Band>();
  for (const [picture, sign] of [[up, -1], [down, 1]] as const) {
    if (!picture) continue;
    const { point: part, flows } = belonging(picture, sign < 0);
    const column_of = (n: number) => (n === 0 ? 0 : sign * Math.max(1, picture.points[n]!.depth));
    const keys = fold_keys(picture, part, column_of, opened);
    const box_of = picture.points.map((point, n) => {
      const column = column_of(n);
      const folded = keys[n]!;
      const key = opened.has(folded) ? `${folded}|${n}` : folded;
      const box = boxes.get(key) ?? { key, column, points: [], grams: 0, x: 0, y: 0, folded: false, centre: n === 0, more: false };
      if (!(n === 0 && box.points.length)) {
        box.points.push(point);
        box.grams += n === 0 ? point.mass_g ?? 0 : part[n]!;
      }
      box.more ||= point.open;
      boxes.set(key, box);
      return box;
    });
    for (const flow of flows) {
      const from = box_of[flow.from]!, to = box_of[flow.to]!, step = picture.steps[flow.step]!;
      if (from === to) continue;
      const key = `${from.key}>${to.key}`;
      const band = bands.get(key) ?? { from, to, grams: 0, types: new Set<string>(), times: ["9999", ""] };
      band.grams += flow.grams;
      band.types.add(step.type);
      if (step.time && step.time < band.times[0]) band.times[0] = step.time;
      if (step.time && step.time > band.times[1]) band.times[1] = step.time;
      bands.set(key, band);
    }
  }
  return place_boxes([...boxes.values()], [...bands.values()]);
}

function place_boxes(boxes: Box[], bands: Band[]): Lineage {
  const { columns, row } = order(boxes, bands);
  const names = [...columns.keys()].sort((a, b) => a - b);
  const lowest = Math.min(0, ...row.values()), highest = Math.max(0, ...row.values());
  for (const box of boxes) {
    box.folded = box.points.length > 1;
    box.x = kMargin + names.indexOf(box.column) * kColumn;
    box.y = kTop + (row.get(box)! - lowest) * kRow;
  }
  return { boxes, bands, columns: names, width: kMargin * 2 + (names.length - 1) * kColumn + kBoxWidth, height: kTop + (highest - lowest) * kRow + kBoxHeight + kMargin };
}
