// SPDX-License-Identifier: Apache-2.0
// What the desk of invoices asks the server: a seller's purchases, the limit, and each step of an invoice.
import { api, take, type Schema } from "../api/client.ts";
import { session } from "../api/session.ts";
import { city_day } from "../parts/figures.ts";

export const kKinds = ["contract", "transport", "weigh_ticket", "payment", "ledger"] as const;
export const kForms = ["agent_return", "agent_detail"] as const;
export type Evidence = Schema["InvoiceEvidenceList"]["items"][number];
export type Room = Schema["InvoiceLimit"];
export interface Purchase { id: string; day: string; ticket: string; material: string; mass_g: number; fen: number }
type Step = { reason?: string; evidence?: { kind: (typeof kKinds)[number]; source: string }[] };

const kLatest = 1000;
const amount = (line: { mass_g: number; pieces?: number; settle_g?: number; price_fen?: number; per?: string }) =>
  line.price_fen === undefined ? 0 : line.per === "piece" ? line.price_fen * (line.pieces ?? 0) : Math.floor((line.price_fen * (line.settle_g ?? line.mass_g) + 500) / 1000);

/// What was bought of this seller with a price, of the latest receive events that the reader may see.
export async function purchases_of(seller: string): Promise<Purchase[]> {
  const { items } = await take(api.GET("/api/v1/events", { params: { query: { type: "receive", party: seller, order: "desc", limit: kLatest } } }));
  return items.flatMap((one) => {
    const event = (one.record as { event?: { id: string; time: string; ticket?: string; from?: { party?: string }; outputs: { material: string; mass_g: number; pieces?: number; settle_g?: number; price_fen?: number; per?: string }[] } }).event;
    const fen = event?.from?.party === seller ? event.outputs.reduce((sum, line) => sum + amount(line), 0) : 0;
    return event && fen > 0 ? [{ id: event.id, day: city_day(Date.parse(event.time)), ticket: event.ticket ?? "", material: event.outputs[0]?.material ?? "", mass_g: event.outputs.reduce((sum, line) => sum + line.mass_g, 0), fen }] : [];
  });
}

export const room_of = (seller: string) => take(api.GET("/api/v1/invoices/limit", { params: { query: { seller } } }));
export const evidence_of = async (month: string) => (await take(api.GET("/api/v1/invoices/evidence", { params: { query: { ...(month ? { month } : {}), limit: 1000 } } }))).items;
export const standing_of = (key: string) => take(api.GET("/api/v1/invoices/{key}", { params: { path: { key } } }));
const in_state = async (state: "requested" | "refused") => (await take(api.GET("/api/v1/invoices", { params: { query: { state, limit: 1000 } } }))).items;
export const waiting = () => in_state("requested");
/// What the gateway refused, with its word: of the month, or all.
export const refused = async (month: string) => (await in_state("refused")).filter((one) => one.day.startsWith(month));
export const move = (key: string, step: "retry" | "red" | "attach", body: Step) => take(api.POST("/api/v1/invoices/{key}/{move}", { params: { path: { key, move: step } }, body: body as never }));
export const request = (key: string, buyer: string, events: string[], special: boolean) => take(api.POST("/api/v1/invoices", { body: { key, buyer, events, special } }));

/// The seller's consent, on record with the paper that proves it.
export const consent = (seller: string, buyer: string, source: string) => take(api.PUT("/api/v1/{kind}/{key}", { params: { path: { kind: "dossiers", key: `consent.${buyer}.${seller}` } },
  body: { data: { type: "invoice_consent", about: { kind: "person", id: seller }, party: buyer || session.organisation, state: "given", from: city_day(), evidence: [{ source }] } } as never }));
