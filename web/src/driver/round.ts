// SPDX-License-Identifier: Apache-2.0
// The driver's day: who drives, their round, and the steps on their way to the server, one after the other.
import createClient from "openapi-fetch";
import { computed, ref, shallowRef } from "vue";
import type { paths } from "../api/schema.d.ts";
import { drop_step, fact, keep_fact, keep_step, kept_steps, with_steps, type KeptStep, type Round, type Schema, type StepBody } from "./box.ts";
import type { TellDoors } from "../parts/push.ts";
import { language, say } from "./words.ts";

let csrf = "";
export const account = ref("");
export const signed_in = ref(false);
export const online = ref(navigator.onLine);
export const steps = shallowRef<KeptStep[]>([]);
export const seen = shallowRef<Round>();
export const materials = shallowRef<Schema["PublicCatalogue"]["items"]>([]);
/// With what was done here and is not there yet.
export const round = computed(() => seen.value && with_steps(seen.value, steps.value));
export const stuck = computed(() => steps.value.find((one) => one.problem !== ""));

export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    if (csrf && request.method !== "GET") request.headers.set("X-CSRF-Token", csrf);
    return request;
  },
});

interface Answer<T> { data?: T; error?: unknown; response: Response }
class Refused extends Error { constructor(readonly status: number, text: string) { super(text); } }
export async function take<T>(asked: Promise<Answer<T>>): Promise<Exclude<T, string>> {
  const answer = await asked;
  if (answer.response.ok) return answer.data as Exclude<T, string>;
  if (answer.response.status === 401) signed_in.value = false;
  const problem = answer.error as Partial<Schema["Problem"]> | undefined;
  throw new Refused(answer.response.status, [problem?.title, problem?.detail].filter(Boolean).join(language() === "en" ? ": " : "：") || say("wrong"));
}
export const text_of = (error: unknown): string => (error instanceof Refused ? error.message : say("offline"));

const today = () => { const now = new Date(); return `${now.getFullYear()}-${String(now.getMonth() + 1).padStart(2, "0")}-${String(now.getDate()).padStart(2, "0")}`; };

async function show(kept: Round): Promise<void> {
  seen.value = kept;
  await keep_fact("round", kept);
}

/// The own round of today: one that is not closed before others.
export async function load(): Promise<void> {
  const day = await take(api.GET("/api/v1/rounds", { params: { query: { day: today() } } }));
  const mine = day.rounds.map((one) => one.round);
  const found = mine.find((one) => one.state === "published") ?? mine[0];
  if (found) await show(found);
  else { seen.value = undefined; await keep_fact("round", null); }
  materials.value = (await take(api.GET("/api/v1/catalogue"))).items;
  await keep_fact("materials", materials.value);
  await load_notices();
}

/// Not kept: without a network there are none.
export const notices = shallowRef<Schema["StaffNotice"][]>([]);
async function load_notices(): Promise<void> { notices.value = (await take(api.GET("/api/v1/notices"))).items; }
export async function read_notices(): Promise<void> {
  await take(api.PUT("/api/v1/notices", { body: { read: notices.value.map((one) => one.id) } }));
  await load_notices();
}

export const tell_doors: TellDoors = {
  list: () => take(api.GET("/api/v1/push-subscriptions")),
  add: (made) => take(api.POST("/api/v1/push-subscriptions", { body: { ...made, lang: language() === "en" ? "en" : "zh" } })),
  drop: (id) => take(api.DELETE("/api/v1/push-subscriptions/{id}", { params: { path: { id } } })),
};

async function admit(who: Schema["Session"]): Promise<void> {
  csrf = who.csrf ?? "";
  if (who.must_change) throw new Refused(403, say("must_change"));
  if (account.value && account.value !== who.account) seen.value = undefined;
  account.value = who.account;
  signed_in.value = true;
  await keep_fact("account", who.account);
  await send();
  await load();
}

export const enter = async (name: string, password: string): Promise<void> => admit(await take(api.POST("/api/v1/session", { body: { account: name, password } })));

export async function leave(): Promise<void> {
  try { await api.DELETE("/api/v1/session"); } catch { /* the server forgets it by itself */ }
  csrf = "";
  signed_in.value = false;
  seen.value = undefined;
  notices.value = [];
  account.value = "";
  await Promise.all([keep_fact("round", null), keep_fact("account", "")]);
}

/// From what is kept, then from the server if it can be reached.
export async function recall(): Promise<void> {
  steps.value = await kept_steps();
  account.value = (await fact<string>("account")) ?? "";
  seen.value = (await fact<Round | null>("round")) ?? undefined;
  materials.value = (await fact<typeof materials.value>("materials")) ?? [];
  signed_in.value = account.value !== "";
  try {
    await admit(await take(api.GET("/api/v1/session")));
    online.value = true;
  } catch (error) {
    if (error instanceof Refused) signed_in.value = false;
    else online.value = false;
  }
}

/// A page that was opened without a network has not heard yet what the session's changes need.
async function known_again(): Promise<boolean> {
  if (csrf) return true;
  try {
    const who = await take(api.GET("/api/v1/session"));
    csrf = who.csrf ?? "";
    online.value = true;
    return who.account === account.value;
  } catch (error) {
    if (!(error instanceof Refused)) online.value = false;
    return false;
  }
}

/// The photo goes first: the step names it by its digest.
async function with_photo(step: KeptStep): Promise<StepBody> {
  const { picture } = step;
  if (!picture) return step.body;
  const sent = await take(api.POST("/api/v1/files", { body: picture as never, bodySerializer: (body) => body as never, headers: { "Content-Type": picture.type } }));
  return { ...step.body, photo: (sent as { sha256: string }).sha256 };
}

let sending: Promise<void> | undefined;
/// Sends what waits, in order; stops at what the server refuses, since what follows may rest on it.
export const send = (): Promise<void> => sending ??= (async () => {
  try {
    if (!(await known_again())) return;
    for (const step of (await kept_steps()).filter((one) => one.account === account.value)) {
      if (step.problem) break;
      try {
        const body = await with_photo(step);
        const kept = await take(api.POST("/api/v1/rounds/{day}/{vehicle}/steps", { params: { path: { day: step.day, vehicle: step.vehicle } }, body }));
        online.value = true;
        await drop_step(step.n!);
        if (seen.value?.vehicle === step.vehicle && seen.value.day === step.day) await show(kept.round);
      } catch (error) {
        if (!(error instanceof Refused)) { online.value = false; break; }
        if (error.status === 401 || error.status === 429 || error.status >= 500) break;
        await keep_step({ ...step, problem: error.message });
        break;
      }
    }
  } finally {
    steps.value = await kept_steps();
    sending = undefined;
  }
})();

export async function act(body: StepBody, picture?: Blob): Promise<void> {
  if (!round.value) return;
  await keep_step({ account: account.value, day: round.value.day, vehicle: round.value.vehicle, body: { ...body, at: new Date().toISOString().slice(0, 19) + "Z" }, ...(picture ? { picture } : {}), problem: "" });
  steps.value = await kept_steps();
  await send();
}

export async function drop(step: KeptStep): Promise<void> {
  await drop_step(step.n!);
  steps.value = await kept_steps();
  await send();
}
export async function once_more(step: KeptStep): Promise<void> {
  await keep_step({ ...step, problem: "" });
  await send();
}

export async function close_day(): Promise<void> {
  if (!round.value) return;
  await send();
  const path = { day: round.value.day, vehicle: round.value.vehicle };
  await show((await take(api.POST("/api/v1/rounds/{day}/{vehicle}/close", { params: { path } }))).round);
}

export const name_of = (code: string): string => {
  const one = materials.value.find((known) => known.code === code);
  return one ? (language() === "en" ? one.en : one.zh) : code;
};
