// Block Kit, shown and pressed.
//
// A place is where blocks stand: {user, id, where, pressed, before?}. `where` names the
// message, or the Home, for the control API; `pressed` is called when an act is done;
// `before` puts what was typed where the app will see it.

import { act } from "./api.js";
import { control } from "./controls.js";
import { confirmed } from "./dialogs.js";
import { el, menu, say, waiting } from "./dom.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { richText } from "./rich.js";
import { initial } from "./values.js";

/** Nodes for one block. */
export function shown(block, place) {
  const make = BLOCKS[block.type] ?? unknown;
  return make(block, place);
}

const BLOCKS = {
  section: (block, place) => el("div", { class: "section" },
    el("div", { class: "words" },
      block.text ? inWords(block.text) : "",
      block.fields ? el("div", { class: "fields" },
        block.fields.map((one) => el("div", {}, inWords(one)))) : ""),
    block.accessory ? element(block.accessory, block, place) : ""),
  header: (block) => el("h3", { class: "header" }, block.text.text),
  context: (block) => el("div", { class: "context" },
    block.elements.map((one) => el("div", {},
      one.type === "image" ? picture(one) : inWords(one)))),
  actions: (block, place) => el("div", { class: "actions" },
    block.elements.map((one) => element(one, block, place))),
  divider: () => el("hr"),
  rich_text: (block) => el("div", { class: "words" }, richText(block)),
  markdown: (block) => el("pre", { class: "markdown" }, block.text),
  image: (block) => picture(block),
  table: (block) => el("div", { class: "scroller" }, el("table", {},
    block.rows.map((row) => el("tr", {}, row.map((cell) => el("td", {},
      cell.text ?? richText(cell))))))),
};

function unknown(block) {
  return el("p", { class: "muted" }, `(A block of type ${block.type}.)`);
}

function picture(image) {
  return el("p", { class: "muted" }, `Picture: ${image.alt_text}`);
}

/** Nodes for a text object. */
export function inWords(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text) : el("p", {}, text.text);
}

function element(one, block, place) {
  if (one.type === "image") return picture(one);
  const id = `${place.id}-${block.block_id}-${one.action_id}`;
  if (one.type === "button") return button(one, block, place, id);
  if (one.type === "overflow") return overflow(one, block, place, id);
  return chooser(one, block, place, id);
}

function button(one, block, place, id) {
  const made = el("button", { type: "button", id, class: one.style ?? "plain",
    "aria-label": one.accessibility_label }, one.text.text);
  made.addEventListener("click", () => {
    if (/^https?:/.test(one.url ?? "")) open(one.url, "_blank", "noopener");
    press(made, one, block, place);
  });
  return made;
}

function overflow(one, block, place, id) {
  const made = menu("More…", one.options.map((option) =>
    [plain(option.text.text), () => press(made.firstChild, one, block, place,
      option.value)]), { id });
  return made;
}

/** A menu or field that acts by itself: chosen, then confirmed by a button of its own. */
function chooser(one, block, place, id) {
  const label = one.placeholder?.text ?? block.text?.text ?? "Choose";
  const made = control(one, { id, value: initial(one), user: place.user });
  const go = el("button", { type: "button" }, "Choose");
  go.addEventListener("click", () => press(go, one, block, place, made.read()));
  return el("fieldset", { class: "chooser" },
    el("legend", { class: "unseen" }, plain(label)),
    made.many ? made.nodes : el("label", {},
      el("span", { class: "unseen" }, plain(label)), made.nodes), go);
}

/**
 * Tell the simulator. What the app shows again gets other block ids where it names none:
 * a button that still says the same is the same button.
 */
async function used(one, block, place, value = one.value) {
  const given = { user: place.user, action_id: one.action_id, value, ...place.where };
  try {
    return await act("press", { ...given, block_id: block.block_id });
  } catch (refusal) {
    if (!refusal.message.startsWith("There is nothing")) throw refusal;
    return act("press", given);
  }
}

/** Use an element, once whoever uses it is sure, and say so if nothing comes of it. */
export async function press(made, one, block, place, value) {
  if (one.confirm && !await confirmed(one.confirm)) return;
  await waiting(made, async () => {
    try {
      await place.before?.();
      const done = await used(one, block, place, value);
      if (done.sent && !done.acked) say("The bot did not answer in time.", { trouble: true });
    } catch (refusal) {
      say(refusal.message, { trouble: true });
    }
  });
  place.pressed?.();
}
