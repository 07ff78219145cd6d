// Channels, threads and the direct conversation with the bot.

import { act } from "./api.js";
import { attempt, composer } from "./composer.js";
import { el, fill, patch, region } from "./dom.js";
import { channelName, isIn, known, nameOf } from "./known.js";
import { message } from "./message.js";
import { isKnown } from "./times.js";
import { look } from "./unread.js";

/** Messages shown at first, and added by each "Show earlier". */
const SHOWN = 60;

/** A channel as *user* sees it. */
export function channelView(user, channel, done) {
  return conversation({
    key: `${user}/channel/${channel}`, title: channelName(channel), user, done,
    note: () => note(channel),
    read: async () => ({ channel, messages: (await act("sees", { user, channel })).messages }),
    threadOf: (one) => `#/as/${user}/thread/${channel}/${one.thread_ts ?? one.ts}`,
    foot: () => (isIn(user, channel)
      ? composer({ key: `${user}-${channel}`, label: `Message ${channelName(channel)}`,
        user, channel, done, send: (text) => act("post", { user, channel, text }) })
      : join(user, channel, done)),
  });
}

/** One thread as *user* sees it. */
export function threadView(user, channel, ts, done) {
  const dm = known.channels.get(channel)?.is_im;
  return conversation({
    key: `${user}/thread/${channel}/${ts}`, title: "Thread", user, done,
    back: [dm ? `#/as/${user}/dm` : `#/as/${user}/channel/${channel}`,
      channelName(channel)],
    read: async () => ({ channel,
      messages: (await act("sees", { user, channel, thread_ts: ts })).messages }),
    threadOf: () => null,
    foot: () => (dm || isIn(user, channel)
      ? composer({ key: `${user}-${channel}-${ts}`, label: "Reply in the thread", user,
        channel: null, done, send: (text) => (dm
          ? act("dm", { user, text, thread_ts: ts })
          : act("post", { user, channel, text, thread_ts: ts })) })
      : join(user, channel, done)),
  });
}

/** The direct conversation with the bot. */
export function messagesView(user, done) {
  return conversation({
    key: `${user}/dm`, title: "Messages", user, done,
    note: () => `${nameOf(user)} and ${nameOf(known.app.user)}; nobody else sees this.`,
    read: () => act("dm_seen", { user }),
    threadOf: (one, channel) => `#/as/${user}/thread/${channel}/${one.thread_ts ?? one.ts}`,
    foot: () => composer({ key: `${user}-dm`, label: `Message ${nameOf(known.app.user)}`,
      user, channel: "", done, send: (text) => act("dm", { user, text }) }),
  });
}

function note(channel) {
  const one = known.channels.get(channel);
  if (!one) return "";
  const people = one.members.filter((id) => id !== known.app.user).length;
  const kept = one.is_private ? "Private · " : "";
  return `${kept}${people} people${one.is_archived ? " · archived" : ""}`;
}

function join(user, channel, done) {
  return el("div", { class: "composer" }, el("button", { class: "primary", type: "button",
    onclick: () => attempt(async () => {
      await act("invite", { user, channel });
      await done(true);
    }) }, `Join ${channelName(channel)}`));
}

/** What all three have in common: a list that grows downwards, and a foot. */
function conversation({ key, title, note: about, back, user, read, threadOf, foot, done }) {
  let most = SHOWN;
  const list = el("ol", { class: "messages", "aria-label": title, role: "log",
    "aria-live": "off", "aria-relevant": "additions" });
  const earlier = el("button", { type: "button", class: "earlier", hidden: true },
    "Show earlier");
  const empty = el("p", { class: "empty", hidden: true }, "Nothing has been said here yet.");
  const scroll = region(title,
    earlier, empty, list);
  const footer = el("div", { class: "foot" });
  let began = false;

  async function refresh() {
    const { channel, messages } = await read();
    const latest = messages.slice(-most);
    const low = !began || scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
    earlier.hidden = messages.length <= most;
    empty.hidden = messages.length > 0;
    patch(list, latest, {
      key: (one) => one.ts,
      signature: (one) => JSON.stringify([one, isKnown(), known.people.size]),
      make: (one) => message(one, { user, channel, done, beside: Boolean(back),
        thread: threadOf(one, channel) }),
    });
    look(user, channel);
    if (!began) fill(footer, foot());
    list.setAttribute("aria-live", began ? "polite" : "off");  // what is new, not what was
    began = true;
    if (low) scroll.scrollTop = scroll.scrollHeight;
  }

  earlier.addEventListener("click", async () => {
    most += SHOWN;
    const from = scroll.scrollHeight - scroll.scrollTop;
    await refresh();
    scroll.scrollTop = scroll.scrollHeight - from;
  });
  return { key, title, note: about?.() ?? "", back, nodes: [scroll, footer], refresh };
}
