// SPDX-License-Identifier: Apache-2.0
// A photo as it is sent: made smaller by the phone, so that it is not as it was taken.
export interface Photo { bytes: ArrayBuffer; type: string; shown: string }

const kQuality = 80, kSide = 1600;

const chosen = (): Promise<string> => new Promise((resolve, reject) => {
  uni.chooseImage({ count: 1, sizeType: ["compressed"], success: (got) => { resolve(got.tempFilePaths[0] ?? ""); }, fail: (why: { errMsg?: string }) => { reject(new Error(why.errMsg ?? "")); } });
});

// #ifdef MP-WEIXIN
const smaller = (path: string): Promise<string> => new Promise((resolve, reject) => {
  uni.compressImage({ src: path, quality: kQuality, compressedWidth: kSide, success: (got) => { resolve(got.tempFilePath); }, fail: (why: { errMsg?: string }) => { reject(new Error(why.errMsg ?? "")); } });
});
const bytes_of = (path: string): Promise<ArrayBuffer> => new Promise((resolve, reject) => {
  uni.getFileSystemManager().readFile({ filePath: path, success: (got) => { resolve(got.data as ArrayBuffer); }, fail: (why: { errMsg?: string }) => { reject(new Error(why.errMsg ?? "")); } });
});
// #endif

/// By its first bytes, not by its name.
function type_of(bytes: ArrayBuffer): string {
  const head = new Uint8Array(bytes.slice(0, 4));
  return head[0] === 0x89 ? "image/png" : head[0] === 0x52 ? "image/webp" : "image/jpeg";
}

/// What is sent, and what stands for it on the page.
async function drawn_anew(path: string): Promise<{ bytes: ArrayBuffer; shown: string }> {
  // #ifdef MP-WEIXIN
  const small = await smaller(path);
  return { bytes: await bytes_of(small), shown: small };
  // #endif
  // #ifndef MP-WEIXIN
  const bitmap = await createImageBitmap(await (await fetch(path)).blob());
  const scale = Math.min(1, kSide / Math.max(bitmap.width, bitmap.height));
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext("2d")?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob>((done, fail) => { canvas.toBlob((one) => { if (one) done(one); else fail(new Error("no photo")); }, "image/jpeg", kQuality / 100); });
  return { bytes: await blob.arrayBuffer(), shown: URL.createObjectURL(blob) };
  // #endif
}

export async function small_photo(): Promise<Photo> {
  const photo = await drawn_anew(await chosen());
  return { ...photo, type: type_of(photo.bytes) };
}
