// SPDX-License-Identifier: Apache-2.0
// What a finished plan says, of either kind, as figures and as shapes for a map.
import type { Feature, FeatureCollection, Position } from "geojson";
import { place } from "../api/registry.ts";

interface Step { type: string; location?: [number, number]; description?: string }
interface RouteAnswer { summary: { cost: number; routes: number; unassigned: number; distance?: number; duration: number }; routes: { vehicle: number; steps: Step[] }[] }
interface SiteAnswer { facilities: string[]; assignment: string[]; lower: number; upper: number; gap: number; status: string; problem: string }
export type Outcome = RouteAnswer | SiteAnswer;

export const is_route = (one: Outcome): one is RouteAnswer => "routes" in one;

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
