/** What stands in the rich text editor, as a rich_text value; and a rich_text value as what the editor edits. */
import { h, safeHref } from "./dom.js";
import { leafNode } from "./richtext.js";

const STYLE_OF = { B: "bold", STRONG: "bold", I: "italic", EM: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const TAG_OF = { bold: "b", italic: "i", strike: "s", code: "code" };
const LINES = new Set(["DIV", "P"]);
const NO_BREAK = /\u00a0/g;

/** The value, or null when nothing was written. */
export function richValue(editor) {
  const elements = grouped(unwrapped([...editor.childNodes])).flatMap(containers);
  while (elements.length && isBlank(elements.at(-1))) elements.pop();
  return elements.length ? { type: "rich_text", elements } : null;
}

const isBlank = ({ type, elements }) => type === "rich_text_section" && elements.every((leaf) => leaf.type === "text" && leaf.text.trim() === "");

const BLOCKS = "ul, ol, blockquote, pre";

/** Browsers put a list into the line in which it began: such lines are opened. */
function unwrapped(nodes) {
  return nodes.flatMap((node) => (LINES.has(node.nodeName) && node.querySelector(BLOCKS) ? unwrapped([...node.childNodes]) : [node]));
}

/** Neighbouring inline nodes and lines together, every other block alone. */
function grouped(nodes) {
  const groups = [];
  for (const node of nodes) {
    const kind = node.matches?.(BLOCKS) ? node.nodeName : "TEXT";
    if (kind === "TEXT" && groups.at(-1)?.kind === "TEXT") groups.at(-1).nodes.push(node);
    else groups.push({ kind, nodes: [node] });
  }
  return groups;
}

function containers({ kind, nodes }) {
  const elements = joined(leavesOf(nodes, {}));
  if (kind === "UL" || kind === "OL") return lists(nodes[0], Number(nodes[0].dataset.indent ?? 0));
  if (kind === "BLOCKQUOTE") return [{ type: "rich_text_quote", elements }];
  if (kind === "PRE") return [{ type: "rich_text_preformatted", elements: [{ type: "text", text: nodes[0].textContent }] }];
  return elements.length ? [{ type: "rich_text_section", elements }] : [];
}

/** A list and the lists in it, flat and each with its indent, as Slack keeps them. */
function lists(list, indent) {
  const style = list.nodeName === "OL" ? "ordered" : "bullet";
  const found = [];
  for (const item of list.children) {
    if (/^[OU]L$/.test(item.nodeName)) found.push(...lists(item, indent + 1));
    else addItem(found, item, style, indent);
    for (const inner of item.querySelectorAll(":scope > ul, :scope > ol")) found.push(...lists(inner, indent + 1));
  }
  return found;
}

function addItem(found, item, style, indent) {
  const own = [...item.childNodes].filter(({ nodeName }) => !/^[OU]L$/.test(nodeName));
  const section = { type: "rich_text_section", elements: joined(leavesOf(own, {})) };
  const last = found.at(-1);
  if (last?.indent === indent && last.style === style) last.elements.push(section);
  else found.push({ type: "rich_text_list", style, indent, elements: [section] });
}

/** The text and links of these nodes; each line of its own ends with a line break. */
function leavesOf(nodes, style) {
  return nodes.flatMap((node, index) => {
    if (node.nodeType === Node.TEXT_NODE) return node.data ? [text(node.data.replace(NO_BREAK, " "), style)] : [];
    if (node.dataset.leaf) return [JSON.parse(node.dataset.leaf)];
    if (node.nodeName === "BR") return nodes.length > 1 && node.nextSibling ? [text("\n", style)] : [];
    const mark = STYLE_OF[node.nodeName];
    const inner = leavesOf([...node.childNodes], mark ? { ...style, [mark]: true } : style);
    if (node.nodeName === "A" && node.hasAttribute("href")) return [{ type: "link", url: node.getAttribute("href"), text: node.textContent, ...styled(style) }];
    if (!LINES.has(node.nodeName)) return inner;
    return [...(index > 0 ? [text("\n", {})] : []), ...inner];
  });
}

const styled = (style) => (Object.keys(style).length ? { style } : {});
const text = (words, style) => ({ type: "text", text: words, ...styled(style) });

/** Neighbouring texts of one style become one. */
function joined(leaves) {
  const found = [];
  for (const leaf of leaves) {
    const last = found.at(-1);
    if (last?.type === "text" && leaf.type === "text" && JSON.stringify(last.style) === JSON.stringify(leaf.style)) last.text += leaf.text;
    else found.push({ ...leaf });
  }
  return found;
}

/** The nodes of an initial value, for the editor. */
export function editable(value, directory) {
  const inside = ({ elements = [] }) => elements.map((leaf) => editableLeaf(leaf, directory));
  return (value?.elements ?? []).map((part) => (EDITABLE[part.type] ?? EDITABLE.rich_text_section)(part, inside));
}

const EDITABLE = {
  rich_text_section: (part, inside) => h("div", {}, inside(part)),
  rich_text_quote: (part, inside) => h("blockquote", {}, inside(part)),
  rich_text_preformatted: (part, inside) => h("pre", {}, inside(part)),
  rich_text_list: (part, inside) => h(
    part.style === "ordered" ? "ol" : "ul",
    listMarks(part),
    part.elements.map((item) => h("li", {}, inside(item))),
  ),
};

const listMarks = ({ indent = 0 }) => ({ class: `indent-${indent} level-${indent % 3}`, data: { indent } });

/** Text and links can be edited; a mention or an emoji stays as it is, or goes as a whole. */
function editableLeaf(leaf, directory) {
  if (leaf.type !== "text" && leaf.type !== "link") return h(
    "span",
    { contenteditable: "false", data: { leaf: JSON.stringify(leaf) } },
    leafNode(leaf, directory),
  );
  const lines = (leaf.text ?? leaf.url).split("\n").flatMap((line, index) => [index ? h("br") : null, line]);
  const node = leaf.type === "link" ? [h("a", { href: safeHref(leaf.url) }, lines)] : lines;
  return Object.entries(TAG_OF).reduce((inner, [name, tag]) => (leaf.style?.[name] ? [h(tag, {}, inner)] : inner), node);
}
