/** The input block: a label, a field, a hint, and room for what is wrong with it. */
import { h } from "./dom.js";
import { elementNode } from "./elements.js";
import { plainText } from "./text.js";

const FIELDS = "input:not([type=file]), textarea, [role=textbox], button[data-action-id]";
const GROUPS = "[role=group], [role=radiogroup]";

let inputs = 0;

export function input(block, surface) {
  const id = `input-${++inputs}`;
  const control = elementNode(block.element, block, surface);
  const grouped = control.matches(GROUPS);
  const target = control.matches(FIELDS) ? control : control.querySelector(FIELDS);
  const labelsField = !grouped && target.matches("input, textarea, button");
  const label = h(
    labelsField ? "label" : "div",
    { class: "input-label", id: `${id}-label`, for: labelsField ? id : null },
    plainText(block.label),
    block.optional && h("span", { class: "optional" }, " (optional)"),
  );
  const hint = block.hint && h("div", { class: "hint", id: `${id}-hint` }, plainText(block.hint));
  const named = grouped ? control : target;
  target.id ||= id;
  if (target.matches("button")) target.setAttribute("aria-labelledby", `${label.id} ${target.id}`);
  else if (!labelsField) named.setAttribute("aria-labelledby", label.id);
  if (grouped) control.setAttribute("aria-labelledby", label.id);
  if (hint) named.setAttribute("aria-describedby", hint.id);
  if (!block.optional && target.matches("input, textarea")) target.setAttribute("aria-required", "true");
  return h("div", { class: "input-block", data: { blockId: block.block_id ?? "" } }, label, control, h("div", { class: "error-slot" }), hint);
}
