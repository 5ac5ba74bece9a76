/** A JSON value laid out over lines, its parts marked by colour. */
import { h } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(true|false|null)\b|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)/g;

export function json(value) {
  const text = JSON.stringify(value, null, 2) ?? "";
  const nodes = [];
  let end = 0;
  for (const match of text.matchAll(TOKEN)) {
    const [whole, string, colon] = match;
    nodes.push(text.slice(end, match.index), h("span", { class: string ? (colon ? "json-key" : "json-string") : "json-plain" }, string ?? whole), colon ?? "");
    end = match.index + whole.length;
  }
  return [...nodes, text.slice(end)];
}
