/** A person's initials on a colour of their own. */
import { h } from "./dom.js";
import { drawing } from "./dom.js";

const COLOURS = 8;

function colourOf(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) % 9973;
  return sum % COLOURS;
}

export function initials(name) {
  const parts = name.trim().split(/\s+/);
  return ((parts[0]?.[0] ?? "?") + (parts.length > 1 ? parts.at(-1)[0] : "")).toUpperCase();
}

/** Decorative: the name always stands beside it. */
export function avatar(id, name, { bot = false, size = "" } = {}) {
  if (bot) return h("span", { class: `avatar avatar-bot ${size}`, "aria-hidden": "true" }, botMark());
  return h("span", { class: `avatar avatar-${colourOf(id)} ${size}`, "aria-hidden": "true" }, initials(name));
}

function botMark() {
  const line = { fill: "none", stroke: "currentColor", "stroke-width": 1.8, "stroke-linecap": "round", "stroke-linejoin": "round" };
  return drawing([{ d: "M4 5.500h12M4 10h7M4 14.500h4", ...line }, { d: "M11.500 14l2 2 4-4.500", ...line }], { size: 22 });
}
