// SPDX-License-Identifier: Apache-2.0
// The residents' phone pages: nearest place, what goes where with today's price, booking, one's own orders. An entry
// of its own, so that a phone loads nothing of the console.
import { createApp } from "vue";
import ResidentApp from "./ResidentApp.vue";
import { start } from "./words.ts";
import "./resident.css";

start();
createApp(ResidentApp).mount("#resident");
