// SPDX-License-Identifier: Apache-2.0
// The mini-program and its H5 form. What both phone pages know stands in web/src/resident and is taken from there.
import uni from "@dcloudio/vite-plugin-uni";
import { fileURLToPath } from "node:url";
import { defineConfig } from "vite";

// The plugin is CommonJS: its function comes plain or as a member, by who loads it.
const plugin = ((uni as unknown as { default?: typeof uni }).default ?? uni) as unknown as () => never;

export default defineConfig({
  plugins: [plugin()],
  resolve: { alias: { "@resident": fileURLToPath(new URL("../web/src/resident", import.meta.url)) } },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
