// SPDX-License-Identifier: Apache-2.0
import { createSSRApp } from "vue";
import App from "./App.vue";

export const createApp = () => ({ app: createSSRApp(App) });
