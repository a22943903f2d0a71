// SPDX-License-Identifier: Apache-2.0
// A weigh-in as it is made at the counter, with or without a network: its number, its lot and its id are made here,
// ahead, so that sending it twice is one ticket. Pure but for the clock and the dice that are handed in.
import type { Material } from "../api/registry.ts";

export const kMostKg = 60_000;
export const kHeavyKg = 500;
export const kOrigins = ["household", "commercial", "industrial", "public-institution"] as const;
export type Origin = (typeof kOrigins)[number];
export const kPayments = ["cash", "bank", "none"] as const;
export type Payment = (typeof kPayments)[number];

/// What a scale says of the weight that stands on a ticket.
export interface Proof { scale: string; serial: string; at: string; mass_g: number }
export interface Price { fen: number; per: "kg" | "piece" }
export interface Weighed { material: string; grams: number; pieces: number; price: Price | undefined; origin: Origin; seller: string; pay: Payment; proof: Proof | undefined }
export interface Counter { place: string; device: string; number: number; offset_s: number }

/// Kilograms as typed, to whole grams; undefined when it is no weight that can stand on a ticket.
export function grams_of(text: string): number | undefined {
  const match = /^(\d{1,5})(?:[.,。](\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const grams = Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
  return grams > 0 && grams <= kMostKg * 1000 ? grams : undefined;
}

/// What the seller gets, in whole fen, halves up.
export function fen_of(weighed: Pick<Weighed, "grams" | "pieces" | "price">): number {
  if (!weighed.price) return 0;
  return weighed.price.per === "piece" ? weighed.price.fen * weighed.pieces : Math.floor((weighed.price.fen * weighed.grams + 500) / 1000);
}

/// Scrap metal of production: who sells it must be registered (废旧金属收购业治安管理办法 art. 7).
export const needs_seller = (material: Material | undefined, origin: Origin) => material?.registers_seller === true && origin !== "household";

/// A UUID of version 7: in order of time, so that the store likes it.
export function new_id(now_ms: number, dice: Uint8Array): string {
  const bytes = dice.slice(0, 16);
  for (let n = 0; n < 6; ++n) bytes[n] = Math.floor(now_ms / 2 ** (8 * (5 - n))) % 256;
  bytes[6] = (bytes[6]! & 0x0f) | 0x70;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}

export function local_time(now_ms: number, offset_s: number): string {
  const minutes = Math.abs(Math.round(offset_s / 60));
  const offset = `${offset_s < 0 ? "-" : "+"}${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return new Date(now_ms + offset_s * 1000).toISOString().slice(0, 19) + offset;
}

export const local_day = (now_ms: number, offset_s: number) => local_time(now_ms, offset_s).slice(0, 10);

/// Station, device and day before the number: no two devices make the same.
export const ticket_number = (counter: Counter, now_ms: number) =>
  `${counter.place}.${counter.device}.${local_day(now_ms, counter.offset_s).slice(2).replaceAll("-", "")}-${String(counter.number).padStart(4, "0")}`;

export function event_of(weighed: Weighed, counter: Counter, now_ms: number, id: string) {
  const ticket = ticket_number(counter, now_ms);
  const fen = fen_of(weighed);
  return {
    id, type: "receive" as const, time: local_time(now_ms, counter.offset_s), place: counter.place, ticket,
    from: { origin: weighed.origin, ...(weighed.seller ? { party: weighed.seller } : {}) },
    outputs: [{ material: weighed.material, mass_g: weighed.grams, lot: `${ticket}.1`, ...(weighed.pieces ? { pieces: weighed.pieces } : {}),
                ...(weighed.price ? { price_fen: weighed.price.fen, per: weighed.price.per } : {}) }],
    ...(weighed.proof ? { weighings: [{ gross_g: weighed.proof.mass_g, scale: weighed.proof.scale, stable: true, at: weighed.proof.at, serial: weighed.proof.serial }] } : {}),
    ...(weighed.pay !== "none" && fen > 0 ? { payment: { how: weighed.pay === "cash" ? "till" : "bank", fen } } : {}),
  };
}
export type TicketEvent = ReturnType<typeof event_of>;
