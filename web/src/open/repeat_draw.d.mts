// SPDX-License-Identifier: Apache-2.0
export interface Said { papers: string; value: string; size: string; root: string; seed: string; drawn: number }
export function repeat_draw(papers: string, seeding: { value: string; size: string; root: string }): Promise<string>;
export function read_result(result: string): Said;
export function check_draw(papers: string, result: string): Promise<Said & { same: boolean; repeated: string; pool: number }>;
