// SPDX-License-Identifier: Apache-2.0
// For browsers that read no codes themselves: a picture of the video, small enough to be quick.
import decodeQR from "qr/decode.js";

const kWidthMax = 800;
const canvas = document.createElement("canvas");

export function text_in(video: HTMLVideoElement): string[] {
  const scale = Math.min(1, kWidthMax / Math.max(1, video.videoWidth));
  canvas.width = Math.round(video.videoWidth * scale);
  canvas.height = Math.round(video.videoHeight * scale);
  const paper = canvas.getContext("2d", { willReadFrequently: true });
  if (!paper || canvas.width === 0 || canvas.height === 0) return [];
  paper.drawImage(video, 0, 0, canvas.width, canvas.height);
  try { return [decodeQR(paper.getImageData(0, 0, canvas.width, canvas.height))]; } catch { return []; }  // none is in it
}
