// Who and what there is: the app, people, channels, and letters' addresses.

import { act } from "./api.js";

export const known = {
  app: {}, people: new Map(), channels: new Map(), addresses: new Map(), size: "",
};

/** Read everything anew. */
export async function learn() {
  const [app, people, channels, letters] = await Promise.all([
    act("app"), act("people"), act("channels"), act("letters", { brief: true }),
  ]);
  known.app = app;
  known.people = new Map(people.people.map((one) => [one.id, one]));
  known.channels = new Map(channels.channels.map((one) => [one.id, one]));
  learnAddresses(letters.letters);
}

/** Note every address that a letter went to, and what it called who lives there. */
export function learnAddresses(letters) {
  const found = new Map();
  for (const one of letters) {
    const [, name, address] = one.to.match(/^"?([^"<]+?)"?\s*<([^<>]+)>$/) ?? [];
    for (const to of one.rcpt.map((rcpt) => rcpt.toLowerCase())) {
      const called = address?.toLowerCase() === to ? name : found.get(to);
      found.set(to, called ?? "");
    }
  }
  known.addresses = new Map([...found].sort());
}

/** Everybody who can be played in Slack, by name. */
export function players() {
  return [...known.people.values()]
    .filter((one) => !one.is_bot && one.id !== "USLACKBOT")
    .sort((one, other) => one.real_name.localeCompare(other.real_name));
}

/** Those who live in e-mail: addresses that are nobody's in Slack, and names. */
export function byLetterOnly() {
  const inSlack = new Set(players().map((one) => one.profile.email?.toLowerCase()));
  return [...known.addresses].filter(([one]) => !inSlack.has(one));
}

/** What somebody is called. */
export function nameOf(user) {
  const one = known.people.get(user);
  if (!one) return user || "Somebody";
  return user === known.app.user ? known.app.name[0].toUpperCase() + known.app.name.slice(1)
    : one.real_name;
}

/** What a channel is called. */
export function channelName(id) {
  const one = known.channels.get(id);
  if (!one || one.is_im) return "Messages";
  return `#${one.name}`;
}

/** Channels that *user* may look into: theirs first. */
export function channelsOf(user) {
  const mine = (one) => one.members.includes(user);
  return [...known.channels.values()]
    .filter((one) => !one.is_im && (mine(one) || !one.is_private))
    .sort((one, other) => mine(other) - mine(one) || one.name.localeCompare(other.name));
}

/** Whether *user* is in a channel. */
export function isIn(user, channel) {
  return known.channels.get(channel)?.members.includes(user) ?? false;
}

/** Their direct conversation with the bot, if there is one yet. */
export function directOf(user) {
  return known.app.direct?.[user];
}
