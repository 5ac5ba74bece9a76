/** Slack's rich_text block as DOM nodes. */
import { dateNode } from "./dates.js";
import { drawing, h, link } from "./dom.js";
import { emoji, withDrawnEmoji } from "./glyphs.js";
import { channelMention, groupMention, mention, personMention } from "./mrkdwn.js";

const STYLE_TAGS = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u", highlight: "mark", client_highlight: "mark" };
const DEEPEST = 8;

function styled(style, node) {
  return Object.entries(STYLE_TAGS).reduce((inner, [name, tag]) => (style?.[name] ? h(tag, {}, inner) : inner), node);
}

function lines(text) {
  return text.split("\n").flatMap((part, index) => [index ? h("br") : null, ...withDrawnEmoji(part)]);
}

function emojiNode({ name, unicode, skin_tone: tone }) {
  const known = emoji(tone ? `${name}::skin-tone-${tone}` : name);
  return known ?? h("span", { class: unicode ? "emoji" : null, title: `:${name}:` }, characterOf(unicode) ?? `:${name}:`);
}

/** Slack gives a character as its code points in hexadecimal, joined by hyphens. */
function characterOf(unicode) {
  if (!/^[0-9a-f]{2,6}(-[0-9a-f]{2,6})*$/i.test(unicode ?? "")) return null;
  const points = unicode.split("-").map((point) => parseInt(point, 16));
  return points.every((point) => point <= 0x10ffff) ? String.fromCodePoint(...points) : null;
}

function colour({ value }) {
  const code = `#${value.replace("#", "")}`;
  return h(
    "span",
    { class: "colour" },
    h("code", {}, code),
    drawing([{ tag: "rect", x: 1, y: 1, width: 18, height: 18, rx: 4, fill: code }], { size: 13, className: "colour-swatch" }),
  );
}

function date({ timestamp, format, fallback, url }) {
  const node = dateNode(timestamp, format, fallback ?? "");
  return url ? link(url, node) : node;
}

const LEAVES = {
  text: (leaf) => h("span", {}, lines(leaf.text ?? "")),
  link: (leaf) => link(leaf.url, lines(leaf.text ?? leaf.url)),
  user: (leaf, directory) => personMention(leaf.user_id, directory),
  usergroup: (leaf, directory) => groupMention(leaf.usergroup_id, null, directory),
  channel: (leaf, directory) => channelMention(leaf.channel_id, null, directory),
  emoji: emojiNode,
  date,
  broadcast: (leaf) => mention(`@${leaf.range}`, true),
  color: colour,
  team: (leaf, directory) => mention(directory.teamName(leaf.team_id)),
};

/** One leaf of a rich text: words, a link, a mention, an emoji, a date. */
export function leafNode(leaf, directory) {
  const build = LEAVES[leaf.type];
  return build ? styled(leaf.style, build(leaf, directory)) : h("code", {}, `[${leaf.type}]`);
}

function leaves(container, directory) {
  return (container.elements ?? []).map((leaf) => leafNode(leaf, directory));
}

function list(part, directory) {
  const indent = Math.min(part.indent ?? 0, DEEPEST);
  const ordered = part.style === "ordered";
  const marks = [`indent-${indent}`, `level-${indent % 3}`, part.border && "bordered"].filter(Boolean).join(" ");
  const items = part.elements.map((item) => h("li", { "aria-level": indent ? String(indent + 1) : null }, leaves(item, directory)));
  return h(ordered ? "ol" : "ul", { class: marks, start: ordered ? (part.offset ?? 0) + 1 : null }, items);
}

function preformatted(part, directory) {
  const code = h("pre", {}, leaves(part, directory));
  return part.language ? h("div", { class: "code-block" }, h("div", { class: "code-language" }, part.language), code) : code;
}

const CONTAINERS = {
  rich_text_section: (part, directory) => h("div", { class: "line" }, leaves(part, directory)),
  rich_text_quote: (part, directory) => h("blockquote", { class: part.border ? "bordered" : null }, leaves(part, directory)),
  rich_text_preformatted: preformatted,
  rich_text_list: list,
};

/** The nodes of a rich_text block's elements. */
export function richText(block, directory) {
  return (block.elements ?? []).map((part) => {
    const build = CONTAINERS[part.type];
    return build ? build(part, directory) : h("div", { class: "unknown-block" }, `Unknown rich text: ${part.type}`);
  });
}
