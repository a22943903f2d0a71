// SPDX-License-Identifier: Apache-2.0
// A phone for a built mini-program, without WeChat: App, Component and wx as far as ours uses them, requests by fetch,
// pages drawn from their WXML by the data that the program sets, so that a test taps and types on what stands there.
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";

const kPair = /<(\/?)([\w-]+)((?:\s+[\w:.-]+(?:="[^"]*")?)*)\s*(\/?)>|([^<]+)/g;

/// Elements `{name, at, inside}` and texts, in order.
function parse(text) {
  const root = { name: "page", at: {}, inside: [] };
  const open = [root];
  for (const [, closing, name, attributes, alone, words] of text.matchAll(kPair)) {
    if (words !== undefined) { open.at(-1).inside.push(words); continue; }
    if (closing) { open.pop(); continue; }
    const one = { name, at: Object.fromEntries([...attributes.matchAll(/([\w:.-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value])), inside: [] };
    open.at(-1).inside.push(one);
    if (!alone) open.push(one);
  }
  return root;
}

const value_of = (code, data) => new Function("data", `with (data) { return (${code}); }`)(new Proxy(data, { has: (_, key) => typeof key === "string", get: (all, key) => (key === Symbol.unscopables ? undefined : all[key]) }));
/// Plain text with {{…}}, or what stands alone in one pair of braces as the value that it is.
function filled(text, data) {
  const whole = /^\{\{([^}]*)\}\}$/.exec(text);
  return whole ? value_of(whole[1], data) : text.replace(/\{\{([^}]*)\}\}/g, (_, code) => String(value_of(code, data) ?? ""));
}

function drawn(nodes, data) {
  const out = [];
  let taken = false;  // by an earlier branch of the same if
  for (const one of nodes) {
    if (typeof one === "string") { out.push(String(filled(one, data) ?? "")); continue; }
    const { "wx:if": when, "wx:elif": or_when, "wx:else": otherwise, "wx:for": each, "wx:for-item": item = "item", "wx:key": key, ...at } = one.at;
    if (when !== undefined) taken = Boolean(filled(when, data));
    else if (or_when !== undefined || otherwise !== undefined || "wx:else" in one.at) {
      if (taken) continue;
      taken = or_when === undefined || Boolean(filled(or_when, data));
    }
    if ((when !== undefined || or_when !== undefined) && !taken) continue;
    for (const row of each === undefined ? [undefined] : filled(each, data) ?? []) {
      const scope = each === undefined ? data : { ...data, [item]: row };
      const inside = drawn(one.inside, scope);
      if (one.name === "block") { out.push(...inside); continue; }
      out.push({ name: one.name, at: Object.fromEntries(Object.entries(at).map(([name, text]) => [name, filled(text, scope)])), inside });
    }
  }
  return out;
}

const words_of = (node) => (typeof node === "string" ? node : node.inside.map(words_of).join(""));
const all_of = (nodes) => nodes.flatMap((one) => (typeof one === "string" ? [] : [one, ...all_of(one.inside)]));

function put(data, path, value) {
  const keys = path.replace(/\[(\d+)\]/g, ".$1").split(".");
  keys.slice(0, -1).reduce((into, key) => (into[key] ??= {}), data)[keys.at(-1)] = value;
}

export class Phone {
  /// `picture`: what its camera takes, bytes. `folder`: the built program; `origin`: what its requests go to; `kept`: what it stored when it ran before.
  constructor(folder, origin, kept = new Map()) {
    this.folder = folder;
    this.kept = kept;
    this.stack = [];
    this.tabs = new Map();
    this.config = JSON.parse(readFileSync(join(folder, "app.json"), "utf8"));
    const require = createRequire(join(folder, "app.js"));
    const phone = this;
    const soon = (asked, result) => queueMicrotask(() => { asked.success?.(result); asked.complete?.(result); });
    Object.assign(globalThis, {
      wx: {
        request: (asked) => phone.request(asked, origin),
        getStorageSync: (key) => phone.kept.get(key) ?? "",
        setStorageSync: (key, value) => phone.kept.set(key, structuredClone(value)),
        getSystemInfoSync: () => ({ platform: "android", language: "zh_CN", pixelRatio: 2, windowWidth: 390, windowHeight: 844, SDKVersion: "3.0.0" }),
        getAppBaseInfo: () => ({ language: "zh_CN", SDKVersion: "3.0.0" }), getWindowInfo: () => ({ pixelRatio: 2, windowWidth: 390 }), getDeviceInfo: () => ({ platform: "android" }),
        getRandomValues: ({ length, success }) => queueMicrotask(() => success({ randomValues: crypto.getRandomValues(new Uint8Array(length)).buffer })),
        chooseImage: (asked) => soon(asked, { tempFilePaths: ["wxfile://taken"], tempFiles: [{ path: "wxfile://taken", size: phone.picture?.length ?? 0 }] }),
        compressImage: (asked) => soon(asked, { tempFilePath: asked.src }),
        getFileSystemManager: () => ({ readFile: (asked) => soon(asked, { data: new Uint8Array(phone.picture).buffer }) }),
        arrayBufferToBase64: (bytes) => Buffer.from(bytes).toString("base64"),
        getLocation: (asked) => soon(asked, { latitude: 38.042, longitude: 114.514 }),
        setTabBarItem: (asked) => soon(asked, {}), setNavigationBarTitle: (asked) => { phone.title = asked.title; soon(asked, {}); },
        switchTab: ({ url }) => phone.go(url), navigateTo: ({ url }) => phone.go(url, true), navigateBack: () => phone.back(),
        stopPullDownRefresh: () => undefined, canIUse: () => false, onAppShow: () => undefined, getLaunchOptionsSync: () => ({}), getEnterOptionsSync: () => ({}),
      },
      App: (options) => { phone.app = options; },
      Component: (options) => { phone.made = options; }, Page: (options) => { phone.made = options; },
      getApp: () => phone.app, getCurrentPages: () => phone.stack,
    });
    this.require = require;
    for (const known of Object.keys(require.cache)) if (known.startsWith(folder)) delete require.cache[known];
    require(join(folder, "app.js"));
    this.app.onLaunch?.({});
    this.app.onShow?.({});
    this.go(`/${this.config.pages[0]}`);
  }

  async request(asked, origin) {
    try {
      const answer = await fetch(origin + asked.url, { method: asked.method, headers: asked.header, ...(asked.method === "GET" || asked.data === undefined ? {} : { body: asked.data instanceof ArrayBuffer ? asked.data : JSON.stringify(asked.data) }) });
      const bytes = await answer.arrayBuffer(), text = Buffer.from(bytes).toString();
      let data = asked.responseType === "arraybuffer" && answer.ok ? bytes : text;
      try { if (data === text) data = JSON.parse(text); } catch { /* as it came */ }
      asked.success?.({ statusCode: answer.status, data, header: Object.fromEntries(answer.headers), cookies: answer.headers.getSetCookie() });
    } catch (error) {
      asked.fail?.({ errMsg: String(error) });
    }
  }

  /// A page as it stands on a phone: its data, its methods, and Vue behind it.
  open(route) {
    const script = join(this.folder, `${route}.js`);
    if (!existsSync(script)) throw new Error(`no page ${route}`);
    delete this.require.cache[script];
    this.require(script);
    const { made } = this;
    const page = { route, is: route, data: structuredClone(made.data ?? {}), properties: Object.fromEntries(Object.entries(made.properties ?? {}).map(([key, one]) => [key, one?.value])),
      ...made.methods, wxml: parse(readFileSync(join(this.folder, `${route}.wxml`), "utf8")), triggerEvent: () => undefined, selectAllComponents: () => [], selectComponent: () => null,
      setData(changes, done) { Object.entries(changes).forEach(([key, value]) => put(page.data, key, structuredClone(value))); done?.(); } };
    const lifetimes = { ...made, ...made.lifetimes };
    lifetimes.created?.call(page);
    lifetimes.attached?.call(page);
    page.onLoad?.({});
    page.ended = () => { page.onUnload?.(); lifetimes.detached?.call(page); };
    return page;
  }

  go(url, above = false) {
    const route = url.replace(/^\//, "").split("?")[0];
    if (above) this.stack.push(this.open(route));
    else {
      if (!this.tabs.has(route)) this.tabs.set(route, this.open(route));
      this.stack = [this.tabs.get(route)];
    }
    this.stack.at(-1).onShow?.();
  }

  back() {
    this.stack.pop().ended();
    this.stack.at(-1).onShow?.();
  }

  get screen() { return drawn(this.stack.at(-1).wxml.inside, this.stack.at(-1).data); }
  get text() { return this.screen.map(words_of).join(" ").replace(/\s+/g, " "); }

  /// Waits until something of this name bears these words, or this label or placeholder.
  async find(name, words, within = () => true) {
    for (let left = 100; ; --left) {
      const found = all_of(this.screen).find((one) => one.name === name && within(one) && [words_of(one), one.at["aria-label"] ?? "", one.at.placeholder ?? ""].some((text) => text.includes(words)));
      if (found) return found;
      if (!left) throw new Error(`no ${name} "${words}" on ${this.stack.at(-1).route}: ${this.text}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }

  async sees(words) { await this.find("view", words); }

  /// `beside`: words of the card that it stands on.
  async tap(words, beside = "") {
    const card = beside ? await this.find("view", beside, ({ at }) => at.class === "card") : undefined;
    const one = card ? all_of(card.inside).find((part) => part.name === "button" && words_of(part).includes(words)) : await this.find("button", words, ({ at }) => at.bindtap && at.disabled !== true);
    this.fire(one.at.bindtap, "tap", {});
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  async type(field, text) {
    const one = await this.find("input", field);
    this.fire(one.at.bindinput, "input", { value: text });
    if (one.at.bindconfirm) this.fire(one.at.bindconfirm, "confirm", { value: text });
    await new Promise((resolve) => setTimeout(resolve, 20));
  }

  fire(handler, type, detail) {
    this.stack.at(-1)[handler]({ type, detail, target: { dataset: {} }, currentTarget: { dataset: {} } });
  }
}
