// SPDX-License-Identifier: Apache-2.0
// Which language the mini-program speaks, kept on the phone.
import { ref } from "vue";
import { in_line, named_day, phrase, type Language, type Say } from "@resident/sayings.ts";
export { yuan } from "@resident/sayings.ts";

const kKept = "huan.language";
const kTabs = ["places", "sort", "book", "mine"] as const;
const current = ref<Language>("zh-CN");
export const language = () => current.value;
export const is_zh = () => current.value === "zh-CN";
export const say: Say = (key, values) => phrase(current.value, key, values);
export const listed = (items: string[]): string => in_line(current.value, items);
export const day_word = (day: string): string => named_day(say, day);

function speak(wanted: Language): void {
  current.value = wanted;
  kTabs.forEach((text, index) => uni.setTabBarItem({ index, text: say(text), fail: () => undefined }));
}

export function start_language(): void {
  const known: unknown = uni.getStorageSync(kKept);
  speak(known === "en" || (known !== "zh-CN" && !(uni.getLocale() || "zh").startsWith("zh")) ? "en" : "zh-CN");
}

export function other_language(): void {
  speak(is_zh() ? "en" : "zh-CN");
  uni.setStorageSync(kKept, current.value);
}

/// In the bar above a page.
export const title = (text: string): void => { uni.setNavigationBarTitle({ title: text, fail: () => undefined }); };
