// SPDX-License-Identifier: Apache-2.0
// What a finished plan says, of any kind, as figures and as shapes for a map.
import type { Feature, FeatureCollection, Position } from "geojson";
import { place } from "../api/registry.ts";
import type { Key } from "../words/index.ts";

interface Step { type: string; id?: number; location?: [number, number]; description?: string }
interface RouteAnswer { summary: { cost: number; routes: number; unassigned: number; distance?: number; duration: number }; routes: { vehicle: number; steps: Step[] }[] }
interface SiteAnswer { facilities: string[]; assignment: string[]; lower: number; upper: number; gap: number; status: string; problem: string }
export interface Rule { rule: string; source: string; asked: number; found: number; sites: number; areas: number; binding: number; permission: boolean; eased?: { step: string; saves: number } }
export interface NetworkSite { at: [number, number]; cost: number; district: string; standing: string }
export interface NetworkAnswer { facilities: Record<string, string[]>; lower: number; upper: number; gap: number; status: string; problem: "tiered"; conflict: string[]; reason: string;
  changes?: unknown[]; cost?: { sites: number; ways: number }; households?: { all: number; served: number }; rules?: Rule[]; sites?: Record<string, NetworkSite> }
export type Outcome = RouteAnswer | SiteAnswer | NetworkAnswer;

export const is_route = (one: Outcome): one is RouteAnswer => "routes" in one;
export const is_network = (one: Outcome): one is NetworkAnswer => "problem" in one && one.problem === "tiered";
export const is_site = (one: Outcome): one is SiteAnswer => !is_route(one) && !is_network(one);

/// What can be pointed at in a plan: a facility with its tier, a stop with its route.
export interface Spot { id: string; group: string; at: [number, number]; district: string; standing: string }

/// `good`: whether more of it is better (1), worse (-1), or neither.
export interface PlanFigure { word: Key | ""; name?: string; value: number; digits: number; unit: string; good: 1 | 0 | -1 }

const figure = (word: Key, value: number, digits = 0, unit = "", good: 1 | 0 | -1 = -1): PlanFigure => ({ word, value, digits, unit, good });

/// What two plans of one kind are compared by.
export function figures(one: Outcome): PlanFigure[] {
  if (is_route(one)) {
    return [figure("plan.cost", one.summary.cost), figure("plan.distance", (one.summary.distance ?? 0) / 1000, 1, "km"), figure("compare.duration", one.summary.duration / 3600, 1),
      figure("plan.routes", one.summary.routes), figure("plan.unassigned", one.summary.unassigned)];
  }
  if (is_site(one)) return [figure("plan.cost", one.upper), figure("plan.bound", one.lower), figure("plan.gap", 100 * one.gap, 2, "%")];
  return [figure("plan.yuan", one.upper), figure("plan.sites.cost", one.cost?.sites ?? 0), figure("plan.ways.cost", one.cost?.ways ?? 0), figure("plan.bound", one.lower, 0, "", 0), figure("plan.gap", 100 * one.gap, 2, "%"),
    figure("plan.covered", one.households?.served ?? 0, 0, "", 1), figure("plan.uncovered", (one.households?.all ?? 0) - (one.households?.served ?? 0)),
    ...Object.entries(one.facilities).map(([tier, ids]): PlanFigure => ({ word: "", name: tier, value: ids.length, digits: 0, unit: "", good: 0 }))];
}

const facilities = (one: Outcome): string[] => (is_route(one) ? [] : is_network(one) ? Object.values(one.facilities).flat() : one.facilities);

/// The places of two sitings: in both, in the first alone, in the second alone.
export function differences(a: Outcome, b: Outcome): { both: string[]; first: string[]; second: string[] } | undefined {
  if (is_route(a) || is_route(b)) return undefined;
  const [first, second] = [new Set(facilities(a)), new Set(facilities(b))];
  return { both: [...first].filter((id) => second.has(id)), first: [...first].filter((id) => !second.has(id)), second: [...second].filter((id) => !first.has(id)) };
}

const registered = (id: string): [number, number] | undefined => {
  const known = place(id);
  return known?.lat === undefined || known.lat === null || known.lng === null ? undefined : [known.lng, known.lat];
};

export function spots(one: Outcome): Spot[] {
  if (is_route(one)) {
    return one.routes.flatMap((route) => route.steps.filter((step) => step.location && step.type !== "start" && step.type !== "end" && step.id !== undefined)
      .map((step) => ({ id: step.description || String(step.id), group: String(route.vehicle), at: step.location!, district: "", standing: "" })));
  }
  if (is_network(one)) {
    return Object.entries(one.facilities).flatMap(([group, ids]) => ids.flatMap((id) => {
      const site = one.sites?.[id];
      return site ? [{ id, group, at: site.at, district: site.district, standing: site.standing }] : [];
    }));
  }
  return one.facilities.flatMap((id) => { const at = registered(id); return at ? [{ id, group: "", at, district: place(id)?.district ?? "", standing: "" }] : []; });
}

const point = (at: Position, properties: Record<string, unknown>): Feature => ({ type: "Feature", properties, geometry: { type: "Point", coordinates: at } });

export function shapes(one: Outcome): FeatureCollection {
  if (is_route(one)) {
    const features: Feature[] = [];
    one.routes.forEach((route, n) => {
      const line = route.steps.filter((step) => step.location !== undefined);
      features.push({ type: "Feature", properties: { what: "way", n: n % 8 }, geometry: { type: "LineString", coordinates: line.map((step) => step.location!) } });
      line.forEach((step, k) => features.push(point(step.location!, { what: k === 0 || k === line.length - 1 ? "base" : "stop", n: n % 8, id: step.description || String(step.id ?? "") })));
    });
    return { type: "FeatureCollection", features };
  }
  const tiers = is_network(one) ? Object.keys(one.facilities) : [];
  return { type: "FeatureCollection", features: spots(one).map((spot) => point(spot.at, is_network(one)
    ? { what: "site", n: tiers.indexOf(spot.group) % 8, id: spot.id, size: 3 + tiers.indexOf(spot.group) * 1.5, fresh: spot.standing === "free" || spot.standing === "required" } : { what: "base", n: 0, id: spot.id })) };
}

/// What a comparison shows on the map: of whole networks only what differs.
export function drawn_both(a: Outcome, b: Outcome): FeatureCollection {
  const places = differences(a, b);
  const of = (one: Outcome, only: string[] | undefined) => shapes(one).features.filter((shape) => !is_network(one) || only?.includes(String(shape.properties?.id)));
  return { type: "FeatureCollection", features: [...of(a, places?.first), ...of(b, places?.second).map((one) => ({ ...one, properties: { ...one.properties, what: `other ${String(one.properties?.what)}` } }))] };
}
