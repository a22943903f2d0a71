// SPDX-License-Identifier: Apache-2.0
import { ref } from "vue";

export type Theme = "auto" | "light" | "dark";
const kThemes: Theme[] = ["auto", "light", "dark"];

export const theme = ref<Theme>("auto");
/// What is worn now; for charts and maps, which colour themselves.
export const dark = ref(false);
const system = window.matchMedia("(prefers-color-scheme: dark)"), paper = window.matchMedia("print");

/// Paper is white whatever the screen wears.
function wear() {
  dark.value = !paper.matches && (theme.value === "dark" || (theme.value === "auto" && system.matches));
  document.documentElement.dataset.theme = dark.value ? "dark" : "light";
}

export function choose_theme(wanted: Theme) {
  theme.value = wanted;
  try { localStorage.setItem("huan.theme", wanted); } catch { /* worn for this visit only */ }
  wear();
}

export function next_theme() {
  choose_theme(kThemes[(kThemes.indexOf(theme.value) + 1) % kThemes.length] ?? "auto");
}

export function dress() {
  try {
    const kept = localStorage.getItem("huan.theme") as Theme | null;
    if (kept && kThemes.includes(kept)) theme.value = kept;
  } catch { /* as the system */ }
  system.addEventListener("change", wear);
  paper.addEventListener("change", wear);
  wear();
}

/// The colour that a name of the theme stands for now.
export const colour = (name: string) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
