// SPDX-License-Identifier: Apache-2.0
// What a finished plan says, of either kind, as figures and as shapes for a map.
import type { Feature, FeatureCollection, Position } from "geojson";
import { place } from "../api/registry.ts";
import type { Key } from "../words/index.ts";

interface Step { type: string; location?: [number, number]; description?: string }
interface RouteAnswer { summary: { cost: number; routes: number; unassigned: number; distance?: number; duration: number }; routes: { vehicle: number; steps: Step[] }[] }
interface SiteAnswer { facilities: string[]; assignment: string[]; lower: number; upper: number; gap: number; status: string; problem: string }
export type Outcome = RouteAnswer | SiteAnswer;

export const is_route = (one: Outcome): one is RouteAnswer => "routes" in one;

export interface PlanFigure { word: Key; value: number; digits: number; unit: string }

/// What two plans of one kind are compared by; less is better in each.
export function figures(one: Outcome): PlanFigure[] {
  if (is_route(one)) {
    return [{ word: "plan.cost", value: one.summary.cost, digits: 0, unit: "" }, { word: "plan.distance", value: (one.summary.distance ?? 0) / 1000, digits: 1, unit: "km" },
      { word: "compare.duration", value: one.summary.duration / 3600, digits: 1, unit: "" }, { word: "plan.routes", value: one.summary.routes, digits: 0, unit: "" },
      { word: "plan.unassigned", value: one.summary.unassigned, digits: 0, unit: "" }];
  }
  return [{ word: "plan.cost", value: one.upper, digits: 0, unit: "" }, { word: "plan.bound", value: one.lower, digits: 0, unit: "" }, { word: "plan.gap", value: 100 * one.gap, digits: 2, unit: "%" }];
}

/// The places of two sitings: in both, in the first alone, in the second alone.
export function differences(a: Outcome, b: Outcome): { both: string[]; first: string[]; second: string[] } | undefined {
  if (is_route(a) || is_route(b)) return undefined;
  return { both: a.facilities.filter((id) => b.facilities.includes(id)), first: a.facilities.filter((id) => !b.facilities.includes(id)), second: b.facilities.filter((id) => !a.facilities.includes(id)) };
}

const spot = (id: string): Position | undefined => {
  const known = place(id);
  return known?.lat === undefined || known.lat === null || known.lng === null ? undefined : [known.lng, known.lat];
};

export function shapes(one: Outcome): FeatureCollection {
  const features: Feature[] = [];
  if (is_route(one)) {
    one.routes.forEach((route, n) => {
      const line = route.steps.map((step) => step.location).filter((at) => at !== undefined);
      features.push({ type: "Feature", properties: { what: "way", n: n % 8 }, geometry: { type: "LineString", coordinates: line } });
      line.forEach((at, k) => features.push({ type: "Feature", properties: { what: k === 0 || k === line.length - 1 ? "base" : "stop", n: n % 8 }, geometry: { type: "Point", coordinates: at } }));
    });
    return { type: "FeatureCollection", features };
  }
  for (const id of one.facilities) {
    const at = spot(id);
    if (at) features.push({ type: "Feature", properties: { what: "base", n: 0 }, geometry: { type: "Point", coordinates: at } });
  }
  return { type: "FeatureCollection", features };
}
