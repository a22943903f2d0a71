// SPDX-License-Identifier: Apache-2.0
// A photo as it is sent: drawn anew at a sensible size, so that neither the place where it was taken nor the phone that
// took it goes along.
const kSide = 1600, kQuality = 0.8;

export async function small_photo(file: File): Promise<Blob> {
  const bitmap = await createImageBitmap(file);
  const scale = Math.min(1, kSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  bitmap.close();
  return new Promise((done, fail) => { canvas.toBlob((blob) => { if (blob) done(blob); else fail(new Error("no photo")); }, "image/jpeg", kQuality); });
}
