// SPDX-License-Identifier: Apache-2.0
import { say } from "../words/index.ts";

/// How much of the way from the base to the target is gone; empty where it is not known.
export function progress_text(ppm: number | null): string {
  if (ppm === null) return "";
  return ppm < 0 ? say("standing.below") : say("standing.progress", { n: (ppm / 10_000).toFixed(0) });
}
