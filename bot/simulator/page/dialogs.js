// Small dialogs of the page's own: to be sure, and to change one's words.

import { el } from "./dom.js";

/** Show a dialog until it is answered; gives what *answer* says, or null. */
function asked(title, body, [yes, no], answer) {
  return new Promise((settle) => {
    const ok = el("button", { class: "primary", value: "yes" }, yes);
    const form = el("form", { method: "dialog" },
      el("h2", { id: "asked-title" }, title), el("div", { class: "body" }, body),
      el("footer", {}, el("button", { value: "no", formnovalidate: true }, no), ok));
    const dialog = el("dialog", { "aria-labelledby": "asked-title", class: "small" }, form);
    dialog.addEventListener("close", () => {
      settle(dialog.returnValue === "yes" ? answer() : null);
      dialog.remove();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** Whether a person is sure: Slack's own question before some buttons. */
export function confirmed(confirm) {
  const words = confirm.text.text;
  return asked(confirm.title.text, el("p", {}, words),
    [confirm.confirm?.text ?? "Yes", confirm.deny?.text ?? "Cancel"], () => true);
}

/** Ask whether to do something of the page's own. */
export function sure(title, words, yes) {
  return asked(title, el("p", {}, words), [yes, "Cancel"], () => true);
}

/** Let somebody change their words; null if they would rather not. */
export function changed(title, words) {
  const area = el("textarea", { rows: 6, value: words, required: true, id: "changed" });
  return asked(title, [el("label", { for: "changed" }, "Your words"), area],
    ["Save", "Cancel"], () => area.value);
}
