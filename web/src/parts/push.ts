// SPDX-License-Identifier: Apache-2.0
// Lets this browser be told while no page is open: by a worker of its own, which keeps nothing and answers no page.
const kWorker = "/teller.js", kScope = "/teller";

export const can_be_told = (): boolean => "serviceWorker" in navigator && "PushManager" in window && "Notification" in window;

const bytes_of = (text: string) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (one) => one.charCodeAt(0));

/// Asks whoever sits there, then the browser's push service. `key` is the server's. Refused: NotAllowedError.
export async function let_tell(key: string): Promise<{ endpoint: string; keys: { auth: string; p256dh: string } }> {
  if (!can_be_told()) throw new Error("no push");
  if (await Notification.requestPermission() !== "granted") throw new DOMException("not allowed", "NotAllowedError");
  const registration = await navigator.serviceWorker.register(kWorker, { scope: kScope });
  for (let left = 50; !registration.active && left > 0; --left) await new Promise((resolve) => setTimeout(resolve, 100));
  const before = await registration.pushManager.getSubscription();
  const wanted = bytes_of(key);
  const known = before?.options?.applicationServerKey;
  const same = known && new Uint8Array(known).every((one, n) => one === wanted[n]);
  if (before && !same) await before.unsubscribe();  // of another server's key, or of an older one
  const made = before && same ? before : await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: wanted });
  const { endpoint = "", keys = {} } = made.toJSON();
  return { endpoint, keys: { auth: keys.auth ?? "", p256dh: keys.p256dh ?? "" } };
}

/// What a page asks of the server: the key and who is told, one more, one less.
export interface TellDoors {
  list(): Promise<{ key: string; items: { id: string }[] }>;
  add(made: { endpoint: string; keys: { auth: string; p256dh: string } }): Promise<{ id: string }>;
  drop(id: string): Promise<unknown>;
}
/// Lets the server tell this browser. "denied": whoever sits there does not want it; "none": there is no push service.
export async function tell_here(doors: TellDoors): Promise<"" | "denied" | "none"> {
  const { key } = await doors.list();
  let made;
  try { made = await let_tell(key); } catch (error) { return error instanceof DOMException && error.name === "NotAllowedError" ? "denied" : "none"; }
  told_here.set((await doors.add(made)).id);
  return "";
}
/// What the server forgot is off already.
export async function stop_here(doors: TellDoors): Promise<void> {
  const { items } = await doors.list(), here = told_here.get();
  if (items.some((one) => one.id === here)) await doors.drop(here);
  told_here.set("");
}

/// Under which id the server tells this browser; "": it does not, or this browser keeps nothing.
const kHere = "huan.told";
export const told_here = {
  get: (): string => { try { return localStorage.getItem(kHere) ?? ""; } catch { return ""; } },
  set: (id: string): void => { try { if (id) localStorage.setItem(kHere, id); else localStorage.removeItem(kHere); } catch { /* asked again next time */ } },
};
