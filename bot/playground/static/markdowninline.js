/** The inside of a Markdown line: emphasis, code, links, emoji and Slack's own mentions. */
import { h, link } from "./dom.js";
import { emoji, withDrawnEmoji } from "./glyphs.js";
import { angle, decode } from "./mrkdwn.js";

const DEEPEST = 8;

const ATOMS = [
  [/\\([\\`*_{}[\]()#+\-.!|~>&<:])/y, (match) => document.createTextNode(match[1])],
  [/(`+)([^`]|[^`][\s\S]*?[^`])\1(?!`)/y, (match) => h("code", {}, match[2])],
  [/!\[([^\]\n]*)\]\(([^\s()]+)(?:\s+"[^"\n]*")?\)/y, (match) => link(match[2], match[1] || match[2])],
  [/\[([^\]\n]+)\]\(<?([^\s()<>]+(?:\([^\s()]*\)[^\s()<>]*)?)>?(?:\s+"[^"\n]*")?\)/y,
    (match, directory, depth) => link(match[2], inlineMarkdown(match[1], directory, depth + 1))],
  [/<([^<>\n]+)>/y, (match, directory) => angle(match[1], directory)],
  [/(\*\*|__)(?=\S)([\s\S]{1,2000}?\S)\1(?![*_])/y, (match, directory, depth) => h("strong", {}, inlineMarkdown(match[2], directory, depth + 1))],
  [/~~(?=\S)([\s\S]{1,2000}?\S)~~/y, (match, directory, depth) => h("s", {}, inlineMarkdown(match[1], directory, depth + 1))],
  [/\*(?![\s*])([^*]{1,2000}?[^\s*])\*(?!\*)|\*([^\s*])\*(?!\*)/y,
    (match, directory, depth) => h("em", {}, inlineMarkdown(match[1] ?? match[2], directory, depth + 1))],
  [/_(?![\s_])([^_]{0,2000}?[^\s_])_(?![\p{L}\p{N}_])/uy,
    (match, directory, depth) => h("em", {}, inlineMarkdown(match[1], directory, depth + 1))],
  [/:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/y, (match) => emoji(match[1])],
  [/https?:\/\/[^\s<>|()]+[^\s<>|().,;:!?'"*_~]/y, (match) => link(match[0], match[0])],
  [/(?: {2,}|\\)?\n/y, () => h("br")],
];

function atomAt(text, index, directory, depth) {
  if (text[index] === "_" && /[\p{L}\p{N}]/u.test(text[index - 1] ?? "")) return null;
  for (const [pattern, build] of ATOMS) {
    pattern.lastIndex = index;
    const match = pattern.exec(text);
    const node = match && build(match, directory, depth);
    if (node) return { node, end: index + match[0].length };
  }
  return null;
}

/** Inline Markdown as a list of nodes and strings. */
export function inlineMarkdown(text, directory, depth = 0) {
  if (depth > DEEPEST) return [text];
  const nodes = [];
  let pending = "";
  for (let index = 0; index < text.length; ) {
    const found = /[\\`![<*_~:h\n ]/.test(text[index]) ? atomAt(text, index, directory, depth) : null;
    if (!found) {
      pending += text[index++];
      continue;
    }
    nodes.push(...withDrawnEmoji(decode(pending)), found.node);
    pending = "";
    index = found.end;
  }
  return [...nodes, ...withDrawnEmoji(decode(pending))];
}
