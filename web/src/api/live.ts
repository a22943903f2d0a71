// SPDX-License-Identifier: Apache-2.0
// What is recorded, as it is recorded: one stream for the whole console, joined again by the browser when it breaks.
import { onScopeDispose, ref } from "vue";

export interface Notice { id: string; seq: number; type: string; time: string; place: string }

export const live = ref<"off" | "on" | "broken">("off");
const listeners = new Set<(notice: Notice) => void>();
let source: EventSource | undefined;

function open_stream() {
  source = new EventSource("/api/v1/events/stream");
  source.onopen = () => { live.value = "on"; };
  source.onerror = () => { live.value = "broken"; };
  source.addEventListener("event", (message) => {
    const notice = JSON.parse((message as MessageEvent<string>).data) as Notice;
    listeners.forEach((listener) => listener(notice));
  });
}

export function close_stream() {
  source?.close();
  source = undefined;
  live.value = "off";
}

/// Calls back for each recorded event until the component is gone.
export function follow(listener: (notice: Notice) => void) {
  listeners.add(listener);
  if (!source) open_stream();
  onScopeDispose(() => {
    listeners.delete(listener);
    if (listeners.size === 0) close_stream();
  });
}

/// Like `follow`, at most once in `wait_ms`; the first is not kept waiting.
export function follow_gently(wait_ms: number, listener: () => void) {
  let timer = 0, last = 0;
  follow(() => {
    if (timer) return;
    timer = window.setTimeout(() => { timer = 0; last = Date.now(); listener(); },
      Math.max(50, last + wait_ms - Date.now()));
  });
  onScopeDispose(() => window.clearTimeout(timer));
}
