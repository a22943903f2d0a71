// SPDX-License-Identifier: Apache-2.0
// The driver's phone page: the next stop, what is done there, the day's end. An entry of its own; it works without a
// network, and what was done then is sent when there is one.
import { createApp } from "vue";
import DriverApp from "./DriverApp.vue";
import { start } from "./words.ts";
import "../resident/resident.css";
import "./driver.css";

start();
createApp(DriverApp).mount("#driver");
if ("serviceWorker" in navigator && import.meta.env.PROD) void navigator.serviceWorker.register("/keeper.js");
