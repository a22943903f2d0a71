// SPDX-License-Identifier: Apache-2.0
// The tiles that the operator has a licence for, beneath all that a page lays upon its map; a switch for them, which this
// browser remembers, and who made them. Where none are configured nothing outside is asked. What tiles do not bring
// leaves the city's own geometry as it is.
import { ref, watchEffect } from "vue";
import type { IControl, Map } from "maplibre-gl";
import { session } from "../api/session.ts";
import { dark } from "../shell/theme.ts";
import { say } from "../words/index.ts";

const kLayer = "tiles", kKept = "huan.tiles";
/// Finer ones are drawn from these: the usual services end here.
const kZoomMax = 18;
const kSheets = '<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linejoin="round" aria-hidden="true"><path d="m12 4 9 5-9 5-9-5zM3 14l9 5 9-5"/></svg>';

/// For all maps of this browser.
const wanted = ref(true);
try { wanted.value = localStorage.getItem(kKept) !== "off"; } catch { /* shown on this visit */ }

function turn() {
  wanted.value = !wanted.value;
  try { wanted.value ? localStorage.removeItem(kKept) : localStorage.setItem(kKept, "off"); } catch { /* for this visit only */ }
}

/// What stands on the map, with the class of what it stands in.
class Standing implements IControl {
  constructor(readonly element: HTMLElement, readonly gone: () => void = () => {}) {}
  onAdd() { return this.element; }
  onRemove() {
    this.gone();
    this.element.remove();
  }
}

function new_element(kind: string, name: string) {
  const element = document.createElement(kind);
  element.className = name;
  return element;
}

/// Laid beneath when the map is ready, so that tiles that are late or never come hold nothing up. Called before the page
/// asks for that moment, whose layers therefore lie above.
export function lay_tiles(map: Map): void {
  const service = session.tiles;
  if (!service) return;
  const came = ref(false), failed = ref(false), laid = ref(false);
  map.on("load", () => {  // not `once`, which is heard after all others
    map.addSource(kLayer, { type: "raster", tiles: [service.url], tileSize: 256, maxzoom: kZoomMax });
    map.addLayer({ id: kLayer, type: "raster", source: kLayer, layout: { visibility: "none" }, paint: { "raster-fade-duration": 0 } });
    laid.value = true;
  });
  map.on("sourcedata", (event) => { if (event.sourceId === kLayer && event.tile?.state === "loaded") came.value = true; });
  map.on("error", (event) => {
    if ((event as { sourceId?: string }).sourceId === kLayer) failed.value = true;
    else console.error(event.error);
  });

  const button = new_element("button", "map-tiles");
  button.setAttribute("type", "button");
  button.innerHTML = kSheets;
  button.addEventListener("click", turn);
  const group = new_element("div", "maplibregl-ctrl maplibregl-ctrl-group");
  group.append(button);
  const credit = new_element("div", "maplibregl-ctrl map-credit");
  credit.setAttribute("role", "status");

  const stop = [
    watchEffect(() => {
      button.setAttribute("aria-pressed", String(wanted.value));
      button.setAttribute("aria-label", say("map.tiles"));
      button.title = say(wanted.value ? "map.tiles.hide" : "map.tiles.show");
      credit.hidden = !wanted.value;
      credit.textContent = failed.value && !came.value ? say("map.tiles.failed") : service.attribution;
    }),
    watchEffect(() => {
      if (!laid.value) return;
      map.setLayoutProperty(kLayer, "visibility", wanted.value ? "visible" : "none");
      map.setPaintProperty(kLayer, "raster-brightness-max", dark.value ? 0.55 : 1);
      map.setPaintProperty(kLayer, "raster-saturation", dark.value ? -0.4 : 0);
    }),
  ];
  map.addControl(new Standing(group, () => stop.forEach((one) => one())), "top-right");
  map.addControl(new Standing(credit), "top-left");
}
