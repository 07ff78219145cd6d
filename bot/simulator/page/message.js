// One message: what it says, who said it, and what can be done with it.

import { act } from "./api.js";
import { shown } from "./blocks.js";
import { attempt } from "./composer.js";
import { changed, sure } from "./dialogs.js";
import { el, menu } from "./dom.js";
import { known, nameOf } from "./known.js";
import { emoji, mrkdwn, spoken } from "./mrkdwn.js";
import { words } from "./times.js";

const REACTIONS = ["+1", "heart", "pray", "white_check_mark", "eyes"];

/**
 * An article for *message* in *channel*, as *user* sees it. *thread*: the address of
 * its thread where that can be opened; *done* is called after an act; *beside*: it stands
 * in the column beside, and may stand in the other too.
 */
export function message(message, { user, channel, thread, done, beside }) {
  if (/_(join|leave)$/.test(message.subtype ?? "")) return passing(message);
  const where = { user, channel, ts: message.ts };
  const id = `${beside ? "t" : "m"}-${message.ts.replace(".", "-")}`;
  const place = { user, id, where: { channel, ts: message.ts }, pressed: done };
  return el("li", {}, el("article", { class: kind(message, user),
    "aria-labelledby": `${id}-who` },
    el("header", {}, el("div", {},
      el("strong", { id: `${id}-who` }, message.username ?? nameOf(message.user)),
      el("span", { class: "muted" }, badges(message)),
      el("time", { class: "muted" }, words(Number(message.ts)))),
      message.is_ephemeral ? "" : acts(message, where, thread, done, id)),
    el("div", { class: "said" }, content(message, place)),
    reactions(message, where, done, id),
    replies(message, thread)));
}

/** Somebody came or went: one small line. */
function passing(message) {
  return el("li", { class: "passing" }, el("time", {}, words(Number(message.ts))), " ",
    message.text.startsWith("<@") ? mrkdwn(message.text) : message.text);
}

function kind(message, user) {
  if (message.is_ephemeral) return "message only-you";
  if (message.bot_id) return "message by-app";
  return message.user === user ? "message own" : "message";
}

function badges(message) {
  const all = [];
  if (message.bot_id) all.push("app");
  if (message.is_ephemeral) all.push("only you see this");
  if (message.edited) all.push("edited");
  return all.join(" · ");
}

function content(message, place) {
  if (!message.blocks?.length || repeatsText(message.blocks)) return mrkdwn(message.text);
  return message.blocks.map((block) => shown(block, place));
}

/** Whether the blocks are only Slack's own repetition of the text. */
function repeatsText(blocks) {
  const [one, ...more] = blocks;
  const parts = one.elements?.[0]?.elements ?? [];
  return !more.length && one.type === "rich_text" && one.elements.length === 1 &&
    parts.length === 1 && parts[0].type === "text";
}

function acts(message, where, thread, done, id) {
  if (message.subtype === "tombstone") return "";
  const go = (work) => () => attempt(async () => { await work(); await done(); });
  const all = thread ? [["Reply in thread", () => { location.hash = thread; }]] : [];
  for (const name of REACTIONS) {
    all.push([`React: ${spoken(name)} ${emoji(name)}`,
      go(() => act("react", { ...where, name }))]);
  }
  if (message.user === where.user) {
    all.push(["Edit…", go(() => edit(message, where))],
      ["Delete…", go(() => remove(where))]);
  }
  for (const one of (known.app.shortcuts ?? []).filter((it) => it.type === "message")) {
    all.push([one.name, go(() =>
      act("message_shortcut", { ...where, callback_id: one.callback_id }))]);
  }
  return menu("⋯", all, { id: `${id}-acts`,
    "aria-label": `What can be done with ${nameOf(message.user)}’s message` });
}

async function edit(message, where) {
  const text = await changed("Edit your message", message.text);
  if (text) await act("edit", { ...where, text });
}

async function remove(where) {
  if (await sure("Delete this message?", "It cannot be brought back.", "Delete")) {
    await act("delete", where);
  }
}

function reactions(message, where, done, id) {
  if (!message.reactions?.length) return "";
  return el("div", { class: "reactions" }, message.reactions.map((one) => {
    const mine = one.users.includes(where.user);
    return el("button", { type: "button", id: `${id}-r-${one.name}`,
      "aria-pressed": String(mine), title: one.users.map(nameOf).join(", "),
      "aria-label": `${spoken(one.name)}, ${one.count}: ${one.users.map(nameOf).join(", ")}`,
      onclick: () => attempt(async () => {
        await act(mine ? "unreact" : "react", { ...where, name: one.name });
        await done();
      }) }, `${emoji(one.name)} ${one.count}`);
  }));
}

function replies(message, thread) {
  if (!message.reply_count || !thread) return "";
  const count = message.reply_count === 1 ? "1 reply" : `${message.reply_count} replies`;
  return el("a", { href: thread, class: "replies" }, count);
}
