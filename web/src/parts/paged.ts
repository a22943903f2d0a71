// SPDX-License-Identifier: Apache-2.0
// A long list that is read page by page as somebody scrolls. Another filter begins it anew.
import { computed, onScopeDispose, ref, shallowRef } from "vue";

interface Page<T> { items: T[]; next: string | null }

export function paged<T>(read: (after: string | undefined) => Promise<Page<T>>) {
  const rows = shallowRef<T[]>([]);
  const next = ref<string | null | undefined>(undefined);
  const asking = ref(false);
  const error = shallowRef<unknown>();
  let turn = 0;

  async function more(): Promise<void> {
    if (asking.value || next.value === null) return;
    const mine = turn;
    asking.value = true;
    try {
      const page = await read(next.value);
      if (mine !== turn) return;
      rows.value = rows.value.concat(page.items);
      next.value = page.next;
      error.value = undefined;
    } catch (caught) {
      if (mine === turn) error.value = caught;
    } finally {
      if (mine === turn) asking.value = false;
    }
  }
  function restart(): Promise<void> {
    ++turn;
    rows.value = [];
    next.value = undefined;
    asking.value = false;
    error.value = undefined;
    return more();
  }
  onScopeDispose(() => { ++turn; });
  return { rows, asking, error, more, restart, ended: computed(() => next.value === null) };
}
