// SPDX-License-Identifier: Apache-2.0
// Shows what the server pushes, and opens the page that it is about. Everything in a push was sealed by the server.
const teller = self as unknown as ServiceWorkerGlobalScope;

interface Told { body: string; tag: string; title: string; url: string }

function told_in(event: PushEvent): Told {
  try {
    const sent = event.data?.json() as Partial<Told> | undefined;
    return { body: sent?.body ?? "", tag: sent?.tag ?? "", title: sent?.title ?? "Huan 环", url: sent?.url ?? "/m" };
  } catch {
    return { body: "", tag: "", title: "Huan 环", url: "/m" };
  }
}

teller.addEventListener("install", (event) => event.waitUntil(teller.skipWaiting()));
teller.addEventListener("push", (event) => {
  const { title, body, tag, url } = told_in(event);
  event.waitUntil(teller.registration.showNotification(title, { body, tag, data: { url }, icon: "/ring.svg" }));
});
teller.addEventListener("notificationclick", (event) => {
  event.notification.close();
  const url = new URL((event.notification.data as { url?: string } | null)?.url ?? "/m", teller.location.origin);
  if (url.origin === teller.location.origin) event.waitUntil(teller.clients.openWindow(url.href));
});
