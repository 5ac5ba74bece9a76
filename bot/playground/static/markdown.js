/** Standard Markdown (the `markdown` block) as DOM nodes; inline parts live in markdowninline.js. */
import { h } from "./dom.js";
import { inlineMarkdown } from "./markdowninline.js";

const FENCE = /^\s*(```|~~~)\s*([\w+#.-]*)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d{1,9}[.)])\s+(.*)$/;
const QUOTE = /^\s*(?:>|&gt;) ?/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;
const DEEPEST = 6;

/** Markdown text as block nodes. */
export function markdown(text, directory) {
  return blocks(String(text ?? "").split("\n"), directory, 0);
}

function blocks(lines, directory, depth) {
  const nodes = [];
  let at = 0;
  while (at < lines.length) {
    const reader = READERS.find(({ starts }) => starts(lines, at)) ?? PARAGRAPH;
    const { node, next } = reader.read(lines, at, directory, depth);
    if (node) nodes.push(node);
    at = next;
  }
  return nodes;
}

function takeWhile(lines, from, wanted) {
  let end = from;
  while (end < lines.length && wanted(lines[end], end)) end += 1;
  return end;
}

const blank = (line) => line.trim() === "";

function readFence(lines, at) {
  const [, mark, language] = FENCE.exec(lines[at]);
  const end = takeWhile(lines, at + 1, (line) => !line.trim().startsWith(mark));
  const code = h("pre", {}, lines.slice(at + 1, end).join("\n"));
  return { node: language ? h("div", { class: "code-block" }, h("div", { class: "code-language" }, language), code) : code, next: end + 1 };
}

function readHeading(lines, at, directory) {
  const [, marks, words] = HEADING.exec(lines[at]);
  const level = Math.min(marks.length + 2, 6);
  return { node: h(`h${level}`, { class: `md-heading md-h${marks.length}` }, inlineMarkdown(words, directory)), next: at + 1 };
}

function readQuote(lines, at, directory, depth) {
  const end = takeWhile(lines, at, (line) => QUOTE.test(line));
  const inner = lines.slice(at, end).map((line) => line.replace(QUOTE, ""));
  const children = depth < DEEPEST ? blocks(inner, directory, depth + 1) : inner.join("\n");
  return { node: h("blockquote", {}, children), next: end };
}

function readList(lines, at, directory, depth) {
  const [, indent, marker] = ITEM.exec(lines[at]);
  const ordered = /\d/.test(marker);
  const items = [];
  let next = at;
  while (next < lines.length) {
    const match = ITEM.exec(lines[next]);
    if (!match || match[1].length > indent.length + 1 || /\d/.test(match[2]) !== ordered || match[1].length < indent.length) break;
    const end = takeWhile(lines, next + 1, (line) => continues(line, indent.length));
    items.push(listItem(match[3], lines.slice(next + 1, end), directory, depth));
    next = end;
    if (blank(lines[next] ?? "x") && ITEM.test(lines[next + 1] ?? "")) next += 1;
  }
  return { node: h(ordered ? "ol" : "ul", ordered ? { start: parseInt(marker, 10) } : {}, items), next };
}

/** An indented line belongs to the item above it. */
function continues(line, indent) {
  return !blank(line) && line.search(/\S/) > indent + 1;
}

function listItem(words, rest, directory, depth) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(words);
  const label = inlineMarkdown(task ? task[2] : words, directory);
  const box = task && h("span", { class: "task-box", role: "img", "aria-label": task[1] === " " ? "to do" : "done" }, task[1] === " " ? "☐" : "☑");
  const dedent = Math.min(...rest.map((line) => line.search(/\S/)), 8);
  const inner = rest.map((line) => line.slice(dedent));
  return h("li", { class: task ? "task-item" : null }, box, label, depth < DEEPEST ? blocks(inner, directory, depth + 1) : inner.join(" "));
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/\\\|/g, "|"));
}

function readTable(lines, at, directory) {
  const end = takeWhile(lines, at + 2, (line) => line.includes("|"));
  const sides = cells(lines[at + 1]).map((rule) => (/^:-+:$/.test(rule) ? "center" : /-:$/.test(rule) ? "right" : "left"));
  const row = (line, tag) => h(
    "tr",
    {},
    cells(line).map((cell, column) => h(tag, { class: `align-${sides[column] ?? "left"}`, scope: tag === "th" ? "col" : null }, inlineMarkdown(cell, directory))),
  );
  const body = lines.slice(at + 2, end).map((line) => row(line, "td"));
  const table = h("table", { class: "table" }, h("thead", {}, row(lines[at], "th")), h("tbody", {}, body));
  return { node: h("div", { class: "table-scroll" }, table), next: end };
}

const READERS = [
  { starts: (lines, at) => blank(lines[at]), read: (lines, at) => ({ node: null, next: at + 1 }) },
  { starts: (lines, at) => FENCE.test(lines[at]), read: readFence },
  { starts: (lines, at) => HEADING.test(lines[at]), read: readHeading },
  { starts: (lines, at) => RULE.test(lines[at]), read: (lines, at) => ({ node: h("hr"), next: at + 1 }) },
  { starts: (lines, at) => QUOTE.test(lines[at]), read: readQuote },
  { starts: (lines, at) => ITEM.test(lines[at]), read: readList },
  { starts: (lines, at) => lines[at].includes("|") && TABLE_RULE.test(lines[at + 1] ?? ""), read: readTable },
];

const PARAGRAPH = {
  read(lines, at, directory) {
    const more = (line, index) => !READERS.some(({ starts }) => starts(lines, index));
    const end = takeWhile(lines, at + 1, more);
    return { node: h("p", {}, inlineMarkdown(lines.slice(at, end).join("\n"), directory)), next: end };
  },
};
