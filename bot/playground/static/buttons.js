/** Things to click in blocks: buttons, overflow menus, feedback. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openMenu } from "./menu.js";
import { plainText, words } from "./text.js";

/** Mark the control as working until the app has answered. */
async function busyWhile(control, work) {
  control.setAttribute("aria-busy", "true");
  try {
    await work();
  } finally {
    control.removeAttribute("aria-busy");
  }
}

const FILLS = { primary: "button primary-fill", danger: "button danger-fill" };

export function button(element, block, surface) {
  const press = () => {
    if (element.url) surface.visit(element.url);
    busyWhile(node, () => surface.act(block, element, { value: element.value, text: element.text }));
  };
  const node = h(
    "button",
    {
      type: "button", class: FILLS[element.style] ?? "button", "aria-label": element.accessibility_label,
      data: { actionId: element.action_id ?? "" }, onclick: () => node.getAttribute("aria-busy") !== "true" && press(),
    },
    h("span", { class: "button-label" }, plainText(element.text)),
    element.url && h("span", { class: "button-out", "aria-hidden": "true" }, icon("out", { size: 12 })),
  );
  return node;
}

export function overflow(element, block, surface) {
  const node = h(
    "button",
    {
      type: "button", class: "button icon-button", "aria-label": element.accessibility_label ?? "More actions",
      "aria-haspopup": "listbox", "aria-expanded": "false", title: "More actions",
      data: { actionId: element.action_id ?? "" },
    },
    icon("moreUpright"),
  );
  node.addEventListener("click", () =>
    openMenu(node, {
      label: "More actions",
      items: element.options.map((option) => ({ label: words(option.text), node: plainText(option.text), description: words(option.description), value: option.value, option })),
      onPick: ({ option }) => {
        if (option.url) surface.visit(option.url);
        busyWhile(node, () => surface.act(block, element, { selected_option: option }));
      },
    }),
  );
  return node;
}

function feedbackButton(side, option, element, block, surface) {
  const name = side === "positive" ? "thumbUp" : "thumbDown";
  const node = h(
    "button",
    {
      type: "button", class: "button ghost-button", "aria-label": option.accessibility_label ?? words(option.text),
      title: words(option.text), data: { actionId: element.action_id ?? "", feedback: side },
    },
    icon(name),
  );
  node.setAttribute("aria-pressed", String(surface.start(block, element, { value: null }).value === option.value));
  node.addEventListener("click", async () => {
    await busyWhile(node, () => surface.act(block, element, { value: option.value, text: option.text }));
    surface.keep(block, element, { value: option.value });
    for (const each of node.parentElement?.children ?? []) each.setAttribute("aria-pressed", String(each === node));
  });
  return node;
}

export function feedback(element, block, surface) {
  return h(
    "span",
    { class: "feedback", role: "group", "aria-label": "Was this helpful?" },
    feedbackButton("positive", element.positive_button, element, block, surface),
    feedbackButton("negative", element.negative_button, element, block, surface),
  );
}

/** A small button with a picture of what it does; it may be meant for some people only. */
export function iconButton(element, block, surface) {
  const { visible_to_user_ids: seers } = element;
  if (seers && !seers.includes(surface.directory.me)) return null;
  const label = element.accessibility_label ?? words(element.text);
  const press = () => busyWhile(node, () => surface.act(block, element, { value: element.value, text: element.text }));
  const node = h(
    "button",
    {
      type: "button", class: "button ghost-button", "aria-label": label, title: words(element.text),
      data: { actionId: element.action_id ?? "" }, onclick: press,
    },
    icon(element.icon),
  );
  return node;
}

/** Starts a workflow; the app hears of the press as of any button's. */
export function workflowButton(element, block, surface) {
  const node = button(element, block, surface);
  node.prepend(icon("workflow", { size: 14 }));
  return node;
}
