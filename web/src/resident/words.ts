// SPDX-License-Identifier: Apache-2.0
// Which language the residents' pages speak, kept in the browser.
import { ref } from "vue";
import { in_line, named_day, phrase, type Language, type Say } from "./sayings.ts";
export { yuan } from "./sayings.ts";

const current = ref<Language>("zh-CN");
export const language = () => current.value;
export const is_zh = () => current.value === "zh-CN";
export const say: Say = (key, values) => phrase(current.value, key, values);
export const listed = (items: string[]): string => in_line(current.value, items);
export const day_word = (day: string): string => named_day(say, day);

function speak(wanted: Language): void {
  current.value = wanted;
  document.documentElement.lang = wanted;
  document.title = `${say("title")} · Huan 环`;
}

export function start(): void {
  let known: string | null = null;
  try { known = localStorage.getItem("huan.language"); } catch { /* a browser that keeps nothing */ }
  speak(known === "en" || (known === null && !navigator.language.startsWith("zh")) ? "en" : "zh-CN");
}

export function other_language(): void {
  speak(is_zh() ? "en" : "zh-CN");
  try { localStorage.setItem("huan.language", current.value); } catch { /* asked again next time */ }
}
