// SPDX-License-Identifier: Apache-2.0
// A random UUID: what is sent twice under it is one.
function dice(): Promise<Uint8Array> {
  // #ifdef MP-WEIXIN
  return new Promise((resolve, reject) => {
    wx.getRandomValues({ length: 16, success: (got) => { resolve(new Uint8Array(got.randomValues)); }, fail: (why) => { reject(new Error(why.errMsg)); } });
  });
  // #endif
  // #ifndef MP-WEIXIN
  return Promise.resolve(crypto.getRandomValues(new Uint8Array(16)));
  // #endif
}

export async function new_id(): Promise<string> {
  const bytes = await dice();
  bytes[6] = (bytes[6]! & 0x0f) | 0x40;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = Array.from(bytes).map((one) => one.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
