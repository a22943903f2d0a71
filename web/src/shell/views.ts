// SPDX-License-Identifier: Apache-2.0
// Views under a name: the address of a page with its filters, kept by this browser for the account (ADR 0062).
import { ref, watch } from "vue";
import { session } from "../api/session.ts";

export interface View { name: string; at: string }
export const kViews = 40, kNameLength = 40;

const key = () => `huan.views.${session.account}`;
const is_view = (one: unknown): one is View => typeof (one as View)?.name === "string" && typeof (one as View)?.at === "string" && /^\/(?!\/)/.test((one as View).at);

function read(): View[] {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(key()) ?? "[]");
    return Array.isArray(kept) ? kept.filter(is_view).slice(0, kViews) : [];
  } catch {
    return [];
  }
}

export const views = ref<View[]>([]);
watch(() => session.account, () => { views.value = session.account ? read() : []; }, { immediate: true });
window.addEventListener("storage", (event) => { if (event.key === key()) views.value = read(); });

/// False when the browser keeps nothing.
function keep(list: View[]): boolean {
  views.value = list;
  try { localStorage.setItem(key(), JSON.stringify(list)); return true; } catch { return false; }
}
/// A name that is there gets the new address.
export const save_view = (name: string, at: string): boolean => keep([{ name, at }, ...views.value.filter((one) => one.name !== name)].slice(0, kViews));
export const forget_view = (name: string): boolean => keep(views.value.filter((one) => one.name !== name));
