// The letters that went out, and the invitations in them.

import { act } from "./api.js";
import { el, fill, patch, region } from "./dom.js";
import { known, learnAddresses } from "./known.js";
import { words } from "./times.js";

let box = "";  // whose letters are listed: an address, or everybody's

/** The list of letters; *own* is the address of somebody who lives in e-mail. */
export function lettersView(as, own) {
  const list = el("ul", { class: "letters" });
  const empty = el("p", { class: "empty" });
  const filter = el("select", { id: "box" });
  const choice = own ? "" : el("div", { class: "filter" },
    el("label", { for: "box" }, "Letters to"), filter);
  filter.addEventListener("change", () => {
    box = filter.value;
    refresh();
  });

  async function refresh() {
    const { letters } = await act("letters", { brief: true });
    learnAddresses(letters);
    if (!own) offer(filter);
    const to = own || box;
    const kept = letters.filter((one) => !to || isTo(one, to)).reverse();
    empty.hidden = kept.length > 0;
    empty.textContent = letters.length ? "No letter went to this address yet."
      : "No letter has gone out yet.";
    patch(list, kept, {
      key: (one) => one.id,
      signature: (one) => JSON.stringify([one, words(one.at)]),
      make: (one) => el("li", {}, line(one, as)),
    });
  }

  const scroll = region("Letters",
    choice, empty, list);
  return { key: `${as}/mail`, title: "Letters", nodes: [scroll], refresh,
    note: own ? `What came for ${own}.` : "Every e-mail that the bot sent." };
}

function isTo(letter, address) {
  return letter.rcpt.some((one) => one.toLowerCase() === address);
}

function offer(filter) {
  const wanted = ["", ...known.addresses.keys()];
  if (filter.options.length === wanted.length) return;
  fill(filter, wanted.map((one) => el("option", { value: one }, one || "everybody")));
  filter.value = box;
}

function line(one, as) {
  const invites = one.calendar ? ` · ${badge(one.calendar).toLowerCase()}` : "";
  return el("a", { href: `#/as/${as}/mail/${one.id}` },
    el("strong", {}, one.subject || "(no subject)"),
    el("span", { class: "muted" }, `To ${one.rcpt.join(", ")}${invites}`),
    el("time", { class: "muted" }, words(one.at)));
}

function badge({ method, sequence }) {
  if (method === "CANCEL") return "Cancelled";
  if (method !== "REQUEST") return `Calendar (${method || "no method"})`;
  return sequence ? "Changed invitation" : "Invitation";
}

/** One letter: as it looks, as text, its headers and its source. */
export function letterView(as, number) {
  const scroll = region("Letter");
  const view = { key: `${as}/mail/${number}`, title: "Letter", nodes: [scroll], refresh,
    back: [`#/as/${as}/mail`, "Letters"] };
  let drawn = false;

  async function refresh() {
    if (drawn) return;
    const { letter } = await act("letter", { id: Number(number) });
    drawn = true;
    view.heading.textContent = letter.subject || "(no subject)";
    fill(scroll, head(letter), letter.calendars.map(card), parts(letter));
  }
  return view;
}

function head(letter) {
  const rows = [["From", letter.from], ["To", letter.to || letter.rcpt.join(", ")],
    ["Reply to", letter.reply_to], ["Sent", words(letter.at)]];
  return el("div", {}, el("dl", {}, rows.filter(([, said]) => said).map(([name, said]) =>
      [el("dt", {}, name), el("dd", {}, said)])),
    letter.answered ? "" : el("p", { class: "wrong" },
      "The connection broke before the sender was told that this was taken."));
}

function card(calendar) {
  const { card: event, sequence } = calendar;
  const rows = [["When", when(event)], ["Where", event.LOCATION || event.URL],
    ["Organiser", address(event.ORGANIZER)], ["For", address(event.ATTENDEE)],
    ["Repeats", event.RRULE], ["Note", event.DESCRIPTION],
    ["Status", event.STATUS?.toLowerCase()], ["Entry", `${calendar.uid}, version ${sequence}`]];
  return el("section", { class: "invitation" },
    el("p", { class: "badge" }, badge(calendar)),
    el("h3", {}, event.SUMMARY ?? "An event"),
    el("dl", {}, rows.filter(([, said]) => said).map(([name, said]) =>
      [el("dt", {}, name), el("dd", {}, said)])),
    el("details", {}, el("summary", {}, "Calendar source"), el("pre", {}, calendar.ics)));
}

/** "Thu 10 Sept 2026, 12:30–13:30 (Europe/London)". */
function when(event) {
  const [start, end] = [moment(event.DTSTART), moment(event.DTEND)];
  if (!start) return event.DTSTART ?? "";
  const zone = start.zone ? ` (${start.zone})` : "";
  if (!end) return `${start.day}${start.time && `, ${start.time}`}${zone}`;
  const until = end.day === start.day ? end.time : ` ${end.day}, ${end.time}`;
  return `${start.day}, ${start.time}–${until}${zone}`;
}

/** A stamp such as "20260910T123000 Europe/London", taken apart. */
function moment(stamp = "") {
  const found = stamp.match(/^(\d{4})(\d\d)(\d\d)(?:T(\d\d)(\d\d)\d\d(Z?))?(?: (.+))?$/);
  if (!found) return null;
  const [, year, month, date, hour, minute, utc, zone] = found;
  const day = new Date(Date.UTC(year, month - 1, date)).toLocaleDateString("en-GB", {
    weekday: "short", day: "numeric", month: "short", year: "numeric", timeZone: "UTC" });
  return { day: day.replace(",", ""), time: hour ? `${hour}:${minute}` : "",
    zone: utc ? "UTC" : zone };
}

function address(said = "") {
  return said.replace(/^mailto:/i, "");
}

function parts(letter) {
  const choices = [
    ["As it looks", () => looks(letter)],
    ["Text", () => el("pre", {}, letter.text || "There is no text part.")],
    ["Headers", () => el("pre", {},
      letter.headers.map(([name, said]) => `${name}: ${said}`).join("\n"))],
    ["Source", () => source(letter)],
  ].slice(letter.html ? 0 : 1);
  return tabs(choices);
}

/** Buttons of which one is down, and what it shows. */
function tabs(choices, label = "How to look at the letter", kind = "tabs") {
  const shown = el("div");
  const buttons = choices.map(([name, make]) => el("button", { type: "button",
    "aria-pressed": "false", onclick: (event) => {
      for (const one of buttons) one.setAttribute("aria-pressed", "false");
      event.currentTarget.setAttribute("aria-pressed", "true");
      fill(shown, make());
    } }, name));
  buttons[0].click();
  return [el("div", { class: kind, role: "group", "aria-label": label }, buttons), shown];
}

function source(letter) {
  const shown = el("pre", {}, "…");
  act("letter_source", { id: letter.id }).then((told) => {
    shown.textContent = told.source;
  });
  return shown;
}

/** The letter in a frame that runs nothing, as wide as a phone or a desk's window. */
function looks(letter) {
  const frame = el("iframe", { src: `/page/letters/${letter.id}`, class: "letter",
    sandbox: "allow-popups allow-popups-to-escape-sandbox", title: "The letter as it looks" });
  const holder = el("div", { class: "scroller" }, frame);
  const widths = [["Wide", ""], ["Phone (360)", "360px"], ["Desk (800)", "800px"]];
  const [buttons] = tabs(widths.map(([name, width]) =>
    [name, () => { frame.style.width = width; return []; }]),
  "How wide", "tabs widths");
  return [buttons, holder];
}
