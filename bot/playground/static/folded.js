/** Long texts, of which only the beginning is shown at first. */
import { h } from "./dom.js";

const MOST_CHARACTERS = 700;
const MOST_LINES = 15;

export function isLong(text) {
  return text.length > MOST_CHARACTERS || text.split("\n").length > MOST_LINES;
}

/** @param {Set<string>} opened names of what the reader has unfolded already, so that a redraw keeps it open */
export function folded(node, opened, name) {
  const button = h("button", { type: "button", class: "link-button see-more", data: { actionId: `see-${name}` } });
  const show = () => {
    node.classList.toggle("folded", !opened.has(name));
    button.textContent = opened.has(name) ? "See less" : "See more";
    button.setAttribute("aria-expanded", String(opened.has(name)));
  };
  button.addEventListener("click", () => {
    if (!opened.delete(name)) opened.add(name);
    show();
  });
  show();
  return [node, button];
}
