/** Fields to type in: text, e-mail, address, number. */
import { h } from "./dom.js";
import { words } from "./text.js";

const PAUSE_MS = 300;
const KINDS = { email_text_input: "email", url_text_input: "url" };

export function textField(element, block, surface) {
  const value = surface.start(block, element, { value: element.initial_value ?? null }).value ?? "";
  const common = {
    class: "field", placeholder: words(element.placeholder) || null, autocomplete: "off",
    maxlength: element.max_length ?? 3000, minlength: element.min_length, value, data: { actionId: element.action_id ?? "", blockId: block.block_id ?? "" },
  };
  const isNumber = element.type === "number_input";
  const node = element.multiline
    ? h("textarea", { ...common, rows: rowsFor(value) })
    : h("input", { ...common, type: KINDS[element.type] ?? "text", inputmode: isNumber ? "decimal" : null });
  if (isNumber) node.addEventListener("keydown", (event) => step(event, node, element));
  const dispatch = dispatching(element, block);
  listen(node, dispatch, element, block, surface);
  return framed(node, element.max_length, dispatch);
}

/** When typing tells the app: Slack does so on Enter, unless the element names other moments. */
function dispatching(element, block) {
  if (!block.dispatch_action) return [];
  return element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
}

function listen(node, dispatch, element, block, surface) {
  const read = () => ({ value: node.value === "" ? null : node.value });
  let pause = 0;
  node.addEventListener("input", () => {
    surface.keep(block, element, read());
    clearTimeout(pause);
    if (dispatch.includes("on_character_entered")) pause = setTimeout(() => surface.act(block, element, read()), PAUSE_MS);
  });
  if (!dispatch.includes("on_enter_pressed")) return;
  node.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    surface.act(block, element, read());
  });
}

const ROW = 60;

/** High enough to read what is there, within reason. */
function rowsFor(value) {
  const lines = value.split("\n").reduce((sum, line) => sum + Math.max(1, Math.ceil(line.length / ROW)), 0);
  return Math.min(14, Math.max(4, lines + 1));
}

/** The field with what Slack says beneath it: how much room is left, and that Enter sends. */
function framed(node, most, dispatch) {
  const note = dispatch.includes("on_enter_pressed") && h("div", { class: "field-note" }, "Press ", h("kbd", {}, "Enter"), " to submit");
  return most || note ? h("div", { class: "framed" }, node, h("div", { class: "field-notes" }, note, most && counter(node, most))) : node;
}

function counter(node, most) {
  const shown = h("span", { class: "counter", "aria-hidden": "true" });
  const said = h("span", { class: "visually-hidden", role: "status" });
  const show = () => {
    const left = most - node.value.length;
    shown.textContent = left < Math.max(20, most / 4) ? String(left) : "";
    said.textContent = left === 0 || left === 20 ? `${left} characters left` : "";
  };
  node.addEventListener("input", show);
  show();
  return [shown, said];
}

/** Arrow keys count up and down within the element's bounds. */
function step(event, node, { min_value: least, max_value: most }) {
  const by = { ArrowUp: 1, ArrowDown: -1 }[event.key];
  const value = Number(node.value);
  if (!by || Number.isNaN(value)) return;
  event.preventDefault();
  node.value = String(Math.min(Number(most ?? Infinity), Math.max(Number(least ?? -Infinity), value + by)));
  node.dispatchEvent(new Event("input"));
}
