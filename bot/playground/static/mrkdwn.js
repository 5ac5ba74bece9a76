/** Slack's mrkdwn as DOM nodes. */
import { dateNode } from "./dates.js";
import { h, link } from "./dom.js";
import { emoji, withDrawnEmoji } from "./glyphs.js";

/** A hostile text of a thousand stars must not cost a million looks. */
const MOST_CLOSINGS = 20;
const STYLES = { "*": "strong", _: "em", "~": "s" };

/** Slack escapes exactly three characters. */
export function decode(text) {
  return text.replace(/&lt;/g, "<").replace(/&gt;/g, ">").replace(/&amp;/g, "&");
}

/** Plain text of any outside origin as nodes. */
function plain(text) {
  return withDrawnEmoji(decode(text));
}

/** A mention chip; it is marked when it means the reader. */
export function mention(label, isMe = false) {
  return h("span", { class: isMe ? "mention mention-me" : "mention" }, label);
}

/** What stands between `<` and `>`: a person, a channel, a special word, a date or a link. */
export function angle(inner, directory) {
  const bar = inner.indexOf("|");
  const target = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? null : inner.slice(bar + 1);
  if (/^@[UW]/.test(target)) return personMention(target.slice(1), directory);
  if (target.startsWith("#")) return channelMention(target.slice(1), label, directory);
  if (target.startsWith("!")) return special(target.slice(1), label, directory);
  if (/^(https?:|mailto:|tel:)/i.test(target)) return link(decode(target), plain(label ?? target.replace(/^mailto:/, "")));
  return null;
}

export function personMention(id, directory) {
  return mention(`@${directory.personName(id)}`, id === directory.me);
}

export function channelMention(id, label, directory) {
  const name = directory.channelName(id) ?? label ?? id;
  return h("a", { class: "mention", href: `#/channel/${encodeURIComponent(name)}` }, `#${name}`);
}

export function groupMention(id, label, directory) {
  const group = directory.group(id);
  return mention(group ? `@${group.handle}` : (label ?? `@${id}`), group?.members.includes(directory.me));
}

function special(word, label, directory) {
  if (word.startsWith("date^")) {
    const [, stamp, format, address] = word.split("^");
    const node = dateNode(stamp, decode(format ?? ""), decode(label ?? ""));
    return address ? link(decode(address), node) : node;
  }
  if (word.startsWith("subteam^")) return groupMention(word.slice("subteam^".length), label && decode(label), directory);
  if (["here", "channel", "everyone"].includes(word)) return mention(`@${word}`, true);
  return mention(decode(label ?? word));
}

const ATOMS = [
  [/<([^<>\n]+)>/y, (match, directory) => angle(match[1], directory)],
  [/`([^`\n]+)`/y, (match) => h("code", {}, decode(match[1]))],
  [/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/y, (match) => emoji(match[1])],
  [/https?:\/\/[^\s<>|]+[^\s<>|.,;:!?)'"*_~]/y, (match) => link(decode(match[0]), decode(match[0]))],
  [/\n/y, () => h("br")],
];

function atomAt(text, index, directory) {
  for (const [pattern, build] of ATOMS) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    const node = match && build(match, directory);
    if (node) return { node, end: index + match[0].length };
  }
  return null;
}

const isWord = (character) => character !== undefined && /[\p{L}\p{N}]/u.test(character);

/** `*bold*`, `_italic_` or `~struck~` that opens at `index`; Slack wants word edges outside and no spaces inside. */
function styledAt(text, index, directory) {
  const mark = text[index];
  if (!STYLES[mark] || isWord(text[index - 1]) || !text[index + 1] || /\s/.test(text[index + 1])) return null;
  let tries = 0;
  for (let end = text.indexOf(mark, index + 2); end > 0 && tries++ < MOST_CLOSINGS; end = text.indexOf(mark, end + 1)) {
    const inner = text.slice(index + 1, end);
    if (inner.includes("\n")) return null;
    if (/\s$/.test(inner) || isWord(text[end + 1]) || insideAtom(inner)) continue;
    return { node: h(STYLES[mark], {}, inline(inner, directory)), end: end + 1 };
  }
  return null;
}

/** A closing mark does not count inside code or a link. */
function insideAtom(inner) {
  return (inner.match(/`/g)?.length ?? 0) % 2 === 1 || inner.lastIndexOf("<") > inner.lastIndexOf(">");
}

/** Inline mrkdwn as a list of nodes and strings. */
export function inline(text, directory) {
  const nodes = [];
  let pending = "";
  for (let index = 0; index < text.length; ) {
    const found = /[<`:\n*_~h]/.test(text[index]) ? (atomAt(text, index, directory) ?? styledAt(text, index, directory)) : null;
    if (!found) {
      pending += text[index++];
      continue;
    }
    nodes.push(...plain(pending), found.node);
    pending = "";
    index = found.end;
  }
  return [...nodes, ...plain(pending)];
}

const QUOTE = /^(?:>|&gt;) ?/;
const LISTED = /^\s*(?:[•◦▪-]|\d+\.) /;

function lineKind(line) {
  if (QUOTE.test(line)) return "quote";
  return LISTED.test(line) ? "item" : "text";
}

/** Consecutive lines of one kind together. */
function groups(text) {
  const found = [];
  for (const line of text.split("\n")) {
    const kind = lineKind(line);
    const last = found.at(-1);
    if (last && last.kind === kind && kind !== "item") last.lines.push(line);
    else found.push({ kind, lines: [line] });
  }
  return found;
}

function groupNode({ kind, lines }, directory) {
  if (kind === "quote") return h("blockquote", {}, inline(lines.map((line) => line.replace(QUOTE, "")).join("\n"), directory));
  return h("div", { class: kind === "item" ? "hanging" : "line" }, inline(lines.join("\n"), directory));
}

/** A whole mrkdwn text as nodes: fenced code, quotes, hanging lines and the rest. */
export function mrkdwn(text, directory) {
  return String(text ?? "").split(/```\n?([\s\S]*?)\n?```\n?/).flatMap((part, index) => {
    if (index % 2) return [h("pre", {}, decode(part))];
    if (part === "") return [];
    return groups(part.replace(/\n$/, "")).map((group) => groupNode(group, directory));
  });
}
