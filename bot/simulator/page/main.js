// The page: reads its address, shows what is there, and keeps it up to date.

import { Refused, act } from "./api.js";
import { channelView, messagesView, threadView } from "./conversations.js";
import { el, fill, say } from "./dom.js";
import { refresh as refreshForm, whenDone } from "./forms.js";
import { channelsView, homeView } from "./home.js";
import { known, learn, players } from "./known.js";
import { letterView, lettersView } from "./letters.js";
import { showPlaces, showWho, whenSomebodyElse } from "./nav.js";
import { owedView } from "./owed.js";
import { isKnown, learnTime, present, words } from "./times.js";
import { learnNews } from "./unread.js";

/** Milliseconds between two looks, and while nobody watches. */
const OFTEN = 1000;
const SELDOM = 5000;

const columns = { main: document.getElementById("main"),
  aside: document.getElementById("aside") };
const shownNow = { main: null, aside: null };
let seq = null;
let letters = 0;
let beating = null;

/** Read the address: who one is, and what they look at. */
function route() {
  const [, , as = "", page = "", ...rest] = location.hash.split("/").map(decodeURIComponent);
  const nobody = !known.people.has(as) && !as.includes("@");
  if (nobody) return { as: players()[0]?.id ?? "", page: "channels", rest: [] };
  if (as.includes("@") && page !== "owed") return { as, page: "mail", rest };
  return { as, page: page || "channels", rest };
}

/** The views of a route: the main column's, and the one beside it, if any. */
function views({ as, page, rest }) {
  const own = as.includes("@") ? as.toLowerCase() : "";
  const make = {
    channels: () => [channelsView(as)],
    channel: () => [channelView(as, rest[0], after)],
    thread: () => [known.channels.get(rest[0])?.is_im ? messagesView(as, after)
      : channelView(as, rest[0], after), threadView(as, rest[0], rest[1], after)],
    dm: () => [messagesView(as, after)],
    home: () => [homeView(as, after)],
    mail: () => [lettersView(as, own), rest[0] ? letterView(as, rest[0]) : null],
    owed: () => [owedView(as)],
  };
  return (make[page] ?? make.channels)();
}

async function show() {
  const now = route();
  const [main, aside = null] = views(now);
  const moved = put("main", main);
  const beside = put("aside", aside);
  document.body.dataset.beside = String(Boolean(aside));
  document.title = `${(aside ?? main).title} · ${known.app.team ?? "Slack in play"}`;
  navigation(now);
  await refresh();
  if (started && (moved || beside)) {
    (shownNow.aside ?? shownNow.main).heading.focus({ preventScroll: true });
  }
}

let started = false;

/** Put a view into a column, unless it is there already; whether it was not. */
function put(name, view) {
  if (view && shownNow[name]?.key === view.key) return false;
  const had = shownNow[name];
  shownNow[name] = view;
  columns[name].hidden = !view;
  if (!view) {
    fill(columns[name]);
    return Boolean(had);
  }
  view.heading = el("h2", { tabindex: "-1" }, view.title);
  fill(columns[name], el("header", { class: "top" },
    view.back ? el("a", { href: view.back[0], class: "back" }, `‹ ${view.back[1]}`) : null,
    view.heading, view.note ? el("p", { class: "muted" }, view.note) : null), view.nodes);
  return true;
}

function navigation({ as, page, rest }) {
  showWho(as);
  const channel = page === "channel" || page === "thread" ? rest[0] : null;
  showPlaces(as, page, channel, letters);
}

/** Look again at everything that is shown. */
async function refresh() {
  const { as } = route();
  const works = [shownNow.main?.refresh(), shownNow.aside?.refresh(),
    refreshForm(as.includes("@") ? "" : as)];
  for (const one of await Promise.allSettled(works)) {
    if (one.status === "rejected") trouble(one.reason);
  }
  navigation(route());
}

function trouble(reason) {
  if (!(reason instanceof Refused)) throw reason;
  say(reason.message, { trouble: true });
}

/** After an act: look at once; *anew* where what one may do has changed. */
async function after(anew = false) {
  if (anew === true) {
    await learn();
    shownNow.main = shownNow.aside = null;
    await show();
  }
  await beat();
}

async function beat() {
  clearTimeout(beating);
  try {
    await listen();
  } catch (reason) {
    trouble(reason);
  } finally {
    beating = setTimeout(beat, document.hidden ? SELDOM : OFTEN);
  }
}

/** Hear what has happened since; look again if anything has. */
async function listen() {
  const told = await act("pulse", seq === null ? {} : { after: seq });
  seq = told.seq;
  learnTime(told);
  learnNews(told.happened);
  const size = JSON.stringify(told.size);
  const strange = told.happened.some((one) => one.channel && !known.channels.has(one.channel));
  if (size !== known.size || strange) await learn();
  known.size = size;
  const more = told.letters !== letters;
  letters = told.letters;
  showTime();
  if (told.happened.length || more || route().page === "owed") await refresh();
}

function showTime() {
  const clock = document.getElementById("clock");
  clock.hidden = !isKnown();
  clock.textContent = isKnown() ? words(present()) : "";
}

async function start() {
  await learn();
  await listen();
  await show();
  started = true;
  document.documentElement.dataset.ready = "yes";
  beating = setTimeout(beat, OFTEN);
}

whenDone(after);
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();  // the address says where one is, and stays
  columns.main.focus();
});
whenSomebodyElse((as) => {
  const { page, rest } = route();
  const same = as.includes("@") ? "mail" : { channel: `channel/${rest[0]}`,
    thread: "channels" }[page] ?? page;
  location.hash = `#/as/${as}/${same}`;
});
addEventListener("hashchange", () => show().catch(trouble));
document.addEventListener("visibilitychange", () => { if (!document.hidden) beat(); });
start().catch(trouble);
