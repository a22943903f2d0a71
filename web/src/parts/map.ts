// SPDX-License-Identifier: Apache-2.0
// A map: a plain ground in the theme's colour, the operator's tiles if there are any, and what the page lays upon it. The worker is a file
// of its own, so that no script is made of text.
import maplibre, { worker } from "huan:map";
import "huan:map.css";
import "./map.css";
import { colour } from "../shell/theme.ts";
import { lay_tiles } from "./tiles.ts";

maplibre.setWorkerUrl(worker);

export type Map = InstanceType<typeof maplibre.Map>;
export type Marker = InstanceType<typeof maplibre.Marker>;

/// Throws where the device has no WebGL.
export function new_map(container: HTMLElement): Map {
  // Tiles come as images then, which the page may show but not read: its policy opens nothing else.
  const map = new maplibre.Map({ refreshExpiredTiles: false, container, attributionControl: false, dragRotate: false, pitchWithRotate: false, fadeDuration: 0,
    style: { version: 8, sources: {}, layers: [{ id: "ground", type: "background", paint: { "background-color": colour("card") } }] } });
  map.touchZoomRotate.disableRotation();
  map.addControl(new maplibre.NavigationControl({ showCompass: false }), "top-right");
  map.addControl(new maplibre.ScaleControl({}), "bottom-right");
  lay_tiles(map);
  return map;
}

/// A name on the map, for eyes only: lists beside the map say the same.
export function new_label(text: string, at: [number, number], map: Map): Marker {
  const element = document.createElement("div");
  element.className = "map-label";
  element.textContent = text;
  const marker = new maplibre.Marker({ element }).setLngLat(at).addTo(map);
  element.removeAttribute("role");
  element.removeAttribute("aria-label");
  element.setAttribute("aria-hidden", "true");
  return marker;
}
