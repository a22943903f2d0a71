// SPDX-License-Identifier: Apache-2.0
// The console's build. Service workers keep their plain names at the root; all
// other files carry a digest in their names below assets/.
import vue from "@vitejs/plugin-vue";
import { defineConfig } from "vite";
import { map_parts } from "./tools/map_parts.mjs";

export default defineConfig({
  plugins: [vue(), map_parts()],
  define: { __BUILD__: JSON.stringify(process.env.HUAN_STAMP ?? "loose"), __VUE_OPTIONS_API__: "true", __VUE_PROD_DEVTOOLS__: "false" },
  build: {
    target: "es2022",
    manifest: "manifest.json",
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
    reportCompressedSize: false,
    rolldownOptions: {
      input: { console: "index.html", resident: "m.html", driver: "driver.html", open: "open.html", keeper: "src/station/keeper.ts", teller: "src/parts/teller.ts" },
      output: {
        entryFileNames: (chunk) => (["keeper", "teller"].includes(chunk.name) ? `${chunk.name}.js` : "assets/[name]-[hash].js"),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
