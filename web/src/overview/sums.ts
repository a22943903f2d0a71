// SPDX-License-Identifier: Apache-2.0
// The figures of the overview for one scope: the city, a district, a street or a place.
import { all, api, take, type Schema } from "../api/client.ts";
import { place, places } from "../api/registry.ts";
import { city_day } from "../parts/figures.ts";

export interface Scope { district: string; street: string; place: string }
export type Sum = Schema["StatisticsList"]["items"][number];
export type Shipment = Schema["ShipmentList"]["items"][number];
export type Recorded = Schema["EventList"]["items"][number];

interface Asked { by: string; flow: string; from: string; to: string }

/// Sums within the scope. A street is no axis of the ledger: its places are picked from those of its district, so that
/// `by` then needs the place.
export async function sums(scope: Scope, asked: Asked): Promise<Sum[]> {
  const by = scope.street && !scope.place ? `place,${asked.by}` : asked.by;
  const within = scope.place ? { place: scope.place } : scope.district ? { district: scope.district } : {};
  const query = { ...asked, ...within, by: [...new Set(by.split(","))].join(","), limit: 1000 };
  const rows = await all<Sum>((after) => take(api.GET("/api/v1/statistics", { params: { query: { ...query, after } } })));
  return scope.street && !scope.place ? rows.filter((row) => place(row.place ?? "")?.street === scope.street) : rows;
}

export function in_scope(scope: Scope, id: string): boolean {
  if (scope.place) return id === scope.place;
  const known = place(id);
  if (scope.street) return known?.street === scope.street;
  return !scope.district || (known?.district ?? id.split("-")[1]) === scope.district;
}

export const scope_places = (scope: Scope) => places.value.filter((one) =>
  scope.place ? one.id === scope.place : scope.street ? one.street === scope.street : !scope.district || one.district === scope.district);

export interface Today { by_material: [string, number][]; grams: number; count: number; yesterday: number; active: number }

/// Adds up by one axis, largest first.
export function grouped(rows: Sum[], axis: (row: Sum) => string, measure: (row: Sum) => number = (row) => row.mass_g): [string, number][] {
  const sum = new Map<string, number>();
  for (const row of rows) sum.set(axis(row), (sum.get(axis(row)) ?? 0) + measure(row));
  return [...sum].sort((a, b) => b[1] - a[1]);
}

export async function today(scope: Scope): Promise<Today> {
  const day = city_day(), before = city_day(Date.now(), -1);
  const [now, then, by_place] = await Promise.all([
    sums(scope, { by: "material", flow: "receive", from: day, to: day }),
    sums(scope, { by: "flow", flow: "receive", from: before, to: before }),
    sums(scope, { by: "place", flow: "receive", from: day, to: day }),
  ]);
  const total = (rows: Sum[], measure: (row: Sum) => number) => rows.reduce((sum, row) => sum + measure(row), 0);
  return { by_material: grouped(now, (row) => row.material ?? ""), grams: total(now, (row) => row.mass_g),
           count: total(now, (row) => row.count), yesterday: total(then, (row) => row.mass_g), active: by_place.length };
}

export interface Gaps { grams: number; unbalanced: [string, number][] }

export async function gaps(scope: Scope): Promise<Gaps> {
  const rows = await sums(scope, { by: "place,flow", flow: "variance,imbalance", from: city_day(Date.now(), -6), to: city_day() });
  return { grams: rows.reduce((sum, row) => sum + Math.abs(row.mass_g), 0),
           unbalanced: grouped(rows.filter((row) => row.flow === "imbalance" && row.mass_g !== 0), (row) => row.place ?? "") };
}

/// The level below, by today's mass: districts, then streets, then places.
export async function below(scope: Scope): Promise<[string, number][]> {
  const day = city_day();
  const axis = scope.district ? "place" : "district";
  const rows = await sums(scope, { by: axis, flow: "receive", from: day, to: day });
  if (!scope.district) return grouped(rows, (row) => row.district ?? "");
  return grouped(rows, (row) => (scope.street ? row.place ?? "" : place(row.place ?? "")?.street ?? ""));
}

export const open_shipments = () => all<Shipment>((after) =>
  take(api.GET("/api/v1/shipments", { params: { query: { state: "open", after, limit: 1000 } } })));

export async function recent(scope: Scope): Promise<Recorded[]> {
  const query = { order: "desc" as const, limit: scope.place || !scope.district ? 12 : 200, ...(scope.place ? { place: scope.place } : {}) };
  const page = await take(api.GET("/api/v1/events", { params: { query } }));
  return page.items.filter((row) => !scope.district || (scope.street ? in_scope(scope, row.place) : row.district === scope.district)).slice(0, 12);
}

export interface Line { material: string; grams: number; lot: string }

/// The lines of an event as a ticket shows them.
export function lines_of(record: Recorded["record"]): Line[] {
  const event = record.event;
  if (!event) return [];
  const lots = (record.drawn as { lots?: string[] } | undefined)?.lots ?? [];
  if (event.outputs) {
    return event.outputs.map((line, n) => ({ material: line.material, grams: line.mass_g, lot: line.lot ?? lots[n] ?? "" }));
  }
  if (event.lines) {
    return (event.lines as { material?: string; accepted_g?: number; lot?: string }[])
      .map((line, n) => ({ material: line.material ?? "", grams: line.accepted_g ?? 0, lot: line.lot ?? lots[n] ?? "" }));
  }
  return (event.inputs ?? []).map((line) => ({ material: line.material ?? "", grams: line.mass_g, lot: line.lot ?? "" }));
}
