// SPDX-License-Identifier: Apache-2.0
// Keeps the pages of the station and of the inspector on the device, so that they open without a network. It keeps files
// of the console only: what the server answers is kept by the page itself, where it can be seen and dropped.
declare const __BUILD__: string;
const self_ = self as unknown as ServiceWorkerGlobalScope;
const kCache = `huan-station-${__BUILD__}`;
const kPatienceMs = 4000;

interface Part { file: string; css?: string[]; imports?: string[] }

/// The page, and everything that the station needs of it.
async function wanted(): Promise<string[]> {
  const manifest = (await (await fetch("/manifest.json", { cache: "no-cache" })).json()) as Record<string, Part>;
  const files = new Set<string>(["/station", "/inspect", "/driver", "/ring.svg", "/station.webmanifest"]);
  const seen = new Set<string>();
  const walk = (name: string) => {
    const part = manifest[name];
    if (!part || seen.has(name)) return;
    seen.add(name);
    files.add(`/${part.file}`);
    part.css?.forEach((style) => files.add(`/${style}`));
    part.imports?.forEach(walk);
  };
  ["index.html", "driver.html", "src/driver/decode.ts", "src/station/StationPage.vue", "src/inspection/InspectionPage.vue", "src/words/zh.ts", "src/words/en.ts"].forEach(walk);
  return [...files];
}

async function keep() {
  const cache = await caches.open(kCache);
  await cache.addAll(await wanted());
  await self_.skipWaiting();
}

async function forget_older() {
  const names = await caches.keys();
  await Promise.all(names.filter((name) => name.startsWith("huan-station-") && name !== kCache).map((name) => caches.delete(name)));
  await self_.clients.claim();
}

async function page(request: Request): Promise<Response> {
  try {
    return await fetch(request, { signal: AbortSignal.timeout(kPatienceMs) });
  } catch (error) {
    const kept = await caches.match(/^\/(inspect|driver)/.exec(new URL(request.url).pathname)?.[0] ?? "/station");
    if (kept) return kept;
    throw error;
  }
}

self_.addEventListener("install", (event) => event.waitUntil(keep()));
self_.addEventListener("activate", (event) => event.waitUntil(forget_older()));
self_.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== location.origin || url.pathname.startsWith("/api/")) return;
  if (request.mode === "navigate") {
    if (/^\/(station|inspect|driver)/.test(url.pathname)) event.respondWith(page(request));
    return;
  }
  if (url.pathname.startsWith("/assets/") || url.pathname === "/ring.svg") {
    event.respondWith(caches.match(request).then((kept) => kept ?? fetch(request)));
  }
});
