/** Radio buttons and checkboxes. */
import { h } from "./dom.js";
import { textObject } from "./text.js";

let groups = 0;

function optionRow(kind, option, name, change, directory) {
  const input = h("input", { type: kind, name, value: option.value, onchange: change });
  const description = option.description && h("span", { class: "choice-description" }, textObject(option.description, directory));
  return h("label", { class: "choice" }, input, h("span", { class: "choice-words" }, textObject(option.text, directory), description));
}

/** The group and a way to set which of its options are on. */
function group(kind, role, element, block, surface, toggled) {
  const name = `choice-${++groups}`;
  const rows = element.options.map((option) =>
    optionRow(kind, option, name, ({ target }) => toggled(option, target.checked), surface.directory),
  );
  const node = h("div", { class: "choices", role, data: { actionId: element.action_id ?? "", blockId: block.block_id ?? "" } }, rows);
  const mark = (isOn) => element.options.forEach((option, index) => (rows[index].firstElementChild.checked = isOn(option)));
  return { node, mark };
}

export function radioButtons(element, block, surface) {
  let chosen = surface.start(block, element, { selected_option: element.initial_option ?? null }).selected_option;
  const show = () => mark((option) => option.value === chosen?.value);
  const toggled = async (option) => {
    if (await surface.enter(block, element, { selected_option: option })) chosen = option;
    show();
  };
  const { node, mark } = group("radio", "radiogroup", element, block, surface, toggled);
  show();
  return node;
}

export function checkboxes(element, block, surface) {
  let chosen = surface.start(block, element, { selected_options: element.initial_options ?? [] }).selected_options;
  const isOn = ({ value }) => chosen.some((option) => option.value === value);
  const toggled = async (option, on) => {
    const others = chosen.filter(({ value }) => value !== option.value);
    const before = chosen;
    chosen = on ? [...others, option] : others;
    if (!(await surface.enter(block, element, { selected_options: chosen }))) chosen = before;
    mark(isOn);
  };
  const { node, mark } = group("checkbox", "group", element, block, surface, toggled);
  mark(isOn);
  return node;
}
