/// <reference types="vite/client" />
declare module "huan:map" {
  import maplibre from "maplibre-gl";
  export const worker: string;
  export default maplibre;
}
declare module "huan:map.css";
