// SPDX-License-Identifier: Apache-2.0
// A photo as evidence: made smaller, with time, place and subject written into the picture itself, then hashed. What
// was taken cannot be given another time afterwards without another hash.
const kEdgeMax = 1600, kQuality = 0.82;

export interface Spot { lat: number; lng: number; metres: number }

/// Where the device is; undefined when it does not say within a few seconds.
export const here = (): Promise<Spot | undefined> => new Promise((resolve) => {
  if (!navigator.geolocation) return resolve(undefined);
  navigator.geolocation.getCurrentPosition(
    (at) => resolve({ lat: at.coords.latitude, lng: at.coords.longitude, metres: Math.round(at.coords.accuracy) }),
    () => resolve(undefined), { timeout: 6000, maximumAge: 60_000, enableHighAccuracy: true });
});

export async function sha256_of(blob: Blob): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", await blob.arrayBuffer()));
  return [...hash].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

export const spot_text = (spot: Spot | undefined) => (spot ? `${spot.lat.toFixed(5)},${spot.lng.toFixed(5)} ±${spot.metres} m` : "-");

export const blob_of = (canvas: HTMLCanvasElement, type: string) => new Promise<Blob>((resolve, reject) =>
  canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error("toBlob"))), type, kQuality));

/// The photo with its caption, and the name under which it is filed.
export async function captioned(file: Blob, lines: string[]): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, kEdgeMax / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(320, Math.round(bitmap.width * scale));
  const height = Math.round((bitmap.height * canvas.width) / bitmap.width);
  const size = Math.max(14, Math.round(canvas.width / 45)), strip = Math.round(size * 1.5 * lines.length + size);
  canvas.height = height + strip;
  const pen = canvas.getContext("2d")!;
  pen.drawImage(bitmap, 0, 0, canvas.width, height);
  pen.fillStyle = "#14211b";
  pen.fillRect(0, height, canvas.width, strip);
  pen.fillStyle = "#ffffff";
  pen.font = `${size}px system-ui, sans-serif`;
  lines.forEach((line, n) => pen.fillText(line, size, height + size * 1.5 * (n + 1), canvas.width - 2 * size));
  bitmap.close();
  return blob_of(canvas, "image/jpeg");
}
