// SPDX-License-Identifier: Apache-2.0
// Problems made of what is on record: where a district's material should be brought together, a round that empties
// its stations, the city's whole network. Files of one's own go as they are. What was asked stays in this tab, so that
// something of it can be changed and asked again.
import { all, api, csrf_headers, Problem, take, type Schema } from "../api/client.ts";
import { load_places, places, type Place } from "../api/registry.ts";
import { session } from "../api/session.ts";
import { tier_of } from "../overview/spots.ts";
import { city_day } from "../parts/figures.ts";
import { language, say } from "../words/index.ts";

export type Job = Schema["Job"];
type Spotted = Place & { lat: number; lng: number };
type Query = Record<string, string>;

const spotted = (one: Place): one is Spotted => one.lat !== null && one.lng !== null;
const here = (district: string, tier: string) => places.value.filter((one) => one.district === district && tier_of(one.kind) === tier).filter(spotted);

/// A job's problem goes as bytes, so that a file of somebody's own is judged by the server alone.
async function send(path: string, query: Query, body: BodyInit): Promise<Job> {
  const answer = await fetch(`${path}?${new URLSearchParams(query)}`, { method: "POST", body, credentials: "same-origin",
    headers: { "Content-Type": "application/json", "Accept-Language": language(), ...csrf_headers() } });
  const told = (await answer.json().catch(() => undefined)) as Job | undefined;
  if (!answer.ok) throw new Problem(answer.status, told as Partial<Schema["Problem"]> | undefined);
  return told as Job;
}

/// What a job was asked with.
export interface Kept { path: string; query: Query; text: string }
const kKept = "huan.problem.";

async function send_and_keep(path: string, query: Query, text: string): Promise<Job> {
  const job = await send(path, query, text);
  try { sessionStorage.setItem(kKept + job.id, JSON.stringify({ path, query, text } satisfies Kept)); } catch { /* too large to keep: it cannot be changed afterwards */ }
  return job;
}
export function kept_problem(job: string): Kept | undefined {
  try { return JSON.parse(sessionStorage.getItem(kKept + job) ?? "null") as Kept | null ?? undefined; } catch { return undefined; }
}

/// The city's own network by the rules on record.
export const site_network = (seconds: number, relax: boolean): Promise<Job> =>
  send("/api/v1/site", { problem: "tiered", of: "city", seconds: String(seconds), ...(relax ? { relax: "true" } : {}), ...(session.city ? { city: session.city } : {}) }, "");

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
  return send_and_keep("/api/v1/site", { format: "geojson", problem: "pmedian", p: String(p), detour: "1.4", seconds: String(seconds) }, JSON.stringify({ type: "FeatureCollection", features }));
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
  return send_and_keep("/api/v1/route", { format: "vroom", seconds: String(seconds) }, JSON.stringify({ vehicles: fleet, jobs }));
}

export async function own_file(kind: "route" | "site", file: File, p: number, seconds: number): Promise<Job> {
  const text = await file.text();
  return kind === "route" ? send_and_keep("/api/v1/route", { format: "vroom", seconds: String(seconds) }, text)
                          : send_and_keep("/api/v1/site", { format: "geojson", problem: "pmedian", ...(p ? { p: String(p) } : {}), seconds: String(seconds) }, text);
}

/// One thing that would be otherwise. Of an added facility `like` is one whose tier, size and cost it takes.
export type Change = { do: "drop"; id: string } | { do: "move"; id: string; at: [number, number] } | { do: "add"; id: string; at: [number, number]; like: string; group: string; kg: number };

/// The whole network again, from the plan of a job and all that it was changed by.
export function site_changed(job: string, changes: Change[], seconds: number): Promise<Job> {
  const steps = changes.map((one) => one.do === "drop" ? { drop: [one.id] } : one.do === "move" ? { move: [{ id: one.id, to: one.at }] } : { add: [{ id: one.id, at: one.at, like: one.like }] });
  return send("/api/v1/site", { problem: "tiered", of: "city", from: job, seconds: String(seconds), ...(session.city ? { city: session.city } : {}) }, JSON.stringify({ change: steps }));
}

interface Stations { features: { type: string; geometry: { type: string; coordinates: number[] }; properties: Record<string, unknown> }[] }
interface Rounds { vehicles: { id: number }[]; jobs?: { id: number; description?: string; location?: number[]; pickup?: number[] }[] }

/// A kept problem with changes in it: a dropped facility may not be chosen, an added one has to be; stops come and go.
export function kept_changed(kept: Kept, changes: Change[], vehicles: number, seconds: number): Promise<Job> {
  const query = { ...kept.query, seconds: String(seconds) };
  if (kept.path.endsWith("/site")) {
    const problem = JSON.parse(kept.text) as Stations;
    for (const one of changes) {
      const there = problem.features.find((feature) => feature.properties.id === one.id);
      if (one.do === "drop" && there) there.properties.status = "forbidden";
      if (one.do === "move" && there) there.geometry.coordinates = one.at;
      if (one.do === "add") problem.features.push({ type: "Feature", geometry: { type: "Point", coordinates: one.at }, properties: { id: one.id, weight: 1, status: "required" } });
    }
    return send_and_keep(kept.path, query, JSON.stringify(problem));
  }
  const problem = JSON.parse(kept.text) as Rounds;
  let jobs = problem.jobs ?? [];
  for (const one of changes) {
    const there = jobs.find((stop) => (stop.description || String(stop.id)) === one.id);
    if (one.do === "drop") jobs = jobs.filter((stop) => stop !== there);
    if (one.do === "move" && there) there.location = one.at;
    if (one.do === "add") jobs = [...jobs, { id: 1 + Math.max(0, ...jobs.map((stop) => stop.id)), description: one.id, location: one.at, service: 600, pickup: [one.kg] } as Rounds["jobs"] extends (infer T)[] | undefined ? T : never];
  }
  const last = problem.vehicles.at(-1)!;
  const fleet = Array.from({ length: vehicles }, (_, n) => problem.vehicles[n] ?? { ...last, id: Math.max(...problem.vehicles.map((one) => one.id)) + n });
  return send_and_keep(kept.path, query, JSON.stringify({ ...problem, jobs, vehicles: fleet }));
}
export const vehicles_of = (kept: Kept): number => (kept.path.endsWith("/route") ? (JSON.parse(kept.text) as Rounds).vehicles.length : 0);
