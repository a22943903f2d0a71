// SPDX-License-Identifier: Apache-2.0
// MapLibre as three files that hold their code once. Its build for pages that may not make workers of text has what page
// and worker share twice, once in each of its two files; its plain build has it once, but makes the worker of text. This
// cuts the plain build along its own seams: what is shared (one address for both, so that the worker finds it in the
// browser's cache), the worker, and the page's part, which becomes the module "huan:map". Of its styles only those of
// controls that our maps have are kept.
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const kModule = "huan:map", kStyle = "huan:map.css";
const kUnused = /attrib|geolocate|user-location|terrain|globe|fullscreen|compass|logo|popup|cooperative|boxzoom/;
const dist = (file) => readFileSync(createRequire(import.meta.url).resolve(`maplibre-gl/dist/${file}`), "utf8");

/// The texts of the functions that make each part. Throws when another version is laid out otherwise.
export function parts_of(text) {
  const seams = [...text.matchAll(/^define\("(\w+)",\[[^\]]*\],/gm)];
  const end = text.indexOf("\n//", seams.at(-1)?.index);
  if (seams.map((seam) => seam[1]).join() !== "shared,worker,index" || end < 0) throw new Error("maplibre-gl is laid out otherwise: its parts cannot be told apart");
  const part = (n) => {
    const piece = text.slice(seams[n].index + seams[n][0].length, seams[n + 1]?.index ?? end).trim();
    if (!piece.startsWith("(function(") || !piece.endsWith("));")) throw new Error(`maplibre-gl is laid out otherwise: ${seams[n][1]}`);
    return piece.slice(0, -2);
  };
  return { shared: part(0), worker: part(1), index: part(2) };
}

/// Rules without those that speak of unused controls alone.
export function used_styles(css) {
  const kept = css.replace(/([^{}]+)\{[^{}]*\}/g, (rule, selectors) => (selectors.split(",").every((one) => kUnused.test(one)) ? "" : rule));
  return kept.replace(/@[^{};]+\{\s*\}/g, "");
}

const file_of = (name, source) => ({ type: "asset", fileName: `assets/${name}-${createHash("sha256").update(source).digest("hex").slice(0, 10)}.js`, source });

export function map_parts() {
  let shared, worker, index, serving = false;
  return {
    name: "huan-map-parts",
    configResolved(config) { serving = config.command === "serve"; },
    buildStart() {
      const parts = parts_of(dist("maplibre-gl.js"));
      const licence = dist("maplibre-gl.js").match(/^\/\*\*[^]*?\*\//)?.[0] ?? "";
      shared = file_of("map-shared", `${licence}\nself.huan_map=${parts.shared};\n`);
      const name = shared.fileName.replace("assets/", "");
      worker = file_of("map-worker", `${licence}\nimportScripts("${name}");{const shared={};huan_map(shared);(${parts.worker})(shared);}\n`);
      index = parts.index;
    },
    resolveId(id) {
      if (id === kModule || id === kStyle) return `\0${id}`;
      return id.startsWith("/assets/map-shared-") ? { id, external: true } : undefined;
    },
    load(id) {
      if (id === `\0${kStyle}`) return used_styles(dist("maplibre-gl.css"));
      if (id !== `\0${kModule}`) return undefined;
      if (serving) return 'export { default } from "maplibre-gl/dist/maplibre-gl-csp.js"; export { default as worker } from "maplibre-gl/dist/maplibre-gl-csp-worker.js?url";';
      this.emitFile(shared);
      this.emitFile(worker);
      return `const gl = {}, shared = {};
await import("/${shared.fileName}");
self.huan_map(shared);
(${index})(gl, shared);
export default gl;
export const worker = "/${worker.fileName}";`;
    },
  };
}
