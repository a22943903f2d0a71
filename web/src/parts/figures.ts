// SPDX-License-Identifier: Apache-2.0
// Figures and times as people read them. Mass is kg or 吨 by magnitude; the exact grams go into titles and exports.
import { session } from "../api/session.ts";
import { language, say } from "../words/index.ts";

export interface Figure { figure: string; unit: string; exact: string }

const grouped = (value: number, digits: number) =>
  value.toLocaleString("en-US", { minimumFractionDigits: digits, maximumFractionDigits: digits });

export function mass(grams: number): Figure {
  const exact = `${grouped(grams, 0)} g`;
  if (Math.abs(grams) >= 1e7) return { figure: grouped(grams / 1e6, 1), unit: language() === "zh-CN" ? "吨" : "t", exact };
  return { figure: grouped(grams / 1000, 1), unit: "kg", exact };
}

export const mass_text = (grams: number) => { const one = mass(grams); return `${one.figure} ${one.unit}`; };
export const count = (value: number) => grouped(value, 0);
export const money = (fen: number) => grouped(fen / 100, 2);
export const share = (part: number, whole: number) => (whole === 0 ? "—" : `${grouped((100 * part) / whole, 1)}%`);

/// The city's own day of a moment, as YYYY-MM-DD.
export function city_day(moment = Date.now(), days = 0): string {
  return new Date(moment + session.offset_s * 1000 + days * 86_400_000).toISOString().slice(0, 10);
}

/// When a day of the city's begins, in UTC.
export const day_begins = (day: string): string => `${new Date(Date.parse(`${day}T00:00:00Z`) - session.offset_s * 1000).toISOString().slice(0, 19)}Z`;

/// Date and time of the city's clock, to the minute; today's without the date.
export function moment(text: string): string {
  const at = Date.parse(text);
  if (Number.isNaN(at)) return text;
  const there = new Date(at + session.offset_s * 1000).toISOString();
  return there.slice(0, 10) === city_day() ? there.slice(11, 19) : `${there.slice(0, 10)} ${there.slice(11, 16)}`;
}

export function lasting(ms: number): string {
  const hours = Math.floor(ms / 3_600_000);
  if (hours < 1) return say("minutes", { n: Math.max(0, Math.floor(ms / 60_000)) });
  return hours < 48 ? say("hours", { n: hours }) : say("days", { n: Math.floor(hours / 24) });
}

/// The fixed, colour-blind-safe set of the materials, by group.
const kColours: Record<string, string> = { paper: "#4e79a7", plastic: "#f28e2b", metal: "#79706e", glass: "#59a14f",
  textile: "#b07aa1", appliance: "#e15759", battery: "#edc948", vehicle: "#9c755f", rubber: "#2f4b47" };
export const material_colour = (code: string) => kColours[code.split(".")[0] ?? ""] ?? "#bab0ac";
