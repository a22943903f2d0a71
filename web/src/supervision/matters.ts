// SPDX-License-Identifier: Apache-2.0
// What the pages of supervision share: reading a matter, bringing it on, and where the records that it rests on are.
import { api, take, type Schema } from "../api/client.ts";
import { district_name, firm_name, place_name } from "../api/registry.ts";
import { session } from "../api/session.ts";

export type Kept = Schema["KeptMatter"];
export type Matter = Schema["Matter"];

export const text_in = (data: Matter, name: string): string => { const value = data.fields?.[name]; return typeof value === "string" || typeof value === "number" ? String(value) : ""; };
export const texts_in = (data: Matter, name: string): string[] => { const value = data.fields?.[name]; return Array.isArray(value) ? value.map(String) : []; };

/// Whom or what the matter is about, by name.
export function subject_name(data: Matter): string {
  const { id, kind } = data.about;
  return kind === "city" ? session.city_name || id : kind === "district" ? district_name(id) : kind === "place" ? place_name(id) : kind === "enterprise" ? firm_name(id) : id;
}

const path_of = (key: string) => ({ params: { path: { key } } });
interface Step { data: Matter; version: number; sign_as?: string }

export const put_case = (key: string, body: Step) => take(api.PUT("/api/v1/case-files/{key}", { ...path_of(key), body }));
export const put_order = (key: string, body: Step) => take(api.PUT("/api/v1/rectifications/{key}", { ...path_of(key), body }));
export const put_appeal = (key: string, body: Step) => take(api.PUT("/api/v1/credit-appeals/{key}", { ...path_of(key), body }));
export const put_bulletin = (key: string, body: Step) => take(api.PUT("/api/v1/bulletins/{key}", { ...path_of(key), body }));

/// Something that counts in a firm's credit, with its evidence.
export const put_credit_event = (firm: string, fields: { kind: string; day: string; what: string; basis: string; records: string[] }, source: string, key = new_key("CE")) => take(api.PUT("/api/v1/{kind}/{key}", { params: { path: { kind: "dossiers", key } },
  body: { data: { type: "credit_event", about: { kind: "enterprise", id: firm }, party: firm, state: "noted", fields, evidence: [{ source }] } } as never }));

/// The matter as it would be in another state, with what is added to it.
export function moved(one: Kept, state: string, fields: Record<string, unknown> = {}, evidence = ""): Matter {
  return { ...one.data, state, fields: { ...one.data.fields, ...fields }, evidence: [...(one.data.evidence ?? []), ...(evidence ? [{ source: evidence }] : [])] };
}

export interface Proof { source: string; file?: File | undefined }

/// The matter with one more piece of evidence; its file is put on record by its hash first.
export async function with_evidence(data: Matter, proof: Proof): Promise<Matter> {
  const { file, source } = proof;
  const kept = file ? await take(api.POST("/api/v1/files", { body: file as never, bodySerializer: (body) => body as never, headers: { "Content-Type": file.type || "application/octet-stream" } })) : undefined;
  return { ...data, evidence: [...(data.evidence ?? []), { source, ...(kept ? { file: kept.sha256 } : {}) }] };
}

/// A key that nobody has yet: its kind, the moment, a little chance.
export function new_key(kind: string): string {
  const dice = crypto.getRandomValues(new Uint8Array(2));
  return `${kind}-${new Date().toISOString().slice(0, 19).replace(/[-:T]/g, "")}-${[...dice].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}

const kRegistered: Record<string, string> = { place: "places", party: "parties", asset: "assets", material: "materials", invoice: "invoices", evidence: "evidence", indicator_value: "indicator_values" };
/// The page that shows what a record of a bundle is: an event by its id, a registered thing by kind and key.
export function record_link(record: string) {
  if (/^[0-9a-f-]{36}$/.test(record)) return { path: "/tickets", query: { event: record } };
  const [kind, key] = [record.split(":")[0]!, record.split(":").slice(1).join(":")];
  if (kind === "declaration" || kind === "setting") return { path: "/declarations" };  // the form, and by when it is due
  const of = kRegistered[kind];
  return of ? { path: "/registry", query: { of, key } } : { path: "/supervision", query: { key } };
}

const kMatters = ["draw", "inspection", "case", "dossier", "order"];
/// Where a field of a matter leads: to another matter, an event, a lot's way, or to the inspections that a figure counts.
export function field_link(matter: { key: string; type: string }, name: string, value: unknown) {
  const text = String(value);
  if (kMatters.includes(name)) return { path: "/supervision", query: { key: text } };
  if (name === "event") return { path: "/tickets", query: { event: text } };
  if (name === "lot") return { path: "/trace", query: { q: text } };
  if (matter.type === "draw" && name === "count") return { path: "/supervision", query: { of: "inspections", draw: matter.key } };
  if (matter.type === "bulletin" && name === "inspected") return { path: "/supervision", query: { of: "inspections", bulletin: matter.key } };
  if (matter.type === "bulletin" && name === "wanting") return { path: "/supervision", query: { of: "inspections", bulletin: matter.key, result: "problem" } };
  return undefined;
}
/// Whom or what a matter is about.
export function about_link(about: { id: string; kind: string }) {
  if (about.kind === "dossier") return { path: "/supervision", query: { key: about.id } };
  const of = { place: "places", enterprise: "parties", person: "parties", vehicle: "assets" }[about.kind];
  return of ? { path: "/registry", query: { of, key: about.id } } : undefined;
}
