// SPDX-License-Identifier: Apache-2.0
// How far and in which direction; a small map of the district's own marks that needs no network and no base map.
import type { Spot } from "./picture.ts";

const kEarth = 6_371_008.8;
const radians = (degrees: number) => (degrees * Math.PI) / 180;

export function metres_between(a: { lat: number; lng: number }, b: { lat: number; lng: number }): number {
  const dy = radians(b.lat - a.lat), dx = radians(b.lng - a.lng);
  const h = Math.sin(dy / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dx / 2) ** 2;
  return 2 * kEarth * Math.asin(Math.min(1, Math.sqrt(h)));
}

/// 0 … 7: north, north-east, …
export function octant(from: { lat: number; lng: number }, to: { lat: number; lng: number }): number {
  const angle = Math.atan2((to.lng - from.lng) * Math.cos(radians(from.lat)), to.lat - from.lat);
  return ((Math.round(angle / (Math.PI / 4)) % 8) + 8) % 8;
}

export interface Drawn { marks: [number, number][]; goal: [number, number]; me?: [number, number] | undefined; metres: number }

/// Into a square of 100: the goal in the middle third, the nearest marks and oneself within.
export function drawn_way(goal: { lat: number; lng: number }, around: [number, number][], me: Spot | undefined): Drawn {
  const shrink = Math.cos(radians(goal.lat));
  const flat = ([lng, lat]: [number, number]): [number, number] => [(lng - goal.lng) * shrink, goal.lat - lat];
  const near = around.map(flat).sort((a, b) => Math.hypot(...a) - Math.hypot(...b)).slice(0, 40);
  const own = me ? flat([me.lng, me.lat]) : undefined;
  const reach = Math.max(0.002, ...near.slice(0, 12).map((one) => Math.hypot(...one)), own ? Math.hypot(...own) * 1.15 : 0);
  const place = ([x, y]: [number, number]): [number, number] => [50 + (45 * x) / reach, 50 + (45 * y) / reach];
  return { marks: near.map(place).filter(([x, y]) => x > 0 && x < 100 && y > 0 && y < 100), goal: [50, 50], me: own && place(own), metres: (reach * 100 * 111_195) / 45 };
}
