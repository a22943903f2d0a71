// SPDX-License-Identifier: Apache-2.0
// What a person types to trace: a lot, a ticket (whole number or its count), the code of an item, a shipment, or a
// vehicle by its plate or number.
import { api, Problem, take, type Schema } from "../api/client.ts";
import { data_of, list } from "../api/registry.ts";
import { lines_of } from "../overview/sums.ts";

export interface Found { kind: "lot"; up: Schema["Trace"]; down: Schema["Trace"]; lot: Schema["Lot"] }
export interface Choice { lot: string; material: string; grams: number; place: string; time: string }
export interface Choices { kind: "choices"; choices: Choice[] }
export interface FoundItem { kind: "item"; item: Schema["Item"] }

const kPoints = 3000;
/// Of a vehicle so many lots are shown, out of so many latest shipments of the city.
const kCarried = 50, kShipmentsRead = 1000;

const trace = (lot: string, direction: "up" | "down") =>
  take(api.GET("/api/v1/lots/{lot}/trace", { params: { path: { lot }, query: { direction, limit: kPoints } } }));

async function lots_of_event(id: string): Promise<Choice[]> {
  const event = await take(api.GET("/api/v1/events/{id}", { params: { path: { id } } }));
  const record = event.versions.at(-1);
  if (!record?.event) return [];
  const { place, time } = record.event;
  return lines_of(record).filter((line) => line.lot).map((line) => ({ ...line, place, time }));
}

async function ticket(text: string): Promise<Choices | undefined> {
  const number = /(\d{1,12})$/.exec(text)?.[1];
  if (!number) return undefined;
  const found = await take(api.GET("/api/v1/tickets", { params: { query: { number: Number(number), limit: 50 } } }));
  const device = text.slice(0, text.length - number.length).replace(/-$/, "");
  const events = found.items.filter((one) => !device || one.device === device);
  const choices = (await Promise.all(events.map((one) => lots_of_event(one.event)))).flat();
  return events.length ? { kind: "choices", choices } : undefined;
}

/// Undefined instead of a 404.
async function perhaps<T>(asking: Promise<T>): Promise<T | undefined> {
  try {
    return await asking;
  } catch (error) {
    if (error instanceof Problem && (error.status === 404 || error.status === 400)) return undefined;
    throw error;
  }
}

async function shipment(id: string): Promise<Choices | undefined> {
  const found = await perhaps(take(api.GET("/api/v1/shipments/{shipment}", { params: { path: { shipment: id } } })));
  if (!found) return undefined;
  return { kind: "choices", choices: found.lines.map((line) => ({ lot: line.line ?? "", material: line.material ?? "", grams: line.shipped_g ?? 0, place: found.from, time: "" })) };
}

/// What a vehicle carried last; no index leads from vehicles to shipments, so only the latest are looked through.
async function vehicle(asked: string): Promise<Choices | undefined> {
  const plain = (text: unknown) => (typeof text === "string" ? text.replace(/[\s·•.-]/g, "").toUpperCase() : "");
  const wanted = plain(asked);
  const found = ((await perhaps(list("assets", { kind: "vehicle" }))) ?? []).find((row) => row.key === asked || (wanted && plain(data_of(row).plate) === wanted));
  if (!found) return undefined;
  const { items } = await take(api.GET("/api/v1/events", { params: { query: { type: "ship", order: "desc", limit: kShipmentsRead } } }));
  const carried = items.map((one) => one.record).filter((record) => record.event?.vehicle === found.key);
  const choices = carried.flatMap((record) => lines_of(record).filter((line) => line.lot).map((line) => ({ ...line, place: record.event!.place, time: record.event!.time })));
  return { kind: "choices", choices: choices.slice(0, kCarried) };
}

export async function find(text: string): Promise<Found | Choices | FoundItem> {
  const asked = text.trim();
  try {
    const [up, down, lot] = await Promise.all([trace(asked, "up"), trace(asked, "down"),
      take(api.GET("/api/v1/lots/{lot}", { params: { path: { lot: asked } } }))]);
    return { kind: "lot", up, down, lot };
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 404) throw error;
    const tickets = await ticket(asked);
    if (tickets) return tickets;
    const item = await perhaps(take(api.GET("/api/v1/items/{code}", { params: { path: { code: asked } } })));
    if (item) return { kind: "item", item };
    const ways = await shipment(asked);
    if (ways) return ways;
    const carried = await vehicle(asked);
    if (carried) return carried;
    throw error;
  }
}
