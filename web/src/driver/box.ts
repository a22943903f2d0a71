// SPDX-License-Identifier: Apache-2.0
// What this phone keeps: the round as it was last seen, and steps that the server has not answered for, in order.
import type { components } from "../api/schema.d.ts";

export type Schema = components["schemas"];
export type Round = Schema["VehicleRound"];
export type Stop = Schema["RoundStop"];
export type StepBody = Schema["RoundStep"];
export interface KeptStep { n?: number; account: string; day: string; vehicle: string; body: StepBody; picture?: Blob; problem: string }

let opening: Promise<IDBDatabase> | undefined;
function open_box(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open("huan-driver", 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("steps", { keyPath: "n", autoIncrement: true });
      request.result.createObjectStore("facts");
    };
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
  });
  return opening;
}
const done = <T>(request: IDBRequest<T>) => new Promise<T>((resolve, reject) => {
  request.onsuccess = () => resolve(request.result);
  request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
});

/// On the disk when it returns.
export async function keep_step(step: KeptStep): Promise<void> {
  const work = (await open_box()).transaction("steps", "readwrite", { durability: "strict" });
  work.objectStore("steps").put(step);
  await new Promise<void>((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error("IndexedDB"));
  });
}
export const kept_steps = async (): Promise<KeptStep[]> => done((await open_box()).transaction("steps").objectStore("steps").getAll() as IDBRequest<KeptStep[]>);
export const drop_step = async (n: number): Promise<unknown> => done((await open_box()).transaction("steps", "readwrite").objectStore("steps").delete(n));
export const fact = async <T>(name: string): Promise<T | undefined> => done((await open_box()).transaction("facts").objectStore("facts").get(name) as IDBRequest<T | undefined>);
export const keep_fact = async (name: string, value: unknown): Promise<unknown> =>
  done((await open_box()).transaction("facts", "readwrite").objectStore("facts").put(JSON.parse(JSON.stringify(value)), name));

/// The round as it will be once the steps are sent.
export function with_steps(round: Round, steps: KeptStep[]): Round {
  const stops = round.stops.map((stop) => ({ ...stop }));
  for (const { body, day, vehicle } of steps) {
    const stop = day === round.day && vehicle === round.vehicle ? stops.find((one) => one.id === body.stop) : undefined;
    if (!stop) continue;
    stop.state = body.to;
    if (body.loaded) stop.loaded = body.loaded.map((one) => ({ ...one, mass_g: one.mass_g ?? 0 }));
    if (body.reason) stop.reason = body.reason;
  }
  return { ...round, stops };
}
export const ended = (stop: Stop): boolean => stop.state === "done" || stop.state === "refused" || stop.state === "missed";

/// What is on the truck, by kind.
export function on_board(round: Round): { material: string; mass_g: number }[] {
  const board = new Map<string, number>();
  for (const stop of round.stops) {
    if (stop.state !== "done") continue;
    if (stop.kind === "unload") board.clear();
    else stop.loaded?.forEach((one) => board.set(one.material, (board.get(one.material) ?? 0) + one.mass_g));
  }
  return [...board].map(([material, mass_g]) => ({ material, mass_g }));
}
