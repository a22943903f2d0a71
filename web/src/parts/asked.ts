// SPDX-License-Identifier: Apache-2.0
// A question to the server as a page shows it: being asked, answered, or failed. A newer question makes the answer of
// an older one void.
import { onScopeDispose, ref, shallowRef } from "vue";

export function asked<T>(question: () => Promise<T>) {
  const answer = shallowRef<T>();
  const error = shallowRef<unknown>();
  const asking = ref(false);
  let turn = 0;
  async function ask(): Promise<void> {
    const mine = ++turn;
    asking.value = true;
    try {
      const got = await question();
      if (mine !== turn) return;
      answer.value = got;
      error.value = undefined;
    } catch (caught) {
      if (mine === turn) error.value = caught;
    } finally {
      if (mine === turn) asking.value = false;
    }
  }
  onScopeDispose(() => { ++turn; });
  return { answer, error, asking, ask };
}
