// Where people type: words, or a slash command.

import { act } from "./api.js";
import { el, menu, say } from "./dom.js";
import { known, players } from "./known.js";

const drafts = new Map();
/** A phone's Enter key starts a line; a keyboard's sends. */
const byHand = matchMedia("(pointer: coarse)");

/**
 * A form that says something. *key* keeps what is typed while one looks elsewhere;
 * *send* posts words, *channel* is where commands are typed, `null` in a thread.
 */
export function composer({ key, label, user, channel, send, done }) {
  const area = el("textarea", { rows: 1, id: `say-${key}`, value: drafts.get(key) ?? "",
    "aria-describedby": `hint-${key}`, placeholder: label });
  const button = el("button", { class: "primary", type: "submit" }, "Send");
  const form = el("form", { class: "composer" },
    el("label", { class: "unseen", for: area.id }, label), area,
    button, channel === null ? "" : shortcuts(user, done),
    el("p", { class: "hint", id: `hint-${key}` }, hintWords(channel)));
  area.addEventListener("input", () => drafts.set(key, area.value));
  area.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing || byHand.matches) return;
    event.preventDefault();
    form.requestSubmit();
  });
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    if (area.value.trim()) go(button, area, { key, user, channel, send, done });
    area.focus();
  });
  return form;
}

function hintWords(channel) {
  const commands = channel === null ? "" : (known.app.commands ?? []).join(", ");
  const keys = byHand.matches ? "" : "Enter sends, Shift+Enter starts a line. ";
  return keys + (commands && `Commands: ${commands}.`);
}

function shortcuts(user, done) {
  const global = (known.app.shortcuts ?? []).filter((one) => one.type === "global");
  if (!global.length) return "";
  return menu("Shortcuts", global.map((one) => [one.name, () => attempt(async () => {
    await act("shortcut", { user, callback_id: one.callback_id });
    done();
  })]));
}

let sending = Promise.resolve();

/** Send what was typed, after what was sent before; what is refused can be typed on. */
function go(button, area, { key, user, channel, send, done }) {
  const text = area.value.trim();
  area.value = "";
  drafts.delete(key);
  button.setAttribute("aria-busy", "true");
  sending = sending.then(() => attempt(async () => {
    if (text.startsWith("/")) await command(user, channel, text);
    else await send(escaped(text));
  })).then((sent) => {
    button.removeAttribute("aria-busy");
    if (!sent && !area.value) area.value = text;
    done();
  });
}

async function command(user, channel, text) {
  if (channel === null) throw new Error("Slash commands do not work in threads.");
  const done = await act("command", { user, channel: channel || undefined, text });
  if (!done.acked) say("The bot did not answer in time.", { trouble: true });
}

/** Try to do something; say so where it is refused. Whether it was done. */
export async function attempt(work) {
  try {
    await work();
    return true;
  } catch (refusal) {
    say(refusal.message, { trouble: true });
    return false;
  }
}

/** Typed words as Slack's client sends them: inert, but for @names that it knows. */
export function escaped(text) {
  const inert = text.replaceAll("&", "&amp;").replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
  return inert.replace(/@([\w.-]+)/g, (typed, name) => {
    const meant = name.toLowerCase();
    if (meant === known.app.name?.toLowerCase()) return `<@${known.app.user}>`;
    const found = players().find((one) => one.name.toLowerCase() === meant);
    return found ? `<@${found.id}>` : typed;
  });
}
