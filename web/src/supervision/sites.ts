// SPDX-License-Identifier: Apache-2.0
// Where a matter is: degrees as people write them, and the whole millionths that a record keeps.
import type { Matter } from "./matters.ts";

const kMillion = 1e6;

/// "38.03, 114.53", latitude first; undefined when it is no spot on Earth.
export function degrees_e6(text: string): { lat_e6: number; lon_e6: number } | undefined {
  const match = /^\s*(-?\d{1,2}(?:\.\d{1,8})?)\s*[,，\s]\s*(-?\d{1,3}(?:\.\d{1,8})?)\s*$/.exec(text);
  if (!match) return undefined;
  const lat_e6 = Math.round(Number(match[1]) * kMillion), lon_e6 = Math.round(Number(match[2]) * kMillion);
  return Math.abs(lat_e6) <= 90 * kMillion && Math.abs(lon_e6) <= 180 * kMillion ? { lat_e6, lon_e6 } : undefined;
}

export function where_of(data: Matter): { lat: number; lng: number } | undefined {
  const lat = data.fields?.lat_e6, lng = data.fields?.lon_e6;
  return typeof lat === "number" && typeof lng === "number" ? { lat: lat / kMillion, lng: lng / kMillion } : undefined;
}
