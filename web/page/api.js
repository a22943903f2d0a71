// SPDX-License-Identifier: Apache-2.0
// The page's requests: the session is a cookie that scripts cannot read. Answers that are no success
// are thrown with what the problem says, in the page's language.
import { current, say } from "./words.js";

export class Problem extends Error {
  constructor(status, body) {
    super(body?.title ? [body.title, body.detail, body.advice].filter(Boolean).join(" · ") + ` (${body.code})`
                      : say("failed", { code: status }));
    this.status = status;
  }
}

async function answer(response) {
  const text = await response.text();
  let body = null;
  try { body = text ? JSON.parse(text) : null; } catch { body = null; }
  if (!response.ok) throw new Problem(response.status, body);
  return body;
}

const headers = () => ({ Accept: "application/json", "Accept-Language": current() });

export async function get(path, parameters = {}) {
  const query = new URLSearchParams(parameters).toString();
  return answer(await fetch(`/api/v1/${path}${query ? "?" + query : ""}`, { headers: headers() }));
}

export async function login(token) {
  return answer(await fetch("/api/v1/login", {
    method: "POST", headers: { ...headers(), "Content-Type": "application/json" }, body: JSON.stringify({ token }),
  }));
}

/// All pages of a list, for short lists such as the catalogue.
export async function all(path, parameters = {}) {
  const items = [];
  for (let cursor = ""; cursor !== null;) {
    const page = await get(path, { ...parameters, limit: 1000, ...(cursor ? { after: cursor } : {}) });
    items.push(...page.items);
    cursor = page.next;
  }
  return items;
}

const names = new Map();

/// The name of a place, read once.
export async function placeName(id) {
  if (!id) return "";
  if (!names.has(id)) {
    names.set(id, get(`places/${encodeURIComponent(id)}`)
      .then((row) => row.data?.name ?? id).catch(() => id));
  }
  return names.get(id);
}
