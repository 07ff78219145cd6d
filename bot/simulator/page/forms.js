// The modal in front of whoever is being played.

import { Refused, act } from "./api.js";
import { press, shown } from "./blocks.js";
import { control } from "./controls.js";
import { el, fill, say, waiting } from "./dom.js";
import { complaint, initial } from "./values.js";

const dialog = document.getElementById("modal");
let open = null;  // {user, view, fields, opener}
let after = () => {};

/** Say what is to be done when a form has been sent or closed. */
export function whenDone(act_) {
  after = act_;
}

/** Show the form that *user* has in front of them, or none. */
export async function refresh(user) {
  const { view } = user ? await act("modal", { user }) : { view: null };
  show(user, view);
}

function show(user, view) {
  if (!view) return hide();
  const same = open?.user === user && open.view.id === view.id;
  if (same && open.view.hash === view.hash) return null;
  const typed = same ? typedSoFar() : new Map();
  const opener = open?.opener ?? document.activeElement?.id;
  const focused = same ? document.activeElement?.id : null;
  open = { user, view, fields: [], opener };
  fill(dialog, form(user, view, typed));
  dialog.setAttribute("aria-labelledby", "modal-title");
  if (!dialog.open) dialog.showModal();
  if (focused) document.getElementById(focused)?.focus();
  else dialog.querySelector("input, textarea, select, footer button")?.focus();
  return null;
}

function hide() {
  if (!open) return;
  const { opener } = open;
  open = null;
  dialog.close();
  dialog.removeAttribute("aria-labelledby");
  fill(dialog);
  document.activeElement?.blur();  // Chromium gives the focus back, but no keys with it
  document.getElementById(opener)?.focus({ preventScroll: true });
}

function typedSoFar() {
  const changed = open.fields.filter((one) =>
    JSON.stringify(one.read()) !== JSON.stringify(one.first));
  return new Map(changed.map((one) => [one.name, one.read()]));
}

function form(user, view, typed) {
  const place = { user, id: `modal-${view.id}`, where: {}, before: remember,
    pressed: () => after() };
  const close = el("button", { type: "button", onclick: () => leave() },
    view.close?.text ?? "Cancel");
  const submit = view.submit
    ? el("button", { class: "primary", type: "submit" }, view.submit.text) : "";
  const made = el("form", { novalidate: true },
    el("header", {}, el("h2", { id: "modal-title" }, view.title.text),
      el("button", { type: "button", class: "quiet cross", "aria-label": "Close this form",
        onclick: () => leave() }, "×")),
    el("div", { class: "body" }, view.blocks.map((block) => (block.type === "input"
      ? field(block, view, place, typed) : shown(block, place)))),
    el("footer", {}, el("p", { class: "told", role: "alert" }), close, submit));
  made.addEventListener("submit", (event) => {
    event.preventDefault();
    if (submit) send(submit);
  });
  return made;
}

function field(block, view, place, typed) {
  const { element, block_id: blockId } = block;
  const name = `${blockId}|${element.action_id}`;
  const id = `${place.id}-${blockId}-${element.action_id}`;
  const first = initial(element, view.state.values[blockId]?.[element.action_id]);
  const made = control(element, { id, user: place.user, required: !block.optional,
    value: typed.has(name) ? typed.get(name) : first,
    describedBy: [block.hint ? `${id}-hint` : "", `${id}-wrong`].join(" ").trim() });
  const wrong = el("p", { id: `${id}-wrong`, class: "wrong", role: "alert" });
  open.fields.push({ block, name, id, first, read: made.read, wrong });
  const label = [block.label.text,
    block.optional ? el("span", { class: "muted" }, " (optional)") : ""];
  const inside = made.many ? [el("legend", {}, label), made.nodes]
    : [el("label", { for: id }, label), made.nodes];
  const whole = el(made.many ? "fieldset" : "div", { class: "field" }, inside,
    block.hint ? el("p", { class: "hint", id: `${id}-hint` }, block.hint.text) : "", wrong);
  if (block.dispatch_action) {
    whole.addEventListener("change", () =>
      press(whole, element, block, { ...place, before: null }, made.read()));
  }
  return whole;
}

/** What stands in the fields, as the control API takes it. */
function values() {
  const all = {};
  for (const { block, read } of open.fields) {
    const { element } = block;
    (all[block.block_id] ??= {})[element.action_id] = read();
  }
  return all;
}

function remember() {
  return act("fill", { user: open.user, values: values() });
}

/** Say under each field what is wrong with it; whether anything is. */
function complain(wrong) {
  for (const one of open.fields) {
    const words = wrong[one.block.block_id] ?? "";
    one.wrong.textContent = words;
    document.getElementById(one.id)?.setAttribute("aria-invalid", words ? "true" : "false");
  }
  const first = open.fields.find((one) => wrong[one.block.block_id]);
  if (first) document.getElementById(first.id)?.focus();
  return Boolean(first);
}

async function send(submit) {
  const missing = open.fields.map(({ block, read }) =>
    [block.block_id, complaint(block, read())]).filter(([, words]) => words);
  if (complain(Object.fromEntries(missing))) return;
  const { user } = open;
  await waiting(submit, async () => {
    try {
      const done = await act("submit", { user, values: values() });
      if (done.errors) complain(done.errors);
      else if (done.trouble) say(done.trouble, { trouble: true });
      else show(user, done.modal);
    } catch (refusal) {
      if (!(refusal instanceof Refused)) throw refusal;
      say(refusal.message, { trouble: true });
    }
  });
  after();
}

async function leave() {
  if (!open) return;
  const { user } = open;
  await act("close", { user }).catch(() => {});  // it was closed elsewhere: as wished
  await refresh(user);
  after();
}

dialog.addEventListener("cancel", (event) => {
  event.preventDefault();
  leave();
});
