// SPDX-License-Identifier: Apache-2.0
// A booking while it is being made: what is offered, what it is about worth, what is still open. Pure, and the same on
// the phone page and in the mini-program; the server decides.
import type { components } from "../api/schema.d.ts";

type Schema = components["schemas"];
export type Place = Schema["PublicPlace"];
export type Kept = Schema["KeptOrder"];
export type Material = Schema["PublicCatalogue"]["items"][number];
export type Price = Schema["PublicPrices"]["items"][number];
export type Slot = Schema["SlotList"]["items"][number];
/// Pieces or kilograms by the material's code.
export type Wanted = Record<string, number>;

const kUsual = ["paper", "plastic", "metal", "textile", "glass", "appliance", "bulky.furniture", "bulky.mattress"];
const kMost = 500;

/// The place's own price before the city's, the kind's own before its branch's.
export function price_in(prices: Price[], code: string, place = ""): Price | undefined {
  const fits = prices.filter((one) => (one.place === "" || one.place === place) && (one.material === code || code.startsWith(`${one.material}.`)));
  return fits.sort((a, b) => Number(b.place !== "") - Number(a.place !== "") || b.material.length - a.material.length)[0];
}

export const by_piece = (code: string): boolean => code.startsWith("bulky") || code.startsWith("appliance");
export const step_of = (code: string): number => (by_piece(code) ? 1 : 2);
export const is_bulky = (code: string): boolean => code.startsWith("bulky");

export const takes = (place: Place | undefined, code: string): boolean =>
  !place || place.materials.length === 0 || place.materials.some((one) => one === code || code.startsWith(`${one}.`) || one.startsWith(`${code}.`));

export const offered = (materials: Material[], place: Place | undefined, wanted: Wanted): string[] =>
  [...new Set([...kUsual, ...Object.keys(wanted)])].filter((code) => materials.some((one) => one.code === code) && takes(place, code));

export const changed = (wanted: Wanted, code: string, by: number): Wanted => ({ ...wanted, [code]: Math.min(kMost, Math.max(0, (wanted[code] ?? 0) + by)) });

export const chosen_of = (wanted: Wanted, place: Place | undefined): [string, number][] => Object.entries(wanted).filter(([code, n]) => n > 0 && takes(place, code));

/// In fen, at the prices published now.
export const about_fen = (chosen: [string, number][], prices: Price[], place: Place | undefined): number => chosen.reduce((sum, [code, n]) => {
  const price = price_in(prices, code, place?.key);
  return sum + (price && (price.per === "piece") === by_piece(code) ? price.fen * n : 0);
}, 0);

export const lines_of = (chosen: [string, number][]): Schema["OrderLine"][] =>
  chosen.map(([material, n]) => (by_piece(material) ? { material, pieces: n } : { material, estimate_g: n * 1000 }));

export type State = Schema["OrderStates"]["items"][number];
export type StateCode = Schema["OrderState"];

export const state_in = (states: State[], one: Kept): State | undefined => states.find((state) => state.code === one.order.state);
/// Whether a resident may bring the order there, by the server's own table.
export const may_bring = (states: State[], one: Kept, to: StateCode): boolean =>
  Boolean(state_in(states, one)?.next.includes(to) && states.find((state) => state.code === to)?.movers.includes("resident"));
