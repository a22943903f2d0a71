// SPDX-License-Identifier: Apache-2.0
// Problems made of what is on record: where a district's material should be brought together, and a round that empties
// its stations. Files of one's own go as they are.
import { all, api, csrf_headers, Problem, take, type Schema } from "../api/client.ts";
import { load_places, places, type Place } from "../api/registry.ts";
import { tier_of } from "../overview/spots.ts";
import { city_day } from "../parts/figures.ts";
import { language, say } from "../words/index.ts";

export type Job = Schema["Job"];
type Spotted = Place & { lat: number; lng: number };

const spotted = (one: Place): one is Spotted => one.lat !== null && one.lng !== null;
const here = (district: string, tier: string) => places.value.filter((one) => one.district === district && tier_of(one.kind) === tier).filter(spotted);

/// A job's problem goes as bytes, so that a file of somebody's own is judged by the server alone.
async function send(path: string, query: Record<string, string>, body: BodyInit): Promise<Job> {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`, { method: "POST", body, credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Accept-Language": language(), ...csrf_headers() } });
  const told = (await answer.json().catch(() => undefined)) as Job | undefined;
  if (!answer.ok) throw new Problem(answer.status, told as Partial<Schema["Problem"]> | undefined);
  return told as Job;
}

/// Where `p` of a district's stations would best serve as gathering points, weighed by thirty days of mass.
export async function site_stations(district: string, p: number, seconds: number): Promise<Job> {
  await load_places();
  const stations = here(district, "collection");
  if (stations.length < p) throw new Problem(0, { title: say("plan.few", { n: p }), code: "too_few" });
  const rows = await all<Schema["StatisticsList"]["items"][number]>((after) => take(api.GET("/api/v1/statistics",
    { params: { query: { by: "place", flow: "receive", district, from: city_day(Date.now(), -29), to: city_day(), after, limit: 1000 } } })));
  const grams = new Map(rows.map((row) => [row.place ?? "", row.mass_g]));
  const features = stations.map((one) => ({ type: "Feature", geometry: { type: "Point", coordinates: [one.lng, one.lat] },
    properties: { id: one.id, weight: Math.max(1, Math.round((grams.get(one.id) ?? 0) / 1000)) } }));
  return send("/api/v1/site", { format: "geojson", problem: "pmedian", p: String(p), detour: "1.4", seconds: String(seconds) }, JSON.stringify({ type: "FeatureCollection", features }));
}

const kCarryKg = 3000, kVehicles = 8, kStops = 120;

/// A round that fetches what stands at a district's stations and brings it to its nearest centre.
export async function route_stations(district: string, vehicles: number, seconds: number): Promise<Job> {
  await load_places();
  const centre = [...here(district, "transfer"), ...here(district, "sorting")][0] ?? places.value.filter((one) => tier_of(one.kind) === "sorting").find(spotted);
  const stock = await all<Schema["StockList"]["items"][number]>((after) => take(api.GET("/api/v1/stock", { params: { query: { after, limit: 1000 } } })));
  const kg = new Map<string, number>();
  for (const row of stock) kg.set(row.place, (kg.get(row.place) ?? 0) + row.mass_g / 1000);
  const stops = here(district, "collection").filter((one) => (kg.get(one.id) ?? 0) >= 1).slice(0, kStops);
  if (!centre || !spotted(centre) || !stops.length) throw new Problem(0, { title: say("plan.nostock"), code: "nothing_to_fetch" });
  const base = [centre.lng, centre.lat];
  const jobs = stops.map((one, n) => ({ id: n + 1, description: one.id, location: [one.lng, one.lat], service: 600, pickup: [Math.min(kCarryKg, Math.ceil(kg.get(one.id) ?? 0))] }));
  const fleet = Array.from({ length: Math.min(vehicles, kVehicles) }, (_, n) => ({ id: n + 1, start: base, end: base, capacity: [kCarryKg] }));
  return send("/api/v1/route", { format: "vroom", seconds: String(seconds) }, JSON.stringify({ vehicles: fleet, jobs }));
}

export const own_file = (kind: "route" | "site", file: File, p: number, seconds: number): Promise<Job> =>
  kind === "route" ? send("/api/v1/route", { format: "vroom", seconds: String(seconds) }, file)
                   : send("/api/v1/site", { format: "geojson", problem: "pmedian", ...(p ? { p: String(p) } : {}), seconds: String(seconds) }, file);
