// What a field holds: where Slack keeps it, whether it will do.

/** Element type to the name of its value in Slack's state, and of its initial value. */
const NAMES = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  rich_text_input: ["rich_text_value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  users_select: ["selected_user", "initial_user"],
  multi_users_select: ["selected_users", "initial_users"],
  channels_select: ["selected_channel", "initial_channel"],
  multi_channels_select: ["selected_channels", "initial_channels"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
};

/** What an element holds at first: what was filled in before, or what the app put in. */
export function initial(element, state) {
  const [now, first] = NAMES[element.type] ?? ["value", "initial_value"];
  const held = state ? state[now] : element[first];
  if (now === "selected_option") return held?.value ?? null;
  if (now === "selected_options") return (held ?? []).map((one) => one.value);
  return held ?? (now.endsWith("s") ? [] : null);
}

/** What Slack's client would say under the field, or nothing. */
export function complaint(block, value) {
  const element = block.element;
  const empty = value === null || value === "" || value?.length === 0;
  if (empty) return block.optional ? "" : "Please complete this required field.";
  if (element.type === "email_text_input" && !value.includes("@")) {
    return "Must be a valid email address.";
  }
  return element.type.endsWith("_input") ? lengthComplaint(element, String(value)) : "";
}

function lengthComplaint(element, value) {
  const most = element.max_length ?? 3000;
  const least = element.min_length ?? 0;
  if (value.length > most) return `Must be ${most} characters or fewer.`;
  return value.length < least ? `Must be at least ${least} characters.` : "";
}

/** Every option an element offers, in groups: [label or "", options]. */
export function groups(element) {
  const grouped = (element.option_groups ?? []).map((one) => [one.label.text, one.options]);
  return element.options ? [["", element.options], ...grouped] : grouped;
}
