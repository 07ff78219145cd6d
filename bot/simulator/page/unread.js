// What is new since the page was opened, for each person and place.

import { directOf } from "./known.js";

const said = [];  // {seq, channel, user, to?}
const seen = new Map();

/** Note what has happened. */
export function learnNews(happened) {
  for (const one of happened) {
    if (one.kind === "posted" || one.kind === "ephemeral") said.push(one);
  }
}

/** How much *user* has not looked at in *channel*. */
export function unread(user, channel) {
  const from = seen.get(`${user}|${channel}`) ?? 0;
  return said.filter((one) => one.seq > from && one.channel === channel &&
    (one.kind === "ephemeral" ? one.user === user : one.user !== user)).length;
}

/** *user* looks at *channel* now. */
export function look(user, channel) {
  const last = said.at(-1)?.seq ?? 0;
  seen.set(`${user}|${channel}`, last);
}

/** How many messages from the bot wait for somebody. */
export function waitingFor(user) {
  const direct = directOf(user);
  return direct ? unread(user, direct) : 0;
}

/** " (2 new)", or nothing. */
export function hint(count) {
  return count ? ` (${count} new)` : "";
}
