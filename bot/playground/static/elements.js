/** Each element type of Block Kit and what draws it. */
import { button, feedback, iconButton, overflow, workflowButton } from "./buttons.js";
import { checkboxes, radioButtons } from "./choices.js";
import { h } from "./dom.js";
import { textField } from "./fields.js";
import { fileInput } from "./fileinput.js";
import { picture } from "./media.js";
import { datePicker, dateTimePicker, timePicker } from "./moments.js";
import { richInput } from "./richinput.js";
import { multiSelect, select } from "./selects.js";
import { SOURCES } from "./sources.js";

const ELEMENTS = {
  button, overflow, checkboxes,
  workflow_button: workflowButton,
  icon_button: iconButton,
  feedback_buttons: feedback,
  radio_buttons: radioButtons,
  plain_text_input: textField,
  email_text_input: textField,
  url_text_input: textField,
  number_input: textField,
  rich_text_input: richInput,
  file_input: fileInput,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: dateTimePicker,
  image: picture,
};
for (const type of Object.keys(SOURCES)) Object.assign(ELEMENTS, { [type]: select, [`multi_${type}`]: multiSelect });

/** The node of one element; a type that nobody knows is named in its place. */
export function elementNode(element, block, surface) {
  const draw = ELEMENTS[element.type];
  const node = draw?.(element, block, surface);
  if (element.focus_on_load) node?.toggleAttribute("data-focus-on-load", true);
  if (draw) return node;
  return h("span", { class: "unknown-block" }, `Unknown element: ${element.type}`);
}
