// Rich text blocks: what Slack makes of words that people type.

import { el } from "./dom.js";
import { channelName, nameOf } from "./known.js";
import { emoji } from "./mrkdwn.js";

const HOLDERS = {
  rich_text_section: (one) => el("p", {}, parts(one)),
  rich_text_quote: (one) => el("blockquote", {}, parts(one)),
  rich_text_preformatted: (one) => el("pre", {}, parts(one)),
  rich_text_list: (one) => el(one.style === "ordered" ? "ol" : "ul", {},
    one.elements.map((item) => el("li", {}, parts(item)))),
};

/** Nodes for a rich text block. */
export function richText(block) {
  return (block.elements ?? []).map((one) => HOLDERS[one.type]?.(one) ?? "");
}

function parts(holder) {
  return (holder.elements ?? []).map((one) => styled(one, words(one)));
}

function words(one) {
  if (one.type === "user") return `@${nameOf(one.user_id)}`;
  if (one.type === "channel") return channelName(one.channel_id);
  if (one.type === "emoji") return emoji(one.name);
  if (one.type === "broadcast") return `@${one.range}`;
  if (one.type === "link" && /^https?:/.test(one.url)) {
    return el("a", { href: one.url, target: "_blank", rel: "noopener noreferrer" },
      one.text ?? one.url);
  }
  return one.text ?? "";
}

function styled(one, inside) {
  const style = one.style ?? {};
  let made = inside;
  if (style.bold) made = el("strong", {}, made);
  if (style.italic) made = el("em", {}, made);
  if (style.strike) made = el("s", {}, made);
  if (style.code) made = el("code", {}, made);
  return made;
}
