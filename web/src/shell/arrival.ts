// SPDX-License-Identifier: Apache-2.0
// What went wrong while arriving, to be said on the sign-in page.
import { shallowReactive } from "vue";

export const arrival = shallowReactive<{ problem: unknown }>({ problem: undefined });
