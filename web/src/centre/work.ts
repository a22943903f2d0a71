// SPDX-License-Identifier: Apache-2.0
// What a centre does with goods, as events: each is made with its id ahead, so that sending it again after a break is
// the same event, and can be taken back by a correction as long as the page is open.
import { reactive } from "vue";
import { api, Problem, take, type Schema } from "../api/client.ts";
import { session } from "../api/session.ts";
import { local_time, new_id } from "../station/ticket.ts";

type Event = Schema["Event"];
type Own = Partial<Event> & Pick<Event, "type">;
export interface Done { id: string; text: string; raised: string[] }

const kMostKg = 10_000_000;
export const work = reactive({ place: "", done: undefined as Done | undefined });

/// Kilograms as typed, to whole grams; undefined: no mass. Blank is no mass either.
export function grams_in(text: string): number | undefined {
  const match = /^(\d{1,8})(?:[.,。](\d{1,3}))?$/.exec(text.trim());
  if (!match) return undefined;
  const grams = Number(match[1]) * 1000 + Number((match[2] ?? "").padEnd(3, "0"));
  return grams <= kMostKg * 1000 ? grams : undefined;
}
export const kilos = (grams: number): string => String(grams / 1000);

/// Yuan as typed, to whole fen.
export function fen_in(text: string): number | undefined {
  const match = /^(\d{1,7})(?:[.,。](\d{1,2}))?$/.exec(text.trim());
  return match ? Number(match[1]) * 100 + Number((match[2] ?? "").padEnd(2, "0")) : undefined;
}

const fresh = () => new_id(Date.now(), crypto.getRandomValues(new Uint8Array(16)));
/// What was sent and not answered: the same content goes out again under the same id.
let unanswered = { content: "", id: "", time: "" };

async function send(event: Event): Promise<Schema["Result"]> {
  const { results } = await take(api.POST("/api/v1/events", { params: { query: { mode: "each" } }, body: [event] }));
  const one = results[0]!;
  if (one.status === "refused") throw new Problem(422, { title: one.message ?? one.code ?? "", code: one.code ?? "", at: one.at ?? "", detail: one.detail ?? "", advice: one.advice ?? "" });
  return one;
}

export async function record(own: Own, text: string): Promise<void> {
  const content = JSON.stringify([work.place, own]);
  if (unanswered.content !== content) unanswered = { content, id: fresh(), time: local_time(Date.now(), session.offset_s) };
  const { id, time } = unanswered;
  try {
    const { raised } = await send({ id, time, place: work.place, ...own } as Event);
    work.done = { id, text, raised: (raised as { code?: string; detail?: string }[]).map((one) => [one.code, one.detail].filter(Boolean).join(" · ")) };
    unanswered = { content: "", id: "", time: "" };
  } catch (error) {
    if (error instanceof Problem && error.status > 0) unanswered = { content: "", id: "", time: "" };  // answered: it stands nowhere
    throw error;
  }
}

/// Voids the last one: what has gone on from it since makes the server say so.
export async function take_back(reason: string): Promise<void> {
  if (!work.done) return;
  await send({ id: fresh(), type: "correct", time: local_time(Date.now(), session.offset_s), place: work.place, corrects: work.done.id, replacement: null, reason } as Event);
  work.done = undefined;
}
