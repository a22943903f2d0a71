// SPDX-License-Identifier: Apache-2.0
// The counter of one station on this device: which station, its materials and prices, its tickets, and their way to the
// server. A ticket is saved when it is in the drawer; it is sent when the server has said so.
import { computed, reactive, ref, shallowRef } from "vue";
import { api, Problem, take } from "../api/client.ts";
import { list, load_names, materials, type Material } from "../api/registry.ts";
import { refresh_session, session } from "../api/session.ts";
import { all_tickets, fact, forget_tickets, keep_fact, put_tickets, type Kept } from "./drawer.ts";
import { enter, type Sent } from "./register.ts";
import { event_of, fen_of, local_day, new_id, type Price, type Weighed } from "./ticket.ts";

const kBatch = 100, kKeepDays = 3;
/// What stations weigh most, on the keys 1 to 9, as far as the catalogue has them.
const kUsual = ["paper.occ", "paper.mixed", "plastic.pet", "plastic.mixed", "metal.steel", "metal.aluminium", "glass.mixed", "textile.clothes", "appliance.small"];

export const station = reactive({ place: "", name: "", device: "", offset_s: 28800, ready: false });
export const prices = shallowRef(new Map<string, Price>());
export const tickets = shallowRef<Kept[]>([]);
export const sending = ref(false);
export const trouble = shallowRef<unknown>();
export const online = ref(navigator.onLine);

const of_state = (state: Kept["state"]) => computed(() => tickets.value.filter((one) => one.state === state));
export const waiting = of_state("kept");
export const refused = of_state("refused");
export const today = computed(() => tickets.value.filter((one) => one.day === local_day(Date.now(), station.offset_s) && one.state !== "dropped" && one.state !== "refused"));

export const buttons = computed<Material[]>(() => {
  const leaves = [...materials.value.values()].filter((one) => one.leaf && one.group !== "hazardous" && one.group !== "residue");
  const usual = kUsual.map((code) => materials.value.get(code)).filter((one) => one !== undefined);
  return usual.length ? usual : leaves.slice(0, 9);
});
export const others = computed(() => [...materials.value.values()].filter((one) => one.leaf && !buttons.value.includes(one)));

async function reload() {
  tickets.value = (await all_tickets()).sort((a, b) => b.made - a.made);
}

/// Materials and prices from the server, or as they were last time.
async function learn() {
  try {
    await load_names();
    const rows = await list("prices");
    const found = rows.map((row) => [row.kind || row.key, row.record.data as { fen?: number; per?: string; side?: string }] as const)
      .filter(([, data]) => data.fen !== undefined && data.side !== "sell").map(([code, data]) => [code, { fen: data.fen!, per: data.per === "piece" ? "piece" : "kg" }] as [string, Price]);
    prices.value = new Map(found);
    await keep_fact("materials", [...materials.value.values()]);
    await keep_fact("prices", found);
    if (session.offset_s) { station.offset_s = session.offset_s; await keep_fact("offset_s", session.offset_s); }
  } catch {
    materials.value = new Map((await fact<Material[]>("materials") ?? []).map((one) => [one.code, one]));
    prices.value = new Map(await fact<[string, Price][]>("prices") ?? []);
    station.offset_s = await fact<number>("offset_s") ?? 28800;
  }
}

export async function open_counter(): Promise<void> {
  station.place = (await fact<string>("place")) ?? session.place;
  station.name = (await fact<string>("name")) ?? "";
  station.device = (await fact<string>("device")) ?? "";
  if (!station.device) {
    station.device = [...crypto.getRandomValues(new Uint8Array(4))].map((byte) => "abcdefghjkmnpqrstuvwxyz23456789"[byte % 31]).join("");
    await keep_fact("device", station.device);
  }
  await learn();
  const before = local_day(Date.now() - kKeepDays * 86_400_000, station.offset_s);
  await reload();
  const old = tickets.value.filter((one) => one.day < before && (one.state === "sent" || one.state === "dropped")).map((one) => one.id);
  if (old.length) { await forget_tickets(old); await reload(); }
  if (station.place && !station.name) await choose_place(station.place).catch(() => undefined);
  station.ready = true;
  void send();
}

/// Throws when the server knows no such place.
export async function choose_place(id: string): Promise<void> {
  const row = await take(api.GET("/api/v1/{kind}/{key}", { params: { path: { kind: "places", key: id } } }));
  station.place = id;
  station.name = "data" in row ? String((row.data as { name?: unknown }).name ?? id) : id;
  await keep_fact("place", station.place);
  await keep_fact("name", station.name);
}

export async function leave_place(): Promise<void> {
  station.place = station.name = "";
  await keep_fact("place", "");
  await keep_fact("name", "");
}

async function next_number(day: string): Promise<number> {
  const last = await fact<{ day: string; number: number }>("number");
  const number = last?.day === day ? last.number + 1 : 1;
  await keep_fact("number", { day, number });
  return number;
}

export async function save(weighed: Weighed, registration?: Sent): Promise<Kept> {
  const now = Date.now();
  const day = local_day(now, station.offset_s);
  // Two windows of one device take their numbers in turn.
  return navigator.locks.request("huan-number", async () => {
    const counter = { place: station.place, device: station.device, number: await next_number(day), offset_s: station.offset_s };
    const id = new_id(now, crypto.getRandomValues(new Uint8Array(16)));
    const kept: Kept = { id, event: event_of(weighed, counter, now, id), made: now, day, fen: fen_of(weighed), pay: weighed.pay, state: "kept", code: "", problem: "", ...(registration ? { registration } : {}) };
    await put_tickets(kept);
    tickets.value = [kept, ...tickets.value];
    void send();
    return kept;
  });
}

function answered(ticket: Kept, result: { status: string; code?: string; message?: string; detail?: string }): Kept {
  const taken = result.status === "posted" || result.status === "duplicate";
  return { ...ticket, state: taken ? "sent" : "refused", code: result.code ?? "", problem: [result.message, result.detail].filter(Boolean).join(" · ") };
}

/// Enters what has to be registered before the purchase; false: it was refused, and the ticket with it.
async function registered(ticket: Kept): Promise<boolean> {
  if (!ticket.registration) return true;
  try {
    await put_tickets({ ...ticket, registration: await enter(ticket.id, ticket.registration) });
    return true;
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 401 || error.status >= 500 || error.status === 0) throw error;
    await put_tickets({ ...ticket, state: "refused", code: error.code, problem: [error.message, error.detail, error.advice].filter(Boolean).join(" · ") });
    return false;
  }
}

/// Sends what waits. What is not answered goes on waiting under the same ids.
export async function send(): Promise<void> {
  await navigator.locks.request("huan-send", { ifAvailable: true }, async (mine) => {
    if (!mine) return;
    sending.value = true;
    try {
      // The page may have been opened without a network: then nobody has said yet who this is.
      if (session.state !== "in" && (await all_tickets()).some((one) => one.state === "kept")) await refresh_session();
      for (;;) {
        const batch = (await all_tickets()).filter((one) => one.state === "kept").sort((a, b) => a.made - b.made).slice(0, kBatch);
        if (!batch.length) break;
        const held = await Promise.all(batch.map(registered));
        if (held.includes(false)) { await reload(); continue; }
        const { results } = await take(api.POST("/api/v1/events", { params: { query: { mode: "each" } }, body: batch.map((one) => one.event) }));
        const now = new Map((await all_tickets()).map((one) => [one.id, one]));
        await put_tickets(...batch.map((one, n) => answered(now.get(one.id) ?? one, results[n]!)));
        await reload();
      }
      trouble.value = undefined;
      online.value = true;
    } catch (error) {
      if (error instanceof Problem) trouble.value = error;
      else online.value = false;
    } finally {
      sending.value = false;
    }
  });
  if (tickets.value.length) await reload();
}

export async function drop(ticket: Kept): Promise<void> {
  await put_tickets({ ...ticket, state: "dropped" });
  await reload();
}

export async function again(ticket: Kept): Promise<void> {
  await put_tickets({ ...ticket, state: "kept", code: "", problem: "" });
  await reload();
  await send();
}

export const register_again = (ticket: Kept, registration: Sent): Promise<void> => again({ ...ticket, registration });
