// SPDX-License-Identifier: Apache-2.0
// The pages, in the order of the menu. Each is loaded when it is first opened.
import { createRouter, createWebHistory, type RouteRecordRaw } from "vue-router";
import { may, session, type Right } from "../api/session.ts";
import type { Key } from "../words/index.ts";

export interface Page { name: string; path: string; title: Key; right: Right; mark: string; roles?: string[] }

export const pages: Page[] = [
  { name: "overview", path: "/", title: "nav.overview", right: "statistics.read", mark: "M3 11l9-7 9 7v9H3zM10 20v-6h4v6" },
  { name: "tickets", path: "/tickets", title: "nav.tickets", right: "events.read", mark: "M5 3h14v18l-3-2-2 2-2-2-2 2-2-2-3 2zM8 8h8M8 12h8" },
  { name: "shipments", path: "/shipments", title: "nav.shipments", right: "stock.read", mark: "M2 6h12v10H2zM14 10h4l4 3v3h-8M6 19a2 2 0 1 0 .1 0M17 19a2 2 0 1 0 .1 0" },
  { name: "trace", path: "/trace", title: "nav.trace", right: "trace.read", mark: "M4 6h5c4 0 2 12 7 12h4M4 18h5c2 0 2-4 4-8 1-3 2-4 3-4h4" },
  { name: "stock", path: "/stock", title: "nav.stock", right: "stock.read", mark: "M3 8l9-5 9 5v9l-9 5-9-5zM3 8l9 5 9-5M12 13v9" },
  { name: "work", path: "/work", title: "nav.work", right: "events.write", roles: ["operator", "enterprise_admin", "processor"], mark: "M4 20V9l5 3V9l5 3V9l6 4v7zM8 16h.1M12 16h.1M16 16h.1" },
  { name: "statistics", path: "/statistics", title: "nav.statistics", right: "statistics.read", mark: "M4 20V10M10 20V4M16 20v-7M22 20H2" },
  { name: "oversight", path: "/oversight", title: "nav.oversight", right: "reports.read", mark: "M12 3l8 3v6c0 5-3.5 8-8 9-4.5-1-8-4-8-9V6zM8.5 12l2.500 2.500 4.5-5" },
  { name: "supervision", path: "/supervision", title: "nav.supervision", right: "inspections.read", roles: ["operator", "regulator_city", "regulator_county", "province", "auditor", "enterprise_admin", "processor"], mark: "M11 4a7 7 0 1 0 .1 0M16 16l5 5M8 11l2 2 4-4" },
  { name: "declarations", path: "/declarations", title: "nav.declarations", right: "reports.read", roles: ["operator", "regulator_city", "regulator_county", "province", "auditor", "enterprise_admin", "processor"], mark: "M6 3h9l4 4v14H6zM9 9h6M9 13h7M9 17h4" },
  { name: "money", path: "/money", title: "nav.money", right: "subsidies.read", roles: ["operator", "regulator_city", "regulator_county", "province", "auditor", "enterprise_admin", "processor"], mark: "M5 3h14v18H5zM8 8h8M8 12h8M8 16h4M15 15l2 2" },
  { name: "tasks", path: "/tasks", title: "nav.tasks", right: "indicators.read", roles: ["operator", "regulator_city", "regulator_county", "province", "auditor"], mark: "M4 5h16M4 12h16M4 19h16M8 3v4M14 10v4M10 17v4" },
  { name: "registry", path: "/registry", title: "nav.registry", right: "registry.read", mark: "M4 4h16v16H4zM4 9h16M9 9v11" },
  { name: "prices", path: "/prices", title: "nav.prices", right: "registry.write", roles: ["operator", "regulator_city", "enterprise_admin"], mark: "M7 4l5 7 5-7M12 11v9M7 13h10M7 17h10" },
  { name: "import", path: "/import", title: "nav.import", right: "jobs.read", roles: ["operator", "regulator_city", "regulator_county", "enterprise_admin", "station_clerk", "processor"], mark: "M12 3v11M8 10l4 4 4-4M4 15v5h16v-5" },
  { name: "plan", path: "/plan", title: "nav.plan", right: "plans.run", mark: "M5 19a2 2 0 1 0 .1 0M19 5a2 2 0 1 0 .1 0M5 17V9a4 4 0 0 1 8 0v6a3 3 0 0 0 6 0V8" },
  { name: "orders", path: "/orders", title: "nav.orders", right: "orders.read", mark: "M5 4h4l2 5-3 2a12 12 0 0 0 5 5l2-3 5 2v4c-8 1-16-7-15-15z" },
  { name: "dispatch", path: "/dispatch", title: "nav.dispatch", right: "rounds.read", roles: ["operator", "enterprise_admin", "regulator_city", "auditor"], mark: "M2 7h11v9H2zM13 10h5l4 3v3h-9M6 19a2 2 0 1 0 .1 0M18 19a2 2 0 1 0 .1 0M4 4h7" },
  { name: "fleet", path: "/fleet", title: "nav.fleet", right: "devices.read", roles: ["operator", "enterprise_admin", "regulator_city", "auditor"], mark: "M3 9h10v8H3zM13 11h4l4 3v3h-8M7 20a2 2 0 1 0 .1 0M17 20a2 2 0 1 0 .1 0M6 6a6 6 0 0 1 8 0M8 4" },
  { name: "team", path: "/team", title: "nav.team", right: "accounts.read", mark: "M9 11a4 4 0 1 0 .1 0M2 21c0-4 3-6 7-6s7 2 7 6M17 4a4 4 0 0 1 0 8M18 15c3 .5 4 3 4 6" },
  { name: "privacy", path: "/privacy", title: "nav.privacy", right: "personal.audit", mark: "M6 11h12v10H6zM8 11V8a4 4 0 0 1 8 0v3M12 15v3" },
  { name: "inspect", path: "/inspect", title: "nav.inspect", right: "inspections.write", roles: ["inspector", "operator"], mark: "M5 3h10l4 4v14H5zM8 10h8M8 14h5M8 17l2 2 4-4" },
  { name: "station", path: "/station", title: "nav.station", right: "events.write", mark: "M4 21h16M6 21V9h12v12M9 9a3 3 0 0 1 6 0M12 13v4" },
];

const views: Record<string, RouteRecordRaw["component"]> = {
  overview: () => import("../overview/OverviewPage.vue"),
  inspect: () => import("../inspection/InspectionPage.vue"),
  station: () => import("../station/StationPage.vue"),
  tickets: () => import("../records/TicketsPage.vue"),
  shipments: () => import("../records/ShipmentsPage.vue"),
  registry: () => import("../records/RegistryPage.vue"),
  oversight: () => import("../oversight/OversightPage.vue"),
  supervision: () => import("../supervision/SupervisionPage.vue"),
  declarations: () => import("../declarations/DeclarationsPage.vue"),
  money: () => import("../money/MoneyPage.vue"),
  tasks: () => import("../tasks/TasksPage.vue"),
  stock: () => import("../stock/StockPage.vue"),
  work: () => import("../centre/WorkPage.vue"),
  statistics: () => import("../statistics/StatisticsPage.vue"),
  prices: () => import("../prices/PricesPage.vue"),
  import: () => import("../imports/ImportPage.vue"),
  plan: () => import("../plan/PlanPage.vue"),
  orders: () => import("../desk/OrdersPage.vue"),
  dispatch: () => import("../dispatch/DispatchPage.vue"),
  fleet: () => import("../fleet/FleetPage.vue"),
  team: () => import("../desk/TeamPage.vue"),
  privacy: () => import("../desk/PrivacyPage.vue"),
  trace: () => import("../trace/TracePage.vue"),
};

export const built = pages.filter((page) => views[page.name]);

/// Pages for who works on the spot are in the menu of those alone.
export const shows = (page: Page) => may(page.right) && (!page.roles || page.roles.some((role) => session.roles.includes(role)));
/// Whether a link to it leads anywhere.
export const shows_page = (name: string) => built.some((page) => page.name === name && shows(page));

/// Where who may not see the overview begins.
export const home = () => built.find(shows)?.path ?? "/";

/// Made once the secret of a link is out of the address.
export const make_router = () => createRouter({
  history: createWebHistory(),
  routes: [
    ...built.map((page) => ({ name: page.name, path: page.path, component: views[page.name] }) as RouteRecordRaw),
    { path: "/account", name: "account", component: () => import("../desk/AccountPage.vue") },
    { path: "/notices", name: "notices", component: () => import("../desk/NoticesPage.vue") },
    { path: "/where", name: "where", component: () => import("../where/WherePage.vue") },
    { path: "/:rest(.*)*", name: "nowhere", component: () => import("./NowherePage.vue") },
  ],
  scrollBehavior: (to, from, kept) => kept ?? (to.path === from.path ? false : { top: 0 }),
});
