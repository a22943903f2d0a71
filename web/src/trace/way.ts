// SPDX-License-Identifier: Apache-2.0
// The way of a lot over the ground: a line for each shipment of its picture, from where it was sent to where it was
// accepted, as far as both spots are known.
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Schema } from "../api/client.ts";

type Picture = Schema["TracePicture"];

export function way_of(pictures: (Picture | undefined)[], end: string, spot: (place: string) => Position | undefined): FeatureCollection {
  const features = new Map<string, Feature>();
  const dot = (place: string, what: string) => {
    const at = spot(place);
    if (at && !(features.has(place) && what === "stop")) features.set(place, { type: "Feature", properties: { what, n: 0 }, geometry: { type: "Point", coordinates: at } });
    return at;
  };
  for (const picture of pictures) {
    if (!picture) continue;
    const sent = new Map<number, string>(), taken = new Map<number, string>();
    for (const edge of picture.edges) {
      const place = picture.steps[edge.step]?.place;
      if (!place || !picture.points[edge.point]?.shipment) continue;
      (edge.into_step ? taken : sent).set(edge.point, place);
    }
    for (const [point, from] of sent) {
      const to = taken.get(point);
      if (!to || to === from) continue;
      const a = dot(from, "stop"), b = dot(to, "stop");
      if (a && b) features.set(`${from} ${to}`, { type: "Feature", properties: { what: "way", n: 0 }, geometry: { type: "LineString", coordinates: [a, b] } });
    }
  }
  dot(end, "base");
  return { type: "FeatureCollection", features: [...features.values()] };
}
