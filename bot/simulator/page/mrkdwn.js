// Slack's formatting, shown. Everything becomes text nodes and a few plain elements:
// whatever people type, it can neither run nor look like part of the page.

import { el } from "./dom.js";
import { channelName, known, nameOf } from "./known.js";
import { inWords } from "./times.js";

const EMOJI = {
  warning: "⚠️", white_check_mark: "✅", "+1": "👍", thumbsup: "👍", heart: "❤️",
  pray: "🙏", eyes: "👀", tada: "🎉", wave: "👋", raised_hands: "🙌", bulb: "💡",
  memo: "📝", calendar: "📅", email: "✉️", lock: "🔒", x: "❌", question: "❓",
};
const INLINE = new RegExp([
  "`[^`\\n]+`",                                   // code
  "<[^<>\\n]+>",                                  // links and mentions
  "(?<![\\w*])\\*(?=\\S)[^*\\n]*?\\S\\*(?![\\w*])",  // bold
  "(?<![\\w_])_(?=\\S)[^_\\n]*?\\S_(?![\\w_])",      // italic
  "(?<![\\w~])~(?=\\S)[^~\\n]*?\\S~(?![\\w~])",      // struck
  "(?<!\\w):[a-z0-9_+-]+:(?!\\w)",                // emoji
].join("|"), "g");
const STYLE = { "*": "strong", "_": "em", "~": "s" };

const SPOKEN = { "+1": "thumbs up", pray: "thank you", white_check_mark: "tick" };

/** What an emoji is called by people. */
export function spoken(name) {
  return SPOKEN[name] ?? name.replaceAll("_", " ");
}

/** Emoji by name; unknown ones keep their name. */
export function emoji(name) {
  return EMOJI[name] ?? `:${name}:`;
}

/** Nodes for mrkdwn text. */
export function mrkdwn(text) {
  const nodes = [];
  String(text).split("```").forEach((piece, at) => {
    if (at % 2) nodes.push(el("pre", {}, plain(piece.replace(/^\n|\n$/g, ""))));
    else nodes.push(...paragraphs(piece));
  });
  return nodes;
}

/** Text without marks: escapes undone, nothing else. */
export function plain(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}

function paragraphs(text) {
  const nodes = [];
  for (const part of kinds(text.split("\n"))) {
    if (part.kind === "quote") nodes.push(el("blockquote", {}, lines(part.lines)));
    else if (part.kind === "list") {
      nodes.push(el("ul", {}, part.lines.map((line) => el("li", {}, inline(line)))));
    } else if (part.lines.join("").trim()) nodes.push(el("p", {}, lines(part.lines)));
  }
  return nodes;
}

/** Neighbouring lines of one kind, together; an empty line begins another paragraph. */
function kinds(all) {
  const parts = [];
  for (const line of all) {
    const [kind, words] = kindOf(line);
    const last = parts.at(-1);
    if (last?.kind === kind && kind !== "gap") last.lines.push(words);
    else parts.push({ kind, lines: [words] });
  }
  return parts;
}

function kindOf(line) {
  const quoted = line.match(/^(?:&gt;|>)\s?(.*)$/);
  if (quoted) return ["quote", quoted[1]];
  const item = line.match(/^\s*[•▪◦]\s+(.*)$/);
  if (item) return ["list", item[1]];
  return line.trim() ? ["words", line] : ["gap", ""];
}

function lines(all) {
  return all.flatMap((line, at) => (at ? [el("br"), ...inline(line)] : inline(line)));
}

function inline(text) {
  const nodes = [];
  let end = 0;
  for (const found of text.matchAll(INLINE)) {
    nodes.push(plain(text.slice(end, found.index)), marked(found[0]));
    end = found.index + found[0].length;
  }
  return [...nodes, plain(text.slice(end))];
}

function marked(token) {
  const inside = token.slice(1, -1);
  if (token[0] === "<") return pointed(inside);
  if (token[0] === "`") return el("code", {}, plain(inside));
  if (token[0] === ":") return emoji(inside);
  return el(STYLE[token[0]], {}, inline(inside));
}

/** What stands between angle brackets: a mention, a special word, or a link. */
function pointed(inside) {
  const [what, label] = split(inside);
  if (what[0] === "@") return mention(`@${label ?? nameOf(what.slice(1))}`);
  if (what[0] === "#") {
    return el("a", { href: hash(["channel", what.slice(1)]), class: "mention" },
      label ? `#${label}` : channelName(what.slice(1)));
  }
  if (what[0] === "!") return special(what.slice(1), label);
  return link(what, label);
}

function split(inside) {
  const at = inside.indexOf("|");
  return at < 0 ? [inside, null] : [inside.slice(0, at), inside.slice(at + 1)];
}

function mention(words) {
  return el("span", { class: "mention" }, plain(words));
}

function special(word, label) {
  const date = word.match(/^date\^(\d+)\^/);
  if (date) return inWords(Number(date[1]));
  return mention(label ?? `@${word.split("^")[0]}`);
}

/** A link; to a message of this workspace it stays within the page. */
function link(address, label) {
  const words = plain(label ?? address);
  const here = messageAt(plain(address));
  if (here) return el("a", { href: here }, words);
  if (!/^(https?:|mailto:|tel:)/.test(address)) return plain(`<${address}>`);
  return el("a", { href: plain(address), target: "_blank", rel: "noopener noreferrer" },
    words);
}

function messageAt(address) {
  const home = known.app.team_url;
  if (!home || !address.startsWith(`${home}archives/`)) return null;
  const found = address.match(/archives\/(\w+)\/p(\d+)(\d{6})(?:\?thread_ts=([\d.]+))?/);
  if (!found) return null;
  return hash(["thread", found[1], found[4] ?? `${found[2]}.${found[3]}`]);
}

function hash(parts) {
  const [, as, who] = location.hash.split("/");
  return `#/${as || "as"}/${who || ""}/${parts.join("/")}`;
}
