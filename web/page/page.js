// SPDX-License-Identifier: Apache-2.0
// One page: today's mass by material, tickets as they are weighed in, and the trace of a lot. It shows
// what the API answers and keeps nothing. The console replaces it.
import { all, get, login, placeName, Problem } from "./api.js";
import { draw } from "./picture.js";
import { current, say, toggle } from "./words.js";

const $ = (id) => document.getElementById(id);
const kTickets = 12, kShares = 40, kPoints = 60, kRefreshMs = 5000;
// One fixed, colour-blind-safe set for materials, used wherever they are drawn.
const colours = { paper: "#4e79a7", plastic: "#f28e2b", metal: "#79706e", glass: "#59a14f", textile: "#b07aa1",
  appliance: "#e15759", battery: "#edc948", vehicle: "#9c755f", rubber: "#2f4b47" };
const state = { city: null, materials: new Map(), shown: new Set(), timer: 0, stream: null, trace: null };

const colour = (code) => colours[code.split(".")[0]] ?? "#bab0ac";

/// kg below ten tonnes, tonnes above; the exact grams stand in the title.
function mass(grams) {
  const tonnes = Math.abs(grams) >= 10_000_000;
  const figure = (grams / (tonnes ? 1e6 : 1e3)).toLocaleString(current() === "zh" ? "zh-CN" : "en",
    { minimumFractionDigits: tonnes ? 3 : 1, maximumFractionDigits: 3 });
  const span = document.createElement("span");
  const unit = document.createElement("span");
  unit.className = "unit";
  unit.textContent = tonnes ? (current() === "zh" ? " 吨" : " t") : " kg";
  span.append(figure, unit);
  span.title = `${grams.toLocaleString("en")} g`;
  return span;
}

const material = (code) => {
  const data = state.materials.get(code);
  return (data && (current() === "zh" ? data.zh : data.en)) || code;
};

function localDay(offset = state.city.offset_s) {
  return new Date(Date.now() + offset * 1000).toISOString().slice(0, 10);
}

const clock = (text) => new Date(Date.parse(text) + state.city.offset_s * 1000).toISOString().slice(5, 16).replace("T", " ");

function cell(content, className = "") {
  const td = document.createElement("td");
  td.append(content);
  td.className = className;
  return td;
}

// ---- today

async function showToday() {
  const day = localDay();
  const query = { by: "material", flow: "receive", from: day, to: day, limit: 1000 };
  const { items } = await get("statistics", query);
  $("scope").textContent = say("scope", { day, city: `${state.city.name} ${state.city.city}` });
  $("todayCsv").href = "/api/v1/statistics?" + new URLSearchParams({ ...query, format: "csv" });
  const groups = new Map();
  for (const row of items) {
    const group = row.material.split(".")[0];
    groups.set(group, (groups.get(group) ?? 0) + row.mass_g);
  }
  const rows = [...groups].sort((a, b) => b[1] - a[1]);
  const most = Math.max(1, ...rows.map((r) => r[1]));
  $("today").replaceChildren(...rows.map(([code, grams]) => bar(material(code), grams, most, colour(code))));
  if (rows.length === 0) {
    $("today").textContent = say("none");
    return;
  }
  const sum = rows.reduce((a, r) => a + r[1], 0);
  $("today").append(bar(say("total"), sum, 0, "none"));
}

function bar(name, grams, most, fill) {
  const line = document.createElement("div");
  line.className = "bar";
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("aria-hidden", "true");
  const rect = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  rect.setAttribute("width", most ? `${(grams / most) * 100}%` : "0");
  rect.setAttribute("height", "14");
  rect.setAttribute("fill", fill);
  svg.append(rect);
  const label = document.createElement("span");
  label.textContent = name;
  const figure = document.createElement("span");
  figure.className = "figure";
  figure.append(mass(grams));
  line.append(label, svg, figure);
  return line;
}

// ---- tickets

function lines(record) {
  const event = record.event.replacement ?? record.event;
  const lots = record.drawn?.lots ?? [];
  if (event.type === "receive") {
    return event.outputs.map((line, i) => ({ material: line.material, grams: line.mass_g, lot: line.lot ?? lots[i] }));
  }
  return (event.lines ?? []).map((line, i) => ({ material: line.material ?? "", grams: line.accepted_g ?? 0, lot: line.lot ?? lots[i] }));
}

async function ticketRows(row) {
  const name = await placeName(row.place);
  return lines(row.record).slice(0, 3).map((line) => {
    const tr = document.createElement("tr");
    const button = document.createElement("button");
    button.type = "button";
    button.className = "link";
    button.textContent = line.lot ?? "";
    button.addEventListener("click", () => { $("lot").value = line.lot; showTrace(); });
    tr.append(cell(clock(row.time)), cell(say(row.type)), cell(name), cell(material(line.material)),
      cell(mass(line.grams), "figure"), cell(button));
    return tr;
  });
}

async function showTickets() {
  const receive = get("events", { type: "receive", order: "desc", limit: kTickets });
  const accept = get("events", { type: "accept", order: "desc", limit: kTickets });
  const rows = [...(await receive).items, ...(await accept).items].sort((a, b) => b.seq - a.seq).slice(0, kTickets);
  const first = state.shown.size === 0;
  const drawn = await Promise.all(rows.map(async (row) => {
    const list = await ticketRows(row);
    if (!first && !state.shown.has(row.seq)) list.forEach((tr) => tr.classList.add("new"));
    return list;
  }));
  state.shown = new Set(rows.map((row) => row.seq));
  $("tickets").replaceChildren(...drawn.flat());
  $("noTickets").hidden = rows.length > 0;
}

// ---- trace

function whereOf(share) {
  if (share.outside) {
    const { of, name, place, class: cls } = share.outside;
    return [say(of), say(name ?? ""), cls ? say(cls) : "", place ?? ""].filter(Boolean).join(" · ");
  }
  return [say(share.kind), share.node?.lot ?? share.node?.run ?? "", share.node?.place ?? ""].filter(Boolean).join(" · ");
}

const describe = {
  point: (p) => p.of ? [`${say(p.of)} ${say(p.name ?? "")}`, p.class ? say(p.class) : p.place ?? ""]
                     : [p.lot ?? p.run ?? p.shipment ?? "", `${p.material ? material(p.material) : ""} ${(p.mass_g / 1000).toLocaleString()} kg`],
  step: (s, grams) => `${say(s.type)} ${s.place ?? ""} ${s.time ? clock(s.time) : ""} · ${(grams / 1000).toLocaleString()} kg`,
};

function shareRow(grams, whole, where, time) {
  const tr = document.createElement("tr");
  const percent = whole ? ((grams / whole) * 100).toFixed(2) + " %" : "";
  tr.append(cell(mass(grams), "figure"), cell(percent, "figure"), cell(where, "where"), cell(time));
  return tr;
}

function showAnswer(answer) {
  state.trace = answer;
  $("traceHead").replaceChildren(`${answer.lot} · ${material(answer.material)} · ${answer.place} · `, mass(answer.mass_g));
  $("picture").replaceChildren(draw(answer.picture, answer.direction, describe));
  $("cut").hidden = !answer.picture.cut;
  const shown = answer.shares.slice(0, kShares);
  const rows = shown.map((s) => shareRow(s.grams, answer.mass_g, whereOf(s), s.time ? clock(s.time) : ""));
  const rest = answer.shares.slice(kShares);
  if (rest.length) {
    rows.push(shareRow(rest.reduce((a, s) => a + s.grams, 0), answer.mass_g, say("more", { n: rest.length }), ""));
  }
  $("shares").replaceChildren(...rows);
}

async function showProof(answer) {
  $("proof").textContent = "";
  const made = answer.picture.steps.find((_, i) => answer.picture.edges.some((e) => e.step === i && e.point === 0));
  if (!made) return;
  const proof = await get(`log/${state.city.city}/inclusion`, { seq: made.seq });
  $("proof").textContent = say("inLog", { seq: made.seq, size: proof.size }) + ` · ${proof.root ?? ""}`;
}

async function showTrace() {
  const lot = $("lot").value.trim();
  $("traceError").textContent = "";
  if (!lot) return;
  $("traceEmpty").textContent = say("working");
  $("traceEmpty").hidden = false;
  try {
    const answer = await get(`lots/${encodeURIComponent(lot)}/trace`, { direction: $("direction").value, limit: kPoints });
    $("traceEmpty").hidden = true;
    $("traceResult").hidden = false;
    showAnswer(answer);
    await showProof(answer);
  } catch (error) {
    $("traceResult").hidden = true;
    fail(error, $("traceError"));
  } finally {
    $("traceEmpty").textContent = say("traceEmpty");
    $("traceEmpty").hidden = !$("traceResult").hidden;
  }
}

// ---- the whole

function fail(error, where) {
  if (error instanceof Problem && error.status === 401) {
    showLogin();
    return;
  }
  where.textContent = error instanceof Problem ? error.message : say("unreachable");
}

function translate() {
  document.documentElement.lang = current() === "zh" ? "zh-CN" : "en";
  for (const node of document.querySelectorAll("[data-word]")) node.textContent = say(node.dataset.word);
  $("language").textContent = say("other");
}

function showLogin() {
  clearTimeout(state.timer);
  state.stream?.close();
  $("work").hidden = true;
  $("login").hidden = false;
  $("token").focus();
}

let refreshing = false;
async function refresh() {
  if (refreshing) return;
  refreshing = true;
  try {
    await Promise.all([showToday(), showTickets()]);
  } catch (error) {
    fail(error, $("scope"));
  } finally {
    refreshing = false;
  }
}

function setLive(on) {
  $("live").className = "live " + (on ? "on" : "off");
  $("live").dataset.word = on ? "online" : "offline";
  $("live").textContent = say($("live").dataset.word);
}

function follow() {
  state.stream?.close();
  state.stream = new EventSource(`/api/v1/events/stream?city=${encodeURIComponent(state.city.city)}`);
  state.stream.onopen = () => setLive(true);
  state.stream.onerror = () => setLive(false);
  let waiting = 0;
  state.stream.addEventListener("event", () => {  // several at once are one refresh
    waiting ||= setTimeout(() => { waiting = 0; refresh(); }, 500);
  });
}

async function start() {
  try {
    const { items } = await get("cities");
    state.city = items[0];
    for (const row of await all("materials")) state.materials.set(row.key, row.record.data);
    const places = await get("places", { limit: 1 });
    $("synthetic").hidden = !places.items[0]?.record?.data?.synthetic;
    $("city").textContent = state.city.name;
    $("login").hidden = true;
    $("work").hidden = false;
    await refresh();
    follow();
    state.timer = setInterval(refresh, kRefreshMs * 12);
  } catch (error) {
    if (error instanceof Problem && error.status === 401) showLogin();
    else {
      $("login").hidden = false;
      fail(error, $("loginError"));
    }
  }
}

async function enter(token) {
  try {
    await login(token);
    $("loginError").textContent = "";
    await start();
  } catch (error) {
    showLogin();
    $("loginError").textContent = error.message;
  }
}

$("loginForm").addEventListener("submit", (event) => { event.preventDefault(); enter($("token").value.trim()); });
$("traceForm").addEventListener("submit", (event) => { event.preventDefault(); showTrace(); });
$("direction").addEventListener("change", () => { if (state.trace) showTrace(); });
$("language").addEventListener("click", () => {
  toggle();
  translate();
  setLive($("live").classList.contains("on"));
  if (state.city) refresh();
  if (state.trace) showAnswer(state.trace);
});

translate();
const link = new URLSearchParams(location.hash.slice(1)).get("login");
if (link) {
  history.replaceState(null, "", location.pathname);  // a used link must not stay in the history
  enter(link);
} else {
  start();
}
