// SPDX-License-Identifier: Apache-2.0
// Logging in by a real identity provider (npm's oidc-provider) in a real browser, from another site; then everything
// that must not work: somebody else's answer, an answer twice, another issuer's, and a provider whose tokens are wrong.
//   node oidc_test.mjs <huan binary> <pack folder> <page folder> [folder for screenshots]
import assert from "node:assert/strict";
import { generateKeyPairSync } from "node:crypto";
import { writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT } from "jose";
import Provider from "oidc-provider";
import { accessible, Camera, City, open_browser } from "./city.mjs";

const [huan, pack, page_folder, shots] = process.argv.slice(2);
const camera = new Camera(shots);
const kClient = "huan", kSecret = "a secret: with % and +";

const listening = (server) => new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server.address().port)));
async function free_port() {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/// Provider and console are two sites: localhost and 127.0.0.1.
async function start_provider(redirect, algorithm) {
  let handle;
  const server = createServer((request, response) => handle(request, response));
  const issuer = `http://localhost:${await listening(server)}`;
  const pair = algorithm === "ES256" ? generateKeyPairSync("ec", { namedCurve: "P-256" }) : generateKeyPairSync("rsa", { modulusLength: 2048 });
  const people = { wang: { name: "王建国", groups: ["staff"] }, li: { name: "李四", groups: ["visitors"] }, zhao: { name: "赵六", groups: ["auditors", "staff"] } };
  const provider = new Provider(issuer, {
    clients: [{ client_id: kClient, client_secret: kSecret, redirect_uris: [redirect], post_logout_redirect_uris: [new URL("/", redirect).href], grant_types: ["authorization_code"], response_types: ["code"], id_token_signed_response_alg: algorithm }],
    jwks: { keys: [{ ...pair.privateKey.export({ format: "jwk" }), kid: "k1", use: "sig", alg: algorithm }] },
    claims: { openid: ["sub"], profile: ["name", "groups"] }, conformIdTokenClaims: false, pkce: { required: () => true },
    findAccount: (_, id) => ({ accountId: id, claims: () => ({ sub: id, ...people[id] }) }),
    features: { devInteractions: { enabled: true } }, cookies: { keys: ["test"] }, enabledJWA: { idTokenSigningAlgValues: ["RS256", "ES256"] },
  });
  handle = provider.callback();
  return { issuer, end: () => server.close() };
}

async function sign_in(browser, city, person) {
  const context = await browser.newContext({ locale: "zh-CN", viewport: { width: 1280, height: 800 } });
  await context.route((url) => !["127.0.0.1", "localhost"].includes(url.hostname), (route) => route.abort());
  const page = await context.newPage();
  let back;
  page.on("request", (request) => { if (request.url().includes("/oidc/return")) back = { url: request.url(), headers: request.allHeaders() }; });
  await page.goto(city.url);
  await page.getByRole("link", { name: "用单位统一认证登录" }).waitFor();
  if (person === "wang") { await accessible(page, "sign in by oidc"); await camera.shoot(page, "sign-in-oidc-zh"); }
  await page.getByRole("link", { name: "用单位统一认证登录" }).click();
  await page.locator("input[name=login]").fill(person);
  await page.locator("input[name=password]").fill("any");
  await page.getByRole("button", { name: "Sign-in" }).click();
  await page.getByRole("button", { name: "Continue" }).click();
  await page.waitForURL((url) => url.origin === city.url && !url.pathname.startsWith("/api"));
  return { context, page, back: { url: back.url, cookie: (await back.headers).cookie } };
}

const failed = (answer, code) => {
  assert.equal(answer.status, 303);
  assert.equal(answer.headers.get("location"), `/#oidc-failed=${code}`);
  assert.ok(!/huan_session=[^;]/.test(answer.headers.get("set-cookie") ?? ""), "a session all the same");
};
const visit = (url, cookie) => fetch(url, { redirect: "manual", headers: cookie ? { Cookie: cookie } : {} });
/// A login that has begun: where the browser is sent, and what it keeps.
async function begin(city) {
  const answer = await visit(`${city.url}/api/v1/oidc/login`);
  assert.equal(answer.status, 303);
  return { at: new URL(answer.headers.get("location")), cookie: answer.headers.get("set-cookie").split(";")[0] };
}

async function people_come_in(browser, city) {
  const linked = await sign_in(browser, city, "wang");
  await linked.page.getByRole("heading", { level: 1, name: "总览" }).waitFor();
  const me = await linked.page.evaluate(async () => (await fetch("/api/v1/session")).json());
  assert.deepEqual([me.account, me.must_change, me.roles], ["wang", false, ["regulator_city"]]);
  const cookies = await linked.context.cookies(city.url);
  assert.equal(cookies.find((one) => one.name === "huan_session").sameSite, "Strict");
  const mapped = await sign_in(browser, city, "zhao");
  const they = await mapped.page.evaluate(async () => (await fetch("/api/v1/session")).json());
  assert.match(they.account, /^oidc-[0-9a-f]{12}$/);
  assert.deepEqual([they.name, they.roles], ["赵六", ["auditor"]]);
  const stranger = await sign_in(browser, city, "li");
  await stranger.page.getByRole("alert").getByText("此身份未与本系统账号关联").waitFor();
  assert.equal((await stranger.page.evaluate(async () => (await fetch("/api/v1/session")).status)), 401);
  await camera.shoot(stranger.page, "sign-in-oidc-refused-zh");
  for (const one of [mapped, stranger]) await one.context.close();
  return linked;
}

/// Logging out ends it here and with the provider: the next login asks who it is again.
async function leaves_the_provider_too({ page, context }, city, issuer) {
  await page.getByRole("button", { name: "退出登录" }).click();
  await page.waitForURL((url) => url.href.startsWith(`${issuer}/session/end`));
  assert.ok(new URL(page.url()).searchParams.get("id_token_hint")?.split(".").length === 3, "the provider is told whose session ends");
  await page.getByRole("button", { name: /Yes, sign me out/i }).click();
  await page.waitForURL(`${city.url}/`);
  await page.getByRole("heading", { level: 1, name: "登录" }).waitFor();
  assert.deepEqual((await context.cookies(`${city.url}/api/v1/session`)).map((one) => one.name), []);
  await page.getByRole("link", { name: "用单位统一认证登录" }).click();
  await page.locator("input[name=login]").waitFor();
}

async function answers_are_bound(city, issuer, { back }) {
  const used = new URL(back.url);
  failed(await visit(back.url, back.cookie), "unauthorized");              // the same answer again
  failed(await visit(back.url), "unauthorized");                           // another browser
  const fresh = await begin(city);
  for (const name of ["state", "nonce", "code_challenge"]) assert.ok(fresh.at.searchParams.get(name).length >= 43, name);
  assert.equal(fresh.at.searchParams.get("code_challenge_method"), "S256");
  const with_code = (state, code, iss = issuer) => `${city.url}/api/v1/oidc/return?${new URLSearchParams({ state, code, iss })}`;
  failed(await visit(with_code("x".repeat(43), "c"), fresh.cookie), "unauthorized");   // a made-up state
  failed(await visit(with_code(fresh.at.searchParams.get("state"), used.searchParams.get("code")), fresh.cookie), "unauthorized");  // a used code
  const other = await begin(city);
  failed(await visit(with_code(other.at.searchParams.get("state"), "c", "https://evil.example"), other.cookie), "unauthorized");    // mixed up
  const third = await begin(city);
  failed(await visit(with_code(third.at.searchParams.get("state"), "c"), fresh.cookie), "unauthorized");   // another login's cookie
  failed(await visit(`${city.url}/api/v1/oidc/return?error=access_denied&state=${third.at.searchParams.get("state")}`, third.cookie), "unauthorized");
}

/// A provider that keeps to the protocol and signs what it is told to.
async function start_liar() {
  const { publicKey, privateKey } = await generateKeyPair("ES256", { extractable: true });
  const stranger = await generateKeyPair("ES256");
  const jwk = { ...(await exportJWK(publicKey)), kid: "k", use: "sig", alg: "ES256" };
  const liar = { lie: "" };
  const server = createServer(async (request, response) => {
    const say = (body) => { response.setHeader("Content-Type", "application/json"); response.end(JSON.stringify(body)); };
    if (request.url.endsWith("/openid-configuration")) return say({ issuer: liar.issuer, authorization_endpoint: `${liar.issuer}/auth`, token_endpoint: `${liar.issuer}/token`, jwks_uri: `${liar.issuer}/jwks` });
    if (request.url === "/jwks") return say({ keys: [jwk] });
    const now = Math.floor(Date.now() / 1000);
    const claims = { iss: liar.issuer, aud: kClient, sub: "wang", nonce: liar.nonce, iat: now, exp: now + 300, ...{
      nonce: { nonce: "another" }, audience: { aud: "somebody" }, expired: { iat: now - 600, exp: now - 300 }, issuer: { iss: "https://evil.example" }, old: { iat: now - 7200 } }[liar.lie] };
    if (liar.lie === "none") return say({ id_token: new UnsecuredJWT(claims).encode() });
    const token = await new SignJWT(claims).setProtectedHeader({ alg: "ES256", kid: liar.lie === "kid" ? "other" : "k" }).sign(liar.lie === "key" ? stranger.privateKey : privateKey);
    return say({ id_token: token });
  });
  liar.issuer = `http://127.0.0.1:${await listening(server)}`;
  liar.end = () => server.close();
  return liar;
}

async function lies_are_refused(city, liar) {
  for (const lie of ["none", "nonce", "audience", "expired", "old", "issuer", "key", "kid", ""]) {
    liar.lie = lie;
    const begun = await begin(city);
    liar.nonce = begun.at.searchParams.get("nonce");
    const answer = await visit(`${city.url}/api/v1/oidc/return?code=c&state=${begun.at.searchParams.get("state")}`, begun.cookie);
    if (lie) failed(answer, "unauthorized");
    else assert.equal(answer.headers.get("location"), "/", "the truth is let in");
  }
}

async function new_city(issuer_of, algorithm) {
  const city = new City(huan, pack, page_folder);
  const port = await free_port();
  const redirect = `http://127.0.0.1:${port}/api/v1/oidc/return`;
  const provider = await issuer_of(redirect, algorithm);
  const secret = join(city.folder, "oidc.secret");
  writeFileSync(secret, `${kSecret}\n`);
  city.run("account", "add", "wang", "--store", city.store, "--role", "regulator_city", "--city", "130100");
  city.run("account", "link", "wang", "--store", city.store, "--issuer", provider.issuer, "--subject", "wang");
  await city.serve(`127.0.0.1:${port}`, "--oidc-issuer", provider.issuer, "--oidc-client", kClient, "--oidc-secret", secret, "--oidc-redirect", redirect,
    "--oidc-name", "单位统一认证", "--oidc-claim", "groups", "--oidc-map", "auditors=auditor,city:130100");
  return { city, provider };
}

const browser = await open_browser();
const ends = [];
try {
  for (const algorithm of ["RS256", "ES256"]) {
    const { city, provider } = await new_city(start_provider, algorithm);
    ends.push(() => city.end(), provider.end);
    if (algorithm === "ES256") {
      const in_by_curve = await sign_in(browser, city, "wang");
      await in_by_curve.page.getByRole("heading", { level: 1, name: "总览" }).waitFor();
      await leaves_the_provider_too(in_by_curve, city, provider.issuer);
      continue;
    }
    await answers_are_bound(city, provider.issuer, await people_come_in(browser, city));
  }
  const { city, provider } = await new_city(start_liar, "ES256");
  ends.push(() => city.end(), provider.end);
  await lies_are_refused(city, provider);
  console.log("oidc: passed");
} finally {
  await browser.close();
  for (const end of ends) await end();
}
