/** Cards, rows of cards, and alerts. */
import { h } from "./dom.js";
import { elementNode } from "./elements.js";
import { icon } from "./icons.js";
import { picture } from "./media.js";
import { textObject } from "./text.js";

export function card(block, surface) {
  const part = (name) => block[name] && h("div", { class: `card-${name}` }, textObject(block[name], surface.directory));
  const actions = block.actions && h("div", { class: "actions" }, block.actions.map((element) => elementNode(element, block, surface)));
  const heading = (block.icon || block.title || block.subtitle) && h(
    "div",
    { class: "card-head" },
    block.icon && h("div", { class: "card-icon" }, picture(block.icon)),
    h("div", { class: "card-names" }, part("title"), part("subtitle")),
  );
  return h(
    "div",
    { class: "card-block" },
    block.hero_image && h("div", { class: "card-hero" }, picture(block.hero_image)),
    h("div", { class: "card-words" }, heading, part("body"), actions),
  );
}

/** Cards side by side, turned by the arrows or by scrolling. What is pressed there belongs to the carousel. */
export function carousel(block, surface) {
  const cards = block.elements.map((each, index) =>
    h(
      "li",
      { class: "carousel-item", "aria-label": `${index + 1} of ${block.elements.length}` },
      card({ ...each, block_id: block.block_id }, surface),
    ),
  );
  const list = h("ul", { class: "carousel-list", tabindex: "0", "aria-label": "Cards" }, cards);
  const turn = (label, by, className) => {
    const turned = () => list.scrollBy({ left: by * (cards[0].offsetWidth + 12), behavior: "smooth" });
    return h("button", { type: "button", class: `carousel-turn ${className}`, "aria-label": label, onclick: turned }, icon("back"));
  };
  const arrows = cards.length > 1 && [turn("Previous card", -1, "turn-left"), turn("Next card", 1, "turn-right")];
  return h("div", { class: "carousel", role: "group", "aria-roledescription": "carousel", "aria-label": `${cards.length} cards` }, list, arrows);
}

const LEVELS = { default: ["info", ""], info: ["info", "Note: "], warning: ["warning", "Warning: "], error: ["failed", "Error: "], success: ["done", "Done: "] };

export function alert(block, surface) {
  const level = block.level ?? "default";
  const [mark, name] = LEVELS[level] ?? LEVELS.default;
  return h(
    "div",
    { class: `alert alert-${level}`, role: "note" },
    icon(mark, { size: 18 }),
    h("span", { class: "visually-hidden" }, name),
    h("div", { class: "alert-words" }, textObject(block.text, surface.directory)),
  );
}
