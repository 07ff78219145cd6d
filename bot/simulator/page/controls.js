// Block Kit's fields as plain HTML ones. Each control is {nodes, read, many}: `many`
// when it consists of several inputs and needs a legend in a label's place.

import { el } from "./dom.js";
import { channelsOf, players } from "./known.js";
import { mrkdwn, plain } from "./mrkdwn.js";
import { groups } from "./values.js";

/** The control for *element*; its first input has the id *id*. */
export function control(element, { id, value, user, describedBy, required }) {
  const about = { element, id, value, user, required,
    common: { id, "aria-describedby": describedBy || null, "aria-required": required } };
  const make = CONTROLS[element.type] ?? typed("text");
  return make(about);
}

const typed = (type) => ({ element, value, common }) => {
  const input = el("input", { ...common, type, value: value ?? "",
    maxlength: type === "text" ? element.max_length : null, autocomplete: "off",
    placeholder: element.placeholder?.text, step: type === "number" ? "any" : null });
  return { nodes: input, read: () => input.value || null };
};

function words(about) {
  if (!about.element.multiline && about.element.type === "plain_text_input") {
    return typed("text")(about);
  }
  const area = el("textarea", { ...about.common, rows: 4, value: about.value ?? "",
    maxlength: about.element.max_length, placeholder: about.element.placeholder?.text });
  return { nodes: area, read: () => area.value || null };
}

function moment({ value, common }) {
  const local = value ? new Date(value * 1000).toISOString().slice(0, 16) : "";
  const input = el("input", { ...common, type: "datetime-local", value: local });
  return { nodes: input,
    read: () => (input.value ? Date.parse(`${input.value}Z`) / 1000 : null) };
}

function select(offered) {
  return ({ element, value, common, required, user }) => {
    const first = value && required ? [] : [el("option", { value: "" },
      element.placeholder?.text ?? (required ? "Choose…" : "None"))];
    const box = el("select", common, first, offered(element, user).map(optionGroup));
    box.value = value ?? "";
    return { nodes: box, read: () => box.value || null };
  };
}

function optionGroup([label, options]) {
  const inside = options.map((one) =>
    el("option", { value: one.value }, plain(one.text.text)));
  return label ? el("optgroup", { label }, inside) : inside;
}

/** Several boxes, or round ones of which one holds. */
function boxes(type, offered) {
  return ({ element, id, value, user, common }) => {
    const held = new Set([value ?? []].flat());
    const inputs = [];
    const nodes = offered(element, user).map(([label, options]) => [
      label ? el("p", { class: "group" }, label) : "",
      options.map((one) => {
        const input = el("input", { ...common, type, name: id, value: one.value,
          id: inputs.length ? `${id}-${inputs.length}` : id, "aria-required": null });
        input.checked = held.has(one.value);
        inputs.push(input);
        return choice(input, one);
      }),
    ]);
    const chosen = () => inputs.filter((one) => one.checked).map((one) => one.value);
    const long = inputs.length > 8 ? "choices long" : "choices";
    return { nodes: el("div", { class: long }, nodes), many: true,
      read: type === "radio" ? () => chosen()[0] ?? null : chosen };
  };
}

function choice(input, option) {
  const more = option.description;
  return el("label", { class: "choice" }, input, el("span", {},
    inWords(option.text), more ? el("small", {}, inWords(more)) : ""));
}

function inWords(text) {
  return text.type === "mrkdwn" ? mrkdwn(text.text) : text.text;
}

const named = (value, words_) => ({ value, text: { type: "plain_text", text: words_ } });
const PEOPLE = () => [["", players().map((one) => named(one.id, one.real_name))]];
const CHANNELS = (_, user) =>
  [["", channelsOf(user).map((one) => named(one.id, `#${one.name}`))]];

const CONTROLS = {
  plain_text_input: words,
  rich_text_input: words,
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
  datepicker: typed("date"),
  timepicker: typed("time"),
  datetimepicker: moment,
  external_select: typed("text"),
  static_select: select(groups),
  users_select: select(PEOPLE),
  channels_select: select(CHANNELS),
  conversations_select: select(CHANNELS),
  radio_buttons: boxes("radio", groups),
  checkboxes: boxes("checkbox", groups),
  multi_static_select: boxes("checkbox", groups),
  multi_users_select: boxes("checkbox", PEOPLE),
  multi_channels_select: boxes("checkbox", CHANNELS),
  multi_conversations_select: boxes("checkbox", CHANNELS),
};
