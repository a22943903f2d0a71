// SPDX-License-Identifier: Apache-2.0
// A push service and the browser behind it, with node's own cryptography: checks the sender's word (RFC 8292) and reads
// what was sealed (RFC 8291) with the browser's private key.
import assert from "node:assert/strict";
import { createDecipheriv, createECDH, createPublicKey, hkdfSync, randomBytes, verify } from "node:crypto";
import { createServer } from "node:http";

const kMost = 4096;  // bytes that a service has to take

export class PushService {
  static async start() {
    const made = new PushService();
    await new Promise((resolve) => made.server.listen(0, "127.0.0.1", resolve));
    made.origin = `http://127.0.0.1:${made.server.address().port}`;
    return made;
  }

  constructor() {
    this.status = 201;
    this.browser = createECDH("prime256v1");
    this.browser.generateKeys();
    this.auth = randomBytes(16);
    this.waiting = [];
    this.server = createServer((request, response) => {
      const parts = [];
      request.on("data", (part) => parts.push(part));
      request.on("end", () => {
        const [resolve, reject] = this.waiting.shift() ?? [() => {}, () => {}];
        try { resolve(this.read(request, Buffer.concat(parts))); } catch (error) { reject(error); }
        response.writeHead(this.status).end();
      });
    });
  }

  end() { this.server.close(); }

  subscription() {
    return { endpoint: `${this.origin}/send/1`, expirationTime: null,
      keys: { auth: this.auth.toString("base64url"), p256dh: this.browser.getPublicKey().toString("base64url") } };
  }

  /// The next one that comes: its text and the claims of its sender.
  next() { return new Promise((resolve, reject) => this.waiting.push([resolve, reject])); }

  read(request, body) {
    assert.deepEqual([request.method, request.url, request.headers["content-encoding"]], ["POST", "/send/1", "aes128gcm"]);
    assert.ok(Number(request.headers.ttl) > 0 && body.length <= kMost);
    return { claims: this.claims_of(request.headers.authorization), text: JSON.parse(this.opened(body)) };
  }

  claims_of(word) {
    const [, token, key] = word.match(/^vapid t=([^,]+), k=(.+)$/);
    const point = Buffer.from(key, "base64url"), [head, claims, signature] = token.split(".");
    const jwk = { kty: "EC", crv: "P-256", x: point.subarray(1, 33).toString("base64url"), y: point.subarray(33).toString("base64url") };
    assert.ok(verify("sha256", Buffer.from(`${head}.${claims}`), { key: createPublicKey({ key: jwk, format: "jwk" }), dsaEncoding: "ieee-p1363" }, Buffer.from(signature, "base64url")));
    const said = JSON.parse(Buffer.from(claims, "base64url"));
    assert.ok(said.exp * 1000 > Date.now() && said.exp * 1000 < Date.now() + 86_400_000);
    return said;
  }

  opened(body) {
    const salt = body.subarray(0, 16), size = body[20], sender = body.subarray(21, 21 + size), sealed = body.subarray(21 + size);
    const info = Buffer.concat([Buffer.from("WebPush: info\0"), this.browser.getPublicKey(), sender]);
    const input = Buffer.from(hkdfSync("sha256", this.browser.computeSecret(sender), this.auth, info, 32));
    const key = Buffer.from(hkdfSync("sha256", input, salt, "Content-Encoding: aes128gcm\0", 16));
    const nonce = Buffer.from(hkdfSync("sha256", input, salt, "Content-Encoding: nonce\0", 12));
    const opener = createDecipheriv("aes-128-gcm", key, nonce);
    opener.setAuthTag(sealed.subarray(-16));
    const plain = Buffer.concat([opener.update(sealed.subarray(0, -16)), opener.final()]);
    assert.equal(plain.at(-1), 2, "the last record");
    return plain.subarray(0, -1).toString();
  }
}
