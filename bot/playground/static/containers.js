/** A container: a frame with a title around other blocks, which may be folded away. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { picture } from "./media.js";
import { richText } from "./richtext.js";
import { plainText, textObject } from "./text.js";

let containers = 0;

/** @param {(blocks: object[], surface: object) => Node[]} draw what draws the blocks inside */
export function container(block, surface, draw) {
  const id = `container-${++containers}`;
  const body = h("div", { class: "container-body", id, hidden: Boolean(block.default_collapsed) }, draw(block.child_blocks, surface));
  const title = block.rich_text_title ? richText(block.rich_text_title, surface.directory) : plainText(block.title);
  const names = h(
    "div",
    { class: "container-names" },
    h("div", { class: "container-title" }, title),
    block.subtitle && h("div", { class: "container-subtitle" }, textObject(block.subtitle, surface.directory)),
  );
  const fold = block.is_collapsible && foldButton(body, id);
  const head = h(
    "div",
    { class: block.has_header_divider ? "container-head divided" : "container-head" },
    block.icon && h("div", { class: "container-icon" }, picture(block.icon)),
    names,
    fold,
  );
  return h("section", { class: `container-block width-${block.width ?? "standard"}` }, head, body);
}

function foldButton(body, id) {
  const label = () => (body.hidden ? "Show" : "Hide");
  const button = h(
    "button",
    { type: "button", class: "icon-button bare fold", "aria-label": label(), "aria-expanded": String(!body.hidden), "aria-controls": id },
    icon("chevron"),
  );
  button.addEventListener("click", () => {
    body.hidden = !body.hidden;
    button.setAttribute("aria-expanded", String(!body.hidden));
    button.setAttribute("aria-label", label());
  });
  return button;
}
