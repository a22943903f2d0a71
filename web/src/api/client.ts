// SPDX-License-Identifier: Apache-2.0
// The doors of the server, typed by its own description. Answers that are no success are thrown as a Problem, in the
// language of the page.
import createClient from "openapi-fetch";
import { language, say } from "../words/index.ts";
import type { components, paths } from "./schema.d.ts";

export type Schema = components["schemas"];

export class Problem extends Error {
  readonly status: number;
  readonly code: string;
  readonly advice: string;
  readonly at: string;
  readonly detail: string;

  constructor(status: number, body: Partial<Schema["Problem"]> | undefined) {
    super(body?.title ?? say("error.failed", { code: status }));
    this.status = status;
    this.code = body?.code ?? (status === 0 ? "unreachable" : String(status));
    this.advice = body?.advice ?? "";
    this.at = body?.at ?? "";
    this.detail = body?.detail ?? "";
  }
}

export const unreachable = () =>
  new Problem(0, { title: say("error.unreachable"), code: "unreachable", advice: say("error.unreachable.advice") });

/// What a caught thing is to a reader.
export function problem_of(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof TypeError) return unreachable();
  return new Problem(0, { title: String(error), code: "page_fault" });
}

let csrf = "";
export const set_csrf = (token: string) => { csrf = token; };
export const csrf_headers = (): Record<string, string> => (csrf ? { "X-CSRF-Token": csrf } : {});

const listeners = new Set<() => void>();
/// Called when the server no longer knows the session.
export const on_signed_out = (listener: () => void) => listeners.add(listener);

export const api = createClient<paths>({ baseUrl: "", credentials: "same-origin" });
api.use({
  onRequest({ request }) {
    request.headers.set("Accept-Language", language());
    if (request.method !== "GET") {
      for (const [name, value] of Object.entries(csrf_headers())) request.headers.set(name, value);
    }
    return request;
  },
  onResponse({ response, schemaPath }) {
    if (response.status === 401 && !schemaPath.endsWith("/login") && !schemaPath.endsWith("/session")) {
      listeners.forEach((listener) => listener());
    }
    return response;
  },
});

interface Answer<T> { data?: T; error?: unknown; response: Response }

/// Lists are CSV too; what is asked for without `format` is JSON.
type Content<T> = [Exclude<T, string>] extends [never] ? T : Exclude<T, string>;

/// The content of a success; throws a Problem otherwise.
export async function take<T>(asked: Promise<Answer<T>>): Promise<Content<T>> {
  const answer = await asked;
  if (answer.response.ok) return answer.data as Content<T>;
  throw new Problem(answer.response.status, answer.error as Partial<Schema["Problem"]> | undefined);
}

/// All pages of a list, for those that are short enough to be held.
export async function all<T>(page: (after: string | undefined) => Promise<{ items: T[]; next: string | null }>): Promise<T[]> {
  const items: T[] = [];
  for (let after: string | undefined, more = true; more;) {
    const got = await page(after);
    items.push(...got.items);
    more = got.next !== null;
    after = got.next ?? undefined;
  }
  return items;
}
