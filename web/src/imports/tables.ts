// SPDX-License-Identifier: Apache-2.0
// Tables that can be brought in, who may bring which, and their fields in the order in which people think of them.
import { csrf_headers, Problem, type Schema } from "../api/client.ts";
import { may, may_everywhere } from "../api/session.ts";
import { language } from "../words/index.ts";

export type Job = Schema["Job"];
export type Report = Schema["ImportReport"];
export type Table = Report["table"];

interface Fields { needed: string[]; more: string[] }
export const kFields: Record<Table, Fields> = {
  tickets: { needed: ["time", "place", "material", "mass", "origin"], more: ["ticket", "gross", "tare", "deduct", "settle", "pieces", "price", "amount", "party", "vehicle", "lot", "scale", "payment", "note"] },
  places: { needed: ["key", "kind", "name", "district"], more: ["form", "name_en", "street", "community", "address", "operator", "status", "lng", "lat", "datum", "capacity_per_day", "storage_limit", "storage_days_max", "area",
    "building_area", "sorting_area", "output_per_year", "households", "opened", "hours", "materials", "time"] },
  parties: { needed: ["key", "kind"], more: ["name", "name_en", "uscc", "district", "status", "origin", "destination", "party", "phone", "id_number", "contact", "address", "bank_account", "bank_name", "email", "keep_until", "time"] },
  vehicles: { needed: ["plate"], more: ["key", "number", "name", "party", "place", "vin", "energy", "capacity", "volume", "status", "time"] },
  materials: { needed: ["key", "zh", "en"], more: ["unit", "hazardous", "prohibited", "low_value", "seller_registration", "requires", "source", "time"] },
};

/// Tickets are events; the catalogue belongs to the whole city.
export const tables = (): Table[] => [
  ...(may("events.write") ? ["tickets" as const] : []),
  ...(may("registry.write") ? ["places" as const, "vehicles" as const, "parties" as const] : []),
  ...(may_everywhere("registry.write") ? ["materials" as const] : []),
];

/// What is wrong with a file as a whole, with the headers that it has.
export class TableProblem extends Problem {
  readonly headers: string[];
  constructor(status: number, body: (Partial<Schema["Problem"]> & { headers?: string[] }) | undefined) {
    super(status, body);
    this.headers = body?.headers ?? [];
  }
}

/// What the columns mean, as the server reads it: a TOML string is a JSON string.
export function mapping_of(table: Table, columns: Record<string, string>, origin: string): string {
  const lines = Object.entries(columns).filter(([, header]) => header).map(([field, header]) => `${field} = ${JSON.stringify(header)}`);
  const constants = origin && !columns["origin"] ? ["[constants]", `origin = ${JSON.stringify(origin)}`] : [];
  return [`kind = "${table}"`, "synonyms = false", "[columns]", ...lines, ...constants, ""].join("\n");
}

export interface Wish { table: Table; file: File; trial: boolean; mapping: string; city: string }

/// The file goes as it is: the server tells what it is by its bytes.
export async function send(wish: Wish): Promise<Job> {
  const query = new URLSearchParams({ dry_run: String(wish.trial), city: wish.city, ...(wish.mapping ? { mapping: wish.mapping } : {}) });
  const answer = await fetch(`/api/v1/imports/${wish.table}?${query}`, { method: "POST", body: wish.file, credentials: "same-origin",
    headers: { "Content-Type": "application/octet-stream", "Accept-Language": language(), ...csrf_headers() } });
  const told: unknown = await answer.json().catch(() => undefined);
  if (!answer.ok) throw new TableProblem(answer.status, told as Partial<Schema["Problem"]> | undefined);
  return told as Job;
}

/// Tells each step of a job and comes back when it has ended.
export function follow_job(id: string, told: (job: Job) => void): { ended: Promise<Job>; leave: () => void } {
  const source = new EventSource(`/api/v1/jobs/${encodeURIComponent(id)}/stream`);
  const ended = new Promise<Job>((resolve, reject) => {
    const read = (message: Event) => JSON.parse((message as MessageEvent<string>).data) as Job;
    source.addEventListener("progress", (message) => told(read(message)));
    source.addEventListener("ended", (message) => { source.close(); resolve(read(message)); });
    source.onerror = () => { source.close(); reject(new TypeError("the stream broke")); };
  });
  return { ended, leave: () => source.close() };
}
