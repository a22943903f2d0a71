// SPDX-License-Identifier: Apache-2.0
// What the console says. Chinese is the first language, English complete: a missing word does not compile. A codes'
// own word (an event's type, a place's kind) is looked up by its prefix and shown as it is when we have none.
import { ref, shallowRef } from "vue";
import type { Words } from "./zh.ts";

export type Language = "zh-CN" | "en";
export type Key = keyof Words;

const current = ref<Language>("zh-CN");
const words = shallowRef<Words>();

export const language = () => current.value;

const kept = () => {
  try { return localStorage.getItem("huan.language"); } catch { return null; }
};

export const preferred = (): Language => {
  const known = kept();
  if (known === "zh-CN" || known === "en") return known;
  return navigator.language.startsWith("zh") ? "zh-CN" : "en";
};

export async function speak(wanted: Language): Promise<void> {
  words.value = wanted === "zh-CN" ? (await import("./zh.ts")).zh : (await import("./en.ts")).en;
  current.value = wanted;
  document.documentElement.lang = wanted;
  try { localStorage.setItem("huan.language", wanted); } catch { /* a browser that keeps nothing asks again */ }
}

function fill(text: string, values: Record<string, string | number>) {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ""));
}

export const say = (key: Key, values: Record<string, string | number> = {}): string =>
  fill(words.value?.[key] ?? key, values);

/// Of a text that says it in both, `中文 / English`.
export function one_language(text: string): string {
  const at = text.indexOf(" / ");
  return at < 0 ? text : current.value === "zh-CN" ? text.slice(0, at) : text.slice(at + 3);
}

/// The word of a code, such as `type.receive`; the code itself when there is none.
export function word(prefix: string, code: string): string {
  const known = words.value as Record<string, string> | undefined;
  return known?.[`${prefix}.${code}`] ?? code;
}
