// SPDX-License-Identifier: Apache-2.0
// The scale beside this counter, as `huan edge` shows it on this machine's loopback (docs/devices.md). The page works
// without it; with it, a weight is taken only from a load at rest and its proof goes along on the ticket.
import { reactive } from "vue";
import { Problem } from "../api/client.ts";
import { say, type Key } from "../words/index.ts";
import { fact, keep_fact } from "./drawer.ts";

/// Where `huan edge` listens unless told otherwise: the one address beside its own that the console may ask.
const kEdge = "http://127.0.0.1:8790";
const kFindings = ["no_zero_return", "indicators_differ", "tare_outside_band", "tare_expired", "serial_gap", "serial_again"] as const;

interface Now { at_rest: boolean; heard: boolean; mass_g?: number; out_of_range?: boolean; scale: string; shows?: string }
export interface Taken { at: string; findings: string[]; mass_g: number; scale: string; serial: string }

export const scale = reactive({ state: "off" as "off" | "asking" | "on" | "lost", now: undefined as Now | undefined });
let stream: EventSource | undefined;

async function ask<T>(path: string, body?: unknown): Promise<T> {
  let answer: Response;
  try {
    answer = await fetch(kEdge + path, body === undefined ? {} : { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) });
  } catch {
    throw new Problem(0, { title: say("scale.unreachable"), code: "unreachable", advice: say("scale.unreachable.advice") });
  }
  const content: unknown = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Problem(answer.status, content as ConstructorParameters<typeof Problem>[1]);
  return content as T;
}

/// Throws a Problem when no edge answers here.
export async function connect_scale(): Promise<void> {
  scale.state = "asking";
  try {
    scale.now = (await ask<{ now: Now }>("/scale")).now;
  } catch (error) {
    scale.state = "off";
    throw error;
  }
  scale.state = "on";
  await keep_fact("scale", true);
  stream?.close();
  stream = new EventSource(`${kEdge}/scale/stream`);  // comes back by itself when the edge does
  stream.addEventListener("scale", (event) => { scale.now = JSON.parse((event as MessageEvent<string>).data) as Now; scale.state = "on"; });
  stream.onerror = () => { scale.state = "lost"; };
}

/// The scale that this counter had last time, if it is there.
export async function reconnect_scale(): Promise<void> {
  if (await fact<boolean>("scale")) await connect_scale().catch(() => { scale.state = "lost"; });
}

export function close_scale(): void {
  stream?.close();
  stream = undefined;
  scale.state = "off";
  scale.now = undefined;
}

export async function leave_scale(): Promise<void> {
  close_scale();
  await keep_fact("scale", false);
}

/// Takes the load that rests on the scale; throws a Problem while none does.
export const take_weight = (): Promise<Taken> => ask<Taken>("/scale/weighings", {});

export const finding_word = (name: string) => (kFindings.some((one) => one === name) ? say(`scale.${name}` as Key) : name);
