// SPDX-License-Identifier: Apache-2.0
// Filters live in the address, so that a view can be kept, sent and gone back to.
import { computed } from "vue";
import { useRoute, useRouter } from "vue-router";

export function address() {
  const route = useRoute();
  const router = useRouter();
  const get = (name: string): string => {
    const value = route.query[name];
    return typeof value === "string" ? value : "";
  };
  const set = (changes: Record<string, string>, keep_history = false) => {
    const query: Record<string, string> = {};
    for (const [name, value] of Object.entries({ ...route.query, ...changes })) {
      if (typeof value === "string" && value !== "") query[name] = value;
    }
    return keep_history ? router.push({ query }) : router.replace({ query });
  };
  /// A filter bound to a field.
  const field = (name: string, fallback = "") =>
    computed({ get: () => get(name) || fallback, set: (value: string) => void set({ [name]: value === fallback ? "" : value }) });
  return { get, set, field, route };
}
