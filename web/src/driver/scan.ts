// SPDX-License-Identifier: Apache-2.0
// What a place or a customer shows to the truck: huan:<stop or order>:<six digits>. Another one's code is none. Read by
// the browser where it can, else by a library that is fetched when it is needed, and kept with the page.
export type Read = (video: HTMLVideoElement) => Promise<string[]>;
interface Detector { detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]> }
declare global {
  interface Window { BarcodeDetector?: { new (options: { formats: string[] }): Detector; getSupportedFormats(): Promise<string[]> } }
}

export const has_camera = (): boolean => Boolean(navigator.mediaDevices?.getUserMedia);

export function code_in(text: string, ids: string[]): string {
  const found = /^huan:(.+):(\d{6})$/.exec(text);
  return found && ids.includes(found[1] ?? "") ? found[2] ?? "" : "";
}

export async function reader(): Promise<Read> {
  const own = window.BarcodeDetector;
  if (own && (await own.getSupportedFormats().catch((): string[] => [])).includes("qr_code")) {
    const detector = new own({ formats: ["qr_code"] });
    return async (video) => (await detector.detect(video)).map((one) => one.rawValue);
  }
  const { text_in } = await import("./decode.ts");
  return async (video) => text_in(video);
}
