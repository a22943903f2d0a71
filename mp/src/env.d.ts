// SPDX-License-Identifier: Apache-2.0
/// <reference types="vite/client" />
/// <reference types="@dcloudio/types" />
interface ImportMetaEnv { readonly VITE_HUAN_SERVER?: string }
/// Of WeChat alone; uni has no word for it.
declare const wx: { getRandomValues(asked: { length: number; success(got: { randomValues: ArrayBuffer }): void; fail(why: { errMsg: string }): void }): void };
declare module "*.vue" {
  import type { DefineComponent } from "vue";
  const component: DefineComponent;
  export default component;
}
