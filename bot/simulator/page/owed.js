// What the bot owes and what it parked, by its own account.

import { account } from "./api.js";
import { el, fill, region } from "./dom.js";
import { inWords } from "./times.js";

/** What the bot says of itself. */
export function owedView(as) {
  const scroll = region("What is owed and parked");
  let before = "";

  async function refresh() {
    const said = await account();
    const sign = JSON.stringify(said);
    if (sign === before) return;
    before = sign;
    fill(scroll, said.why ? el("p", { class: "aside" }, said.why) : null,
      said.status ? standing(said.status) : null,
      said.owed ? [table("Owed", said.owed.owed ?? [], "Nothing is owed."),
        table("Parked", said.owed.parked ?? [], "Nothing is parked.")] : null);
  }
  return { key: `${as}/owed`, title: "Owed and parked", nodes: [scroll], refresh,
    note: "By the bot’s own account: what waits to be sent, and what failed for good." };
}

const QUEUES = {
  inbox: "Events to handle", inbox_parked: "Events parked",
  outbox: "Messages owed", outbox_parked: "Messages parked",
};

function standing(status) {
  const queues = Object.entries(status.queues ?? {}).map(([name, count]) =>
    [QUEUES[name] ?? name, count]);
  const time = status.community_time && inWords(Date.parse(status.community_time) / 1000);
  const rows = [["Community’s time", time], ["Connected to Slack",
    status.connected ? "yes" : "no"], ["Due now", status.due], ...queues];
  return el("dl", { class: "facts" }, rows.filter(([, said]) => said !== undefined)
    .map(([name, said]) => el("div", {}, el("dt", {}, name), el("dd", {}, String(said)))));
}

function table(title, rows, none) {
  const heading = `${title} (${rows.length})`;
  if (!rows.length) return [el("h3", {}, heading), el("p", { class: "muted" }, none)];
  const columns = ["What", "By", "Due", "Tries", "Why"];
  return [el("h3", {}, heading), el("div", { class: "scroller" }, el("table", {},
    el("thead", {}, el("tr", {}, columns.map((one) => el("th", { scope: "col" }, one)))),
    el("tbody", {}, rows.map((one) => el("tr", {},
      el("td", {}, el("code", {}, one.key)), el("td", {}, one.medium ?? ""),
      el("td", {}, due(one.due_at)), el("td", {}, String(one.attempts ?? 0)),
      el("td", {}, one.why ?? ""))))))];
}

function due(said) {
  const moment = Date.parse(said ?? "");
  return Number.isNaN(moment) ? "" : inWords(moment / 1000);
}
