// SPDX-License-Identifier: Apache-2.0
// The public site: what is published, draws that anyone repeats, statistics, places, prices, what goes where, complaints.
// An entry of its own, so that nobody loads anything of the console.
import { createApp } from "vue";
import { start } from "../resident/words.ts";
import OpenSite from "./OpenSite.vue";
import "../resident/resident.css";
import "./open.css";

start();
createApp(OpenSite).mount("#open");
