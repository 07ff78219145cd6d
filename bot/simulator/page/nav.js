// Who one is, and where one can go.

import { el, fill, icon, patch } from "./dom.js";
import { byLetterOnly, channelsOf, known, players } from "./known.js";
import { hint, unread, waitingFor } from "./unread.js";

const who = document.getElementById("who");
let offered = "";

/** Show who can be played; those whom something new waits for say so. */
export function showWho(as) {
  const slack = players().map((one) => [one.id, `${one.real_name}` +
    `${one.deleted ? " (has left)" : ""}${hint(one.id === as ? 0 : waitingFor(one.id))}`]);
  const letters = byLetterOnly().map(([address, name]) => [address, name || address]);
  const sign = JSON.stringify([slack, letters]);
  if (sign !== offered) {
    offered = sign;
    fill(who, group("In Slack", slack), group("By letter only", letters));
  }
  who.value = as;
}

function group(label, people) {
  if (!people.length) return null;
  return el("optgroup", { label }, people.map(([value, words]) =>
    el("option", { value }, words)));
}

/** Show the places there are; the one one is at is marked. */
export function showPlaces(as, page, channel, letters) {
  patch(document.getElementById("places"), places(as, page, channel, letters), {
    key: ([name]) => name,
    signature: (one) => JSON.stringify([as, one]),
    make: ([name, words, here, under]) => el("li", {},
      link(`#/as/${as}/${name}`, words, here, icon(name)),
      under ? el("ul", { class: "under" }, under.map(([id, said, current]) =>
        el("li", {}, link(`#/as/${as}/channel/${id}`, said, current)))) : ""),
  });
}

function link(href, words, here, picture = "") {
  const [name, news = ""] = words.split(/(?= \()/);
  return el("a", { href, "aria-current": here ? "page" : null },
    picture, el("span", { class: "name" }, name),
    news ? el("span", { class: "news" }, news) : "");
}

function places(as, page, channel, letters) {
  const count = letters && !as.includes("@") ? ` (${letters})` : "";
  const mail = ["mail", `Letters${count}`, page === "mail"];
  const owed = ["owed", "Owed", page === "owed"];
  if (as.includes("@")) return [mail, owed];
  const under = channelsOf(as).map((one) =>
    [one.id, `#${one.name}${hint(unread(as, one.id))}`, one.id === channel]);
  const news = channelsOf(as).reduce((sum, one) => sum + unread(as, one.id), 0);
  const inside = page === "channels" || (Boolean(channel) && known.channels.has(channel) &&
    !known.channels.get(channel).is_im);
  return [
    ["channels", `Channels${hint(news)}`, inside, under],
    ["dm", `Messages${hint(waitingFor(as))}`,
      page === "dm" || (page === "thread" && !inside)],
    ["home", "Home", page === "home"], mail, owed,
  ];
}

/** Call *act* when somebody else is to be played. */
export function whenSomebodyElse(act) {
  who.addEventListener("change", () => act(who.value));
}
