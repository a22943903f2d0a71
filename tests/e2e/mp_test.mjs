// SPDX-License-Identifier: Apache-2.0
// The mini-program as built for WeChat, on a phone that is a shim (wx_shim.mjs), against the real binary: what goes
// where, the nearest place, a booking with a code, signing in again after a restart, cancelling. Then its H5 form in a
// real browser.
//   node mp_test.mjs <huan binary> <pack folder> <built mini-program> <built H5> [folder for screenshots]
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join, resolve } from "node:path";
import { Camera, City, kStation, open_browser, time_ago, uuid } from "./city.mjs";
import { Phone } from "./wx_shim.mjs";

const [huan, pack, built, h5, shots] = process.argv.slice(2);
const kPhoto = Buffer.from("iVBORw0KGgoAAAANSUhEUgAAAAIAAAACCAIAAAD91JpzAAAAEElEQVR4nGPgzvMHIgYIBQAU3gMhyntjnAAAAABJRU5ErkJggg==", "base64");  // two by two, green
const program = resolve(built);
const camera = new Camera(shots);
const city = new City(huan, pack, h5);
const offer = { notice_min: 0, horizon_days: 5, windows: [{ from: "09:00", to: "12:00", units: 3 }, { from: "14:00", to: "18:00", units: 3 }] };
assert.equal(spawnSync(huan, ["order", "offer", "--store", city.store], { input: JSON.stringify(offer) }).status, 0);
/// A gateway to phones, which lets nobody in without its word.
const messages = [];
const gateway = createServer(async (request, answer) => {
  const parts = [];
  for await (const part of request) parts.push(part);
  const known = request.method === "POST" && request.headers.authorization === "Bearer a-word";
  if (known) messages.push(JSON.parse(Buffer.concat(parts)));
  answer.writeHead(known ? 202 : 403).end();
});
await new Promise((ready) => gateway.listen(0, "127.0.0.1", ready));
writeFileSync(join(city.folder, "gateway.word"), "a-word\n");
const code_of = () => messages.findLast((one) => one.kind === "phone_code").code;

async function sorts(phone) {
  phone.go("/pages/sort");
  for (const [typed, means] of [["纸箱", "废黄板纸"], ["zhixang", "废黄板纸"], ["沙发", "废旧家具"]]) {
    await phone.type("什么东西", typed);
    await phone.sees(means);
  }
  await phone.type("什么东西", "灯管");
  await phone.sees("请送有害垃圾收集点");
  await phone.type("什么东西", "纸箱");
  await phone.tap("约上门");
  await phone.sees("先选一个网点");
}

async function books(phone) {
  await phone.tap("网点");
  await phone.tap("用我的位置");
  await phone.sees("米");
  await phone.type("按名称", "棉一东");
  await phone.tap("约这里上门", "棉一东社区回收站");
  await phone.sees("棉一东社区回收站");
  await phone.tap("+ 废纸");
  phone.picture = kPhoto;
  await phone.tap("照片");
  await phone.find("image", "");
  await phone.tap("明天");
  await phone.type("地址", "3-2-501");
  await phone.tap("登录");
  await phone.type("手机号", "13800001234");
  await phone.tap("发送验证码");
  await phone.sees("登录");
  for (let left = 100; !phone.text.includes("秒后可重发") && left; --left) await new Promise((resolve) => setTimeout(resolve, 100));
  await phone.type("验证码", "000000" === code_of() ? "000001" : "000000");
  await phone.tap("登录");
  await phone.find("view", "。", ({ at }) => at.class === "bad");  // a wrong code is said to be one
  await phone.type("验证码", code_of());
  await phone.tap("登录");
  await phone.tap("确认预约");
  await phone.sees("预约成功");
  assert.match(phone.text, /\b\d{6}\b/);
  const tomorrow = new Date(Date.now() + 86_400_000);  // by the phone's clock, as it says 明天
  const day = [tomorrow.getFullYear(), tomorrow.getMonth() + 1, tomorrow.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
  const kept = (await city.get(`orders?day=${day}`)).items;
  assert.equal(kept.length, 1);
  assert.deepEqual(kept[0].order.lines.map((line) => line.material).sort(), ["paper", "paper.occ"]);
  return kept[0];
}

/// A point and half a yuan, to an account that is given once.
async function has_paid_out(phone, customer) {
  await city.post({ id: uuid("sold"), type: "receive", time: time_ago(0), place: kStation, from: { origin: "household", party: customer }, points: 20,
    outputs: [{ material: "paper.occ", mass_g: 1_000, price_fen: 140, per: "kg" }] });
  await phone.tap("提现");
  await phone.sees("待付货款 1.40 元");
  await phone.type("提现积分", "1");
  await phone.type("收款银行账号", "6222021234567890128");
  await phone.type("户名", "李女士");
  await phone.tap("申请提现");
  await phone.sees("已到账");
  await phone.tap("待付货款");
  await phone.type("提现金额", "0.5");
  await phone.tap("申请提现");
  for (let left = 100; (phone.text.match(/已到账/g) ?? []).length < 2; --left) {
    assert.ok(left > 0, phone.text);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  assert.match(phone.text, /\*\*\*\*0128/);
  phone.back();
}

/// The program is started anew on the same phone: it knows who it is.
async function comes_back(kept, booked) {
  const phone = new Phone(program, city.url, kept);
  phone.go("/pages/mine");
  await phone.find("image", "", ({ at }) => at.src === `data:image/jpeg;base64,${kPhoto.toString("base64")}`);
  await phone.tap("消息");
  await phone.sees(`上门回收已约好：${booked.order.slot.day}`);
  await phone.tap("只在本页显示");
  await phone.tap("保存设置");
  await phone.sees("设置已保存");
  assert.equal((await city.get(`residents/notices?party=${booked.order.customer}`)).choice.channel, "none");
  phone.back();
  await has_paid_out(phone, booked.order.customer);
  await phone.tap("取消预约");
  await phone.sees("已取消");
  await phone.tap("退出");
  await phone.sees("用手机号和验证码登录");
}

async function opens_as_h5() {
  const browser = await open_browser();
  try {
    const page = await browser.newPage({ viewport: { width: 390, height: 844 }, locale: "zh-CN" });
    const faults = [];
    page.on("pageerror", (error) => faults.push(error.message));
    await page.goto(`${city.url}/#/pages/sort`);
    await page.locator("uni-input input").fill("纸箱");
    await page.getByText("废黄板纸").first().waitFor();
    await page.getByText("回收价").first().waitFor();
    await camera.shoot(page, "mp-h5-sort-zh");
    assert.deepEqual(faults, []);
  } finally {
    await browser.close();
  }
}

try {
  await city.serve("127.0.0.1:0", "--payments", "simulated:0", "--messages", `http://127.0.0.1:${gateway.address().port}/messages`, "--messages-secret", join(city.folder, "gateway.word"));
  const phone = new Phone(program, city.url);
  await phone.sees("棉一东社区回收站");
  await sorts(phone);
  const booked = await books(phone);
  await comes_back(phone.kept, booked);
  await opens_as_h5();
  console.log("mini-program: passed");
} finally {
  await city.end();
  gateway.close();
}
process.exit(0);  // the program's own timers would hold it
