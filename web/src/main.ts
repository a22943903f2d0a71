// SPDX-License-Identifier: Apache-2.0
// The console begins: language and theme first, then who this is, then the page that was asked for. The secret of a
// one-time link is used at once and taken out of the address.
import { createApp } from "vue";
import { Problem, unreachable } from "./api/client.ts";
import { enter_by_link, refresh_session, session } from "./api/session.ts";
import App from "./shell/ConsoleShell.vue";
import { arrival } from "./shell/arrival.ts";
import { make_router } from "./shell/pages.ts";
import { dress } from "./shell/theme.ts";
import { preferred, say, speak } from "./words/index.ts";
import "./theme.css";

async function sign_in(): Promise<void> {
  const secret = /^#login=(.+)$/.exec(location.hash)?.[1];
  const refused = /^#oidc-failed=([a-z_]+)$/.exec(location.hash)?.[1];  // by the identity provider's way back
  if (secret || refused) history.replaceState(null, "", location.pathname + location.search);
  try {
    await (secret ? enter_by_link(decodeURIComponent(secret)) : refresh_session());
  } catch (error) {
    arrival.problem = secret ? error : refused ? new Problem(401, { code: refused, title: say("login.oidc.failed"), advice: say(refused === "unauthorized" ? "login.oidc.unauthorized" : "login.oidc.other") }) : undefined;
    // A station that has no network goes on working with what it kept; everything else waits for the server.
    session.state = error instanceof TypeError && /^\/(station|inspect)/.test(location.pathname) ? "unknown" : "out";
    if (error instanceof TypeError && session.state === "out") arrival.problem = unreachable();
  }
}

dress();
await speak(preferred());
await sign_in();
createApp(App).use(make_router()).mount("#console");
if ("serviceWorker" in navigator && import.meta.env.PROD) void navigator.serviceWorker.register("/keeper.js");
