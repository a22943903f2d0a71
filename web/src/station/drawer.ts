// SPDX-License-Identifier: Apache-2.0
// What this device keeps in IndexedDB: tickets with what became of them, and what a station must know without a network.
import type { Sent } from "./register.ts";
import type { TicketEvent } from "./ticket.ts";

export interface Kept {
  id: string; event: TicketEvent; made: number; day: string; fen: number; pay: string;
  state: "kept" | "sent" | "refused" | "dropped"; code: string; problem: string;
  registration?: Sent;  // of the purchase, with the handler's own data only until it is entered
}

const kName = "huan-station", kVersion = 1;
let opening: Promise<IDBDatabase> | undefined;

function open_drawer(): Promise<IDBDatabase> {
  opening ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(kName, kVersion);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("tickets", { keyPath: "id" }).createIndex("state", "state");
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

export async function put_tickets(...tickets: Kept[]): Promise<void> {
  const work = (await open_drawer()).transaction("tickets", "readwrite", { durability: "strict" });
  tickets.forEach((ticket) => work.objectStore("tickets").put(ticket));
  await new Promise<void>((resolve, reject) => {
    work.oncomplete = () => resolve();
    work.onabort = () => reject(work.error ?? new Error("IndexedDB"));
  });
}

export const all_tickets = async (): Promise<Kept[]> =>
  done((await open_drawer()).transaction("tickets").objectStore("tickets").getAll() as IDBRequest<Kept[]>);

export async function forget_tickets(ids: string[]): Promise<void> {
  const store = (await open_drawer()).transaction("tickets", "readwrite").objectStore("tickets");
  await Promise.all(ids.map((id) => done(store.delete(id))));
}

export const fact = async <T>(name: string): Promise<T | undefined> =>
  done((await open_drawer()).transaction("facts").objectStore("facts").get(name) as IDBRequest<T | undefined>);

export const keep_fact = async (name: string, value: unknown): Promise<unknown> =>
  done((await open_drawer()).transaction("facts", "readwrite").objectStore("facts").put(value, name));
