// SPDX-License-Identifier: Apache-2.0
// A day on the board: the rounds as lists that a hand may change, and as lines on a map.
import type { Feature, FeatureCollection } from "geojson";
import type { Schema } from "../api/client.ts";
import { session } from "../api/session.ts";
import { city_day, lasting, mass_text } from "../parts/figures.ts";

export type Round = Schema["VehicleRound"];
export type Stop = Schema["RoundStop"];
export type Why = Schema["RoundSheet"]["left_out"][number]["reasons"][number];
export type Violation = Schema["JudgedRounds"]["violations"][number];
export interface Lane { vehicle: string; stops: Stop[] }

export const fixed = (stop: Stop): boolean => stop.state !== "planned";
export const lanes_of = (rounds: Round[]): Lane[] => rounds.map((one) => ({ vehicle: one.vehicle, stops: [...one.stops] }));
/// What the server judges: what has begun is its own business.
export const laid = (lanes: Lane[]) => ({ rounds: lanes.map((lane) => ({ vehicle: lane.vehicle, stops: lane.stops.filter((stop) => !fixed(stop)).map((stop) => stop.id) })) });

/// Takes the stop out of wherever it is and puts it into the lane before place `at`; what has begun stays first.
export function moved(lanes: Lane[], id: string, from: string, to: string, at: number): Lane[] {
  const stop = lanes.find((one) => one.vehicle === from)?.stops.find((one) => one.id === id);
  if (!stop || fixed(stop)) return lanes;
  return lanes.map((lane) => {
    const stops = lane.vehicle === from ? lane.stops.filter((one) => one !== stop) : [...lane.stops];
    if (lane.vehicle === to) {
      const first = stops.filter(fixed).length;
      stops.splice(Math.max(first, Math.min(at, stops.length)), 0, stop);
    }
    return { vehicle: lane.vehicle, stops };
  });
}
export const put_in = (lanes: Lane[], stop: Stop, to: string): Lane[] => lanes.map((lane) => (lane.vehicle === to ? { vehicle: to, stops: [...lane.stops.filter(fixed), stop, ...lane.stops.filter((one) => !fixed(one))] } : lane));
export const taken_out = (lanes: Lane[], id: string, from: string): Lane[] => lanes.map((lane) => (lane.vehicle === from ? { vehicle: from, stops: lane.stops.filter((one) => one.id !== id || fixed(one)) } : lane));

/// By how much, in what a dispatcher reckons in; nothing for what has no amount.
export function amount_text(amount: number, unit: string): string {
  if (amount === 0) return "";
  if (unit === "s") return lasting(Math.ceil(amount / 60) * 60_000);
  if (unit === "m") return `${(amount / 1000).toFixed(1)} km`;
  return unit === "g" ? mass_text(amount) : `${amount} ${unit}`.trim();
}

export const minutes = (clock: string): number => Number(clock.slice(0, 2)) * 60 + Number(clock.slice(3));
/// Of the city's day, wherever the browser is.
const minute_of = (moment: number): number => Math.floor((moment / 1000 + session.offset_s) / 60) % 1440;
export const is_late = (stop: Stop, day: string, now: number): boolean => (stop.arrived_at ? minute_of(Date.parse(stop.arrived_at)) > minutes(stop.to)
  : stop.state === "planned" && city_day(now) === day && minute_of(now) > minutes(stop.to));

const spot = (one: { lat_e7: number; lng_e7: number }): [number, number] => [one.lng_e7 / 1e7, one.lat_e7 / 1e7];
export const shapes_of = (rounds: Round[]): FeatureCollection => ({ type: "FeatureCollection", features: rounds.filter((one) => one.stops.length).flatMap((round, index): Feature[] => {
  const n = index % 8;
  const line = [spot(round), ...round.stops.map(spot), spot(round)];
  return [{ type: "Feature", properties: { what: "way", n, vehicle: round.vehicle }, geometry: { type: "LineString", coordinates: line } },
    ...round.stops.map((stop): Feature => ({ type: "Feature", properties: { what: stop.kind === "unload" ? "base" : "stop", n }, geometry: { type: "Point", coordinates: spot(stop) } }))];
}) });
