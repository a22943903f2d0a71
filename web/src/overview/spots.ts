// SPDX-License-Identifier: Apache-2.0
// The city's own geometry, from what is registered: places as points, the area that each district's places enclose,
// shipments on their way as lines. Nothing here comes from a base map.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Place } from "../api/registry.ts";
import type { Shipment } from "./sums.ts";

export type Tier = "collection" | "transfer" | "sorting" | "processing" | "other";

const kTiers: Record<string, Tier> = { "station": "collection", "drop-off-point": "collection", "smart-bin": "collection", "transfer-station": "transfer",
  "temporary-store": "transfer", "battery-store": "transfer", "sorting-centre": "sorting", "processor": "processing", "elv-dismantler": "processing",
  "hazardous-facility": "processing", "park": "processing", "dump-site": "processing" };
export const kTierOrder: Tier[] = ["collection", "transfer", "sorting", "processing", "other"];
export const tier_of = (kind: string): Tier => kTiers[kind] ?? "other";

const spotted = (place: Place): place is Place & { lat: number; lng: number } => place.lat !== null && place.lng !== null;

export function point_features(places: Place[]): FeatureCollection {
  return { type: "FeatureCollection", features: places.filter(spotted).map((place) => ({
    type: "Feature", geometry: { type: "Point", coordinates: [place.lng, place.lat] },
    properties: { id: place.id, tier: tier_of(place.kind), synthetic: place.synthetic, active: place.status === "active" } })) };
}

const cross = (o: Position, a: Position, b: Position) => (a[0]! - o[0]!) * (b[1]! - o[1]!) - (a[1]! - o[1]!) * (b[0]! - o[0]!);

/// The smallest convex ring around points, anticlockwise (Andrew's monotone chain).
export function hull(points: Position[]): Position[] {
  const sorted = [...points].sort((a, b) => a[0]! - b[0]! || a[1]! - b[1]!);
  const half = (input: Position[]) => {
    const ring: Position[] = [];
    for (const point of input) {
      while (ring.length >= 2 && cross(ring.at(-2)!, ring.at(-1)!, point) <= 0) ring.pop();
      ring.push(point);
    }
    return ring.slice(0, -1);
  };
  return [...half(sorted), ...half(sorted.reverse())];
}

/// What most of a district's places enclose; the farthest twentieth does not stretch it.
export function area_features(places: Place[]): FeatureCollection {
  const by_district = new Map<string, Position[]>();
  for (const place of places.filter(spotted)) {
    if (tier_of(place.kind) !== "collection") continue;
    by_district.set(place.district, [...(by_district.get(place.district) ?? []), [place.lng, place.lat]]);
  }
  const features: Feature[] = [];
  for (const [district, points] of by_district) {
    const middle = centre(points);
    const far = (p: Position) => Math.hypot(p[0]! - middle[0]!, p[1]! - middle[1]!);
    const ring = hull(points.sort((a, b) => far(a) - far(b)).slice(0, Math.max(3, Math.ceil(points.length * 0.95))));
    if (ring.length < 3) continue;
    features.push({ type: "Feature", properties: { district, lng: middle[0], lat: middle[1] }, geometry: { type: "Polygon", coordinates: [[...ring, ring[0]!]] } });
  }
  return { type: "FeatureCollection", features };
}

function centre(points: Position[]): Position {
  const sum = points.reduce<[number, number]>((s, p) => [s[0] + p[0]!, s[1] + p[1]!], [0, 0]);
  return [sum[0] / points.length, sum[1] / points.length];
}

export function way_features(shipments: Shipment[], spot: (id: string) => Place | undefined): FeatureCollection {
  const features: Feature[] = [];
  for (const one of shipments) {
    const from = spot(one.from), to = spot(one.to);
    if (!from || !to || !spotted(from) || !spotted(to)) continue;
    features.push({ type: "Feature", properties: { shipment: one.shipment }, geometry: { type: "LineString", coordinates: [[from.lng, from.lat], [to.lng, to.lat]] } });
  }
  return { type: "FeatureCollection", features };
}

export type Box = [[number, number], [number, number]];

export function box_of(features: FeatureCollection): Box | undefined {
  const points: Position[] = [];
  const walk = (value: unknown) => {
    if (Array.isArray(value) && typeof value[0] === "number") points.push(value as Position);
    else if (Array.isArray(value)) value.forEach(walk);
  };
  features.features.forEach((one) => "coordinates" in one.geometry && walk(one.geometry.coordinates));
  if (!points.length) return undefined;
  const lng = points.map((p) => p[0]!), lat = points.map((p) => p[1]!);
  return [[Math.min(...lng), Math.min(...lat)], [Math.max(...lng), Math.max(...lat)]];
}
